"""The picture of a diff: what either view draws, told apart as added, removed, changed or as before."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cached_property

from conceptmap.draw.marks import Status, counted, marked
from conceptmap.draw.names import line_name, node_name
from conceptmap.draw.picture import Box, Line, Picture, box_of, group_titles, in_reading_order, lines_of
from conceptmap.draw.render import Renderer, find_renderer
from conceptmap.draw.svg import draw_svg
from conceptmap.draw.tree import branches, drawn_map
from graphs.diff import Diff, Shift
from graphs.view import FoldedEdge, View
from ontology.model import EdgeKey
from ontology.terms import DAY, HUBS
from ontology.vocabulary import Relation

MOST_BOXES = 150
"""So many nodes are drawn of all that differs: first the nodes that differ themselves, then their neighbours."""

MOST_NAMES = 40
"""Up to so many lines carry the names of their relations; more names would stand upon each other."""

_PLAIN = {"fill": "#ffffff", "stroke": "#66727c"}
_PLAIN_LINE = {"color": "#66727c", "line_style": "solid"}


def draw_difference(
    before: View, after: View, diff: Diff, title: str, *, whole: bool = False, renderer: Renderer | None = None
) -> str:
    """One SVG of the two drawn maps; or `whole`: of the nodes and edges that differ, and their neighbours.

    Kinds are told by shape and relations by name (where there are many lines, by their arrows), so that line,
    sign and colour are free to tell what changed.
    """
    union = _Union(before, after, diff)
    picture = union.differing(title) if whole else union.drawn_maps(title)
    svg = draw_svg(picture, renderer or find_renderer())
    boxes = {node_name(box.id): union.status_of_box(box) for box in picture.boxes}
    named = isinstance(picture, _NamedLines)
    lines = {line_name(line): (union.status_of_line(line), _words(line) if named else "") for line in picture.lines}
    return marked(svg, boxes, lines)


class _NamedLines(Picture):
    """A picture whose lines carry their relations' names, so that its legend need not explain them."""

    @property
    def relations(self) -> list[Relation]:
        return []


@dataclass(frozen=True)
class _Union:
    """Both views as one: of what both have the newer, of what is gone the older."""

    before: View
    after: View
    diff: Diff

    def drawn_maps(self, title: str) -> Picture:
        """What stands on either drawn map."""
        found = [branch for view in (self.after, self.before) for branch in branches(drawn_map(view))]
        nodes = list(dict.fromkeys(branch.node.id for branch in found))
        edges = {self._key(branch.edge): branch.edge for branch in reversed(found) if branch.edge}
        picture = self._picture(nodes, edges.values(), title)
        return replace(picture, remark=self._what_is_not_drawn(nodes, edges))

    def differing(self, title: str) -> Picture:
        """What differs and what an edge joins to it; days, units and sources only where they differ themselves."""
        found = dict.fromkeys(node for node in self._nodes if self._view(node).node(node).kind != DAY)
        near = [end for key in self._edges for end in (key.source, key.target)]
        near += [edge.other(node) for node in found for edge in self._edges_at(node)]
        found |= dict.fromkeys(node for node in near if self._view(node).node(node).kind not in HUBS)
        nodes = list(found)[:MOST_BOXES]
        inside = set(nodes)
        edges = {self._key(edge): edge for node in nodes for edge in self._edges_at(node) if edge.other(node) in inside}
        picture = self._picture(nodes, edges.values(), title)
        left_out = f"{len(found) - len(nodes)} more nodes are left out." if len(found) > len(nodes) else ""
        return replace(picture, boxes=tuple(in_reading_order(picture.boxes, picture.lines)), remark=left_out)

    def status_of_box(self, box: Box) -> Status:
        """What became of a node."""
        return self._nodes.get(box.id, "same")

    def status_of_line(self, line: Line) -> Status:
        """What became of the edges that a line stands for."""
        name = line.relation.name if line.relation else ""
        keys = [EdgeKey(line.source, name, line.target, one) for one in line.dimensions or (None,)]
        found = {self._edges.get(self.after.folded_key(key), "same") for key in keys}
        return found.pop() if len(found) == 1 else "changed"

    @cached_property
    def _nodes(self) -> Mapping[str, Status]:
        nodes = self.diff.nodes
        return {
            **{node.id: "added" for node in nodes.added},
            **{node.id: "removed" for node in nodes.removed},
            **{change.after.id: "changed" for change in nodes.news},
        }

    @cached_property
    def _edges(self) -> Mapping[EdgeKey, Status]:
        edges = self.diff.edges
        return {
            **{self._key(edge): "added" for edge in edges.added},
            **{self._key(edge): "removed" for edge in edges.removed},
            **{self._key(change.after): "changed" for change in edges.news},
        }

    def _key(self, edge: FoldedEdge) -> EdgeKey:
        return self.after.folded_key(edge.key)

    def _view(self, node: str) -> View:
        """The view that a node is read from."""
        return self.after if self.after.has_node(node) else self.before

    def _edges_at(self, node: str) -> Iterable[FoldedEdge]:
        views = (self.before, self.after)
        return {
            self._key(edge): edge for view in views for edge in (*view.edges_from(node), *view.edges_to(node))
        }.values()

    def _picture(self, nodes: Iterable[str], edges: Iterable[FoldedEdge], title: str) -> Picture:
        shifts = {shift.node.id: shift for shift in self.diff.claims}
        boxes = {node: self._box(node, shifts.get(node)) for node in nodes}
        lines = tuple(map(_plain_line, lines_of(self.after, edges, boxes)))
        dated = set(self.after.days())
        days = {box.day for box in boxes.values() if box.day is not None}
        titles = group_titles(self.before, days - dated) | group_titles(self.after, days & dated)
        picture = _NamedLines if len(lines) <= MOST_NAMES else Picture
        return picture(title, "", tuple(boxes.values()), lines, dict(sorted(titles.items())))

    def _box(self, node: str, shift: Shift | None) -> Box:
        view = self._view(node)
        box = box_of(view, view.node(node), view.introduced_on(node))
        detail = ""
        if shift:
            detail = f"now {shift.after.supports} for, {shift.after.opposes} against"
        return replace(box, kind=box.kind.model_copy(update=_PLAIN), detail=detail)

    def _what_is_not_drawn(self, nodes: list[str], edges: Mapping[EdgeKey, FoldedEdge]) -> str:
        drawn = [] if nodes else ["Nothing is placed on either map."]
        hidden = len(self._nodes.keys() - set(nodes)), len(self._edges.keys() - edges.keys())
        if any(hidden):
            drawn.append(f"{counted(*hidden)} that differ stand beside the drawn map and are left out.")
        return " ".join(drawn)


def _plain_line(line: Line) -> Line:
    return replace(line, relation=line.relation.model_copy(update=_PLAIN_LINE)) if line.relation else line


def _words(line: Line) -> str:
    return line.relation.name if line.relation else ""
