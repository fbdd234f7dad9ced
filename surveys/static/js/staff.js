/* The staff pages' courtesies. Every page works without them; they hook on data- attributes only.
     <form data-confirm="Really?">         asks before it is sent (also on a button with data-confirm)
     <button data-copy="#id" data-copied="Copied">   copies the text of #id
     <select data-values-in="id">          what is chosen decides what the field #id offers and says (macros/values.html)
     <details data-tally>                  its summary's [data-said] says how many boxes inside are ticked
     <form data-autosubmit>                is sent when a select, date or box in it changes; hides [data-no-script]
     <button data-opens="id" hidden>       opens the dialog #id, and is shown only where there are scripts
     <form data-many>                      Enter in a field of one of its <details> presses the button in there;
                                           its [data-said] says how many rows are ticked
     <nav id data-news="id">               asks for news of its rows ([data-row]); #id says how many are new ({} in
                                           data-said). What was ticked in it stays ticked, what is in focus stays so.
   Keys are in keys.js. */

function ask(question, label) {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  const text = document.createElement("p");
  text.className = "dialog__text";
  text.id = "dialog-text";
  text.textContent = question;
  const actions = document.createElement("form");
  actions.method = "dialog";
  actions.className = "dialog__actions";
  actions.append(choice("no", document.body.dataset.cancel, ""), choice("yes", label, " button--primary"));
  dialog.setAttribute("aria-labelledby", text.id);
  dialog.append(text, actions);
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener("close", () => {
      dialog.remove();
      resolve(dialog.returnValue === "yes");
    });
  });
}

function choice(value, label, modifier) {
  const button = document.createElement("button");
  button.value = value;
  button.className = `button${modifier}`;
  button.textContent = label;
  return button;
}

document.addEventListener("submit", async (event) => {
  const form = event.target;
  const button = event.submitter;
  const question = button?.dataset.confirm ?? form.dataset.confirm;
  if (!question || form.dataset.confirmed) return;
  event.preventDefault();
  if (!(await ask(question, button?.textContent.trim() || "OK"))) return;
  form.dataset.confirmed = "yes";
  form.requestSubmit(button);
  delete form.dataset.confirmed;
});

// Enter in a field of a part of a form presses the button of that part, not the first of the form.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.isComposing || !event.target.matches("[data-many] details input")) return;
  event.preventDefault();
  event.target.closest("details").querySelector("button").click();
});

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  await navigator.clipboard.writeText(document.querySelector(button.dataset.copy).textContent.trim());
  button.textContent = button.dataset.copied || button.textContent;
});

document.addEventListener("change", (event) => {
  const form = event.target.closest("form[data-autosubmit]");
  if (form && !event.target.matches("input[type=search], input[type=text]")) form.requestSubmit();
});

document.addEventListener("change", ({ target }) => {
  const field = document.getElementById(target.dataset.valuesIn ?? "");
  if (!field) return;
  const list = document.getElementById(`values-${target.value}`) ?? document.getElementById("values-any");
  field.setAttribute("list", list.id);
  document.getElementById(`${field.id}-hint`).textContent = list.dataset.hint;
});

document.addEventListener("change", ({ target }) => {
  for (let part = target.closest("[data-tally]"); part; part = part.parentElement.closest("[data-tally]")) {
    const said = part.querySelector(":scope > summary [data-said]");
    const count = part.querySelectorAll("input:checked").length;
    said.textContent = count ? said.dataset.said.replace("{}", count) : "";
  }
});

// How many rows a deed on many would be done with; one that has left the page is ticked no more.
function countRows() {
  const said = document.querySelector("[data-many] [data-said]");
  const count = document.querySelectorAll("[data-row] input:checked").length;
  if (said) said.textContent = count ? said.dataset.said.replace("{}", count) : "";
}

document.addEventListener("change", ({ target }) => {
  if (target.closest("[data-row]")) countRows();
});
countRows();

for (const button of document.querySelectorAll("form[data-autosubmit] [data-no-script]")) button.hidden = true;

for (const button of document.querySelectorAll("[data-opens]")) {
  button.hidden = false;
  button.addEventListener("click", () => document.getElementById(button.dataset.opens).showModal());
}

// A part of a page that asks for news and gets the old answer stays as it is: nothing loses its focus or its place.
const shown = new Map();
const kept = new Map();
const rowsOf = (part) => new Set([...part.querySelectorAll("[data-row]")].map((row) => row.dataset.row));

document.addEventListener("htmx:before:swap", (event) => {
  const { request, text } = event.detail.ctx;
  if (shown.get(request.action) === text) event.preventDefault();
  shown.set(request.action, text);
  for (const part of document.querySelectorAll("[data-news]")) {
    const ticked = [...part.querySelectorAll("input:checked")].map((box) => box.value);
    kept.set(part.id, { rows: rowsOf(part), ticked, focus: part.contains(document.activeElement) && document.activeElement.id });
  }
});

document.addEventListener("htmx:after:swap", () => {
  for (const part of document.querySelectorAll("[data-news]")) {
    const before = kept.get(part.id);
    if (!before) continue;
    for (const box of part.querySelectorAll("input[type=checkbox]")) box.checked ||= before.ticked.includes(box.value);
    if (before.focus) document.getElementById(before.focus)?.focus({ preventScroll: true });
    const fresh = [...rowsOf(part)].filter((row) => !before.rows.has(row)).length;
    kept.delete(part.id);
    if (fresh) document.getElementById(part.dataset.news).textContent = part.dataset.said.replace("{}", fresh);
  }
  countRows();
});
