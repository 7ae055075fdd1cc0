"""Titles: days that a question calls by what they are about, `the lesson on chords`, put as days by their numbers.

A day is meant where its title has all words that say something of what it is said to be about, and no other title has.
"""

import re
from collections.abc import Iterator, Mapping

from graphs.view import View
from graphs.words import STOP_WORDS, stems, word_index
from ontology.names import day_id, name_key

MAX_TITLE = 8
"""So many words are looked at for what a day is about: titles that people repeat are no longer."""
_DAY = "day|lesson|session|class|lecture|seminar|meeting|chapter"
_THE = r"(?<!\w)(?:the|that|this|our|your|my)"
_ABOUT = re.compile(
    rf"{_THE} (?:{_DAY}) (?:(?:(?:that|which) )?(?:is |was )?(?:all )?(?:about|on)|called|titled|entitled|named|headed|"
    r"devoted to|dedicated to|dealing with|covering|treating|(?:that|which) (?:deals with|dealt with|covers|covered|"
    r"treats|treated))(?: the topic of)? ",
    re.IGNORECASE,
)
_BEHIND = re.compile(rf"{_THE} (?P<said>[\w'’ -]+?) (?:day|lesson|session|lecture|seminar)(?!\w)", re.IGNORECASE)
_WORD = re.compile(r"[^\s,.;:!?\"“”„()]+")


def by_title(question: str, view: View) -> str:
    """The question with the numbers of days in the place of what they are about."""
    for reads in (_said_behind, _said_before):
        for start, end, day in reads(question, view):
            return by_title(f"{question[:start]}day {day}{question[end:]}", view)
    return question


def _said_behind(question: str, view: View) -> Iterator[tuple[int, int, int]]:
    """Where `the day about rhythm` begins and ends, and the day's number."""
    for found in _ABOUT.finditer(question):
        words = list(_WORD.finditer(question, found.end()))[:MAX_TITLE]
        for last in reversed(words):
            day = _day_called(question[found.end() : last.end()], view)
            if day is not None:
                yield found.start(), last.end(), day
                break


def _said_before(question: str, view: View) -> Iterator[tuple[int, int, int]]:
    """The same of `the rhythm lesson`."""
    for found in _BEHIND.finditer(question):
        words = name_key(found.group()).split()
        roots = _roots(found["said"]) if len(words) <= MAX_TITLE else frozenset()
        days = [day for day, title in _titles(view).items() if title == roots] if roots else []
        is_name = any(entry.sort == "name" for at in (0, 1) for entry in word_index(view).phrase(stems(words[at:])))
        if len(days) == 1 and not is_name:
            yield found.start(), found.end(), days[0]


def _day_called(said: str, view: View) -> int | None:
    """The one day whose title has all words of what is said of it, or has these alone."""
    roots = _roots(said)
    titles = _titles(view) if roots else {}
    alike = [day for day, title in titles.items() if title == roots]
    alike = alike or [day for day in titles if roots < titles[day] and not _is_of_other_day(said, day, view)]
    return alike[0] if len(alike) == 1 else None


def _titles(view: View) -> Mapping[int, frozenset[str]]:
    """The stems of the words of each day's title."""
    nodes = ((day, day_id(day)) for day in view.days())
    return {day: _roots(view.node(node).text or "") for day, node in nodes if view.has_node(node)}


def _roots(said: str) -> frozenset[str]:
    return frozenset(stems(word for word in name_key(said).split() if word not in STOP_WORDS))


def _is_of_other_day(said: str, day: int, view: View) -> bool:
    """Whether what is said is the name of something that comes up on another day."""
    nodes = [node for node in view.names.get(name_key(said), ()) if view.has_node(node)]
    return any(view.introduced_on(node) not in (day, None) for node in nodes)
