"""What a thing is: `what is A?`, `define A`, `formula for A?`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import ClassVar, Literal

from conceptmap.ask.form import Form, Query, Wanted
from conceptmap.ask.forms.related import Related
from conceptmap.ask.found import Found, NodeName, Piece, cited
from conceptmap.ask.parse import ParsedQuestion, Topic, Unclear
from conceptmap.ask.saying import listed, one_of_kind
from conceptmap.ask.spans import CORRECTED
from conceptmap.ask.sparql import NoSparql, ShortNames, either, is_node
from conceptmap.ask.words import DO, OPENERS, PREPOSITIONS
from conceptmap.plain_words import plain_words
from graphs.view import FoldedNode, View, cite
from ontology.terms import ABOUT, ANSWERS, HUBS, PART_OF, QUESTION, STATEMENTS

HAVING = frozenset("must should shall ought need needs needed have has had get gets got".split())
"""Verbs that say what somebody has or is to have."""
_OPEN = frozenset("of in to from by with on at into onto upon under behind against".split())
"""Prepositions that ask for another thing, where a question ends with them."""


@dataclass(frozen=True, slots=True)
class Describe(Query):
    """What the map says a node is; or its formula."""

    node: str
    aspect: Literal["text", "formula"] = "text"
    gives: ClassVar[frozenset[Wanted]] = frozenset(["meaning"])

    def find(self, view: View) -> list[Found]:
        """The node itself, or the statements about it that give the formula."""
        node = view.node(self.node)
        if self.aspect == "text":
            told = node.text or node.formula or node.data or (node.defined and any(_facts(view, node.id)))
            return [cited(view, node)] if told else []
        about = [view.node(edge.source) for edge in view.edges_to(node.id) if edge.relation in (PART_OF, ABOUT)]
        return _formulas(view, node, about)

    def pieces(self, view: View) -> Iterator[Piece]:
        """What of the node is asked for, and the node."""
        yield Piece("aspect", self.aspect)
        yield Piece("of", NodeName.of(view, self.node))

    def sentence(self, view: View, found: Sequence[Found]) -> str:
        """A node's text follows its label."""
        if self.aspect != "text":
            return Query.sentence(self, view, found)
        node = view.node(self.node)
        if node.text or node.formula:
            return f"{node.label}: {plain_words(node.text or '') or node.formula}"
        facts, kind = list(dict.fromkeys(_facts(view, node.id))), one_of_kind(node.kind)
        return f"{node.label}, {kind}: {listed(facts)}." if facts else f"{node.label} ({kind}): no note describes it."

    def lead(self, view: View) -> str:
        """`NODE, as a formula`."""
        label = view.node(self.node).label
        return label if self.aspect == "text" else f"{label}, as a formula"

    def missing(self, view: View) -> str:
        """`what NODE is`, `what the formula of NODE is`."""
        label = view.node(self.node).label
        return f"what {label} is" if self.aspect == "text" else f"what the formula of {label} is"

    @property
    def has_values(self) -> bool:
        """Of the formula."""
        return self.aspect == "formula"

    def patterns(self, view: View, names: ShortNames) -> list[str]:
        """The node; or what is part of it or about it and gives its formula, else the node itself."""
        node, about = names.node(self.node), f"({names.relation(PART_OF)}|{names.relation(ABOUT)})"
        if self.aspect == "text":
            if not view.node(self.node).text and not view.node(self.node).formula and not view.node(self.node).data:
                raise NoSparql("nothing but its relations describes it")
            return [is_node(node), "?said doc:of ?node ; doc:text|doc:formula|doc:data ?told ."]
        beside = [
            f"?node {about} {node} ; doc:formula ?value .",
            f"FILTER NOT EXISTS {{ {node} doc:formula ?own . FILTER(?own != ?value) }}",
        ]
        itself = [
            is_node(node),
            "?node doc:formula ?value .",
            f"FILTER NOT EXISTS {{ [] {about} {node} ; doc:formula ?value }}",
        ]
        return [either(beside, itself)]


def _facts(view: View, node: str) -> Iterator[str]:
    """What the edges of a node say, but those to days."""
    vocabulary = view.vocabulary
    for edge in (*view.edges_from(node), *view.edges_to(node)):
        if view.kind(edge.other(node)) not in HUBS and (relation := vocabulary.relations.get(edge.relation)):
            says = relation.says if edge.source == node else relation.inverse_says
            yield f"{says} {view.node(edge.other(node)).label}"


def _formulas(view: View, node: FoldedNode, about: Sequence[FoldedNode]) -> list[Found]:
    """The statement that is a formula of the node, else the node's formula as a value."""
    wanted = [one for one in about if one.formula and node.formula in (None, one.formula)]
    if node.formula and not wanted:
        said = [one for one in node.assertions if one.item.formula]
        return [Found(None, node.formula, None, node.aliases, day=said[-1].day, cites=(cite(said[-1]),), of=node.label)]
    return [cited(view, one) for one in wanted]


def _is_done_by(question: ParsedQuestion) -> bool:
    """Whether something done by what is named is asked for: `explained by A`, but not `meant by A`."""
    first = question.named[0]
    before = [word.stem for word in question.words[: first.start]]
    return first.preposition == "by" and not {"mean", "meant"} & set(before)


def _chooses(question: ParsedQuestion) -> bool:
    """Whether one of several is asked for: `which was A?`, `which of them is in A?`, but not just `which A?`."""
    chooses = any(
        one.loose and question.text(one) == "which" and question.word_before(one.start) not in PREPOSITIONS
        for one in question.spans
    )
    following = {
        question.words[one.end].text
        for one in question.spans
        if one.end < len(question.words) and question.text(one) == "which"
    }
    return chooses and ("of" in following or any(one.loose and question.text(one) in OPENERS for one in question.spans))


def _is_had(question: ParsedQuestion) -> bool:
    """Whether something is asked for that somebody has, needs or must do: `what must one have in order to do A?`."""
    return any(one.loose and question.text(one) in HAVING for one in question.spans)


def _is_left_open(question: ParsedQuestion) -> bool:
    """Whether what a preposition governs is asked for: `what is A a bit of?`, but not `what is A about?`."""
    last = max(question.places)
    return question.words[last].text in _OPEN and not any(one.end > last for one in question.topics)


def _is_done(question: ParsedQuestion) -> bool:
    """Whether what a thing does to something is asked for: `what does A take?`, but not `what does A do?`."""
    words = [question.words[place].text for place in sorted(question.places)]
    return not DO.isdisjoint(words[1:2]) and not _LIGHT_VERBS.isdisjoint(words[2:])


_LIGHT_VERBS = frozenset("give take make use get need want find come go try help have know".split())
"""Verbs that mostly say little, and here what is asked."""


def _means(question: ParsedQuestion, topic: Topic) -> bool:
    """Whether a word only asks what another means, also where it is a name: `the meaning of A`, `what does A mean?`."""
    words = question.words
    said = words[topic.start].text if topic.end == topic.start + 1 else ""
    behind = [words[place].text for place in sorted(question.places) if place >= topic.end]
    does = any(words[place].text in DO for place in question.places if place < topic.start)
    return (said == "meaning" and behind[:1] == ["of"]) or (said == "mean" and not behind and does)


def _read(question: ParsedQuestion) -> Iterator[Query]:
    """`What is A?`, `formula for A?`, or just `A`; another name must stand behind a preposition and be joined to it."""
    if not question.named or _is_done_by(question) or _chooses(question) or _is_left_open(question):
        return
    if "what" in question.question_words and not question.asks_for("define") and _is_had(question):
        return
    if ("what" in question.question_words and _is_done(question)) or any(
        question.text(span).endswith("the mean") for span in question.cue_spans("define")
    ):
        return  # the mean of a thing is something else than what it is
    named = [topic for topic in question.named if not _means(question, topic)] or question.named
    node, names = question.node(named[0]), named[0]
    if question.view.node(node).label.endswith("?") and names.matches[0].score < CORRECTED:
        return  # another question with words of this one
    if not names.whole and not question.is_chosen and question.view.kind(node) in STATEMENTS:
        return  # who is named in a statement is not that statement
    if not names.whole and names.start - 1 in question.loose:
        return  # nor is a `soft deadline` a hard one
    if not (names.whole or question.is_chosen or len(names.words.split()) > 1):
        return  # a word of a longer name is not what that means
    if any(question.node(topic) != node for topic in named[1:]):
        raise Unclear("nothing in the map joins these names as the question does")
    if question.asks_for("formula"):
        yield Describe(node, "formula")
        return
    answers = question.view.vocabulary.relations.get(ANSWERS)
    if answers and question.view.node(node).kind == QUESTION:
        yield Related(answers, node, inverse=True)
    yield Describe(node)


DESCRIBE = Form(
    "describe",
    _read,
    cues={
        "define": """
            define; explain; describe; definition; definition of;
            what mean; mean; meaning; meant by; mean by; tell about; know about;
            what about; idea of; idea behind
        """,
        "formula": "formula; equation; law; expression; mathematical form; write as formula",
    },
    examples={
        "a meaning": ["what is the bitter lesson?", "define attention"],
        "a formula": ["formula for scaling laws?"],
    },
)
