"""Which day each note of a load is of: the one it says, its place in a sequence, its date, or the one the map knows."""

import datetime
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from conceptmap.notes.page.front import GENERIC, stem_of
from conceptmap.notes.page.sequence import (
    NO_YEAR,
    WORDS,
    Step,
    date_in,
    date_name,
    named_step,
    prefix_of,
    step_in,
    steps_in,
)
from graphs.view import View
from ontology.model import MAX_DAY, Document
from ontology.names import CONTRIBUTED

Rank = tuple[int, ...]
"""Where something stands in its sequence; of a date year, month and day."""

DAY_WORD = "day"


@dataclass(frozen=True, slots=True)
class Said:
    """What a note says of its day.

    `place` is its path, `part` the part of the map that it is, `stated` the number that it gives, `title` what it is
    called, `date` what its front matter says, `inner` the day of a heading further down,
    `beside` the names of the notes of its folder that are not of the load; `is_section`: it is a section of a diary.
    """

    place: str
    part: str
    stated: int | None = None
    title: str | None = None
    date: datetime.date | None = None
    inner: int | None = None
    beside: tuple[str, ...] = ()
    is_section: bool = False


@dataclass(frozen=True, slots=True)
class Given:
    """The day that a note is given (None: it is undated), what its author calls it, and its date."""

    day: int | None = None
    name: str | None = None
    date: datetime.date | None = None


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where a note of a sequence stands: its steps from the outermost to its own."""

    steps: tuple[Step, ...]

    @property
    def group(self) -> str:
        """What is counted: notes of one group are put in one order."""
        return self.steps[0].word

    @property
    def rank(self) -> Rank:
        return tuple(number for step in self.steps for number in step.rank)

    @property
    def number(self) -> int:
        return self.steps[-1].number

    @property
    def is_plain(self) -> bool:
        """Whether a number says it all: nothing like 2b or 3.1."""
        return all(step.rank[1:] == (0,) for step in self.steps)


def days_of(notes: Sequence[Said], known: View) -> list[Given]:
    """The day of each note, given those of the load beside it and the map.

    A day that is said stands. A place in a sequence is the day of that number, where no two places of the map have the
    same; else, as for dates, days are counted in the order of the sequence: a number once given stays, and what comes
    between gets the next that is free.
    """
    return _Days(notes, known).given()


class _Days:
    def __init__(self, notes: Sequence[Said], known: View) -> None:
        self._notes = notes
        self._known = [one for one in known.documents() if not one.undated and not one.part.startswith(CONTRIBUTED)]
        self._by_part: dict[str, list[Document]] = defaultdict(list)
        for document in self._known:
            self._by_part[document.part].append(document)
        self._taken = set(known.days()) | {note.stated for note in notes if note.stated is not None}
        self._spots = _spots(notes)
        self._dates = _dates(notes)

    def given(self) -> list[Given]:
        spots = {index: spot for index, spot in self._spots.items() if self._notes[index].stated is None}
        dates = dict(self._dates)
        if self._are_dates_first(spots):
            spots = {index: spot for index, spot in spots.items() if spot.steps[-1].word == DAY_WORD}
        else:
            dates = {index: day for index, day in dates.items() if index in spots or self._says(index)}
        given = {
            index: Given(note.stated, self._name_of_stated(index), dates.get(index))
            for index, note in enumerate(self._notes)
        }
        for group in {spot.group for spot in spots.values()}:
            given |= self._in_sequence(group, {index: one for index, one in spots.items() if one.group == group}, dates)
        given |= self._by_date(dates, given)
        self._name_once(spots, given)
        return [self._else(note, given[index]) for index, note in enumerate(self._notes)]

    @staticmethod
    def _name_once(spots: Mapping[int, _Spot], given: dict[int, Given]) -> None:
        """A day at which several sequences have a place is called by the one with the most."""
        counts = Counter(spot.group for spot in spots.values())
        best: dict[int | None, str] = {}
        for group, _ in sorted(counts.items(), key=lambda one: (-one[1], one[0] not in WORDS, one[0])):
            for index in (index for index, spot in spots.items() if spot.group == group):
                if best.setdefault(given[index].day, group) != group:
                    given[index] = replace(given[index], name=None)

    def _says(self, index: int) -> bool:
        return self._notes[index].stated is not None

    def _are_dates_first(self, spots: Mapping[int, _Spot]) -> bool:
        """Whether dates give the days of the map: a sequence beside them, which nobody can put between, gives none."""
        stated = {index for index, spot in spots.items() if spot.steps[-1].word == DAY_WORD}
        counted = len(spots.keys() - self._dates.keys() - stated)
        dated = len(self._dates.keys() - spots.keys())
        read = {note.part for note in self._notes}
        for document in (one for one in self._known if one.part not in read):
            is_dated = _known_date(document) is not None
            dated += is_dated
            counted += not is_dated and document.day_name is not None
        return dated >= counted

    def _name_of_stated(self, index: int) -> str | None:
        """What the day that a note states is called: `Lecture 3` where it states day 3 and its name that lecture."""
        spot, stated = self._spots.get(index), self._notes[index].stated
        return _own_name(spot.steps[-1:], stated) if spot and stated == spot.number else None

    # Sequences.

    def _in_sequence(
        self, group: str, spots: Mapping[int, _Spot], dates: Mapping[int, datetime.date]
    ) -> dict[int, Given]:
        """The days of the notes of one group."""
        known = {document.day: spot for document in self._known if (spot := _known_spot(document, group))}
        if _are_numbers([*spots.values(), *known.values()]):
            days = {index: spot.number for index, spot in spots.items()}
            names = {index: _own_name(spot.steps[-1:], days[index]) for index, spot in spots.items()}
        else:
            days = self._counted({index: spot.rank for index, spot in spots.items()}, known)
            names = {index: _own_name(spot.steps, days[index]) for index, spot in spots.items()}
        return {index: Given(days[index], names[index], dates.get(index)) for index in spots}

    def _counted(self, ranks: Mapping[int, Rank], known: Mapping[int, _Spot]) -> dict[int, int]:
        """Days in the order of ranks; a rank without the last steps of others is that of the first of these."""
        every = {*ranks.values(), *(spot.rank for spot in known.values())}
        longest = max(map(len, every))
        first = {
            rank: min((one for one in every if len(one) == longest and one[: len(rank)] == rank), default=rank)
            for rank in every
        }
        days = {first[spot.rank]: day for day, spot in known.items()}
        stands = {index: day for index in ranks if (day := self._remembered(self._notes[index])) is not None}
        days |= {first[ranks[index]]: day for index, day in stands.items()}
        self._count({first[rank] for rank in ranks.values()}, days)
        return {index: stands.get(index, days[first[rank]]) for index, rank in ranks.items()}

    def _count(self, ranks: set[Rank], days: dict[Rank, int]) -> None:
        """Give each rank that has no day the next free one behind the rank before it."""
        last = 0
        for rank in sorted(ranks | days.keys()):
            if rank not in days:
                last += 1
                while last in self._taken:
                    last += 1
                self._taken.add(last)
                days[rank] = last
            last = days[rank]

    # Dates.

    def _by_date(self, dates: Mapping[int, datetime.date], given: Mapping[int, Given]) -> dict[int, Given]:
        """The days of the notes that have only a date."""
        known = {when: one for one in self._known if (when := _known_date(one))}
        years = {when.year for when in (*dates.values(), *known)} - {NO_YEAR}
        days = {_rank(when): document.day for when, document in known.items()}
        days |= {_rank(when): found for index, when in dates.items() if (found := given[index].day) is not None}
        waiting = {index: when for index, when in dates.items() if given[index].day is None}
        stands = {index: day for index in waiting if (day := self._remembered(self._notes[index])) is not None}
        for index, number in stands.items():
            days.setdefault(_rank(waiting[index]), number)
        self._count({_rank(when) for when in waiting.values()}, days)
        result: dict[int, Given] = {}
        for index, when in waiting.items():
            former = known.get(when)
            name = former.day_name if former else date_name(when, year=len(years) > 1)
            result[index] = Given(stands.get(index, days[_rank(when)]), name, when)
        return result

    # What the map knows.

    def _remembered(self, note: Said) -> int | None:
        """The day at which the map has the part that a note is, if it has it at one."""
        found = () if note.is_section else self._by_part.get(note.part, ())
        return found[0].day if len(found) == 1 else None

    def _else(self, note: Said, given: Given) -> Given:
        """The day of a note that says none so far: of a heading further down, else the one that the map knows."""
        if given.day is not None:
            return given
        if note.inner is not None:
            return replace(given, day=note.inner)
        found = self._by_part.get(note.part, ())
        return replace(given, day=found[0].day, name=found[0].day_name) if len(found) == 1 else given


def _spots(notes: Sequence[Said]) -> dict[int, _Spot]:
    """Where each note stands by its path, else by its title; only those that stand anywhere."""
    folders: dict[str, set[str]] = defaultdict(set)
    files: dict[str, set[str]] = defaultdict(set)
    for note in notes:
        *above, name = note.place.split("/")
        files["/".join(above)] |= {_stem(one) for one in (name, *note.beside) if not _is_generic(one)}
        for depth, folder in enumerate(above):
            folders["/".join(above[:depth])].add(folder)
    of_folders = {folder: steps_in(names) for folder, names in folders.items()}
    of_files = {folder: steps_in(names) for folder, names in files.items()}
    spots: dict[int, _Spot] = {}
    for index, note in enumerate(notes):
        place, title = note.place, note.title
        *above, _ = place.split("/")
        own = of_files.get("/".join(above), {}).get(_stem(place)) if not _is_generic(place) else None
        steps = [step for depth, name in enumerate(above) if (step := of_folders["/".join(above[:depth])].get(name))]
        own = own or (_titled_step(title) if title else None)
        if own is None and not _is_generic(place):
            steps = [step for step in steps if step.word]  # a number before a folder's name is no place of its files
        if steps or own:
            above_own = (step for step in steps if own is None or step.word != own.word)  # Week 2/Week 2 - Rye.md
            spots[index] = _Spot((*above_own, own) if own else tuple(steps))
    return spots


def _stem(place: str) -> str:
    return place.rsplit("/", 1)[-1].rsplit(".", 1)[0]


def _is_generic(place: str) -> bool:
    return _stem(place).lower() in GENERIC


def _titled_step(title: str) -> Step | None:
    """The step that a title begins with."""
    return None if title[prefix_of(title) :].lstrip()[:1].islower() else step_in(title[: prefix_of(title)])


def _dates(notes: Sequence[Said]) -> dict[int, datetime.date]:
    """The date of each note by its name, else, where most notes of the load say one, by its front matter."""
    named = {index: found for index, note in enumerate(notes) if (found := _named_date(note))}
    declared = {index: note.date for index, note in enumerate(notes) if note.date}
    if 2 * len(declared.keys() | named.keys()) <= len(notes):
        declared = {index: day for index, day in declared.items() if index in named or notes[index].stated is not None}
    return {**named, **declared}


def _named_date(note: Said) -> datetime.date | None:
    return note.date if note.is_section else date_in(stem_of(note.place))


def _rank(day: datetime.date) -> Rank:
    return day.year, day.month, day.day


def _known_date(document: Document) -> datetime.date | None:
    """When the day of a document of the map was, also where its name says no year."""
    return datetime.date.fromisoformat(document.date) if document.date else date_in(document.day_name or "")


def _known_spot(document: Document, group: str) -> _Spot | None:
    """Where a document of the map stands, by the name of its day."""
    names = (document.day_name or "").split(", ")
    steps = tuple(step for name in names if (step := named_step(name)))
    return _Spot(steps) if steps and steps[0].word == group else None


def _are_numbers(spots: Sequence[_Spot]) -> bool:
    """Whether the last number of each place is a day by itself: no two places have the same."""
    ranks: dict[int, set[Rank]] = defaultdict(set)
    for spot in spots:
        ranks[spot.number].add(spot.rank)
    alike = len({len(spot.steps) for spot in spots}) == 1
    plain = all(spot.is_plain and spot.number <= MAX_DAY for spot in spots)
    return alike and plain and all(len(found) == 1 for found in ranks.values())


def _own_name(steps: Sequence[Step], day: int) -> str | None:
    """What the day of a place is called, where that is more than its number: `Week 1, Day 5`, `Chapter 1.2`."""
    first, *others = steps
    if not others and first.word in ("", DAY_WORD) and first.rank == (day, 0):
        return None
    return first.name + "".join(f", {step.name}" if step.word else f".{step.name}" for step in others)
