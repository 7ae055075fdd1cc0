"""Reduction: lines of a relation that others already say are left out, as A to C where A to B and B to C are drawn."""

from collections.abc import Iterable

from conceptmap.draw.picture import Line


def reduced(lines: Iterable[Line], relation: str) -> tuple[Line, ...]:
    """The lines without those of a transitive relation that follow from others of it (its transitive reduction).

    Where the relation runs in a circle, nothing is left out.
    """
    kept = tuple(lines)
    after: dict[str, list[str]] = {}
    for line in kept:
        if line.relation and line.relation.name == relation:
            after.setdefault(line.source, []).append(line.target)
    order = _order(after)
    if order is None:
        return kept
    beyond: dict[str, set[str]] = {}
    for node in reversed(order):
        beyond[node] = {one for near in after.get(node, ()) for one in (near, *beyond[near])}
    implied = {(node, far) for node, near in after.items() for far in near if any(far in beyond[one] for one in near)}
    return tuple(
        line
        for line in kept
        if not (line.relation and line.relation.name == relation and (line.source, line.target) in implied)
    )


def _order(after: dict[str, list[str]]) -> list[str] | None:
    """The nodes, each before those after it; None where they run in a circle."""
    waits = dict.fromkeys((node for near in after.values() for node in near), 0) | dict.fromkeys(after, 0)
    for near in after.values():
        for node in near:
            waits[node] += 1
    order = [node for node, count in waits.items() if count == 0]
    for node in order:
        for one in after.get(node, ()):
            waits[one] -= 1
            if waits[one] == 0:
                order.append(one)
    return order if len(order) == len(waits) else None
