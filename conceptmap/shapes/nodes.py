"""Nodes, edges and where they are said: in short, as cards, found by words, and on walks."""

from collections.abc import Iterable
from functools import partial
from typing import Annotated

from pydantic import Field, JsonValue
from typing_extensions import TypedDict

from conceptmap.card import Card, Link, Neighbour, Saying, step_cites
from conceptmap.coach import Check, Way
from conceptmap.ways import ToldWay, Ways
from graphs.search import Hit
from graphs.view import Citation, FoldedEdge, FoldedNode, View, cite
from graphs.walks import steps_to
from ontology.model import How
from ontology.terms import REQUIRES

Data = dict[str, JsonValue]
Lines = Annotated[list[int], Field(min_length=2, max_length=2)]
Pair = Annotated[list[str], Field(min_length=2, max_length=2)]


class CitationShape(TypedDict):
    """Where something is said: the day (null: an undated note), the part, its first and last line, the words there."""

    day: int | None
    file: str
    lines: Lines | None
    quote: str | None


def citation_shape(citation: Citation) -> CitationShape:
    """A citation as every answer gives it."""
    lines = list(citation.lines) if citation.lines else None
    day = None if citation.undated else citation.day
    return {"day": day, "file": citation.file, "lines": lines, "quote": citation.quote}


class NodeShape(TypedDict):
    """A node in short; `days` are those whose documents name it."""

    id: Annotated[str, Field(examples=["bitter-lesson"])]
    label: str
    kind: str
    aliases: list[str]
    days: list[int]


def node_shape(node: FoldedNode) -> NodeShape:
    """A node as every export and answer gives it."""
    return {
        "id": node.id,
        "label": node.label,
        "kind": node.kind,
        "aliases": list(node.aliases),
        "days": list(node.days),
    }


class ValuesShape(TypedDict):
    """The two values of a comparison, one at each end."""

    source: str
    target: str


class EdgeShape(TypedDict):
    """An edge; its ends are ids of nodes."""

    source: str
    relation: str
    target: str
    dimension: str | None
    values: ValuesShape | None
    days: list[int]
    how: How


def edge_shape(edge: FoldedEdge) -> EdgeShape:
    """An edge as every export and answer gives it."""
    values = edge.values
    return {
        "source": edge.source,
        "relation": edge.relation,
        "target": edge.target,
        "dimension": edge.dimension,
        "values": {"source": values.source, "target": values.target} if values else None,
        "days": list(edge.days),
        "how": edge.how,
    }


class GraphShape(TypedDict):
    """Nodes by id and edges by identity, as the JSON export has them."""

    nodes: list[NodeShape]
    edges: list[EdgeShape]


def graph_shape(nodes: Iterable[FoldedNode], edges: Iterable[FoldedEdge]) -> GraphShape:
    """Nodes and edges, of a whole view or of a part of it."""
    return {"nodes": list(map(node_shape, nodes)), "edges": list(map(edge_shape, edges))}


class NodeStub(TypedDict):
    """A node by name."""

    id: str
    label: str
    kind: str


class LinkShape(TypedDict):
    """An edge as it reads from a node: the relation's name or inverse name, and the other end.

    `values` are those of a comparison, the node's own first; `day` is the first that says so.
    """

    label: str
    node: NodeStub
    dimension: str | None
    values: Pair | None
    note: str | None
    day: int
    how: How
    cites: list[CitationShape]


class SayingShape(CitationShape):
    """What one document says of a node, and where."""

    how: How
    mention: bool
    label: str
    text: str | None
    formula: str | None
    data: Data


class NodeAsItStood(NodeShape):
    """A node with its texts."""

    text: str | None
    formula: str | None
    data: Data


def node_as_it_stood(node: FoldedNode) -> NodeAsItStood:
    """A node with its texts, as histories give it."""
    return {**node_shape(node), "text": node.text, "formula": node.formula, "data": dict(node.data)}


class NeighbourShape(LinkShape):
    """An edge near a node: `via` is the id of the node that it reads from, `steps` how far its other end is away."""

    via: str
    steps: int


class NeighboursShape(TypedDict):
    """A node, and the edges that lead from it and from its neighbours, nearest first."""

    node: NodeShape
    found: list[NeighbourShape]


def neighbours_shape(node: FoldedNode, found: Iterable[Neighbour]) -> NeighboursShape:
    """What is near a node."""
    rows: list[NeighbourShape] = [{**_link_shape(one.link), "via": one.via, "steps": one.steps} for one in found]
    return {"node": node_shape(node), "found": rows}


class CardShape(NodeAsItStood):
    """All that the map says of a node. `day` is the one on which it is introduced; the newest assertion is first."""

    day: int | None
    links: list[LinkShape]
    assertions: list[SayingShape]


def card_shape(card: Card) -> CardShape:
    """The card of a node."""
    node = card.node
    return {
        **node_shape(node),
        "day": card.day,
        "text": node.text,
        "formula": node.formula,
        "data": dict(node.data),
        "links": list(map(_link_shape, card.links)),
        "assertions": list(map(_saying_shape, card.sayings)),
    }


def _link_shape(link: Link) -> LinkShape:
    return {
        "label": link.label,
        "node": {"id": link.other.id, "label": link.other.label, "kind": link.other.kind},
        "dimension": link.edge.dimension,
        "values": list(link.values) if link.values else None,
        "note": link.edge.note,
        "day": link.day,
        "how": link.edge.how,
        "cites": list(map(citation_shape, link.cites)),
    }


def _saying_shape(saying: Saying) -> SayingShape:
    node = saying.node
    return {
        **citation_shape(saying.cite),
        "how": saying.cite.how,
        "mention": node.mention,
        "label": node.label,
        "text": node.text,
        "formula": node.formula,
        "data": dict(node.data),
    }


class HitShape(NodeShape):
    """A node that was found, and where: in its label, an alias or its text, or only near a name of it."""

    text: str | None
    day: int | None
    where: str
    cites: list[CitationShape]


def hit_shape(hit: Hit) -> HitShape:
    """A found node."""
    cites = list(map(citation_shape, hit.cites))
    return {**node_shape(hit.node), "text": hit.node.text, "day": hit.day, "where": hit.where, "cites": cites}


class HitList(TypedDict):
    """What a search found, best first; `total` is how many there are, also those that are not listed."""

    total: int
    nodes: list[HitShape]


class NodeList(TypedDict):
    """Nodes by id, or by how well they fit what was searched; `next` is the cursor of the next page."""

    nodes: list[HitShape] | list[NodeShape]
    next: str | None


class AdviceShape(TypedDict):
    """What to write: Markdown, in which part, at which line (0: its title), `below` it or `instead of` it.

    Empty Markdown instead of a line: the line goes.
    """

    markdown: str
    day: int
    file: str
    line: int
    way: Way


class CheckShape(TypedDict):
    """Something to look at again: the rule, how grave it is, the node's id, what it is, and where the map says so.

    `advice` is what to write; null: that depends on what is meant.
    """

    rule: str
    severity: str
    node: str
    what: str
    cites: list[CitationShape]
    advice: AdviceShape | None


def check_shape(found: Check) -> CheckShape:
    """One thing to look at."""
    said = found.advice
    advice: AdviceShape | None = None
    if said is not None:
        day, file = said.key
        advice = {"markdown": said.markdown, "day": day, "file": file, "line": said.line, "way": said.way}
    return {
        "rule": found.rule,
        "severity": found.severity,
        "node": found.node,
        "what": found.what,
        "cites": list(map(citation_shape, found.cites)),
        "advice": advice,
    }


class CheckList(TypedDict):
    """All that is to be looked at."""

    checks: list[CheckShape]


class CheckPage(CheckList):
    """The same page by page; `next` is the cursor of the next one."""

    next: str | None


class CitedEdge(EdgeShape):
    """An edge, and every place that says so."""

    cites: list[CitationShape]


class WayShape(TypedDict):
    """A way: its nodes in order, the edges between them, and what it says, or what differs in it from one before."""

    nodes: list[NodeShape]
    edges: list[CitedEdge]
    told: str


class PathShape(WayShape):
    """The best way between two nodes, empty where there is none, and other ways.

    `cut`: the map is so dense that not all of it was looked at for others.
    """

    others: list[WayShape]
    cut: bool


def path_shape(view: View, ways: Ways) -> PathShape:
    """Ways, or that there is none."""
    best, *others = (*map(partial(_way_shape, view), ways.found), *([] if ways.found else [_NO_WAY]))
    return {**best, "others": others, "cut": ways.is_cut}


_NO_WAY: WayShape = {"nodes": [], "edges": [], "told": ""}


def _way_shape(view: View, way: ToldWay) -> WayShape:
    return {
        "nodes": [node_shape(view.node(node)) for node in way.walk.nodes],
        "edges": [
            {**edge_shape(edge), "cites": [citation_shape(cite(one)) for one in edge.assertions]}
            for edge in way.walk.edges
        ],
        "told": way.told,
    }


class WalkRow(NodeShape):
    """A node that a walk found, the id of the node before it, and where the step between is said."""

    day: int | None
    via: str
    cites: list[CitationShape]


def walk_row(view: View, relation: str, node: str, via: str, *, inverse: bool = False) -> WalkRow:
    """A node that a walk along a relation found, coming from the node `via`; `inverse`: from targets to sources."""
    return {
        **node_shape(view.node(node)),
        "day": view.introduced_on(node),
        "via": via,
        "cites": list(map(citation_shape, step_cites(view, via, relation, node, inverse=inverse))),
    }


class WalkShape(TypedDict):
    """A node, and what a walk from it found, nearest first."""

    node: NodeShape
    found: list[WalkRow]


class RequiredNode(NodeShape):
    """A node that another one requires, the ids on the way to it, and where the last step is said."""

    day: int | None
    path: list[str]
    cites: list[CitationShape]


class RequirementsShape(TypedDict):
    """A node and all that it requires, nearest first."""

    node: NodeShape
    requires: list[RequiredNode]


def requirements_shape(view: View, start: FoldedNode, found: dict[str, str]) -> RequirementsShape:
    """All that a walk found that a node requires, each with the node before it on the way."""
    requires: list[RequiredNode] = [
        {
            **node_shape(view.node(node)),
            "day": view.introduced_on(node),
            "path": list(steps_to(found, start.id, node)),
            "cites": list(map(citation_shape, step_cites(view, before, REQUIRES, node))),
        }
        for node, before in found.items()
    ]
    return {"node": node_shape(start), "requires": requires}
