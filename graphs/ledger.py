"""The ledger: the log of every map together with its fold, brought forward entry by entry, and checked writes."""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import UTC, datetime

from graphs.changes import PartChange, WriteReport, compare_parts
from graphs.entries import Write
from graphs.fold import Event, Fold, PartKey
from graphs.log import Behind, Log
from ontology.errors import RefusedWrite, StaleRevision
from ontology.vocabulary import Vocabulary

MAX_FOLDS = 64
MAX_TRIES = 100

Build = Callable[[Fold], Sequence[Write]]


def utc_now() -> datetime:
    """The clock of a ledger that is not given another."""
    return datetime.now(UTC)


class Ledger:
    """A log and the folds of its maps. A fold is made when first read; the least recently read go first."""

    def __init__(self, log: Log, vocabulary: Vocabulary, clock: Callable[[], datetime] = utc_now) -> None:
        self.log = log
        self.vocabulary = vocabulary
        self._clock = clock
        self._folds: OrderedDict[tuple[str, int | None], Fold] = OrderedDict()
        self._tokens: dict[str, Hashable] = {}

    def fold(self, name: str, at: int | None = None) -> Fold:
        """The fold of a map with every entry so far, or as it stood at an entry."""
        fold = self._folds.get((name, at))
        if at is None:
            fold = fold or Fold(self.vocabulary)
            self._catch_up(name, fold)
            self._keep((name, None), fold)
        elif fold is None:
            is_past = at <= self.log.last(name)  # else a later entry may still change it
            fold = Fold(self.vocabulary).apply_all(entry.event for entry in self.log.entries(name, until=at))
            if is_past:
                self._keep((name, at), fold)
        return fold

    def write(
        self, name: str, build: Build, *, expected: Mapping[PartKey, int] | None = None, dry_run: bool = False
    ) -> WriteReport:
        """Append what `build` makes of the newest fold, all or none; it is called again if the map changed meanwhile.

        What says nothing new adds no entry. Raises what `build` raises, `StaleRevision` where a part
        is not at its `expected` revision (0: there is none yet), or `StoreError`.
        """
        for _ in range(MAX_TRIES):
            fold = self.fold(name)
            self._check_revisions(name, expected or {})
            changes, news = self._compare(fold, build(fold))
            if dry_run or not news:
                return WriteReport(name, changes, dry_run=dry_run)
            try:
                entries = self.log.append(name, news, after=fold.sequence, time=self._clock())
            except Behind:
                continue
            return WriteReport(name, changes, entries=tuple(entry.sequence for entry in entries))
        raise RefusedWrite(f"map {name!r} changed {MAX_TRIES} times while this write was checked; try again")

    def _keep(self, key: tuple[str, int | None], fold: Fold) -> None:
        self._folds[key] = fold
        self._folds.move_to_end(key)
        if len(self._folds) > MAX_FOLDS:
            self._folds.popitem(last=False)

    def _catch_up(self, name: str, fold: Fold) -> None:
        token = self.log.changed()
        if self._tokens.get(name) != token or not fold.sequence:
            fold.apply_all(entry.event for entry in self.log.entries(name, after=fold.sequence))
            self._tokens[name] = token

    def _compare(self, fold: Fold, writes: Sequence[Write]) -> tuple[tuple[PartChange, ...], list[Write]]:
        """What each write changes, and the writes that change anything."""
        changes, news = [], []
        for write in writes:
            key = PartKey(write.day, write.part)
            former = fold.documents.get(key)
            before = former.document if former else None
            same = former is not None and before == write.document and self._body(former) == write.body
            changes.append(compare_parts(key, before, write.document, same=same))
            if not same and (before, write.document) != (None, None):
                news.append(write)
        return tuple(changes), news

    def _body(self, event: Event) -> bytes:
        return self.log.entry(event.sequence).body

    def _check_revisions(self, name: str, expected: Mapping[PartKey, int]) -> None:
        for key, revision in expected.items():
            head = self.log.head(name, *key)
            if (current := head[0] if head else 0) != revision:
                raise StaleRevision(*key, revision, current)
