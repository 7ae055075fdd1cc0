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

/** @param {ParentNode} within @param {boolean} restore */
function began(within, restore) {
  for (const area of /** @type {NodeListOf<HTMLTextAreaElement>} */ (within.querySelectorAll("[data-draft]"))) {
    if (restore && !area.value) area.value = localStorage.getItem(name(area)) ?? "";
    count(area);
  }
}

document.addEventListener("input", (event) => {
  if (!(event.target instanceof HTMLTextAreaElement) || !event.target.dataset.draft) return;
  count(event.target);
  localStorage.setItem(name(event.target), event.target.value);
});
document.addEventListener("answered", (event) => {
  const box = /** @type {Element} */ (event.target);
  began(box, false);
  const { saved } = /** @type {CustomEvent} */ (event).detail;
  for (const area of /** @type {NodeListOf<HTMLTextAreaElement>} */ (box.querySelectorAll("[data-draft]"))) {
    saved ? localStorage.removeItem(name(area)) : localStorage.setItem(name(area), area.value);
  }
});
began(document, true);
