"""Reading a page that nobody annotated: its trees and tables, then its passages, then what they are about."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from conceptmap.certainty import DEFINITION
from conceptmap.notes.lesson.found import PROSE, Found
from conceptmap.notes.lesson.leads import Leads
from conceptmap.notes.lesson.lists import read_display, read_list
from conceptmap.notes.lesson.page import MAX_SAID, Page
from conceptmap.notes.lesson.passages import (
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
from conceptmap.notes.lesson.subjects import Subjects, acronyms_of
from conceptmap.notes.lesson.telling import MAX_OPENING, read_after_formula, read_text
from conceptmap.notes.lesson.twigs import read_table, read_tree
from conceptmap.notes.lesson.words import lower_words, words_of
from conceptmap.notes.page.blocks import Block, Line
from conceptmap.notes.page.tree import Twig
from ontology.terms import CONCEPT


@dataclass(frozen=True, slots=True)
class Lesson:
    """What rules read on a page: nodes and edges, and its trees."""

    found: Found
    trees: tuple[tuple[Twig, ...], ...]


def read_lesson(blocks: Sequence[Block], leads: Leads, day: int) -> Lesson:
    """Read a page by rule."""
    passages = passages_of(blocks)
    text = " ".join(text_of(passage) for passage in passages)
    page = Page(Found(day), leads, f" {' '.join(lower_words(text))} ")
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
    return Lesson(page.found, tuple(passage.roots for passage in passages if isinstance(passage, Drawn)))


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
