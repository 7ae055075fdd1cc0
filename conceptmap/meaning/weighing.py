"""All that weighs for and against a claim: who says so, and where; what it rests on; and all of it in words."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from markupsafe import Markup

from conceptmap.meaning.debate import debate_behind, debate_of
from conceptmap.meaning.fall_sizes import FallSize, fall_sizes
from conceptmap.meaning.fragility import Fall, Fragility, Ground, fragility_of, ground_of
from conceptmap.meaning.methods import METHODS
from conceptmap.meaning.scores import Score, digits, score_of, scores_in
from conceptmap.meaning.shares import Share, shares_of
from conceptmap.meaning.verdict import Standing, standing_of
from conceptmap.meaning.what_if import taken_away
from conceptmap.notebook import (
    MOST_LINES,
    MOST_ROWS,
    filled,
    heading,
    html,
    markdown_table,
    marked,
    places,
    table,
    text_table,
)
from conceptmap.plain_words import counted
from graphs.view import Citation, FoldedEdge, FoldedNode, View, cite
from ontology.terms import CLAIM

_NUMBERS = "no one two three four five six seven eight nine ten eleven twelve".split()


@dataclass(frozen=True, slots=True)
class Voice:
    """What speaks for or against a node: the edge, who speaks, how strong that one is itself, and where it is said.

    `share` is what it adds to the node; None where it does not count, or is a premise.
    """

    edge: FoldedEdge
    node: FoldedNode
    score: Score
    cites: tuple[Citation, ...]
    share: Share | None = None


@dataclass(frozen=True, slots=True)
class ClaimRow:
    """A claim in the list of all: how it stands, and how much evidence must fall to take all its support away."""

    node: FoldedNode
    score: Score
    fall: FallSize | None
    standing: Standing

    @property
    def counts(self) -> str:
        """How many speak for it and against it, in words."""
        return counts_in_words(self.score)


@dataclass(frozen=True, slots=True, repr=False)
class Weighing:
    """A node weighed, had some nodes never been said: `before` is its score with them, None where there are none.

    `asked` does not count, and what is `heard` already neither. `labels` are the names of the nodes in its fragility.
    `fallen`: it is taken away itself, or falls with a premise.
    """

    node: FoldedNode
    day: int | None
    score: Score
    before: Score | None
    supports: tuple[Voice, ...]
    opposes: tuple[Voice, ...]
    premises: tuple[Voice, ...]
    asked: tuple[Voice, ...]
    heard: tuple[Voice, ...]
    fragility: Fragility
    labels: Mapping[str, str]
    without: tuple[FoldedNode, ...] = ()
    fallen: bool = False

    def __repr__(self) -> str:
        return f"<{self.node.label}: {self.standing}, {self.words[0]}>"

    def _repr_html_(self) -> str:
        told = [Markup("<p>{}</p>").format(f"{one[0].upper()}{one[1:]}.") for one in self.words[1:]]
        return html(heading(self.node.label, f"{self.standing}: {self.words[0]}"), *told, table(*self._voices))

    def _repr_markdown_(self) -> str:
        lines = (
            f"**{marked(self.node.label)}** {self.standing}",
            *map(marked, self.words),
            markdown_table(*self._voices),
        )
        return "\n\n".join(lines)

    @property
    def _voices(self) -> tuple[list[str], list[list[object]]]:
        """What weighs, as a table."""
        sides = {"for": self.supports, "against": self.opposes, "premise": self.premises, "asked": self.asked}
        rows = [
            (side, one.node.label, *map(digits, one.score.strengths.values()), places(one.cites))
            for side, voices in sides.items()
            for one in voices
        ]
        return filled(["", "node", *(one.title for one in METHODS.values()), "where"], rows)

    @property
    def standing(self) -> Standing:
        """How it stands, in a word."""
        voices = (*self.supports, *self.opposes, *self.premises)
        return standing_of(self.score, {one.node.id: one.score for one in voices})

    @property
    def words(self) -> list[str]:
        """In sentences: how many speak for it and against it, what would topple it, why methods disagree."""
        if self.fallen:
            return ["it falls itself"]
        found = [counts_in_words(self.score), *_falls(self.fragility, self.score, self.labels)]
        if why := _disagreement(self.score, self.opposes):
            found.append(f"methods disagree: {why}")
        return found


def weigh(view: View, node: str, without: Collection[str] = ()) -> Weighing:
    """A node of a view weighed, had the nodes of these ids never been said. Raises what `taken_away` raises."""
    node = view.leads_to(node)
    whole = debate_behind(view, [node, *without])
    gone = taken_away(view, without)
    debate = whole.without(gone)
    scores = scores_in(debate)
    score = scores.get(node) or score_of(view, node, gone)
    before = scores_in(whole) if gone else None

    shares = shares_of(score, scores)

    def voices(edges: Iterable[FoldedEdge]) -> tuple[Voice, ...]:
        found = [_voice(view, edge, node, scores, shares.get(edge.key)) for edge in edges]
        return tuple(sorted(found, key=lambda one: (one.edge.days, one.cites[0].place, one.node.label)))

    fragility = fragility_of(debate, ground_of(view, whole), scores, node, frozenset(gone))
    return Weighing(
        node=view.node(node),
        day=view.introduced_on(node),
        score=score,
        before=None if before is None else before.get(node, score),
        supports=voices(score.supports),
        opposes=voices(score.opposes),
        premises=voices(score.premises),
        asked=voices(score.asked),
        heard=voices(one.edge for one in score.set_aside),
        fragility=fragility,
        labels={one: view.node(one).label for one in _named(fragility)},
        without=tuple(map(view.node, gone)),
        fallen=before is not None and node in before and node not in scores,
    )


def _voice(view: View, edge: FoldedEdge, node: str, scores: Mapping[str, Score], share: Share | None) -> Voice:
    speaker = edge.other(node)
    score = scores.get(speaker) or score_of(view, speaker)
    return Voice(edge, view.node(speaker), score, tuple(map(cite, edge.assertions)), share)


def _named(found: Fragility) -> set[str]:
    falls = [one for one in (found.fall, found.firm, *found.back.values()) if one]
    return {*found.out, *(leaf for one in falls for leaf in (*one.leaves, *one.alone))}


@dataclass(frozen=True, slots=True, repr=False)
class Claims:
    """The claims that something speaks for or against: where methods disagree first, then those with both.

    Each group from the strongest down. `bare` are those of which nothing is said either way, by label.
    """

    view: View
    ground: Ground
    scores: Sequence[Score]
    bare: Sequence[Score]
    all_scores: Mapping[str, Score]

    def __repr__(self) -> str:
        return (
            f"{self._count}\n{text_table(*self._table(MOST_LINES), len(self.scores))}" if self.scores else self._count
        )

    def _repr_html_(self) -> str:
        return html(heading(self._count), table(*self._table(MOST_ROWS), len(self.scores)))

    def _repr_markdown_(self) -> str:
        return f"**{self._count}**\n\n{markdown_table(*self._table(MOST_ROWS), len(self.scores))}"

    @property
    def _count(self) -> str:
        return f"{counted(len(self.scores), 'claim')} with something for or against, {len(self.bare)} with nothing"

    def _table(self, most: int) -> tuple[list[str], list[list[object]]]:
        rows = [
            (
                row.node.label,
                row.standing,
                row.counts,
                row.fall.size if row.fall else None,
                *map(digits, row.score.strengths.values()),
                row.score.label,
            )
            for row in self.rows(self.scores[:most])
        ]
        return filled(
            ["claim", "stands", "said", "falls with", *(one.title for one in METHODS.values()), "label"], rows
        )

    def rows(self, scores: Iterable[Score]) -> list[ClaimRow]:
        """Some of them as rows; to find how much each rests on costs all that they rest on."""
        shown = list(scores)
        falls = fall_sizes(self.ground, [one.node for one in shown])
        return [
            ClaimRow(self.view.node(one.node), one, falls[one.node], standing_of(one, self.all_scores)) for one in shown
        ]


def claims_of(view: View) -> Claims:
    """The claims of a view, weighed."""
    debate = debate_of(view)
    kinds = view.vocabulary.within([CLAIM])
    scores = scores_in(debate)
    found = [score for one, score in scores.items() if view.kind(one) in kinds]
    said = [one for one in found if one.supports or one.opposes or one.asked]
    bare = [one for one in found if not (one.supports or one.opposes or one.asked)]

    def rank(score: Score) -> tuple[bool, bool, bool, float, str]:
        strength = next(iter(score.strengths.values()))
        contested = bool(score.supports and score.opposes)
        return not score.disagree, not score.undecided, not contested, -(strength or 0.0), view.node(score.node).label

    return Claims(view, ground_of(view, debate), sorted(said, key=rank), bare, scores)


def counts_in_words(score: Score) -> str:
    """How many speak for a node and against it: `five for, one against; one is only asked and does not count`."""
    premises, supports, opposes = len(score.premises), len(score.supports), len(score.opposes)
    if not (supports or opposes):
        said = "" if premises else "nothing for or against it"
    else:
        said = f"{_number(supports) if supports else 'none'} for, {_number(opposes) if opposes else 'none'} against"
    joined = f"joins {counted(premises, 'premise')}" if premises else ""
    asked = len(score.asked)
    only = f"{_number(asked)} {'is' if asked == 1 else 'are'} only asked and {'does' if asked == 1 else 'do'} not count"
    return "; ".join(filter(None, (joined, said, only if asked else "")))


def _number(number: int) -> str:
    """A number as a word, where there is a short one.

    >>> _number(5), _number(30)
    ('five', '30')
    """
    return _NUMBERS[number] if number < len(_NUMBERS) else str(number)


def _falls(found: Fragility, score: Score, labels: Mapping[str, str]) -> Iterator[str]:
    """What a node rests on, in sentences."""
    if found.fall is None:
        if score.supports:
            yield "what supports it rests on nothing that stands"
        return
    supports = {edge.other(found.node) for edge in score.supports}
    if found.fall.size > 1 and supports == set(found.fall.leaves):
        both = "both" if found.fall.size == 2 else f"all {_number(found.fall.size)}"
        yield f"it loses all its support only if {both} fall"
    else:
        yield f"it loses all its support if {fall_in_words(found.fall, labels)}"
    if found.firm is not None:
        gone = [f"“{labels[one]}”" for one in found.out if one not in found.firm.leaves]
        yield f"as {_listed(gone)} {'is' if len(gone) == 1 else 'are'} out already, it is enough that " + fall_in_words(
            found.firm, labels
        )
    same: dict[Fall, list[str]] = {}
    for method, fall in found.back.items():
        same.setdefault(fall, []).append(METHODS[method].title)
    for fall, methods in same.items():
        yield f"it is back where it started, by {_listed(methods)}, if {fall_in_words(fall, labels)}"


def fall_in_words(fall: Fall, labels: Mapping[str, str]) -> str:
    """Which leaves must fall: `both of these fall: “A”, “B”`."""
    if len(fall.alone) > 1:
        return f"any one of these falls: {_quoted(fall.alone, labels)}"
    if fall.size == 1:
        return f"this falls: {_quoted(fall.leaves, labels)}"
    how = "both" if fall.size == 2 else f"all {_number(fall.size)}"
    return f"{how} of these fall{'' if fall.exact else ' (or perhaps fewer)'}: {_quoted(fall.leaves, labels)}"


def _quoted(nodes: Iterable[str], labels: Mapping[str, str]) -> str:
    return ", ".join(f"“{labels[one]}”" for one in nodes)


def _listed(names: Sequence[str]) -> str:
    """Names in a sentence: `A, B and C`."""
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def _disagreement(score: Score, opposes: Sequence[Voice]) -> str | None:
    if not score.disagree:
        return None
    sides = {method: score.side(method) for method in score.strengths}
    stronger = [METHODS[one].title for one, side in sides.items() if side == 1]
    weaker = [METHODS[one].title for one, side in sides.items() if side == -1]
    if stronger and weaker:
        return f"{_listed(stronger)} {_have(stronger)} it stronger than it starts, {_listed(weaker)} weaker"
    if score.label == "out":
        against = [f"“{one.node.label}”" for one in opposes if one.score.label == "in"]
        who = f"{_listed(against)} {'speaks' if len(against) == 1 else 'speak'} against it" if against else ""
        why = f"{who}, and nothing that stands answers that" if who else "a premise of it is out"
        return f"{_listed(stronger)} {_have(stronger)} it stronger than it starts, but by labels it is out: {why}"
    rest = "all that speaks against it is out" if score.opposes else "nothing speaks against it"
    return f"{_listed(weaker)} {_have(weaker)} it weaker than it starts, but by labels it is in: {rest}"


def _have(names: Sequence[str]) -> str:
    return "has" if len(names) == 1 else "have"
