"""What stands at a relation at all: `claims with evidence`, `which parts have no parts?`, `claims without support`."""

from collections.abc import Iterator
from dataclasses import dataclass

from conceptmap.ask.filters import Filters
from conceptmap.ask.form import Composed, Form, Query
from conceptmap.ask.forms.combined import Both, Without
from conceptmap.ask.forms.coordination import first_reading
from conceptmap.ask.forms.of_kind import OfKind
from conceptmap.ask.forms.related import Related
from conceptmap.ask.lexicon import FormWord, KindWord, Noun
from conceptmap.ask.parse import ParsedQuestion
from conceptmap.ask.spans import Span
from conceptmap.ask.words import ARTICLES, HAVING

BETWEEN = ARTICLES | frozenset("any some no that which who do does did are is were there at all their its of".split())
"""What may stand before the noun beside these words; `little` and `good` say something."""
LACKING = frozenset("without lack lacks lacking lacked".split())
"""Words that say that it has not."""


@dataclass(frozen=True, slots=True)
class _Had:
    """The noun of what something has or lacks, and where the words for that begin."""

    start: int
    end: int
    noun: Noun
    lacking: bool


def _read(question: ParsedQuestion) -> Iterator[Composed]:
    if question.is_yes_or_no:
        return  # `does everything have parts?` asks of all of them
    for had in _had(question):
        before, said = question.before(had.start), question.part(range(had.start, had.end).__contains__)
        if not _says_what(before) and any(one.meanings for one in before.spans):
            continue  # `which day has …?` asks when
        having = Related(had.noun.relation, None, inverse=not had.noun.source)
        asked = first_reading(before) if _says_what(before) else _of_kinds(question, having)
        if "any" not in asked.gives or not _may_have(question, asked, having):
            continue
        yield Composed(Without(asked, having) if had.lacking else Both((asked, having)), (before, said))
        return


def is_of_having(question: ParsedQuestion) -> bool:
    """Whether it is asked what has something, or lacks it."""
    return any(_had(question))


def _had(question: ParsedQuestion) -> Iterator[_Had]:
    """A noun of a relation behind a word of having, with which the question, or its clause, ends."""
    for number, span in enumerate(question.spans):
        rest = question.after(span.end)
        # `claims with evidence for A` asks for the evidence of A: another form reads it.
        if number == 0 or rest.topics or rest.days or not rest.is_empty:
            continue
        governing = _governing(question, number)
        words = {word for one in governing for word in question.text(one).split()}
        lacking = not LACKING.isdisjoint(words) or any(_is_not(one) for one in governing)
        if HAVING.isdisjoint(words) and LACKING.isdisjoint(words):
            continue
        for noun in _nouns(question, span):
            yield _Had(governing[0].start, span.end, noun, lacking)


def _governing(question: ParsedQuestion, number: int) -> list[Span]:
    """The words before a noun that say nothing but that it is had, or not."""
    governing: list[Span] = []
    for one in reversed(question.spans[:number]):
        if not _is_not(one) and not (one.loose and question.text(one) in BETWEEN | HAVING | LACKING):
            break
        governing.insert(0, one)
        if not {"which", "what", "who"}.isdisjoint(question.text(one).split()):
            break
    return governing


def _is_not(span: Span) -> bool:
    return FormWord("not") in span.meanings


def _nouns(question: ParsedQuestion, span: Span) -> list[Noun]:
    """The ends of relations that a word is a noun for; also of the name of a kind, such as evidence."""
    nouns = [one for one in span.meanings if isinstance(one, Noun)]
    kinds = {one.kind for one in span.meanings if isinstance(one, KindWord)}
    # `question` is a kind, and what a day asks only by another name.
    return nouns if not kinds or any(kinds & set(one.relation.sources) for one in nouns if one.source) else []


def _says_what(before: ParsedQuestion) -> bool:
    """Whether the words before say what of: `which claims`, but not `what`."""
    return bool(before.topics) or any(before.cues(KindWord))


def _of_kinds(question: ParsedQuestion, having: Related) -> Query:
    """All that may have it."""
    kinds = having.kinds_of_end(question.view)
    return OfKind(kinds, Filters()) if kinds else having


def _may_have(question: ParsedQuestion, asked: Query, having: Related) -> bool:
    """Whether some of what is asked may stand at that end: of a kind that never can, `none has` says nothing."""
    view = question.view
    kinds = having.kinds_of_end(view)
    return not kinds or any(view.kind(one) in kinds for one in asked.keys(view) if view.has_node(one))


HAS = Form(
    "having",
    _read,
    cues={"not": "lacks; lacked"},
    examples={"what has something, or lacks it": ["which claims have no evidence?", "concepts with parts"]},
)
