/** The search of a published map, in the index that stands beside its pages: the nodes that hold all words, best first. */

import { Choices } from "./choices.js";

const MOST = 12;
const LEAST_ROOT = 4; // letters of a stem from which on a longer word may be a form of it
const LONGEST_ENDING = 5; // letters of an ending as in "compressing"
const NEAR = 2; // letters by which a longer word may be misspelt; a shorter one by one
const TIERS = 3; // a label, an alias, a text
const BETWEEN = /[\s\-‐‑‒–—―_,.;:'’‘`"“”„‚«»‹›()[\]{}?¿!¡=/\\&|…·、。，：；？！（）「」『』]+/u;

/** @typedef {{path: string, label: string, kind: string, when: string}} Found */
/**
 * @typedef {object} Index
 * @property {[string, string, string, string][]} nodes of each the path, the label, the kind, and since when it is there
 * @property {[string, string, ...number[][]][]} words each with its stem, and the nodes that have it in label, alias and text
 */

/** The words of a text as the index has them. @param {string} text */
export function wordsOf(text) {
  const plain = text.normalize("NFKC").toLowerCase().replaceAll(/['’]s/g, "s");
  return plain.split(BETWEEN).filter(Boolean);
}

/** The nodes that hold all words of a text, best first; where none does, those with a word that is spelt nearly so.
 * @param {Index} index @param {string} text @returns {Found[]} */
export function foundIn(index, text) {
  const words = wordsOf(text);
  if (!words.length) return [];
  const holding = ranked(index, words, (word, [known, root]) => isMeant(word, known, root));
  const ranks = holding.size ? holding : ranked(index, words, (word, [known]) => isNear(word, known));
  const key = words.join(" ");
  const whole = (/** @type {number} */ node) => wordsOf(index.nodes[node]?.[1] ?? "").join(" ") === key;
  const sorted = [...ranks].map(([node, rank]) => ({ node, rank: whole(node) ? -1 : rank, label: index.nodes[node] }));
  sorted.sort((one, other) => one.rank - other.rank || lengthOf(one) - lengthOf(other) || one.node - other.node);
  return sorted.slice(0, MOST).map(({ label }) => {
    const [path = "", words = "", kind = "", when = ""] = label ?? [];
    return { path, label: words, kind, when };
  });
}

/** @param {{label: string[] | undefined}} one */
function lengthOf({ label }) {
  return wordsOf(label?.[1] ?? "").length;
}

/** The nodes that hold each word somewhere, with the worst place of any of them.
 * @param {Index} index @param {string[]} words @param {(word: string, entry: Index["words"][number]) => boolean} isIt */
function ranked(index, words, isIt) {
  /** @type {Map<number, number> | undefined} */
  let all;
  for (const word of words) {
    /** @type {Map<number, number>} */
    const holds = new Map();
    for (const entry of index.words) {
      if (!isIt(word, entry)) continue;
      const [, , ...tiers] = entry;
      for (let tier = 0; tier < TIERS; tier++)
        for (const node of tiers[tier] ?? []) holds.set(node, Math.min(tier, holds.get(node) ?? TIERS));
    }
    const before = all;
    all = before
      ? new Map(
          [...holds]
            .filter(([node]) => before.has(node))
            .map(([node, tier]) => [node, Math.max(tier, before.get(node) ?? 0)]),
        )
      : holds;
  }
  return all ?? new Map();
}

/** Whether a word that is typed is meant by one of the map: it begins so, or is another form of it.
 * @param {string} typed @param {string} known @param {string} root */
function isMeant(typed, known, root) {
  if (known.startsWith(typed)) return true;
  return root.length >= LEAST_ROOT && typed.startsWith(root) && typed.length - root.length <= LONGEST_ENDING;
}

/** Whether two words differ by few letters. @param {string} typed @param {string} known */
function isNear(typed, known) {
  const most = typed.length > 7 ? NEAR : typed.length > 3 ? 1 : 0;
  if (!most || Math.abs(typed.length - known.length) > most) return false;
  let above = Array.from({ length: known.length + 1 }, (_, column) => column);
  for (let row = 1; row <= typed.length; row++) {
    const here = [row];
    for (let column = 1; column <= known.length; column++) {
      const same = typed[row - 1] === known[column - 1] ? 0 : 1;
      here.push(Math.min((here[column - 1] ?? 0) + 1, (above[column] ?? 0) + 1, (above[column - 1] ?? 0) + same));
    }
    above = here;
  }
  return (above[known.length] ?? NEAR + 1) <= most;
}

/** @extends {Choices<Found>} */
export class FileSearch extends Choices {
  /** @param {HTMLElement} form whose `data-up` is the way from its page to the folder of the site */
  constructor(form) {
    super(form, "find");
    this.up = form.dataset.up ?? ".";
    form.addEventListener("submit", (event) => event.preventDefault());
  }

  /** @override */
  async found() {
    const index = /** @type {{searchIndex?: Index}} */ (globalThis).searchIndex;
    return index ? foundIn(index, this.text) : null;
  }

  /** @override @param {Found} found */
  shown({ path, label, kind, when }) {
    return { value: path, words: label, small: [kind, when].filter(Boolean).join(" · ") };
  }

  /** @override @param {boolean} answered */
  none(answered) {
    return answered ? `No node matches “${this.text}”` : "The index of this site is missing";
  }

  /** @override */
  get first() {
    return 0;
  }

  /** @override @param {string} path */
  take(path) {
    location.href = `${this.up}/${path}`;
  }
}
