"""Queries: what a question means, as typed values that can be answered from a view or written as SPARQL."""

from dataclasses import dataclass
from typing import Literal

from ontology.vocabulary import Relation

Aspect = Literal["text", "formula", "number"]


@dataclass(frozen=True, slots=True)
class Related:
    """The nodes at the other end of a relation from an anchor (None: from any node).

    `inverse`: the anchor is the target. `chain`: all that can be reached, not only the next.
    """

    relation: Relation
    anchor: str | None
    inverse: bool = False
    chain: bool = False


@dataclass(frozen=True, slots=True)
class OfKind:
    """All nodes of these kinds (none given: of any)."""

    kinds: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Days:
    """A range of days, both ends included."""

    first: int
    last: int

    def has(self, day: int | None) -> bool:
        """Whether a day is in the range."""
        return day is not None and self.first <= day <= self.last


@dataclass(frozen=True, slots=True)
class Filters:
    """What answers must also be: of a kind, on days, with a facet (data key and value key), near a node, unanswered."""

    kinds: tuple[str, ...] = ()
    days: Days | None = None
    facets: tuple[tuple[str, str], ...] = ()
    near: tuple[str, ...] = ()
    open: bool = False

    def __bool__(self) -> bool:
        return bool(self.kinds or self.days or self.facets or self.near or self.open)


@dataclass(frozen=True, slots=True)
class Select:
    """Nodes from a base set that pass the filters."""

    base: Related | OfKind
    filters: Filters = Filters()


@dataclass(frozen=True, slots=True)
class NewOn:
    """What days bring: the nodes that they are stated to introduce; `everything`: also all else that comes up first."""

    days: Days
    filters: Filters = Filters()
    everything: bool = False


@dataclass(frozen=True, slots=True)
class IntroducedOn:
    """The day on which a node is introduced."""

    node: str


@dataclass(frozen=True, slots=True)
class Compare:
    """How nodes differ: their values in one dimension (its name key) or in all; or which dimensions there are."""

    nodes: tuple[str, ...]
    dimension: str | None = None
    names_only: bool = False


@dataclass(frozen=True, slots=True)
class Describe:
    """What the map says a node is; or its formula; or a number that a statement about it gives."""

    node: str
    aspect: Aspect = "text"
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PathBetween:
    """How one node is reached from another."""

    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Holds:
    """Whether an edge exists."""

    source: str
    relation: Relation
    target: str


Query = Select | NewOn | IntroducedOn | Compare | Describe | PathBetween | Holds
