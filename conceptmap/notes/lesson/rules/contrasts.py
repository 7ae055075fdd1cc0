"""Contrasts in running text: two things that a sentence, or two sentences in turn, set against each other."""

import re

from conceptmap.notes.lesson.clauses import subject_of
from conceptmap.notes.lesson.ends import is_term, term, without_joining
from conceptmap.notes.lesson.phrases import noun_phrase, verb_place
from conceptmap.notes.lesson.state import LessonState
from conceptmap.notes.lesson.words import WORD, lower_words
from conceptmap.notes.page.markdown import Line
from ontology.terms import CONTRASTS_WITH

WHEREAS = re.compile(r",?\s+(?:whereas|(?<=,\s)while|whilst)\s+", re.IGNORECASE)
"""Where a sentence falls into two halves that say different things of two things."""

_WHEREAS_FIRST = re.compile(
    r"\A(?:whereas|while|whilst|unlike|in contrast to|as opposed to)\s+([^,]+),\s+(.+)", re.IGNORECASE
)
_INSTEAD = re.compile(r"Instead of\s+([^,]+),\s+([^,]+)")
_APART = re.compile(
    r"\b(?:distinguished|differentiated|confused|mixed up|conflated)\s+(?:from|with)\s+|\bnot the same as\s+",
    re.IGNORECASE,
)
_SET_AGAINST = re.compile(r",?\s*\b(?:by contrast|in contrast|on the other hand|conversely)\b,?\s*", re.IGNORECASE)
DATED = re.compile(
    r"\A(?:in|by|during|around|about|after|from|since|until|as early as|at the end of)\s+(?:the\s+)?"
    r"(?:(?:early|late|mid|middle|end|beginning|summer|spring|autumn|winter)[\s-]+(?:of\s+)?(?:the\s+)?)*(?:\w+\s+)?"
    r"\d{3,4}s?\b,?\s+",
    re.IGNORECASE,
)
"""A time at the beginning of a sentence: `By the end of the 1960s`."""

_PLACED = re.compile(r"(?:In|At|With)\s+(an?\s+\S+(?:\s+\S+)?)\s+(?:the|an?|two|three|both|each|one)\s")


def read_contrast(state: LessonState, text: str, line: Line) -> bool:
    """`A …, whereas B …`, `Unlike A, B …`, `must be distinguished from B`, `B, by contrast, …`."""
    if first := _WHEREAS_FIRST.match(text):
        one = _subject(state, first[1]) if verb_place(lower_words(first[1])) else noun_phrase(first[1])
        clauses = (first[2][at:] for at in (0, *(comma.end() for comma in re.finditer(r",\s+", first[2]))))
        return _contrast(state, one, next(filter(None, (_subject(state, one) for one in clauses)), None), line)
    if inside := WHEREAS.search(text):
        one, other = _subject(state, text[: inside.start()]), _subject(state, text[inside.end() :])
        return (inside[0].strip(" ,") == "whereas" or _are_alike(one, other)) and _contrast(state, one, other, line)
    if apart := _APART.search(text):
        one = noun_phrase(without_joining(text[: apart.start()])) or subject_told(state, state.opened)
        return _contrast(state, one, noun_phrase(text[apart.end() :]), line)
    if instead := _INSTEAD.match(text):
        at = verb_place(lower_words(instead[2]))
        chosen = noun_phrase(instead[2][list(WORD.finditer(instead[2]))[at].end() :]) if at else None
        return _contrast(state, noun_phrase(instead[1]), chosen, line)
    if against := _SET_AGAINST.search(text):
        lead = re.fullmatch(r"In\s+([^,]+?)\s*,?", text[: against.start()])
        rest = f"{text[: against.start()]} {text[against.end() :]}"
        other = noun_phrase(lead[1]) if lead else _subject(state, rest)
        return _contrast(state, subject_told(state, state.told), other, line)
    return False


def subject_told(state: LessonState, text: str | None) -> str | None:
    """Whom a sentence before spoke of: its subject, what it begins with in its place, or itself where it is a term."""
    if text is None or is_term(state, text):
        return text
    placed = _PLACED.match(text)
    return _subject(state, DATED.sub("", text)) or (noun_phrase(placed[1]) if placed else None)


def _subject(state: LessonState, text: str) -> str | None:
    """Whom a clause speaks of, where the words before its verb are that name and nothing else."""
    text = without_joining(text.strip())
    name = subject_of(text, state.intros)
    at = text.find(name) if name else -1
    before = lower_words(text[:at]) if at >= 0 else []
    return name if at >= 0 and len(before) <= 1 else None


def _are_alike(one: str | None, other: str | None) -> bool:
    """Whether two names are of one sort by their form; `while` also joins what has nothing to do with each other."""
    here, there = lower_words(one or ""), lower_words(other or "")
    return len(here) == len(there) == 1 or here[-1:] == there[-1:]


def _contrast(state: LessonState, one: str | None, other: str | None, line: Line) -> bool:
    if one is None or other is None or one in other or other in one:
        return False
    if not is_term(state, one) or not is_term(state, other):
        return False
    state.edge(term(state, one, line), CONTRASTS_WITH, term(state, other, line), line)
    return True
