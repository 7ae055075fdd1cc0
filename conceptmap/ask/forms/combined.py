"""Several answers as one: of both parts of a question, what two descriptions share, what one has and another lacks."""

from collections import Counter
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass, replace
from typing import ClassVar, get_args

from conceptmap.ask.form import Account, Query, Wanted
from conceptmap.ask.found import Found, NodeName, Piece, cited, in_course_order
from conceptmap.ask.saying import enumerated, in_sentence
from conceptmap.ask.sparql import NoSparql, ShortNames, either, group
from graphs.view import Citation, View
from graphs.words import stems, told_stems
from ontology.names import name_key


@dataclass(frozen=True, slots=True)
class Several(Query):
    """Queries whose answers are combined."""

    queries: tuple[Query, ...]
    gives: ClassVar[frozenset[Wanted]] = frozenset(get_args(Wanted))

    def account(self, view: View) -> Account:
        """What any of them takes up."""
        account = Account()
        for query in self.queries:
            account |= query.account(view)
        return account

    def pieces(self, view: View) -> Iterator[Piece]:
        """Those of all, each once."""
        said: list[Piece] = []
        for query in self.queries:
            said += [piece for piece in query.pieces(view) if piece.meant and piece not in said]
        yield from said

    @property
    def has_values(self) -> bool:
        """Whether any of them has."""
        return any(query.has_values for query in self.queries)

    def _groups(self, view: View, names: ShortNames) -> list[list[str]]:
        """The patterns of each query, in a scope of its own."""
        variables = "?node ?value" if self.has_values else "?node"
        return [[f"{{ SELECT DISTINCT {variables} WHERE {group(one.patterns(view, names))} }}"] for one in self.queries]


@dataclass(frozen=True, slots=True)
class InParts(Several):
    """A question in several parts: all that any of them finds, each part with a sentence of its own."""

    def find(self, view: View) -> list[Found]:
        """What the parts find, one after the other."""
        return list(dict.fromkeys(found for query in self.queries for found in query.find(view)))

    def sentence(self, view: View, found: Sequence[Found]) -> str:
        """One sentence a part; for a part that found nothing, that the map does not say it."""
        said = []
        for query in self.queries:
            own = query.find(view)
            said.append(query.sentence(view, own) if own else f"The map does not say {query.missing(view)}.")
        return " ".join(said)

    def lead(self, view: View) -> str:
        """The leads of the parts."""
        return "; ".join(query.lead(view) for query in self.queries)

    def missing(self, view: View) -> str:
        """All that is not said."""
        return "; ".join(query.missing(view) for query in self.queries)

    def patterns(self, view: View, names: ShortNames) -> list[str]:
        """Any of the parts."""
        return [either(*self._groups(view, names))]


@dataclass(frozen=True, slots=True)
class Both(Several):
    """What all of some queries find."""

    def find(self, view: View) -> list[Found]:
        """The nodes that each of them finds, with the citations of all."""
        first, *others = self.queries
        shared = self.keys(view)
        told = [query.cites_of(view, shared) for query in others]
        found = []
        for one in first.find_among(view, shared):
            cites = tuple(dict.fromkeys(cite for cites in told for cite in cites[one.id or one.label]))
            found.append(replace(one, cites=tuple(dict.fromkeys((*one.cites, *cites)))) if cites else one)
        return in_course_order(found)

    def keys(self, view: View) -> set[str]:
        """What is among the findings of each: of those that find much only what the others found is looked at."""
        first, *others = sorted(self.queries, key=lambda query: query.breadth)
        shared: Set[str] = first.keys(view)
        for query in others:
            shared = query.keys_among(view, shared)
        return set(shared)

    def exists(self, view: View) -> bool:
        """Whether each finds the same one thing."""
        return bool(self.keys(view))

    def lead(self, view: View) -> str:
        """`LEAD, of these LEAD`."""
        first, *others = (query.lead(view) for query in self.queries)
        return f"{first}, of these {' and '.join(map(in_sentence, others))}"

    def missing(self, view: View) -> str:
        """What each of them asks."""
        return " and at once ".join(query.missing(view) for query in self.queries)

    def patterns(self, view: View, names: ShortNames) -> list[str]:
        """All patterns, each in a scope of its own."""
        if self.has_values:
            raise NoSparql("values of two questions are compared")
        return [line for one in self._groups(view, names) for line in one]


@dataclass(frozen=True, slots=True)
class Without(Query):
    """What one query finds and another does not."""

    all: Query
    excluded: Query
    gives: ClassVar[frozenset[Wanted]] = frozenset(["any", "reasons"])

    def find(self, view: View) -> list[Found]:
        """The rest, in its order."""
        return self.all.find_but(view, self.excluded.keys(view))

    def account(self, view: View) -> Account:
        """What either takes up."""
        return self.all.account(view) | replace(self.excluded.account(view), implied=frozenset())

    def pieces(self, view: View) -> Iterator[Piece]:
        """Those of the query, and what is left out."""
        yield from self.all.pieces(view)
        yield Piece("without", in_sentence(self.excluded.lead(view)))

    def lead(self, view: View) -> str:
        """`LEAD, leaving out EXCLUDED`."""
        return f"{self.all.lead(view)}, leaving out {in_sentence(self.excluded.lead(view))}"

    def missing(self, view: View) -> str:
        """What is left is nothing."""
        return f"{self.all.missing(view)}, leaving out {in_sentence(self.excluded.lead(view))}"

    def patterns(self, view: View, names: ShortNames) -> list[str]:
        """The one minus the other."""
        excluded = f"SELECT DISTINCT ?node WHERE {group(self.excluded.patterns(view, names))}"
        return [*self.all.patterns(view, names), f"MINUS {{ {excluded} }}"]


@dataclass(frozen=True, slots=True)
class Holding(Query):
    """Those answers of a query whose names, texts, values or cited lines hold some words, given by their stems."""

    all: Query
    stems: tuple[str, ...]

    def find(self, view: View) -> list[Found]:
        """The answers that hold all of the words."""
        found, wanted = self.all.find(view), set(self.stems)
        lines = Counter(cite for one in found for cite in dict.fromkeys(one.cites))
        return [
            one
            for one in found
            if one.id and wanted <= _held(view, one.id, [cite for cite in one.cites if lines[cite] == 1])
        ]

    def account(self, view: View) -> Account:
        """What the query takes up, and the words."""
        return self.all.account(view) | Account(stems=frozenset(self.stems))

    def pieces(self, view: View) -> Iterator[Piece]:
        """Those of the query, and the words."""
        yield from self.all.pieces(view)
        yield Piece("with the words", self.stems)

    def lead(self, view: View) -> str:
        """That of the query."""
        return self.all.lead(view)

    def missing(self, view: View) -> str:
        """That of the query."""
        return self.all.missing(view)

    def patterns(self, view: View, names: ShortNames) -> list[str]:
        """Words of one stem are told by the program alone."""
        raise NoSparql("SPARQL does not know which words are forms of one word")


def holds(view: View, found: Found, roots: Sequence[str]) -> bool:
    """Whether a node that was found, or a sentence that is cited for it, has all words of these stems."""
    return found.id is not None and set(roots) <= _held(view, found.id, found.cites)


def _held(view: View, node: str, cites: Sequence[Citation]) -> set[str]:
    """The stems of the words of a node, and of the sentences that are cited for it: stated lines may list others."""
    lines = " ".join(one.quote for one in cites if one.quote and one.how == "derived")
    return told_stems(view.node(node), values=True).union(stems(name_key(lines).split()))


@dataclass(frozen=True, slots=True)
class Named(Query):
    """Nodes that a question names one by one, to be left out or counted with."""

    nodes: tuple[str, ...]

    def find(self, view: View) -> list[Found]:
        """The nodes."""
        return [cited(view, view.node(node)) for node in self.nodes]

    def pieces(self, view: View) -> Iterator[Piece]:
        """The nodes."""
        yield Piece("of", tuple(NodeName.of(view, node) for node in self.nodes))

    def lead(self, view: View) -> str:
        """Their labels, but for those that hold another one of them."""
        labels = [view.node(node).label for node in self.nodes]
        return enumerated([one for one in labels if not any(other in one and other != one for other in labels)])

    def missing(self, view: View) -> str:
        """Their labels."""
        return self.lead(view)

    def patterns(self, view: View, names: ShortNames) -> list[str]:
        """One of them."""
        return [f"VALUES ?node {{ {' '.join(map(names.node, self.nodes))} }}"]
