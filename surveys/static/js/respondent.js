// Keeps what a person left half-way; the page works without.
const place = location.pathname, link = new URLSearchParams(location.search);
link.delete("score");
link.delete("solved");
// With the order it is signed for, without the answer.
const address = place + (link + "" && "?" + link), answered = () => /\b(score|solved)=/.test(location.search);
let form, touched, busy, last, seen = Date.now(), drafts = {};
try { drafts = sessionStorage; } catch {}

const fields = () => new URLSearchParams(new FormData(form)) + "";

const keep = () => {
  if (!touched || busy || form.anonymous || Date.now() - seen < 1e3 || fields() === last) return;
  last = fields();
  navigator.sendBeacon(address, new URLSearchParams(last + "&partial=1"));
};

const tell = () => {
  const picked = form.querySelector("[data-why]:checked"), said = form.querySelector(".chosen strong");
  if (picked) form.querySelector("[for=comment]").textContent = picked.dataset.why;
  if (picked && said) said.textContent = picked.labels[0].firstChild.data;
};

const show = (html, state) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  document.title = page.title;
  document.body.replaceWith(page.body);
  start();
  if (state && form) history.pushState(state, "", address);
  const first = document.querySelector(".error:not([hidden]), h1");
  first.tabIndex = -1;
  scroll(0, 0);
  first.focus();
};

// `state` says after which question the page that follows begins.
const post = (body, left, state) => fetch(address, { method: "POST", body: new URLSearchParams(body) }).then((answer) => {
  // 502 and the like come from a gateway, with any page or none.
  if (answer.status === 429 || answer.status > 499) throw answer;
  if (answer.ok) drafts[place] = "";
  return answer.text().then((html) => () => show(html, answer.ok && state));
}).then((shown) => shown(), () => {
  busy = --left;
  form.toggleAttribute("data-busy", busy);
  const word = form.querySelector("[data-lost]");
  word.hidden = false;
  word.textContent = word.dataset[left ? "again" : "lost"];
  if (left) setTimeout(post, 1e3 << (4 - left), body, left, state);
});

const send = (body, state) => {
  form.toggleAttribute("data-busy", true);
  busy = post(body, 5, state);
};

const start = () => {
  form = document.querySelector(".ask");
  if ((busy = !form)) return;
  new URLSearchParams(drafts[place]).forEach((value, name) => {
    const field = form[name];
    // Only the score of a link just clicked is newer than what this tab has.
    if (field && (!field.value || !answered() || name === "submission_id")) field.value = value;
  });
  tell();
  form.oninput = ({ isTrusted }) => {
    // A field that a script clicks sends a trusted event too; a page that nobody touched has no activation.
    touched = isTrusted && navigator.userActivation?.hasBeenActive !== false;
    // A reload must not bring that score back.
    if (touched && answered()) history.replaceState(null, "", address);
    drafts[place] = fields();
    tell();
  };
  form.onchange = keep;
  form.onclick = ({ target }) => {
    // A link to a field is no step in the history.
    const { hash } = target, field = hash && document.getElementById(hash.slice(1));
    if (!field) return;
    (field.elements?.[0] ?? field).focus();
    return false;
  };
  form.onsubmit = () => {
    if (!busy) send(fields(), { through: form.through?.value ?? "" });
    return false;
  };
};

document.onvisibilitychange = () => document.hidden ? keep() : seen = Date.now();
onpagehide = keep;
// The way back leads to the page before, with all that was said.
onpopstate = ({ state }) => {
  if (busy || !state) return location.reload();
  const body = new URLSearchParams(fields());
  body.set("through", state.through);
  send(body);
};
history.replaceState(null, "");
start();
