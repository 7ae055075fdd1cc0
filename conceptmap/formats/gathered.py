"""What is gathered while files are read: nodes, edges, losses, and remarks on what a file says in a way of its own.

There is one remark for each kind of them, with how often and where.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from conceptmap.formats.loss import Loss
from ontology.errors import Problem

if TYPE_CHECKING:
    from conceptmap.formats.format import Given, Reading
    from conceptmap.formats.given import GivenEdge, GivenNode


@dataclass(slots=True)
class Remarks:
    """Remarks while files are read; a thousand of one kind are one warning."""

    _first: dict[tuple[str, str], Problem] = field(default_factory=dict)
    _count: dict[tuple[str, str], int] = field(default_factory=dict)

    def tell(self, file: str, what: str, hint: str, *, line: int | None = None, pointer: str | None = None) -> None:
        """Remark what is so on a line of a file, or at a place in its JSON, and what was made of it."""
        key = file, what
        self._count[key] = self._count.get(key, 0) + 1
        self._first.setdefault(key, Problem(file=file, line=line, column=None, what=what, hint=hint, pointer=pointer))

    def problems(self) -> Iterator[Problem]:
        """The remarks as warnings, in the order in which they came up."""
        for key, one in self._first.items():
            often = f" ({self._count[key]} times, first here)" if self._count[key] > 1 else ""
            what = f"{one.what}{often}"
            yield Problem(file=one.file, line=one.line, column=None, what=what, hint=one.hint, pointer=one.pointer)


@dataclass(slots=True)
class Gathered:
    """What is gathered from the files of an import."""

    reading: "Reading"
    nodes: "list[GivenNode]" = field(default_factory=list)
    edges: "list[GivenEdge]" = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    remarks: Remarks = field(default_factory=Remarks)

    def given(self) -> "Given":
        """The documents that it makes, with all that is lost and remarked."""
        from conceptmap.formats.given import given

        made = given(self.nodes, self.edges, self.reading)
        warnings = (*self.remarks.problems(), *made.warnings)
        return replace(made, losses=(*self.losses, *made.losses), warnings=warnings)
