"""Comparisons in words: A versus B, a trade-off between A and B, and X beat Y."""

import re

from conceptmap.notes.lesson.clauses import Clause, clauses_of
from conceptmap.notes.lesson.lesson_blocks import Item, Statement, Thread, Told
from conceptmap.notes.lesson.phrases import noun_phrase
from conceptmap.notes.lesson.rules.statements import BEATS, tell
from conceptmap.notes.lesson.state import PROSE, LessonState
from conceptmap.notes.lesson.words import (
    AUXILIARIES,
    MAX_WORDS_OF_NAME,
    NEAR,
    bracketed,
    instances_in,
    is_name,
    lower_words,
    split_at_colon,
    without_article,
    without_brackets,
    without_end_sign,
)
from conceptmap.notes.page.markdown import Line
from conceptmap.notes.rule_classes import CONTRAST, EXAMPLES
from ontology.terms import ABOUT, CONCEPT, CONTRASTS_WITH, EXAMPLE_OF, METHOD, PART_OF

VERSUS = re.compile(r"\s+(?:vs\.?|versus|v\.|compared (?:with|to)|as opposed to)\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+(.+?)\s+and\s+([^,.;:?!()]+)")
_NOT = re.compile(r",?\s+(?:not|rather than|instead of)\s+(?=\w)")
_ALL_OF = re.compile(r"\b(?:all|every one|each|most) of (?:these|those|them)\b|\b(?:them|these|those)(?: all)?\W*$")
_CHOOSES = frozenset("prefer choos chose pick favour favor want need use buy contain like show reveal find see".split())
"""Stems of verbs that take or find one thing and not another: `Panels preferred crusts, not juice`."""

_FORECAST = 6
"""Words behind `will` among which the verb of a forecast victory stands: `will in the long run beat`."""

_CLAUSE = re.compile(r"\s+(?:that|which|who)\s+|,")


def read_versus(state: LessonState, piece: Item | Thread) -> bool:
    """`Navigation: planner vs learned policy`: two sides, and perhaps what they are parts of."""
    topic, words = split_at_colon(piece.text) or (None, piece.text)
    sides = [without_article(bracketed(without_end_sign(side)).words) for side in VERSUS.split(words)]
    if len(sides) != 2 or not all(is_name(side) for side in sides):
        return False
    line, kind = piece.line, METHOD if topic else CONCEPT
    one, other = (state.node(side, kind, line) for side in sides)
    state.edge(one, CONTRASTS_WITH, other, line)
    if topic is not None:
        whole = state.node(topic, CONCEPT, line)
        state.edge(one, PART_OF, whole, line)
        state.edge(other, PART_OF, whole, line)
    return True


def read_tension_told(state: LessonState, piece: Statement) -> bool:
    """`Browning is a race between drying and burning.`; the sentence may say more."""
    read_tension(state, piece.text, piece.line)
    return False


def read_tension(state: LessonState, text: str, line: Line) -> None:
    """`a trade-off between A and B` sets A against B."""
    found = _BETWEEN.search(text)
    if found is None or not state.intros.device("tension", lower_words(text[: found.start()])[-NEAR:]):
        return
    sides = [without_article(without_end_sign(side)) for side in found.groups()]
    if all(is_name(side, 3) and noun_phrase(side) for side in sides):
        one, other = (state.node(side, CONCEPT, line, rank=PROSE, rule=CONTRAST) for side in sides)
        state.edge(one, CONTRASTS_WITH, other, line, rule=CONTRAST)


def read_told(state: LessonState, piece: Told) -> bool:
    """`X beat Y` and `X won by Z, not W`: who won, over whom, and what did not do it."""
    whole = bracketed(without_end_sign(piece.text))
    text = without_brackets(whole.words if whole.inside else without_end_sign(piece.text))
    denied = _NOT.search(text)
    told = text[: denied.start()] if denied else text
    clauses = [clause for clause in clauses_of(told, state.intros) if not clause.pointing]
    if denied and clauses and _refused(state, piece, clauses[0], text[denied.end() :]):
        return True
    tell(state, told, piece.line, piece.node)
    for clause in clauses:
        if clause.relation in BEATS and len(clause.objects) == 1:
            _instances(state, clause.objects[0], whole.inside, piece.line)
    return True


def _refused(state: LessonState, piece: Told, clause: Clause, refused: str) -> bool:
    """What the winner did not win by, or what was found instead of what is told, if that has a name."""
    name = without_article(refused)
    verbs = {state.intros.stem(word) for word in lower_words(clause.verb)}
    found = bool(clause.objects) and not verbs.isdisjoint(_CHOOSES)
    told = clause.objects if found else clause.subjects
    if is_name(name, 5):
        one = state.node(told[0], METHOD, piece.line)
        state.edge(piece.node, ABOUT, one, piece.line)
        state.edge(one, CONTRASTS_WITH, state.node(name, METHOD, piece.line), piece.line)
    return is_name(name, 5)


def _instances(state: LessonState, name: str, inside: str | None, line: Line) -> None:
    whole = state.known(name)
    for instance in instances_in(inside):
        state.edge(state.node(instance, METHOD, line, rule=EXAMPLES), EXAMPLE_OF, whole, line, rule=EXAMPLES)


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
