"""Keeping: what asking makes of a map's nodes, kept from question to question until an entry changes the map."""

from collections.abc import Callable, Hashable, Set
from typing import Any, TypeVar

from graphs.view import View
from graphs.words import told_stems
from ontology.vocabulary import Vocabulary

MAX_KEPT = 3_000
"""So much is kept of one map: some megabytes; then all of it is let go."""
_NOTHING = object()
_Made = TypeVar("_Made")


class Kept:
    """What was made of one map, by what made it of what, for each vocabulary. It follows its fold."""

    def __init__(self) -> None:
        self._made: dict[int, tuple[Vocabulary, dict[Hashable, Any]]] = {}

    def follow(self, _touched: Set[str]) -> None:
        """Forget all: what is made of a node may tell of those around it."""
        self._made = {}

    def copied(self, _fold: object) -> "Kept":
        """Nothing, for a copy of the fold."""
        return Kept()

    def of(self, vocabulary: Vocabulary) -> dict[Hashable, Any]:
        """What was made as a vocabulary reads the map, with room for more."""
        _, made = self._made.setdefault(id(vocabulary), (vocabulary, {}))
        if len(made) >= MAX_KEPT:
            made.clear()
        return made


def kept(make: Callable[..., _Made], view: View, *of: Hashable) -> _Made:
    """What a function makes of a view and of ids of its nodes, or of other things that say all that counts.

    Nobody may change it.
    """
    made = view.follower(Kept).of(view.vocabulary)
    key = (make, view.as_of, of)
    found = made.get(key, _NOTHING)
    if found is _NOTHING:
        found = made[key] = make(view, *of)
    one: _Made = found
    return one


def told_of(view: View, node: str, *, values: bool = False) -> frozenset[str]:
    """The stems of the words of a node's names and text; `values`: and of the values of its fields."""
    return kept(_told_of, view, node, values)


def _told_of(view: View, node: str, values: bool) -> frozenset[str]:
    return frozenset(told_stems(view.node(node), values=values))
