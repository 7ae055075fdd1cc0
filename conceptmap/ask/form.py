"""What a form of question is: how it is read, and the query that it makes, which finds, says and explains itself."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, fields
from functools import reduce, wraps
from operator import attrgetter, or_
from typing import Any, ClassVar, Literal, TypeVar

from conceptmap.ask.found import Found, Piece
from conceptmap.ask.parse import ParsedQuestion
from conceptmap.ask.saying import listed
from conceptmap.ask.spans import Days
from conceptmap.ask.sparql import NoSparql, ShortNames, group
from graphs.fields import field_words
from graphs.view import Citation, View
from graphs.words import stems

Verdict = Literal["yes", "no"]
"""The answer to a question that asks whether something is so."""
Wanted = Literal["day", "number", "truth", "reasons", "agents", "meaning", "way", "place", "any"]
"""What a question wants to know: `when` a day, `how many` a number, and so on; `any`: whatever was found."""


@dataclass(frozen=True, slots=True)
class Account:
    """What of a question a query takes up: nodes and kinds, relations, facets, dimensions and days, by name.

    `stems` are those of words that the query looks for in texts; `told` those that stand in the text that answers,
    whatever else they may mean; `fields` those of words for the fields that hold the values. `implied` are adjectives
    that say no more of what is asked for than the query does.
    """

    nodes: frozenset[str] = frozenset()
    kinds: frozenset[str] = frozenset()
    relations: frozenset[str] = frozenset()
    values: frozenset[str] = frozenset()
    days: frozenset[Days] = frozenset()
    stems: frozenset[str] = frozenset()
    told: frozenset[str] = frozenset()
    fields: frozenset[str] = frozenset()
    implied: frozenset[str] = frozenset()

    def __or__(self, other: "Account") -> "Account":
        return Account(*map(or_, _accounted(self), _accounted(other)))


_NOTHING = Account()
_accounted = attrgetter(*(one.name for one in fields(Account)))
_kept: ContextVar[dict[Hashable, tuple[object, Any]] | None] = ContextVar("kept", default=None)
_Made = TypeVar("_Made")


@contextmanager
def asking() -> Iterator[None]:
    """While one question is asked: what a query finds in a view is kept for the queries that it is a part of."""
    token = _kept.set({})
    try:
        yield
    finally:
        _kept.reset(token)


def made_once(make: Callable[..., _Made], view: View, *of: Hashable) -> _Made:
    """What a function makes of a view, and of ids of its nodes or the like, once while one question is asked."""
    return _once((make, of), make, view, *of)


def _once(key: Hashable, make: Callable[..., _Made], view: View, *of: object) -> _Made:
    kept = _kept.get()
    if kept is None:
        return make(view, *of)
    key = key, id(view)
    if key not in kept:
        kept[key] = of, make(view, *of)
    made: _Made = kept[key][1]
    return made


def _found_once(find: Callable[[Any, View], list[Found]]) -> Callable[[Any, View], list[Found]]:
    @wraps(find)
    def finding(query: "Query", view: View) -> list[Found]:
        return list(_once(id(query), lambda seen, asked: find(asked, seen), view, query))

    return finding


def _keys_once(keys: Callable[[Any, View], set[str]]) -> Callable[[Any, View], set[str]]:
    @wraps(keys)
    def looking(query: "Query", view: View) -> set[str]:
        return _once((id(query), "keys"), lambda seen, asked: keys(asked, seen), view, query)

    return looking


class Query(ABC):
    """What a question means, as a value: a form of question has a frozen dataclass that derives from this.

    It names nodes by id and can be looked up in any view that has them.
    """

    __slots__ = ()

    def __init_subclass__(cls, **others: Any) -> None:
        """Whatever finds much is looked up once in an `asking`, however many queries are made of it."""
        super().__init_subclass__(**others)
        if "find" in vars(cls) and not hasattr(cls.find, "__wrapped__"):
            cls.find = _found_once(cls.find)  # type: ignore[method-assign, assignment]
        if "keys" in vars(cls) and not hasattr(cls.keys, "__wrapped__"):
            cls.keys = _keys_once(cls.keys)  # type: ignore[method-assign, assignment]

    gives: ClassVar[frozenset[Wanted]] = frozenset(["any"])

    def account(self, view: View) -> Account:
        """What of the question the query takes up: what its pieces name, and what a query adds to them."""
        accounts = [account for piece in self.pieces(view) if (account := _account_of(piece)) is not _NOTHING]
        return reduce(or_, accounts) if accounts else _NOTHING

    def verdict(self, view: View, found: Sequence[Found]) -> Verdict | None:
        """Yes or no, where that is asked (`found` shows it, and is never empty here)."""
        return None

    @abstractmethod
    def find(self, view: View) -> list[Found]:
        """The answers, in the order in which they are given; none where the map does not say."""

    def exists(self, view: View) -> bool:
        """Whether it finds anything."""
        return bool(self.find(view))

    def keys(self, view: View) -> set[str]:
        """The ids of what it finds; of values, what they say."""
        return {one.id or one.label for one in self.find(view)}

    def find_but(self, view: View, out: Set[str]) -> list[Found]:
        """What it finds but for some, given by their keys (see `keys`)."""
        return [one for one in self.find(view) if (one.id or one.label) not in out]

    def find_among(self, view: View, keys: Set[str]) -> list[Found]:
        """What it finds of some nodes, given by their ids (see `keys`)."""
        return [one for one in self.find(view) if (one.id or one.label) in keys]

    def keys_among(self, view: View, keys: Set[str]) -> Set[str]:
        """Those of some keys (see `keys`) that it finds."""
        return keys & self.keys(view)

    @property
    def breadth(self) -> int:
        """How much of the map it may find, the least first: the most is looked up last, among what others find."""
        return 0

    def cites_of(self, view: View, keys: Set[str]) -> dict[str, tuple[Citation, ...]]:
        """The lines that say so of some of what it finds."""
        return {one.id or one.label: one.cites for one in self.find_among(view, keys)}

    @abstractmethod
    def pieces(self, view: View) -> Iterator[Piece]:
        """What the question was taken to ask, piece by piece."""

    @abstractmethod
    def lead(self, view: View) -> str:
        """The sentence of an answer up to its colon; what was found follows."""

    def missing(self, view: View) -> str:
        """What is not said where nothing was found: it completes `The map does not say …`."""
        return f"what {self.lead(view)}"

    def sentence(self, view: View, found: Sequence[Found]) -> str:
        """What the map answers (`found` is never empty here)."""
        return f"{self.lead(view)}{said_of(self.lead(view), found)}"

    def patterns(self, view: View, names: ShortNames) -> list[str]:
        """Graph patterns over the map's RDF that bind `?node` to what `find` finds. Raises `NoSparql` with the reason.

        Their default graph is the union of the documents of all days that the view sees.
        """
        raise NoSparql("this form of question has no SPARQL")

    @property
    def has_values(self) -> bool:
        """Whether `?value` is bound too: the text that answers, beside the node that it belongs to."""
        return False

    def sparql(self, view: View) -> str:
        """The query as SPARQL 1.1. Raises `NoSparql` where that cannot say it."""
        names = ShortNames.of(view)
        patterns = self.patterns(view, names)
        body = f"SELECT DISTINCT ?node{' ?value' if self.has_values else ''} WHERE {group(patterns)}"
        return "\n".join([*names.declared(body), body])


def said_of(lead: str, found: Sequence[Found]) -> str:
    """How a sentence ends that lists what was found: a colon and the list; the one owner of values is not repeated."""
    owners = {one.of for one in found}
    is_said = len(owners) == 1 and lead.startswith(next(iter(owners)) or "")
    return f": {listed([f'{one.of}: {one.label}' if one.of and not is_said else one.label for one in found])}."


@dataclass(frozen=True, slots=True)
class Composed:
    """A query that is made of readings of parts of a question: their words are explained, each by its part."""

    query: Query
    parts: tuple[ParsedQuestion, ...]


@dataclass(frozen=True, slots=True, eq=False)
class Form:
    """A form of question, an entry of `FORMS`. `name` is what an answer gives as its intent; several may share it.

    `read` gives the queries that a question of this form may mean, the likeliest first, and nothing for any other
    question; it raises `Unclear` or `Ambiguous` where the question is of this form and cannot be answered. A form that
    combines what parts of the question mean has these read (`ParsedQuestion.read`) and gives them along (`Composed`).
    `cues` are words and phrases (with semicolons between them) that ask for this form, by a name under which
    `ParsedQuestion.asks_for` tells that one is there. `examples` are for people: what somebody may want to know, and
    questions for it about the sample course.
    """

    name: str
    read: Callable[[ParsedQuestion], Iterator[Query | Composed]]
    cues: Mapping[str, str] = field(default_factory=dict)
    examples: Mapping[str, Sequence[str]] = field(default_factory=dict)


def _account_of(piece: Piece) -> Account:
    """What a piece takes up."""
    meant = piece.meant
    if nodes := frozenset(node.id for node in piece.nodes):
        return Account(nodes=nodes)
    if isinstance(meant, Days):
        return Account(days=frozenset([meant]))
    if piece.name == "kinds" and isinstance(meant, tuple):
        return Account(kinds=frozenset(one for one in meant if isinstance(one, str)))
    if isinstance(meant, Mapping):
        called = frozenset(stems(word for field in meant for word in field_words(field).split()))
        return Account(values=frozenset(meant.values()), fields=called)
    if piece.name == "dimension" and isinstance(meant, str):
        return Account(values=frozenset([meant]))
    return _NOTHING
