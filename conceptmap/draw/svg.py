"""The SVG of a picture: what Graphviz drew, with names, titles, a style sheet, a heading and a legend."""

import re
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from conceptmap.draw.dot import box_title, draw_dot, draw_legend, line_title
from conceptmap.draw.labels import columns, wrapped
from conceptmap.draw.markup import markup
from conceptmap.draw.names import line_name, node_name
from conceptmap.draw.picture import Picture
from conceptmap.draw.render import Renderer
from conceptmap.draw.theme import FONTS, style_sheet
from ontology.errors import DrawingFailed

SVG = "http://www.w3.org/2000/svg"
_TEXT = ("x", "y", "text-anchor", "font-size")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_SPACE = 16
_LEAST_WIDTH = 360
_LETTER = 6.3
_SAMPLE = 52
_ROW = 24


def draw_svg(picture: Picture, renderer: Renderer) -> str:
    """The picture as an SVG file that explains itself. Raises `DrawingFailed`."""
    drawn = renderer.render(draw_dot(picture, tooltips=False) + draw_legend(picture)).svg
    parts = [part[part.index("<svg") :] for part in drawn.split("<?xml") if "<svg" in part]
    try:
        body, legend = (ElementTree.fromstring(part) for part in parts)
    except (ElementTree.ParseError, ValueError) as error:
        raise DrawingFailed(f"Graphviz did not answer with two SVG drawings ({error})") from error
    return _Page(picture, body, legend).text()


class _Page:
    """The page that the drawing is put on: heading, remark, drawing and legend from the top down."""

    def __init__(self, picture: Picture, body: Element, legend: Element) -> None:
        self._picture = picture
        width, height = (float(number) for number in (body.get("viewBox") or "0 0 0 0").split()[2:])
        self._width = max(width, _LEAST_WIDTH) + 2 * _SPACE
        self._root = Element(
            "svg", {"class": "map", "role": "img", "aria-labelledby": "map_title map_description", "font-family": FONTS}
        )
        self._describe()
        self._y = 0.0
        self._head()
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

    def _describe(self) -> None:
        picture = self._picture
        counts = f"{len(picture.boxes)} nodes and {len(picture.lines)} edges"
        days = f" in {len(picture.days)} days" if picture.days else ""
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
        titles = self._titles()
        rank = {name: row for row, name in enumerate(titles)}
        groups = [part for part in graph if part.tag == f"{{{SVG}}}g" and part.get("id") in titles]
        for group in groups:
            _set_title(group, titles[group.get("id") or ""])
        graph[:] = sorted(groups, key=lambda group: rank[group.get("id") or ""])
        _raise_words(graph)
        x, y = _NUMBER.findall((graph.get("transform") or "").rpartition("translate")[2])
        graph.attrib = {"id": "map", "transform": f"translate({float(x) + _SPACE:g} {float(y) + self._y:g})"}
        self._add(graph)
        self._y += height

    def _titles(self) -> dict[str, str]:
        """The words of each frame, line and box by its id, in the order in which they are painted and read."""
        labels = {box.id: box.label for box in self._picture.boxes}
        frames = {f"day_{day}": title for day, title in sorted(self._picture.days.items())}
        lines = {line_name(one): line_title(one, labels[one.source], labels[one.target]) for one in self._picture.lines}
        return frames | lines | {node_name(box.id): box_title(box) for box in self._picture.boxes}

    def _legend(self, legend: Element) -> None:
        """Lay the samples out in rows, as wide as the page, with their words behind them."""
        kinds = {f"legend_kind_{row}": kind.name for row, kind in enumerate(self._picture.kinds)}
        relations = {f"legend_relation_{row}": one.name for row, one in enumerate(self._picture.relations)}
        if len(kinds) + len(relations) < 2:
            return
        samples = {group.get("id"): group for group in legend.iter(f"{{{SVG}}}g")}
        self._y += 30 - _ROW
        for words in filter(None, (kinds, relations)):
            x, self._y = float(_SPACE), self._y + _ROW
            for name, word in words.items():
                width = _SAMPLE + columns(word) * _LETTER + 18
                if x + width > self._width and x > _SPACE:
                    x, self._y = float(_SPACE), self._y + _ROW
                self._sample(samples[name], x, word)
                x += width

    def _sample(self, group: Element, x: float, word: str) -> None:
        _set_title(group, None)
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


def _raise_words(graph: Element) -> None:
    """Take the words of the frames out of them and paint them last, so that no line crosses them out."""
    words = Element("g", {"class": "day words"})
    for frame in graph.findall(f"{{{SVG}}}g[@class]"):
        if (frame.get("class") or "").startswith("cluster"):
            for text in frame.findall(f"{{{SVG}}}text"):
                frame.remove(text)
                words.append(text)
    graph.append(words)


def _set_title(group: Element, text: str | None) -> None:
    title = group.find(f"{{{SVG}}}title")
    if title is not None and text:
        title.text = text
    elif title is not None:
        group.remove(title)


def _middle(group: Element) -> tuple[float, float]:
    """The middle of the shapes in a group."""
    numbers = [float(n) for part in group.iter() for n in _NUMBER.findall(part.get("d") or part.get("points") or "")]
    if not numbers:
        ellipse = next(part for part in group.iter() if part.get("cx"))
        return float(ellipse.get("cx") or 0), float(ellipse.get("cy") or 0)
    xs, ys = numbers[::2], numbers[1::2]
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2
