"""Trees and tables of a lesson: the names they bring, which win over other spellings."""

import re

from conceptmap.notes.lesson.lesson_blocks import LessonTable, LessonTree
from conceptmap.notes.lesson.rules.formulas import formula_key
from conceptmap.notes.lesson.state import TABLE_HEAD, TREE_LABEL, LessonState
from conceptmap.notes.lesson.words import is_name, lower_words, verb_at
from conceptmap.notes.page.blocks import Line, compared
from conceptmap.notes.page.inline import plain
from conceptmap.notes.page.tree import Twig, parted_day, twigs_of
from conceptmap.notes.rule_classes import QUESTION as QUESTION_CLASS
from ontology.terms import ABOUT, ASKS, CLAIM, CONCEPT, INTRODUCED_ON, QUESTION

_COMPARES = re.compile(r"[<>≫≪≻]|\b(?:beats?|over)\b")
_STATES = re.compile(r"[=∝≈≤≥<>:]")
_POWER = re.compile(r"[=∝≈]")
_MAX_SYMBOL = 3
"""Letters of a word that may be a symbol of a formula; a longer one makes the label a phrase."""


def read_tree(state: LessonState, block: LessonTree) -> bool:
    """The names of a tree, their days and what they ask; its branches are read as those of typed notes are."""
    for twig in twigs_of(block.roots):
        key = _twig(state, twig)
        if key and twig.mark == "arrow":
            state.behind_arrows.add(key)
    return True


def _twig(state: LessonState, twig: Twig) -> str | None:
    label, line = plain(twig.label), twig.line
    name, colon, gist = (part.strip() for part in label.partition(":"))
    if colon and gist and _COMPARES.search(gist) and is_name(name) and twig.mark != "arrow":
        node = state.node(name, CLAIM, line, rank=TREE_LABEL)
    else:
        states = _STATES.search(label) or verb_at(lower_words(label))
        kind = CLAIM if states and twig.mark != "arrow" else CONCEPT
        node = state.node(label, kind, line, rank=TREE_LABEL, key=_key(label))
    if node and twig.day is not None:
        state.edge(node, INTRODUCED_ON, state.day_node(twig.day, line), line)
    asked, _ = parted_day(" ".join(plain(part.text) for part in twig.asked))
    if asked:
        question = state.node(asked, QUESTION, twig.asked[0], rank=TREE_LABEL)
        state.edge(node, ASKS, question, twig.asked[0])
    return node


def _key(label: str) -> str | None:
    """The key of a formula, where a label is one: `L(C) ∝ C^(-α)`, `R = h²S`."""
    sides = _POWER.split(label)
    symbols = all(len(word) <= _MAX_SYMBOL or not word.isalpha() for word in lower_words(label))
    return formula_key(label) if len(sides) == 2 and symbols else None


def read_table(state: LessonState, block: LessonTable) -> bool:
    """What a table compares, the dimensions in which it does, and what its cells ask."""
    labels = compared(block.table)
    if not labels:
        return True
    header, *rows = block.table.rows
    cells = zip(labels, header[1:], strict=True)
    things = [state.node(label, CONCEPT, cell, rank=TABLE_HEAD) for label, cell in cells]
    for row in rows:
        words = plain(row[0].text)
        if not words or not is_name(words):
            continue
        dimension = state.node(words, CONCEPT, row[0], rank=TABLE_HEAD)
        for thing in things:
            state.edge(dimension, ABOUT, thing, row[0])
        for cell in row[1:]:
            _asked(state, dimension, cell)
    return True


def _asked(state: LessonState, dimension: str | None, cell: Line) -> None:
    text = plain(cell.text)
    if text.endswith("?") and len(lower_words(text)) > 1:
        question = state.node(text, QUESTION, cell, rule=QUESTION_CLASS)
        state.edge(dimension, ASKS, question, cell, rule=QUESTION_CLASS)
        state.closed.add(question or "")
