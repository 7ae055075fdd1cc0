/** The list of what to learn, of whoever's token this tab has: in place of the one for who begins. */

import { fetchMine } from "./learning.js";

const box = /** @type {HTMLElement} */ (document.getElementById("learning"));

/** Put it in place, unless something is ticked already; the keyboard's focus stays where it is. */
async function mine() {
  const fresh = await fetchMine(box.dataset.learns ?? "");
  if (!fresh || box.querySelector("input:checked")) return;
  const focused = box.contains(document.activeElement) ? document.activeElement : null;
  const same = focused && `[name="${focused.getAttribute("name")}"][value="${focused.getAttribute("value")}"]`;
  box.replaceChildren(...fresh.childNodes);
  /** @type {HTMLElement | null} */ (same && (box.querySelector(same) ?? box.querySelector("input, button")))?.focus();
}

document.getElementById("token")?.addEventListener("change", mine);
mine();
