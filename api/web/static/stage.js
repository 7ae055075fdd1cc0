/** The drawing as a thing to move about: how it opens, and pan, zoom and fit by mouse, trackpad, touch and keys. */

const MOST = 4; // times the drawing's own size
const LARGEST_FIT = 1.25; // a small drawing does not fill a large screen
const LEAST_WORDS = 12; // pixels: below it, words on a screen are hard to read
const MARGIN = 24; // pixels of the frame that stay free beside what is brought into sight
const KEPT = 60; // pixels of the drawing that stay in the frame, however far it is moved
const ENOUGH = 3; // nodes in sight that are something to read
const MOST_TRIED = 24; // places of a window that are tried on each axis
const STEP = 60;
const TAP = 300; // milliseconds between two taps that count as one double tap
const FINGER = 22; // pixels around a finger in which a node counts as touched: half of a target's 44

/** @typedef {{x: number, y: number}} Point */
/** @typedef {{x: number, y: number, width: number, height: number}} Box */

export class Stage {
  /** @param {HTMLElement} frame @param {() => void} moved called when another piece of the drawing is in sight
   * @param {(words: string) => void} say */
  constructor(frame, moved, say) {
    this.frame = frame;
    this.moved = moved;
    this.say = say;
    this.wasDragged = false;
    /** @type {Map<number, Point>} */
    this.pointers = new Map();
    /** @type {(Point & {time: number}) | undefined} where a finger tapped last */
    this.tapped = undefined;
    /** @type {Point | undefined} where a finger that came down after a tap zooms */
    this.zooming = undefined;
    this.at = { x: 0, y: 0, scale: 1 };
    /** @type {Box} all of the drawing, in its own pixels */
    this.all = { x: 0, y: 0, width: 1, height: 1 };
    this.readable = 1;
    frame.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    frame.addEventListener("pointerdown", (event) => this.down(event));
    addEventListener("pointermove", (event) => this.move(event));
    for (const name of ["pointerup", "pointercancel"])
      addEventListener(name, (event) => this.up(/** @type {PointerEvent} */ (event)));
    frame.addEventListener("click", (event) => this.touch(event));
    frame.addEventListener("dragstart", (event) => event.preventDefault());
    for (const button of document.querySelectorAll("[data-zoom]")) {
      button.addEventListener("click", () => this.press(/** @type {HTMLElement} */ (button).dataset.zoom ?? "fit"));
    }
    addEventListener("beforeprint", () => this.printed());
    addEventListener("afterprint", () => this.draw());
    new ResizeObserver(() => (this.fitted ? this.fit() : this.draw())).observe(frame);
  }

  /** Which drawing it is. */
  get drawn() {
    return document.getElementById("drawing")?.dataset.key;
  }

  /** The piece of the drawing that is in sight. @returns {Box} */
  get seen() {
    const { x, y, scale } = this.at;
    return { x, y, width: this.frame.clientWidth / scale, height: this.frame.clientHeight / scale };
  }

  /** Whether all of the drawing is in sight. */
  get seesAll() {
    const { seen, all } = this;
    const slack = 2 / this.at.scale;
    return (
      !this.svg ||
      (seen.x <= all.x + slack &&
        seen.y <= all.y + slack &&
        seen.x + seen.width >= all.x + all.width - slack &&
        seen.y + seen.height >= all.y + all.height - slack)
    );
  }

  /** Take up a new drawing: all of it where its words can be read then; else at the least size at which they can, with
   * what is sought in sight, or the newest day that has something to read. @param {Element[]} sought
   * @param {Box} [all] without it, the whole page of the drawing @param {boolean} [isDayChosen] then the newest day is that
   * one, whatever it has */
  began(sought, all, isDayChosen = false) {
    const svg = /** @type {SVGSVGElement | null} */ (this.frame.querySelector("svg.map"));
    this.svg = svg?.checkVisibility() ? svg : null;
    if (!this.svg) return;
    this.all = all ?? pageOf(this.svg);
    this.readable = LEAST_WORDS / Math.min(...sizesOf(this.svg), 2 * LEAST_WORDS);
    this.fit();
    if (this.at.scale >= this.readable) return;
    this.at.scale = Math.min(Math.max(this.frame.clientWidth / this.all.width, this.readable, 1), LARGEST_FIT);
    this.fitted = false;
    this.open(sought, isDayChosen);
    this.draw();
  }

  /** Take up another drawing of the same: the part that was nearest to the middle stays where it is.
   * @param {() => void} put puts it in place, and calls `began` */
  renew(put) {
    const { at, fitted } = this;
    const before = this.middle();
    put();
    if (fitted || !this.svg) return;
    this.at = at;
    this.fitted = false;
    this.draw();
    const now = before && this.frame.querySelector(`.part[data-node=${JSON.stringify(before.node)}]`);
    if (now) this.pan(centre(now).x - before.x, centre(now).y - before.y);
  }

  /** The node nearest to the middle of the frame, and where it is in the window. */
  middle() {
    return this.nearest(centre(this.frame));
  }

  /** The node whose middle is nearest to a point of the window. @param {Point} point */
  nearest({ x, y }) {
    const nodes = /** @type {NodeListOf<HTMLElement>} */ (this.frame.querySelectorAll(".part[data-node]"));
    const placed = [...nodes].map((part) => ({ part, node: part.dataset.node ?? "", ...centre(part) }));
    const far = (/** @type {Point} */ one) => Math.hypot(one.x - x, one.y - y);
    return placed.sort((one, other) => far(one) - far(other))[0];
  }

  /** Show all of it. */
  fit() {
    if (!this.svg) return;
    const { clientWidth: width, clientHeight: height } = this.frame;
    const scale = Math.min(width / this.all.width, height / this.all.height, LARGEST_FIT);
    this.at.scale = scale;
    this.show(this.all, 0);
    this.fitted = true;
    this.draw();
  }

  /** Paper shows all of it, whatever piece is in sight. */
  printed() {
    const { x, y, width, height } = this.all;
    this.svg?.setAttribute("viewBox", `${x} ${y} ${width} ${height}`);
  }

  /** Let a box be in sight, in its middle if there is room, and no more of what lies outside the drawing than needed.
   * @param {Box} box in the drawing's pixels @param {number} [margin] pixels of the frame that stay free beside it */
  show(box, margin = MARGIN) {
    const { width, height } = this.seen;
    const free = margin / this.at.scale;
    this.at.x = begin(box.x, box.width, this.all.x, this.all.width, width, free);
    this.at.y = begin(box.y, box.height, this.all.y, this.all.height, height, free);
  }

  /** Bring into sight what is to be seen first: what is sought, or the newest day with something to read.
   * @param {Element[]} sought @param {boolean} isDayChosen */
  open(sought, isDayChosen) {
    const nodes = [...this.frame.querySelectorAll(".part[data-node] > g:not(.ghost, .kind_day, .later)")];
    const boxes = nodes.map((node) => this.boxOf(node)).filter((one) => one.width);
    if (sought.length) this.showAmong(this.densest(sought.map((part) => this.boxOf(part))), boxes);
    else if (!this.openOnDay(nodes, boxes, isDayChosen))
      this.showAmong(this.boxOf(this.frame.querySelector(".part[data-node]") ?? this.frame), boxes);
  }

  /** Bring the newest day into sight whose window has something to read: at least half as many nodes as that of any
   * other day, and `ENOUGH` if any has. A day that was chosen is shown whatever it has.
   * @param {Element[]} nodes @param {Box[]} boxes of the nodes @param {boolean} isDayChosen
   * @returns {boolean} false: there are no days */
  openOnDay(nodes, boxes, isDayChosen) {
    const frames = newestDays(/** @type {SVGSVGElement} */ (this.svg));
    const filled = frames.filter((frame) => nodes.some((node) => node.matches(`.${frame.id}`)));
    const tried = (isDayChosen || !filled.length ? frames.slice(0, 1) : filled).slice(0, MOST_TRIED);
    const windows = tried.map((frame) => {
      const count = this.showAmong(this.dayBox(frame, nodes), boxes);
      return { count, at: { ...this.at } };
    });
    const most = Math.max(...windows.map(({ count }) => count));
    const found = windows.find(({ count }) => count >= Math.max(Math.min(most, ENOUGH), most / 2));
    if (found) this.at = found.at;
    return found !== undefined;
  }

  /** The frame of a day, or where that is too large for the window as many of its nodes as there is room for.
   * @param {Element} frame @param {Element[]} nodes */
  dayBox(frame, nodes) {
    const box = this.boxOf(frame);
    const { width, height } = this.seen;
    if (box.width <= width && box.height <= height) return box;
    const read = nodes.filter((node) => node.matches(`.${frame.id}`));
    const all = this.frame.querySelectorAll(`.part[data-node] > .${frame.id}:not(.later)`);
    const own = (read.length ? read : [...all]).map((node) => this.boxOf(node));
    return own.length ? this.densest(own) : box;
  }

  /** Let a box be in sight, and as many nodes beside it as there is room for, all in the middle.
   * @param {Box} box in the drawing's pixels @param {Box[]} nodes @returns {number} how many are in sight */
  showAmong(box, nodes) {
    this.show(box);
    let best = { x: this.at.x, y: this.at.y };
    let most = 0;
    const free = MARGIN / this.at.scale;
    for (const x of this.begins(box, "x", "width", nodes, free))
      for (const y of this.begins(box, "y", "height", nodes, free)) {
        this.at = { ...this.at, x, y };
        const count = nodes.filter((one) => isIn(one, this.seen)).length;
        if (count > most) [best, most] = [{ x, y }, count];
      }
    this.at = { ...this.at, ...best };
    const among = nodes.filter((one) => isIn(one, this.seen));
    if (among.length) this.show(around(isIn(box, this.seen) ? [box, ...among] : among), 0);
    return most;
  }

  /** Where the window may begin on one axis so that a box is in sight: where it stands, and at the sides of nodes.
   * @param {Box} box @param {"x" | "y"} axis @param {"width" | "height"} size @param {Box[]} nodes @param {number} free */
  begins(box, axis, size, nodes, free) {
    const [window, first, at] = [this.seen[size], this.all[axis], this.at[axis]];
    const last = first + this.all[size] - window;
    if (box[size] + 2 * free > window || last < first) return [at];
    const least = Math.max(box[axis] + box[size] + free - window, first);
    const sides = nodes.flatMap((one) => [one[axis] - free, one[axis] + one[size] + free - window]);
    const found = [...new Set(sides.map(Math.round))].filter(
      (one) => one >= least && one <= Math.min(box[axis] - free, last),
    );
    return [at, ...found.sort((one, other) => Math.abs(one - at) - Math.abs(other - at)).slice(0, MOST_TRIED)];
  }

  draw() {
    if (!this.svg) return;
    const { width, height } = this.seen;
    const kept = KEPT / this.at.scale;
    this.at.x = Math.min(Math.max(this.at.x, this.all.x - width + kept), this.all.x + this.all.width - kept);
    this.at.y = Math.min(Math.max(this.at.y, this.all.y - height + kept), this.all.y + this.all.height - kept);
    this.svg.setAttribute("viewBox", `${this.at.x} ${this.at.y} ${width} ${height}`);
    this.moved();
  }

  /** Zoom by a factor, with the point (in pixels of the frame) staying where it is. @param {number} factor @param {Point} [point] */
  zoom(factor, point) {
    if (!this.svg) return;
    const { clientWidth: width, clientHeight: height } = this.frame;
    const { x, y } = point ?? { x: width / 2, y: height / 2 };
    const least = Math.min(width / this.all.width, height / this.all.height, 1) / 2;
    const scale = Math.min(Math.max(this.at.scale * factor, least), MOST);
    this.at = { x: this.at.x + x / this.at.scale - x / scale, y: this.at.y + y / this.at.scale - y / scale, scale };
    this.fitted = false;
    this.draw();
  }

  /** @param {number} dx @param {number} dy in pixels of the frame */
  pan(dx, dy) {
    this.at.x += dx / this.at.scale;
    this.at.y += dy / this.at.scale;
    this.fitted = false;
    this.draw();
  }

  /** Bring the middle of the frame to a point of the drawing. @param {Point} point */
  centreOn({ x, y }) {
    const { width, height } = this.seen;
    this.show({ x: x - width / 2, y: y - height / 2, width, height }, 0);
    this.fitted = false;
    this.draw();
  }

  /** Bring parts into sight, if they are not. The map is made smaller where they do not fit, as far as its words can
   * be read; then as many of them are shown as there is room for. @param {Element[]} parts */
  reveal(parts) {
    if (!this.svg || !parts.length) return;
    const boxes = parts.map((part) => this.boxOf(part));
    const box = around(boxes);
    if (isIn(box, this.seen)) return;
    const { clientWidth: width, clientHeight: height } = this.frame;
    const room = Math.min((width - 2 * MARGIN) / box.width, (height - 2 * MARGIN) / box.height);
    this.at.scale = Math.max(Math.min(this.at.scale, room), Math.min(this.at.scale, this.readable));
    this.show(this.at.scale <= room ? box : this.densest(boxes));
    this.fitted = false;
    this.draw();
  }

  /** The box around as many boxes as can be in sight together. @param {Box[]} boxes */
  densest(boxes) {
    const { width, height } = this.seen;
    const free = (2 * MARGIN) / this.at.scale;
    let best = boxes.slice(0, 1);
    for (const first of boxes.slice(0, MOST_TRIED)) {
      let some = [first];
      for (const other of [...boxes].sort((one, two) => apart(first, one) - apart(first, two))) {
        const box = around([...some, other]);
        if (box.width <= width - free && box.height <= height - free) some = [...some, other];
      }
      if (some.length > best.length) best = some;
    }
    return around(best);
  }

  /** Where a part is on the drawing, in its pixels. @param {Element} part @returns {Box} */
  boxOf(part) {
    const { left, top, width, height } = part.getBoundingClientRect();
    const shown = this.svg?.getScreenCTM();
    if (!shown) return { x: 0, y: 0, width: 0, height: 0 };
    const { x, y } = new DOMPoint(left, top).matrixTransform(shown.inverse());
    return { x, y, width: width / shown.a, height: height / shown.a };
  }

  /** @param {string} what */
  press(what) {
    if (!this.svg) return;
    if (what === "fit") this.fit();
    else this.zoom(what === "in" ? 1.3 : 1 / 1.3);
    this.say(`${what === "fit" ? "All of the map" : "Map"} at ${Math.round(100 * this.at.scale)} %`);
  }

  /** A wheel zooms, a trackpad's two fingers move, its pinch (which comes with ctrlKey) zooms.
   * Where the page itself scrolls, that needs a modifier key. @param {WheelEvent} event */
  wheel(event) {
    const scrolls = document.documentElement.scrollHeight > innerHeight + 1;
    if (scrolls && !event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const isWheel =
      event.deltaMode !== 0 || (event.deltaX === 0 && Math.abs(event.deltaY) >= 50 && Number.isInteger(event.deltaY));
    if (event.ctrlKey || event.metaKey || isWheel) {
      const speed = event.ctrlKey && !isWheel ? 0.012 : 0.0018;
      this.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 16 : 1) * speed), this.inFrame(event));
    } else this.pan(event.deltaX, event.deltaY);
  }

  /** @param {PointerEvent} event */
  down(event) {
    if (event.pointerType === "mouse" && event.button !== 0) return;
    const point = this.inFrame(event);
    if (this.pointers.size === 0) {
      const { tapped } = this;
      const again =
        tapped && event.timeStamp - tapped.time < TAP && Math.hypot(tapped.x - point.x, tapped.y - point.y) < 40;
      this.zooming = event.pointerType === "touch" && again ? point : undefined;
      this.wasDragged = false;
    }
    this.pointers.set(event.pointerId, point);
    this.began_at = point;
  }

  /** One pointer moves the map, two also zoom it; one that comes down right after a tap zooms it, up and down.
   * @param {PointerEvent} event */
  move(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) return;
    const now = this.inFrame(event);
    const others = [...this.pointers].filter(([id]) => id !== event.pointerId).map(([, point]) => point);
    const [other] = others;
    if (other) {
      const distance = (/** @type {Point} */ point) => Math.hypot(point.x - other.x, point.y - other.y) || 1;
      this.zoom(distance(now) / distance(before), { x: (now.x + other.x) / 2, y: (now.y + other.y) / 2 });
      this.pan((before.x - now.x) / 2, (before.y - now.y) / 2);
      this.wasDragged = true;
    } else if (this.wasDragged || Math.hypot(now.x - (this.began_at?.x ?? 0), now.y - (this.began_at?.y ?? 0)) > 4) {
      this.wasDragged = true;
      document.getElementById("drawing")?.classList.add("dragged");
      if (this.zooming) this.zoom(Math.exp((now.y - before.y) * 0.01), this.zooming);
      else this.pan(before.x - now.x, before.y - now.y);
    }
    this.pointers.set(event.pointerId, now);
  }

  /** @param {PointerEvent} event */
  up(event) {
    if (!this.pointers.delete(event.pointerId)) return;
    document.getElementById("drawing")?.classList.remove("dragged");
    if (this.wasDragged || event.pointerType !== "touch") return;
    if (this.zooming) this.zoom(1.6, this.zooming);
    this.tapped = this.zooming ? undefined : { ...this.inFrame(event), time: event.timeStamp };
  }

  /** A finger that comes down beside a node touches it. @param {MouseEvent} event */
  touch(event) {
    const isFinger = event instanceof PointerEvent && event.pointerType === "touch";
    if (!isFinger || this.wasDragged || !(event.target instanceof Element) || event.target.closest("a, canvas")) return;
    if (this.zooming) return;
    const nodes = [...this.frame.querySelectorAll(".part[data-node]")].map((part) => ({
      part,
      far: away(part, event),
    }));
    const near = nodes.filter(({ far }) => far < FINGER).sort((one, other) => one.far - other.far)[0];
    near?.part.dispatchEvent(new MouseEvent("click", { bubbles: true, cancelable: true }));
  }

  /** `+`, `-` and `0` zoom; with Shift the arrows move the map (without it they walk from node to node).
   * @param {KeyboardEvent} event @returns {boolean} whether it was ours */
  key(event) {
    if (!this.svg) return false;
    /** @type {Record<string, string>} */
    const keys = { "+": "in", "=": "in", "-": "out", 0: "fit" };
    /** @type {Record<string, [number, number]>} */
    const ways = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
    const [way, what] = [ways[event.key], keys[event.key]];
    if (event.shiftKey && way) this.pan(...way);
    else if (what) this.press(what);
    else return false;
    return true;
  }

  /** @param {MouseEvent} event @returns {Point} */
  inFrame(event) {
    const box = this.frame.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }
}

/** Where a window begins, on one axis, that shows a stretch: with the stretch in its middle, or if that is longer at its
 * beginning, and inside the whole as far as it can be.
 * @param {number} from @param {number} size @param {number} first @param {number} whole @param {number} window @param {number} margin */
function begin(from, size, first, whole, window, margin) {
  if (whole <= window) return first - (window - whole) / 2;
  const wanted = size + 2 * margin <= window ? from + (size - window) / 2 : from - margin;
  return Math.min(Math.max(wanted, first), first + whole - window);
}

/** @param {Element} part @returns {Point} its middle, in the window */
function centre(part) {
  const box = part.getBoundingClientRect();
  return { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
}

/** How far a part that is shown is from a mouse or finger: 0 on it. @param {Element} part @param {MouseEvent} event */
function away(part, { clientX, clientY }) {
  const box = part.getBoundingClientRect();
  if (!box.width) return Infinity;
  const dx = Math.max(box.left - clientX, clientX - box.right, 0);
  return Math.hypot(dx, Math.max(box.top - clientY, clientY - box.bottom, 0));
}

/** The box around all of them. @param {Box[]} boxes @returns {Box} */
function around(boxes) {
  const [x, y] = [Math.min(...boxes.map((box) => box.x)), Math.min(...boxes.map((box) => box.y))];
  const right = Math.max(...boxes.map((box) => box.x + box.width));
  const bottom = Math.max(...boxes.map((box) => box.y + box.height));
  return { x, y, width: right - x, height: bottom - y };
}

/** Whether all of a box is in another. @param {Box} one @param {Box} other */
function isIn(one, other) {
  const isBegun = one.x >= other.x && one.y >= other.y;
  return isBegun && one.x + one.width <= other.x + other.width && one.y + one.height <= other.y + other.height;
}

/** How far the middles of two boxes are apart. @param {Box} one @param {Box} other */
function apart(one, other) {
  const dx = one.x - other.x + (one.width - other.width) / 2;
  return Math.hypot(dx, one.y - other.y + (one.height - other.height) / 2);
}

/** The frames of the days that are shown, the newest first. @param {SVGSVGElement} svg */
function newestDays(svg) {
  const day = (/** @type {Element} */ frame) => Number(frame.id.replace("day_", ""));
  return [...svg.querySelectorAll('.cluster.day[id^="day_"]:not(.later)')].sort((one, other) => day(other) - day(one));
}

/** All of a drawing's page. @param {SVGSVGElement} svg @returns {Box} */
function pageOf(svg) {
  return { x: 0, y: 0, width: Number(svg.getAttribute("width")), height: Number(svg.getAttribute("height")) };
}

/** The sizes of the words on a drawing, in its pixels. @param {SVGSVGElement} svg */
function sizesOf(svg) {
  return [...svg.querySelectorAll("text")].map((text) => Number.parseFloat(text.getAttribute("font-size") ?? "12"));
}
