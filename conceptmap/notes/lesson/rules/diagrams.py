"""Trees and tables of a lesson: the names they bring, which win over other spellings."""

import re
from collections.abc import Iterator, Sequence

from conceptmap.notes.lesson.rules.formulas import formula_key
from conceptmap.notes.lesson.state import TABLE_HEAD, TREE_LABEL, Page
from conceptmap.notes.lesson.words import is_name, lower_words, verb_at
from conceptmap.notes.page.blocks import Line, Table, compared
from conceptmap.notes.page.inline import plain
from conceptmap.notes.page.tree import Twig, parted_day
from conceptmap.notes.rule_classes import QUESTION, TREE
from conceptmap.notes.rule_classes import TABLE as TABLE_RULE
from ontology.terms import ABOUT, ASKS, CLAIM, CONCEPT, INTRODUCED_ON
from ontology.terms import QUESTION as QUESTION_KIND

_COMPARES = re.compile(r"[<>≫≪≻]|\b(?:beats?|over)\b")
_STATES = re.compile(r"[=∝≈≤≥<>:]")
_POWER = re.compile(r"[=∝≈]")


def read_tree(page: Page, roots: Sequence[Twig]) -> set[str]:
    """Note the names of a tree; answers those behind arrows."""
    arrows: set[str] = set()
    for twig in _all(roots):
        key = _twig(page, twig)
        if key and twig.mark == "arrow":
            arrows.add(key)
    return arrows


def _all(roots: Sequence[Twig]) -> Iterator[Twig]:
    waiting = list(reversed(roots))
    while waiting:
        twig = waiting.pop()
        yield twig
        waiting.extend(reversed(twig.children))


def _twig(page: Page, twig: Twig) -> str | None:
    label, line = plain(twig.label), twig.line
    name, colon, gist = (part.strip() for part in label.partition(":"))
    if colon and gist and _COMPARES.search(gist) and is_name(name) and twig.mark != "arrow":
        key = page.found.node(name, CLAIM, line, TREE, TREE_LABEL)
    else:
        kind = CLAIM if _STATES.search(label) or verb_at(lower_words(label)) else CONCEPT
        key = page.found.node(label, CONCEPT if twig.mark == "arrow" else kind, line, TREE, TREE_LABEL, _key(label))
    if key and twig.day is not None:
        page.found.edge(key, INTRODUCED_ON, page.found.day_node(twig.day, line, TREE), line, TREE)
    asked, _ = parted_day(" ".join(plain(part.text) for part in twig.asked))
    if asked:
        question = page.found.node(asked, QUESTION_KIND, twig.asked[0], TREE, TREE_LABEL)
        page.found.edge(key, ASKS, question, twig.asked[0], TREE)
    return key


def _key(label: str) -> str | None:
    """The key of a formula, where a label is one: `L(C) ∝ C^(-α)`, `R = h²S`."""
    sides = _POWER.split(label)
    formula = len(sides) == 2 and all(len(word) <= 3 or not word.isalpha() for word in lower_words(label))
    return formula_key(label) if formula else None


def read_table(page: Page, table: Table) -> None:
    """What a table compares, and the dimensions in which it does."""
    labels = compared(table)
    if not labels:
        return
    header, *rows = table.rows
    things = [
        page.found.node(label, CONCEPT, cell, TABLE_RULE, TABLE_HEAD)
        for label, cell in zip(labels, header[1:], strict=True)
    ]
    for row in rows:
        dimension = plain(row[0].text)
        if not dimension or not is_name(dimension):
            continue
        node = page.found.node(dimension, CONCEPT, row[0], TABLE_RULE, TABLE_HEAD)
        for thing in things:
            page.found.edge(node, ABOUT, thing, row[0], TABLE_RULE)
        for cell in row[1:]:
            _asked(page, node, cell)


def _asked(page: Page, dimension: str | None, cell: Line) -> None:
    text = plain(cell.text)
    if text.endswith("?") and len(lower_words(text)) > 1:
        question = page.found.node(text, QUESTION_KIND, cell, QUESTION)
        page.found.edge(dimension, ASKS, question, cell, QUESTION)
        page.closed.add(question or "")
