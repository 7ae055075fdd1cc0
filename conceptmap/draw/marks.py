"""Marks on a finished SVG: what was added, removed and changed, by line, sign and colour, with a key."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from math import dist
from typing import Literal
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from conceptmap.draw.markup import markup
from conceptmap.draw.theme import DARK, LIGHT, Paper

Status = Literal["added", "removed", "changed", "same"]
Point = tuple[float, float]

SVG = "http://www.w3.org/2000/svg"
_SHAPES = ("path", "polygon", "polyline", "ellipse")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_COMMAND = re.compile(r"([A-Za-z])([^A-Za-z]*)")
_WAVE = "M-4,1Q-2,-4 0,0T4,-1"
_NEAR = 14.0
"""So far from a line's start stands its sign, where it carries no name: there lines are still apart."""

_SPACE, _ROW, _LINE, _LETTER = 16, 26, 13, 6.6


@dataclass(frozen=True, slots=True)
class Mark:
    """How a status looks: its word and sign, the strokes of the sign, the dashes and width of lines, its colours."""

    word: str
    sign: str
    strokes: str
    dashes: str
    width: float
    light: tuple[str, str]
    dark: tuple[str, str]


MARKS: Mapping[Status, Mark] = {
    "added": Mark("added", "+", "M-4,0H4M0,-4V4", "", 2.8, ("#dcf3e1", "#1a7037"), ("#12351f", "#7fd69a")),
    "removed": Mark("removed", "−", "M-4,0H4", "5 4", 2.0, ("#fdebe9", "#b3261e"), ("#42191a", "#f2a09a")),
    "changed": Mark("changed", "~", _WAVE, "10 3 2 3", 2.2, ("#fff1cf", "#8a5a00"), ("#3f3010", "#e9c46a")),
    "same": Mark("as before", "", "", "", 1.1, ("#ffffff", "#66727c"), ("#1f262c", "#98a5af")),
}
"""Fill and stroke each, in light and dark."""


def marked(svg: str, boxes: Mapping[str, Status], lines: Mapping[str, tuple[Status, str]]) -> str:
    """The drawing with its boxes and lines, by the ids of their groups, marked, words on the lines, and a key."""
    root = ElementTree.fromstring(svg)
    for element in root.iter():
        element.tag = element.tag.removeprefix(f"{{{SVG}}}")
    root.set("xmlns", SVG)
    groups = {group.get("id"): group for group in root.iter("g")}
    for name, status in boxes.items():
        _mark_box(groups[name], MARKS[status], status)
    words = Element("g", {"class": "said"})
    for name, (status, word) in lines.items():
        _mark_line(groups[name], status, word, words)
    groups["map"].append(words)
    style = next(root.iter("style"))
    style.text = f"{style.text}\n{_style_sheet()}"
    counts = Counter(boxes.values()), Counter(status for status, _ in lines.values())
    _add_key(root, groups["map"], *counts)
    for element in root.iter():
        element.tail = None
    return markup(root) + "\n"


def _mark_box(group: Element, mark: Mark, status: Status) -> None:
    _name(group, status, mark)
    if mark.sign:
        x, y = _corner(group)
        group.append(_badge(mark, x, y))


def _mark_line(group: Element, status: Status, word: str, words: Element) -> None:
    mark = MARKS[status]
    _name(group, status, mark)
    path = next(group.iter("path"), None)
    text = f"{mark.sign} {word}".strip()
    if path is not None and text:
        x, y = _free_point(path.get("d") or "", text, words) if word else _point(path.get("d") or "", 0.0)
        place = {"x": f"{x:g}", "y": f"{y + 4:g}", "text-anchor": "middle", "font-size": "11"}
        SubElement(words, "text", place | {"class": f"change_{status}"}).text = text


def _name(group: Element, status: Status, mark: Mark) -> None:
    """Give a group the class of its status, and say the status in its title too."""
    group.set("class", f"{group.get('class') or ''} change_{status}".strip())
    title = group.find("title")
    if title is not None:
        title.text = f"{mark.word}: {title.text}"


def _badge(mark: Mark, x: float, y: float) -> Element:
    """The sign in a disc, drawn and not written, so that it looks alike with every font."""
    badge = Element("g", {"class": "badge", "transform": f"translate({x:g} {y:g})"})
    SubElement(badge, "circle", r="8", fill=mark.light[1])
    SubElement(badge, "path", {"d": mark.strokes, "fill": "none", "stroke": "#ffffff", "stroke-width": "2"})
    return badge


def _corner(group: Element) -> Point:
    """The upper left corner of a box."""
    points = [point for part in group.iter() if part.tag in _SHAPES for point in _points(part)]
    return min(x for x, _ in points), min(y for _, y in points)


def _points(part: Element) -> Iterator[Point]:
    if part.tag == "ellipse":
        x, y, rx, ry = (float(part.get(name) or 0) for name in ("cx", "cy", "rx", "ry"))
        yield x - 0.7 * rx, y - 0.7 * ry
    else:
        numbers = [float(one) for one in _NUMBER.findall(part.get("d") or part.get("points") or "")]
        yield from zip(numbers[::2], numbers[1::2], strict=False)


def _free_point(path: str, text: str, words: Element) -> Point:
    """A point on a path where the text does not stand on words that are there already; half way, if it can be."""
    points = [_point(path, share) for share in (0.5, 0.35, 0.65, 0.25, 0.75)]
    for x, y in points:
        if not any(_overlap(x, y, text, other) for other in words):
            return x, y
    return points[0]


def _overlap(x: float, y: float, text: str, other: Element) -> bool:
    room = (len(text) + len(other.text or "")) * _LETTER / 2
    return abs(x - float(other.get("x") or 0)) < room and abs(y + 4 - float(other.get("y") or 0)) < _LINE


def _point(path: str, share: float) -> Point:
    """The point that lies so far along a path, but not at its very start."""
    points = list(_along(path))
    lengths = [dist(one, other) for one, other in pairwise(points)]
    left = max(share * sum(lengths), _NEAR)
    for (one, other), length in zip(pairwise(points), lengths, strict=True):
        if length and left <= length:
            part = left / length
            return one[0] + part * (other[0] - one[0]), one[1] + part * (other[1] - one[1])
        left -= length
    return points[-1]


def _along(path: str) -> Iterator[Point]:
    """Points along a path: the ends of straight pieces, and several of each curve."""
    here: Point = (0.0, 0.0)
    for command, said in _COMMAND.findall(path):
        numbers = [float(one) for one in _NUMBER.findall(said)]
        points = list(zip(numbers[::2], numbers[1::2], strict=False))
        step = {"C": 3, "Q": 2}.get(command, 1)
        for first in range(0, len(points) - step + 1, step):
            piece = [here, *points[first : first + step]]
            yield from (_at(piece, share / 8) for share in range(1, 9)) if step > 1 else piece[1:]
            here = piece[-1]


def _at(points: list[Point], share: float) -> Point:
    """The point of a Bézier curve, by de Casteljau's construction."""
    while len(points) > 1:
        points = [(a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1])) for a, b in pairwise(points)]
    return points[0]


def _style_sheet() -> str:
    light = _rules({status: mark.light for status, mark in MARKS.items()}, LIGHT)
    dark = _rules({status: mark.dark for status, mark in MARKS.items()}, DARK)
    lines = [
        f".change_{status} > path, .change_{status} > polygon, .change_{status} > polyline, .change_{status} > ellipse "
        f"{{ stroke-width: {mark.width:g}px;" + (f" stroke-dasharray: {mark.dashes};" if mark.dashes else "") + " }"
        for status, mark in MARKS.items()
    ]
    return "\n".join(
        [
            *lines,
            ".edge > polygon { stroke-dasharray: none !important; stroke-width: 1.2px !important; }",
            ".node.change_removed text { text-decoration: line-through; }",
            ".said text { font-weight: bold; stroke-width: 4px; stroke-linejoin: round; paint-order: stroke; }",
            ".said text.change_same { font-weight: normal; }",
            light,
            f"@media (prefers-color-scheme: dark) {{\n{dark}\n}}",
        ]
    )


def _rules(colors: Mapping[Status, tuple[str, str]], paper: Paper) -> str:
    rules = [
        f".said text {{ stroke: {paper.panel}; }}",
        f".badge path {{ stroke: {paper.paper} !important; fill: none !important; }}",
    ]
    for status, (fill, stroke) in colors.items():
        shapes = ", ".join(f".change_{status} > {shape}" for shape in _SHAPES)
        rules += [
            f"{shapes} {{ fill: {fill}; stroke: {stroke}; }}",
            f".edge.change_{status} > polygon, .edge.change_{status} > ellipse {{ fill: {stroke}; }}",
            f".change_{status} .badge circle {{ fill: {stroke}; }}",
            f"svg.map .said text.change_{status} {{ fill: {stroke}; }}",
        ]
    return "\n".join(rules)


def _add_key(root: Element, drawing: Element, boxes: Counter[Status], lines: Counter[Status]) -> None:
    """Put the key between the heading and the drawing, which makes room for it."""
    head = list(root)[: list(root).index(drawing)]
    tail = list(root)[len(head) :]
    width = float(root.get("width") or 0)
    key, describe = Element("g", {"id": "key"}), next(root.iter("desc"))
    x, y = float(_SPACE), max((float(one.get("y") or 0) for one in head if one.tag == "text"), default=0.0) + 34
    top = y - 8
    for status, mark in MARKS.items():
        words = f"{mark.word}: {counted(boxes[status], lines[status])}"
        room = 50 + len(words) * _LETTER
        if x > _SPACE and x + room > width - _SPACE:
            x, y = float(_SPACE), y + _ROW
        _add_sample(key, status, words, x, y)
        describe.text = f"{describe.text} {words[0].upper()}{words[1:]}."
        x += room
    moved = Element("g", {"transform": f"translate(0 {y - top + _ROW:g})"})
    moved.extend(tail)
    root[len(head) :] = [key, moved]
    height = float(root.get("height") or 0) + y - top + _ROW
    width = max([width, *(_right_end(text) + _SPACE for text in drawing.iterfind("g[@class='said']/text"))])
    root.attrib |= {"width": f"{width:.0f}", "height": f"{height:.0f}", "viewBox": f"0 0 {width:.0f} {height:.0f}"}


def _right_end(text: Element) -> float:
    return float(text.get("x") or 0) + len(text.text or "") * _LETTER / 2


def counted(boxes: int, lines: int) -> str:
    """How many nodes and edges, in words.

    >>> counted(1, 2)
    '1 node, 2 edges'
    """
    return f"{boxes} node{'' if boxes == 1 else 's'}, {lines} edge{'' if lines == 1 else 's'}"


def _add_sample(key: Element, status: Status, words: str, x: float, y: float) -> None:
    mark = MARKS[status]
    sample = SubElement(key, "g", {"class": f"change_{status}"})
    shape = {"d": f"M{x + 6:g},{y - 13:g}h24v16h-24z", "fill": mark.light[0], "stroke": mark.light[1]}
    SubElement(sample, "path", shape | {"stroke-width": f"{mark.width:g}"})
    if mark.sign:
        sample.append(_badge(mark, x + 6, y - 13))
    SubElement(key, "text", {"x": f"{x + 38:g}", "y": f"{y:g}", "font-size": "12"}).text = words
