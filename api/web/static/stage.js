/** The drawing as a thing to move about: pan, zoom and fit, by mouse, trackpad, touch and keys. */

const MOST = 4; // times the drawing's own size
const READABLE = 0.5; // the least size at which all of a drawing is shown at first: below it, words cannot be read
const OPENED = 0.62; // the size at which it is shown instead
const STEP = 60;

/** @typedef {{x: number, y: number}} Point */

export class Stage {
  /** @param {HTMLElement} frame */
  constructor(frame) {
    this.frame = frame;
    this.wasDragged = false;
    /** @type {Map<number, Point>} */
    this.pointers = new Map();
    this.at = { x: 0, y: 0, scale: 1 };
    frame.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    frame.addEventListener("pointerdown", (event) => this.down(event));
    addEventListener("pointermove", (event) => this.move(event));
    for (const name of ["pointerup", "pointercancel"])
      addEventListener(name, (event) => this.up(/** @type {PointerEvent} */ (event)));
    frame.addEventListener("keydown", (event) => this.key(event));
    frame.addEventListener("dragstart", (event) => event.preventDefault());
    for (const button of document.querySelectorAll("[data-zoom]")) {
      button.addEventListener("click", () => this.press(/** @type {HTMLElement} */ (button).dataset.zoom ?? "fit"));
    }
    new ResizeObserver(() => (this.fitted ? this.fit() : this.draw())).observe(frame);
  }

  /** Which drawing it is. */
  get drawn() {
    return document.getElementById("drawing")?.dataset.key;
  }

  /** Take up a new drawing: all of it, or as much of its beginning as can be read. */
  began() {
    this.svg = /** @type {SVGSVGElement | null} */ (this.frame.querySelector("svg.map"));
    if (!this.svg) return;
    this.size = { width: Number(this.svg.getAttribute("width")), height: Number(this.svg.getAttribute("height")) };
    this.fit();
    if (this.at.scale < READABLE) {
      this.at = { x: 0, y: 0, scale: OPENED };
      this.fitted = false;
      this.draw();
    }
  }

  /** Take up another drawing of the same: the part that was nearest to the middle stays where it is. @param {() => void} put */
  renew(put) {
    const { at, fitted } = this;
    const before = this.middle();
    put();
    this.began();
    if (fitted || !this.svg) return;
    this.at = at;
    this.fitted = false;
    this.draw();
    const now = before && this.frame.querySelector(`.part[data-node=${JSON.stringify(before.node)}]`);
    if (now) this.pan(centre(now).x - before.x, centre(now).y - before.y);
  }

  /** The node nearest to the middle of the frame, and where it is in the window. */
  middle() {
    const { x, y } = centre(this.frame);
    const nodes = /** @type {NodeListOf<HTMLElement>} */ (this.frame.querySelectorAll(".part[data-node]"));
    const placed = [...nodes].map((part) => ({ node: part.dataset.node ?? "", ...centre(part) }));
    const far = (/** @type {Point} */ one) => Math.hypot(one.x - x, one.y - y);
    return placed.sort((one, other) => far(one) - far(other))[0];
  }

  /** Show all of it. */
  fit() {
    if (!this.size) return;
    const { clientWidth: width, clientHeight: height } = this.frame;
    const scale = Math.min(width / this.size.width, height / this.size.height, 1.25);
    this.at = { x: (this.size.width - width / scale) / 2, y: (this.size.height - height / scale) / 2, scale };
    this.fitted = true;
    this.draw();
  }

  draw() {
    if (!this.svg || !this.size) return;
    const { clientWidth: width, clientHeight: height } = this.frame;
    const { scale } = this.at;
    const least = { x: -width / scale + 60, y: -height / scale + 60 };
    this.at.x = Math.min(Math.max(this.at.x, least.x), this.size.width - 60);
    this.at.y = Math.min(Math.max(this.at.y, least.y), this.size.height - 60);
    this.svg.setAttribute("viewBox", `${this.at.x} ${this.at.y} ${width / scale} ${height / scale}`);
  }

  /** Zoom by a factor, with the point (in pixels of the frame) staying where it is. @param {number} factor @param {Point} [point] */
  zoom(factor, point) {
    const { x, y } = point ?? { x: this.frame.clientWidth / 2, y: this.frame.clientHeight / 2 };
    const least =
      Math.min(
        this.frame.clientWidth / (this.size?.width ?? 1),
        this.frame.clientHeight / (this.size?.height ?? 1),
        1,
      ) / 2;
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

  /** Bring parts into sight, if they are not; the map is made smaller where they do not fit. @param {Element[]} parts */
  reveal(parts) {
    const frame = this.frame.getBoundingClientRect();
    let box = bounds(parts);
    if (
      !parts.length ||
      (box.left >= frame.left && box.right <= frame.right && box.top >= frame.top && box.bottom <= frame.bottom)
    )
      return;
    const room = Math.min(
      (0.92 * frame.width) / (box.right - box.left),
      (0.92 * frame.height) / (box.bottom - box.top),
    );
    if (room < 1) {
      this.zoom(room);
      box = bounds(parts);
    }
    this.pan(
      (box.left + box.right) / 2 - (frame.left + frame.right) / 2,
      (box.top + box.bottom) / 2 - (frame.top + frame.bottom) / 2,
    );
  }

  /** @param {string} what */
  press(what) {
    if (what === "fit") this.fit();
    else this.zoom(what === "in" ? 1.3 : 1 / 1.3);
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
    if (this.pointers.size === 0) this.wasDragged = false;
    this.pointers.set(event.pointerId, this.inFrame(event));
    this.began_at = this.inFrame(event);
  }

  /** @param {PointerEvent} event */
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
      this.pan(before.x - now.x, before.y - now.y);
    }
    this.pointers.set(event.pointerId, now);
  }

  /** @param {PointerEvent} event */
  up(event) {
    this.pointers.delete(event.pointerId);
    document.getElementById("drawing")?.classList.remove("dragged");
  }

  /** `+`, `-` and `0` zoom; with Shift the arrows move the map (without it they walk from node to node). @param {KeyboardEvent} event */
  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    /** @type {Record<string, () => void>} */
    const keys = {
      "+": () => this.zoom(1.3),
      "=": () => this.zoom(1.3),
      "-": () => this.zoom(1 / 1.3),
      0: () => this.fit(),
    };
    /** @type {Record<string, [number, number]>} */
    const ways = { ArrowLeft: [-STEP, 0], ArrowRight: [STEP, 0], ArrowUp: [0, -STEP], ArrowDown: [0, STEP] };
    const [way, act] = [ways[event.key], keys[event.key]];
    if (event.shiftKey && way) this.pan(...way);
    else if (act) act();
    else return;
    event.preventDefault();
  }

  /** @param {MouseEvent} event @returns {Point} */
  inFrame(event) {
    const box = this.frame.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  }
}

/** @param {Element} part @returns {Point} its middle, in the window */
function centre(part) {
  const box = part.getBoundingClientRect();
  return { x: (box.left + box.right) / 2, y: (box.top + box.bottom) / 2 };
}

/** The box around all of them, in the window. @param {Element[]} parts */
function bounds(parts) {
  const boxes = parts.map((part) => part.getBoundingClientRect());
  const [left, top] = [Math.min(...boxes.map((box) => box.left)), Math.min(...boxes.map((box) => box.top))];
  return {
    left,
    top,
    right: Math.max(...boxes.map((box) => box.right)),
    bottom: Math.max(...boxes.map((box) => box.bottom)),
  };
}
