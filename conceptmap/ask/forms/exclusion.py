"""What is not so: `which claims are not supported?`, `what supports A other than B?`, `methods without C`."""

from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise

from conceptmap.ask.filters import Filters, called_after, near_filters
from conceptmap.ask.form import Composed, Form, Query
from conceptmap.ask.forms.combined import InParts, Named, Without
from conceptmap.ask.forms.coordination import first_reading
from conceptmap.ask.forms.having import LACKING, is_of_having
from conceptmap.ask.forms.of_kind import OfKind
from conceptmap.ask.forms.related import Related
from conceptmap.ask.lexicon import FormWord, KindWord, Noun, Verb
from conceptmap.ask.parse import ParsedQuestion, Unclear
from conceptmap.ask.saying import not_understood
from conceptmap.ask.spans import Span
from conceptmap.ask.words import HAVING, QUESTION_WORDS
from graphs.view import View

_FROM = frozenset("from of in on about under within".split())
"""Prepositions by which something is joined to a name: `those from A`."""


def _read_except(question: ParsedQuestion) -> Iterator[Composed]:
    """`What supports A, other than B?`, `Besides B, what supports A?`."""
    for span in question.cue_spans("except"):
        kept, out = _split(question, span)
        if kept.is_empty or out.is_empty:
            continue
        asked = first_reading(kept)
        elliptic = list(_elliptic(question, kept, out)) if question.text(span).endswith("not") else []
        for denied in (*elliptic, _excluded(out), *_joined(out)):
            rest = Without(asked, denied)
            if "any" in asked.gives and (denied in elliptic or _takes_away(rest, question.view)):
                yield Composed(rest, (kept, out))
                return
        return


def _split(question: ParsedQuestion, span: Span) -> tuple[ParsedQuestion, ParsedQuestion]:
    """What is asked, and what is left out of it: behind the operator, up to the next clause where that goes on."""
    before, after = question.before(span.start), question.after(span.end)
    if not before.is_empty:
        named = next((topic.end for topic in after.topics), None)
        verb = next((one.start for one, _ in after.cues(Verb) if named is not None and one.start >= named), None)
        if verb is None or any(before.cues(Verb)):
            return before, after
        # `which methods other than A replace B?`
        kept = question.part(lambda place: place < span.start or place >= verb)
        return kept, after.before(verb)
    first = next(iter(after.spans), None)
    clause = question.words[first.start].clause if first else 0
    split = next((one.start for one in after.spans if question.words[one.start].clause != clause), None)
    if split is None:
        split = next((one.start for one in after.spans if after.text(one) in QUESTION_WORDS), None)
    return (after.after(split), after.before(split)) if split is not None else (after.before(span.end), after)


def _excluded(out: ParsedQuestion) -> Query:
    """What is left out: the nodes that are named, those with the values that are named, or what a description finds."""
    if any(one.meanings for one in out.spans):
        return _wide(first_reading(out))
    if out.loose:
        raise Unclear(not_understood([out.words[place].said for place in out.loose]))
    for one, other in pairwise(out.topics):
        between = {word.text for word in out.words[one.end : other.start]}
        if not between & {"and", "or"} and out.words[one.start].clause == out.words[other.start].clause:
            raise Unclear("it is not clear what is left out")
    queries: list[Query] = []
    for topic in out.topics:
        facets = tuple((entry.field, entry.key) for entry in topic.entries("facet"))
        whole = topic.whole and topic.entries("name")
        if whole or not facets:
            queries.append(Named(tuple(sorted(called_after(out.view, out.node(topic))))))
        if facets:
            queries.append(OfKind((), Filters(facets=facets)))
    return queries[0] if len(queries) == 1 else InParts(tuple(queries))


def _wide(denied: Query) -> Query:
    """What is denied of anything: what stands beside a trait has it too."""
    if isinstance(denied, InParts):
        return InParts(tuple(map(_wide, denied.queries)))
    return replace(denied, own=False) if isinstance(denied, OfKind) else denied


def _lacks_some(question: ParsedQuestion, span: Span, after: ParsedQuestion) -> bool:
    """Whether things are asked for that lack some of what others have: `claims that have no evidence from A`."""
    said = question.text(span).split()
    lacks = question.word_before(span.start) in HAVING or not LACKING.isdisjoint(said)
    return lacks and (any(after.cues(Noun)) or any(after.cues(KindWord)))


def _joined(out: ParsedQuestion) -> Iterator[Query]:
    """`Those from A`, `everything in A`: what is joined to what is named."""
    said = any(one.meanings for one in out.spans) or out.loose or len(out.topics) > len(out.named)
    if out.named and not said and all(topic.whole and topic.preposition in _FROM for topic in out.named):
        yield OfKind((), near_filters(out, out.named))


def _takes_away(rest: Without, view: View) -> bool:
    """Whether anything is left out: what takes nothing away was not what is meant."""
    return len(rest.find(view)) < len(rest.all.find(view))


def _read_not(question: ParsedQuestion) -> Iterator[Composed]:
    """`Which claims are not supported by A?`: those of the claims that are not among what `supported by A` finds."""
    spans = question.cue_spans("not")
    for span in spans if spans and not is_of_having(question) else ():
        before, after = _around(question, span)
        if after.is_empty or _lacks_some(question, span, after):
            return
        if question.says_more_of_name(span.start):
            return  # `A that has no B`: no answer is denied
        is_lack = question.text(span) == "no" and any(topic.start == span.end for topic in after.topics)
        if before.is_empty and (after.question_words or is_lack):
            return  # `not A: which …?` denies no answer, and `what does no A lead to?` asks what comes of lacking it
        for denied in (*_elliptic(question, before, after), _excluded(after), *_joined(after)):
            asked = _universe(question, denied) if before.is_empty else first_reading(before)
            rest = Without(asked, denied)
            takes_away = _is_described(denied) or _takes_away(rest, question.view)
            # of a value, or of a way, nothing is denied
            if "any" in denied.gives and "any" in asked.gives and "way" not in asked.gives and takes_away:
                yield Composed(rest, (before, after))
                return
        return


def _around(question: ParsedQuestion, span: Span) -> tuple[ParsedQuestion, ParsedQuestion]:
    """What is asked, and what is denied of it: of `A that need neither B nor C`, that they need B or C."""
    before, after = question.before(span.start), question.after(span.end)
    verb = next((one for one, _ in before.cues(Verb)), None)
    if verb is None or verb.end != span.start or not after.named or any(after.cues(Verb)):
        return before, after
    return before.before(verb.start), question.part(lambda place: place >= span.end or verb.start <= place < verb.end)


def _elliptic(question: ParsedQuestion, before: ParsedQuestion, after: ParsedQuestion) -> Iterator[Query]:
    """`What needs A but not B?`: what is denied is said in full only of A."""
    verb = next((one for one, _ in before.cues(Verb)), None)
    if verb is None or not before.named or any(one.meanings and not _joins(one) for one in after.spans):
        return
    if after.loose or not after.named or before.named[0].start < verb.end:
        return
    said = before.places.difference(*(range(topic.start, topic.end) for topic in before.topics))
    denied = first_reading(question.part((said | after.places).__contains__))
    if denied.exists(question.view):
        yield denied


def _joins(span: Span) -> bool:
    return any(isinstance(one, FormWord) and one.cue in ("and", "or") for one in span.meanings)


def _is_described(query: Query) -> bool:
    """Whether a query says more than names or a kind: leaving out what is only named must take something away."""
    if isinstance(query, InParts):
        return any(map(_is_described, query.queries))
    if isinstance(query, OfKind):
        return bool(query.filters) and not (query.filters.near and not query.kinds)
    return not isinstance(query, Named)


def _universe(question: ParsedQuestion, denied: Query) -> Query:
    """All that may stand where the answers of a query do: nodes of the kinds that it may find."""
    if isinstance(denied, Related):
        if question.is_yes_or_no and not (denied.filters.kinds or denied.kinds_of_end(question.view)):
            raise Unclear("it tells what is, not what is not")
        return OfKind(denied.filters.kinds or denied.kinds_of_end(question.view), replace(denied.filters, kinds=()))
    if isinstance(denied, OfKind) and denied.kinds:
        return OfKind(denied.kinds, Filters())
    if isinstance(denied, InParts) and len(every := {_universe(question, one) for one in denied.queries}) == 1:
        return every.pop()
    raise Unclear("it tells what is, not what is not")


EXCEPT = Form(
    "without",
    _read_except,
    cues={
        "except": """
            except; except for; besides; beside; apart from; aside from; other than; excluding; leaving aside;
            setting aside; but not; rather than; instead of; not counting; leave out; but leave out; leave away; but
            leave away; with the exception of; minus; ignore; but ignore; skip; but skip; save for; omit; but omit; not
            including; exclude; without counting; left out
        """,
    },
    examples={"all but some": ["what supports the bitter lesson, apart from AlphaGo?"]},
)
NOT = Form(
    "not",
    _read_not,
    cues={
        "not": """
            not; no; never; t; don t; doesn t; didn t; isn t; aren t; wasn t; weren t; can t; couldn t; won t; hasn
            t; haven t; hadn t; wouldn t; shouldn t; mustn t; needn t; cant; cannot; dont; doesnt; didnt; isnt;
            arent; wasnt; werent; wont; hasnt; havent; lacking; lack; without; without any; neither; neither of
        """,
    },
    examples={"what is not so": ["which claims are not supported?"]},
)
