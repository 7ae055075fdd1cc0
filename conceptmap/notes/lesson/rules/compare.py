"""Comparisons in words: A versus B, a trade-off between A and B, and X beat Y."""

import re

from conceptmap.notes.lesson.lesson_blocks import Item, Thread, Told
from conceptmap.notes.lesson.state import PROSE, LessonState
from conceptmap.notes.lesson.words import (
    AUXILIARIES,
    FUNCTION_WORDS,
    MAX_WORDS_OF_NAME,
    NEAR,
    PAST_FORMS,
    bracketed,
    instances_in,
    is_name,
    lower_words,
    names_in,
    split_at_colon,
    without_article,
    without_brackets,
    without_end_sign,
)
from conceptmap.notes.page.markdown import Line
from conceptmap.notes.rule_classes import CONTRAST, EXAMPLES
from ontology.terms import ABOUT, CONCEPT, CONTRASTS_WITH, EXAMPLE_OF, METHOD, PART_OF

_VERSUS = re.compile(r"\s+(?:vs\.?|versus|v\.|compared (?:with|to)|as opposed to)\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+(.+?)\s+and\s+([^,.;:?!()]+)")
_NOT = re.compile(r",?\s+(?:not|rather than|instead of)\s+(?=\w)")
_ALL_OF = re.compile(r"\b(?:all|every one|each|most) of (?:these|those|them)\b|\b(?:them|these|those)(?: all)?\W*$")
_FORECAST = 6
"""Words behind `will` among which the verb of a forecast victory stands: `will in the long run beat`."""

_CLAUSE = re.compile(r"\s+(?:that|which|who)\s+|,")


def read_versus(state: LessonState, piece: Item | Thread) -> bool:
    """`Navigation: planner vs learned policy`: two sides, and perhaps what they are parts of."""
    topic, words = split_at_colon(piece.text) or (None, piece.text)
    sides = [without_article(bracketed(without_end_sign(side)).words) for side in _VERSUS.split(words)]
    if len(sides) != 2 or not all(is_name(side) for side in sides):
        return False
    line, kind = piece.line, METHOD if topic else CONCEPT
    one, other = (state.node(side, kind, line) for side in sides)
    state.edge(one, CONTRASTS_WITH, other, line)
    if topic is not None:
        state.edge(one, PART_OF, state.node(topic, CONCEPT, line), line)
    return True


def read_tension(state: LessonState, text: str, line: Line) -> None:
    """`a trade-off between A and B` sets A against B."""
    found = _BETWEEN.search(text)
    if found is None or not state.intros.device("tension", lower_words(text[: found.start()])[-NEAR:]):
        return
    sides = [without_article(without_end_sign(side)) for side in found.groups()]
    if all(is_name(side, 3) for side in sides):
        one, other = (state.node(side, CONCEPT, line, rank=PROSE, rule=CONTRAST) for side in sides)
        state.edge(one, CONTRASTS_WITH, other, line, rule=CONTRAST)


def read_victory(state: LessonState, piece: Told) -> bool:
    """`X beat Y` and `X won by Z, not W`: who won, over whom, and what did not do it."""
    whole = bracketed(without_end_sign(piece.text))
    text = without_brackets(whole.words if whole.inside else without_end_sign(piece.text))
    denied = _NOT.search(text)
    verb = _past_verb(state, text[: denied.start()] if denied else text)
    if verb is None or not is_name(verb[0], 4):
        return False
    winner, loser, wins = verb
    if denied and text[denied.end() :]:
        _refused(state, piece, winner, text[denied.end() :])
    elif wins and (losers := names_in(loser)):
        one = state.node(winner, METHOD, piece.line)
        for name in losers:
            other = state.node(name, METHOD, piece.line)
            state.edge(one, CONTRASTS_WITH, other, piece.line, note="replaced")
        if len(losers) == 1:
            _instances(state, losers[0], whole.inside, piece.line)
    return True


def _refused(state: LessonState, piece: Told, winner: str, refused: str) -> None:
    """What the winner did not win by."""
    name = without_article(refused)
    one = state.node(winner, METHOD, piece.line)
    state.edge(piece.node, ABOUT, one, piece.line)
    if is_name(name, 5):
        state.edge(one, CONTRASTS_WITH, state.node(name, METHOD, piece.line), piece.line)


def _instances(state: LessonState, name: str, inside: str | None, line: Line) -> None:
    whole = state.known(name)
    for instance in instances_in(inside):
        state.edge(state.node(instance, METHOD, line, rule=EXAMPLES), EXAMPLE_OF, whole, line, rule=EXAMPLES)


def _past_verb(state: LessonState, text: str) -> tuple[str, str, bool] | None:
    """A sentence in the past: the words before its verb and behind it, and whether the verb tells of a victory."""
    spaced = text.split(" ")
    for index, written in enumerate(spaced[1:], 1):
        word = written.lower().strip(",.;")
        wins = state.intros.wins(word)
        past = word in PAST_FORMS or (word.endswith("ed") and "-" not in word)
        if index + 1 < len(spaced) and (wins or past) and word not in FUNCTION_WORDS:
            return without_article(" ".join(spaced[:index])), " ".join(spaced[index + 1 :]), wins
    return None


def read_overtaking(state: LessonState, text: str, line: Line) -> None:
    """A forecast victory: `learned controllers that scale will beat all of these`."""
    spaced = lower_words(text)
    will = next((word for word in spaced[1:] if word in AUXILIARIES), None)
    if will is None:
        return
    before, _, behind = text.partition(f" {will} ")
    subject, whole = without_article(_CLAUSE.split(before)[0]), without_article(before)
    named = is_name(subject, 5) and (" " in subject or subject == whole)
    verb = next((word for word in lower_words(behind)[:_FORECAST] if state.intros.wins(word)), None)
    if verb is None or not (named or len(whole.split()) <= MAX_WORDS_OF_NAME):
        return
    loser = re.split(rf"\b{verb}\b", behind, maxsplit=1, flags=re.IGNORECASE)[-1]
    if _ALL_OF.search(loser):
        other = state.category
    else:
        name = without_article(without_end_sign(loser))
        other = state.node(name, CONCEPT, line) if is_name(name, 4) else None
    if other is not None:
        state.edge(state.node(subject if named else whole, METHOD, line), CONTRASTS_WITH, other, line)
