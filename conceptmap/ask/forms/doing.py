"""What does something, or what it is done to, as a sentence says: `which resin closes cracks?`, `what did A pick?`.

The sentence says all that the question says (see `telling`), and the verb stands in it as in the question (see
`clauses`). A thing whose text says so is the answer; of a statement, what it says so of where the map knows that, else
the statement itself.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile
from typing import ClassVar

from conceptmap.ask.clauses import (
    ASIDE,
    Clause,
    clauses_of,
    is_somebody,
    object_of,
    sentences,
    stands_alone,
    subject_of,
    tells_doing,
    tells_done,
)
from conceptmap.ask.form import Composed, Form, Query, Wanted
from conceptmap.ask.found import Found, NodeName, Piece, cited, in_course_order
from conceptmap.ask.lexicon import KindWord
from conceptmap.ask.parse import ParsedQuestion
from conceptmap.ask.senses import is_said
from conceptmap.ask.sparql import ShortNames
from conceptmap.ask.telling import heavy, roots_at, telling, untold, words_beside
from conceptmap.ask.words import ARTICLES, PREPOSITIONS
from graphs.view import View, cite
from graphs.words import stem, stems
from ontology.names import name_key
from ontology.terms import CLAIM, EVIDENCE, EXAMPLE_OF, HUBS, PART_OF

MIN_TOLD = 2
"""So many words must tell of what is done."""
MAX_DOERS = 3
"""So many sentences may say it; more that have the words say something else each."""
QUANTIFIERS = frozenset("all every each both always".split())
"""Words that say too much where the sentence does not say them."""
_WITHIN = frozenset("in inside within at on".split())
"""Prepositions before what something is done in."""


@dataclass(frozen=True, slots=True)
class Doing(Query):
    """What some sentences say that does something, or has it done: each node with the one whose words say so."""

    told: tuple[tuple[str, str], ...]
    gives: ClassVar[frozenset[Wanted]] = frozenset(["agents", "any"])

    def find(self, view: View) -> list[Found]:
        """The nodes, in the order of the course, each cited by what says so."""
        found = (cited(view, view.node(node), cites=(cite(view.node(by).sayings[-1]),)) for node, by in self.told)
        return in_course_order(list(found))

    def pieces(self, view: View) -> Iterator[Piece]:
        """The nodes that say so."""
        yield Piece("of", tuple(NodeName.of(view, by) for _, by in self.told))

    def sentence(self, view: View, found: Sequence[Found]) -> str:
        """The statements; of a thing, what says so of it."""
        return " ".join(_said(view, node, by) for node, by in self.told)

    def lead(self, view: View) -> str:
        """The labels."""
        return "; ".join(view.node(by).label for _, by in self.told)

    def missing(self, view: View) -> str:
        """The labels."""
        return self.lead(view)

    def patterns(self, view: View, names: ShortNames) -> list[str]:
        """One of the nodes."""
        return [f"VALUES ?node {{ {' '.join(names.node(node) for node, _ in self.told)} }}"]


def _said(view: View, node: str, by: str) -> str:
    one, other = view.node(node), view.node(by)
    if node != by:
        return f"{one.label}: “{other.label}”."
    return f"{one.label}: {one.text}" if one.text and view.kind(node) not in _statements(view) else f"{one.label}."


def _statements(view: View) -> frozenset[str]:
    return frozenset(view.vocabulary.within([CLAIM, EVIDENCE]))


def doers(question: ParsedQuestion, asking: frozenset[str], places: Collection[int]) -> Iterator[Doing]:
    """What a question asks for that has one of these question words; `places` are those of what must be told."""
    if not stands_alone(question):
        return
    for clause in clauses_of(question, asking):
        roots = _roots(question, places, clause)
        if 0 < len(fit := _fit(question, clause, roots)) <= MAX_DOERS:
            yield Doing(tuple(fit))
            return


def _roots(question: ParsedQuestion, places: Collection[int], clause: Clause) -> list[str]:
    """The stems of all that must be told, but for the noun of what is asked for."""
    words = question.words
    making = {words[place].stem for place in places if _only_makes(question, place)}
    places = [place for place in places if words[place].stem not in making]
    said = [words[place].text for place in places]
    quantified = [stem(word) for word in said if word in QUANTIFIERS]
    verbs = [clause.verb] if clause.doer else [root for root in clause.said if root not in making]
    roots = [root for root in roots_at(question, heavy(question, places, ASIDE)) if root not in clause.noun]
    return list(dict.fromkeys([*roots, *verbs, *quantified]))


def _only_makes(question: ParsedQuestion, place: int) -> bool:
    """Whether a word only says that what is behind it is made or done: `what did A replace for writing stories?`."""
    before = question.words[place - 1].text if place else ""
    return question.words[place].text in _MAKING and before in ("for", "in", "at", "while", "when")


_MAKING = frozenset("writing making doing producing creating generating playing performing".split())


def _fit(question: ParsedQuestion, clause: Clause, roots: Sequence[str]) -> list[tuple[str, str]]:
    """What the sentences say that say all of some stems; what only tells where it is done may be said of its whole."""
    if len(set(roots)) < MIN_TOLD:
        return []
    view = question.view
    found = [told for node in telling(view, roots) if (told := _told(question, node, clause, roots))]
    within = _within(question)
    if found or within is None or within not in roots:
        return found
    rest = [root for root in roots if root != within]
    if len(set(rest)) < MIN_TOLD:
        return []
    of_whole = (node for node in telling(view, rest) if is_said(within, _words_of_whole(view, node)))
    return [told for node in of_whole if (told := _told(question, node, clause, rest))]


def _within(question: ParsedQuestion) -> str | None:
    """The stem of the noun that ends a question and says in what something is done: `in a hive`."""
    words = [question.words[place] for place in sorted(question.places)]
    before = [word.text for word in words[:-1] if word.text not in ARTICLES]
    return words[-1].stem if before[-1:] and before[-1] in _WITHIN else None


def _words_of_whole(view: View, node: str) -> set[str]:
    """The stems of the words of what a node is part of."""
    wholes = [view.node(edge.target) for edge in view.edges_from(node, PART_OF)]
    texts = [view.map or "", *(text for one in wholes for text in (*one.names, one.text or ""))]
    return {root for text in texts for root in stems(name_key(text).split())}


def _told(question: ParsedQuestion, node: str, clause: Clause, roots: Sequence[str]) -> tuple[str, str] | None:
    """What a node says that does so (or has it done), and the node; None where it does not say it."""
    view = question.view
    if view.kind(node) in HUBS or untold(view, node, roots, words_beside(view, node, ())):
        return None
    if view.kind(node) in _statements(view):
        sides = (_side(view, name_key(name).split(), clause, roots) for name in view.node(node).names)
        side = next((side for side in sides if side and _is_called(question, clause, stems(side))), None)
        return (_named(view, side) or node, node) if side else None
    for sentence in sentences(view.node(node).text or ""):
        thing = _thing(view, node, sentence, clause, roots)
        if thing and _is_called(question, clause, _words_of_thing(view, thing), view.kind(thing)):
            return thing, node
    return None


def _side(view: View, sentence: Sequence[str], clause: Clause, roots: Sequence[str]) -> Sequence[str]:
    """The words of a statement for what is asked for."""
    side = subject_of(sentence, clause, frozenset(roots)) if clause.doer else object_of(sentence, clause)
    if not side or not clause.somebody:
        return side
    head = [*takewhile(lambda word: word not in PREPOSITIONS, side)]
    return side if is_somebody(view, head, doer=clause.doer) else ()


def _thing(view: View, node: str, sentence: Sequence[str], clause: Clause, roots: Sequence[str]) -> str | None:
    """What a sentence of the text of a node says all of it of: the node, or what it names."""
    said = set(stems(sentence))
    if not all(is_said(root, said) for root in roots):
        return None
    if not clause.doer:
        return node if tells_done(sentence, clause) else None
    if tells_doing(sentence, clause.verb):
        return node
    subject = () if clause.somebody else subject_of(sentence, clause, frozenset(roots))
    return _named(view, subject) or node if subject else None


def _is_called(question: ParsedQuestion, clause: Clause, own: Collection[str], kind: str = "") -> bool:
    """Whether what is asked for is what the noun of a question says: `which resin`, `which method`."""
    kinds = {word.kind for span, word in question.cues(KindWord) if question.words[span.start].stem in clause.noun}
    if kind and kind in question.view.vocabulary.within(kinds):
        return True
    return all(is_said(root, set(own)) for root in clause.noun)


def _words_of_thing(view: View, node: str) -> set[str]:
    """The stems of the words of a thing, and of the names of what it is an example or a part of."""
    one = view.node(node)
    above = [view.node(edge.target) for kind in (EXAMPLE_OF, PART_OF) for edge in view.edges_from(node, kind)]
    texts = [*one.names, one.text or "", *(name for other in above for name in other.names)]
    return {root for text in texts for root in stems(name_key(text).split())}


def _named(view: View, side: Sequence[str]) -> str | None:
    """The one thing that the words for one side of a sentence are a name of."""
    said = " ".join(side[1:] if side[0] in ARTICLES else side)
    things = [node for node in view.named(said) if view.kind(node) not in HUBS | _statements(view)]
    return things[0] if len(things) == 1 else None


def _read(question: ParsedQuestion) -> Iterator[Composed]:
    """`What closes cracks?`, `which resin …?`, `what did A pick for B?`."""
    said = {question.words[place].text for place in question.places}
    if said.isdisjoint(_WHAT) or question.days or question.asks_for("when", "count", "why"):
        return
    for doing in doers(question, _WHAT, question.places):
        yield Composed(doing, (question,))


_WHAT = frozenset("what which whom".split())

DOING = Form("doing", _read, examples={"what does something": ["which project ties the phase together?"]})
