"""Where something is explained: `which topic teaches me why A?`, `where do I learn how far a value is from the mean?`.

A value or a text of a node that says it begins so itself: `explain why deviations are squared`, `How far one value is
from the mean`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import chain, islice
from typing import ClassVar

from conceptmap.ask.amounts.fields import data_of
from conceptmap.ask.clauses import ASIDE, SENTENCE, stands_alone
from conceptmap.ask.form import Composed, Form, Query, Wanted
from conceptmap.ask.found import Found, NodeName, Piece, cited
from conceptmap.ask.lexicon import KindWord
from conceptmap.ask.parse import ParsedQuestion
from conceptmap.ask.roles import stands_for_any
from conceptmap.ask.senses import ANYBODY
from conceptmap.ask.spans import Span
from conceptmap.ask.sparql import ShortNames, is_node
from conceptmap.ask.telling import DENYING, heavy, roots_at, telling
from conceptmap.ask.words import ARTICLES, COURSE_WORDS, IGNORABLE
from graphs.fields import field_index
from graphs.view import View
from graphs.words import STOP_WORDS, stem
from ontology.names import name_key
from ontology.terms import HUBS

MIN_TOLD = 2
"""So many words must tell of what is explained."""
TEACHING = frozenset(
    map(
        stem,
        """
        teach taught explain tell told show learn learnt understand see read find answer cover say clarify discuss
        know discover
        """.split(),
    )
)
_ASKED = frozenset("why how whether where when".split())
"""What opens that which is explained."""
MAX_FIELDS, MAX_OWNERS = 30, 500
"""Of so many fields so many nodes are looked at that have them."""
_PUPIL = frozenset("me us you one somebody someone people pupils students readers out about to in detail".split())
"""What may stand between the verb and that."""
_TOPICS = frozenset(map(stem, "topic subject lesson chapter theme area field heading".split()))
"""Nouns for whatever explains something."""


@dataclass(frozen=True, slots=True)
class Explained(Query):
    """The node that explains something, and what it says."""

    node: str
    said: str
    gives: ClassVar[frozenset[Wanted]] = frozenset(["any", "place"])

    def find(self, view: View) -> list[Found]:
        """The node."""
        return [replace(cited(view, view.node(self.node)), text=self.said)]

    def pieces(self, view: View) -> Iterator[Piece]:
        """The node."""
        yield Piece("of", NodeName.of(view, self.node))

    def lead(self, view: View) -> str:
        """Its label."""
        return view.node(self.node).label

    def sentence(self, view: View, found: Sequence[Found]) -> str:
        """The node, with what it says."""
        return f"{self.lead(view)}: {self.said}."

    def patterns(self, view: View, names: ShortNames) -> list[str]:
        """The node."""
        return [is_node(names.node(self.node))]


def _read(question: ParsedQuestion) -> Iterator[Composed]:
    if question.days or question.is_yes_or_no or not stands_alone(question):
        return
    opened = _opened(question)
    if opened is None:
        return
    words, view = question.words, question.view
    told = [place for place in question.places if place > opened]
    roots = [root for root in roots_at(question, heavy(question, told, ASIDE)) if root not in ANYBODY]
    if len(set(roots)) < MIN_TOLD:
        return
    asked = [one.kind for span, one in question.cues(KindWord) if span.start < opened and _is_sort(question, span)]
    kinds = view.vocabulary.within(asked)
    told_by = {
        node: said
        for node in dict.fromkeys([*telling(view, roots), *_with_values(view)])
        if view.kind(node) not in HUBS and (not kinds or view.kind(node) in kinds)
        for said in _sayings(view, node)
        if _explains(name_key(said).split(), words[opened].text, roots)
    }
    if len(told_by) == 1:
        yield Composed(Explained(*next(iter(told_by.items()))), (question,))


def _is_sort(question: ParsedQuestion, span: Span) -> bool:
    """Whether a word says which sort of thing explains it: a `method`, not a `topic`."""
    return question.words[span.start].stem not in _TOPICS and not stands_for_any(question, span)


def _with_values(view: View) -> Iterator[str]:
    """The first nodes that have values: words of these stand in no index."""
    index = field_index(view)
    owners = chain.from_iterable(index.owners(field) for field in islice(index.fields, MAX_FIELDS))
    return filter(view.has_node, islice(owners, MAX_OWNERS))


def _opened(question: ParsedQuestion) -> int | None:
    """The place of the `why` of `which topic teaches me why …?`; None where something else is asked as well."""
    words, places = question.words, sorted(question.places)
    at = next((at for at, place in enumerate(places) if at and words[place].text in _ASKED), None)
    if at is None or words[places[0]].text not in ("which", "what", "where"):
        return None
    before = [words[place] for place in places[1:at]]
    while before and before[-1].text in _PUPIL:
        before.pop()
    if not before or before[-1].stem not in TEACHING:
        return None
    sorts = {words[span.start].stem for span, _ in question.cues(KindWord)}
    others = (word for word in before[:-1] if word.text not in IGNORABLE | COURSE_WORDS | ARTICLES)
    return places[at] if all(word.stem in _TOPICS or word.stem in sorts for word in others) else None


def _sayings(view: View, node: str) -> Iterator[str]:
    """The sentences of the text of a node, and its values."""
    yield from SENTENCE.split((view.node(node).text or "").rstrip(".!? \n"))
    yield from (held.found.label for held in data_of(view, node))


def _explains(sentence: Sequence[str], opened: str, roots: Sequence[str]) -> bool:
    """Whether a sentence opens with the same word what it says, and says behind it just what is asked, in its order."""
    if opened not in sentence:
        return False
    behind = [stem(word) for word in sentence[sentence.index(opened) + 1 :] if word not in STOP_WORDS]
    at = [behind.index(root) for root in roots if root in behind]
    denies = DENYING.isdisjoint(behind) == DENYING.isdisjoint(roots)
    return len(at) == len(roots) and at == sorted(at) and denies


TAUGHT = Form("taught", _read)
