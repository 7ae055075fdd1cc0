/** The search box: nodes while typing, also what the slider hides; Enter takes the first. */

import { Choices } from "./choices.js";
import { addressOf } from "./service.js";

const MOST = 12;

/** @typedef {{id: string, label: string, kind: string, day: number | null, days: number[], where: string}} Hit */

/** @extends {Choices<Hit>} */
export class Search extends Choices {
  /**
   * @param {HTMLElement} form @param {string} map @param {import("./days.js").Days} days
   * @param {(node: string) => void} chosen
   */
  constructor(form, map, days, chosen) {
    super(form, "find");
    this.address = `${addressOf(map)}/nodes`;
    this.days = days;
    this.chosen = chosen;
  }

  /** @override */
  async found() {
    const query = new URLSearchParams({ q: this.text, limit: String(MOST) });
    const answer = await fetch(`${this.address}?${query}`).catch(() => null);
    if (!answer) return null;
    return answer.ok ? /** @type {{nodes: Hit[]}} */ (await answer.json()).nodes : [];
  }

  /** @override @param {Hit} hit */
  shown(hit) {
    const since = Math.max(hit.days[0] ?? 0, hit.day ?? 0);
    const words = this.days.inWords(since);
    const when = since > this.days.day ? `on ${words}, hidden by the slider` : words;
    const small = [hit.kind, when, hit.where === "near" ? "a near spelling" : ""].filter(Boolean).join(" · ");
    return { value: hit.id, words: hit.label, small };
  }

  /** @override @param {boolean} answered */
  none(answered) {
    return answered ? `No node matches “${this.text}”` : "The service does not answer";
  }

  /** @override */
  get first() {
    return 0;
  }

  /** @override @param {string} node */
  take(node) {
    this.field.value = "";
    this.chosen(node);
  }
}
