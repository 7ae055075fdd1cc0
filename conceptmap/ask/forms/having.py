"""What stands at a relation at all: `claims with evidence`, `which parts have no parts?`, `claims without support`."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass

from conceptmap.ask.filters import Filters
from conceptmap.ask.form import Composed, Form, Query
from conceptmap.ask.forms.combined import Both, InParts, Without
from conceptmap.ask.forms.coordination import first_reading
from conceptmap.ask.forms.of_kind import OfKind
from conceptmap.ask.forms.related import Related
from conceptmap.ask.found import Found, Piece, cited, in_course_order
from conceptmap.ask.lexicon import FormWord, KindWord, Noun, Verb
from conceptmap.ask.parse import ParsedQuestion
from conceptmap.ask.spans import Span
from conceptmap.ask.words import ARTICLES, HAVING, IGNORABLE, QUESTION_WORDS
from graphs.fields import field_index, field_words
from graphs.view import View
from ontology.terms import CONCEPT, INTRODUCED_ON, METHOD, REQUIRES
from ontology.vocabulary import Relation

BETWEEN = ARTICLES | frozenset("any some no that which who do does did are is were there at all their its of".split())
"""What may stand before the noun beside these words; `little` and `good` say something."""
LACKING = frozenset("without lack lacks lacking lacked".split())
"""Words that say that it has not."""
NOTED = frozenset("written noted given listed recorded stated mentioned set specified known down there at all".split())
"""What may stand behind the noun and says no more than that it is had."""
_LIGHT = IGNORABLE | QUESTION_WORDS
NOTHING = frozenset("nothing none nobody".split())
UNPREPARED = frozenset("knowing having understanding learning reading studying met seen learned learnt read".split())
"""What one does before something is learned, in `without knowing anything first`."""
BEFOREHAND = frozenset("anything something else other first before beforehand already previously at all".split())


@dataclass(frozen=True, slots=True)
class WithField(Query):
    """What has a value in a field, whatever value."""

    fields: tuple[str, ...]

    def find(self, view: View) -> list[Found]:
        """The nodes, each cited by the line that gives the value."""
        index = field_index(view)
        owners = dict.fromkeys(owner for field in self.fields for owner in index.owners(field))
        nodes = (view.node(one) for one in owners if view.has_node(one))
        return in_course_order([cited(view, one) for one in nodes if not one.data.keys().isdisjoint(self.fields)])

    def pieces(self, view: View) -> Iterator[Piece]:
        """The fields."""
        yield Piece("fields", self.fields)

    def lead(self, view: View) -> str:
        """`What has FIELD`."""
        return f"What has {' or '.join(map(field_words, self.fields))}"

    def missing(self, view: View) -> str:
        """`what has FIELD`."""
        return f"what has {' or '.join(map(field_words, self.fields))}"


@dataclass(frozen=True, slots=True)
class _Had:
    """What something has or lacks, as what all finds that has it, and where the words for that begin and end."""

    start: int
    end: int
    having: Related | WithField
    lacking: bool


def _read(question: ParsedQuestion) -> Iterator[Composed]:
    if question.is_yes_or_no:
        return  # `does everything have parts?` asks of all of them
    yield from _read_at_once(question)
    for had in _had(question):
        before, said = question.before(had.start), question.part(range(had.start, had.end).__contains__)
        if not _says_what(before) and any(one.meanings for one in before.spans) and not had.lacking:
            continue  # `which day has …?` asks when
        if not _says_what(before) and any(before.words[place].text not in _LIGHT for place in before.loose):
            continue  # `which hives have …?` asks for hives
        asked = first_reading(before) if _says_what(before) else _of_kinds(question, had.having, lacking=had.lacking)
        if asked is had.having and not had.lacking:
            yield Composed(had.having, (before, said))
            return
        if "any" in asked.gives and _may_have(question, asked, had.having):
            yield Composed(_narrowed(asked, had), (before, said))
            return


def _narrowed(asked: Query, had: "_Had") -> Query:
    return Without(asked, had.having) if had.lacking else Both((asked, had.having))


def _read_at_once(question: ParsedQuestion) -> Iterator[Composed]:
    """`Claims with evidence but no objections`, `with evidence and objections`: two that are had or lacked."""
    for number, span in enumerate(question.spans):
        if number < 4 or not _is_end(question, span.end):
            continue
        governing = _governing(question, number, ())
        joint = number - len(governing) - 1
        if joint < 2 or not _joins(question, question.spans[joint]):
            continue
        before = question.before(question.spans[joint].start)
        for second in (*_of_nouns(question, number, span, ()), *_of_fields(question, number, span, ())):
            for first in _had(before):
                what = before.before(first.start)
                asked = first_reading(what) if _says_what(what) else None
                if asked is None or "any" not in asked.gives:
                    return
                said = question.part(range(first.start, second.end).__contains__)
                if FormWord("or") in question.spans[joint].meanings:
                    several = InParts((_narrowed(asked, first), _narrowed(asked, second)))
                    yield Composed(several, (what, said))
                elif _may_have(question, asked, first.having) and _may_have(question, asked, second.having):
                    yield Composed(_narrowed(_narrowed(asked, first), second), (what, said))
                return


def _joins(question: ParsedQuestion, span: Span) -> bool:
    return question.text(span) == "but" or any(FormWord(one) in span.meanings for one in ("and", "or"))


def is_of_having(question: ParsedQuestion) -> bool:
    """Whether it is asked what has something, or lacks it."""
    return any(_had(question))


def _had(question: ParsedQuestion) -> Iterator[_Had]:
    """What is had or lacked, in words with which the question, or its clause, ends."""
    said = {question.words[place].text for place in question.places}
    if _SAYING.isdisjoint(said) and not any(map(_is_not, question.spans)):
        return
    for number, span in enumerate(question.spans):
        yield from _of_anything(question, number, span)
        # `claims with evidence for A` asks for the evidence of A: another form reads it.
        if number == 0 or not _is_end(question, span.end):
            continue
        yield from _of_nouns(question, number, span)
        yield from _of_nothing(question, number, span)
        yield from _of_fields(question, number, span)


_SAYING = HAVING | LACKING | NOTHING
"""Words one of which says that something is had or lacked, where nothing is denied."""


def _is_end(question: ParsedQuestion, place: int) -> bool:
    rest = question.after(place)
    light = all(
        NOTED.issuperset(said := rest.text(one).split()) or (one.loose and _LIGHT.issuperset(said))
        for one in rest.spans
    )
    return light and not rest.topics and not rest.days


def _end(question: ParsedQuestion, place: int) -> int:
    """The place behind the last word of a part that says no more than that something is had."""
    after = [one.end for one in question.after(place).spans if NOTED.issuperset(question.text(one).split())]
    return max(after, default=place)


def _of_nouns(
    question: ParsedQuestion, number: int, span: Span, told: Collection[str] = HAVING | LACKING
) -> Iterator[_Had]:
    """`Have no evidence`, `without parts`, `need no prerequisites`; one of the words `told`, if any, must say so."""
    nouns = _nouns(question, span)
    if not nouns:
        return
    governing = _governing(question, number, {noun.relation for noun in nouns})
    words = {word for one in governing for word in question.text(one).split()}
    verbs = any(isinstance(one, Verb) for span in governing for one in span.meanings)
    if verbs or not told or not words.isdisjoint(told):
        for noun in nouns:
            having = Related(noun.relation, None, inverse=not noun.source)
            yield _Had((governing or [span])[0].start, _end(question, span.end), having, _lacks(question, governing))


def _of_nothing(question: ParsedQuestion, number: int, span: Span) -> Iterator[_Had]:
    """`Require nothing`."""
    if not span.loose or question.text(span) not in NOTHING:
        return
    verb = question.spans[number - 1]
    for one in verb.meanings:
        if isinstance(one, Verb) and one.relation.name != INTRODUCED_ON:
            start = _auxiliary(question, number - 1)
            yield _Had(start, span.end, Related(one.relation, None, inverse=not one.inverse), lacking=True)


def _auxiliary(question: ParsedQuestion, number: int) -> int:
    """The place where a verb begins, with words such as `that` and `are` before it."""
    start = question.spans[number].start
    for one in reversed(question.spans[1:number]):
        if not one.loose or question.text(one) not in BETWEEN - {"which", "who"}:
            break
        start = one.start
    return start


def _of_anything(question: ParsedQuestion, number: int, span: Span) -> Iterator[_Had]:
    """`Without knowing anything first`: it requires nothing."""
    relation = question.view.vocabulary.relations.get(REQUIRES)
    said = {question.text(one) for one in question.spans[number + 1 :]}
    of_first = all(word in UNPREPARED | BEFOREHAND for words in said for word in words.split())
    tells = not said.isdisjoint(BEFOREHAND - {"at", "all"}) and not said.isdisjoint(UNPREPARED)
    if relation and question.text(span) == "without" and of_first and tells:
        yield _Had(span.start, question.spans[-1].end, Related(relation, None, inverse=True), lacking=True)


def _of_fields(
    question: ParsedQuestion, number: int, span: Span, told: Collection[str] = HAVING | LACKING
) -> Iterator[_Had]:
    """`Have no duration`; one of the words `told`, if any, must say so."""
    if span.named or any(not isinstance(one, FormWord) for one in span.meanings):
        return
    governing = _governing(question, number, ())
    words = {word for one in governing for word in question.text(one).split()}
    if told and words.isdisjoint(told):
        return
    said = [word.said for word in question.words[span.start : span.end]]
    if fields := field_index(question.view).named(said):
        having = WithField(tuple(fields))
        yield _Had((governing or [span])[0].start, _end(question, span.end), having, _lacks(question, governing))


def _lacks(question: ParsedQuestion, governing: Sequence[Span]) -> bool:
    words = {word for one in governing for word in question.text(one).split()}
    return not LACKING.isdisjoint(words) or any(_is_not(one) for one in governing)


def _governing(question: ParsedQuestion, number: int, relations: Collection[Relation]) -> list[Span]:
    """The words before a noun that say nothing but that it is had, or not; verbs of its relations say that too."""
    governing: list[Span] = []
    for one in reversed(question.spans[:number]):
        is_verb = any(isinstance(meaning, Verb) and meaning.relation in relations for meaning in one.meanings)
        light = one.loose and question.text(one) in BETWEEN | HAVING | LACKING
        if not _is_not(one) and not light and not (is_verb and any(map(_is_not, governing))):
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


def _of_kinds(question: ParsedQuestion, having: Related | WithField, *, lacking: bool) -> Query:
    """All that may have it; what is learned, where it is asked what comes before that.

    What lacks a field is sought among the kinds of what has it.
    """
    if isinstance(having, WithField):
        owners = having.keys(question.view) if lacking else set[str]()
        return OfKind(tuple(sorted({question.view.kind(one) for one in owners}))) if owners else having
    kinds = having.kinds_of_end(question.view)
    if having.relation.name == REQUIRES:
        kinds = tuple(kind for kind in kinds if kind in (CONCEPT, METHOD))
    return OfKind(kinds, Filters()) if kinds else having


def _may_have(question: ParsedQuestion, asked: Query, having: Related | WithField) -> bool:
    """Whether some of what is asked may stand at that end: of a kind that never can, `none has` says nothing."""
    view = question.view
    if isinstance(having, WithField):
        return asked is not having and not asked.keys(view).isdisjoint(having.keys(view))
    kinds = having.kinds_of_end(view)
    return not kinds or any(view.kind(one) in kinds for one in asked.keys(view) if view.has_node(one))


HAS = Form(
    "having",
    _read,
    cues={"not": "lacks; lacked"},
    examples={"what has something, or lacks it": ["which claims have no evidence?", "concepts with parts"]},
)
