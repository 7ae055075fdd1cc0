/** The drawing's legend, taken out of it into a place of its own: it is in sight wherever the map stands. */

/** @typedef {import("./stage.js").Box} Box */

const SVG = "http://www.w3.org/2000/svg";
const SAMPLE = { width: 44, height: 24 }; // pixels of the drawing in which each sample has room
const ABOVE = 8; // pixels that stay free above a drawing without words

/** Move the legend of a drawing to a list. Gives the box of the drawing without it, in its pixels.
 * @param {SVGSVGElement} drawing @param {HTMLElement} list @returns {Box} */
export function takeLegend(drawing, list) {
  const [width, height] = [Number(drawing.getAttribute("width")), Number(drawing.getAttribute("height"))];
  const map = /** @type {SVGGElement} */ (drawing.querySelector("#map"));
  const top = map.transform.baseVal[0]?.matrix.f ?? 0;
  const samples = [...map.querySelectorAll(":scope > [id^='legend_']")].map((sample) => placed(sample)).sort(inRows);
  const words = /** @type {SVGTextElement[]} */ ([...drawing.querySelectorAll(":scope > text.quiet")]);
  const names = samples.length ? words.splice(-samples.length) : [];
  names.sort((one, other) => inRows(spot(one), spot(other)));
  list.replaceChildren(
    ...samples.map(({ sample, x, y }, place) => item(sample, x, y, names[place]?.textContent ?? "")),
  );
  const ends = Math.min(...names.map((one) => spot(one).y)) - SAMPLE.height;
  for (const one of names) one.remove();
  return { x: 0, y: top - ABOVE, width, height: (ends > top ? Math.min(ends, height) : height) - top + ABOVE };
}

/** @param {Element} sample */
function placed(sample) {
  const box = /** @type {SVGGElement} */ (sample).getBBox();
  return { sample, x: box.x + box.width / 2, y: Math.round(box.y + box.height / 2) };
}

/** @param {SVGTextElement} one */
function spot(one) {
  return { x: Number(one.getAttribute("x")), y: Number(one.getAttribute("y")) };
}

/** Reading order. @param {{x: number, y: number}} one @param {{x: number, y: number}} other */
function inRows(one, other) {
  return Math.abs(one.y - other.y) > SAMPLE.height / 3 ? one.y - other.y : one.x - other.x;
}

/** @param {Element} sample @param {number} x @param {number} y its middle @param {string} words */
function item(sample, x, y, words) {
  const { width, height } = SAMPLE;
  const picture = document.createElementNS(SVG, "svg");
  picture.setAttribute("viewBox", `${x - width / 2} ${y - height / 2} ${width} ${height}`);
  picture.setAttribute("aria-hidden", "true");
  picture.append(sample);
  const found = document.createElement("li");
  found.append(picture, words);
  return found;
}
