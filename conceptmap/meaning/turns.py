"""What turns if a node falls: which claims stand otherwise then, in words, and which only become weaker or stronger."""

from dataclasses import dataclass
from typing import Literal

from conceptmap.meaning.debate import takes_part
from conceptmap.meaning.scores import scores_of
from conceptmap.meaning.verdict import Standing, standing_of
from conceptmap.meaning.what_if import what_if
from graphs.view import View

Move = Literal["weaker", "stronger"]


@dataclass(frozen=True, slots=True)
class Turn:
    """A claim or an Argument that moves if a node falls, from how it stands to how it stands then.

    `loses_all` where nothing is left that supports it, `breaks` where it is an Argument of which a premise falls.
    """

    node: str
    move: Move
    before: Standing
    after: Standing
    loses_all: bool = False
    breaks: bool = False

    @property
    def falls(self) -> bool:
        """Whether nothing holds it any more."""
        return self.loses_all or self.breaks

    @property
    def turns(self) -> bool:
        """Whether it stands otherwise than before."""
        return self.falls or self.before != self.after

    @property
    def words(self) -> str:
        """What becomes of it, as the end of a sentence: `goes from held up to contested`."""
        if self.breaks:
            return "breaks, as a premise of it falls"
        if self.loses_all:
            return "falls: it loses all its support"
        if self.turns:
            return f"goes from {self.before} to {self.after}"
        return f"becomes {self.move}, but is still {self.after}"


def turns_of(view: View, fallen: str) -> list[Turn]:
    """What moves if the node of this id falls: what falls first, what stands as before last; nothing if none does."""
    fallen = view.leads_to(fallen)
    if not takes_part(view, fallen):
        return []
    scores = scores_of(view)
    told, left = what_if(view, [fallen]), scores_of(view, [fallen])
    lost = {flip.node for flip in told.flips if flip.loses_all}
    moves: dict[str, Move] = dict.fromkeys(told.weaker, "weaker")
    moves.update(dict.fromkeys(told.stronger, "stronger"))
    moves.update((flip.node, "stronger" if flip.rises else "weaker") for flip in told.flips)
    moves.update(dict.fromkeys(told.broken, "weaker"))
    found = [
        Turn(
            node,
            move,
            standing_of(scores[node], scores),
            standing_of(left[node], left) if node in left else "held down",
            node in lost,
            node in told.broken,
        )
        for node, move in moves.items()
    ]
    return sorted(found, key=lambda one: (not one.falls, not one.turns, one.node))
