/** The field for questions: while typing, questions that the map can answer; Enter asks what is typed, or the chosen one. */

import { Choices } from "./choices.js";
import { addressOf } from "./service.js";

const MOST = 6;
const FEWEST_LETTERS = 3;

/** @extends {Choices<string>} */
export class Asking extends Choices {
  /** @param {HTMLElement} form @param {string} map @param {() => string} moment the day and entry shown, as parameters
   * @param {(question: string) => void} chosen */
  constructor(form, map, moment, chosen) {
    super(form, "q");
    this.address = `${addressOf(map)}/completions`;
    this.moment = moment;
    this.chosen = chosen;
  }

  /** @override */
  async found() {
    if (this.text.length < FEWEST_LETTERS) return [];
    const query = new URLSearchParams(this.moment());
    query.set("q", this.text);
    query.set("limit", String(MOST));
    const answer = await fetch(`${this.address}?${query}`).catch(() => null);
    return answer?.ok ? /** @type {{questions: string[]}} */ (await answer.json()).questions : [];
  }

  /** @override @param {string} question */
  shown(question) {
    return { value: question, words: question, small: "" };
  }

  /** @override @param {string} question */
  take(question) {
    this.field.value = question;
    this.chosen(question);
  }
}
