"""Falling: `what would make A fall?`, `what if B turns out to be wrong?`, `if B is wrong, does A fall?`."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, ClassVar

from conceptmap.ask.form import Composed, Form, Query, Verdict, Wanted, made_once
from conceptmap.ask.forms.strength import beside, standings, statement, weighed
from conceptmap.ask.found import Found, NodeName, Piece, cited
from conceptmap.ask.naming import fitting
from conceptmap.ask.parse import Ambiguous, ParsedQuestion, Topic, Unclear
from conceptmap.ask.saying import enumerated, in_sentence, listed
from conceptmap.ask.words import HAVING, OPENERS
from graphs.view import View
from ontology.terms import ARGUMENT, CLAIM, EVIDENCE

if TYPE_CHECKING:
    from conceptmap.meaning.fragility import Fall
    from conceptmap.meaning.turns import Turn

MODAL = frozenset("would could might must may can should needs need takes take".split())
"""Words by which it is asked what would topple something, and not what made it fall."""


@dataclass(frozen=True, slots=True)
class Topples(Query):
    """The evidence whose fall would topple a statement."""

    node: str

    def find(self, view: View) -> list[Found]:
        """All of the smallest set; where any one is enough, each of them. Nothing where nothing supports it."""
        fall = self._fall(view)
        if fall is None:
            return []
        return [cited(view, view.node(leaf)) for leaf in fall.alone or fall.leaves]

    def _fall(self, view: View) -> "Fall | None":
        return weighed(view, self.node).fragility.fall

    def pieces(self, view: View) -> Iterator[Piece]:
        """The statement."""
        yield Piece("what topples", NodeName.of(view, self.node))

    def sentence(self, view: View, found: Sequence[Found]) -> str:
        """How many must fall; how it stands today, and what else would bring it back."""
        counts, *rest = weighed(view, self.node).words
        return f"{self.lead(view)} is {standings(view)[1][self.node]}, {counts}: {'; '.join(rest)}."

    def lead(self, view: View) -> str:
        """The statement."""
        return f"“{view.node(self.node).label}”"

    def missing(self, view: View) -> str:
        """`what would topple A`, and that nothing holds it up."""
        return f"what would topple {self.lead(view)}: nothing supports it"


@dataclass(frozen=True, slots=True)
class IfFallen(Query):
    """What becomes of claims if a node falls; of one claim, if only that is asked (`target`).

    `whether`: it is asked by yes or no whether that falls, not what would happen.
    """

    fallen: str
    target: str | None = None
    whether: bool = True
    gives: ClassVar[frozenset[Wanted]] = frozenset(["any", "truth"])

    def find(self, view: View) -> list[Found]:
        """The claims whose standing changes or that lose all support, then those that only move."""
        found = []
        for turn in self._turns(view):
            one = cited(view, view.node(turn.node))
            found.append(
                Found(
                    one.id, one.label, one.kind, one.aliases, one.text, one.day, cites=one.cites, dimension=turn.words
                )
            )
        return found

    def _turns(self, view: View) -> "list[Turn]":
        from conceptmap.meaning.turns import turns_of  # noqa: PLC0415 (most questions need none of it)

        return [one for one in made_once(turns_of, view, self.fallen) if self.target in (None, one.node)]

    def pieces(self, view: View) -> Iterator[Piece]:
        """What falls, and the claim that is asked about."""
        yield Piece("if fallen", NodeName.of(view, self.fallen))
        if self.target:
            yield Piece("of", NodeName.of(view, self.target))

    def verdict(self, view: View, found: Sequence[Found]) -> Verdict | None:
        """Whether the claim falls, if that is asked."""
        if not (self.target and self.whether and found):
            return None
        return "yes" if self._turns(view)[0].falls else "no"

    def sentence(self, view: View, found: Sequence[Found]) -> str:
        """What happens to each; those that only move last, and together."""
        turns, lead = self._turns(view), self.lead(view)
        if self.target:
            verdict = self.verdict(view, found)
            lead = f"{verdict.capitalize()}: {in_sentence(lead)}" if verdict else lead
            return f"{lead}, “{found[0].label}” {turns[0].words}."
        told = [f"“{one.label}” {turn.words}" for one, turn in zip(found, turns, strict=True) if turn.turns]
        has_turned = bool(told)
        for move in ("weaker", "stronger"):
            still = [one.label for one, turn in zip(found, turns, strict=True) if not turn.turns and turn.move == move]
            who = enumerated(still) if len(still) <= _FEW else f"{len(still)} {'others' if has_turned else 'claims'}"
            if still:
                told.append(f"{who} {'becomes' if len(still) == 1 else 'become'} {move}, but no more")
        return f"{lead}: {listed(told)}." if has_turned else f"{lead}, no claim would fall: {listed(told)}."

    def lead(self, view: View) -> str:
        """`If A fell`."""
        return f"If “{view.node(self.fallen).label}” fell"

    def missing(self, view: View) -> str:
        """That nothing rests on it."""
        label = view.node(self.fallen).label
        if self.target:
            return f"that “{view.node(self.target).label}” rests on “{label}” in any way"
        return f"what would fall with “{label}”: no claim rests on it"


_FEW = 3
"""So many claims are named that only move."""


def _read(question: ParsedQuestion) -> Iterator[Composed]:
    if len(question.named) != 1 or question.is_yes_or_no or question.asks_for("if"):
        return
    named = {place for topic in question.topics for place in range(topic.start, topic.end)}
    said = [question.words[place].text for place in sorted(question.places - named)]
    modal = not MODAL.isdisjoint(said) or any(one in HAVING and two == "to" for one, two in pairwise(said))
    if question.asks_for("topple") or (modal and question.asks_for("fall", "untrue")):
        yield Composed(Topples(statement(question, question.named[0])), (beside(question, question.named[0]),))


def _read_if(question: ParsedQuestion) -> Iterator[Composed]:
    for fallen in _fallen(question):
        others = [topic for topic in _heads(question, 0, len(question.words)) if topic is not fallen]
        if len(others) <= 1:
            node = _taking_part(question, fallen)
            target = statement(question, others[0]) if others else None
            query = IfFallen(node, target, _asks_whether(question))
            yield Composed(query, (beside(question, fallen),))
        return


def _asks_whether(question: ParsedQuestion) -> bool:
    """Whether a verb that asks for yes or no begins a clause: `if B is wrong, does A fall?`."""
    first = {word.clause: word.text for word in reversed(question.words)}
    return any(text in OPENERS for text in first.values())


def _fallen(question: ParsedQuestion) -> Iterator[Topic]:
    """The name of what is to be thought away: between the word that says so and the word for falling or being wrong."""
    falls = question.cue_spans("fall", "untrue")
    for condition in question.cue_spans("if"):
        for fall in falls:
            if between := _heads(question, condition.end, fall.start):
                yield between[-1]
    for turning in question.cue_spans("turns out"):
        before = _heads(question, 0, turning.start)
        if before and any(fall.start >= turning.end for fall in falls):
            yield before[-1]
    for joined in question.cue_spans("falls with"):
        yield from [one for one in _topics(question) if one.start >= joined.end][:1]


def _topics(question: ParsedQuestion) -> list[Topic]:
    """The topics that name nodes, in whole or in part: one of two may be named shorter."""
    return [topic for topic in question.topics if topic.entries("name") and not question.is_map(topic)]


def _heads(question: ParsedQuestion, start: int, end: int) -> list[Topic]:
    """The names between two places that are no part of another phrase: of `the tray of mites` the tray."""
    found = sorted(
        (one for one in _topics(question) if start <= one.start and one.end <= end), key=lambda one: one.start
    )
    return [one for one in found if one is found[0] or one.preposition != "of"]


def _taking_part(question: ParsedQuestion, topic: Topic) -> str:
    """The evidence or claim that a topic names, else any node of that name. Raises `Ambiguous` or `Unclear`."""
    view = question.view
    for kinds in ([EVIDENCE], [CLAIM, ARGUMENT]):
        try:
            return question.node(topic, view.vocabulary.within(kinds))
        except Unclear:
            continue
    node, scores = question.node(topic), standings(view)[0]
    if node in scores:
        return node
    fit = [one for one in fitting(view, node, view.vocabulary.within([EVIDENCE, CLAIM, ARGUMENT])) if one in scores]
    if len(fit) > 1:
        raise Ambiguous(topic, fit)
    return fit[0] if fit else node


TOPPLES = Form(
    "topples",
    _read,
    cues={
        "topple": """
            topples; would topple; could topple; bring down; would bring down; stand or fall; stands and falls;
            weakest point; weak point
        """,
        "fall": """
            fall; falls; fell; fallen; topple; collapse; crumble; go down; goes down; come down; comes down;
            break down; give way; fall apart;
            crash; be done for; done for; be finished; lose its support; lose all support; suffer; be affected
        """,
        "untrue": """
            false; wrong; untrue; not true; mistaken; made up; fake; faked; a fake; forged; forgery; fabricated;
            invented;
            a fraud; fraudulent; a lie; a hoax; bogus; retracted; withdrawn; refuted; disproved; invalid; unreliable;
            a mistake; an error; an artefact; an artifact; nonsense; rubbish; discarded; thrown out; taken away; gone
        """,
    },
    examples={"what would topple a claim": ["what would make the bitter lesson fall?"]},
)
IF_FALLEN = Form(
    "if fallen",
    _read_if,
    cues={
        "if": "if; what if; what happens if; suppose; supposing; assuming; imagine",
        "turns out": "turns out; turned out; turn out; proves; proved; was shown; is shown",
        "falls with": """
            falls with; goes down with; go down with; would fall with; collapses with; stands or falls with
        """,
        "fall": "",
        "untrue": "",
    },
    examples={
        "what would fall with it": ["what if Deep Blue falls?", "if AlphaGo is wrong, does the bitter lesson fall?"]
    },
)
