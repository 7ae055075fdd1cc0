"""What something is called, told by what it is: `what do you call it when A?`, `the word for a B that C`."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import ClassVar

from conceptmap.ask.form import Account, Form, Query, Wanted
from conceptmap.ask.found import Found, NodeName, Piece, cited
from conceptmap.ask.lexicon import FormWord, KindWord
from conceptmap.ask.naming import MAX_SEARCHED, tellers
from conceptmap.ask.parse import Ambiguous, ParsedQuestion, Topic
from conceptmap.ask.words import IGNORABLE, QUESTION_WORDS
from conceptmap.plain_words import plain_words
from graphs.view import View
from graphs.words import told_stems
from ontology.terms import STATEMENTS

LEAST_TOLD = 2
"""So many words must tell what is meant; one stands in too many texts."""
CALLED_CUE = "called"


@dataclass(frozen=True, slots=True)
class Called(Query):
    """The node whose names and text hold all the words that tell what is meant, given by their stems."""

    node: str
    told: tuple[str, ...]
    gives: ClassVar[frozenset[Wanted]] = frozenset(["any", "meaning", "way", "place", "day"])

    def find(self, view: View) -> list[Found]:
        """The node."""
        return [cited(view, view.node(self.node))]

    def account(self, view: View) -> Account:
        """The words too."""
        return Query.account(self, view) | Account(told=frozenset(self.told))

    def pieces(self, view: View) -> Iterator[Piece]:
        """The node, and the words."""
        yield Piece("of", NodeName.of(view, self.node))
        yield Piece("told by the words", self.told)

    def lead(self, view: View) -> str:
        """`what is called so`."""
        return "What is called so"

    def missing(self, view: View) -> str:
        """What that is called."""
        return "what that is called"

    def sentence(self, view: View, found: Sequence[Found]) -> str:
        """The name, and the text that tells so."""
        node = view.node(self.node)
        return f"{node.label}: {plain_words(node.text)}" if node.text else f"{node.label}."


def _read(question: ParsedQuestion) -> Iterator[Query]:
    """The one node whose text tells all that the question does. Raises `Ambiguous` where several do."""
    view = question.view
    if not question.asks_for(CALLED_CUE) or question.days or view.up_to(None).size > MAX_SEARCHED:
        return
    kinds = view.vocabulary.within([word.kind for _, word in question.cues(KindWord)])
    told, found = _found(question, kinds)
    if kinds and not found:
        told, found = _found(question, frozenset())  # `writing` is a kind, and what somebody does
    if len(found) > 1:
        first = next(place for place in question.places if question.words[place].stem in told)
        raise Ambiguous(Topic(first, first + 1, question.words[first].said, "", ()), found)
    yield from (Called(node, told) for node in islice(found, 1))


def _found(question: ParsedQuestion, kinds: Collection[str]) -> tuple[tuple[str, ...], list[str]]:
    """The stems of the words that tell what is meant, and the nodes (of some kinds) that these tell of."""
    view, told = question.view, tuple(dict.fromkeys(_told(question, but_kinds=bool(kinds))))
    if len(told) < LEAST_TOLD:
        return told, []
    holding = dict.fromkeys(node for root in told for node in tellers(view, root))
    fit = (node for node in holding if (view.kind(node) in kinds if kinds else view.kind(node) not in STATEMENTS))
    return told, sorted(node for node in fit if set(told) <= told_stems(view.node(node)))


def _told(question: ParsedQuestion, *, but_kinds: bool) -> Iterator[str]:
    """The stems of the words that are no grammar, no part of the cue and (`but_kinds`) no kind."""
    passed = {
        place
        for one in question.spans
        if any(
            meaning == FormWord(CALLED_CUE) or (but_kinds and isinstance(meaning, KindWord)) for meaning in one.meanings
        )
        for place in range(one.start, one.end)
    }
    for place in sorted(question.places - passed):
        if (word := question.words[place]).text not in IGNORABLE | QUESTION_WORDS:
            yield word.stem


CALLED = Form(
    "called",
    _read,
    cues={
        CALLED_CUE: """
            what do you call; what do we call; what do they call; what do people call; what does one call; what
            do i call; what would you call; what do you call it when; what do we call it when; what do they call
            it when; what do people call it when; what does one call it when; what is it called when; what is it
            called if; what is it called; what is that called; what is called; what are called; how do you call;
            how is it called; what is the word for; what is the term for; what is the name for; what is the name
            of; what is the expression for; what is the word when; what is the term when; word for; term for;
            name for; called that; called which; called in which; called where; called when; what goes by the
            name
        """
    },
    examples={"what something is called": ["what do you call writing data down in fewer bits?"]},
)
