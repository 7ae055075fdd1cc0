/** Forms that add to the map: sent with the token of this tab, the answer put in their place; nothing typed is lost. */

const TOKEN = "conceptmap token";
const PAUSE = 150;

const token = /** @type {HTMLInputElement | null} */ (document.getElementById("token"));
if (token) token.value = sessionStorage.getItem(TOKEN) ?? "";
document.addEventListener("input", (event) => {
  const field = event.target;
  if (!(field instanceof HTMLInputElement) || !(field === token || field.matches("[data-token]"))) return;
  sessionStorage.setItem(TOKEN, field.value.trim());
  if (field === token) refuse("");
});

/** Say beside the token what is wrong with it: in its own form, or in the one that was sent.
 * @param {string} words @param {HTMLFormElement} [form] */
function refuse(words, form) {
  if (!token) return form && ask(form, words);
  const error = document.getElementById("token-error");
  if (!error) return;
  error.textContent = words;
  error.hidden = !words;
  token.setAttribute("aria-invalid", String(Boolean(words)));
  if (words) token.focus();
}

/** Show the field for the token within a form. @param {HTMLFormElement} form @param {string} words */
function ask(form, words) {
  const field = /** @type {HTMLElement | null} */ (form.querySelector(".token-field"));
  if (!field) return;
  field.classList.remove("without-script");
  trouble(form, words);
  /** @type {HTMLElement | null} */ (field.querySelector("input"))?.focus();
}

/** @param {string} words */
function say(words) {
  const live = document.getElementById("live");
  if (live) live.textContent = words;
}

/** @param {HTMLFormElement} form @param {HTMLButtonElement | null} button */
async function send(form, button) {
  const held = (token?.value ?? sessionStorage.getItem(TOKEN) ?? "").trim();
  if (!held) return refuse("Enter your token first", form);
  const body = new URLSearchParams(/** @type {any} */ (new FormData(form, button)));
  body.delete("token"); // it goes in the header
  const undoes = button?.dataset.undo !== undefined;
  form.setAttribute("aria-busy", "true");
  form.inert = true;
  try {
    const headers = { Authorization: `Bearer ${held}` };
    const answer = await fetch(button?.getAttribute("formaction") ?? form.action, { method: "POST", headers, body });
    const isHtml = answer.headers.get("content-type")?.startsWith("text/html");
    if (isHtml) return put(form, await answer.text(), undoes);
    const problem = await answer.json().catch(() => ({}));
    const words = problem.detail ?? `The service answered ${answer.status}`;
    if (answer.status === 401 || answer.status === 403) refuse(words, form);
    else trouble(form, words);
  } catch {
    trouble(form, "The service does not answer. What you typed is still here; try again.");
  } finally {
    form.inert = false;
    form.removeAttribute("aria-busy");
  }
}

/** The answer in place of the form; of an undo, in place of what it undid. @param {HTMLFormElement} form @param {string} html @param {boolean} undoes */
function put(form, html, undoes) {
  const fresh = new DOMParser().parseFromString(html, "text/html").body;
  const box = /** @type {HTMLElement} */ (form.closest("[data-form]"));
  const undone = undoes && form.querySelector(".result");
  if (undone) undone.replaceWith(...fresh.childNodes);
  else box.replaceChildren(...fresh.childNodes);
  const heading = /** @type {HTMLElement | null} */ (box.querySelector(".result :is(h2, h3)"));
  const wrong = /** @type {HTMLElement | null} */ (box.querySelector("[aria-invalid=true]"));
  (wrong ?? heading)?.focus();
  say(heading?.textContent ?? "");
  box.dispatchEvent(
    new CustomEvent("answered", { bubbles: true, detail: { saved: Boolean(box.querySelector("[data-saved]")) } }),
  );
}

/** @param {HTMLFormElement} form @param {string} words */
function trouble(form, words) {
  form.querySelector(".trouble")?.remove();
  const line = document.createElement("p");
  [line.className, line.textContent] = ["trouble mistake", words];
  form.querySelector(".steps:last-of-type")?.before(line);
  say(words);
}

/** What was looked at is no longer what would be saved. @param {Element} form */
function forget(form) {
  for (const one of form.querySelectorAll("[data-after-look], [name=seen]")) one.remove();
}

/** Narrow a form to what may be chosen. @param {HTMLFormElement} form @param {HTMLInputElement} [typed] an end whose name is being typed */
async function narrow(form, typed) {
  const address = document.querySelector("main")?.dataset.offers;
  const given = new FormData(form);
  const query = new URLSearchParams();
  for (const name of ["relation", "kind", "source", "target"])
    if (given.get(name)) query.set(name, String(given.get(name)));
  if (typed) {
    query.set("words", typed.value);
    query.set("end", typed.dataset.end ?? "0");
  }
  if (!address) return;
  const answer = await fetch(`${address}?${query}`).catch(() => null);
  if (!answer?.ok) return;
  /** @type {{relations: string[], ends: string[], names: {value: string, about: string}[]}} */
  const offers = await answer.json();
  for (const option of form.querySelectorAll("select[name=relation] option")) {
    const { value } = /** @type {HTMLOptionElement} */ (option);
    /** @type {HTMLOptionElement} */ (option).disabled = Boolean(value) && !offers.relations.includes(value);
  }
  for (const end of /** @type {NodeListOf<HTMLInputElement>} */ (form.querySelectorAll("[data-end]"))) {
    const kinds = offers.ends[Number(end.dataset.end)];
    const hint = document.getElementById(`${end.id}-hint`);
    if (hint) hint.textContent = kinds || "Any node: type a few letters of its name.";
    if (end === typed) end.list?.replaceChildren(...offers.names.map(({ value, about }) => new Option(about, value)));
  }
}

let waiting = 0;
document.addEventListener("input", (event) => {
  const field = /** @type {HTMLInputElement} */ (event.target);
  if (!field.form?.matches("[data-send]") || field.dataset.tick !== undefined) return;
  forget(field.form);
  if (field.matches("[data-end]")) {
    clearTimeout(waiting);
    waiting = setTimeout(() => narrow(/** @type {HTMLFormElement} */ (field.form), field), PAUSE);
  } else if (field.matches("select")) narrow(field.form);
});

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.id === "holder") event.preventDefault();
  if (!form.matches("[data-send]")) return;
  event.preventDefault();
  send(form, /** @type {HTMLButtonElement | null} */ (event.submitter));
});
