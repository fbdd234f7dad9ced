/* The staff pages' courtesies. Every page works without them; they hook on data- attributes only.
     <form data-confirm="Really?">         asks before it is sent (also on a button with data-confirm)
     <button data-copy="#id" data-copied="Copied">   copies the text of #id
     <select data-values-in="id">          what is chosen decides what the field #id offers and says (macros/values.html)
     <details data-tally>                  its summary's [data-said] says how many boxes inside are ticked
     <form data-autosubmit>                is sent when a select, date or box in it changes; hides [data-no-script]
     <details data-correct>                the key C opens that of the comment ([data-comment]) in focus or under the
                                           pointer, or the first to be seen; letters in aria-keyshortcuts press its buttons */

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

for (const button of document.querySelectorAll("form[data-autosubmit] [data-no-script]")) button.hidden = true;

// A part of a page that asks for news and gets the old answer stays as it is: nothing loses its focus or its place.
const shown = new Map();
document.addEventListener("htmx:before:swap", (event) => {
  const { request, text } = event.detail.ctx;
  if (shown.get(request.action) === text) event.preventDefault();
  shown.set(request.action, text);
});

const KEYS_OFF = "keys-off";
const keysAreOff = () => localStorage.getItem(KEYS_OFF) !== null;

for (const hint of document.querySelectorAll("[data-correct] [data-keys]")) {
  const button = hint.querySelector("button");
  const say = () => { button.textContent = keysAreOff() ? button.dataset.on : button.dataset.off; };
  button.addEventListener("click", () => {
    if (keysAreOff()) localStorage.removeItem(KEYS_OFF);
    else localStorage.setItem(KEYS_OFF, "yes");
    say();
  });
  hint.hidden = false;
  say();
}

// The first control on the screen or below it, else the last above.
function firstToBeSeen() {
  const all = [...document.querySelectorAll("[data-correct]")];
  return all.find((control) => control.getBoundingClientRect().top >= 0) ?? all.at(-1);
}

document.addEventListener("keydown", (event) => {
  const { target, key } = event;
  const isTyping = target.closest("input, select, textarea, dialog, [contenteditable]");
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey || event.repeat || keysAreOff()) return;
  const within = target.closest("[data-correct][open]");
  if (key.toUpperCase() !== "C") {
    if (/^[a-z]$/i.test(key)) within?.querySelector(`button[aria-keyshortcuts~="${key.toUpperCase()}"]`)?.click();
    return;
  }
  const comment = target.closest("[data-comment]") ?? document.querySelector("[data-comment]:hover");
  const control = within ?? comment?.querySelector("[data-correct]") ?? firstToBeSeen();
  if (!control) return;
  control.open = !control.open;
  control.querySelector("summary").focus();
});
