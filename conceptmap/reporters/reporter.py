"""What a reporter of problems is, and what it reports."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from conceptmap.reporters.rules import rule_of

if TYPE_CHECKING:
    from ontology.errors import Problem

Severity = Literal["error", "warning", "note"]
"""An error keeps something from being stored, a warning may, and a note is only to be looked at."""


@dataclass(frozen=True, slots=True)
class Remark:
    """One thing to tell of a file: where, by which rule, how grave it is, what, and what to do (empty: nothing known).

    `help` is what the rule asks, of a rule that is none of `conceptmap.reporters.RULES`. `path` is the file as it was
    given. Lines and columns count from 1, columns in characters; None: not known.
    """

    path: str
    line: int | None
    column: int | None
    rule: str
    severity: Severity
    what: str
    hint: str = ""
    help: str = ""

    @property
    def sentence(self) -> str:
        """What, and what to do."""
        return f"{self.what}; {self.hint}" if self.hint else self.what

    @property
    def place(self) -> str:
        """The path with line and column, as compilers write it."""
        return ":".join(str(one) for one in (self.path, self.line, self.column) if one is not None)


@dataclass(frozen=True, slots=True)
class Reporter:
    """A way to write remarks: `write` gives the lines of a text, each with its end. Suffixes begin with a dot."""

    name: str
    help: str
    write: Callable[[Sequence[Remark]], Iterator[str]]
    suffixes: tuple[str, ...] = ()


def remarks_of(
    problems: "Iterable[Problem]", severity: Severity, given: Mapping[str, str] = MappingProxyType({})
) -> list[Remark]:
    """Problems as remarks; `given` has the paths as they were given, of files that problems call otherwise."""
    return [
        Remark(
            given.get(one.file, one.file), one.line, one.column, rule_of(one.what).name, severity, one.what, one.hint
        )
        for one in problems
    ]
