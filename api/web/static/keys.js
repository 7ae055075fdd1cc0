/** Which of the page's keys count where: everywhere but where the same key is needed for something else. */

const FIELDS = "input:not([type=range], [type=checkbox], [type=radio]), textarea, select, [contenteditable]";
const OWN_ARROWS = "input, [role=listbox], [tabindex='0']:not(.part, canvas)"; // sliders, lists, and boxes that scroll
const ARROWS = new Set(["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Home", "End"]);

const OFF = "conceptmap single keys off";

/** Whether a key is one sign that was switched off: who dictates, or hits keys by mistake, can do without them.
 * @param {KeyboardEvent} event */
export function isOff({ key, ctrlKey, metaKey }) {
  return key.length === 1 && key !== " " && !ctrlKey && !metaKey && localStorage.getItem(OFF) !== null;
}

document.addEventListener("change", ({ target }) => {
  if (!(target instanceof HTMLInputElement) || target.id !== "single-keys") return;
  target.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "yes");
});
document.addEventListener(
  "toggle",
  () => {
    const box = document.getElementById("single-keys");
    if (box instanceof HTMLInputElement) box.checked = localStorage.getItem(OFF) === null;
  },
  true, // it does not bubble
);

/** Whether somebody is typing. @param {KeyboardEvent} event */
export function isTyping({ target, isComposing }) {
  return isComposing || (target instanceof Element && target.matches(FIELDS));
}

/** Whether a key is meant for the map. Arrows are not where they move something else: a slider, or where all of the page
 * scrolls, the page. @param {KeyboardEvent} event @param {Element} map */
export function isForMap(event, map) {
  const { target, key } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event)) return false;
  if (isOff(event)) return false;
  if (!ARROWS.has(key) || !(target instanceof Element) || map.contains(target)) return true;
  const scrolls = document.documentElement.scrollHeight > innerHeight + 1;
  return !target.closest(OWN_ARROWS) && !scrolls;
}
