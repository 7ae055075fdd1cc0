"""The text diagram: the drawn map, or what is near a node, as an indented tree of lines."""

from collections.abc import Mapping
from textwrap import wrap
from types import MappingProxyType

from conceptmap.draw.hanging import drawn_branches
from conceptmap.draw.labels import drawn_label, standing
from conceptmap.draw.picture import DrawnEdge
from conceptmap.draw.scope import BESIDES, nearby
from conceptmap.draw.selection import Selection, way
from conceptmap.draw.tree import Branch, branches
from graphs.view import View
from ontology.errors import DrawingFailed
from ontology.terms import ASKS, DAY, INTRODUCED_ON, LEADS_TO, PART_OF

QUESTION_WIDTH = 48
"""Columns of a question beside the tree, as the sample course draws it."""
MAX_LEVELS = 100
"""So deep may a tree be: its indent is 400 columns then, wider than any window."""
_SAID_BY_TREES = frozenset({PART_OF, LEADS_TO, ASKS})
"""Relations that a tree in a note says by its branches and arrows, so that the diagram need not name them."""


def draw_text(view: View, selection: Selection | None = None) -> str:
    """The drawn map as text, without a line end at its end; where no note draws a tree, what is part of what.

    "(Day N)" stands behind a root and behind a node whose day is not its parent's, except for the day the view
    stands at. A root keeps its trunk down to the next one. A branch that only asks a question is an aside: `→`.
    What is more than a part of the node above stands behind its relation, if the notes' trees do not say that.
    With a focus, that node is the root, and under it stands what is near it, each node once, behind the relation to
    the node above. Raises `DrawingFailed` where a selection is no tree, or the tree is too deep to indent.
    """
    selection = selection or Selection()
    if selection.focus is not None:
        return _near(view, selection)
    if selection.whole or selection.kinds or selection.relations:
        raise DrawingFailed("the text diagram shows the drawn map only; choose the format outline, svg or mermaid")
    hung = drawn_branches(view)
    if hung is None:
        return f"{view.size} nodes are too many to draw as one tree; choose the format outline, or a day (--as-of)."
    if hung.roots:
        tree = _Tree(view, _relations(view, hung.roots), hung.more)
        for root in hung.roots:
            tree.add_root(root, trunk=root is not hung.roots[-1])
        remark = hung.remark("--focus shows what is near a node")
        return "\n".join([*tree.lines, *(("", remark) if remark else ())])
    return f"Nothing is placed on the map {standing(view)}."


def left_out(view: View) -> str:
    """How many nodes the trees of the notes place of all; empty where they place all of them."""
    if not view.has_places or (hung := drawn_branches(view)) is None or hung.left_out:
        return ""
    drawn = len({branch.node.id for branch in branches(hung.roots)})
    days = sum(1 for _ in view.node_ids_after("", DAY))
    nodes = view.size - days
    return f"{BESIDES if days else ''}{drawn} of {nodes} nodes are drawn" if drawn < nodes else ""


def _near(view: View, selection: Selection) -> str:
    """What is near a node, ring by ring: each node under the first of the nodes that it is joined to."""
    picture = nearby(view, selection)
    root = picture.nodes[0]
    is_day = root.kind.name == DAY
    edges = [one for one in picture.edges if is_day or one.relation_name != INTRODUCED_ON]
    joined: dict[str, dict[str, list[DrawnEdge]]] = {node.id: {} for node in picture.nodes}
    for edge in edges:
        for one, other in ((edge.source, edge.target), (edge.target, edge.source)):
            joined[one].setdefault(other, []).append(edge)
    found = {node.id: Branch(view.node(node.id), node.day, None, []) for node in picture.nodes}
    words: dict[tuple[str, str], str] = {}
    ring, seen = [root.id], {root.id}
    while ring:
        outside = []
        for one in ring:
            for other in sorted(joined[one].keys() - seen, key=lambda end: _rank(one, joined[one][end], found[end])):
                words[one, other] = ", ".join(dict.fromkeys(_said(edge, one) for edge in joined[one][other]))
                found[one].children.append(found[other])
                outside.append(other)
            seen.update(outside)
        ring = outside
    tree = _Tree(view, words)
    tree.add_root(found[root.id], trunk=False)
    remarks = [picture.notice] if picture.notice else []
    if (others := len(edges) - sum(len(joined[one][other]) for one, other in words)) > 0:
        more = f"{others} more edge{' joins' if others == 1 else 's join'} what stands here"
        remarks.append(f"{more}; {way(view, selection, 'outline')}.")
    return "\n".join([*tree.lines, *([""] if remarks else []), *remarks])


def _relations(view: View, roots: tuple[Branch, ...]) -> dict[tuple[str, str], str]:
    """What each branch is to the node above it, in words, where the tree does not say so by itself."""
    words: dict[tuple[str, str], str] = {}
    for branch in branches(roots):
        edge = branch.edge
        if edge is None or edge.relation in (_SAID_BY_TREES if edge.parent else {PART_OF}):
            continue
        above = edge.other(branch.node.id)
        known = view.vocabulary.relations.get(edge.relation)
        inverse = known.inverse if known else edge.relation
        words[above, branch.node.id] = edge.relation if edge.source == above else inverse
    return words


def _said(edge: DrawnEdge, one: str) -> str:
    """What an edge says of one of its ends."""
    relation = edge.relation
    assert relation is not None
    return relation.name if edge.source == one else relation.inverse


def _rank(one: str, edges: list[DrawnEdge], other: Branch) -> tuple[int, str, int, str]:
    """The order of what a node is joined to: by relation, direction and day."""
    order = edges[0].relation.order if edges[0].relation else 0
    return order, _said(edges[0], one), other.day or 0, other.node.id


class _Tree:
    """Lines of branches; `words` says what joins a node to the one above it, `more` how many stand under it unseen."""

    def __init__(
        self,
        view: View,
        words: Mapping[tuple[str, str], str] = MappingProxyType({}),
        more: Mapping[str, int] = MappingProxyType({}),
    ) -> None:
        self._view = view
        self._words = words
        self._more = more
        self.lines: list[str] = []

    def add_root(self, root: Branch, *, trunk: bool) -> None:
        self.lines.append(self._titled(root, None))
        waiting: list[str | tuple[Branch, str]] = [*reversed(self._under(root, "", trunk))]
        while waiting:
            item = waiting.pop()
            if isinstance(item, str):
                self.lines.append(item)
            else:
                waiting.extend(reversed(self._under(*item, trunk=False)))
        if trunk:
            self.lines.append("│")

    def _under(self, node: Branch, indent: str, trunk: bool) -> list[str | tuple[Branch, str]]:
        """The lines right under a node, and in their places the children whose own lines are still to come."""
        if len(indent) > 4 * MAX_LEVELS:
            raise DrawingFailed(
                f"the tree is more than {MAX_LEVELS} levels deep; draw it as an outline or with a focus"
            )
        children = [child for child in node.children if not child.asked]
        found: list[str | tuple[Branch, str]] = [indent + "│"] if children else []
        for child in children:
            ends = child is children[-1] and not trunk
            found.append(f"{indent}{'└── ' if ends else '├── '}{self._titled(child, node)}")
            found.append((child, indent + ("    " if ends else "│   ")))
        aside = indent + ("│ " if trunk else "")
        return found + [aside + line for child in node.children if child.asked for line in self._aside(child, node)]

    def _aside(self, child: Branch, parent: Branch) -> list[str]:
        assert child.asked is not None
        question = self._titled(child.asked, child)
        words = wrap(question, QUESTION_WIDTH, break_long_words=False, break_on_hyphens=False)
        return [f"→ {drawn_label(child.node)}:{self._mark(child, parent)}", *(f"  {line}" for line in words)]

    def _titled(self, branch: Branch, parent: Branch | None) -> str:
        words = self._words.get((parent.node.id, branch.node.id)) if parent else None
        more = f", and {count} more" if (count := self._more.get(branch.node.id)) else ""
        return (f"{words}: " if words else "") + drawn_label(branch.node) + self._mark(branch, parent) + more

    def _mark(self, branch: Branch, parent: Branch | None) -> str:
        known = (parent is not None and branch.day == parent.day) or branch.node.kind == DAY
        return "" if known or branch.day in (self._view.day, None) else f" ({self._view.day_label(branch.day)})"
