"""The pages of a published map: which there are, and what each shows."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import chain
from typing import Any

from api.publishing.paths import INDEX, MISSING, OUTLINE, Paths, PublishedState, edge_anchor
from api.publishing.processes import made_by_all
from api.web.cards import contrasts, since
from api.web.drawing import Drawing, drawing_of, svg_of
from api.web.home import ListedMap
from api.web.note_page import note_page
from api.web.page_data import Day, days_in_words, days_of, page_data
from api.web.site import Site
from conceptmap.card import Card
from conceptmap.draw import Renderer
from conceptmap.map import CourseMap
from conceptmap.plain_words import counted
from conceptmap.values import FoldedNode, PartKey, View, cite, extent_of
from conceptmap.word_list import listed_words
from ontology.model import EdgeKey
from ontology.names import day_id
from ontology.terms import DAY, INTRODUCED_ON, UNIT

Values = dict[str, Any]
"""What a template is filled with, by the names that it uses."""
ALWAYS = (0, 1_000_000)
"""Days between which nothing on a drawing is hidden or new."""


@dataclass(frozen=True, slots=True)
class PageFile:
    """A file of the site: its path, with `/`, and its bytes."""

    path: str
    body: bytes


@dataclass(frozen=True, slots=True)
class Social:
    """What other programs show of a page that somebody links to; the addresses are whole, and empty without a base."""

    title: str
    description: str
    address: str = ""
    image: str = ""


@dataclass(frozen=True, slots=True)
class NodePage:
    """What the page of a node shows."""

    card: Card
    day: int
    drawing: Drawing | None = None


class Anchors:
    """The anchors of edges on one page, each given once."""

    def __init__(self) -> None:
        self._given: set[str] = set()

    def of(self, key: EdgeKey) -> str:
        """The anchor of an edge."""
        return edge_anchor(key)

    def first(self, key: EdgeKey) -> bool:
        """Whether it was not given on this page before."""
        known = edge_anchor(key) in self._given
        self._given.add(edge_anchor(key))
        return not known


def _made(make: Callable[[], Iterable[PageFile]]) -> list[PageFile]:
    return list(make())


@dataclass(frozen=True)
class Publication:
    """A map as it is now, on the way to a folder of files; `base` is where the folder will stand on the web."""

    course: CourseMap
    site: Site
    renderer: Renderer
    base: str = ""
    image: str = ""

    @cached_property
    def view(self) -> View:
        """The newest view of the map."""
        return self.course.view()

    @cached_property
    def paths(self) -> Paths:
        """Where each page lies."""
        return Paths(self.view)

    @cached_property
    def days(self) -> tuple[Day, ...]:
        """The days that have notes, in order."""
        return days_of(self.view)

    @cached_property
    def sinces(self) -> Mapping[str, int]:
        """The day from which on each node is shown."""
        return {one: since(self.view, one) for one in self.view.node_ids()}

    @cached_property
    def cited(self) -> Mapping[PartKey, set[tuple[int, int]]]:
        """The lines of each part that anything is cited from."""
        found: dict[PartKey, set[tuple[int, int]]] = {key: set() for key in self.view.parts()}
        of_nodes = (cite(one) for node in self.view.nodes() for one in node.assertions)
        of_edges = (cite(one) for edge in self.view.edges() for one in edge.assertions)
        for said in chain(of_nodes, of_edges):
            if said.lines and (key := PartKey(said.day, said.file)) in found:
                found[key].add(said.lines)
        return found

    @cached_property
    def title(self) -> str:
        """The name of the map in words."""
        return ListedMap(self.course.name, extent_of(self.view), None).title

    @cached_property
    def summary(self) -> str:
        """What is in the map, in a sentence."""
        extent = extent_of(self.view)
        said = f"A concept map of {counted(extent.nodes, 'node')} and {counted(extent.edges, 'edge')}"
        days = ListedMap(self.course.name, extent, None).days
        return f"{said}, {days}" if days else said

    def pages(self) -> Iterator[PageFile]:
        """All pages, in whatever order."""
        nodes = list(self.view.nodes())
        days = range(len(self.days))
        made: list[Callable[[], Iterable[PageFile]]] = [self.overviews]
        made += [partial(self.day, number) for number in days]
        made += [partial(self.node, one) for one in nodes if not self.paths.node(one.id).startswith("days/")]
        notes = map(self.note, self.view.parts())  # which are read from the store
        for files in made_by_all(_made, made, ([one] for one in notes)):
            yield from files

    def lasting(self) -> Iterator[str]:
        """The paths of the pages that are worth finding from elsewhere."""
        yield from (INDEX, OUTLINE)
        for day in self.days:
            yield from (self.paths.day(day.number), self.paths.changes(day.number))
        yield from (self.paths.note(*key) for key in self.view.parts())
        yield from (self.paths.node(node.id) for node in self.view.nodes() if node.kind != DAY)

    # The pages.

    def overviews(self) -> Iterator[PageFile]:
        """What is there once."""
        yield self.index()
        yield self.outline()
        yield self.list_of_days()
        yield self.compared()
        yield self.missing()
        yield self.search_index()

    def index(self) -> PageFile:
        """The map with all its days."""
        state = self._state(INDEX)
        page = page_data(self.course, state)
        draw = partial(svg_of, page.drawing, page.name, state, {}, (page.first, page.day), self.renderer)
        return self._page(INDEX, "published/map.html", self.title, self.summary, {"page": page, "draw": draw})

    def outline(self) -> PageFile:
        """Every node in words, by the day that introduces it."""
        nodes: dict[int, list[FoldedNode]] = {}
        for node in self.view.nodes():
            if node.kind != DAY:
                nodes.setdefault(self.sinces[node.id], []).append(node)
        values: Values = {"days": self.days, "nodes": nodes}
        return self._page(OUTLINE, "published/outline.html", "All nodes", self.summary, values)

    def day(self, number: int) -> Iterator[PageFile]:
        """A day: its notes, what it introduces, and what it changed."""
        day = self.days[number]
        node = day_id(day.number)
        card = self.course.card(node) if self.view.has_node(node) else None
        new = [one for one in self.view.nodes() if one.kind != DAY and self.sinces[one.id] == day.number]
        described = f"{counted(len(new), 'node')} introduced on {day.words}"
        values: Values = {
            "page": NodePage(card, day.number) if card else None,
            "day": day,
            "new": new,
            **self._beside(number),
        }
        yield self._page(self.paths.day(day.number), "published/day.html", day.title, described, values)
        yield from self.changes(number)

    def list_of_days(self) -> PageFile:
        """The days."""
        return self._page("days/index.html", "published/days.html", "Days", self.summary, {"days": self.days})

    def changes(self, number: int) -> Iterator[PageFile]:
        """What a day changed, and a picture of it; the first day changed nothing that was there."""
        day = self.days[number]
        before = min((one.number for one in self.days), default=0) - 1 if number == 0 else self.days[number - 1].number
        compared = self.course.diff(before, day.number)
        values: Values = {
            "before": before,
            "after": day.number,
            "diff": compared.diff,
            "comparison": compared,
            **self._beside(number),
        }
        path, title = self.paths.changes(day.number), f"What changed on {day.words}"
        yield self._page(path, "changes.html", title, title, values)
        yield PageFile(self.paths.picture_of_changes(day.number), compared.draw(renderer=self.renderer).encode())

    def compared(self) -> PageFile:
        """What the map sets against each other."""
        values: Values = {"pairs": contrasts(self.view), "day": self.view.day}
        return self._page("compare.html", "compare.html", "Compared", "What is set against each other", values)

    def note(self, key: PartKey) -> PageFile:
        """A note as it reads, and what its lines made."""
        path = self.paths.note(*key)
        page = note_page(self.course, self._state(path), key.day, key.part, "", self.cited[key])
        notes = [PartKey(one.number, part) for one in self.days for part in one.parts]
        here = notes.index(key)
        values: Values = {
            "page": page,
            "note": page.note,
            "day": next(one for one in self.days if one.number == key.day),
            "before": notes[here - 1] if here else None,
            "after": notes[here + 1] if here + 1 < len(notes) else None,
        }
        title = page.note.document.title or key.part
        return self._page(path, "note.html", title, f"A note of {values['day'].words}", values)

    def node(self, node: FoldedNode) -> Iterator[PageFile]:
        """A node: what is said of it, what it is joined to, and a picture of that; its former ids lead to it."""
        path = self.paths.node(node.id)
        state = replace(self._state(path), focus=node.id, view="near")
        drawing = drawing_of(self.course, state, (), node.id)
        draw = partial(svg_of, drawing, self.course.name, state, {}, ALWAYS, self.renderer)
        page = NodePage(self.course.card(node.id), self.view.day or 0, drawing)
        units = [edge for edge in self.view.edges_to(node.id) if edge.relation != INTRODUCED_ON]
        members = [self.view.node(edge.source) for edge in units] if node.kind == UNIT else []
        described = " ".join((node.text or f"{node.kind} in {self.title}").split())[:200]
        values: Values = {"page": page, "draw": draw, "members": members}
        yield self._page(path, "published/node.html", node.label, described, values, state)
        yield from (self.moved(former, node) for former in self.view.leading_to(node.id))

    def moved(self, former: str, node: FoldedNode) -> PageFile:
        """The page of an id that a node had before it was renamed or merged: it leads on."""
        path = self.paths.former(former)
        return self._page(path, "published/moved.html", node.label, f"Now: {node.label}", {"node": node})

    def missing(self) -> PageFile:
        """What servers show where there is no page; as nobody knows at which depth, its links begin with the base."""
        return self._page(MISSING, "published/missing.html", "No such page", self.summary, {})

    def search_index(self) -> PageFile:
        """All words with the nodes that hold them, as a script: a page may read no other files."""
        nodes = [one for one in self.view.nodes() if one.kind != DAY]
        when = days_in_words(self.days)
        rows = [(self.paths.node(one.id), one.label, one.kind, when(self.sinces[one.id])) for one in nodes]
        listed = listed_words(self.view, [one.id for one in nodes])
        words = [(one.word, one.root, one.in_label, one.in_alias, one.in_text) for one in listed]
        index = json.dumps({"nodes": rows, "words": words}, ensure_ascii=False, separators=(",", ":"))
        return PageFile("search-index.js", f"globalThis.searchIndex = {index};\n".encode())

    def _beside(self, number: int) -> Mapping[str, Day | None]:
        """The days before and after a day."""
        return {
            "day_before": self.days[number - 1] if number else None,
            "day_after": self.days[number + 1] if number + 1 < len(self.days) else None,
        }

    def _state(self, path: str) -> PublishedState:
        root = "/".join([".."] * path.count("/")) or "."
        if path == MISSING and self.base:
            root = self.base
        return PublishedState(root=root, paths=self.paths)

    def _page(
        self,
        path: str,
        template: str,
        title: str,
        description: str,
        values: Values,
        state: PublishedState | None = None,
    ) -> PageFile:
        """A template filled in. `title` stands in its head and in previews."""
        state = state or self._state(path)
        social = Social(title, description, f"{self.base}/{path}" if self.base else "", self.image)
        given = {
            "name": self.course.name,
            "map_title": self.title,
            "title": title,
            "state": state,
            "paths": self.paths,
            "here": path,
            "social": social,
            "anchors": Anchors(),
            "when": days_in_words(self.days),
        }
        return PageFile(path, self.site.html(template, state.root, **{**given, **values}).encode())
