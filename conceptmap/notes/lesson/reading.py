"""Reading a page that nobody annotated: names of trees and tables first, then its passages, then what they are about."""

from collections.abc import Sequence
from dataclasses import dataclass

from conceptmap.notes.blocks import Block
from conceptmap.notes.lesson.found import PROSE, Found
from conceptmap.notes.lesson.leads import Leads
from conceptmap.notes.lesson.lists import read_display, read_list
from conceptmap.notes.lesson.page import Page
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
from conceptmap.certainty import DEFINITION
from conceptmap.notes.lesson.subjects import Subjects, acronyms_of
from conceptmap.notes.lesson.telling import MAX_OPENING, read_after_formula, read_text
from conceptmap.notes.lesson.twigs import read_table, read_tree
from conceptmap.notes.tree import Twig
from ontology.names import name_key
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
    page = Page(Found(day), leads, f" {name_key(text)} " if text else "")
    arrows: set[str] = set()
    for passage in passages:
        if isinstance(passage, Drawn):
            arrows |= read_tree(page, passage.roots)
        elif isinstance(passage, Compared):
            read_table(page, passage.table)
    for acronym in acronyms_of(text):
        first = next(passage for passage in passages if acronym in text_of(passage))
        page.found.node(acronym, CONCEPT, line_of(first), DEFINITION, PROSE)
    for number, passage in enumerate(passages):
        _read(page, passage, number < MAX_OPENING)
    Subjects(page).join(arrows)
    return Lesson(page.found, tuple(passage.roots for passage in passages if isinstance(passage, Drawn)))


def _read(page: Page, passage: Passage, opening: bool) -> None:
    match passage:
        case Said():
            read_text(page, passage.line, quoted=passage.quoted, opening=opening)
        case Listed():
            read_list(page, passage, page.leads.read(passage.lead.text))
        case Displayed():
            read_after_formula(page, read_display(page, passage.formula, passage.line), passage.line)
        case _:
            pass
