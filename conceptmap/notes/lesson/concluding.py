"""A synthesis: a claim, what follows from it, and what it denies."""

import re
from collections.abc import Sequence

from conceptmap.certainty import SYNTHESIS
from conceptmap.notes.lesson.page import MAX_SAID, Page
from conceptmap.notes.lesson.phrases import stopped
from conceptmap.notes.lesson.words import OPENERS, lower_words
from conceptmap.notes.page.blocks import Line
from ontology.terms import CLAIM, LEADS_TO, OPPOSES

_NOT_JUST = re.compile(
    r"\b(?:isn'?t|isn’t|aren'?t|aren’t|is not|are not|was not|wasn'?t)\s+((?:just|only|merely|simply)?\s*[^—–;,.]+?)"
    r"\s*(?:[—–;]|,\s*but|,\s*it)"
)


def read_conclusions(page: Page, sentences: Sequence[str], line: Line) -> None:
    """What a page concludes: a claim, what follows from it, and what it denies."""
    first: str | None = None
    for sentence in sentences:
        words = lower_words(sentence)
        if len(sentence) > MAX_SAID or sentence.endswith("?") or len(words) < 3 or words[0] in OPENERS:
            continue
        claim = page.found.node(stopped(sentence), CLAIM, line, SYNTHESIS)
        if claim is None:
            continue
        page.statements.append(claim)
        denied = _NOT_JUST.search(sentence)
        if denied is not None:
            other = page.found.node(stopped(denied[1]), CLAIM, line, SYNTHESIS)
            page.found.edge(claim, OPPOSES, other, line, SYNTHESIS)
        elif first is not None:
            page.found.edge(first, LEADS_TO, claim, line, SYNTHESIS)
        first = first or claim
    page.claim = first or page.claim
