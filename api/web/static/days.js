/** The day slider: what is later is hidden at once, what is new is marked, and nothing moves. */

const PAUSE = 250; // before the panel and the answers follow the slider
const BEAT = 1400; // of the play button

export class Days {
  /** @param {HTMLElement} main @param {(day: number, isLast: boolean) => void} settled */
  constructor(main, settled) {
    this.settled = settled;
    this.slider = /** @type {HTMLInputElement | null} */ (document.getElementById("as-of"));
    this.last = Number(main.dataset.last);
    this.day = Number(this.slider?.value ?? this.last);
    /** @type {Map<number, string>} */
    this.titles = new Map();
    /** @type {Map<number, string>} */
    this.words = new Map();
    this.learn();
    this.slider?.addEventListener("input", () => this.slide(Number(this.slider?.value)));
    this.slider?.addEventListener("pointerdown", () => this.stop());
    this.slider?.addEventListener("keydown", () => this.stop());
    document.getElementById("play")?.addEventListener("click", () => (this.playing ? this.stop() : this.play()));
    document.getElementById("days")?.addEventListener("submit", (event) => event.preventDefault());
  }

  /** Show a day now, and let the rest follow. @param {number} day */
  slide(day) {
    this.show(day);
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => {
      this.waiting = undefined;
      this.settled(day, day >= this.last);
    }, PAUSE);
  }

  /** The day that the rest has yet to follow, if there is one; nothing waits for it any more. */
  taken() {
    const day = this.waiting === undefined ? undefined : this.day;
    clearTimeout(this.waiting);
    this.waiting = undefined;
    return day;
  }

  /** Whether the slider is on its way. */
  get isMoving() {
    return this.waiting !== undefined || this.playing !== undefined;
  }

  /** Take up the days of a newer map, and show its last. @param {Document} fresh */
  renew(fresh) {
    const slider = fresh.getElementById("as-of");
    const noted = fresh.getElementById("noted");
    if (Boolean(slider) !== Boolean(this.slider)) return location.reload();
    this.last = Number(fresh.getElementById("main")?.dataset.last);
    for (const name of ["min", "max"]) this.slider?.setAttribute(name, slider?.getAttribute(name) ?? "0");
    if (noted) document.getElementById("noted")?.replaceChildren(...noted.childNodes);
    this.learn();
    this.show(this.last);
  }

  /** The days that have notes, and what they are called. */
  learn() {
    this.titles.clear();
    this.words.clear();
    for (const option of /** @type {NodeListOf<HTMLOptionElement>} */ (document.querySelectorAll("#noted option"))) {
      this.titles.set(Number(option.value), option.label);
      this.words.set(Number(option.value), option.dataset.words ?? "");
    }
  }

  /** A day within a sentence; nothing for what is of no day. @param {number} day */
  inWords(day) {
    return this.words.get(day) ?? (day ? `day ${day}` : "");
  }

  /** Hide what is later than a day, and mark what is new on it. @param {number} day */
  show(day) {
    this.day = Math.min(day, this.last);
    const oldest = Math.min(...this.titles.keys()); // on it nothing is new
    for (const one of document.querySelectorAll("[data-since]")) {
      const since = Number(/** @type {HTMLElement} */ (one).dataset.since);
      const marked = one.classList.contains("part") ? one.lastElementChild : one;
      marked?.classList.toggle("later", since > this.day);
      if (one.matches(".part, li")) marked?.classList.toggle("new", since === this.day && since > oldest);
    }
    const nothing = document.getElementById("nothing");
    if (nothing)
      nothing.hidden = !document.querySelector(".part") || Boolean(document.querySelector(".part > g:not(.later)"));
    if (!this.slider) return;
    if (this.slider.value !== String(this.day)) this.slider.value = String(this.day);
    const title = this.titles.get(this.day) ?? `Day ${this.day}`;
    const output = document.getElementById("day-title");
    if (output && output.textContent !== title) output.textContent = title;
    this.slider.setAttribute("aria-valuetext", title);
  }

  /** Step through the days that have notes, from the first if the last is shown. */
  play() {
    const noted = [...this.titles.keys()];
    let next = this.day >= this.last ? 0 : noted.findIndex((day) => day > this.day);
    const step = () => {
      this.slide(noted[next] ?? this.last);
      next += 1;
      if (next >= noted.length) this.stop();
    };
    this.playing = setInterval(step, BEAT);
    this.press(true);
    step();
  }

  stop() {
    clearInterval(this.playing);
    this.playing = undefined;
    this.press(false);
  }

  /** @param {boolean} is */
  press(is) {
    const button = document.getElementById("play");
    button?.setAttribute("aria-pressed", String(is));
    if (button?.firstElementChild) button.firstElementChild.textContent = is ? "❚❚" : "▶";
  }
}
