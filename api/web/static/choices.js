/** A field with choices under it while one types: arrows walk them, Enter takes one, Escape closes the list. */

const PAUSE = 120; // milliseconds after the last letter before the service is asked

/** @template Choice */
export class Choices {
  /** @param {HTMLElement} form @param {string} name of its field */
  constructor(form, name) {
    this.field = /** @type {HTMLInputElement} */ (form.querySelector(`input[name=${name}]`));
    this.list = /** @type {HTMLElement} */ (form.querySelector("[role=listbox]"));
    this.asked = 0;
    const said = {
      role: "combobox",
      "aria-expanded": "false",
      "aria-controls": this.list.id,
      "aria-autocomplete": "list",
    };
    for (const [name, value] of Object.entries(said)) this.field.setAttribute(name, value);
    this.field.addEventListener("input", () => this.typed());
    this.field.addEventListener("focus", () => this.typed());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("blur", () => setTimeout(() => this.left(), 150));
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) =>
      this.choose(event.target instanceof Element ? event.target.closest("li[data-value]") : null),
    );
  }

  /** What the service has for the typed words; null where it does not answer. @returns {Promise<Choice[] | null>} */
  async found() {
    return null;
  }

  /** What stands for a choice: what is taken, its words, and small words under them.
   * @param {Choice} _choice @returns {{value: string, words: string, small: string}} */
  shown(_choice) {
    throw new Error("a list of choices says how it shows one");
  }

  /** What to say where there are none; empty: the list is not shown. @param {boolean} _answered */
  none(_answered) {
    return "";
  }

  /** What happens with what is taken. @param {string} _value */
  take(_value) {}

  /** The row that Enter takes where nobody chose one; -1: none. */
  get first() {
    return -1;
  }

  get text() {
    return this.field.value.trim();
  }

  focus() {
    this.field.focus();
    this.field.select();
  }

  typed() {
    clearTimeout(this.waiting);
    if (!this.text) return this.close();
    this.waiting = setTimeout(() => this.look(), PAUSE);
  }

  async look() {
    const turn = ++this.asked;
    const found = await this.found();
    if (turn !== this.asked || document.activeElement !== this.field) return;
    this.show(found ?? [], this.none(found !== null));
  }

  /** @param {Choice[]} choices @param {string} none what to say where there are none */
  show(choices, none) {
    if (!choices.length && !none) return this.close();
    this.list.replaceChildren(
      ...(choices.length ? choices.map((one, row) => this.option(this.shown(one), row)) : [this.remark(none)]),
    );
    this.list.hidden = false;
    this.field.setAttribute("aria-expanded", "true");
    this.point(choices.length ? this.first : -1);
    const live = document.getElementById("live");
    if (live) live.textContent = choices.length ? `${choices.length} found` : none;
  }

  /** @param {{value: string, words: string, small: string}} shown @param {number} row */
  option({ value, words, small }, row) {
    const item = document.createElement("li");
    item.id = `${this.list.id}-${row}`;
    item.setAttribute("role", "option");
    item.dataset.value = value;
    item.append(words);
    if (small) item.append(Object.assign(document.createElement("small"), { textContent: small }));
    return item;
  }

  /** @param {string} words */
  remark(words) {
    const item = document.createElement("li");
    item.setAttribute("role", "option");
    item.setAttribute("aria-disabled", "true");
    item.textContent = words;
    return item;
  }

  get options() {
    return /** @type {HTMLElement[]} */ ([...this.list.querySelectorAll("[data-value]")]);
  }

  /** @param {number} row */
  point(row) {
    this.row = row;
    for (const [index, one] of this.options.entries()) one.setAttribute("aria-selected", String(index === row));
    const chosen = this.options[row];
    chosen
      ? this.field.setAttribute("aria-activedescendant", chosen.id)
      : this.field.removeAttribute("aria-activedescendant");
    chosen?.scrollIntoView({ block: "nearest" });
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const count = this.options.length;
    const row = this.row ?? -1;
    if (event.key === "Escape") {
      if (this.list.hidden) this.field.blur();
      this.close();
    } else if (!this.list.hidden && count && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      this.point(event.key === "ArrowDown" ? (row + 1) % count : (row > 0 ? row : count) - 1);
    } else if (event.key === "Enter" && !this.list.hidden && row >= 0 && this.options[row]) {
      event.preventDefault();
      this.choose(this.options[row]);
    }
  }

  /** The field lost the keyboard's focus a moment ago, and may have it again. */
  left() {
    if (document.activeElement !== this.field) this.close();
  }

  /** @param {Element | null | undefined} option */
  choose(option) {
    if (!(option instanceof HTMLElement) || !option.dataset.value) return;
    const value = option.dataset.value;
    this.close();
    this.take(value);
  }

  close() {
    this.asked += 1;
    clearTimeout(this.waiting);
    this.list.hidden = true;
    this.row = -1;
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }
}
