/* One mechanism for every key of the staff pages. It acts on what is in sight and has a button of its own:
     aria-keyshortcuts="E"    the letter presses the button, follows the link, or opens the <details> of a <summary>
                              and goes to what is still to be filled in there, else to a letter that is written
                              already, else to its button, else to what it explains ([data-explains])
     data-go="I"              G and then the letter follows the link
     [data-row]               J and K go from row to row where no link has these letters; X ticks the row's box, with
                              Shift (as a click with Shift does) also those between it and the box ticked last
     [data-search]            / goes there; a link leads to the page with the field, and its #name to the field
     <details data-correct>   C opens that of the comment ([data-comment]) in focus or under the pointer, or the first
                              to be seen; while it is open its letters are those of its own buttons
   Nothing happens while somebody types or reads an explanation that a key has opened, holds a modifier, has a dialog
   open, or has switched the keys off, but for two keys that nobody types: Escape leaves a field, or closes an
   explanation, for the <summary> it stands under, so that letters are keys again, and Ctrl+Enter in a field presses the
   first button of its form, but in a text with parts in brackets goes to the next of them first. */

const GO_WITHIN = 1500;
let goUntil = 0;

const isSeen = (element) => element.checkVisibility?.() ?? element.offsetParent !== null;
const withKey = (key) => [...document.querySelectorAll(`[aria-keyshortcuts~="${CSS.escape(key)}"]`)]
  .find((each) => isSeen(each) && !each.closest("[data-correct]"));

function openPart(summary) {
  const part = summary.parentElement;
  part.open = true;
  summary.focus({ preventScroll: true });
  part.scrollIntoView({ block: "nearest" });
  const fields = [...part.querySelectorAll("select, textarea, input:not([type=hidden])")].filter(isSeen);
  const open = fields.find((field) => (field.required || "needed" in field.dataset) && !field.value)
    ?? fields.find((field) => field.value.includes("["))
    ?? fields.find((field) => field.required && field.matches("textarea"));
  part.querySelector("[data-explains] [hidden]")?.removeAttribute("hidden");
  const others = [...part.querySelectorAll("button, [data-explains]")].filter(isSeen);
  (open ?? others[0] ?? summary).focus();
  if (open?.setSelectionRange) markBracket(open);
}

// Select the next part in brackets of a text, after the last the first; tell whether there is one that was not selected before.
function markBracket(field) {
  const parts = [...field.value.matchAll(/\[[^\]]*\]/g)].map((part) => [part.index, part.index + part[0].length]);
  const isMarked = ([from, to]) => document.activeElement === field && field.selectionStart === from && field.selectionEnd === to;
  const [from, to] = parts[parts.findIndex(isMarked) + 1] ?? parts[0] ?? [];
  if (from === undefined || isMarked([from, to])) return false;
  field.focus();
  field.setSelectionRange(from, to);
  return true;
}

function whileTyping(event) {
  const { target, key } = event;
  if (key === "Escape" && !event.defaultPrevented) {
    const part = target.closest("details[open]");
    if (target.closest("[data-explains]")) part.open = false;
    if (part) part.querySelector("summary").focus();
    else target.blur();
  } else if (key === "Enter" && (event.ctrlKey || event.metaKey) && target.matches("input, select, textarea")) {
    event.preventDefault();
    if (!target.matches("textarea") || !markBracket(target)) target.form?.querySelector("button:not([type=button])")?.click();
  }
}

function press(element) {
  if (element.matches("summary")) openPart(element);
  else element.click();
}

function search(field) {
  if (field.matches("a")) return field.click();
  const part = field.closest("details");
  if (part) part.open = true;
  field.focus();
  field.select();
}

function rows() {
  return [...document.querySelectorAll("[data-row]")].filter(isSeen);
}

function rowInFocus() {
  return document.activeElement.closest("[data-row]");
}

function step(by) {
  const all = rows();
  const at = all.indexOf(rowInFocus());
  const row = all[at < 0 ? (by > 0 ? 0 : -1) : at + by];
  row?.querySelector("a")?.focus();
  return Boolean(row);
}

const boxOf = (row) => row?.querySelector("input[type=checkbox]");
let tickedLast = "";

function tick(isRange) {
  const box = boxOf(rowInFocus());
  if (isRange) tickUpTo(rowInFocus());
  else box?.click();
  return Boolean(box);
}

// Without a box that was ticked and is still there, the row alone.
function tickUpTo(row) {
  const all = rows();
  const to = all.indexOf(row);
  const from = all.findIndex((each) => each.dataset.row === tickedLast);
  for (const each of all.slice(from < 0 ? to : Math.min(from, to), Math.max(from, to) + 1)) {
    if (!boxOf(each)?.checked) boxOf(each)?.click();
  }
}

// The first control on the screen or below it, else the last above.
function firstToBeSeen(all) {
  return all.find((control) => control.getBoundingClientRect().top >= 0) ?? all.at(-1);
}

function correct(target, key) {
  const within = target.closest("[data-correct][open]");
  if (key !== "C") {
    const button = within?.querySelector(`button[aria-keyshortcuts~="${key}"]`);
    button?.click();
    return Boolean(button);
  }
  const all = document.querySelectorAll("[data-correct]");
  const comment = target.closest("[data-comment]") ?? document.querySelector("[data-comment]:hover");
  const control = within ?? comment?.querySelector("[data-correct]") ?? firstToBeSeen([...all]);
  if (!control) return false;
  control.open = !control.open;
  control.querySelector("summary").focus();
  return true;
}

// What a deed on many needs: the row in focus, unless some are ticked.
function choose(element) {
  const row = rowInFocus();
  if (!element.closest("[data-many]") || !row || document.querySelector("[data-row] input:checked")) return;
  boxOf(row)?.click();
}

function act(target, key, isShifted) {
  if (goUntil > Date.now()) {
    goUntil = 0;
    const link = document.querySelector(`[data-go="${CSS.escape(key)}"]`);
    link?.click();
    return Boolean(link);
  }
  if (correct(target, key)) return true;
  if (key === "G") {
    goUntil = Date.now() + GO_WITHIN;
    return true;
  }
  if (key === "/") {
    const field = document.querySelector("[data-search], input[type=search]");
    if (field) search(field);
    return Boolean(field);
  }
  const element = withKey(key);
  if (element) {
    choose(element);
    press(element);
    return true;
  }
  if (key === "J" || key === "K") return step(key === "J" ? 1 : -1);
  return key === "X" && tick(isShifted);
}

document.addEventListener("keydown", (event) => {
  const { target } = event;
  const isTyping = target.closest("input:not([type=checkbox], [type=radio]), select, textarea, dialog, [contenteditable], [data-explains]");
  const isTypedIn = isTyping && !target.closest("dialog") && !event.isComposing;
  if (isTypedIn && document.body.dataset.keys !== "off") whileTyping(event);
  const isHeld = event.ctrlKey || event.metaKey || event.altKey || event.repeat;
  const isOff = document.body.dataset.keys === "off" || document.querySelector("dialog[open]");
  if (isTyping || isHeld || isOff || event.key.length !== 1 || event.key === " ") return;
  if (act(target, event.key.toUpperCase(), event.shiftKey)) event.preventDefault();
});

document.addEventListener("change", ({ target }) => {
  const row = target.closest("[data-row]");
  if (row) tickedLast = target.checked ? row.dataset.row : "";
});

// A click with Shift ticks as the key does, for the box that it ticks itself counts as one between.
document.addEventListener("click", (event) => {
  const row = event.shiftKey && event.target.matches("[data-row] input[type=checkbox]") && event.target.closest("[data-row]");
  if (row && event.target.checked) tickUpTo(row);
}, true);

// Who came by / from a page without a field goes on typing.
const sought = document.querySelector("input[data-search]:target");
if (sought) search(sought);
