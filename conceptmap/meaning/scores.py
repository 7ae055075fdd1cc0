"""Scores: how strong each statement of a map is by several methods side by side, and what counts for and against it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from conceptmap.meaning.debate import Debate, SetAside, base_of, debate_behind, debate_of
from conceptmap.meaning.grounded import Label, labels_of
from conceptmap.meaning.methods import METHODS, start_of, strengths_of
from graphs.view import FoldedEdge, View

SAME = 1e-6
"""Strengths that differ by less are the same: no closer does a circle come to rest."""


@dataclass(frozen=True, slots=True)
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

    @property
    def undecided(self) -> bool:
        """Whether a method comes to no rest."""
        return None in self.strengths.values()


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
