"""What a rule is, what it spots, and the check that it becomes: one thing that a careful author would look at again."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType

from conceptmap.coach.advice import Advice
from conceptmap.coach.survey import Survey
from conceptmap.reporters import Remark, Severity
from graphs.fold import PartKey
from graphs.view import Citation

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "note")
"""The gravest first."""


@dataclass(frozen=True, slots=True)
class Spot:
    """What a rule finds: the node concerned (empty: none), what it is, where the map says so, and what to write.

    The greater its `weight`, the worse it is.
    """

    node: str
    what: str
    cites: tuple[Citation, ...]
    advice: Advice | None = None
    weight: float = 0


@dataclass(frozen=True, slots=True)
class Check:
    """One thing to look at: the rule, the node concerned (empty: none), what it is, and where the map says so."""

    rule: str
    node: str
    what: str
    cites: tuple[Citation, ...]
    severity: Severity = "warning"
    advice: Advice | None = None
    help: str = ""

    def remark(self, paths: Mapping[PartKey, str] = MappingProxyType({})) -> Remark:
        """The same for a report; `paths` are those of the files that parts were read from, as far as they are there."""
        cite = self.cites[0] if self.cites else None
        path = paths.get(PartKey(cite.day, cite.file), cite.file) if cite else ""
        line = cite.lines[0] if cite and cite.lines else None
        hint = str(self.advice) if self.advice else ""
        return Remark(path, line, None, self.rule, self.severity, self.what, hint, self.help)

    def advised(self, advice: Advice | None) -> "Check":
        """The same with other advice."""
        return replace(self, advice=advice)


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule: its name, how grave what it finds is, what it asks of a map, and where the idea comes from.

    `help` is a sentence that says what is right. What `find` gives is sorted, the worst first, unless it is `sorted`.
    """

    name: str
    severity: Severity
    help: str
    find: Callable[[Survey], Iterable[Spot]]
    source: str = ""
    sorted: bool = False

    def checks(self, survey: Survey) -> list[Check]:
        """What it finds, the worst first."""
        spots: Sequence[Spot] = list(self.find(survey))
        if not self.sorted:
            spots = sorted(spots, key=lambda one: (-one.weight, one.node, one.what))
        return [Check(self.name, one.node, one.what, one.cites, self.severity, one.advice, self.help) for one in spots]
