"""What a question finds: nodes and values as answers with the lines that say so, and the pieces it was taken to ask."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from conceptmap.ask.spans import Days
from conceptmap.plain_words import agreed
from graphs.bounds import in_time
from graphs.view import Citation, FoldedEdge, FoldedNode, View, cite
from graphs.words import stem
from ontology.names import name_key
from ontology.terms import CONCEPT, METHOD
from ontology.values import JsonValue
from ontology.vocabulary import Relation


@dataclass(frozen=True, slots=True)
class NodeName:
    """A node by its id and label."""

    id: str
    label: str

    @classmethod
    def of(cls, view: View, node: str) -> "NodeName":
        """The node of this id."""
        return cls(node, view.node(node).label)


Meant = bool | str | Days | NodeName | tuple[NodeName, ...] | tuple[str, ...] | Mapping[str, str]
"""A yes, a word, a range of days, a node, several nodes or words, or values by the data keys that hold them."""


JOINED_TO = "joined to"
"""The piece with the nodes that answers must be joined to."""


_NOUNS = (CONCEPT, METHOD)
"""Kinds whose names are nouns, and may be plurals: people, days and texts are one, statements are sentences."""


def subject(view: View, node: str, says: str) -> str:
    """A node as the subject of what is said of it: `Scaling Laws require`."""
    one = view.node(node)
    return agreed(one.label, says) if one.kind in _NOUNS else f"{one.label} {says}"


@dataclass(frozen=True, slots=True)
class Piece:
    """One thing that a question was taken to ask: `of` a node, on `days`, by a `relation`."""

    name: str
    meant: Meant

    @property
    def nodes(self) -> tuple[NodeName, ...]:
        """The nodes that it names, if it names any."""
        several = self.meant if isinstance(self.meant, tuple) else (self.meant,)
        return tuple(one for one in several if isinstance(one, NodeName))

    @property
    def words(self) -> str:
        """What was meant in words: labels, days, values; empty where it is nothing."""
        meant = self.meant
        if self.nodes:
            return ", ".join(node.label for node in self.nodes)
        if isinstance(meant, bool):
            return "yes" if meant else ""
        if isinstance(meant, Days):
            return meant.words
        if isinstance(meant, Mapping):
            return ", ".join(f"{field} {value}" for field, value in meant.items())
        return ", ".join(map(str, meant)) if isinstance(meant, tuple) else str(meant)

    def as_json(self) -> JsonValue:
        """What was meant as JSON data: a node as its id and label, days as the first and the last."""
        return _as_json(self.meant)


@dataclass(frozen=True, slots=True)
class Found:
    """One answer: a node, or (with `id` None) a value of a comparison at the node `of`.

    `path` leads from the node asked about to this one, where that takes more than one step.
    """

    id: str | None
    label: str
    kind: str | None
    aliases: tuple[str, ...] = ()
    text: str | None = None
    day: int | None = None
    path: tuple[NodeName, ...] = ()
    cites: tuple[Citation, ...] = ()
    of: str | None = None
    dimension: str | None = None


def cited(
    view: View,
    node: FoldedNode,
    *,
    edges: Sequence[FoldedEdge] = (),
    path: Sequence[str] = (),
    cites: tuple[Citation, ...] = (),
) -> Found:
    """A node as an answer; it is cited by the edges that lead to it, else by what defines it."""
    if not cites:
        said = [edge.assertions[-1] for edge in edges] if edges else node.sayings[-1:]
        cites = (cite(said[0]),) if len(said) == 1 else tuple(dict.fromkeys(map(cite, said)))
    steps = tuple(NodeName.of(view, one) for one in path) if path else ()
    return Found(node.id, node.label, node.kind, node.aliases, node.text, view.introduced_on(node.id), steps, cites)


def in_course_order(found: Sequence[Found]) -> list[Found]:
    """Each node once, by day and line of its first citation."""
    once: dict[tuple[str | None, str, str | None], Found] = {}
    for one in in_time(found):
        key = one.id, one.label, one.of
        same = once.get(key)
        once[key] = replace(same, cites=tuple(dict.fromkeys((*same.cites, *one.cites)))) if same else one

    def place(one: Found) -> tuple[int, str, int, str]:
        first = one.cites[0]
        return first.day, first.file, first.lines[0] if first.lines else 0, one.label

    return sorted(once.values(), key=place)


def edges_at(view: View, node: str, relation: str) -> Iterator[FoldedEdge]:
    """The edges of a relation at a node, whichever end it is."""
    yield from view.edges_from(node, relation)
    yield from view.edges_to(node, relation)


def stated_edges(view: View, node: str, relation: Relation, *, inverse: bool = False) -> Iterator[FoldedEdge]:
    """The edges of a relation whose target (`inverse`: source) is this node; of a symmetric one, at either end."""
    if relation.symmetric:
        return edges_at(view, node, relation.name)
    return view.edges_from(node, relation.name) if inverse else view.edges_to(node, relation.name)


def remarked_edges(view: View, node: str, relation: Relation, *, inverse: bool = False) -> Iterator[FoldedEdge]:
    """The edges of a relation that is the same both ways, whose note is a verb of this one: `replaced`.

    They are read as the notes word them: `node` is what the words tell something of (`inverse`: what they tell of it).
    """
    verbs = {stem(verb) for verb in relation.verbs}
    mutual = [one.name for one in view.vocabulary.relations.values() if one.symmetric]
    for edge in chain.from_iterable(edges_at(view, node, one) for one in mutual):
        told = edge.assertions[-1].item
        at_end = node == (told.target if inverse else told.source)
        if at_end and told.note and edge.relation != relation.name and stem(name_key(told.note)) in verbs:
            yield edge


def _as_json(meant: Meant) -> JsonValue:
    if isinstance(meant, NodeName):
        return {"id": meant.id, "label": meant.label}
    if isinstance(meant, Days):
        return [meant.first, meant.last]
    if isinstance(meant, tuple):
        return [_as_json(one) for one in meant]
    return dict(meant) if isinstance(meant, Mapping) else meant
