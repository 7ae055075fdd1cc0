"""The drawing on the page: laid out for the newest day, so that nothing moves when the slider hides what is later."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from html import escape

from api.web.cards import since
from api.web.page_state import Asked, edge_words
from conceptmap.draw import Picture, Renderer, Selection, draw_svg, picture_of
from conceptmap.draw.dot import box_title, line_title
from conceptmap.draw.layout import Arrangement
from conceptmap.draw.names import line_name, node_name
from conceptmap.draw.picture import Line
from conceptmap.map import CourseMap
from graphs.view import View
from ontology.model import EdgeKey
from ontology.terms import DAY

MOST_STEPS = 3
_STYLE = re.compile(r"<style>.*?</style>", re.DOTALL)
_PART = re.compile(r'<g id="([ne]_[^"]+)" class="([^"]*)"[^>]*>(.*?)</g>', re.DOTALL)
_TITLE = re.compile(r"\s*<title>.*?</title>", re.DOTALL)
_GROUP = re.compile(r'<g (id="(?:day|g)_[^"]+" |)class="([^"]*\bday_(\d+)\b[^"]*)"')
_GHOST = re.compile(r'id="g_\d+_([^"]+)"')


@dataclass(frozen=True, slots=True)
class Part:
    """A node or an edge on the drawing: since when it is there, and what a link to it says."""

    name: str
    since: int
    title: str
    node: str = ""
    edge: EdgeKey | None = None


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn, how, and what each part of it stands for. `key` is the same for the same picture."""

    key: str
    picture: Picture
    arrangement: Arrangement
    parts: tuple[Part, ...]
    frames: Mapping[int, int] = field(default_factory=dict)

    @property
    def nodes(self) -> frozenset[str]:
        """The ids of the nodes on it."""
        return frozenset(part.node for part in self.parts if part.node)

    @property
    def begins(self) -> int:
        """The first day that has anything on it."""
        return min((part.since for part in self.parts), default=0)

    def edges(self) -> dict[str, list[tuple[Line, Part]]]:
        """The lines and their parts by their source."""
        found: dict[str, list[tuple[Line, Part]]] = {}
        parts = {part.name: part for part in self.parts}
        for line in self.picture.lines:
            found.setdefault(line.source, []).append((line, parts[line_name(line)]))
        return found


def drawing_of(course: CourseMap, asked: Asked, wanted: Iterable[str], centre: str | None) -> Drawing:
    """The drawing that is asked for; else the drawn map, or if it lacks some of `wanted`, what is near the centre."""
    view = course.view() if asked.anew else course.as_of(None).view()
    wanted = {one for one in wanted if view.has_node(one) and view.node(one).kind != DAY}  # frames show the days
    if centre is not None and not view.has_node(centre):
        centre = None
    if asked.view is None:
        drawing = _drawing(view, Selection(), "map", "map", asked)
        if drawing.nodes and (wanted <= drawing.nodes or centre is None):
            return drawing
    if centre is not None and asked.view in (None, "near"):
        return _nearby(view, centre, wanted if asked.view is None else set(), asked)
    # Where no notes place anything, all of it says more than an empty map.
    key = asked.view if asked.view in ("map", "timeline") else "all" if asked.view in (None, "all") else "map"
    arrangement: Arrangement = "timeline" if key == "timeline" else "map"
    return _drawing(view, Selection(whole=key == "all"), arrangement, key, asked)


def svg_of(drawing: Drawing, name: str, asked: Asked, marks: Mapping[str, str], day: int, renderer: Renderer) -> str:
    """The drawing for the page: every part is a link, bears the day since when it is there, and is marked as of `day`.

    `marks` are classes for parts, by their names on the drawing.
    """
    svg = _STYLE.sub("", draw_svg(drawing.picture, renderer, arrangement=drawing.arrangement, inline=True), count=1)
    parts = {part.name: part for part in drawing.parts}
    sinces = {part.name.removeprefix("n_"): part.since for part in drawing.parts if part.node}
    first = next((part.name for part in drawing.parts if part.node and part.since <= day), "")

    def linked(found: re.Match[str]) -> str:
        part = parts.get(found[1])
        if part is None:
            return found[0]
        classes = " ".join(filter(None, (found[2], marks.get(part.name, ""), timed(part.since, day))))
        tab = 0 if part.name == first else -1
        body = _TITLE.sub("", found[3], count=1)
        return (
            f'<a href="{escape(_address(part, name, asked, drawing))}" class="part" tabindex="{tab}" '
            f'{_data(part)}><title>{escape(part.title)}</title><g id="{found[1]}" class="{classes}">{body}</g></a>'
        )

    def dated(found: re.Match[str]) -> str:
        ghost = _GHOST.match(found[1])
        first_day = drawing.frames.get(int(found[3]), int(found[3]))
        first_day = max(first_day, sinces.get(ghost[1], 0)) if ghost else first_day
        classes = " ".join(filter(None, (found[2], timed(first_day, day).replace("new", ""))))
        return f'<g {found[1]}data-since="{first_day}" class="{classes}"'

    return _GROUP.sub(dated, _PART.sub(linked, svg))


def timed(first_day: int, day: int) -> str:
    """The class of what is hidden on a day, or new on it."""
    return "later" if first_day > day else "new" if first_day == day else ""


def _nearby(view: View, centre: str, wanted: set[str], asked: Asked) -> Drawing:
    """What is near the centre: the next nodes, or as many steps on as it takes to have all that is wanted; else all."""
    for depth in range(1, MOST_STEPS + 1):
        key = f"near {centre}" if depth == 1 else f"near {centre} {depth}"
        drawing = _drawing(view, Selection(focus=centre, depth=depth), "map", key, asked)
        if wanted <= drawing.nodes:
            return drawing
    return _drawing(view, Selection(whole=True), "map", "all", asked)


def _drawing(view: View, selection: Selection, arrangement: Arrangement, key: str, asked: Asked) -> Drawing:
    picture = picture_of(view, selection)
    parts = tuple(_parts(picture, view))
    sinces = {part.node: part.since for part in parts if part.node}
    frames: dict[int, int] = {}
    for box in picture.boxes:
        if box.group is not None:
            frames[box.group] = min(frames.get(box.group, sinces[box.id]), sinces[box.id])
    # The day that the picture was laid out for is not the day that is shown.
    heading = picture.heading.rpartition(" as of day ")[0] or picture.heading
    key = f"{key} {view.as_of}" if asked.anew else key
    return Drawing(key, replace(picture, heading=heading), arrangement, parts, frames)


def _parts(picture: Picture, view: View) -> Iterator[Part]:
    sinces: dict[str, int] = {}
    labels = {box.id: box.label for box in picture.boxes}
    for box in picture.boxes:
        sinces[box.id] = since(view, box.id) if view.has_node(box.id) else (box.day or 0)
        yield Part(node_name(box.id), sinces[box.id], box_title(box), box.id)
    for line in picture.lines:
        first_day = max(line.day, sinces[line.source], sinces[line.target])
        key = EdgeKey(line.source, line.relation.name, line.target) if line.relation else None
        title = line_title(line, labels[line.source], labels[line.target])
        yield Part(line_name(line), first_day, title, edge=key)


def _address(part: Part, name: str, asked: Asked, drawing: Drawing) -> str:
    """Where a part leads; in a neighbourhood, a node leads to its own."""
    if part.edge:
        return asked.address(name, edge=edge_words(part.edge), focus=None)
    is_near = drawing.key.startswith("near ") and not asked.q
    return asked.address(name, focus=part.node or None, edge=None, **({"view": "near"} if is_near else {}))


def _data(part: Part) -> str:
    said = f'data-since="{part.since}"'
    if part.node:
        return f'{said} data-node="{escape(part.node)}"'
    if part.edge is None:
        return said
    source, target = escape(part.edge.source), escape(part.edge.target)
    return f'{said} data-edge="{escape(edge_words(part.edge))}" data-source="{source}" data-target="{target}"'
