"""The ledger: the log of every map together with its fold, brought forward entry by entry, and checked writes."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import Lock
from typing import TypeVar

from graphs.backends import Connection
from graphs.entries import Entry, Write
from graphs.fold import Event, Fold, Part, PartKey
from graphs.history import PartChange, compare_parts
from graphs.log import Behind, Log
from graphs.standing import standing
from graphs.view import View
from ontology.errors import Problem, RefusedWrite, StaleRevision
from ontology.vocabulary import Vocabulary

MAX_FOLDS = 64
"""Maps that a ledger keeps in memory: a service for a department, some 4 kB for each node of a map."""

MAX_PAST_FOLDS = 8
"""Past states that a ledger keeps: those that people compare just now; each is as large as its map."""

MAX_TRIES = 100
"""How often a write is built again where others were quicker: in vain only if somebody never stops writing."""


@dataclass(frozen=True, slots=True)
class WriteReport:
    """A whole write; `entries` are the sequence numbers it got in the log (none for a dry run)."""

    map: str
    parts: tuple[PartChange, ...]
    warnings: tuple[Problem, ...] = ()
    entries: tuple[int, ...] = ()
    dry_run: bool = False


Build = Callable[[View], Sequence[Write]]
Beside = Callable[[Connection, WriteReport], None]
"""What is to be stored in the same transaction as a write, with the report of it."""

Name = TypeVar("Name", str, tuple[str, int])


def utc_now() -> datetime:
    """The clock of a ledger that is not given another."""
    return datetime.now(UTC)


class Ledger:
    """A log and the folds of its maps. A fold is made when first read; the least recently read go first.

    Threads may share a ledger where no two are at the same map: a fold is brought forward in place.
    """

    def __init__(self, log: Log, vocabulary: Vocabulary, clock: Callable[[], datetime] = utc_now) -> None:
        self.log = log
        self.vocabulary = vocabulary
        self._clock = clock
        # No library's LRU cache: there a mere look-up moves an entry, so that readers of two maps would need a lock.
        self._folds: OrderedDict[str, Fold] = OrderedDict()
        self._past: OrderedDict[tuple[str, int], Fold] = OrderedDict()
        self._keeping = Lock()
        self._tokens: dict[str, Hashable] = {}

    def fold(self, name: str, at: int | None = None) -> Fold:
        """The fold of a map with every entry so far, or as it stood at an entry."""
        if at is not None:
            return self._past_fold(name, at)
        fold = self._catch_up(name, self._folds.get(name) or Fold(self.vocabulary))
        if fold.sequence:  # a name that nobody wrote to takes no place
            self._keep(self._folds, name, fold, MAX_FOLDS)
        return fold

    def view(self, name: str, at: int | None = None) -> View:
        """The view of a map with every entry so far, or as it stood at an entry; empty where nobody wrote to it."""
        return View(self.fold(name, at), self.vocabulary)

    def sizes(self) -> dict[str, tuple[int, int]]:
        """How many nodes and edges each map has that was read lately."""
        with self._keeping:
            return {name: (len(fold.nodes), len(fold.edges)) for name, fold in sorted(self._folds.items())}

    def now(self) -> datetime:
        """The time by the ledger's clock."""
        return self._clock()

    def twin(self) -> "Ledger":
        """Another ledger on the same log, with folds of its own: what one thread reads, no other brings forward."""
        return Ledger(self.log, self.vocabulary, self._clock)

    def current(self, name: str, token: Hashable) -> View | None:
        """The view of a map if nothing was committed since it was read; `token` is a fresh `Log.mark`."""
        fold = self._folds.get(name) if self._tokens.get(name) == token else None
        return View(fold, self.vocabulary) if fold else None

    def write(
        self,
        name: str,
        build: Build,
        *,
        expected: Mapping[PartKey, int] | None = None,
        dry_run: bool = False,
        beside: Beside | None = None,
    ) -> WriteReport:
        """Append what `build` makes of the newest view, all or none; it is called again if the map changed meanwhile.

        What says nothing new adds no entry. `beside` is called in the transaction (not in a dry run), also
        where there is nothing new; what it raises undoes the write. Raises what `build` raises,
        `StaleRevision` where a part is not at its `expected` revision (0: there is none yet), or `StoreError`.
        """
        for _ in range(MAX_TRIES):
            view = self.view(name)
            self._check_revisions(name, expected or {})
            changes, news = self._compare(name, view, build(view))
            report = WriteReport(name, changes, dry_run=dry_run)
            if dry_run or not (news or beside):
                return report
            try:
                return self._append(report, news, view.entry, beside)
            except Behind:
                continue
        raise RefusedWrite(f"map {name!r} changed {MAX_TRIES} times while this write was checked; try again")

    def _append(self, report: WriteReport, news: Sequence[Write], after: int, beside: Beside | None) -> WriteReport:
        """Store the news, and what is to stand beside them."""

        def written(entries: Sequence[Entry]) -> WriteReport:
            return replace(report, entries=tuple(entry.sequence for entry in entries))

        if not news and beside:
            self.log.transact(lambda connection: beside(connection, report))
            return report
        also = (lambda connection, entries: beside(connection, written(entries))) if beside else None
        first_day = self._first_day(report.map, news)
        appended = self.log.append(report.map, news, after=after, time=self._clock(), first_day=first_day, beside=also)
        return written(appended)

    def _first_day(self, name: str, news: Sequence[Write]) -> int | None:
        """The smallest day that has a part when these are written."""
        fold = self._folds.get(name)
        keys = set(fold.parts) if fold else set()
        for write in news:
            key = PartKey(write.day, write.part)
            keys = keys - {key} if write.document is None else keys | {key}
        return min((key.day for key in keys), default=None)

    def _past_fold(self, name: str, at: int) -> Fold:
        if (fold := self._past.get((name, at))) is None:
            is_past = at <= self.log.last(name)  # else a later entry may still change it
            fold = Fold(self.vocabulary).apply_all(self._standing(name, at))
            if is_past:
                self._keep(self._past, (name, at), fold, MAX_PAST_FOLDS)
        return fold

    def _standing(self, name: str, at: int) -> Iterator[Event]:
        """What stood at an entry; what still stands is not read and parsed again."""
        newest = self._folds.get(name)
        held = {event.sequence: event for part in newest.parts.values() for event in part.events} if newest else {}
        found = standing(self.log.marks(name, until=at))
        for sequence in sorted(sequence for sequences in found.values() for sequence in sequences):
            yield held.get(sequence) or self.log.entry(name, sequence).event

    def _keep(self, kept: OrderedDict[Name, Fold], name: Name, fold: Fold, most: int) -> None:
        with self._keeping:
            kept[name] = fold
            kept.move_to_end(name)
            while len(kept) > most:
                kept.popitem(last=False)

    def _catch_up(self, name: str, fold: Fold) -> Fold:
        token = self.log.mark(name)
        if self._tokens.get(name) != token or not fold.sequence:
            for entry in self.log.entries(name, after=fold.sequence):
                fold = fold.copied() if fold.is_leased else fold
                fold.apply(entry.event)
            if fold.sequence:  # a name that nobody wrote to takes no place
                self._tokens[name] = token
        return fold

    def _compare(self, name: str, view: View, writes: Sequence[Write]) -> tuple[tuple[PartChange, ...], list[Write]]:
        """What each write changes, and the writes that change anything."""
        changes, news = [], []
        for write in writes:
            key = PartKey(write.day, write.part)
            former = view.part(key)
            before = former.document if former else None
            same = former is not None and before == write.document and self._body(name, former) == write.body
            changes.append(compare_parts(key, before, write.document, same=same))
            if not same and (before, write.document) != (None, None):
                news.append(write)
        return tuple(changes), news

    def _body(self, name: str, part: Part) -> bytes:
        return self.log.entry(name, part.sequence).body

    def _check_revisions(self, name: str, expected: Mapping[PartKey, int]) -> None:
        for key, revision in expected.items():
            if (current := self.log.revision(name, *key)) != revision:
                raise StaleRevision(*key, revision, current)
