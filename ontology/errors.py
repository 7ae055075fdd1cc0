"""The errors that a caller can act on, each with its data and its exit status.

ConceptMapError
├── InvalidDocument        notes or documents that break the rules, every problem at once
├── InvalidShapes          a file of shapes that cannot be tried, every problem at once
├── ShapesStopped          shapes that were not tried to the end: too slow, too much memory, or the extra is missing
├── InvalidQuestions       a list of questions that cannot be read, every problem at once
├── RefusedWrite           a write that the map as it stands does not allow
│   ├── StaleRevision      somebody changed the part meanwhile
│   ├── StaleMap           somebody changed the map meanwhile
│   └── KeyReused          an idempotency key came again with another request
├── NotFound
│   ├── UnknownMap
│   ├── UnknownNode
│   ├── UnknownEntry
│   └── UnknownToken
├── MapNotChosen           several maps, and none was named
├── WrongArguments         a tool was called with what it does not take
├── AnswerTooLate          a tool took longer than a caller waits
├── InvalidMoment          no entry and no time, or a time that has not come yet
├── WrongSettings          settings of the service that are wrong, all of them at once
├── InvalidVocabulary      a vocabulary file that is wrong, every problem at once
├── InvalidConfig          a file with settings that is wrong, every problem at once
├── PushFailed             a service did not take what was pushed to it
├── DrawingFailed          Graphviz, or what paints, answered with an error
│   └── DrawingTooLate     it did not answer in time
├── QueryError             a SPARQL query that gets no answer
│   ├── InvalidQuery       wrong, too long or too deep
│   ├── RefusedQuery       it would write, or reach out of the store
│   ├── NoSuchForm         its kind of answer has no form that the caller takes
│   ├── AnswerTooLarge
│   └── QueryStopped       too slow, too much memory, or the engine crashed
│       └── EngineAway     the engine ended or has no time; the query is not to blame
└── StoreError
    ├── StoreUnavailable
    │   ├── NoStore        there is none, and it is not made by the way
    │   ├── StoreReplaced  its file was replaced or removed while it was in use
    │   └── StoreFull
    ├── LearnersDamaged    the file of what learners have learned, which is none of the maps
    └── StoreCorrupted
"""

from collections.abc import Sequence
from typing import ClassVar

from msgspec import Struct

from ontology.hints import MOST_LISTED, meant, no_such


def json_pointer(*keys: str | int) -> str:
    """The JSON pointer (RFC 6901) that these keys lead along.

    >>> json_pointer("edges", 3, "a/b")
    '/edges/3/a~1b'
    """
    return "".join(f"/{str(key).replace('~', '~0').replace('/', '~1')}" for key in keys)


class Problem(Struct, frozen=True, kw_only=True):
    """One thing that is wrong: what, where and what to do.

    `line` and `column` are None where it is wrong of a file or folder as a whole: that it cannot be read at all.
    `pointer` is a JSON pointer into the JSON that was given (None: none was, or it is at no one place in it).

    >>> hint = "did you mean 'Claim'?"
    >>> print(Problem(file="day-02.md", line=9, column=3, what="unknown kind 'Clam'", hint=hint))
    day-02.md:9:3: unknown kind 'Clam'; did you mean 'Claim'?
    """

    file: str
    line: int | None = 1
    column: int | None = 1
    what: str
    hint: str = ""
    pointer: str | None = None

    def __str__(self) -> str:
        hint = f"; {self.hint}" if self.hint else ""
        place = ":".join(str(one) for one in (self.file, self.line, self.column) if one is not None)
        return f"{place}: {self.what}{hint}"


class ConceptMapError(Exception):
    """Whatever this project raises on purpose; `exit_status` is the command line's answer."""

    exit_status: ClassVar[int] = 1


class InvalidDocument(ConceptMapError):
    """Notes or documents break the rules; `problems` lists all of it, nothing was stored."""

    exit_status = 3

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class InvalidShapes(ConceptMapError):
    """A file that is to hold shapes does not, or holds what is not tried; `problems` says all that is wrong with it."""

    exit_status = 2

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class ShapesStopped(ConceptMapError):
    """Shapes were not tried to the end: it took too long or too much memory, or what tries them is not installed."""

    exit_status = 4


class InvalidQuestions(ConceptMapError):
    """A file that is to list questions does not; `problems` says all that is wrong with it."""

    exit_status = 2

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class RefusedWrite(ConceptMapError):
    """The map as it stands does not allow this write; nothing was stored."""

    exit_status = 3


class StaleRevision(RefusedWrite):
    """The part has another revision than the writer expected."""

    def __init__(self, day: int, part: str, expected: int, current: int) -> None:
        self.day, self.part, self.expected, self.current = day, part, expected, current
        super().__init__(
            f"day {day}, part {part!r} is at revision {current}, not {expected}; read it again, then repeat the change"
        )


class StaleMap(RefusedWrite):
    """The map has another last entry than the writer expected."""

    def __init__(self, name: str, expected: int, current: int) -> None:
        self.expected, self.current = expected, current
        super().__init__(f"map {name!r} is at entry {current}, not {expected}; read it again, then repeat the change")


class KeyReused(RefusedWrite):
    """An idempotency key was used before, for a request that said something else."""


class NotFound(ConceptMapError):
    """The thing asked for is not there."""


class UnknownMap(NotFound):
    """No map of this name; `known` lists those that exist."""

    exit_status = 2

    def __init__(self, name: str, known: Sequence[str]) -> None:
        self.name, self.known = name, tuple(known)
        nothing = f"there is no map {name!r}" if name else "there is no map yet"
        load = "the store is empty; load notes first: conceptmap load NOTES"
        super().__init__(no_such("map", name, self.known) if self.known else f"{nothing}: {load}")


class UnknownNode(NotFound):
    """No node of this name; `candidates` are the nearest labels."""

    def __init__(self, name: str, candidates: Sequence[str] = ()) -> None:
        self.name, self.candidates = name, tuple(candidates)
        near = f"; {meant(self.candidates)}" if self.candidates else ""
        super().__init__(f"the map has no node {name!r}{near}")


class UnknownEntry(NotFound):
    """The log has no such entry, or a map's day has no such part."""


class UnknownToken(NotFound):
    """No token has this name."""


class MapNotChosen(ConceptMapError):
    """The store has several maps and none was named.

    Where notes are written, `problems` say why they name none: what is wrong with their front matter.
    """

    exit_status = 2

    def __init__(self, known: Sequence[str], problems: Sequence[Problem] = (), *, writing: bool = False) -> None:
        self.known, self.problems = tuple(known), tuple(problems)
        here = f"{', '.join(self.known[:MOST_LISTED])}{', ...' if len(self.known) > MOST_LISTED else ''}"
        chosen = f"choose one with --map: {here}" if here else "name it with --map NAME"
        said = f"which map? {chosen}"
        if writing:
            said += f"{'; or name a new one' if here else ''}, or write 'course: NAME' into the notes' front matter"
        super().__init__("\n".join([*map(str, self.problems), said]))


class WrongArguments(ConceptMapError):
    """A tool was called with what it does not take; `candidates` are what it does, where these can be listed."""

    exit_status = 2

    def __init__(self, what: str, candidates: Sequence[str] = ()) -> None:
        self.candidates = tuple(candidates)
        super().__init__(what)


class AnswerTooLate(ConceptMapError):
    """Reading, or a tool, took longer than a caller waits, and was ended."""


class InvalidMoment(ConceptMapError):
    """What was given as a point in time is neither an entry nor a time, or has not come yet."""

    exit_status = 2


class WrongSettings(ConceptMapError):
    """Settings of the service are wrong, or nearly named; `wrong` says of each what it is and what it may be."""

    exit_status = 2

    def __init__(self, wrong: Sequence[str]) -> None:
        self.wrong = tuple(wrong)
        super().__init__("\n".join(self.wrong))


class InvalidVocabulary(ConceptMapError):
    """A file that is to add to the vocabulary does not; `problems` says all that is wrong with it."""

    exit_status = 2

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class InvalidConfig(ConceptMapError):
    """A file with settings is wrong; `problems` says all that is wrong in it."""

    exit_status = 2

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))


class PushFailed(ConceptMapError):
    """A service did not take what was pushed to it, or cannot be reached; nothing was stored, as far as is known."""

    exit_status = 4


class DrawingFailed(ConceptMapError):
    """Graphviz, or what paints, answered with an error."""


class DrawingTooLate(DrawingFailed):
    """Graphviz, or what paints, did not answer in time."""


class QueryError(ConceptMapError):
    """A SPARQL query that gets no answer."""


class InvalidQuery(QueryError):
    """The query is no SPARQL, or over a limit; `line` and `column` (from 1) say where, if that is known."""

    def __init__(self, what: str, line: int | None = None, column: int | None = None) -> None:
        self.line, self.column = line, column
        super().__init__(what if line is None else f"line {line}, column {column}: {what}")


class RefusedQuery(QueryError):
    """The query would write, or reach out of the store: queries here only read what is stored."""


class NoSuchForm(QueryError):
    """The query's kind of answer has no form that the caller takes; `forms` lists those it has, `why` may say more."""

    def __init__(self, forms: Sequence[str], why: str = "") -> None:
        self.forms = tuple(forms)
        super().__init__(f"{why and f'{why}; '}the answer comes as {' or '.join(self.forms)}; accept one of these")


class AnswerTooLarge(QueryError):
    """The answer has more rows or bytes than may be sent."""


class QueryStopped(QueryError):
    """The query was stopped: it took too long or too much memory, or the engine crashed on it."""


class EngineAway(QueryStopped):
    """The engine ended meanwhile, cannot be started or has no time: the same query may be answered later."""


class StoreError(ConceptMapError):
    """The store cannot do what was asked."""

    exit_status = 4


class StoreUnavailable(StoreError):
    """The store cannot be opened, is locked, or does not answer."""


class NoStore(StoreUnavailable):
    """There is no store of this name, and nothing was asked for that makes one."""


class StoreReplaced(StoreUnavailable):
    """The store's file is not the one that was opened: it was removed, or another took its place."""


class StoreFull(StoreUnavailable):
    """The store has no room left; reading goes on, and writing too once there is room."""


class LearnersDamaged(StoreError):
    """What learners have learned cannot be read or written, since its file is damaged, or is none; the maps can."""


class StoreCorrupted(StoreError):
    """Entries or tokens are missing, or not what was written."""
