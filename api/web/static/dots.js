/** All nodes of a large map as dots on a canvas: positions come from the server; names are shown near the pointer and close up. */

import { isForMap } from "./keys.js";

const NAMES = 60; // so many names at most are written at once
const LEAST_SHAPE = 3.4; // pixels: dots that are smaller show no shape
const REACH = 14; // pixels around a dot that count as the dot

/** @typedef {{days: [number, string, number, number, number][], kinds: string[], ids: string[], labels: string[], kind: number[], since: number[], at: number[], edges: number[]}} Layout */

class Dots {
  /** @param {HTMLCanvasElement} canvas @param {Layout} layout @param {{x: number, y: number, scale: number}} [kept] what is to be seen at first, else all */
  constructor(canvas, layout, kept) {
    this.canvas = canvas;
    this.layout = layout;
    this.view = kept ?? { x: 0, y: 0, scale: 1 };
    this.pen = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
    this.near = /** @type {number[][]} */ (layout.ids.map(() => []));
    for (const [from, to] of this.edges()) {
      this.near[from]?.push(to);
      this.near[to]?.push(from);
    }
    this.pointed = -1;
    this.dragged = 0;
    this.named = /** @type {{x: number, y: number, half: number}[]} */ ([]);
    /** @type {Map<number, {x: number, y: number}>} */
    this.held = new Map();
    this.swatches = this.legend();
    let isKept = Boolean(kept);
    new ResizeObserver(() => {
      if (isKept) this.draw();
      else this.fit();
      isKept = false;
    }).observe(canvas);
    canvas.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    canvas.addEventListener("pointerdown", (event) => this.down(event));
    canvas.addEventListener("pointermove", (event) => this.move(event));
    for (const name of /** @type {const} */ (["pointerup", "pointercancel"]))
      canvas.addEventListener(name, (event) => this.up(event));
    canvas.addEventListener("pointerleave", () => this.point(-1));
  }

  /** The kinds that occur: their colours and shapes stand in the legend, which is the page's. */
  legend() {
    const list = document.getElementById("legend");
    return this.layout.kinds.map((kind) => {
      const known = list?.querySelector(`[data-kind=${JSON.stringify(kind)}]`);
      known?.toggleAttribute("hidden", false);
      const path = known?.querySelector("path");
      return { path, shape: new Path2D(path?.getAttribute("d") ?? "M2 0h12v12h-12z") };
    });
  }

  get day() {
    return Number(/** @type {HTMLInputElement | null} */ (document.getElementById("as-of"))?.value ?? Infinity);
  }

  /** What the page has chosen, and what answers its question, by number. */
  get marked() {
    const { focus = "", answers = "" } = document.getElementById("state")?.dataset ?? {};
    return {
      chosen: this.layout.ids.indexOf(focus),
      answers: answers
        .split(" ")
        .filter(Boolean)
        .map((id) => this.layout.ids.indexOf(id)),
    };
  }

  /** The edges: the numbers of their two dots. @returns {Generator<[number, number]>} */
  *edges() {
    const { edges } = this.layout;
    for (let i = 0; i + 1 < edges.length; i += 2)
      yield [/** @type {number} */ (edges[i]), /** @type {number} */ (edges[i + 1])];
  }

  /** The day from which on a dot is shown. @param {number} one */
  since(one) {
    return this.layout.since[one] ?? Infinity;
  }

  /** @param {number} one */
  place(one) {
    const [x, y] = [this.layout.at[2 * one] ?? NaN, this.layout.at[2 * one + 1] ?? NaN];
    return { x: (x - this.view.x) * this.view.scale, y: (y - this.view.y) * this.view.scale };
  }

  fit() {
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const right = Math.max(...this.layout.days.map(([, , x, , r]) => x + r));
    const bottom = Math.max(...this.layout.days.map(([, , , y, r]) => y + r));
    const scale = Math.min(width / (right + 40), (height - 30) / (bottom + 40), 2);
    this.view = { x: (right - width / scale) / 2, y: (bottom - (height - 30) / scale) / 2, scale };
    this.draw();
  }

  /** Draw soon: many calls draw once. Edges wait until nothing moves. @param {boolean} [moving] */
  draw(moving = false) {
    cancelAnimationFrame(this.frame ?? 0);
    clearTimeout(this.later);
    this.frame = requestAnimationFrame(() => this.paint(!moving || this.layout.edges.length < 6000));
    if (moving) this.later = setTimeout(() => this.draw(), 120);
  }

  /** @param {boolean} withEdges */
  paint(withEdges) {
    const { pen, canvas } = this;
    const style = getComputedStyle(canvas);
    const colour = (/** @type {string} */ name) => style.getPropertyValue(`--${name}`);
    const day = this.day;
    const isShown = (/** @type {number} */ one) => one >= 0 && this.since(one) <= day;
    [canvas.width, canvas.height] = [canvas.clientWidth * devicePixelRatio, canvas.clientHeight * devicePixelRatio];
    pen.scale(devicePixelRatio, devicePixelRatio);
    pen.font = `12px ${style.fontFamily}`;
    const size = Math.max(1.2, Math.min(8, 3.4 * this.view.scale));
    if (withEdges) this.paintEdges(isShown, colour("quiet"));
    const seen = this.paintDots(isShown, size);
    const { chosen, answers } = this.marked;
    const centre = [this.pointed, chosen].find(isShown);
    const around = centre === undefined ? [] : [...new Set(this.near[centre])].filter(isShown);
    this.ring(answers.filter(isShown), colour("answer"), size + 3);
    if (centre !== undefined) this.paintAround(centre, around, colour("chosen"), size + 2);
    this.paintNames(
      [...(centre === undefined ? [] : [centre]), ...around.slice(0, 12), ...(seen.length <= NAMES ? seen : [])],
      day,
      size,
      colour,
    );
  }

  /** @param {(one: number) => boolean} isShown @param {string} ink */
  paintEdges(isShown, ink) {
    this.pen.beginPath();
    for (const [from, to] of this.edges()) if (isShown(from) && isShown(to)) this.line(from, to);
    this.stroke(ink, 1, Math.max(0.035, Math.min(0.3, (600 * this.view.scale) / this.layout.edges.length)));
  }

  /** Gives the dots that can be seen. @param {(one: number) => boolean} isShown @param {number} size */
  paintDots(isShown, size) {
    const { kind } = this.layout;
    const { clientWidth: width, clientHeight: height } = this.canvas;
    const seen = /** @type {number[]} */ ([]);
    for (const [number, { path, shape }] of this.swatches.entries()) {
      const dots = new Path2D();
      for (let one = 0; one < kind.length; one += 1) {
        if (kind[one] !== number || !isShown(one)) continue;
        const { x, y } = this.place(one);
        if (x < -9 || y < -9 || x > width + 9 || y > height + 9) continue;
        seen.push(one);
        if (size < LEAST_SHAPE) {
          dots.moveTo(x + size, y);
          dots.arc(x, y, size, 0, 7);
        } else {
          const part = size / 6; // shapes are 16 wide and 12 high
          dots.addPath(shape, { a: part, d: part, e: x - 8 * part, f: y - 6 * part });
        }
      }
      this.pen.fillStyle = path ? getComputedStyle(path).stroke : getComputedStyle(this.canvas).color;
      this.pen.fill(dots);
    }
    return seen;
  }

  /** A dot and those that it is joined to. @param {number} centre @param {number[]} around @param {string} ink @param {number} size */
  paintAround(centre, around, ink, size) {
    this.pen.beginPath();
    for (const other of around) this.line(centre, other);
    this.stroke(ink, 1.6);
    this.ring([centre, ...around.slice(0, 400)], ink, size);
  }

  /** The titles of the days, and names of dots, as far as there is room. @param {number[]} some @param {number} day @param {number} size @param {(name: string) => string} colour */
  paintNames(some, day, size, colour) {
    const { view, layout } = this;
    this.named = [];
    for (const [first, title, x, y, radius] of layout.days) {
      if (first > day) continue;
      const [left, top] = [(x - view.x) * view.scale, (y - radius - 12 - view.y) * view.scale];
      this.name(title, left, top, colour("quiet"), colour("paper"), Math.max(60, 2 * radius * view.scale));
    }
    for (const one of new Set(some)) {
      const { x, y } = this.place(one);
      this.name(layout.labels[one] ?? "", x, y - size - 6, colour("ink"), colour("paper"), one === some[0] ? 600 : 220);
    }
  }

  /** @param {string} ink @param {number} width @param {number} [alpha] */
  stroke(ink, width, alpha = 1) {
    [this.pen.strokeStyle, this.pen.lineWidth, this.pen.globalAlpha] = [ink, width, alpha];
    this.pen.stroke();
    this.pen.globalAlpha = 1;
  }

  /** @param {number} one @param {number} other */
  line(one, other) {
    const [from, to] = [this.place(one), this.place(other)];
    this.pen.moveTo(from.x, from.y);
    this.pen.lineTo(to.x, to.y);
  }

  /** @param {number[]} some @param {string} colour @param {number} size */
  ring(some, colour, size) {
    this.pen.beginPath();
    for (const one of some) {
      const { x, y } = this.place(one);
      this.pen.moveTo(x + size, y);
      this.pen.arc(x, y, size, 0, 7);
    }
    this.stroke(colour, 2);
  }

  /** Words over a place, cut to a width, on paper so that they can be read; none where others stand. @param {string} words @param {number} x @param {number} y @param {string} ink @param {string} paper @param {number} width */
  name(words, x, y, ink, paper, width) {
    let cut = words;
    while (cut.length > 3 && this.pen.measureText(cut).width > width) cut = `${cut.slice(0, -2).trimEnd()}…`;
    const half = this.pen.measureText(cut).width / 2;
    if (this.named.some((other) => Math.abs(other.x - x) < other.half + half && Math.abs(other.y - y) < 14)) return;
    this.named.push({ x, y, half });
    [this.pen.textAlign, this.pen.lineWidth, this.pen.strokeStyle, this.pen.fillStyle, this.pen.lineJoin] = [
      "center",
      4,
      paper,
      ink,
      "round",
    ];
    this.pen.strokeText(cut, x, y);
    this.pen.fillText(cut, x, y);
  }

  /** @param {number} factor @param {{x: number, y: number}} [point] */
  zoom(factor, point = { x: this.canvas.clientWidth / 2, y: this.canvas.clientHeight / 2 }) {
    const scale = Math.min(Math.max(this.view.scale * factor, 0.02), 8);
    const { x, y } = this.view;
    this.view = {
      x: x + point.x / this.view.scale - point.x / scale,
      y: y + point.y / this.view.scale - point.y / scale,
      scale,
    };
    this.draw(true);
  }

  /** @param {number} dx @param {number} dy */
  pan(dx, dy) {
    this.view.x += dx / this.view.scale;
    this.view.y += dy / this.view.scale;
    this.draw(true);
  }

  /** @param {WheelEvent} event */
  wheel(event) {
    event.preventDefault();
    this.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 16 : 1) * 0.0018), { x: event.offsetX, y: event.offsetY });
  }

  /** @param {PointerEvent} event */
  down(event) {
    if (!this.held.size) this.dragged = 0;
    this.held.set(event.pointerId, { x: event.offsetX, y: event.offsetY });
    this.canvas.setPointerCapture(event.pointerId);
  }

  /** One pointer moves the map, two also zoom it. @param {PointerEvent} event */
  move(event) {
    const before = this.held.get(event.pointerId);
    if (!before) return this.point(this.at(event.offsetX, event.offsetY));
    const now = { x: event.offsetX, y: event.offsetY };
    const other = [...this.held].find(([id]) => id !== event.pointerId)?.[1];
    this.held.set(event.pointerId, now);
    this.dragged += Math.hypot(now.x - before.x, now.y - before.y);
    if (this.dragged < 4) return;
    const part = this.held.size;
    this.pan((before.x - now.x) / part, (before.y - now.y) / part);
    if (other)
      this.zoom(
        Math.hypot(now.x - other.x, now.y - other.y) / (Math.hypot(before.x - other.x, before.y - other.y) || 1),
        other,
      );
  }

  /** @param {PointerEvent} event */
  up(event) {
    const wasHeld = this.held.delete(event.pointerId);
    if (!wasHeld || this.dragged >= 4 || event.type !== "pointerup") return;
    const one = this.at(event.offsetX, event.offsetY);
    const id = this.layout.ids[one];
    if (id !== undefined) this.follow(id);
  }

  /** Choose a node, as its link would. @param {string} node */
  follow(node) {
    const url = new URL(location.href);
    url.searchParams.set("view", "all");
    url.searchParams.set("focus", node);
    for (const name of ["edge", "find"]) url.searchParams.delete(name);
    const link = /** @type {HTMLAnchorElement} */ (document.getElementById("dot-link"));
    link.href = url.href;
    link.click();
  }

  /** The dot at a place; -1 for none. @param {number} x @param {number} y */
  at(x, y) {
    let [best, least] = [-1, REACH];
    for (let one = 0; one < this.layout.ids.length; one += 1) {
      const place = this.place(one);
      const far = Math.hypot(place.x - x, place.y - y);
      if (far < least && this.since(one) <= this.day) [best, least] = [one, far];
    }
    return best;
  }

  /** @param {number} one */
  point(one) {
    if (one === this.pointed) return;
    this.pointed = one;
    this.canvas.style.cursor = one < 0 ? "" : "pointer";
    this.draw(true);
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    /** @type {Record<string, () => void>} */
    const keys = {
      "+": () => this.zoom(1.3),
      "=": () => this.zoom(1.3),
      "-": () => this.zoom(1 / 1.3),
      0: () => this.fit(),
      ArrowLeft: () => this.pan(-60, 0),
      ArrowRight: () => this.pan(60, 0),
      ArrowUp: () => this.pan(0, -60),
      ArrowDown: () => this.pan(0, 60),
    };
    const act = keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  }
}

/** @type {Dots | undefined} */
let dots;

/** Take up a canvas that has come onto the page. */
async function began() {
  const canvas = /** @type {HTMLCanvasElement | null} */ (document.querySelector("canvas[data-positions]"));
  if (canvas === (dots?.canvas ?? null)) return dots?.draw();
  const kept = dots?.view; // of the same map, which has changed
  dots = undefined;
  if (!canvas || canvas.dataset.taken) return;
  canvas.dataset.taken = "yes";
  const answer = await fetch(canvas.dataset.positions ?? "").catch(() => null);
  if (answer?.ok && canvas.isConnected) dots = new Dots(canvas, await answer.json(), kept);
  canvas.nextElementSibling?.toggleAttribute("hidden", Boolean(answer?.ok));
}

for (const id of ["stage", "aside"])
  new MutationObserver(began).observe(/** @type {Node} */ (document.getElementById(id)), { childList: true });
document.getElementById("as-of")?.addEventListener("input", () => dots?.draw());
document.addEventListener("keydown", (event) => {
  if (dots?.canvas.isConnected && isForMap(event, dots.canvas)) dots.key(event);
});
matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => dots?.draw());
for (const button of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-zoom]"))) {
  button.addEventListener("click", () =>
    button.dataset.zoom === "fit" ? dots?.fit() : dots?.zoom(button.dataset.zoom === "in" ? 1.3 : 1 / 1.3),
  );
}
began();
