/** The nodes and edges of the drawing: pointing at them, walking along them with the arrow keys, choosing them. */

/** @type {Record<string, readonly [number, number]>} The directions of the arrow keys: right and down. */
const WAYS = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };

export class Parts {
  /** @param {HTMLElement} frame */
  constructor(frame) {
    this.frame = frame;
    /** @type {HTMLElement[]} */
    this.all = [];
    frame.addEventListener("pointerover", (event) => this.point(this.partOf(event.target)));
    frame.addEventListener("pointerleave", () => this.point(null));
    frame.addEventListener("focusin", (event) => this.focused(this.partOf(event.target)));
    frame.addEventListener("focusout", () => this.point(null));
  }

  /** Take up a new drawing. */
  began() {
    this.all = /** @type {HTMLElement[]} */ ([...this.frame.querySelectorAll(".part")]);
    for (const line of this.frame.querySelectorAll(".part > .edge > path:first-of-type")) {
      const reach = /** @type {SVGPathElement} */ (line.cloneNode());
      for (const name of ["stroke-dasharray", "stroke-width", "stroke"]) reach.removeAttribute(name);
      reach.setAttribute("class", "reach");
      line.after(reach);
    }
    this.order();
  }

  get nodes() {
    return this.all.filter((part) => part.dataset.node !== undefined && this.isShown(part));
  }

  /** @param {Element} part */
  isShown(part) {
    return !part.lastElementChild?.classList.contains("later");
  }

  /** Only one part can be reached by Tab: the one chosen, else the first. */
  order() {
    const tabbed = this.chosen() ?? this.nodes[0];
    for (const part of this.all) part.setAttribute("tabindex", part === tabbed ? "0" : "-1");
  }

  /** @param {EventTarget | null} target @returns {HTMLElement | null} */
  partOf(target) {
    return target instanceof Element ? target.closest(".part") : null;
  }

  /** The parts at a part: a node's edges and neighbours, an edge's ends. @param {HTMLElement} part @returns {Set<HTMLElement>} */
  near(part) {
    const { node, source, target } = part.dataset;
    const found = new Set([part]);
    const ends = new Set([node ?? source ?? "", target ?? node ?? ""]);
    for (const one of this.all) {
      const { node: id, source: from, target: to } = one.dataset;
      if (node !== undefined && (from === node || to === node)) {
        found.add(one);
        ends.add(from ?? "").add(to ?? "");
      } else if (node === undefined && id !== undefined && ends.has(id)) found.add(one);
    }
    if (node !== undefined) for (const one of this.all) if (ends.has(one.dataset.node ?? "")) found.add(one);
    return found;
  }

  /** Let a part and what is at it stand out. @param {HTMLElement | null} part */
  point(part) {
    const near = part ? this.near(part) : new Set();
    for (const one of this.all) one.classList.toggle("near", near.has(one));
    document.getElementById("drawing")?.classList.toggle("pointed", near.size > 0);
  }

  /** @param {HTMLElement | null} part */
  focused(part) {
    if (!part) return;
    for (const one of this.all) one.setAttribute("tabindex", one === part ? "0" : "-1");
    if (part.matches(":focus-visible")) this.point(part);
  }

  /** Mark the answers, and the edges between them. @param {Set<string>} answers ids of nodes */
  mark(answers) {
    for (const part of this.all) {
      const { node, source, target } = part.dataset;
      const is = answers.has(node ?? "") || (answers.has(source ?? "") && answers.has(target ?? ""));
      part.lastElementChild?.classList.toggle("answer", is);
    }
    document.getElementById("drawing")?.classList.toggle(
      "answered",
      this.all.some((part) => answers.has(part.dataset.node ?? "")),
    );
  }

  /** Mark what is chosen. @param {string | null} node @param {string | null} edge */
  choose(node, edge) {
    for (const part of this.all) {
      const is =
        (part.dataset.node !== undefined && part.dataset.node === node) ||
        (part.dataset.edge !== undefined && part.dataset.edge === edge);
      part.lastElementChild?.classList.toggle("chosen", is);
      is ? part.setAttribute("aria-current", "true") : part.removeAttribute("aria-current");
    }
    if (!this.frame.contains(document.activeElement)) this.order();
  }

  /** The part that is chosen and can be seen. */
  chosen() {
    return this.all.find((part) => part.lastElementChild?.classList.contains("chosen") && this.isShown(part)) ?? null;
  }

  /** What ought to be in sight: the part that is chosen, else the answers. */
  sought() {
    const chosen = this.chosen();
    return chosen ? [chosen] : this.nodes.filter((part) => part.lastElementChild?.classList.contains("answer"));
  }

  /** Where a part leads; in a neighbourhood, a node leads to its own. @param {Element} link @returns {Record<string, string | null>} */
  leads(link) {
    const { node, edge } = /** @type {HTMLElement} */ (link).dataset;
    const isNear = document.getElementById("drawing")?.dataset.key?.startsWith("near ") && node !== undefined;
    return { focus: node ?? null, edge: edge ?? null, find: null, ...(isNear ? { view: "near" } : {}) };
  }

  /** Arrows walk: to a neighbour in this direction, else to the nearest node there; Home and End to the ends.
   * From a node, `e` walks its edges; space opens. Who is elsewhere on the page comes to the map first.
   * @param {KeyboardEvent} event @returns {boolean} whether it was ours */
  key(event) {
    if (event.shiftKey) return false;
    const here = this.partOf(event.target);
    if (here && event.key === " ")
      return here.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true })) || true;
    const part = here ?? this.all.find((one) => one.getAttribute("tabindex") === "0" && this.isShown(one));
    const next = part && (here || !WAYS[event.key] ? this.next(part, event.key) : part);
    next?.focus();
    return next !== undefined;
  }

  /** @param {HTMLElement} part @param {string} key @returns {HTMLElement | null | undefined} undefined: not our key */
  next(part, key) {
    if (key === "Home") return this.nodes[0];
    if (key === "End") return this.nodes.at(-1);
    if (key === "e") return this.nextEdge(part);
    const way = WAYS[key];
    if (!way) return undefined;
    const near = this.near(part);
    const ahead = this.nodes.filter((one) => one !== part).map((one) => ({ one, cost: this.cost(part, one, way) }));
    const best = (/** @type {typeof ahead} */ some) =>
      some.filter((one) => one.cost < Infinity).sort((a, b) => a.cost - b.cost)[0]?.one;
    return best(ahead.filter(({ one }) => near.has(one))) ?? best(ahead) ?? null;
  }

  /** The next edge at the node that was walked from. @param {HTMLElement} part */
  nextEdge(part) {
    if (part.dataset.node !== undefined) this.from = part;
    const edges = [...this.near(this.from ?? part)].filter(
      (one) => one.dataset.edge !== undefined && this.isShown(one),
    );
    return edges[(edges.indexOf(part) + 1) % edges.length] ?? null;
  }

  /** How far it is in a direction; what is off to the side counts double. @param {Element} from @param {Element} to @param {readonly [number, number]} way */
  cost(from, to, [dx, dy]) {
    const [a, b] = [from.getBoundingClientRect(), to.getBoundingClientRect()];
    const x = (b.left + b.right - a.left - a.right) / 2;
    const y = (b.top + b.bottom - a.top - a.bottom) / 2;
    const along = x * dx + y * dy;
    const aside = Math.abs(x * dy) + Math.abs(y * dx);
    return along > 4 && aside <= 3 * along ? along + 2 * aside : Infinity;
  }
}
