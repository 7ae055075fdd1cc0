"""Roles: nouns that stand for whatever a relation gives, and not for a sort of it: `which facts support A?`."""

from conceptmap.ask.lexicon import KindWord
from conceptmap.ask.parse import ParsedQuestion
from conceptmap.ask.spans import Span
from ontology.names import singular

ROLE_NOUNS = frozenset(
    """
    fact finding argument statement point consideration circumstance factor matter detail aspect insight thought
    development phenomenon phenomena discovery discoveries evidence view position opinion belief subject
    result knowledge notion
    """.split()
)
"""What may be said of anything that speaks for something, leads to it, or is needed for it."""
_BEFORE = frozenset(
    """
    what which any some the a an all every these those me us many whatever give name list state show mention cite quote
    find and or other
    """.split()
)
"""What stands before a noun that is asked for. Between them nothing may tell which of these are meant."""


def stands_for_any(question: ParsedQuestion, span: Span) -> bool:
    """Whether a word only stands for what is asked for: `which facts …`, `the statements that …`."""
    noun = question.text(span).removesuffix(" that")
    if span.named or span.days:
        return False
    if noun not in ROLE_NOUNS and singular(noun) not in ROLE_NOUNS:
        return False
    return span.start == 0 or question.words[span.start - 1].text in _BEFORE


def kinds_meant_loosely(question: ParsedQuestion) -> frozenset[str]:
    """The kinds that a question names by such a noun: `arguments` may be evidence or claims of the map."""
    return frozenset(word.kind for span, word in question.cues(KindWord) if stands_for_any(question, span))
