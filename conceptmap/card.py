"""Cards: everything that the map says of a node, in the order in which a person reads it; and the parts of a day."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from conceptmap.notebook import filled, folded, heading, html, places, table
from conceptmap.plain_words import counted, plain_words
from graphs.entries import Line
from graphs.fold import Part
from graphs.view import Citation, FoldedEdge, FoldedNode, View, cite
from ontology.model import CompetencyQuestion, Document, Node
from ontology.vocabulary import Direction, Vocabulary


@dataclass(frozen=True, slots=True)
class Link:
    """One edge as read from the card's node: the relation's name or inverse name, the other end, the first day of it.

    `values` are those of a comparison: the card's node first.
    """

    label: str
    other: FoldedNode
    day: int
    edge: FoldedEdge
    values: tuple[str, str] | None
    cites: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Saying:
    """What one document says of the node itself."""

    node: Node
    cite: Citation


@dataclass(frozen=True, slots=True)
class Card:
    """A node, the day it was introduced on, its edges by relation, and what each document says, newest first."""

    node: FoldedNode
    day: int | None
    links: tuple[Link, ...]
    sayings: tuple[Saying, ...]

    def __repr__(self) -> str:
        return f"<card of {self.node!r}: {counted(len(self.links), 'edge')}>"

    def _repr_html_(self) -> str:
        node = self.node
        when = "" if self.day is None else f", day {self.day}"
        aliases = [f"also called {'; '.join(node.aliases)}"] if node.aliases else []
        texts = [Markup("<p>{}</p>").format(one) for one in (plain_words(node.text or ""), node.formula) if one]
        data = [
            (key, "; ".join(map(str, value)) if isinstance(value, list) else value) for key, value in node.data.items()
        ]
        links = [
            (name, one.other.label, one.other.kind, one.edge.dimension, " | ".join(one.values or ()), places(one.cites))
            for name, group in self.groups().items()
            for one in group
        ]
        said = [(one.cite.where, one.node.text or one.node.label) for one in self.sayings if not one.node.mention]
        return html(
            heading(node.label, f"{node.kind}{when}"),
            *aliases,
            *texts,
            table(["field", "value"], data),
            table(*filled(["relation", "node", "kind", "in", "values", "where"], links)),
            folded("where it is said", table(["where", "what"], said)) if said else "",
        )

    def groups(self) -> dict[str, list[Link]]:
        """The links by their label, in the vocabulary's order."""
        found: dict[str, list[Link]] = {}
        for link in self.links:
            found.setdefault(link.label, []).append(link)
        return found

    def former_sayings(self) -> list[Saying]:
        """Texts, formulas and labels that newer documents have replaced; they stay readable with their sources."""
        shown = {self.node.label, self.node.text, self.node.formula, None}
        return [
            saying
            for saying in self.sayings
            if not saying.node.mention and not {saying.node.label, saying.node.text, saying.node.formula} <= shown
        ]


@dataclass(frozen=True)
class DayParts:
    """The parts of a day that stand, by name: for each its newest entry that counts, its revision, and what it says.

    `newest` is the last entry that did anything to the day, also to a part that says nothing any more. `lines` are the
    entries without what they hold.
    """

    day: int
    lines: tuple[Line, ...]
    revisions: tuple[int, ...]
    newest: int
    parts: tuple[Part, ...]
    vocabulary: Vocabulary

    @classmethod
    def of(cls, parts: Sequence[Part], said: Sequence[Line], vocabulary: Vocabulary) -> "DayParts":
        """These parts of a day, of which all entries up to that of the view `said` something, by revision."""
        at = {line.sequence: line for line in said}
        revisions = {line.part: line.revision for line in said}
        return cls(
            day=parts[0].key.day,
            lines=tuple(at[one.sequence] for one in parts),
            revisions=tuple(revisions[one.key.part] for one in parts),
            newest=max(at),
            parts=tuple(parts),
            vocabulary=vocabulary,
        )

    @property
    def documents(self) -> list[Document]:
        """What the parts say."""
        return [part.document for part in self.parts]

    @property
    def name(self) -> str | None:
        """What the day's author calls it, where that is not its number."""
        return next((one.day_name for one in self.documents if one.day_name), None)

    @property
    def date(self) -> str | None:
        """When the day was, as far as a part says."""
        return next((one.date for one in self.documents if one.date and not one.undated), None)

    @property
    def title(self) -> str | None:
        """The title of the first part that has one."""
        return next((one.title for one in self.documents if one.title), None)

    @property
    def units(self) -> list[str]:
        """The units that the parts name, each once."""
        return list(dict.fromkeys(unit for one in self.documents for unit in one.units))

    @property
    def questions(self) -> list[CompetencyQuestion]:
        """The questions that the map must answer, as the parts list them."""
        return [question for one in self.documents for question in one.questions]

    @cached_property
    def view(self) -> View:
        """The nodes and edges of these parts alone, as one document would say them."""
        return View.of((event for part in self.parts for event in part.events), self.vocabulary)


def card_of(view: View, node: str) -> Card:
    """The card of the node of this id. Raises `UnknownNode`."""
    found = view.node(node)
    return Card(
        found,
        view.introduced_on(node),
        tuple(_links(view, node)),
        tuple(Saying(one.item, cite(one)) for one in reversed(found.assertions)),
    )


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A link of the node `via`, whose other end is so many steps away from where the search began."""

    via: str
    steps: int
    link: Link


def neighbours_of(view: View, node: str, direction: Direction | None, depth: int) -> list[Neighbour]:
    """The links of a node and of what is near it, up to so many steps away, nearest first; each node is reached once.

    With a direction only what reads so on the way out. Raises `UnknownNode`.
    """
    name = direction and (direction.relation.inverse if direction.inverse else direction.relation.name)
    reached, edge = {view.node(node).id}, [node]
    found: list[Neighbour] = []
    for steps in range(1, depth + 1):
        links = [(one, link) for one in edge for link in _links(view, one) if name in (None, link.label)]
        new = [Neighbour(via, steps, link) for via, link in links if link.other.id not in reached]
        edge = list(dict.fromkeys(one.link.other.id for one in new))
        reached.update(edge)
        found += new
    return found


def reading(view: View, edge: FoldedEdge, node: str) -> str:
    """An edge's relation as it reads from one of its ends: its name, or from the target its inverse name."""
    relation = view.vocabulary.relations.get(edge.relation)
    if edge.source == node or (relation and relation.symmetric):
        return edge.relation
    return relation.inverse if relation else f"← {edge.relation}"


def step_cites(view: View, before: str, relation: str, node: str, *, inverse: bool = False) -> list[Citation]:
    """Where a step of a walk is said, in whatever dimension; `inverse`: the walk goes from targets to sources."""
    edges = view.edges_along(before, node, relation, inverse=inverse)
    return [cite(said) for edge in edges for said in edge.assertions]


def _links(view: View, node: str) -> Iterator[Link]:
    order = {name: relation.order for name, relation in view.vocabulary.relations.items()}
    edges = [*view.edges_from(node), *(edge for edge in view.edges_to(node) if edge.source != edge.target)]
    edges.sort(key=lambda one: (order.get(one.relation, math.inf), one.source != node, one.days[0], one.other(node)))
    return (_link(view, node, edge) for edge in edges)


def _link(view: View, node: str, edge: FoldedEdge) -> Link:
    values = (edge.values.source, edge.values.target) if edge.values else None
    return Link(
        label=reading(view, edge, node),
        other=view.node(edge.other(node)),
        day=edge.days[0],
        edge=edge,
        values=values if values is None or edge.source == node else (values[1], values[0]),
        cites=tuple(map(cite, edge.assertions)),
    )
