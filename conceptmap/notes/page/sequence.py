"""What a name says of a note's place: a step of a sequence (`Lecture 3`, `lec07`, `02a`) or a date (`2 Nov`)."""

import re
from collections import Counter
from collections.abc import Collection, Mapping
from datetime import date
from typing import NamedTuple

_SHORT = {"ch": "chapter", "d": "day", "lec": "lecture", "wk": "week"}
"""Words that are written shorter than they are said."""

WORDS = ("chapter", "day", "lecture", "lec", "lesson", "module", "session", "unit", "week", "wk")
"""What courses and books are counted in. Any other word counts only where files of one folder share it."""

_KNOWN = re.compile(
    rf"(?<![a-z])({'|'.join(WORDS)}|ch(?=[0-9])|\Ad(?=[_-]?[0-9][0-9]))[\s_.-]*([0-9]{{1,5}})(?![0-9])"
    r"(?:\.([0-9]{1,2})(?![0-9])|([a-z])(?![a-z0-9]))?",
    re.IGNORECASE,
)
_SHARED = re.compile(
    r"([^\W\d_]+)[\s_.-]*([0-9]{1,3})(?![0-9]|[.,_-][0-9])(?:([a-z])(?![a-z0-9])|([^\W\d_\x00-\x7f]*))", re.IGNORECASE
)
_BARE = re.compile(r"([0-9]{1,3})(?:\.([0-9]{1,2})(?=[-_ ]|$)|([a-z])(?=[-_. ]|$))?(?:[-_. ](?![0-9])|$)")

_MONTHS = "january february march april may june july august september october november december".split()
_MONTH = "|".join(rf"{month[:3]}(?:{month[3:]})?" if month[3:] else month for month in [*_MONTHS, "sept"])
_WEEKDAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*\.?[ ,_-]+)?"
_TH = r"(?:st|nd|rd|th)?"
_YEAR = r"(?:,?[ _-]+([0-9]{4}))?(?![a-z0-9])"
_NUMERIC = re.compile(
    r"(?<![0-9])(?:(?P<y>[0-9]{4})([-_.])(?P<m>[0-9]{1,2})\2(?P<d>[0-9]{1,2})|(?P<dd>[0-9]{1,2})\.(?P<mm>[0-9]{1,2})\.(?P<yy>[0-9]{4}))(?![0-9])"
    r"|\A(?P<yyy>[0-9]{4})(?P<mmm>[0-9]{2})(?P<ddd>[0-9]{2})(?![0-9])"
)
"""Year first; with dots also the day first; eight digits at the beginning."""
_DAY_FIRST = re.compile(rf"\A{_WEEKDAY}([0-9]{{1,2}}){_TH}\.?[ _-]+({_MONTH})\.?{_YEAR}", re.IGNORECASE)
_MONTH_FIRST = re.compile(rf"\A{_WEEKDAY}({_MONTH})\.?[ _-]+([0-9]{{1,2}}){_TH}{_YEAR}", re.IGNORECASE)

_SEPARATORS = " |–—:·-"

NO_YEAR = 4
"""The year of a date that is written without one: a leap year, before all that people write."""


class Step(NamedTuple):
    """A place in a sequence: the word that is counted ("" for a bare number), where, and how it is called.

    `rank` is the number and what its letter is in the alphabet, else 0, and the same again of a number behind a dot:
    `2b` is (2, 2), `3.1` is (3, 0, 1, 0).
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
    (Step(word='lecture', rank=(7, 0), name='Lecture 7'), Step(word='week', rank=(12, 0), name='Week 12'))
    """
    found = _KNOWN.search(name)
    if found is None:
        return None
    word = _SHORT.get(found[1].lower(), found[1].lower())
    if word != "day" and 1900 <= int(found[2]) <= 2099:  # lectures of a year
        return None
    return _step(word, found[2], found[3] or "", (found[4] or "").lower(), word.capitalize())


def named_step(name: str) -> Step | None:
    """The step that the name of a day is, as it was made of one.

    >>> named_step("Kapitel 2"), named_step("2b")
    (Step(word='kapitel', rank=(2, 0), name='Kapitel 2'), Step(word='', rank=(2, 2), name='2b'))
    """
    if step := step_in(name):
        return step
    shared, bare = _SHARED.fullmatch(name), _BARE.fullmatch(name)
    return _shared(shared) if shared else _bare(bare) if bare else None


def _step(word: str, number: str, inner: str, letter: str, shown: str) -> Step:
    rank = (int(number), ord(letter) - ord("a") + 1 if letter else 0, *((int(inner), 0) if inner else ()))
    space = " " if len(shown) > 1 else ""
    return Step(word, rank, f"{shown[:1].upper()}{shown[1:]}{space}{int(number)}{'.' + inner if inner else letter}")


def steps_in(names: Collection[str]) -> Mapping[str, Step]:
    """The steps that the names of one folder spell: by a word of courses, by a word that most share, by bare numbers.

    Bare numbers and other words make a sequence only where most names have one and no two have the same.

    >>> steps_in(["3-Search", "4-Games", "todo"])["4-Games"]
    Step(word='', rank=(4, 0), name='4')
    >>> steps_in(["3-Search", "todo", "ideas"]), steps_in(["Loop 1", "Loop 2"])["Loop 2"].name
    ({}, 'Loop 2')
    """
    steps = {name: step for name in names if (step := step_in(name))}
    left = [name for name in names if name not in steps and not date_in(name)]
    shared = {name: _shared(found) for name in left if (found := _SHARED.match(name))}
    words = Counter(step.word for step in shared.values())
    sequences = {word: {name: step for name, step in shared.items() if step.word == word} for word in words}
    counted = {name: step for found in sequences.values() if _is_sequence(found) for name, step in found.items()}
    if 2 * len(steps | counted) > len(names):
        steps |= counted
    bare = {name: _bare(found) for name in left if (found := _BARE.match(name))}
    if _is_sequence(bare) and 2 * len(bare) > len(names) and any(len(step.rank) == 2 for step in bare.values()):
        steps |= bare
    return steps


def _is_sequence(found: Mapping[str, Step]) -> bool:
    """Whether these are two or more places, each another."""
    return len(found) > 1 and len({step.rank for step in found.values()}) == len(found)


def spelled_in(name: str) -> tuple[int, int]:
    """Where a name spells its step or its date: the first character and the one behind its last.

    >>> spelled_in("Meeting 2026-11-24"), spelled_in("Rye")
    ((8, 18), (0, 0))
    """
    if prefix := prefix_of(name):
        return 0, prefix
    found = _KNOWN.search(name) or _NUMERIC.search(name)
    return found.span() if found else (0, 0)


def behind_step(title: str) -> str:
    """What a title is about: its words behind a place in a course and a separator.

    >>> behind_step("Week 3: soil"), behind_step("Chapter 11 bankruptcy"), behind_step("3 - soil")
    ('soil', 'Chapter 11 bankruptcy', '3 - soil')
    """
    found = _KNOWN.match(title)
    rest = title[found.end() :].lstrip() if found and step_in(title) else ""
    return rest.lstrip(_SEPARATORS) or title if rest.startswith(tuple(_SEPARATORS.strip())) else title


def prefix_of(name: str) -> int:
    """How many characters of a name spell its step or its date, where it begins with one.

    >>> prefix_of("Lecture 3 - Search"), prefix_of("2026-11-24 Rye"), prefix_of("Rye"), prefix_of("07-rye")
    (9, 10, 0, 3)
    """
    spellings = (_KNOWN, _NUMERIC, _DAY_FIRST, _MONTH_FIRST, _BARE)
    return max((found.end() for one in spellings if (found := one.match(name))), default=0)


def _shared(found: re.Match[str]) -> Step:
    word = found[1].casefold()
    shown = _SHORT[word].capitalize() if word in _SHORT else found[1]
    step = _step(_SHORT.get(word, word), found[2], "", (found[3] or "").lower(), shown)
    return step._replace(name=step.name + (found[4] or ""))


def _bare(found: re.Match[str]) -> Step:
    number, inner, letter = found[1], found[2] or "", found[3] or ""
    return _step("", number, inner, letter, "")


def date_in(name: str) -> date | None:
    """The date that a name spells, in the year `NO_YEAR` where it spells none.

    >>> date_in("2023_11_04"), date_in("Sat 2 Nov"), date_in("Oct 3rd, 2026")
    (datetime.date(2023, 11, 4), datetime.date(4, 11, 2), datetime.date(2026, 10, 3))
    """
    if found := _NUMERIC.search(name):
        year, month, day = (next(int(found[key * n]) for n in (1, 2, 3) if found[key * n]) for key in "ymd")
        return _date(year, month, day) if 1800 <= year <= 2199 else None
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
