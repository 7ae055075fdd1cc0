"""A write that was tried and not done: what it would make of the map."""

from dataclasses import dataclass
from functools import cached_property

from conceptmap.comparison import Comparison, compare
from graphs.fold import Event, Fold, PartKey
from graphs.ledger import Ledger, WriteReport
from graphs.view import View
from ontology.vocabulary import Vocabulary


@dataclass(frozen=True)
class Proposal:
    """A dry run's report, and the documents that it met. The map may go on meanwhile: nothing here reads it later."""

    report: WriteReport
    events: tuple[Event, ...]
    sequence: int
    vocabulary: Vocabulary

    @cached_property
    def comparison(self) -> Comparison:
        """The map as it is, compared with what it would be. Costs as much as folding the map twice."""
        news = [
            Event(self.sequence + 1, PartKey(part.day, part.part), part.document)
            for part in self.report.parts
            if part.status != "unchanged"
        ]
        before, after = self._view(self.events), self._view((*self.events, *news))
        return compare(before, after)

    def _view(self, events: tuple[Event, ...]) -> View:
        fold = Fold(self.vocabulary).apply_all(sorted(events, key=lambda one: one.sequence))
        return View(fold, self.vocabulary)


def proposal(ledger: Ledger, report: WriteReport) -> Proposal:
    """The proposal of a dry run that was just made with this ledger."""
    fold = ledger.fold(report.map)
    return Proposal(report, tuple(fold.documents.values()), fold.sequence, ledger.vocabulary)
