/** Linking while writing: names of the map that stand in a text are offered as `[[links]]`, one button each. */

const PAUSE = 250; // milliseconds after the last letter before the text is looked through
const MOST_OFFERED = 8;
const WORDS_OF_NAME = 9;
const WORD = /[\p{L}\p{N}\p{M}+#]+(?:['’]s(?![\p{L}\p{N}]))?/gu;

/** @typedef {{start: number, end: number, words: string}} Found */

/** @type {Promise<Set<string>> | undefined} */
let names;
let waiting = 0;

/** The names of the map, asked for once. @param {HTMLTextAreaElement} area @returns {Promise<Set<string>>} */
function namesFor(area) {
  names ??= fetch(area.dataset.names ?? "")
    .then((answer) => (answer.ok ? answer.json() : { names: [] }))
    .then((all) => new Set(all.names))
    .catch(() => new Set());
  return names;
}

/** What a text names and does not link yet, each name once, longer names first. @param {string} text @param {Set<string>} known @returns {Found[]} */
export function named(text, known) {
  const bare = text.replace(/\[\[[^\]]*\]\]/g, (link) => "\n".repeat(link.length));
  const words = [...bare.matchAll(WORD)].map((one) => ({ start: one.index, text: one[0] }));
  /** @type {Map<string, Found>} */
  const found = new Map();
  for (let at = 0; at < words.length; ) {
    const longest = longestFrom(bare, words, at, known);
    if (longest && !found.has(longest.key)) found.set(longest.key, longest.found);
    at += longest ? longest.count : 1;
  }
  return [...found.values()];
}

/** @param {string} text @param {{start: number, text: string}[]} words @param {number} at @param {Set<string>} known */
function longestFrom(text, words, at, known) {
  for (let count = Math.min(WORDS_OF_NAME, words.length - at); count > 0; count--) {
    const some = words.slice(at, at + count);
    const [first, last] = [some[0], some[count - 1]];
    if (!first || !last) return undefined;
    const [start, end] = [first.start, last.start + last.text.length];
    if (text.slice(start, end).includes("\n")) continue;
    const key = some
      .map((one) =>
        one.text
          .normalize("NFKC")
          .toLowerCase()
          .replace(/['’]s$/, "s"),
      )
      .join(" ");
    if (known.has(key)) return { key, count, found: { start, end, words: text.slice(start, end) } };
  }
  return undefined;
}

/** @param {HTMLTextAreaElement} area */
async function offer(area) {
  const known = await namesFor(area);
  const box = /** @type {HTMLElement | null | undefined} */ (area.form?.querySelector("[data-linking]"));
  if (!box) return;
  const offered = named(area.value, known).slice(0, MOST_OFFERED);
  const wanted = offered.map((one) => one.words).join("\n");
  if (box.dataset.offered === wanted) return;
  box.dataset.offered = wanted;
  box.hidden = !offered.length;
  box.replaceChildren("Link: ", ...offered.map((one) => button(area, one.words)));
}

/** @param {HTMLTextAreaElement} area @param {string} words */
function button(area, words) {
  const found = document.createElement("button");
  found.type = "button";
  found.textContent = `[[${words}]]`;
  found.setAttribute("aria-label", `Link ${words}`);
  found.addEventListener("click", () => link(area, words));
  return found;
}

/** Make a link of a name where it stands first, and go on with the next. @param {HTMLTextAreaElement} area @param {string} words */
async function link(area, words) {
  const place = named(area.value, await namesFor(area)).find((one) => one.words === words);
  if (!place) return;
  area.setRangeText(`[[${words}]]`, place.start, place.end, "end");
  area.dispatchEvent(new Event("input", { bubbles: true }));
  await offer(area);
  const next = /** @type {HTMLElement | null | undefined} */ (area.form?.querySelector("[data-linking] button"));
  (next ?? area).focus();
  const live = document.getElementById("live");
  if (live) live.textContent = `${words} is linked`;
}

for (const name of ["input", "focusin"])
  document.addEventListener(name, ({ target }) => {
    if (!(target instanceof HTMLTextAreaElement) || !target.dataset.names) return;
    clearTimeout(waiting);
    waiting = setTimeout(() => offer(target), PAUSE);
  });
