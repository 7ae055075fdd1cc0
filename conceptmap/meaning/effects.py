"""What a change does to claims that were there before: which get stronger or weaker, and which change sides."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from conceptmap.meaning.debate import debate_behind, takes_part
from conceptmap.meaning.methods import METHODS
from conceptmap.meaning.scores import scores_in
from conceptmap.meaning.what_if import Flip
from graphs.diff import Effect, Turn
from graphs.view import View
from ontology.model import EdgeKey
from ontology.terms import CLAIM, PREMISE_OF

if TYPE_CHECKING:
    from graphs.diff import Diff
    from graphs.history import PartChange

MOST_TRIED = 2_000
"""So many nodes of a debate are weighed for a write that is only tried, which takes a fifth of a second."""

NAMED = 3
"""Claims that are named of a kind; the others are counted."""

_TURNS: tuple[Turn, ...] = ("falls", "rises", "weaker", "stronger")


def effects_of(before: View, after: View, touched: Iterable[str], most: int | None = None) -> tuple[Effect, ...]:
    """What becomes of the claims that both views have, if what differs speaks at the touched nodes; falls first.

    It costs what the touched nodes speak for, directly or not, and all that this depends on: where that is more than so
    many nodes, nothing is told.
    """
    kinds = after.vocabulary.within([CLAIM])
    near = {*_spoken_for(before, touched), *_spoken_for(after, touched)}
    claims = [one for one in sorted(near) if before.has_node(one) and after.has_node(one) and after.kind(one) in kinds]
    if not claims or (most is not None and len(_heard_by(after, claims, most)) > most):
        return ()
    old, new = (scores_in(debate_behind(view, claims)) for view in (before, after))
    found = []
    for one in claims:
        if one in old and one in new and (turn := _turn(Flip(old[one], new[one]))):
            name, labels = after.node(one).label, (old[one].label, new[one].label)
            found.append(Effect(one, name, after.kind(one), turn, old[one].strengths, new[one].strengths, labels))
    return tuple(sorted(found, key=lambda one: _TURNS.index(one.turn)))


def _turn(flip: Flip) -> Turn | None:
    """How a claim moves by all methods together; nothing where it does not."""
    if flip.turns:
        return "rises" if flip.rises else "falls"
    if not flip.moves:
        return None
    return "stronger" if sum(flip.moves) > 0 else "weaker"


def _spoken_for(view: View, nodes: Iterable[str]) -> set[str]:
    """These nodes, as far as a view has them, and all that they speak for or against, directly or not."""
    polar = _polar(view)
    found = {view.leads_to(one) for one in nodes if view.has_node(one)}
    waiting = list(found)
    while waiting:
        node = waiting.pop()
        ends = [key.target for key in view.edge_keys_from(node) if key.relation in polar]
        ends += [key.source for key in view.edge_keys_to(node) if polar.get(key.relation)]
        more = {view.leads_to(one) for one in ends} - found
        found |= more
        waiting += more
    return found


def _heard_by(view: View, nodes: Iterable[str], most: int) -> set[str]:
    """These nodes and all on which they depend, or more than so many of them."""
    polar = _polar(view)
    found = set(nodes)
    waiting = list(found)
    while waiting and len(found) <= most:
        node = waiting.pop()
        ends = [key.source for key in view.edge_keys_to(node) if key.relation in polar]
        ends += [key.target for key in view.edge_keys_from(node) if polar.get(key.relation)]
        more = {view.leads_to(one) for one in ends} - found
        found |= more
        waiting += more
    return found


def _polar(view: View) -> Mapping[str, bool]:
    """The relations that make a debate, and whether they speak both ways."""
    relations = view.vocabulary.relations.values()
    return {one.name: one.symmetric for one in relations if one.polarity or one.name == PREMISE_OF}


def touched_by_parts(before: View, parts: Iterable["PartChange"]) -> set[str]:
    """The nodes at which a write says anything else in the debate than the view that it meets."""
    subjects = [item.subject for part in parts for item in part.items]
    edges = [one for one in subjects if isinstance(one, EdgeKey)]
    return _touched(before, [one for one in subjects if isinstance(one, str)], edges)


def touched_by_diff(before: View, diff: "Diff") -> set[str]:
    """The nodes at which a view says anything else in the debate than the one before it."""
    nodes, edges = diff.nodes, diff.edges
    gone = [*(one.id for one in nodes.removed), *(one.after.id for one in nodes.changed)]
    moved = [*edges.added, *edges.removed, *(one.after for one in edges.changed)]
    return _touched(before, gone, [one.key for one in moved])


def _touched(before: View, nodes: Iterable[str], edges: Iterable[EdgeKey]) -> set[str]:
    """Of nodes those that took part, and those that edges speak for or against: what is new is told by its edges."""
    polar = _polar(before)
    ends = {end for key in edges if key.relation in polar for end in (key.target, *_other_end(polar, key))}
    kinds = before.vocabulary.within([CLAIM])
    known = [one for one in nodes if before.has_node(one)]
    return ends | {one for one in known if before.kind(one) in kinds or takes_part(before, one)}


def _other_end(polar: Mapping[str, bool], key: EdgeKey) -> tuple[str, ...]:
    """The other end of an edge that speaks both ways."""
    return (key.source,) if polar[key.relation] else ()


def effects_in_words(effects: Sequence[Effect]) -> list[str]:
    """What becomes of claims in at most two lines: first those that change sides, then those that only move."""
    lines = []
    for turns in (_TURNS[:2], _TURNS[2:]):
        groups = {turn: [one for one in effects if one.turn == turn] for turn in turns}
        if said := [f"{turn}: {_named(some)}" for turn, some in groups.items() if some]:
            lines.append(f"claims: {'; '.join(said)}")
    return lines


def _named(effects: Sequence[Effect]) -> str:
    """The first of them, each with its strength by the first method, and how many more there are."""
    method = next(iter(METHODS))
    names = [f"“{one.label}” ({_moved(one, method)}{_relabelled(one)})" for one in effects[:NAMED]]
    left = len(effects) - len(names)
    return ", ".join(names) + (f" and {left} more" if left else "")


def strengths_moved(effect: Effect) -> str:
    """From how strong to how strong a claim moves by each method: `DF-QuAD 0.50 → 0.75`."""
    moves = ", ".join(f"{METHODS[name].title} {_moved(effect, name)}" for name in effect.after)
    return moves + _relabelled(effect)


def _relabelled(effect: Effect) -> str:
    """The change of its grounded label, if it has another."""
    before, after = effect.labels
    return "" if before == after else f", {before} → {after}"


def _moved(effect: Effect, method: str) -> str:
    pair = effect.before[method], effect.after[method]
    return " → ".join("undecided" if one is None else f"{one:.2f}" for one in pair)
