"""Naming what rules find: the nodes of tables, chains and trees are names too, for links in every note."""

from collections.abc import Sequence
from typing import NamedTuple

from conceptmap.notes.document.names import Names
from conceptmap.notes.outline.topics import Outline
from conceptmap.notes.page.syntax import plain
from conceptmap.notes.page.tables import compared
from conceptmap.notes.page.tree import Twig, parted_day
from ontology.terms import CLAIM, CONCEPT, QUESTION


class TwigWords(NamedTuple):
    """The words of a node in a tree: its label, the gist of a claim, and the question that it asks."""

    label: str
    gist: str | None
    asked: str | None
    asked_day: int | None = None


def words_of(twig: Twig, names: Names) -> TwigWords:
    """The whole label if it is a name, else `Claim: gist` of a known claim, else `label: question?` behind an arrow."""
    label = plain(twig.label)
    asked, asked_day = parted_day(" ".join(plain(line.text) for line in twig.asked))
    name, colon, rest = (part.strip() for part in label.partition(":"))
    if not colon or not rest or len(names.find(label)) == 1:
        return TwigWords(label, None, asked or None, asked_day)
    found = names.find(name)
    if len(found) == 1 and names.kind(found[0]) == CLAIM:
        return TwigWords(name, rest, asked or None, asked_day)
    if twig.mark == "arrow" and rest.endswith("?") and not asked:
        return TwigWords(name, None, rest)
    return TwigWords(label, None, asked or None, asked_day)


def name_derived(outlines: Sequence[Outline], names: Names) -> None:
    """Learn the names that tables, chains and trees bring, in the order of the days."""
    for outline in outlines:
        for _, table in outline.tables:
            for label in compared(table):
                names.derived(label, CONCEPT)
        for chain in outline.chains:
            for part in chain.parts:
                names.derived(part, CONCEPT)
    for outline in outlines:
        for twig in outline.twigs():
            words = words_of(twig, names)
            names.derived(words.label, CONCEPT)
            if words.asked:
                names.derived(words.asked, QUESTION)
