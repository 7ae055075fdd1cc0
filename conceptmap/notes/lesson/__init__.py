"""The lesson: reading a page that nobody annotated, its trees and tables first, then its passages, then subjects."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from conceptmap.notes.lesson.lesson_blocks import (
    Compared,
    Displayed,
    Drawn,
    Listed,
    Passage,
    Said,
    line_of,
    passages_of,
    text_of,
)
from conceptmap.notes.lesson.list_intros import list_intros_of
from conceptmap.notes.lesson.rules.diagrams import read_table, read_tree
from conceptmap.notes.lesson.rules.lists import read_display, read_list
from conceptmap.notes.lesson.rules.prose import MAX_OPENING, read_after_formula, read_text
from conceptmap.notes.lesson.rules.subjects import Subjects, acronyms_of
from conceptmap.notes.lesson.state import MAX_SAID, PROSE, Found, LessonEdge, LessonNode, Page
from conceptmap.notes.lesson.words import lower_words, words_of
from conceptmap.notes.page.blocks import Block, Line
from conceptmap.notes.page.tree import Twig
from conceptmap.notes.rule_classes import DEFINITION
from ontology.terms import CONCEPT
from ontology.vocabulary import Vocabulary


@dataclass(frozen=True, slots=True)
class Lesson:
    """What rules read on a page: nodes and edges, and its trees."""

    nodes: Mapping[str, LessonNode]
    edges: Collection[LessonEdge]
    trees: tuple[tuple[Twig, ...], ...]


def read_lesson(blocks: Sequence[Block], vocabulary: Vocabulary, day: int) -> Lesson:
    """Read a page by rule."""
    passages = passages_of(blocks)
    text = " ".join(text_of(passage) for passage in passages)
    page = Page(Found(day), list_intros_of(vocabulary), f" {' '.join(lower_words(text))} ")
    arrows: set[str] = set()
    for passage in passages:
        if isinstance(passage, Drawn):
            arrows |= read_tree(page, passage.roots)
        elif isinstance(passage, Compared):
            read_table(page, passage.table)
    for acronym, line in _acronyms(passages, text):
        page.found.node(acronym, CONCEPT, line, DEFINITION, PROSE)
    for number, passage in enumerate(passages):
        _read(page, passage, number < MAX_OPENING)
    Subjects(page).join(arrows)
    trees = tuple(passage.roots for passage in passages if isinstance(passage, Drawn))
    return Lesson(page.found.nodes, page.found.edges.values(), trees)


def _acronyms(passages: Sequence[Passage], text: str) -> Iterator[tuple[str, Line]]:
    """The acronyms of a page, each with the line of the passage that first uses it."""
    waiting = set(acronyms_of(text))
    for passage in passages:
        for word in words_of(text_of(passage)) if waiting else ():
            if word in waiting:
                waiting.discard(word)
                yield word, line_of(passage)


def _short(listed: Listed) -> Listed:
    """A list without items that are too long to be read by rule."""
    return replace(listed, items=tuple(item for item in listed.items if len(item.text) <= MAX_SAID))


def _read(page: Page, passage: Passage, opening: bool) -> None:
    match passage:
        case Said():
            read_text(page, passage.line, quoted=passage.quoted, opening=opening)
        case Listed():
            read_list(page, _short(passage), page.leads.read(passage.lead.text[:MAX_SAID]))
        case Displayed():
            read_after_formula(page, read_display(page, passage.formula, passage.line), passage.line)
        case _:
            pass
