/** The list of what to learn, of whoever's token this tab has: in place of the one for who begins. */

import { fetchMine } from "./learning.js";

const box = /** @type {HTMLElement} */ (document.getElementById("learning"));

async function mine() {
  const fresh = await fetchMine(box.dataset.learns ?? "");
  if (fresh && !box.contains(document.activeElement)) box.replaceChildren(...fresh.childNodes);
}

document.getElementById("token")?.addEventListener("change", mine);
mine();
