/**
 * The page comes alive: links and forms change the address, and what the address asks for is fetched and put in place.
 * All of the page's state is its address; without this module the same links and forms load whole pages.
 */

import { Asking } from "./asking.js";
import { Days } from "./days.js";
import { Following } from "./following.js";
import { isForMap, isOff, isTyping } from "./keys.js";
import { Learning } from "./learning.js";
import { takeLegend } from "./legend.js";
import { Overview } from "./overview.js";
import { Parts } from "./parts.js";
import { Search } from "./search.js";
import { addressOf } from "./service.js";
import { Stage } from "./stage.js";

const narrow = matchMedia("(max-width: 52rem)"); // the panel stands below the map
const main = element("main");
const map = main.dataset.map ?? "";
const home = `${addressOf(map)}/page`;

const stage = new Stage(element("stage"), () => overview.follow(), say);
const overview = new Overview(element("overview"), stage);
const parts = new Parts(element("stage"));
const days = new Days(main, (day, isLast) =>
  go(changed({ as_of: isLast ? null : String(day) }), { replace: true, quiet: true }),
);
const learning = new Learning(element("stage"), element("legend"));
const search = new Search(element("find"), map, days, (node) =>
  go(changed({ focus: node, edge: null, find: null, view: shownView() }), { enter: true }),
);

const asking = new Asking(
  element("ask"),
  map,
  () =>
    new URLSearchParams(
      [...new URLSearchParams(asked)].filter(([name]) => name === "as_of" || name === "at"),
    ).toString(),
  ask,
);

let asked = location.search;
let coming = new AbortController();

/** @param {string} id */
function element(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`the page has no #${id}`);
  return found;
}

/** The address with some parameters changed; null takes one away.
 * @param {Record<string, string | null>} changes */
function changed(changes) {
  const given = new URLSearchParams(asked);
  for (const [name, value] of Object.entries(changes)) value === null ? given.delete(name) : given.set(name, value);
  const query = given.toString();
  return query ? `${home}?${query}` : home;
}

/** The chosen view, where another node is to be shown: on the map and nearby, the page chooses again. */
function shownView() {
  const view = new URLSearchParams(asked).get("view");
  return view === "near" || view === "map" ? null : view;
}

/**
 * Show what an address asks for.
 * @param {string} address
 * @param {{replace?: boolean, quiet?: boolean, keep?: boolean, moved?: boolean, enter?: boolean}} how `replace` the entry of the
 * browser's history; `quiet`: say nothing; `keep` the keyboard's focus where it is; `moved`: the address is there already; `enter`: the keyboard's focus goes
 * to what is said of it
 */
async function go(address, how = {}) {
  const url = new URL(address, location.href);
  const chosen = days.taken(); // the slider was moved just before
  if (chosen !== undefined && !how.moved) {
    if (chosen >= days.last) url.searchParams.delete("as_of");
    else url.searchParams.set("as_of", String(chosen));
  }
  asked = url.search;
  if (!how.moved) history[how.replace ? "replaceState" : "pushState"](null, "", url);
  days.show(Number(url.searchParams.get("as_of") ?? days.last));
  fillForms(url.searchParams);
  parts.choose(url.searchParams.get("focus"), url.searchParams.get("edge"));
  coming.abort();
  coming = new AbortController();
  busy(true);
  try {
    await show(await fetched(`${home}/regions${url.search}`), url.search, how);
  } catch (error) {
    if (error instanceof DOMException && error.name === "AbortError") return;
    say(error instanceof Error ? error.message : "The service does not answer");
    tell(error instanceof Error ? error.message : String(error), address);
  }
  busy(false);
}

/** @param {string} address */
async function fetched(address) {
  const answer = await fetch(address, {
    signal: coming.signal,
    headers: { Accept: "application/json, text/html;q=0.1" },
  }).catch((error) => {
    if (error.name === "AbortError") throw error;
    throw new Error("The service does not answer. Is it still running?");
  });
  if (answer.ok) return new DOMParser().parseFromString(await answer.text(), "text/html");
  const problem = await answer.json().catch(() => ({}));
  throw new Error(problem.detail ?? `The service answered ${answer.status}`);
}

/** Put fresh regions, and if it is another one the drawing, in place.
 * @param {Document} fresh @param {string} query @param {{quiet?: boolean, keep?: boolean, enter?: boolean}} how */
async function show(fresh, query, how) {
  const state = fresh.getElementById("state")?.dataset ?? {};
  let drawing;
  if (state.key !== stage.drawn) {
    element("stage").setAttribute("aria-busy", "true");
    drawing = await fetched(`${home}/drawing${query}`);
  }
  const had = document.activeElement?.closest("[data-region]")?.id;
  for (const region of fresh.querySelectorAll("[data-region]"))
    element(region.id).replaceChildren(...region.childNodes);
  if (drawing) {
    element("stage").replaceChildren(...drawing.body.childNodes);
    began();
  }
  wire();
  if (!how.quiet) say([drawing ? whatIsDrawn() : "", state.say].filter(Boolean).join(" "));
  if (how.quiet) return;
  element("aside").scrollTop = 0;
  const heading = element("aside").querySelector("h2");
  if (how.enter) focusOn(heading);
  else if (had && !how.keep) focusOn(element(had).querySelector("h2, a"));
  if (narrow.matches) heading?.scrollIntoView({ block: how.keep ? "nearest" : "start" });
  stage.reveal(parts.sought());
}

/** Whether the page shows the newest day of the newest map, and nobody is about to do something with it. */
function isAtRest() {
  const given = new URLSearchParams(asked);
  return (
    !given.has("as_of") &&
    !given.has("at") &&
    asking.text === (given.get("q") ?? "") &&
    search.text === (given.get("find") ?? "") &&
    element("aside").getAttribute("aria-busy") !== "true" &&
    stage.pointers.size === 0 &&
    !days.isMoving
  );
}

/** Show the same of a newer map: place, choice, question and keyboard focus stay. */
async function renew() {
  const fresh = await fetched(`${home}${asked}`);
  const focused = nameOf(document.activeElement);
  const opened = [...document.querySelectorAll("[data-region] details[open] > summary")].map((one) => one.textContent);
  const scrolled = element("aside").scrollTop;
  const drawing = fresh.getElementById("stage");
  for (const region of fresh.querySelectorAll("[data-region]"))
    element(region.id).replaceChildren(...region.childNodes);
  days.renew(fresh);
  stage.renew(() => {
    element("stage").replaceChildren(...(drawing?.childNodes ?? []));
    began();
  });
  wire();
  for (const one of document.querySelectorAll("[data-region] summary"))
    if (opened.includes(one.textContent)) one.parentElement?.setAttribute("open", "");
  element("aside").scrollTop = scrolled;
  if (focused) focusOn(document.querySelector(focused));
}

/** How to find what stands for an element when its region is fresh. @param {Element | null} one */
function nameOf(one) {
  const region = one?.closest("[data-region], #stage");
  const name = ["data-node", "data-edge", "id", "href"].find((each) => one?.hasAttribute(each));
  if (!region || !name || one === region) return null;
  return `#${region.id} [${name}=${JSON.stringify(one?.getAttribute(name))}]`;
}

/** What a new drawing needs. */
function began() {
  const drawing = /** @type {SVGSVGElement | null} */ (element("stage").querySelector("svg.map"));
  const all = drawing?.checkVisibility() ? takeLegend(drawing, element("legend")) : undefined;
  if (!all) element("legend").replaceChildren(...(element("stage").querySelector(".kinds")?.childNodes ?? []));
  parts.began();
  learning.drawn();
  mark();
  stage.began(parts.sought(), all, new URLSearchParams(asked).has("as_of"));
  overview.began();
}

/** Mark what is chosen, what answers, and what is later or new. */
function mark() {
  const state = element("state").dataset;
  parts.mark(new Set((state.answers ?? "").split(" ").filter(Boolean)));
  parts.choose(state.focus || null, state.edge || null);
  days.show(days.day);
  overview.mark();
}

/** What new regions need. */
function wire() {
  mark();
  learning.began();
  element("copy").addEventListener("click", copy);
  document.title = [map, document.querySelector("#panel-title")?.textContent].filter(Boolean).join(" · ");
}

/** @param {Element | null} target */
function focusOn(target) {
  if (target instanceof HTMLElement || target instanceof SVGElement) target.focus({ preventScroll: true });
}

/** @param {boolean} is */
function busy(is) {
  element("aside").setAttribute("aria-busy", String(is));
  if (!is) element("stage").removeAttribute("aria-busy");
}

/** @param {string} words */
function say(words) {
  element("live").textContent = words;
}

/** An error, where the answer would stand. @param {string} words @param {string} address */
function tell(words, address) {
  document.getElementById("trouble")?.remove();
  const box = document.createElement("section");
  box.id = "trouble";
  const again = document.createElement("a");
  [again.href, again.textContent] = [address, "Try again"];
  const line = document.createElement("p");
  line.append(`${words} `, again);
  box.append(line);
  element("aside").prepend(box);
}

/** The view that is shown and what is on it, in words. */
function whatIsDrawn() {
  const view = element("views").querySelector("[aria-current]")?.textContent;
  const described = element("stage").querySelector("canvas")?.getAttribute("aria-label");
  return `${view ?? ""}: ${described ?? element("stage").querySelector("svg.map > desc")?.textContent ?? "nothing is drawn"}`;
}

/** The forms show what the address says. @param {URLSearchParams} given */
function fillForms(given) {
  for (const [form, name] of /** @type {const} */ ([
    ["ask", "q"],
    ["find", "find"],
  ])) {
    const field = element(form).querySelector(`[name=${name}]`);
    if (field instanceof HTMLInputElement && field !== document.activeElement) field.value = given.get(name) ?? "";
  }
}

async function copy() {
  const button = element("copy");
  try {
    await navigator.clipboard.writeText(location.href);
    button.textContent = "Copied";
  } catch {
    button.textContent = "Copy it from the address bar";
  }
  say(button.textContent);
  setTimeout(() => (button.textContent = "Copy link"), 2000);
}

document.addEventListener("click", (event) => {
  const link = event.target instanceof Element ? event.target.closest("a[href]") : null;
  if (
    !link ||
    event.defaultPrevented ||
    event.button ||
    event.metaKey ||
    event.ctrlKey ||
    event.shiftKey ||
    event.altKey
  )
    return;
  const url = new URL(link.getAttribute("href") ?? "", location.href);
  if (url.pathname !== home || url.origin !== location.origin) return;
  event.preventDefault();
  if (link.closest("#stage") && stage.wasDragged) return;
  const leads = link.matches(".part") ? parts.leads(link) : null;
  if (leads && asked.includes("q=")) delete leads.view;
  go(leads ? changed(leads) : url.href, { keep: Boolean(link.closest("#stage")) });
});

/** @param {string} question */
function ask(question) {
  go(changed({ q: question || null, focus: null, edge: null, view: null, find: null }));
}

element("ask").addEventListener("submit", (event) => {
  event.preventDefault();
  asking.close();
  ask(asking.text);
});

element("find").addEventListener("submit", (event) => {
  event.preventDefault();
  search.close();
  go(changed({ find: search.text || null }));
});

document.addEventListener("answered", async (event) => {
  const box = event.target instanceof Element ? event.target : null;
  const result = box?.querySelector("[data-saved], [data-undone]")?.closest("[data-form]");
  if (!box?.closest("#aside") || !result) return;
  await renew(); // the map as it is now, and above it what was done and how to undo it
  element("aside").prepend(result);
  focusOn(result.querySelector("h2"));
});

addEventListener("popstate", () => go(location.href, { moved: true, keep: true }));

document.addEventListener("keydown", (event) => {
  const typing = isTyping(event) || isOff(event);
  if (isForMap(event, element("stage")) && (stage.key(event) || parts.key(event))) event.preventDefault();
  else if (
    (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) ||
    (event.key === "k" && (event.ctrlKey || event.metaKey))
  ) {
    event.preventDefault();
    search.focus();
  } else if (event.key === "?" && !typing) {
    const keys = element("keys");
    keys.toggleAttribute("open", true);
    keys.scrollIntoView({ block: "nearest" });
    focusOn(keys.querySelector("summary"));
  } else if (event.key === "Escape" && !typing) {
    const open = document.querySelector("details.away[open]");
    if (open) open.removeAttribute("open");
    else if (/[?&](focus|edge|q|find)=/.test(asked))
      go(changed({ focus: null, edge: null, q: null, find: null, view: shownView() }), { keep: true });
  }
});

element("stage").addEventListener("focusin", (event) => {
  const part = parts.partOf(event.target);
  if (part?.matches(":focus-visible")) stage.reveal([part]);
});

document.addEventListener("pointerdown", (event) => {
  const open = document.querySelector("details.away[open]");
  if (open && event.target instanceof Node && !open.contains(event.target)) open.removeAttribute("open");
});

began();
wire();
new Following(addressOf(map), () => Number(element("state").dataset.entry), isAtRest, renew);
