/** The search box: results while typing, also of what the slider hides; arrows and Enter choose, Escape closes. */

const PAUSE = 120;
const MOST = 12;

/** @typedef {{id: string, label: string, kind: string, day: number | null, days: number[], where: string}} Hit */

export class Search {
  /** @param {HTMLElement} form @param {string} map @param {() => number} day @param {(node: string) => void} chosen */
  constructor(form, map, day, chosen) {
    this.address = `/maps/${encodeURIComponent(map)}/nodes`;
    this.day = day;
    this.chosen = chosen;
    this.field = /** @type {HTMLInputElement} */ (form.querySelector("input[name=find]"));
    this.list = /** @type {HTMLElement} */ (form.querySelector("[role=listbox]"));
    this.asked = 0;
    const said = { role: "combobox", "aria-expanded": "false", "aria-controls": "found", "aria-autocomplete": "list" };
    for (const [name, value] of Object.entries(said)) this.field.setAttribute(name, value);
    this.field.addEventListener("input", () => this.typed());
    this.field.addEventListener("focus", () => this.typed());
    this.field.addEventListener("keydown", (event) => this.key(event));
    this.field.addEventListener("blur", () => setTimeout(() => this.close(), 150));
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) =>
      this.take(event.target instanceof Element ? event.target.closest("li[data-node]") : null),
    );
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
    const query = new URLSearchParams({ q: this.text, limit: String(MOST) });
    const answer = await fetch(`${this.address}?${query}`).catch(() => null);
    /** @type {{nodes: Hit[]}} */
    const found = answer?.ok ? await answer.json() : { nodes: [] };
    if (turn !== this.asked || document.activeElement !== this.field) return;
    this.show(found.nodes, answer ? `No node matches “${this.text}”` : "The service does not answer");
  }

  /** @param {Hit[]} hits @param {string} none what to say where there are none */
  show(hits, none) {
    this.list.replaceChildren(...(hits.length ? hits.map((hit, row) => this.option(hit, row)) : [this.remark(none)]));
    this.list.hidden = false;
    this.field.setAttribute("aria-expanded", "true");
    this.point(hits.length ? 0 : -1);
    const live = document.getElementById("live");
    if (live) live.textContent = hits.length ? `${hits.length} found` : none;
  }

  /** @param {Hit} hit @param {number} row */
  option(hit, row) {
    const item = document.createElement("li");
    item.id = `found-${row}`;
    item.setAttribute("role", "option");
    item.dataset.node = hit.id;
    const since = Math.max(hit.days[0] ?? 0, hit.day ?? 0);
    const when = since > this.day() ? `on day ${since}, hidden by the slider` : `day ${since}`;
    const small = document.createElement("small");
    small.textContent = [hit.kind, when, hit.where === "near" ? "a near spelling" : ""].filter(Boolean).join(" · ");
    item.append(hit.label, small);
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
    return /** @type {HTMLElement[]} */ ([...this.list.querySelectorAll("[data-node]")]);
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
    if (event.key === "Escape") {
      if (this.list.hidden) this.field.blur();
      this.close();
    } else if (!this.list.hidden && count && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
      event.preventDefault();
      this.point(((this.row ?? 0) + (event.key === "ArrowDown" ? 1 : count - 1)) % count);
    } else if (event.key === "Enter" && !this.list.hidden && count) {
      event.preventDefault();
      this.take(this.options[this.row ?? 0]);
    }
  }

  /** @param {Element | null | undefined} option */
  take(option) {
    if (!(option instanceof HTMLElement) || !option.dataset.node) return;
    this.field.value = "";
    this.close();
    this.chosen(option.dataset.node);
  }

  close() {
    this.asked += 1;
    clearTimeout(this.waiting);
    this.list.hidden = true;
    this.field.setAttribute("aria-expanded", "false");
    this.field.removeAttribute("aria-activedescendant");
  }
}
