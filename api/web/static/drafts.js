/** Writing: words counted against the goal, and a draft kept in this browser until it is saved on the map. */

/** @param {HTMLTextAreaElement} area */
function count(area) {
  const words = area.value.split(/\s+/).filter(Boolean).length;
  const goal = Number(area.dataset.goal);
  const line = area.form?.querySelector("[data-count]");
  if (line) line.textContent = `${words} word${words === 1 ? "" : "s"}${goal ? ` of ${area.dataset.asked}` : ""}`;
  const bar = area.form?.querySelector("progress");
  if (bar) bar.value = Math.min(words, goal);
}

/** @param {HTMLTextAreaElement} area */
const name = (area) => `conceptmap draft ${area.dataset.draft}`;

/** Where is kept what is typed while another draft is offered. @param {HTMLTextAreaElement} area */
const second = (area) => `${name(area)} beside`;

/** Keep a draft; a browser that is full or keeps nothing says so beside the count.
 * @param {HTMLTextAreaElement} area @param {string} [where] */
function keep(area, where = name(area)) {
  try {
    area.value.trim() ? localStorage.setItem(where, area.value) : localStorage.removeItem(where);
  } catch {
    const line = area.form?.querySelector("[data-count]");
    if (line) line.textContent += ". This browser keeps no draft: save it on the map";
  }
}

/** @param {HTMLTextAreaElement} area @param {string} [where] */
function kept(area, where = name(area)) {
  try {
    return localStorage.getItem(where) ?? "";
  } catch {
    return "";
  }
}

/** @param {HTMLTextAreaElement} area */
const offerOf = (area) => /** @type {HTMLElement | null | undefined} */ (area.form?.querySelector("[data-kept]"));

/** A draft comes back into an empty box; beside a text that was saved it is offered. @param {ParentNode} within */
function began(within) {
  for (const area of /** @type {NodeListOf<HTMLTextAreaElement>} */ (within.querySelectorAll("[data-draft]"))) {
    const draft = kept(area);
    const offer = offerOf(area);
    const typed = kept(area, second(area));
    if (offer && typed) area.value = typed;
    if (!area.value.trim() && draft) area.value = draft;
    else if (offer) offer.hidden = !draft || draft === area.value;
    count(area);
  }
}

document.addEventListener("input", (event) => {
  if (!(event.target instanceof HTMLTextAreaElement) || !event.target.dataset.draft) return;
  count(event.target);
  const isOffered = offerOf(event.target)?.hidden === false; // what is offered is not written over
  keep(event.target, isOffered ? second(event.target) : name(event.target));
});
document.addEventListener("click", (event) => {
  const button = event.target instanceof Element ? event.target.closest("[data-take-draft]") : null;
  const area = /** @type {HTMLTextAreaElement | null | undefined} */ (
    button?.closest("form")?.querySelector("[data-draft]")
  );
  const offer = area && offerOf(area);
  if (!area || !offer) return;
  const draft = kept(area);
  keep(area); // what stood there is what is offered now
  localStorage.removeItem(second(area));
  area.value = draft;
  area.dispatchEvent(new Event("input", { bubbles: true }));
  area.focus();
});
document.addEventListener("answered", (event) => {
  const box = /** @type {Element} */ (event.target);
  const { saved } = /** @type {CustomEvent} */ (event).detail;
  for (const area of /** @type {NodeListOf<HTMLTextAreaElement>} */ (box.querySelectorAll("[data-draft]")))
    if (saved) localStorage.removeItem(second(area));
  began(box);
  for (const area of /** @type {NodeListOf<HTMLTextAreaElement>} */ (box.querySelectorAll("[data-draft]"))) {
    if (offerOf(area)?.hidden === false) continue; // another draft than what was sent stays
    if (saved) localStorage.removeItem(name(area));
    else keep(area);
  }
});
began(document);
