"""The SVG of a picture: what Graphviz drew, with names, titles, a style sheet, a heading and a legend."""

import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from conceptmap.draw.dot import draw_dot, draw_legend
from conceptmap.draw.labels import columns, wrapped
from conceptmap.draw.layout import Arrangement, Layout, laid_out
from conceptmap.draw.markup import markup
from conceptmap.draw.parts import SVG, Parts, describe
from conceptmap.draw.picture import Picture
from conceptmap.draw.placed import placed_dot
from conceptmap.draw.render import Renderer
from conceptmap.draw.theme import FONTS, style_sheet
from ontology.errors import DrawingFailed

_TEXT = ("x", "y", "text-anchor", "font-size")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_SPACE = 16
_LEAST_WIDTH = 360
_LETTER = 6.3
_SAMPLE = 52
_ROW = 24
_ROWS = 3
"""So many rows of a legend find room above a timeline before they move it."""


def draw_svg(picture: Picture, renderer: Renderer, *, arrangement: Arrangement = "map", inline: bool = False) -> str:
    """The picture as an SVG that explains itself. Raises `DrawingFailed`.

    A file is one image to those who do not see it; `inline`, as a part of a page, it is a group of nodes that can take
    the keyboard's focus, the first one by Tab.
    """
    layout = None if any(box.cell for box in picture.boxes) else laid_out(picture, arrangement)
    dot = placed_dot(picture, layout) if layout else draw_dot(picture, tooltips=False)
    drawn = renderer.render(dot + draw_legend(picture)).svg
    parts = [part[part.index("<svg") :] for part in drawn.split("<?xml") if "<svg" in part]
    try:
        body, legend = (ElementTree.fromstring(part) for part in parts)
    except (ElementTree.ParseError, ValueError) as error:
        raise DrawingFailed(f"Graphviz did not answer with two SVG drawings ({error})") from error
    return _Page(picture, layout, arrangement, body, legend, inline).text()


class _Page:
    """The page that the drawing is put on: heading, remark, drawing and legend from the top down.

    A timeline is long, so its legend comes first, in a place that is kept large enough for a legend that grows.
    """

    def __init__(
        self,
        picture: Picture,
        layout: Layout | None,
        arrangement: Arrangement,
        body: Element,
        legend: Element,
        inline: bool,
    ) -> None:
        self._picture = picture
        self._layout = layout
        self._inline = inline
        width, height = (float(number) for number in (body.get("viewBox") or "0 0 0 0").split()[2:])
        self._width = max(width, _LEAST_WIDTH) + 2 * _SPACE
        self._root = Element(
            "svg",
            {
                "class": "map",
                "role": "group" if inline else "img",
                "aria-labelledby": "map_title",
                "aria-describedby": "map_description",
                "font-family": FONTS,
            },
        )
        self._introduce()
        self._y = 0.0
        self._head()
        if arrangement == "timeline" and layout:
            top = self._y
            self._legend(legend)
            self._y = max(self._y, top + _ROWS * _ROW) + _SPACE
            self._body(body, height)
        else:
            self._body(body, height)
            self._legend(legend)
        height = self._y + _SPACE
        self._root.attrib |= {
            "xmlns": SVG,
            "width": f"{self._width:.0f}",
            "height": f"{height:.0f}",
            "viewBox": f"0 0 {self._width:.0f} {height:.0f}",
        }

    def text(self) -> str:
        return markup(self._root) + "\n"

    def _introduce(self) -> None:
        picture = self._picture
        counts = f"{len(picture.boxes)} nodes and {len(picture.lines)} edges"
        dated = {box.day for box in picture.boxes} - {None}
        days = f" in {len(dated)} days" if dated else ""
        SubElement(self._root, "title", id="map_title").text = picture.heading
        SubElement(
            self._root, "desc", id="map_description"
        ).text = f"A concept map of {counts}{days}. {picture.remark}".strip()
        SubElement(self._root, "style").text = style_sheet(picture.kinds, picture.relations)
        SubElement(self._root, "rect", {"class": "paper", "width": "100%", "height": "100%", "fill": "#ffffff"})

    def _head(self) -> None:
        self._y += _SPACE + 14
        room = self._width - 2 * _SPACE
        for line in wrapped(self._picture.heading, int(room / _LETTER * 0.7)):
            self._write(line, _SPACE, self._y, size=16, weight="bold")
            self._y += 20
        for line in wrapped(self._picture.remark, int(room / _LETTER)) if self._picture.remark else ():
            self._write(line, _SPACE, self._y, css="quiet")
            self._y += 18

    def _body(self, body: Element, height: float) -> None:
        graph = body[0]
        found = {part.get("id") or "": part for part in graph if part.tag == f"{{{SVG}}}g"}
        graph[:] = Parts(self._picture, self._layout, found).in_order(inline=self._inline)
        x, y = _NUMBER.findall((graph.get("transform") or "").rpartition("translate")[2])
        graph.attrib = {"id": "map", "transform": f"translate({float(x) + _SPACE:g} {float(y) + self._y:g})"}
        self._add(graph)
        self._y += height

    def _legend(self, legend: Element) -> None:
        """Lay the samples out in rows, as wide as the page, with their words behind them."""
        kinds = {f"legend_kind_{row}": kind.name for row, kind in enumerate(self._picture.kinds)}
        relations = {f"legend_relation_{row}": one.name for row, one in enumerate(self._picture.relations)}
        if len(kinds) + len(relations) < 2:
            return
        samples = {group.get("id"): group for group in legend.iter(f"{{{SVG}}}g")}
        self._y += 30 - _ROW
        if self._layout and self._layout.ghosts:
            samples["legend_ghost"] = _ghost_sample()
            kinds["legend_ghost"] = "stands for a node far from here"
        for words in filter(None, (kinds, relations)):
            x, self._y = float(_SPACE), self._y + _ROW
            for name, word in words.items():
                width = _SAMPLE + columns(word) * _LETTER + 18
                if x + width > self._width and x > _SPACE:
                    x, self._y = float(_SPACE), self._y + _ROW
                self._sample(samples[name], x, word)
                x += width

    def _sample(self, group: Element, x: float, word: str) -> None:
        describe(group)
        across, down = _middle(group)
        group.set("transform", f"translate({x + 20 - across:g} {self._y - 4 - down:g})")
        self._add(group)
        self._write(word, x + _SAMPLE - 6, self._y, css="quiet")

    def _write(self, text: str, x: float, y: float, *, size: int = 12, weight: str = "normal", css: str = "") -> None:
        attributes = {"x": f"{x:g}", "y": f"{y:g}", "font-size": str(size), "font-weight": weight}
        SubElement(self._root, "text", attributes | ({"class": css} if css else {})).text = text

    def _add(self, element: Element) -> None:
        for part in element.iter():
            part.tag = part.tag.removeprefix(f"{{{SVG}}}")
            part.tail = None
            if part.tag == "text":
                part.attrib = {name: part.attrib[name] for name in _TEXT if name in part.attrib}
            elif part.get("fill") == "none":
                part.set("class", "hollow")
        self._root.append(element)


def _ghost_sample() -> Element:
    """A dashed box, in the place of one that Graphviz drew."""
    sample = Element(f"{{{SVG}}}g", {"id": "legend_ghost", "class": "node stand"})
    look = {"fill": "none", "stroke": "#5b6770", "stroke-dasharray": "5,2"}
    sample.append(Element(f"{{{SVG}}}path", {"d": "M0,0L30,0L30,18L0,18Z"} | look))
    return sample


def _middle(group: Element) -> tuple[float, float]:
    """The middle of the shapes in a group."""
    numbers = [float(n) for part in group.iter() for n in _NUMBER.findall(part.get("d") or part.get("points") or "")]
    if not numbers:
        ellipse = next(part for part in group.iter() if part.get("cx"))
        return float(ellipse.get("cx") or 0), float(ellipse.get("cy") or 0)
    xs, ys = numbers[::2], numbers[1::2]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
