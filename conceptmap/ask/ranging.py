"""Ranging: the ways in which people say from which day to which, put as the few that are read.

What is asked for up to a day is said `until` it, what from it on `since` it; days that are counted from an end of the
course get their numbers. Questions come as tokens (see `framing`): a day is one of those that are given, or `day` and a
number.
"""

from collections.abc import Collection, Iterator, Sequence

from conceptmap.ask.words import ARTICLES, NUMBERS
from graphs.view import View

UNTIL, SINCE = "until", "since"

BEFORE_DAYS = {
    "by": UNTIL,
    "by the end of": UNTIL,
    "up to": UNTIL,
    "up till": UNTIL,
    "up until": UNTIL,
    "up to and including": UNTIL,
    "until and including": UNTIL,
    "no later than": UNTIL,
    "not later than": UNTIL,
    "at the latest on": UNTIL,
    "not after": UNTIL,
    "no earlier than": SINCE,
    "not earlier than": SINCE,
    "not before": SINCE,
    "at the earliest on": SINCE,
    "starting from": SINCE,
    "starting with": SINCE,
    "starting on": SINCE,
    "beginning with": SINCE,
    "beginning on": SINCE,
    "as from": SINCE,
}
"""What stands before days and opens a range that holds them."""
BEHIND_DAYS = {
    "on": SINCE,
    "onward": SINCE,
    "onwards": SINCE,
    "and onward": SINCE,
    "and onwards": SINCE,
    "and on": SINCE,
    "and later": SINCE,
    "or later": SINCE,
    "and after": SINCE,
    "or after": SINCE,
    "and beyond": SINCE,
    "and afterwards": SINCE,
    "and everything after": SINCE,
    "and up": SINCE,
    "at the earliest": SINCE,
    "and earlier": UNTIL,
    "or earlier": UNTIL,
    "and before": UNTIL,
    "or before": UNTIL,
    "at the latest": UNTIL,
}
"""What stands behind days and opens a range that holds them; `from` before them says no more."""
INCLUSIVE = frozenset(
    """
    both included; both inclusive; inclusive; inclusively; included; both days included; both ends included; including
    both; both including
    """.replace("\n", " ")
    .strip()
    .split("; ")
)
"""What says behind a range that it holds both of its days: each does."""
_BEFORE = {tuple(said.split()): opens for said, opens in BEFORE_DAYS.items()}
_BEHIND = {tuple(said.split()): opens for said, opens in BEHIND_DAYS.items()}
_INCLUSIVE = {tuple(" ".join(said.split()).split()) for said in INCLUSIVE}
_LONGEST = max(map(len, (*_BEFORE, *_BEHIND, *_INCLUSIVE)))
_ENDS = frozenset(["|", ""])
_COUNTED = {"one": 1, "couple": 2} | NUMBERS


def ranged(tokens: Sequence[str], days: Collection[str], view: View) -> list[str]:
    """The tokens with ranges of days said plainly; `days` are the tokens that name days."""
    said = list(_counted(tokens, view))
    if not any(_days_at(said, at, days) for at in range(len(said))):
        return said
    return _without_inclusion(_opened(said, days), days)


def _days_at(tokens: Sequence[str], at: int, days: Collection[str]) -> int:
    """How many tokens name a day at a place: none, one or two."""
    if at < len(tokens) and tokens[at] in days:
        return 1
    named = at + 1 < len(tokens) and tokens[at] == "day" and tokens[at + 1].isdecimal()
    return 2 if named else 0


def _opened(tokens: Sequence[str], named: Collection[str]) -> list[str]:
    made: list[str] = []
    at = 0
    while at < len(tokens):
        length = _days_at(tokens, at, named)
        if not length:
            made.append(tokens[at])
            at += 1
            continue
        end = at + length
        days = list(tokens[at:end])
        behind = _longest(tokens[end : end + _LONGEST], _BEHIND, tokens)
        if behind and not _days_at(tokens, end + len(behind), named):
            end += len(behind)
            made = made[:-1] if made[-1:] == ["from"] else made
            made += [_BEHIND[behind], *days]
        elif before := next((said for said in _endings(made) if said in _BEFORE), None):
            made = [*made[: len(made) - len(before)], _BEFORE[before], *days]
        else:
            made += days
        at = end
    return made


def _longest(following: Sequence[str], known: dict[tuple[str, ...], str], tokens: Sequence[str]) -> tuple[str, ...]:
    """The longest of some phrases with which tokens begin; `on` only where nothing follows that it could govern."""
    for length in range(len(following), 0, -1):
        said = tuple(following[:length])
        rest = following[length] if length < len(following) else ""
        if said in known and (rest in _ENDS or said != ("on",)):
            return said
    return ()


def _endings(made: Sequence[str]) -> Iterator[tuple[str, ...]]:
    """The ends of what is said so far, the longest first."""
    return (tuple(made[-length:]) for length in range(min(_LONGEST, len(made)), 0, -1))


def _without_inclusion(tokens: Sequence[str], days: Collection[str]) -> list[str]:
    """Without words that say of a range that it holds its ends."""
    made: list[str] = []
    at = seen = 0
    while at < len(tokens):
        seen += bool(_days_at(tokens, at, days))
        start = at + (tokens[at] == "|")
        length = next((n for n in range(_LONGEST, 0, -1) if tuple(tokens[start : start + n]) in _INCLUSIVE), 0)
        if seen and length:
            at = start + length
            continue
        made.append(tokens[at])
        at += 1
    return made


def _counted(tokens: Sequence[str], view: View) -> Iterator[str]:
    """`The first two days`, `the last day`, as days by their numbers; a first day may be one of some that are asked."""
    at = 0
    while at < len(tokens):
        length, number = _end_of_course(tokens, at)
        days = view.days() if length else ()
        if length and number <= len(days):
            first, last = (days[0], days[number - 1]) if tokens[at] == "first" else (days[-number], days[-1])
            yield from ("day", str(first), *(("to", "day", str(last)) if last != first else ()))
            at += length
        else:
            yield tokens[at]
            at += 1


def _end_of_course(tokens: Sequence[str], at: int) -> tuple[int, int]:
    """How many tokens name days at an end of the course, and how many days these are; (0, 0) where they do not."""
    before = next((one for one in reversed(tokens[:at]) if one not in ARTICLES), "")
    following = list(tokens[at + 1 : at + 3])
    if tokens[at] not in ("first", "last", "final"):
        return 0, 0
    if following[:1] == ["day"] and before in ("on", "of", "in", "from", "by", "until", "since", "before", "after"):
        return (2, 1) if following[1:] == [] or following[1] in _ENDS or following[1] == "of" else (0, 0)
    number = _COUNTED.get(following[0]) or (int(following[0]) if following[0].isdecimal() else 0) if following else 0
    return (3, number) if number and following[1:] in (["days"], ["day"]) else (0, 0)
