/**
 * What the token's holder has learned, put on the drawing and the card: a tick for learned, a dashed ring for what can
 * be learned next. The drawing itself is everybody's, and says nothing of it.
 */

const SVG = "http://www.w3.org/2000/svg";
const TOKEN = "conceptmap token";
const GAP = 5; // pixels of the drawing between a node and its ring
const BADGE = 9; // radius of the circle with the tick
const WORDS = { learned: "learned", next: "you can learn it next" };

/** @typedef {"learned" | "next"} Way */

/** A learner's marks as the service has them; null without a token, or where the service has none for it.
 * @param {string} address */
export async function fetchMine(address) {
  const token = sessionStorage.getItem(TOKEN);
  if (!token) return null;
  const answer = await fetch(address, { headers: { Authorization: `Bearer ${token}` } }).catch(() => null);
  return answer?.ok ? new DOMParser().parseFromString(await answer.text(), "text/html").body : null;
}

export class Learning {
  /** @param {HTMLElement} frame of the drawing @param {HTMLElement} legend */
  constructor(frame, legend) {
    this.frame = frame;
    this.legend = legend;
    /** @type {Map<string, Way>} */
    this.marks = new Map();
    this.turn = 0;
    document.addEventListener("answered", (event) => {
      const box = event.target instanceof HTMLElement ? event.target : null;
      if (box?.dataset.learning !== undefined) this.take(box);
    });
    this.began();
  }

  /** The card is another one, or the map is newer: ask again. */
  async began() {
    const box = /** @type {HTMLElement | null} */ (document.querySelector("[data-learning]"));
    const address = document.getElementById("state")?.dataset.learns;
    if (!address) return;
    const turn = ++this.turn;
    const url = new URL(address, location.href);
    url.searchParams.set("card", box?.dataset.learning ?? "");
    const fresh = await fetchMine(url.href);
    if (!fresh || turn !== this.turn) return;
    if (box) box.replaceChildren(...fresh.childNodes);
    this.take(box ?? fresh);
  }

  /** @param {Element} within what the service answered */
  take(within) {
    const said = /** @type {HTMLElement | null} */ (within.querySelector("[data-learned]"))?.dataset;
    if (!said) return;
    this.marks.clear();
    for (const way of /** @type {const} */ (["next", "learned"]))
      for (const id of (said[way] ?? "").split(" ").filter(Boolean)) this.marks.set(id, way);
    this.drawn();
  }

  /** Put the marks on the drawing that is there. */
  drawn() {
    for (const old of document.querySelectorAll(".own-mark")) old.remove();
    const found = new Set();
    for (const part of /** @type {NodeListOf<SVGElement>} */ (this.frame.querySelectorAll(".part[data-node]"))) {
      const way = this.marks.get(part.dataset.node ?? "");
      const group = part.lastElementChild;
      part.removeAttribute("aria-description");
      if (!way || !(group instanceof SVGGraphicsElement)) continue;
      found.add(way);
      part.setAttribute("aria-description", WORDS[way]);
      group.append(way === "learned" ? badge(group.getBBox()) : ring(group.getBBox()));
    }
    for (const way of /** @type {const} */ (["learned", "next"])) if (found.has(way)) this.legend.append(sample(way));
  }
}

/** @param {string} name @param {Record<string, string | number>} given */
function shape(name, given) {
  const found = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(given)) found.setAttribute(key, String(value));
  return found;
}

/** @param {string} kind @param {...Element} shapes */
function mark(kind, ...shapes) {
  const group = shape("g", { class: `own-mark ${kind}`, "aria-hidden": "true" });
  group.append(...shapes);
  return group;
}

/** A tick in a circle, at the upper right corner. @param {{x: number, y: number, width: number}} box */
function badge({ x, y, width }) {
  const [cx, cy] = [x + width - 2, y + 2];
  const tick = `M${cx - 4} ${cy}l3 3.5l5 -6.5`;
  return mark("learned", shape("circle", { cx, cy, r: BADGE }), shape("path", { d: tick }));
}

/** A dashed ring around. @param {{x: number, y: number, width: number, height: number}} box */
function ring({ x, y, width, height }) {
  const size = { width: width + 2 * GAP, height: height + 2 * GAP };
  return mark("next", shape("rect", { x: x - GAP, y: y - GAP, ...size, rx: 8 }));
}

/** What a mark means. @param {Way} way */
function sample(way) {
  const picture = shape("svg", { viewBox: "0 0 44 24", "aria-hidden": "true" });
  picture.append(way === "learned" ? badge({ x: 0, y: 10, width: 24 }) : ring({ x: 9, y: 7, width: 26, height: 10 }));
  const item = document.createElement("li");
  item.className = "own-mark";
  item.append(picture, way === "learned" ? "you learned it" : "you can learn it next");
  return item;
}
