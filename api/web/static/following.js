/** An open page keeps up with its map: it asks for the map's entity tag, and says so when the map has newer entries. */

const PAUSE = 2000;
const LONGEST = 60_000; // between two questions to a service that does not answer

export class Following {
  /**
   * @param {string} address of the map
   * @param {() => number} shown the last entry that the page shows
   * @param {() => boolean} isAtRest whether another map may come onto the page now
   * @param {() => Promise<void>} renew
   */
  constructor(address, shown, isAtRest, renew) {
    this.address = address;
    this.shown = shown;
    this.isAtRest = isAtRest;
    this.renew = renew;
    this.pause = PAUSE;
    this.tag = "";
    document.addEventListener("visibilitychange", () => this.wait());
    this.wait();
  }

  /** Ask after a while; a page that nobody sees asks nothing. */
  wait() {
    clearTimeout(this.waiting);
    if (!document.hidden) this.waiting = setTimeout(() => this.look(), this.pause);
  }

  async look() {
    try {
      if (this.isAtRest() && (await this.newest()) > this.shown() && this.isAtRest()) await this.renew();
      this.pause = PAUSE;
    } catch {
      this.tag = "";
      this.pause = Math.min(2 * this.pause, LONGEST);
    }
    this.wait();
  }

  /** The map's last entry; what the page shows, where that has not changed since it was last asked for. */
  async newest() {
    const answer = await fetch(this.address, {
      headers: { Accept: "application/json", ...(this.tag ? { "If-None-Match": this.tag } : {}) },
    });
    if (answer.status === 304) return this.shown();
    if (!answer.ok) throw new Error(`the service answered ${answer.status}`);
    const { entry } = /** @type {{entry: number}} */ (await answer.json());
    this.tag = entry === this.shown() ? (answer.headers.get("etag") ?? "") : ""; // what was not shown yet is asked for again
    return entry;
  }
}
