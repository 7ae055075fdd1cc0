"""Words fit their boxes in a browser, whichever of the common fonts it has. Needs Chromium."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from conceptmap.draw import Selection, draw
from machine import chromium_path
from test_draw_formats import hostile_view
from test_draw_svg import every_kind_and_relation

MEASURE = """
<script>
const spills = [];
for (const node of document.querySelectorAll("g.node[id^='n_'], g.node[id^='g_']")) {
  const shapes = [...node.querySelectorAll("path, polygon, ellipse")].map((one) => one.getBBox());
  const left = Math.min(...shapes.map((one) => one.x));
  const right = Math.max(...shapes.map((one) => one.x + one.width));
  for (const text of node.querySelectorAll("text")) {
    const box = text.getBBox();
    if (box.x < left || box.x + box.width > right) spills.push(text.textContent);
  }
}
document.body.innerHTML = "<pre>" + JSON.stringify({ spills }).replace(/</g, "\\\\u003c") + "</pre>";
</script>
"""


@pytest.mark.parametrize("font", ["DejaVu Sans", "Liberation Sans"])
def test_no_words_spill_over_their_box_in_a_browser(font: str, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    views = (hostile_view(), every_kind_and_relation())
    drawings = [str(draw(view, "svg", Selection(whole=True))) for view in views]
    body = "".join(re.sub(r'font-family="[^"]*"', f'font-family="{font}"', one, count=1) for one in drawings)
    page.write_text(f"<!doctype html><meta charset=utf-8><body>{body}{MEASURE}", encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom"]
    done = subprocess.run([chromium_path(), *options, page.as_uri()], capture_output=True, check=True, timeout=60)
    found = re.search(r"<pre>(.*)</pre>", done.stdout.decode(), re.DOTALL)
    assert found
    assert json.loads(found[1]) == {"spills": []}
