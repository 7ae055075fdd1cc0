"""Yes or no of a statement: `A replaced B, right?`, `am I right that …?`, `is A in B?`, `was A in VALUE?`."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar

from conceptmap.ask.amounts.fields import Held, answers, held_by
from conceptmap.ask.form import Account, Composed, Form, Query, Verdict, Wanted
from conceptmap.ask.forms.holds import Holds
from conceptmap.ask.forms.strength import Strength
from conceptmap.ask.found import Found, NodeName, Piece, cited
from conceptmap.ask.parse import Ambiguous, ParsedQuestion, Topic, Unclear
from conceptmap.ask.sparql import NoSparql, ShortNames, is_node
from conceptmap.ask.words import ARTICLES, IGNORABLE, OPENERS, QUESTION_WORDS
from graphs.fields import field_words
from graphs.view import View
from graphs.words import stems
from ontology.model import EdgeKey
from ontology.names import name_key
from ontology.terms import CLAIM, EVIDENCE, EXAMPLE_OF, PART_OF

_TAG = re.compile(
    r"""
    (?:(?:is|isn\ t|was|wasn\ t|does|doesn\ t|did|didn\ t|do|don\ t|has|hasn\ t|have|haven\ t|are|aren\ t|were|weren\ t
    |can|can\ t|will|won\ t|would|wouldn\ t|am)
    \ (?:it|they|he|she|that|this|there|you|we|one|i)(?:\ not)?(?:\ (?:so|right|correct|true|the\ case|a\ fact))?)
    |(?:correct|right|true|yes|no|agreed|ok|okay|huh|eh|or\ not|yes\ or\ no|right\ or\ not|true\ or\ (?:false|not)
    |correct\ or\ not|or\ am\ i\ (?:wrong|mistaken)|not\ so|not\ true)
    """,
    re.VERBOSE,
)
"""A clause that asks whether the one before it is so."""
_OPENING = frozenset(
    """
    so and but well then now i we you take it that think believe assume gather guess suppose hear heard read understand
    understood thought told was been somebody someone says said surely certainly presumably apparently hold as far
    know recall remember correctly
    """.split()
)
"""Words by which somebody opens a statement, `I take it that`, and says nothing of what is stated."""
_SAYING = "say write claim state conclude assert argue maintain report put tell"
STATING = "; ".join(
    [
        *(
            f"{opener} {who} {verb} that"
            for opener in "can could may might should would".split()
            for who in "i we one you".split()
            for verb in _SAYING.split()
        ),
        *(f"{what} to {verb} that" for what in "fair accurate safe correct true".split() for verb in _SAYING.split()),
        *(f"am i {what} that" for what in ("correct", "correct in thinking", "right in thinking", "right to think")),
        *(f"are we {what} that" for what in ("correct", "correct in thinking", "right in thinking")),
        "do i understand correctly that",
        "fact that",
        "so that",
    ]
)
_BEFORE = re.compile(
    r"(?:(?:is it )?(?:true or false|yes or no|right or wrong|correct or not|true or not|fact or fiction))"
)
"""A clause that asks whether the one behind it is so."""
MAX_WORDS_OF_VALUE = 4
"""Of so many words is a place, or another value that somebody asks about."""


@dataclass(frozen=True, slots=True)
class HasValue(Query):
    """Whether the value of a node in a field has some words, given by their stems.

    `excludes` says that a value without them tells that it is not so.
    """

    node: str
    field: str
    words: tuple[str, ...]
    excludes: bool = False
    gives: ClassVar[frozenset[Wanted]] = frozenset(["truth"])

    def find(self, view: View) -> list[Found]:
        """The values that have the words; else those that exclude them."""
        held = [one for one in held_by(view, self.node) if one.field == self.field]
        having = [one for one in held if set(self.words) <= _stems_of(one)]
        return [one.found for one in having or (held if self.excludes else ())]

    def account(self, view: View) -> Account:
        """The node, and the words of the value and its field."""
        named = stems(field_words(self.field).split())
        return Account(nodes=frozenset([self.node]), stems=frozenset((*self.words, *named)))

    def pieces(self, view: View) -> Iterator[Piece]:
        """The node, the field and the words."""
        yield Piece("source", NodeName.of(view, self.node))
        yield Piece("fields", (self.field,))
        yield Piece("with the words", self.words)

    def verdict(self, view: View, found: Sequence[Found]) -> Verdict | None:
        """Yes where the value has the words."""
        if not found:
            return None
        return "yes" if all(set(self.words) <= set(stems(name_key(one.label).split())) for one in found) else "no"

    def sentence(self, view: View, found: Sequence[Found]) -> str:
        """Yes or no, and the value."""
        said = "; ".join(one.label for one in found)
        return f"{str(self.verdict(view, found)).capitalize()}: {self.lead(view)}: {said}."

    def lead(self, view: View) -> str:
        """`NODE, field`."""
        return f"{view.node(self.node).label}, {field_words(self.field)}"

    def missing(self, view: View) -> str:
        """`whether that is so`."""
        return f"whether that is the {field_words(self.field)} of {view.node(self.node).label}"

    def patterns(self, view: View, names: ShortNames) -> list[str]:
        """Words of one stem are told by the program alone."""
        raise NoSparql("SPARQL does not know which words are forms of one word")


@dataclass(frozen=True, slots=True)
class IsSo(Query):
    """Whether a statement is so that nobody puts as a question: `A replaced B, right?`."""

    stated: Query
    gives: ClassVar[frozenset[Wanted]] = frozenset(["truth", "any"])

    def find(self, view: View) -> list[Found]:
        """What shows it."""
        return self.stated.find(view)

    def account(self, view: View) -> Account:
        """What the statement takes up."""
        return self.stated.account(view)

    def pieces(self, view: View) -> Iterator[Piece]:
        """Those of the statement."""
        yield from self.stated.pieces(view)

    def verdict(self, view: View, found: Sequence[Found]) -> Verdict | None:
        """That of the statement."""
        return self.stated.verdict(view, found)

    def sentence(self, view: View, found: Sequence[Found]) -> str:
        """That of the statement."""
        return self.stated.sentence(view, found)

    def lead(self, view: View) -> str:
        """That of the statement."""
        return self.stated.lead(view)

    def missing(self, view: View) -> str:
        """That of the statement."""
        return self.stated.missing(view)

    def patterns(self, view: View, names: ShortNames) -> list[str]:
        """Those of the statement."""
        return self.stated.patterns(view, names)


@dataclass(frozen=True, slots=True)
class IsNoted(Query):
    """Whether an observation is noted: `did A beat B?`, where notes say so in a sentence."""

    node: str
    gives: ClassVar[frozenset[Wanted]] = frozenset(["truth"])

    def find(self, view: View) -> list[Found]:
        """The observation."""
        return [cited(view, view.node(self.node))]

    def pieces(self, view: View) -> Iterator[Piece]:
        """The observation."""
        yield Piece("of", NodeName.of(view, self.node))

    def verdict(self, view: View, found: Sequence[Found]) -> Verdict | None:
        """It is noted."""
        return "yes"

    def sentence(self, view: View, found: Sequence[Found]) -> str:
        """Yes, and the sentence."""
        return f"Yes: {self.lead(view)}."

    def lead(self, view: View) -> str:
        """The sentence."""
        return f"“{view.node(self.node).label}”"

    def patterns(self, view: View, names: ShortNames) -> list[str]:
        """The node."""
        return [is_node(names.node(self.node))]


def _stems_of(held: Held) -> set[str]:
    return set(stems(name_key(held.found.label).split()))


def _read_tagged(question: ParsedQuestion) -> Iterator[Composed]:
    """`A replaced B, right?`, `I take it that A needs B. Is that so?`."""
    if question.is_part or question.is_statement or question.question_words:
        return
    clauses = sorted({question.words[one.start].clause for one in question.spans})
    asking = [clause for clause in clauses[1:][-1:] if _TAG.fullmatch(_clause(question, clause))]
    asking += [clause for clause in clauses[:-1][:1] if _BEFORE.fullmatch(_clause(question, clause))]
    if not asking and (question.is_yes_or_no or not question.whole.rstrip().endswith("?")):
        return
    stated = question.part(lambda place: question.words[place].clause not in asking)
    first = next((place for place in sorted(stated.places) if _says(question, place)), None)
    if first is None or question.words[first].text in OPENERS | QUESTION_WORDS:
        return
    body = stated.part(lambda place: place >= first).asserted()
    for query in body.read():
        if "truth" in query.gives:
            yield Composed(IsSo(query), (body, question.part(lambda place: place not in body.places)))


def _clause(question: ParsedQuestion, clause: int) -> str:
    places = sorted(place for place in question.places if question.words[place].clause == clause)
    return " ".join(question.words[place].text for place in places)


def _says(question: ParsedQuestion, place: int) -> bool:
    """Whether a word says something of what is stated."""
    named = any(topic.start <= place < topic.end for topic in question.topics if topic.whole)
    return named or question.words[place].text not in _OPENING


def _read_noted(question: ParsedQuestion) -> Iterator[Query]:
    """`Did A beat B?`, where a sentence of the notes says so: an observation, or a claim that is held up or down."""
    topics = [topic for topic in question.topics if topic.whole]
    if len(topics) != 1 or not question.is_yes_or_no or question.days or not topics[0].entries("name"):
        return
    node = question.node(topics[0])
    said = [root for word in question.words[topics[0].start : topics[0].end] for root in word.roots]
    if not any(_in_order(said, stems(name_key(name).split())) for name in question.view.node(node).names):
        return
    kinds = question.view.vocabulary.within
    if question.view.kind(node) in kinds([EVIDENCE]):
        yield IsNoted(node)
    elif question.view.kind(node) in kinds([CLAIM]):
        strength = Strength(node, holds=True)
        if strength.verdict(question.view, strength.find(question.view)):
            yield strength


def _in_order(said: Sequence[str], name: Sequence[str]) -> bool:
    """Whether what is said has the words of a name in their order: who beat whom makes a difference."""
    rest = iter(name)
    heavy = [root for root in said if root in name]
    return len(heavy) >= MIN_SAID and all(root in rest for root in heavy)


MIN_SAID = 3
"""So many words of a sentence say what it says: who did what."""


def _read_inside(question: ParsedQuestion) -> Iterator[Query]:
    """`Is A in B?`, `is A a B?`: whether it is a part, or an example."""
    topics = sorted((topic for topic in question.named if topic.whole), key=lambda topic: topic.start)
    opener = question.opener
    if len(topics) != 2 or not question.is_yes_or_no or opener is None or any(one.meanings for one in question.spans):
        return
    one, other = topics
    between = [question.words[place].text for place in range(one.end, other.start)]
    before = {question.words[place].text for place in question.places if opener.end <= place < one.start}
    if not before <= ARTICLES:
        return
    relations = question.view.vocabulary.relations
    if other.preposition in _WITHIN and (part_of := relations.get(PART_OF)) and IGNORABLE.issuperset(between):
        yield Holds(question.node(one, part_of.sources), part_of, question.node(other, part_of.targets))
    elif between and set(between) <= ARTICLES and (example := relations.get(EXAMPLE_OF)):
        yield Holds(question.node(one, example.sources), example, question.node(other, example.targets))


_WITHIN = frozenset("in within of under inside among".split())
_ONLY = frozenset("only just merely exactly precisely".split())
_AT_A_PLACE = frozenset("in at on from near behind under beside".split())


def _read_value(question: ParsedQuestion) -> Iterator[Composed]:
    """`Was A in VALUE?`, `is the FIELD of A VALUE?`."""
    if not question.is_yes_or_no:
        return
    named = sorted(
        (topic for topic in question.topics if topic.whole and topic.entries("name")), key=lambda one: one.start
    )
    for topic in named:
        try:
            node = question.node(topic)
        except (Ambiguous, Unclear):
            continue
        for held in held_by(question.view, node):
            yield from _of_held(question, topic, held)


def _of_held(question: ParsedQuestion, topic: Topic, held: Held) -> Iterator[Composed]:
    """Whether the rest of a question says the value of a field, by name or (of a place) by its preposition."""
    words, name = question.words, set(stems(field_words(held.field).split()))
    own = set(range(topic.start, topic.end))
    heavy = [place for place in sorted(question.places - own) if words[place].text not in IGNORABLE | OPENERS]
    said = [place for place in heavy if words[place].stem not in name and words[place].text not in _ONLY]
    if not said or len(said) > MAX_WORDS_OF_VALUE:
        return
    roots = tuple(dict.fromkeys(stems(words[place].said for place in said)))
    named = name <= {words[place].stem for place in heavy}
    before = [words[place].text for place in range(said[0]) if words[place].text not in ARTICLES]
    is_place = answers(held, "place") and topic.end <= said[0] and before[-1:] and before[-1] in _AT_A_PLACE
    if not named and not (is_place and said == list(range(said[0], said[-1] + 1))):
        return
    excludes = (bool(is_place) and _is_proper(question, said)) or _is_of_another(question.view, held, roots)
    query = HasValue(held.node, held.field, roots, excludes)
    taken = {*said, *(place for place in heavy if words[place].stem in name or words[place].text in _ONLY)}
    if query.find(question.view):
        yield Composed(query, (question.part(taken.__contains__),))


def _is_proper(question: ParsedQuestion, said: Sequence[int]) -> bool:
    """Whether all of some words are written as a name: `in Rome`, not `in decline` nor `in Rome, mostly`."""
    written = {word.casefold() for word in _WRITTEN.findall(question.whole)[1:] if word[0].isupper()}
    return all(question.words[place].said in written for place in said)


_WRITTEN = re.compile(r"\w+")


def _is_of_another(view: View, held: Held, roots: Sequence[str]) -> bool:
    """Whether what something else has in the same comparison has these words."""
    others = {key.target if key.source == held.node else key.source for key in _keys(view, held)}
    return any(
        set(roots) <= _stems_of(one) for other in others for one in held_by(view, other) if one.field == held.field
    )


def _keys(view: View, held: Held) -> Iterator[EdgeKey]:
    for key in (*view.edge_keys_from(held.node), *view.edge_keys_to(held.node)):
        if key.dimension == held.field:
            yield key


TAGGED = Form(
    "yes-no",
    _read_tagged,
    examples={"whether you have it right": ["more compute leads to lower loss, right?"]},
)
NOTED = Form("yes-no", _read_noted, examples={"whether it is noted": ["did AlphaGo beat Lee Sedol?"]})
WITHIN_ANOTHER = Form("yes-no", _read_inside)
OF_VALUE = Form(
    "yes-no", _read_value, examples={"whether that is its value": ["is the evaluation of language perplexity?"]}
)
