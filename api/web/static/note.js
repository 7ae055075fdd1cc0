/** A day's note: the lines that the address names (`#L10-L18`) are marked and scrolled to. */

const RANGE = /^#L(\d+)(?:-L?(\d+))?$/;

/** The lines that the address names, if it names any. */
function named() {
  const found = RANGE.exec(location.hash);
  if (!found) return null;
  const [first, last] = [Number(found[1]), Number(found[2] ?? found[1])];
  return { first: Math.min(first, last), last: Math.max(first, last) };
}

function mark() {
  const lines = named();
  if (!lines) return;
  for (const one of document.querySelectorAll(".line.cited")) one.classList.remove("cited");
  const marked = [];
  for (let line = lines.first; line <= lines.last; line++)
    for (const one of document.querySelectorAll(`.line[data-line="${line}"]`)) marked.push(one);
  for (const one of marked) one.classList.add("cited");
  const target = marked[0] ?? document.getElementById(`L${lines.first}`);
  const closed = target?.closest("details:not([open])");
  if (closed) closed.setAttribute("open", "");
  target?.scrollIntoView({ block: "start" });
}

// Shift and a click on another number mark all lines between.
document.addEventListener("click", (event) => {
  const number = event.target instanceof Element ? event.target.closest(".note .at") : null;
  const begun = named();
  if (!number || !event.shiftKey || !begun) return;
  event.preventDefault();
  const line = Number(number.textContent);
  const [first, last] = line < begun.first ? [line, begun.last] : [begun.first, line];
  location.hash = `L${first}-L${last}`;
});

addEventListener("hashchange", mark);
mark();
