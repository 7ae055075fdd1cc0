"""Scores: how strong each statement of a map is by several methods side by side, and what counts for and against it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from conceptmap.meaning.debate import Debate, SetAside, base_of, debate_behind, debate_of
from conceptmap.meaning.grounded import Label, labels_of
from conceptmap.meaning.methods import METHODS, start_of, strengths_of
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
from graphs.view import FoldedEdge, View, cite

SAME = 1e-6
"""Strengths that differ by less are the same: no closer does a circle come to rest."""


@dataclass(frozen=True, slots=True, repr=False)
class Score:
    """How strong a node is by each method, and the edges that say so.

    `base` is what it is worth by itself, `assumed` where nobody says so; of an Argument with premises it is what the
    step is worth. `starts` are where each method starts: the base; of an Argument, that times its premises. None
    instead of a strength: a circle that comes to no rest. `asked` and `set_aside` do not count: they are only asked, or
    what speaks by them is heard already.
    """

    node: str
    base: float
    assumed: bool
    starts: Mapping[str, float | None]
    strengths: Mapping[str, float | None]
    label: Label
    supports: tuple[FoldedEdge, ...] = ()
    opposes: tuple[FoldedEdge, ...] = ()
    premises: tuple[FoldedEdge, ...] = ()
    asked: tuple[FoldedEdge, ...] = ()
    set_aside: tuple[SetAside, ...] = ()

    def side(self, method: str) -> int | None:
        """On which side of where it starts a method has it: 1 above, -1 below, 0 neither, None undecided."""
        start, end = self.starts[method], self.strengths[method]
        if start is None or end is None:
            return None
        return 0 if abs(end - start) < SAME else 1 if end > start else -1

    @property
    def disagree(self) -> bool:
        """Whether one method has it above where it starts, and another below; or the label says otherwise."""
        sides = {self.side(method) for method in self.strengths}
        return sides >= {1, -1} or (self.label == "out" and 1 in sides) or (self.label == "in" and -1 in sides)

    def __repr__(self) -> str:
        return f"<score of {self.node}: {self.counts}; {self._strengths}>"

    def _repr_html_(self) -> str:
        return html(heading(self.node, self.counts), f"{self._strengths}, {self._start}", table(*self._voices))

    def _repr_markdown_(self) -> str:
        lines = (f"**{marked(self.node)}** {self.counts}", f"{marked(self._strengths)}, {self._start}")
        return "\n\n".join([*lines, markdown_table(*self._voices)])

    @property
    def counts(self) -> str:
        """How many speak for it and against it."""
        return f"{len(self.supports)} for, {len(self.opposes)} against"

    @property
    def _start(self) -> str:
        return f"from {self.base:g}{' (assumed)' if self.assumed else ''}"

    @property
    def _strengths(self) -> str:
        told = [f"{METHODS[name].title} {digits(one)}" for name, one in self.strengths.items()]
        return ", ".join([*told, f"{self.label} by labels"])

    @property
    def _voices(self) -> tuple[list[str], list[list[object]]]:
        """What speaks for and against it, and where, as a table."""
        sides = {"for": self.supports, "against": self.opposes, "premise": self.premises, "asked": self.asked}
        rows = [
            (side, edge.other(self.node), places(map(cite, edge.assertions))) for side in sides for edge in sides[side]
        ]
        return filled(["", "node", "where"], rows)

    @property
    def undecided(self) -> bool:
        """Whether a method comes to no rest."""
        return None in self.strengths.values()


class Scores(dict[str, Score]):
    """Scores by id, which show themselves as a table with the names of the nodes: the strongest claims first."""

    def __init__(self, scores: Mapping[str, Score], view: View) -> None:
        super().__init__(scores)
        self._view = view

    def __repr__(self) -> str:
        return f"{self._count}\n{text_table(*self._table(MOST_LINES), len(self))}" if self else self._count

    def _repr_html_(self) -> str:
        return html(heading(self._count), table(*self._table(MOST_ROWS), len(self)))

    def _repr_markdown_(self) -> str:
        return f"**{self._count}**\n\n{markdown_table(*self._table(MOST_ROWS), len(self))}"

    @property
    def _count(self) -> str:
        return counted(len(self), "score")

    def _table(self, most: int) -> tuple[list[str], list[list[object]]]:
        said = sorted(
            self.values(), key=lambda one: (not (one.supports or one.opposes), *map(_downwards, one.strengths.values()))
        )
        rows = [
            (
                self._view.node(one.node).label,
                one.counts,
                *map(digits, one.strengths.values()),
                one.label,
                "yes" if one.disagree else None,
            )
            for one in said[:most]
        ]
        return filled(["node", "said", *(one.title for one in METHODS.values()), "label", "methods disagree"], rows)


def _downwards(strength: float | None) -> float:
    return -(strength or 0.0)


def digits(strength: float | None) -> str:
    """A strength as it is shown.

    >>> digits(0.8140), digits(None)
    ('0.81', 'undecided')
    """
    return "undecided" if strength is None else f"{strength:.2f}"


def scores_of(view: View, without: Collection[str] = ()) -> dict[str, Score]:
    """The scores of all that takes part in a view's debate, by id, had these nodes never been said."""
    return scores_in(debate_of(view, without))


def score_of(view: View, node: str, without: Collection[str] = ()) -> Score:
    """The score of a node, also of one that takes no part: it is worth its base."""
    node = view.leads_to(node)
    if (found := scores_in(debate_behind(view, [node], without)).get(node)) is not None:
        return found
    base, assumed = base_of(view, node)
    same: dict[str, float | None] = dict.fromkeys(METHODS, base)
    return Score(node, base, assumed, same, same, "in")


def scores_in(debate: Debate) -> dict[str, Score]:
    """The scores of all that takes part in a debate, by id."""
    strengths = {name: strengths_of(debate, method) for name, method in METHODS.items()}
    labels = labels_of(debate)
    return {
        node: Score(
            node=node,
            base=base.value,
            assumed=base.assumed,
            starts={name: start_of(debate, node, found) for name, found in strengths.items()},
            strengths={name: found[node] for name, found in strengths.items()},
            label=labels[node],
            supports=tuple(debate.for_(node).values()),
            opposes=tuple(debate.against(node).values()),
            premises=tuple(debate.premises_of(node).values()),
            asked=debate.asked.get(node, ()),
            set_aside=debate.set_aside.get(node, ()),
        )
        for node, base in debate.bases.items()
    }
