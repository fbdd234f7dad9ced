/* Who else is at a task just now: every few seconds the page gives a sign of life and is told. It works without; whoever
   has no scripts is not seen, and sees who is there when the page is opened.
     <… data-present="/address">    where the sign goes, and the answer comes from: its elements, by their ids, hold what
                                    those of the page are to say; only what has changed is touched, so that it is said once
     <form data-writes="mail">      what somebody writes there; data-typed says that the page came with a text not sent yet
   A page that nobody sees and where nothing is written gives no sign. */

const EVERY = 5000;
const address = document.querySelector("[data-present]").dataset.present;
const token = document.querySelector("[name=csrf_token]").value;
let told;

const isTyped = (form) => "typed" in form.dataset
  ? [...form.elements].some((field) => field.matches("textarea") && field.value.trim())
  : [...form.elements].some((field) => field.matches("textarea, input[type=text]") && field.value.trim() && field.value !== field.defaultValue);

// What is written, a mail to the customer before a note.
const writes = () => [...document.querySelectorAll("form[data-writes]")].find(isTyped)?.dataset.writes ?? "";
const sign = () => new URLSearchParams({ csrf_token: token, writes: told });

function show(text) {
  for (const said of new DOMParser().parseFromString(text, "text/html").querySelectorAll("[id]")) {
    const here = document.getElementById(said.id);
    if (here && here.textContent !== said.textContent) here.textContent = said.textContent;
  }
}

async function tell() {
  told = writes();
  if (document.hidden && !told) return;
  try {
    // Whoever was signed out meanwhile would be led elsewhere.
    const answer = await fetch(address, { method: "POST", body: sign(), redirect: "manual", signal: AbortSignal.timeout(EVERY) });
    if (answer.ok) show(await answer.text());
  } catch {
    // Without a way to the house there is nothing to tell; the next sign tries again.
  }
}

tell();
setInterval(tell, EVERY);
document.addEventListener("visibilitychange", tell);
document.addEventListener("input", ({ target }) => {
  if (target.closest("form[data-writes]") && writes() !== told) tell();
});
addEventListener("pagehide", () => navigator.sendBeacon(`${address}/end`, sign()));
