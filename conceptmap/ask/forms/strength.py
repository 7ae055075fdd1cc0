"""How strong a statement is: `how strong is A?`, `does A hold?`, `which is better supported, A or B?`."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, ClassVar

from conceptmap.ask.form import Composed, Form, Query, Verdict, Wanted, made_once
from conceptmap.ask.found import Found, NodeName, Piece, cited
from conceptmap.ask.naming import fitting
from conceptmap.ask.parse import Ambiguous, ParsedQuestion, Topic, Unclear
from conceptmap.ask.saying import in_sentence
from graphs.view import View
from ontology.terms import ARGUMENT, CLAIM, EVIDENCE

if TYPE_CHECKING:
    from conceptmap.meaning.scores import Score
    from conceptmap.meaning.verdict import Standing
    from conceptmap.meaning.weighing import Weighing


@dataclass(frozen=True, slots=True)
class Strength(Query):
    """What weighs for and against a statement; `holds`: it is asked whether it stands."""

    node: str
    holds: bool = False
    gives: ClassVar[frozenset[Wanted]] = frozenset(["any", "way", "truth"])

    def find(self, view: View) -> list[Found]:
        """What counts for it, against it, and the premises; nothing where nobody says anything either way."""
        found = weighed(view, self.node)
        sides = {"for it": found.supports, "against it": found.opposes, "premise": found.premises}
        return [
            Found(one.id, one.label, one.kind, one.aliases, one.text, one.day, one.path, one.cites, dimension=side)
            for side, voices in sides.items()
            for one in (cited(view, voice.node, edges=(voice.edge,)) for voice in voices)
        ]

    def pieces(self, view: View) -> Iterator[Piece]:
        """The statement."""
        yield Piece("of", NodeName.of(view, self.node))

    def verdict(self, view: View, found: Sequence[Found]) -> Verdict | None:
        """Yes and no where it is asked, and the map leans to one side."""
        if not self.holds or not found:
            return None
        standing = standings(view)[1][self.node]
        return {"held up": "yes", "held down": "no"}.get(standing)  # type: ignore[return-value]

    def sentence(self, view: View, found: Sequence[Found]) -> str:
        """How it stands, what weighs, what would topple it; the decimals last."""
        weighing, standing = weighed(view, self.node), standings(view)[1][self.node]
        verdict = self.verdict(view, found)
        lead = f"{verdict.capitalize()}: " if verdict else ""
        words = "; ".join(weighing.words)
        return f"{lead}{self.lead(view)} is {standing}: {words}. {decimals(weighing.score)}"

    def lead(self, view: View) -> str:
        """The statement."""
        return f"“{view.node(self.node).label}”"

    def missing(self, view: View) -> str:
        """`how strong A is`, and that nothing is said of it."""
        return f"how strong {self.lead(view)} is: {'; '.join(weighed(view, self.node).words)}"


@dataclass(frozen=True, slots=True)
class Stronger(Query):
    """Which of several statements is stronger by all methods."""

    nodes: tuple[str, ...]

    def find(self, view: View) -> list[Found]:
        """The strongest; all, where methods do not agree; nothing where nothing is said of one of them."""
        scores, standing = standings(view)
        if any(node not in scores or standing[node] in ("not discussed", "undecided") for node in self.nodes):
            return []
        return [cited(view, view.node(node)) for node in self._strongest(scores) or self.nodes]

    def _strongest(self, scores: "Mapping[str, Score]") -> tuple[str, ...]:
        best = {
            max(self.nodes, key=lambda node: scores[node].strengths[method] or 0.0)
            for method in scores[self.nodes[0]].strengths
        }
        return tuple(best) if len(best) == 1 else ()

    def pieces(self, view: View) -> Iterator[Piece]:
        """The statements."""
        yield Piece("of", tuple(NodeName.of(view, node) for node in self.nodes))

    def sentence(self, view: View, found: Sequence[Found]) -> str:
        """How each stands, the strongest first."""
        from conceptmap.meaning.weighing import counts_in_words  # noqa: PLC0415 (most questions need none of it)

        scores, standing = standings(view)
        first = self._strongest(scores)
        order = [*first, *(node for node in self.nodes if node not in first)]
        each = [
            f"“{view.node(node).label}” is {standing[node]} ({counts_in_words(scores[node])}; "
            f"{in_sentence(decimals(scores[node]))})".replace(".)", ")")
            for node in order
        ]
        return f"{'' if first else 'Methods disagree: '}{'; '.join(each)}."

    def lead(self, view: View) -> str:
        """The statements."""
        return " or ".join(f"“{view.node(node).label}”" for node in self.nodes)

    def missing(self, view: View) -> str:
        """`which is stronger, A or B`."""
        return f"which is stronger, {self.lead(view)}"


def standings(view: View) -> "tuple[Mapping[str, Score], Mapping[str, Standing]]":
    """The scores of all that takes part in the debate, and how each stands."""
    return made_once(_standings, view)


def _standings(view: View) -> "tuple[Mapping[str, Score], Mapping[str, Standing]]":
    from conceptmap.meaning.scores import scores_of  # noqa: PLC0415 (most questions need none of it)
    from conceptmap.meaning.verdict import standing_of  # noqa: PLC0415

    scores = scores_of(view)
    return scores, {node: standing_of(score, scores) for node, score in scores.items()}


def weighed(view: View, node: str) -> "Weighing":
    """What weighs for and against a statement."""
    from conceptmap.meaning.weighing import weigh  # noqa: PLC0415 (most questions need none of it)

    return made_once(weigh, view, node)


def decimals(score: "Score") -> str:
    """How strong a statement is in numbers, by which method, and from where it starts."""
    from conceptmap.meaning.methods import METHODS  # noqa: PLC0415 (most questions need none of it)

    numbers = [
        f"{METHODS[name].title} {'undecided' if one is None else format(one, '.2f')}"
        for name, one in score.strengths.items()
    ]
    start = "from an assumed" if score.assumed else "from a stated"
    return f"In numbers: {', '.join(numbers)}, {start} {score.base:g}; {score.label} by labels."


def statement(question: ParsedQuestion, topic: Topic) -> str:
    """The statement that a topic names, or that is about what it names. Raises `Ambiguous` or `Unclear`."""
    kinds = question.view.vocabulary.within([CLAIM, ARGUMENT])
    for some in (kinds, question.view.vocabulary.within([EVIDENCE])):
        try:
            return question.node(topic, some)
        except Unclear:
            continue
    found = fitting(question.view, question.node(topic), kinds)
    if len(found) != 1:
        raise Ambiguous(topic, found) if found else Unclear(f"{topic.words!r} names no statement", topic.words)
    return found[0]


def beside(question: ParsedQuestion, topic: Topic) -> ParsedQuestion:
    """A name, and words around it that only say what sort of thing it names: `the figures of A`, `the rumour that A`.

    The statement that is meant may be called otherwise than the name: it is about what that names.
    """
    near, own = range(max(topic.start - _NEAR, 0), topic.end + _NEAR), range(topic.start, topic.end)
    return question.part(lambda one: one in own or (one in near and question.words[one].text in CALLED))


CALLED = frozenset(
    """
    figure figures number numbers data result results finding findings experiment experiments study studies trial
    trials test tests survey report reports record records observation observations measurement measurements statistics
    count counts case cases story stories account accounts rumour rumor idea notion belief theory thesis hypothesis
    assertion statement view argument claim
    """.split()
)
"""What people call evidence and claims of whatever content."""
_NEAR = 2
"""So far from a name, articles and `that` between."""


def _read(question: ParsedQuestion) -> Iterator[Composed]:
    if question.named and question.asks_for("how strong", "holds"):
        holds, topic = question.is_yes_or_no, question.named[0]
        if holds or question.asks_for("how strong"):
            yield Composed(Strength(statement(question, topic), holds), (beside(question, topic),))


def _read_stronger(question: ParsedQuestion) -> Iterator[Query]:
    if len(question.named) > 1 and question.asks_for("stronger"):
        yield Stronger(tuple(dict.fromkeys(statement(question, topic) for topic in question.named)))


STRENGTH = Form(
    "strength",
    _read,
    cues={
        "how strong": """
            how strong; how solid; how firm; how sound; how robust; how convincing; how credible; how plausible;
            how believable; how likely; how secure; how reliable; how trustworthy; how shaky; how weak; how sure;
            how certain; how well supported; how well founded; how well established; how well grounded; how well backed;
            how strongly supported; how does stand; how good case; how strong case; how strong evidence
        """,
        "holds": """
            hold; hold up; hold water; stand up; stand; stand firm; well founded; well supported; well established;
            well grounded; well backed; worth anything; worth something; worth much; worth believing;
            convincing; credible;
            plausible; solid; sound; trustworthy; tenable; up to scratch; believable
        """,
    },
    examples={"how strong a claim is": ["how strong is the bitter lesson?", "is the bitter lesson well founded?"]},
)
STRONGER = Form(
    "stronger",
    _read_stronger,
    cues={
        "stronger": """
            stronger; who comes out ahead; who comes out on top; who wins; comes out ahead; come out ahead;
            comes out on top; better supported; better founded;
            better established; better backed; more convincing; more credible; more plausible; has better case;
            has stronger case; has the upper hand; wins; carries the day
        """,
        "compare": "",
    },
)
