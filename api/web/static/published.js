/** A published map: its slider, its search and its notes, from files that nobody serves. Without this script all can be read. */

import "./note.js";
import { Days } from "./days.js";
import { FileSearch } from "./file_search.js";
import { isForMap, isTyping } from "./keys.js";
import { takeLegend } from "./legend.js";
import { Overview } from "./overview.js";
import { Parts } from "./parts.js";
import { Stage } from "./stage.js";

const DAY = /^#as-of-(\d+)$/;

/** The day that the address names, else the last. @param {Days} days */
function namedDay(days) {
  const found = DAY.exec(location.hash);
  return found ? Number(found[1]) : days.last;
}

/** The map comes alive. @param {HTMLElement} main @param {HTMLElement} frame */
function begin(main, frame) {
  const stage = new Stage(
    frame,
    () => overview.follow(),
    () => {},
  );
  const overview = new Overview(/** @type {HTMLElement} */ (document.getElementById("overview")), stage);
  const parts = new Parts(frame);
  const days = new Days(main, (day, isLast) => {
    history.replaceState(null, "", isLast ? location.pathname : `#as-of-${day}`);
    overview.mark();
  });
  const drawing = /** @type {SVGSVGElement | null} */ (frame.querySelector("svg.map"));
  const legend = document.getElementById("legend");
  const all = drawing && legend ? takeLegend(drawing, legend) : undefined;
  parts.began();
  days.show(namedDay(days));
  stage.began([], all);
  overview.began();
  addEventListener("hashchange", () => {
    days.show(namedDay(days));
    overview.mark();
  });
  frame.addEventListener("click", (event) => {
    if (stage.wasDragged) event.preventDefault();
  });
  frame.addEventListener("focusin", (event) => {
    const part = parts.partOf(event.target);
    if (part?.matches(":focus-visible")) stage.reveal([part]);
  });
  document.addEventListener("keydown", (event) => {
    if (isForMap(event, frame) && (stage.key(event) || parts.key(event))) event.preventDefault();
  });
}

const near = document.querySelector("figure.near");
const centre = near?.querySelector(".focus")?.getBoundingClientRect();
if (near && centre) {
  const box = near.getBoundingClientRect();
  near.scrollTo(
    centre.left + centre.width / 2 - box.left - box.width / 2,
    centre.top + centre.height / 2 - box.top - box.height / 2,
  );
}

const form = document.getElementById("find");
const search = form && new FileSearch(form);
document.addEventListener("keydown", (event) => {
  const isAsked = event.key === "/" || (event.key === "k" && (event.ctrlKey || event.metaKey));
  if (!isAsked || isTyping(event)) return;
  event.preventDefault();
  search?.focus();
});

const main = document.getElementById("main");
const frame = document.getElementById("stage");
if (main && frame) begin(main, frame);
