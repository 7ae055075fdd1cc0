"""The ledger: the log of every map together with its newest state, brought forward entry by entry, and checked writes.

Readers and writers share one state of a map. A state that somebody reads stays as it is, so that no reader waits for
another or for a writer; the next one shares with it all that does not change.
"""

import gc
from collections import Counter, OrderedDict
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from copy import copy
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from threading import Lock
from typing import Self
from weakref import WeakValueDictionary

from graphs.backends import Connection
from graphs.diff import Effect
from graphs.entries import Entry, Write
from graphs.fold import Event, Fold, Part, PartKey
from graphs.history import PartChange, compare_addition, compare_parts
from graphs.log import Behind, Log
from graphs.sizes import first_day_after, sizes_after
from graphs.standing import standing
from graphs.view import View
from ontology.errors import Problem, RefusedWrite, StaleRevision
from ontology.vocabulary import Vocabulary

MAX_WEIGHT = 400_000
"""Nodes and edges of the states that a ledger keeps in memory, some 400 MB; the map read last stays, however large."""

EMPTY_WEIGHT = 50
"""What a state takes beside its nodes and edges, counted in these: so many maps of few nodes are not kept for ever."""

MAX_TRIES = 100
"""How often a write is built again where others were quicker: in vain only if somebody never stops writing."""


@dataclass(frozen=True, slots=True)
class WriteReport:
    """A whole write; `entries` are the sequence numbers it got in the map's log (none for a dry run).

    `refused` are the problems of notes that were left out while others were stored; `claims` what a dry run would do to
    claims that are there, as far as whoever asked for it looked.
    """

    map: str
    parts: tuple[PartChange, ...]
    warnings: tuple[Problem, ...] = ()
    refused: tuple[Problem, ...] = ()
    entries: tuple[int, ...] = ()
    dry_run: bool = False
    claims: tuple[Effect, ...] = ()

    @property
    def summary(self) -> str:
        """How many parts were added, changed and so on, and how much is wrong, in words."""
        count = Counter([*(part.status for part in self.parts), *("refused" for _ in self.refused)])
        words = [f"{number} {status}" for status, number in count.items()] or ["no parts"]
        return ", ".join([*words, f"warnings: {len(self.warnings)}"] if self.warnings else words)

    def __repr__(self) -> str:
        return f"<{'dry run of a write' if self.dry_run else 'write'} to {self.map!r}: {self.summary}>"


Build = Callable[[View], Sequence[Write]]
Beside = Callable[[Connection, WriteReport], None]
"""What is to be stored in the same transaction as a write, with the report of it."""

Point = tuple[str, int | None]
"""A map and the entry at which it is read; None for its newest state."""


def utc_now() -> datetime:
    """The clock of a ledger that is not given another."""
    return datetime.now(UTC)


@dataclass(slots=True)
class _State:
    """A state of a map, and the mark of the log at which nothing was newer."""

    fold: Fold
    mark: Hashable

    @property
    def weight(self) -> int:
        return EMPTY_WEIGHT + len(self.fold.nodes) + len(self.fold.edges)


class _States:
    """States of maps by the point at which each is read, those read least lately going first; threads may share them.

    No library's LRU cache: what is kept goes by weight, and whoever takes a state takes its lease with it.
    """

    def __init__(self, vocabulary: Vocabulary, most: int) -> None:
        self._guard = Lock()
        self._vocabulary = vocabulary
        self._most = most
        self._kept: OrderedDict[Point, _State] = OrderedDict()
        self._weight = 0
        self._turns: WeakValueDictionary[str, _Turn] = WeakValueDictionary()

    def get(self, point: Point) -> _State | None:
        """The state that is kept, without making it the one that was read last."""
        with self._guard:
            return self._kept.get(point)

    def view(self, point: Point, is_wanted: Callable[[_State], bool]) -> View | None:
        """A view of the state that is kept, if it is wanted."""
        with self._guard:
            state = self._kept.get(point)
            if state is None or not is_wanted(state):
                return None
            self._kept.move_to_end(point)
            return View(state.fold, self._vocabulary)  # its lease, before anybody brings it forward

    def newest_of(self, name: str) -> View | None:
        """A view of the newest state of a map that is kept, without making it the one that was read last."""
        with self._guard:
            state = self._kept.get((name, None))
            return View(state.fold, self._vocabulary) if state else None

    def newest(self) -> dict[str, View]:
        """Views of the newest states by the names of their maps."""
        with self._guard:
            return {name: View(state.fold, self._vocabulary) for (name, at), state in self._kept.items() if at is None}

    def keep(self, point: Point, state: _State) -> View:
        """Keep a state, let go what is too much, and read it."""
        with self._guard:
            self._drop(point)
            self._kept[point] = state
            self._weight += state.weight
            while self._weight > self._most and len(self._kept) > 1:
                self._drop(next(iter(self._kept)))
            return View(state.fold, self._vocabulary)

    def taken(self, point: Point, fold: Fold) -> bool:
        """Take a state out, to be brought forward, unless somebody reads it."""
        with self._guard:
            if fold.is_leased:
                return False
            self._drop(point)
            return True

    def turn(self, name: str) -> "_Turn":
        """Whoever brings a map forward has its turn; others wait, and find it done."""
        with self._guard:
            turn = self._turns.get(name)
            if turn is None:
                turn = self._turns[name] = _Turn()
            return turn

    def _drop(self, point: Point) -> None:
        if (state := self._kept.pop(point, None)) is not None:
            self._weight -= state.weight


class Ledger:
    """A log and states of its maps. A state is made when first read; the least recently read go first.

    Threads may share a ledger.
    """

    def __init__(
        self,
        log: Log,
        vocabulary: Vocabulary,
        clock: Callable[[], datetime] = utc_now,
        max_weight: int = MAX_WEIGHT,
    ) -> None:
        self.log = log
        self.vocabulary = vocabulary
        self._clock = clock
        self._max_weight = max_weight
        self._states = _States(vocabulary, max_weight)

    def on(self, log: Log) -> Self:
        """The same states, brought forward from another log of the same entries."""
        other = copy(self)
        other.log = log
        return other

    # Reading.

    def view(self, name: str, at: int | None = None) -> View:
        """The view of a map with every entry so far, or as it stood at an entry; empty where nobody wrote to it.

        Waits for the log, and for whoever brings the same map forward just now.
        """
        if at is not None:
            return self._past_view(name, at)
        if (view := self.current(name, self.mark(name))) is not None:
            return view
        with self._states.turn(name):
            mark = self.mark(name)
            if (view := self.current(name, mark)) is not None:
                return view
            fold = self._newest(name)
            if not fold.sequence:  # a name that nobody wrote to takes no place
                return View(fold, self.vocabulary)
            return self._states.keep((name, None), _State(fold, mark))

    def current(self, name: str, mark: Hashable) -> View | None:
        """The view of a map if nothing was committed to it since it was read; `mark` is a fresh one."""
        return self._states.view((name, None), lambda state: state.mark == mark)

    def mark(self, name: str) -> Hashable:
        """A value that differs after any commit to a map; where the log is behind what is held, as it was for that."""
        mark = self.log.mark(name)
        state = self._states.get((name, None))
        return state.mark if state and self.log.is_behind(mark, state.fold.sequence) else mark

    def sizes(self) -> dict[str, tuple[int, int]]:
        """How many nodes and edges each map has that was read lately."""
        return {name: (view.size, view.edge_count) for name, view in sorted(self._states.newest().items())}

    def fitting(self) -> list[str]:
        """The maps that can be kept in memory together, the largest first; one of unknown size counts as small."""
        found, weight = [], 0
        sizes = {name: sum(size) if size else 0 for name, size in self.log.sizes().items()}
        for name, size in sorted(sizes.items(), key=lambda one: -one[1]):
            weight += EMPTY_WEIGHT + size
            if weight <= self._max_weight:
                found.append(name)
        return found

    def now(self) -> datetime:
        """The time by the ledger's clock."""
        return self._clock()

    def events_of(self, name: str, view: View, key: PartKey, entries: Sequence[int]) -> list[Event]:
        """The events of these entries of a map's part, in order; only those that the view does not hold are read."""
        return self._events(name, view.fold.parts.get(key), entries)

    # Writing.

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

        What says nothing new adds no entry, unless it is a note of a folder with another `reader`. `beside` is called
        in the transaction (not in a dry run), also where there is nothing new; what it raises undoes the write. Raises
        what `build` raises, `StaleRevision` where a part is not at its `expected` revision (0: there is none yet), or
        `StoreError`.
        """
        for _ in range(MAX_TRIES):
            view = self.view(name)
            self._check_revisions(name, expected or {})
            changes, news = self._compare(name, view, build(view))
            report = WriteReport(name, changes, dry_run=dry_run)
            if dry_run or not (news or beside):
                return report
            try:
                return self._append(report, news, view, beside)
            except Behind:
                continue
        raise RefusedWrite(f"map {name!r} changed {MAX_TRIES} times while this write was checked; try again")

    def _append(self, report: WriteReport, news: Sequence[Write], view: View, beside: Beside | None) -> WriteReport:
        """Store the news, and what is to stand beside them."""

        def written(entries: Sequence[Entry]) -> WriteReport:
            return replace(report, entries=tuple(entry.sequence for entry in entries))

        if not news and beside:
            self.log.transact(lambda connection: beside(connection, report))
            return report
        also = (lambda connection, entries: beside(connection, written(entries))) if beside else None
        return written(
            self.log.append(
                report.map,
                news,
                after=view.entry,
                time=self._clock(),
                first_day=first_day_after(view.fold, news),
                sizes=sizes_after(view.fold, news),
                beside=also,
            )
        )

    def _compare(self, name: str, view: View, writes: Sequence[Write]) -> tuple[tuple[PartChange, ...], list[Write]]:
        """What each write changes, and the writes that change anything, with what they change counted."""
        changes, news = [], []
        for write in writes:
            former = view.part(PartKey(write.day, write.part))
            change = self._change(name, former, view, write)
            changes.append(change)
            if change.status != "unchanged" or (former and self._is_read_anew(name, former, write)):
                news.append(replace(write, counts=(change.added, change.changed, change.removed)))
        return tuple(changes), news

    def _change(self, name: str, former: Part | None, view: View, write: Write) -> PartChange:
        key = PartKey(write.day, write.part)
        if write.kind == "add" and write.document is not None:
            return compare_addition(view.fold, key, write.document)
        before = former.document if former else None
        if write.target is not None:
            return compare_parts(view.fold, key, before, write.says, same=False)
        same = former is not None and before == write.document and self._is_body(name, former, write.body)
        return compare_parts(view.fold, key, before, write.document, same=same)

    def _is_body(self, name: str, part: Part, body: bytes) -> bool:
        """Whether a part was put with these bytes, and nothing was added to it."""
        return part.before is None and part.event.kind == "put" and self.log.entry(name, part.sequence).body == body

    def _is_read_anew(self, name: str, part: Part, write: Write) -> bool:
        """Whether a note of a folder says the same, but was read by another version or from another file."""
        return write.root is not None and self.log.entry(name, part.sequence).reader != write.reader

    def _check_revisions(self, name: str, expected: Mapping[PartKey, int]) -> None:
        for key, revision in expected.items():
            if (current := self.log.revision(name, *key)) != revision:
                raise StaleRevision(*key, revision, current)

    # States.

    def _past_view(self, name: str, at: int) -> View:
        if (view := self._states.view((name, at), lambda _: True)) is not None:
            return view
        held = self._states.newest_of(name)
        is_past = at <= self.log.last(name)  # else a later entry may still change it
        marks = self.log.marks(name, until=at)
        fold = Fold(self.vocabulary)
        with _no_garbage():
            for key, entries in standing(marks).items():
                fold.settle(key, self._events(name, held.fold.parts.get(key) if held else None, entries), entries[-1])
        fold.sequence = marks[-1].sequence if marks else 0
        return self._states.keep((name, at), _State(fold, None)) if is_past else View(fold, self.vocabulary)

    def _newest(self, name: str) -> Fold:
        """The state with every entry so far. The caller has the map's turn."""
        state = self._states.get((name, None))
        if state is None:
            return self._made(name)
        self.log.check_mark(name, state.mark)  # else what is new would be put on top of what is gone
        news = list(self.log.events(name, after=state.fold.sequence))
        if not news:
            return state.fold
        fold = self._changeable(name, state.fold)
        for event in news:
            if event.target is None:
                fold.apply(event)
            else:
                marks = self.log.marks(name, event.sequence, *event.key)
                entries = standing(marks).get(event.key, [])
                fold.settle(event.key, self._events(name, fold.parts.get(event.key), entries), event.sequence)
        return fold

    def _changeable(self, name: str, fold: Fold) -> Fold:
        """A state to be brought forward: itself where nobody reads it and nobody can begin to, else a copy."""
        return fold if self._states.taken((name, None), fold) else fold.copied()

    def _made(self, name: str) -> Fold:
        """The state made anew, of what stands alone."""
        marks = self.log.marks(name)
        fold = Fold(self.vocabulary)
        with _no_garbage():
            numbers = [entry for entries in standing(marks).values() for entry in entries]
            fold.apply_all(self.log.events(name, only=numbers))
        fold.sequence = marks[-1].sequence if marks else 0
        return fold

    def _events(self, name: str, part: Part | None, entries: Sequence[int]) -> list[Event]:
        held = {event.sequence: event for event in part.events} if part else {}
        missing = [entry for entry in entries if entry not in held]
        read = {event.sequence: event for event in self.log.events(name, only=missing)} if missing else {}
        return [held.get(entry) or read[entry] for entry in entries]


class _Turn:
    """A lock that is forgotten when nobody holds it or waits for it."""

    def __init__(self) -> None:
        self._lock = Lock()

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()


@contextmanager
def _no_garbage() -> Iterator[None]:
    """Without the garbage collector, which would look at everything that was made again and again: half of the time."""
    if not gc.isenabled():
        yield
        return
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
