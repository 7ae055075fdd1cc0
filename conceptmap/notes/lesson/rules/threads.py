"""Things to think about, and what they come to: lists of questions and names, and syntheses."""

import re

from conceptmap.notes.lesson.lesson_blocks import (
    IntroducedList,
    LessonList,
    Thread,
)
from conceptmap.notes.lesson.phrases import noun_phrases
from conceptmap.notes.lesson.rules.compare import VERSUS, read_tension
from conceptmap.notes.lesson.state import MAX_SAID, LessonState
from conceptmap.notes.lesson.words import (
    CONJUNCTIONS,
    DAYS_MARKED,
    OPENERS,
    PREPOSITIONS,
    QUESTION_WORDS,
    lower_words,
    without_article,
    without_days,
    without_end_sign,
)
from conceptmap.notes.page.markdown import Line
from ontology.terms import (
    ABOUT,
    ASKS,
    CLAIM,
    CONCEPT,
    LEADS_TO,
    OPPOSES,
)

_BETWEEN = re.compile(r"(?:the |an? )?\w+ (?:between|of both) (.+ and .+)\Z", re.IGNORECASE)


_BEHIND_A_NAME = PREPOSITIONS | CONJUNCTIONS | QUESTION_WORDS | {"that"}


_SIDE_OF = re.compile(r"\w+ of (.+)\Z")


_NOT_JUST = re.compile(
    r"\b(?:isn'?t|isn’t|aren'?t|aren’t|is not|are not|was not|wasn'?t)\s+((?:just|only|merely|simply)?\s*[^—–;,.]+?)"
    r"\s*(?:[—–;]|,\s*but|,\s*it)"
)


def read_conclusions(state: LessonState, block: IntroducedList) -> bool:
    """A synthesis: a claim, what follows from it, and what it denies."""
    if block.intro.device != "synthesis":
        return False
    first: str | None = None
    for item in block.items:
        claim = _concluded(state, item.text, block.line)
        if claim is None:
            continue
        if denied := _NOT_JUST.search(item.text):
            other = state.node(without_end_sign(denied[1]), CLAIM, block.line)
            state.edge(claim, OPPOSES, other, block.line)
        elif first is not None:
            state.edge(first, LEADS_TO, claim, block.line)
        first = first or claim
    state.claim = first or state.claim
    return True


def _concluded(state: LessonState, sentence: str, line: Line) -> str | None:
    words = lower_words(sentence)
    if len(sentence) > MAX_SAID or sentence.endswith("?") or len(words) < 3 or words[0] in OPENERS:
        return None
    claim = state.node(without_end_sign(sentence), CLAIM, line)
    read_tension(state, sentence, line)
    state.statements += [claim] if claim else []
    return claim


def read_threads(state: LessonState, block: IntroducedList) -> bool:
    """Things to think about: questions, comparisons, names."""
    intro = block.intro
    asker = state.known(without_article(intro.subject)) if intro.subject else None
    if intro.device != "threads" and (intro.relation != ASKS or asker):
        return False
    for item in block.items:
        state.ask(Thread(without_end_sign(item.text), item))
    return True


def read_open_threads(state: LessonState, block: LessonList) -> bool:
    """A list below any words that holds a question, or a name with its day, is one of things to think about."""
    asked = [item for item in block.items if item.text.rstrip('"”)').endswith("?")]
    marked = [item for item in block.items if DAYS_MARKED.search(item.text)]
    if isinstance(block, IntroducedList) or not (asked or marked) or not block.line.text.endswith((":", "：")):
        return False
    if not all(item in asked or _is_thread(item) for item in block.items):
        return False
    for item in block.items:
        state.ask(Thread(without_end_sign(item.text), item))
    return True


def _is_thread(item: Line) -> bool:
    """Whether an item is a name, perhaps with more told of it, or sets two against each other."""
    text = without_end_sign(without_days(item.text))
    names, rest = noun_phrases(text)
    named = bool(names) and set(lower_words(rest)[:1]) <= _BEHIND_A_NAME
    return named or VERSUS.search(text) is not None


def read_named_thread(state: LessonState, piece: Thread) -> bool:
    """Names to think about: `compression and the nature of intelligence`, `salt (Day 2) as a brake on yeast`."""
    text = without_days(piece.text)
    if (between := _BETWEEN.match(text)) is not None:
        text = between[1]
    names, rest = noun_phrases(text)
    if not names or not set(lower_words(rest)[:1]) <= _BEHIND_A_NAME:
        return False
    nodes = [node for name in names if (node := _thread_node(state, name, piece.line))]
    state.waiting += [(nodes[0], rest)] if nodes and rest else []
    for other in dict.fromkeys(nodes[1:]):
        state.edge(nodes[0], ABOUT, other, piece.line)
    state.edge(state.today(piece.line), ABOUT, nodes[0] if nodes else None, piece.line)
    return True


def _thread_node(state: LessonState, name: str, line: Line) -> str | None:
    """A name to think about; of `the width of the crumb` the crumb, if the page knows it."""
    side = _SIDE_OF.match(name)
    known = state.like(without_article(side[1])) if side else None
    return known or state.like(name) or state.node(name, CONCEPT, line)
