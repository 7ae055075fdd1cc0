"""What notes that draw no tree are drawn as: a node hangs under its whole, else under what an edge joins it to."""

from collections.abc import Iterator, Mapping, Set
from itertools import chain
from types import MappingProxyType
from typing import NamedTuple

from conceptmap.draw.tree import Branch, branches, drawn_map
from conceptmap.plain_words import counted
from graphs.fold import Part, PartKey
from graphs.view import FoldedEdge, FoldedNode, View
from ontology.model import Document
from ontology.names import CONTRIBUTED
from ontology.terms import ABOUT, ASKS, CITES, DAY, EXAMPLE_OF, INTRODUCED_ON, LEADS_TO, PART_OF, UNIT

MOST_HUNG = 150
"""Nodes that are drawn at once: three screens of text, and half of what a picture holds, as nobody chose places."""

MOST_READ = 20_000
"""Nodes of a map that is hung up at all, in half a second; of a larger one a hundred branches would say little."""

_FIRST = (PART_OF, EXAMPLE_OF, ABOUT)
"""The relations that say best where a node belongs; the others follow in the order of the vocabulary."""

_DOWNWARDS = frozenset({LEADS_TO, ASKS})
"""Of these relations the source stands above; of all others the target."""

_FRAMES = frozenset({DAY, UNIT})
"""Kinds that a drawing shows as frames."""


MOST_LEVELS = 20
"""Levels that are drawn: deeper ones stand past the edge of any screen, and a chain of reasons can be long."""


NODES_OF_ROOT = 5
"""Nodes for each root that is drawn where not all are: thirty topics with their parts say more than 150 titles."""


Place = tuple[int, str, int, str]
"""Where a node is said, for reading order: day, part, line and id."""


class Hung(NamedTuple):
    """The branches that are drawn, how many nodes are left out, and under which node that is drawn how many of them."""

    roots: tuple[Branch, ...]
    left_out: int
    more: Mapping[str, int] = MappingProxyType({})

    def remark(self, way: str) -> str:
        """What is left out, with the way to see it; empty where nothing is.

        >>> Hung((), 2).remark("--focus shows them"), Hung((), 0).remark("")
        ('2 more nodes are not drawn; --focus shows them.', '')
        """
        verb = "is" if self.left_out == 1 else "are"
        return f"{counted(self.left_out, 'more node')} {verb} not drawn; {way}." if self.left_out else ""


def drawn_branches(view: View, most: int | None = MOST_HUNG, focus: str | None = None) -> Hung | None:
    """All that the map of a view shows: `hung_beside` what its notes' trees place, else as `hung_map` has it.

    With a `focus`, that node is the only root, if it is shown at all.
    """
    if not view.has_places:
        return hung_map(view, most, focus)
    hung = hung_beside(view, drawn_map(view), most)
    if focus is None:
        return hung
    return Hung(tuple(one for one in branches(hung.roots) if one.node.id == focus)[:1], 0)


def hung_map(view: View, most: int | None = MOST_HUNG, focus: str | None = None) -> Hung | None:
    """The branches of a view whose notes draw no tree, in reading order; None where the map is too large for that.

    What has parts keeps its place: only what has none hangs where another edge leads. At most `most` nodes on
    `MOST_LEVELS` levels are drawn (None: all), level by level; of many roots those with the most under them. With a
    `focus` that node is the only root; there is no branch where it is a Day or Unit. What bibliographies only list is
    counted, and not drawn.
    """
    if view.size > MOST_READ:
        return None
    listed = view.only_listed() - {focus}
    nodes = {node.id: node for node in view.nodes() if node.kind not in _FRAMES and node.id not in listed}
    above = _Hanger(view, nodes).above
    below: dict[str, list[str]] = {}
    for child in sorted(above, key=lambda one: place_of(nodes[one])):
        below.setdefault(above[child].other(child), []).append(child)
    if focus is None:
        roots = sorted(nodes.keys() - above.keys(), key=lambda one: (one not in below, place_of(nodes[one])))
    else:
        roots = [focus] if focus in nodes else []
        above.pop(focus, None)
    every = list(chain.from_iterable(_levels(roots, below)))
    if most is not None and len(every) > most:
        roots = _largest(roots, below, max(1, most // NODES_OF_ROOT))
    levels = list(_levels(roots, below))[: None if most is None else MOST_LEVELS]
    taken = list(chain.from_iterable(levels))[:most]
    drawn = {one: Branch(nodes[one], view.introduced_on(one), above.get(one), []) for one in taken}
    for one in taken:
        drawn[one].children.extend(drawn[child] for child in below.get(one, ()) if child in drawn)
    more = _under(below, drawn)
    return Hung(tuple(drawn[root] for root in roots if root in drawn), len(every) - len(taken) + len(listed), more)


def hung_beside(
    view: View, placed: tuple[Branch, ...], most: int | None = MOST_HUNG, folded: Set[str] = frozenset()
) -> Hung:
    """The drawn map with the topics that notes without a tree define, each under what it is joined to.

    Such notes are those of a day later than the first that draws one, undated ones and contributors' parts. At most
    `most` of their topics are drawn (None: all), those of earlier days first; what is `folded` plays no part. What
    nothing joins to the map is a root, but for what bibliographies only list, which is counted.
    """
    if not placed or view.size > MOST_READ:
        return Hung(placed, 0)
    standing: dict[str, Branch] = {}
    for branch in branches(placed):
        standing.setdefault(branch.node.id, branch)
    topics = {one: place for one, place in topics_of(view).items() if one not in standing and one not in folded}
    listed = view.only_listed() & topics.keys()
    topics = {one: place for one, place in topics.items() if one not in listed}
    nodes = {one: view.node(one) for one in topics} | {one: branch.node for one, branch in standing.items()}
    above = _Hanger(view, nodes, frozenset(standing), topics).above
    below: dict[str, list[str]] = {}
    for child in sorted(above, key=lambda one: topics[one]):
        below.setdefault(above[child].other(child), []).append(child)
    loose = [one for one in topics if one not in above]
    levels = chain.from_iterable(_levels([*standing, *loose], below))
    ordered = sorted((one for one in levels if one in topics), key=lambda one: topics[one][0])
    roots, taken = list(placed), ordered[:most]
    for one in taken:
        standing[one] = Branch(nodes[one], view.introduced_on(one), above.get(one), [])
    for one in sorted(taken, key=lambda one: topics[one]):
        siblings = standing[above[one].other(one)].children if one in above else roots
        siblings.append(standing[one])
    return Hung(tuple(roots), len(ordered) - len(taken) + len(listed), _under(below, standing))


def _under(below: Mapping[str, list[str]], drawn: Mapping[str, Branch]) -> dict[str, int]:
    """How many nodes that are not drawn stand under one that is."""
    cut = ((one, [child for child in below.get(one, ()) if child not in drawn]) for one in drawn)
    return {one: sum(map(len, _levels(children, below))) for one, children in cut if children}


def treeless_parts(view: View) -> list[Part]:
    """The notes that draw no tree beside those that do: of days after the first tree, undated, or a contributor's."""
    parts = view.standing_parts()
    drawing = {part.key for part in parts if _draws(part.document)}
    first = min((key.day for key in drawing if not view.undated(key)), default=0)

    def is_beside(key: PartKey) -> bool:
        return key.day > first or view.undated(key) or key.part.startswith(CONTRIBUTED)

    return [part for part in parts if part.key not in drawing and is_beside(part.key)]


def topics_of(view: View) -> dict[str, Place]:
    """What the notes define that draw no tree beside those that do."""
    found: dict[str, Place] = {}
    for part in treeless_parts(view):
        for node in part.document.nodes:
            if not node.mention and not node.correction and view.node(node.id).kind not in _FRAMES:
                line = node.origin.lines[0] if node.origin.lines else 0
                found.setdefault(node.id, (*part.key, line, node.id))
    return found


def _draws(document: Document) -> bool:
    """Whether a note draws a tree."""
    return any(node.place is not None for node in document.nodes) or any(edge.parent for edge in document.edges)


def hanging_edges(view: View, nodes: Mapping[str, FoldedNode]) -> dict[str, FoldedEdge]:
    """The edge by which each of these nodes hangs under another of them, if it does: of part of, else of another.

    A source hangs under what cites it: it says less of a map than what was made of it.
    """
    return _Hanger(view, nodes, downwards=_DOWNWARDS | {CITES}).above


class _Hanger:
    """Finds the edge by which each node hangs, the best relation first; a node without one is a root.

    What is `fixed` hangs from nothing. Beside it, what is joined to a node by its own day decides: so what hangs stays
    where it is, whatever later days say.
    """

    def __init__(
        self,
        view: View,
        nodes: Mapping[str, FoldedNode],
        fixed: frozenset[str] = frozenset(),
        topics: Mapping[str, Place] | None = None,
        downwards: frozenset[str] = _DOWNWARDS,
    ) -> None:
        self.above: dict[str, FoldedEdge] = {}
        self._downwards = downwards
        self._fixed = fixed
        self._topics = topics
        self._tops: dict[str, str] = {}
        self._has_parts: set[str] = set()
        edges = [(_line(edge), _rank(view, edge.relation), edge) for edge in _hanging(view, nodes)]
        if topics is None:
            edges.sort(key=lambda one: (one[1], one[0], one[2].key.rank))
        else:
            edges.sort(key=lambda one: (one[0][0], one[1], one[2].key.rank))
        for (day, _, _), _, edge in edges:
            self._offer(edge, day)

    def _offer(self, edge: FoldedEdge, day: int) -> None:
        parent, child = (edge.source, edge.target) if edge.relation in self._downwards else (edge.target, edge.source)
        if child in self._fixed:
            parent, child = child, parent
        if edge.relation == PART_OF:
            self._has_parts.add(parent)
        elif child in self._has_parts:
            return
        if child in self._fixed or child in self.above or self._top(parent) == child:
            return
        if self._topics is None or day <= self._topics[child][0]:
            self.above[child], self._tops[child] = edge, parent

    def _top(self, node: str) -> str:
        """The root above a node; the way there is shortened as it is walked, so that long chains stay cheap."""
        tops = self._tops
        while (higher := tops.get(node)) is not None:
            tops[node] = tops.get(higher, higher)
            node = higher
        return node


def _hanging(view: View, nodes: Mapping[str, FoldedNode]) -> Iterator[FoldedEdge]:
    edges = view.edges() if 2 * len(nodes) > view.size else chain.from_iterable(map(view.edges_from, nodes))
    return (edge for edge in edges if edge.relation != INTRODUCED_ON and edge.source in nodes and edge.target in nodes)


def _rank(view: View, relation: str) -> int:
    if relation in _FIRST:
        return _FIRST.index(relation)
    known = view.vocabulary.relations.get(relation)
    return len(_FIRST) + (known.order if known else len(view.vocabulary.relations))


def _largest(roots: list[str], below: dict[str, list[str]], most: int) -> list[str]:
    """The roots with the most nodes under them, in their order."""
    sizes = {root: sum(map(len, _levels([root], below))) for root in roots}
    largest = set(sorted(roots, key=lambda root: -sizes[root])[:most])
    return [root for root in roots if root in largest]


def _levels(roots: list[str], below: Mapping[str, list[str]]) -> Iterator[list[str]]:
    """All nodes under these, level by level."""
    level = roots
    while level:
        yield level
        level = [child for one in level for child in below.get(one, ())]


def place_of(node: FoldedNode) -> Place:
    """Where a node is first said."""
    first = node.sayings[0]
    lines = first.item.origin.lines
    return first.day, first.part, lines[0] if lines else 0, node.id


def _line(edge: FoldedEdge) -> tuple[int, str, int]:
    first = edge.assertions[0]
    lines = first.item.origin.lines
    return first.day, first.part, lines[0] if lines else 0
