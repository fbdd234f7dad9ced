// Keeps what a person left half-way; the page works without.
const place = location.pathname, address = place + location.search;
let form, touched, busy, last, seen = Date.now(), drafts = {};
try { drafts = sessionStorage; } catch {}

const fields = () => new URLSearchParams(new FormData(form)) + "";

const keep = () => {
  if (!touched || busy || Date.now() - seen < 1e3 || fields() === last) return;
  last = fields();
  navigator.sendBeacon(address, new URLSearchParams(last + "&partial=1"));
};

const show = (html) => {
  const page = new DOMParser().parseFromString(html, "text/html");
  document.title = page.title;
  document.body.replaceWith(page.body);
  start();
  const first = document.querySelector(".error:not([hidden]), h1");
  first.tabIndex = -1;
  first.focus();
};

const post = (body, left) => fetch(address, { method: "POST", body: new URLSearchParams(body) }).then((answer) => {
  if ([429, 503].includes(answer.status)) throw answer;
  if (answer.ok) drafts[place] = "";
  return answer.text();
}).then(show, () => {
  busy = --left;
  const word = form.querySelector("[data-lost]");
  word.hidden = false;
  word.textContent = word.dataset[left ? "again" : "lost"];
  if (left) setTimeout(post, 1e3 << (4 - left), body, left);
});

const start = () => {
  form = document.querySelector(".ask");
  if ((busy = !form)) return;
  new URLSearchParams(drafts[place]).forEach((value, name) => {
    const field = form[name];
    if (field && (!field.value || name === "submission_id")) field.value = value;
  });
  form.oninput = ({ target, isTrusted }) => {
    // A field that a script clicks sends a trusted event too; a page that nobody touched has no activation.
    touched = isTrusted && navigator.userActivation?.hasBeenActive !== false;
    drafts[place] = fields();
    const { why } = target.dataset, said = form.querySelector(".chosen strong");
    if (why) form.querySelector("[for=comment]").textContent = why;
    if (why && said) said.textContent = target.labels[0].firstChild.data;
  };
  form.onchange = keep;
  form.onsubmit = () => {
    busy = busy || post(fields(), 5);
    return false;
  };
};

document.onvisibilitychange = () => document.hidden ? keep() : seen = Date.now();
onpagehide = keep;
start();
