"""What a name says of a note's place: a step of a sequence (`Lecture 3`, `lec07`, `02a`) or a date (`2 Nov`)."""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

_SHORT = {"ch": "chapter", "d": "day", "lec": "lecture", "wk": "week"}
"""Words that are written shorter than they are said."""

_WORDS = "chapter|day|lecture|lec|lesson|module|session|unit|week|wk"
"""What courses and books are counted in. Any other word counts only where files of one folder share it."""

_KNOWN = re.compile(
    rf"(?<![a-z])({_WORDS}|ch(?=\d)|\Ad(?=[_-]?\d\d))[\s_.-]*(\d{{1,5}})(?!\d)"
    r"(?:\.(\d{1,2})(?!\d)|([a-z])(?![a-z0-9]))?",
    re.IGNORECASE,
)
_SHARED = re.compile(r"([^\W\d_]+)[\s_.-]*(\d{1,3})(?!\d|[.,_-]\d)(?:([a-z])(?![a-z0-9]))?", re.IGNORECASE)
_BARE = re.compile(r"(\d{1,3})([a-z](?=[-_. ]|$))?(?:[-_. ](?!\d)|$)")

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = "|".join(rf"{month[:3]}(?:{month[3:]})?" if month[3:] else month for month in [*_MONTHS, "sept"])
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?[ ,_-]+)?"
_TH = r"(?:st|nd|rd|th)?"
_YEAR = r"(?:,?[ _-]+(\d{4}))?(?![a-z0-9])"
_NUMERIC = re.compile(r"(?<!\d)(\d{4})([-_.])(\d{1,2})\2(\d{1,2})(?!\d)|\A(\d{4})(\d{2})(\d{2})(?!\d)")
_DAY_FIRST = re.compile(rf"\A{_WEEKDAY}(\d{{1,2}}){_TH}\.?[ _-]+({_MONTH})\.?{_YEAR}", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"\A{_WEEKDAY}({_MONTH})\.?[ _-]+(\d{{1,2}}){_TH}{_YEAR}", re.IGNORECASE)

NO_YEAR = 4
"""The year of a date that is written without one: a leap year, before all that people write."""


class Step(NamedTuple):
    """A place in a sequence: the word that is counted ("" for a bare number), where, and how it is called.

    `rank` is the number and what follows it: `2b` is (2, 2), `3.1` is (3, 1).
    """

    word: str
    rank: tuple[int, ...]
    name: str

    @property
    def number(self) -> int:
        """The number."""
        return self.rank[0]


def step_in(name: str) -> Step | None:
    """The step that a name spells with a word that courses are counted in.

    >>> step_in("lec07 - Ropes"), step_in("CS 5 Week 12")
    (Step(word='lecture', rank=(7,), name='Lecture 7'), Step(word='week', rank=(12,), name='Week 12'))
    """
    found = _KNOWN.search(name)
    if found is None:
        return None
    word = _SHORT.get(found[1].lower(), found[1].lower())
    if word != "day" and 1900 <= int(found[2]) <= 2099:  # lectures of a year
        return None
    return _step(word, found[2], found[3] or "", (found[4] or "").lower(), word.capitalize())


def _step(word: str, number: str, inner: str, letter: str, shown: str) -> Step:
    after = int(inner) if inner else ord(letter) - ord("a") + 1 if letter else None
    rank = (int(number),) if after is None else (int(number), after)
    space = " " if len(shown) > 1 else ""
    return Step(word, rank, f"{shown}{space}{int(number)}{'.' + inner if inner else letter}")


def steps_in(names: Collection[str]) -> Mapping[str, Step]:
    """The steps that the names of one folder spell: by a word of courses, by a word that most share, by bare numbers.

    Bare numbers and other words make a sequence only where most names have one and no two have the same.

    >>> steps_in(["3-Search", "4-Games", "todo"])["4-Games"]
    Step(word='', rank=(4,), name='4')
    >>> steps_in(["3-Search", "todo", "ideas"]), steps_in(["Loop 1", "Loop 2"])["Loop 2"].name
    ({}, 'Loop 2')
    """
    steps = {name: step for name in names if (step := step_in(name))}
    left = [name for name in names if name not in steps and not date_in(name)]
    shared = {name: _shared(found) for name in left if (found := _SHARED.match(name))}
    bare = {name: _bare(found) for name in left if (found := _BARE.match(name))}
    words = Counter(step.word for step in shared.values())
    for word in words:
        _add_sequence(steps, {name: step for name, step in shared.items() if step.word == word}, len(names))
    _add_sequence(steps, bare, len(names))
    return steps


def prefix_of(name: str) -> int:
    """How many characters of a name spell its step or its date, where it begins with one.

    >>> prefix_of("Lecture 3 - Search"), prefix_of("2026-11-24 Rye"), prefix_of("Rye"), prefix_of("07-rye")
    (9, 10, 0, 3)
    """
    spellings = (_KNOWN, _NUMERIC, _DAY_FIRST, _MONTH_FIRST, _BARE)
    return max((found.end() for one in spellings if (found := one.match(name))), default=0)


def _add_sequence(steps: dict[str, Step], found: Mapping[str, Step], count: int) -> None:
    ranks = {step.rank for step in found.values()}
    if len(found) > 1 and len(ranks) == len(found) and 2 * len(found) > count:
        steps |= found


def _shared(found: re.Match[str]) -> Step:
    word = found[1].casefold()
    shown = _SHORT[word].capitalize() if word in _SHORT else found[1]
    return _step(_SHORT.get(word, word), found[2], "", (found[3] or "").lower(), shown)


def _bare(found: re.Match[str]) -> Step:
    letter = found[2] or ""
    return Step("", (int(found[1]), ord(letter) - ord("a") + 1) if letter else (int(found[1]),), found[1] + letter)


def date_in(name: str) -> date | None:
    """The date that a name spells, in the year `NO_YEAR` where it spells none.

    >>> date_in("2023_11_04"), date_in("Sat 2 Nov"), date_in("Oct 3rd, 2026")
    (datetime.date(2023, 11, 4), datetime.date(4, 11, 2), datetime.date(2026, 10, 3))
    """
    if found := _NUMERIC.search(name):
        year, month, day = (found[1], found[3], found[4]) if found[1] else (found[5], found[6], found[7])
        return _date(int(year), int(month), int(day)) if 1800 <= int(year) <= 2199 else None
    if found := _DAY_FIRST.match(name):
        return _date(int(found[3] or NO_YEAR), _month(found[2]), int(found[1]))
    if found := _MONTH_FIRST.match(name):
        return _date(int(found[3] or NO_YEAR), _month(found[1]), int(found[2]))
    return None


def _month(word: str) -> int:
    return next(number for number, month in enumerate(_MONTHS, 1) if month.startswith(word[:3].lower()))


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def date_name(day: date, *, year: bool = False) -> str:
    """A date as people say it.

    >>> date_name(date(2026, 11, 2)), date_name(date(2026, 11, 2), year=True)
    ('2 Nov', '2 Nov 2026')
    """
    short = f"{day.day} {_MONTHS[day.month - 1][:3].capitalize()}"
    return f"{short} {day.year}" if year and day.year != NO_YEAR else short
