/* Shows a survey inside a shop's page; see docs/links.md. Sets no cookie, loads nothing but the frame, never waits.
   <script src=".../embed.js" data-link="KEY" data-as="inline|popup|slide" defer></script> */
(() => {
  const script = document.currentScript;
  const { link, as = "inline", delay, scroll, exit, sample = 100, pages = 1, lang, ref, sig, label } = script.dataset;
  const isInline = as === "inline", home = new URL(script.src).origin;
  const rest = (script.dataset.restDays ?? (isInline ? 0 : 30)) * 864e5;
  const language = lang || document.documentElement.lang || navigator.language;
  const words = /^de/i.test(language) ? ["Umfrage", "Schließen"] : ["Survey", "Close"];
  const key = "nachklang:" + link, root = document.documentElement;
  let frame, box, before, isShown, memory = {};

  // A browser that keeps nothing may be asked again; nothing breaks.
  const remember = (more) => {
    Object.assign(memory, more);
    try { localStorage.setItem(key, JSON.stringify(memory)); } catch {}
  };
  try { memory = JSON.parse(localStorage.getItem(key)) || {}; } catch {}

  const tell = (what) =>
    document.dispatchEvent(new CustomEvent("nachklang:" + what, { bubbles: true, detail: { link } }));
  const restFromNow = () => rest > 0 && remember({ until: Date.now() + rest });
  const make = (name, style, more) => {
    const element = Object.assign(document.createElement(name), more);
    Object.assign(element.style, style); // property by property: allowed by a policy without inline styles
    return element;
  };

  const close = () => {
    if (isInline || !box.isConnected) return;
    const hadFocus = box.contains(document.activeElement);
    box.remove();
    removeEventListener("message", hear);
    removeEventListener("keydown", escape);
    if (hadFocus && before?.isConnected) before.focus({ preventScroll: true });
    if (isShown) tell("closed");
  };
  const escape = (event) => event.key === "Escape" && close();

  const show = () => {
    isShown = true;
    box.style.visibility = "";
    if (!isInline) {
      restFromNow();
      addEventListener("keydown", escape);
      before = document.activeElement;
      // Whoever is typing keeps on typing.
      if (as === "popup" && !before?.matches("input, textarea, select, [contenteditable]")) box.focus();
      const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
      if (!still) box.animate([{ opacity: 0, transform: "translateY(16px)" }, {}], 150);
    }
    tell("shown");
  };

  const hear = ({ origin, source, data }) => {
    if (origin !== home || source !== frame.contentWindow || !data) return;
    const { nachklang, height } = data;
    if (nachklang === "size" && height > 0 && height < 2e4) {
      frame.style.height = Math.ceil(height) + "px";
      isShown || show();
    } else if (nachklang === "answered") {
      restFromNow();
      tell("answered");
    } else if (nachklang === "close") close();
  };

  const open = () => {
    const query = new URLSearchParams({ embed: 1, from: location.origin, lang: language });
    if (ref) query.set("ref", ref);
    if (sig) query.set("sig", sig);
    const hidden = { visibility: "hidden" }; // until the page inside says that it is there
    frame = make("iframe", { display: "block", width: "100%", height: "0", border: "0", colorScheme: "normal" }, {
      title: label || words[0],
      referrerPolicy: "no-referrer",
      src: `${home}/l/${encodeURIComponent(link)}?${query}`,
    });
    frame.setAttribute("sandbox", "allow-forms allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox");
    if (isInline) box = make("div", hidden);
    else {
      const middle = as === "popup" ? { left: "0", top: "0", margin: "auto" } : {};
      box = make("div", {
        ...hidden, ...middle, position: "fixed", right: "12px", bottom: "12px", zIndex: 2147483647, boxSizing: "border-box",
        width: "min(30rem, 100vw - 24px)", height: "fit-content", maxHeight: "calc(100vh - 24px)", overflow: "auto",
        background: "Canvas", color: "CanvasText", colorScheme: "light dark", border: "1px solid GrayText",
        borderRadius: "6px", boxShadow: "0 4px 24px rgb(0 0 0 / .25)",
      }, { tabIndex: -1 });
      box.style.background = "light-dark(#f9f6f2, #191714)"; // the paper of the page inside, where it is understood
      if (middle.left) box.style.right = box.style.bottom = "0";
      box.setAttribute("role", "dialog");
      box.setAttribute("aria-label", frame.title);
      const button = make("button", {
        display: "block", marginLeft: "auto", minWidth: "44px", minHeight: "44px", border: "0",
        background: "none", color: "inherit", font: "24px/1 system-ui, sans-serif", cursor: "pointer",
      }, { type: "button", textContent: "×", onclick: close });
      button.setAttribute("aria-label", words[1]);
      box.append(button);
    }
    box.append(frame);
    addEventListener("message", hear);
    if (isInline) script.after(box);
    else document.body.append(box);
  };

  remember({ pages: (memory.pages || 0) + 1 });
  if (memory.until > Date.now() || memory.pages < pages) return;
  if (Math.random() * 100 >= sample) return restFromNow();

  const waits = [];
  if (delay) waits.push(new Promise((go) => setTimeout(go, delay * 1e3)));
  if (scroll) waits.push(new Promise((go) => {
    const look = () => ((scrollY + innerHeight) / root.scrollHeight) * 100 >= scroll && go();
    addEventListener("scroll", look, { passive: true });
    look();
  }));
  if (exit != null) waits.push(new Promise((go) => root.addEventListener("mouseleave", (e) => e.clientY <= 0 && go())));
  Promise.all(waits).then(open);
})();
