/* Asks axe about the colours of the open page, of each look a few times and of what it has passed before never again.
   A look is all that decides how well a text can be told from its ground: the colours of an element and of everything
   it stands in, its size, and whether other text stands beside it. axe looks hard, and most pages share most looks.
   What axe could not judge, or did not look at, it is asked about on the next page again. Returns the violations. */
async () => {
  const DECIDES = ["color", "backgroundColor", "backgroundImage", "opacity", "filter", "mixBlendMode", "textShadow",
                   "fontSize", "fontWeight", "textDecorationLine", "borderBottom", "fill", "position"];
  const PASSED = "looks that axe has passed";
  const ENOUGH = 3;  // of one look on one page, in case something covers the first

  const passed = new Set(JSON.parse(sessionStorage.getItem(PASSED) || "[]"));
  const looks = new Map();
  const asked = new Map();
  const settled = [];

  const short = text => {
    let [one, other] = [0xdeadbeef, 0x41c6ce57];
    for (let at = 0; at < text.length; at += 1) {
      one = Math.imul(one ^ text.charCodeAt(at), 2654435761);
      other = Math.imul(other ^ text.charCodeAt(at), 1597334677);
    }
    return (one >>> 0).toString(36) + "-" + (other >>> 0).toString(36);
  };
  const lookOf = (element, around) => {
    const style = getComputedStyle(element);
    const isDisabled = element.matches(":disabled, [aria-disabled=true]");
    const isAlone = element.textContent.trim() === element.parentElement.textContent.trim();
    return short([around, isDisabled, isAlone, ...DECIDES.map(name => style[name])].join());
  };
  const hasWords = element => element.checkVisibility({visibilityProperty: true})
    && (element.matches("input, select, textarea")
        || [...element.childNodes].some(node => node.nodeType === Node.TEXT_NODE && node.data.trim().length > 1));
  const isAsked = look => {
    asked.set(look, (asked.get(look) || 0) + 1);
    return asked.get(look) <= ENOUGH;
  };
  // Whether nothing in the element is to be asked about; what is settled in one that is not, is left out.
  const isSettled = (element, around) => {
    const look = lookOf(element, around);
    looks.set(element, look);
    const children = [...element.children];
    const left = children.filter(child => isSettled(child, look));
    const isOpen = hasWords(element) && !passed.has(look) && isAsked(look);
    if (!isOpen && left.length === children.length) return true;
    settled.push(...left);
    return false;
  };

  if (isSettled(document.body, "")) return [];
  const found = await axe.run({include: [document], exclude: settled}, {
    runOnly: {type: "rule", values: ["color-contrast", "link-in-text-block"]},
    resultTypes: ["violations", "passes"], elementRef: true, selectors: false,
  });
  for (const rule of found.passes.filter(rule => rule.id === "color-contrast")) {
    for (const node of rule.nodes) passed.add(looks.get(node.element));
  }
  sessionStorage.setItem(PASSED, JSON.stringify([...passed]));
  return found.violations.map(({id, help, nodes}) => ({id, help, nodes: nodes.map(({html}) => ({html}))}));
}
