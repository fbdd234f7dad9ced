// Tells the shop's page that shows this one in a frame how tall it is, that it was answered, that Escape was pressed.
// What was answered stays here. The page that may hear it is named in the address; the browser sees to it.
// In a block, because the page has another script with names of its own.
{
  const shop = new URLSearchParams(location.search).get("from");
  let answered;

  const tell = (nachklang, more) => {
    if (parent !== window && /^https?:\/\/[^/]+$/.test(shop)) parent.postMessage({ nachklang, ...more }, shop);
  };

  const look = () => {
    if (answered || !document.querySelector("[data-answered]")) return;
    answered = true;
    tell("answered");
  };

  const size = () => tell("size", { height: document.documentElement.getBoundingClientRect().height });

  new ResizeObserver(size).observe(document.documentElement);
  new MutationObserver(look).observe(document.documentElement, { childList: true });
  addEventListener("keydown", (event) => event.key === "Escape" && tell("close"));
  // Inside a frame another site would often refuse to be shown.
  addEventListener("click", ({ target }) => {
    const way = target.closest?.("a[href]");
    if (way) Object.assign(way, { target: "_blank", rel: "noopener noreferrer" });
  });
  look();
}
