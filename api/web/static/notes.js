/** A day's notes: a file that is dropped anywhere on the page, or chosen, goes into the form; problems lead to their line. */

import { addressOf } from "./service.js";

const KEPT = "conceptmap dropped notes";

/** @param {File} file */
async function take(file) {
  const said = { part: file.name, notes: await file.text() };
  if (document.getElementById("notes-notes")) return fill(said);
  sessionStorage.setItem(KEPT, JSON.stringify(said));
  location.href = `${addressOf(document.querySelector("main")?.dataset.map ?? "")}/page/add?what=notes`;
}

/** @param {{part: string, notes: string}} said */
function fill(said) {
  const details = /** @type {HTMLDetailsElement} */ (document.getElementById("add-notes"));
  details.open = true;
  const form = /** @type {HTMLFormElement} */ (details.querySelector("form"));
  const fields = /** @type {{part: HTMLInputElement, notes: HTMLTextAreaElement, on: HTMLInputElement}} */ (
    /** @type {unknown} */ (form.elements)
  );
  [fields.part.value, fields.notes.value, fields.on.value] = [said.part, said.notes, ""];
  fields.notes.dispatchEvent(new Event("input", { bubbles: true }));
  /** @type {HTMLButtonElement | null} */ (form.querySelector("button[value=look]"))?.focus();
}

addEventListener("dragover", (event) => event.preventDefault());
addEventListener("drop", (event) => {
  event.preventDefault();
  const [file] = event.dataTransfer?.files ?? [];
  if (file) take(file);
});
document.addEventListener("change", (event) => {
  const { id, files } = /** @type {HTMLInputElement} */ (event.target);
  if (id === "notes-file" && files?.[0]) take(files[0]);
});
document.addEventListener("click", (event) => {
  const place =
    event.target instanceof Element ? /** @type {HTMLElement | null} */ (event.target.closest("[data-line]")) : null;
  const area = /** @type {HTMLTextAreaElement | null} */ (document.getElementById("notes-notes"));
  if (!place || !area) return;
  const lines = area.value.split("\n");
  const line = Number(place.dataset.line) - 1;
  const start = lines.slice(0, line).join("\n").length + (line ? 1 : 0);
  area.focus();
  area.setSelectionRange(start + Number(place.dataset.column) - 1, start + (lines[line]?.length ?? 0));
  area.scrollTop = (area.scrollHeight / lines.length) * Math.max(line - 3, 0);
});

const kept = sessionStorage.getItem(KEPT);
if (kept && document.getElementById("notes-notes")) {
  sessionStorage.removeItem(KEPT);
  fill(JSON.parse(kept));
}
