"""The drawing on the page: laid out for the newest day, so that nothing moves when the slider hides what is later."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from api.web.cards import since
from api.web.page_state import PageState, edge_words
from conceptmap.draw import (
    COUNTED,
    Arrangement,
    DrawnEdge,
    DrawnShare,
    Part,
    Picture,
    Renderer,
    Selection,
    draw_svg,
    picture_of,
)
from conceptmap.map import CourseMap
from conceptmap.values import View
from ontology.terms import DAY

MOST_STEPS = 3
"""So far the nearby is widened to have all that is wanted; four steps reach most of a map."""
_BOXES = "choose a box to see what is under it"
"""How the page shows what a picture of boxes leaves out; beside it stands a link to all."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """What is drawn, how, and since which day each part is there, by its name. `key` is the same for the same picture.

    `frames` gives the first day on which a frame has anything in it; `left_out` says how much is not on it.
    """

    key: str
    picture: Picture
    arrangement: Arrangement
    sinces: Mapping[str, int]
    frames: Mapping[int, int]
    left_out: str = ""

    @property
    def nodes(self) -> frozenset[str]:
        """The ids of the nodes on it."""
        return frozenset(node.id for node in self.picture.nodes)

    @property
    def begins(self) -> int:
        """The first day that has anything on it."""
        return min(self.sinces.values(), default=0)

    def edges(self) -> dict[str, list[DrawnEdge]]:
        """The edges by their source."""
        found: dict[str, list[DrawnEdge]] = {}
        for edge in self.picture.edges:
            found.setdefault(edge.source, []).append(edge)
        return found


def drawing_of(course: CourseMap, state: PageState, wanted: Iterable[str], centre: str | None) -> Drawing:
    """The drawing that is asked for; else the drawn map, or if it lacks some of `wanted`, what is near the centre."""
    view = course.view() if state.anew else course.as_of(None).view()
    wanted = {one for one in wanted if view.has_node(one) and view.node(one).kind != DAY}  # frames show the days
    if centre is not None and not view.has_node(centre):
        centre = None
    if state.view is None:
        drawing = _drawing(view, Selection(), "map", "map", state)
        if drawing.nodes and (wanted <= drawing.nodes or centre is None):
            return drawing
    if centre is not None and state.view in (None, "near"):
        return _nearby(view, centre, wanted if state.view is None else set(), state)
    # Where no notes place anything, all of it says more than an empty map.
    key = state.view if state.view in ("map", "timeline") else "all" if state.view in (None, "all") else "map"
    arrangement: Arrangement = "timeline" if key == "timeline" else "map"
    return _drawing(view, Selection(whole=key == "all"), arrangement, key, state)


def as_of_day(drawing: Drawing, view: View, day: int) -> Drawing:
    """The drawing with the count of what is left out true for an earlier day: of its nodes and edges, not of all."""
    if not drawing.left_out.endswith(COUNTED):
        return drawing
    nodes = (one for one in drawing.picture.nodes if drawing.sinces[one.name] <= day)
    edges = (one for one in drawing.picture.edges if drawing.sinces[one.name] <= day)
    return replace(drawing, left_out=DrawnShare.of(view, nodes, edges).remark)


def drawing_of_excerpt(view: View) -> Drawing:
    """The drawing of a few nodes by themselves."""
    return _drawing(view, Selection(whole=True), "map", "excerpt", PageState())


def drawing_alone(course: CourseMap, node: str | None, depth: int) -> Drawing:
    """The drawing of a map as of its day by itself: the drawn map, else all of it; or what is so near a node."""
    view = course.view()
    if node is not None:
        return _drawing(view, Selection(focus=node, depth=depth), "map", f"near {node}", PageState())
    drawing = _drawing(view, Selection(), "map", "map", PageState())
    return drawing if drawing.nodes else _drawing(view, Selection(whole=True), "map", "all", PageState())


def svg_of(
    drawing: Drawing, name: str, state: PageState, marks: Mapping[str, str], days: tuple[int, int], renderer: Renderer
) -> str:
    """The drawing for the page: every part is a link, bears the day since when it is there, and is marked as of a day.

    `days` gives the oldest day of the map and the day that is shown; `marks` classes for parts, by their names on the
    drawing. Raises `DrawingFailed`.
    """
    oldest, day = days
    first = next((node.name for node in drawing.picture.nodes if drawing.sinces[node.name] <= day), "")

    def decorated(part: Part) -> Part:
        if part.group is not None:
            begins = drawing.frames.get(part.group, part.group)
            if part.node:
                begins = max(begins, drawing.sinces[part.node.name])
            classes = f"{part.classes} later" if begins > day else part.classes
            return replace(part, classes=classes, attributes={**part.attributes, "data-since": str(begins)})
        begins = drawing.sinces[part.name]
        classes = " ".join(filter(None, (part.classes, marks.get(part.name), timed(begins, day, oldest))))
        tab = {"class": "part", "tabindex": "0" if part.name == first else "-1", "data-since": str(begins)}
        link = _address(part, name, state, drawing)
        return replace(part, link=link, classes=classes, attributes=tab | _data(part))

    return draw_svg(drawing.picture, renderer, arrangement=drawing.arrangement, inline=True, decorate=decorated)


def timed(first_day: int, day: int, oldest: int) -> str:
    """The class of what is hidden on a day, "later", or "new" on it; else nothing. On the oldest day nothing is new."""
    return "later" if first_day > day else "new" if first_day == day > oldest else ""


def _nearby(view: View, centre: str, wanted: set[str], state: PageState) -> Drawing:
    """What is near the centre: the next nodes, or as many steps on as it takes to have all that is wanted; else all."""
    for depth in range(1, MOST_STEPS + 1):
        key = f"near {centre}" if depth == 1 else f"near {centre} {depth}"
        drawing = _drawing(view, Selection(focus=centre, depth=depth), "map", key, state)
        if wanted <= drawing.nodes:
            return drawing
    return _drawing(view, Selection(whole=True), "map", "all", state)


def _drawing(view: View, selection: Selection, arrangement: Arrangement, key: str, state: PageState) -> Drawing:
    picture = picture_of(view, selection)
    days = {one.id: since(view, one.id) if view.has_node(one.id) else (one.day or 0) for one in picture.nodes}
    sinces = {one.name: days[one.id] for one in picture.nodes}
    sinces |= {one.name: max(one.day, days[one.source], days[one.target]) for one in picture.edges}
    frames: dict[int, int] = {}
    for node in picture.nodes:
        if node.group is not None:
            frames[node.group] = min(frames.get(node.group, days[node.id]), days[node.id])
    # The day that the picture was laid out for is not the day that is shown.
    heading = view.map or picture.heading
    key = f"{key} {view.as_of}" if state.anew else key
    boxes = _BOXES if any(node.more for node in picture.nodes) else ""
    counts = picture.remark.partition(". ")[0] if boxes or picture.way else picture.remark
    left_out = "; ".join(filter(None, (counts.removesuffix("."), boxes)))
    return Drawing(key, replace(picture, heading=heading, remark="", way=""), arrangement, sinces, frames, left_out)


def _address(part: Part, name: str, state: PageState, drawing: Drawing) -> str:
    """Where a part leads; in a neighbourhood, a node leads to its own."""
    if part.edge and part.edge.key:
        return state.address(name, edge=edge_words(part.edge.key), focus=None)
    is_near = (drawing.key.startswith("near ") and not state.q) or (part.node is not None and part.node.more > 0)
    node = part.node.id if part.node else None
    return state.address(name, focus=node, edge=None, **({"view": "near"} if is_near else {}))


def _data(part: Part) -> dict[str, str]:
    if part.node:
        return {"data-node": part.node.id}
    if part.edge is None or part.edge.key is None:
        return {}
    source, target = part.edge.source, part.edge.target
    return {"data-edge": edge_words(part.edge.key), "data-source": source, "data-target": target}
