/** A small picture of the whole drawing with a window on it: shows which piece is in sight, and moves it. */

/** @typedef {import("./stage.js").Stage} Stage */

const SHAPES = "path, polygon, ellipse";
const SVG = "http://www.w3.org/2000/svg";

export class Overview {
  /** @param {HTMLElement} place @param {Stage} stage */
  constructor(place, stage) {
    this.place = place;
    this.stage = stage;
    /** @type {[Element, Element][]} what is shown, and what stands for it here */
    this.pairs = [];
    this.picture = /** @type {SVGSVGElement} */ (document.createElementNS(SVG, "svg"));
    this.window = document.createElementNS(SVG, "rect");
    this.window.setAttribute("class", "window");
    place.append(this.picture);
    place.addEventListener("pointerdown", (event) => {
      place.setPointerCapture(event.pointerId);
      this.point(event);
    });
    place.addEventListener("pointermove", (event) => {
      if (place.hasPointerCapture(event.pointerId)) this.point(event);
    });
  }

  /** Take up a new drawing: frames and nodes without words. */
  began() {
    const map = this.stage.svg?.querySelector("#map");
    this.pairs = [];
    const group = document.createElementNS(SVG, "g");
    group.setAttribute("transform", map?.getAttribute("transform") ?? "");
    for (const part of map?.querySelectorAll(".cluster.day, .part[data-node] > g") ?? []) {
      const shape = part.querySelector(SHAPES)?.cloneNode();
      if (!shape) continue;
      const mark = document.createElementNS(SVG, "g");
      mark.append(shape);
      group.append(mark);
      this.pairs.push([part, mark]);
    }
    const { x, y, width, height } = this.stage.all;
    this.picture.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
    this.picture.replaceChildren(group, this.window);
    this.mark();
  }

  /** What is later, new, chosen or an answer there is so here. */
  mark() {
    for (const [part, mark] of this.pairs) mark.setAttribute("class", part.getAttribute("class") ?? "");
  }

  /** Show which piece is in sight; where that is all, there is nothing to show. */
  follow() {
    const { seen, seesAll } = this.stage;
    document.body.classList.toggle("partly", !seesAll);
    for (const name of /** @type {const} */ (["x", "y", "width", "height"]))
      this.window.setAttribute(name, String(seen[name]));
  }

  /** @param {PointerEvent} event */
  point(event) {
    const matrix = this.picture.getScreenCTM()?.inverse();
    if (matrix) this.stage.centreOn(new DOMPoint(event.clientX, event.clientY).matrixTransform(matrix));
  }
}
