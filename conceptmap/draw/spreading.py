"""Spreading: a layer that is too tall becomes several, as where a hundred nodes are joined to one."""

from collections.abc import Mapping, Sequence

TALL = 100
"""So many rows high may a layer be."""


def spread(
    layer: Mapping[str, int], near: Mapping[str, Sequence[str]], heights: Mapping[str, int], most_columns: int
) -> dict[str, int]:
    """The layers of joined boxes, where the tallest are halved as long as there are columns left.

    Only boxes that all their lines reach from one side move: those that lead nowhere further right, others before what
    they lead to.

    >>> near = {"hub": ["a", "b"], "a": ["hub"], "b": ["hub"]}
    >>> spread({"hub": 0, "a": 1, "b": 1}, near, {"hub": 9, "a": 60, "b": 60}, 3)
    {'hub': 0, 'a': 1, 'b': 2}
    """
    found = dict(layer)
    for _ in range(most_columns - 1 - max(found.values())):
        rows: dict[int, int] = {}
        for name, column in found.items():
            rows[column] = rows.get(column, 0) + heights[name]
        tallest = min(rows, key=lambda column: (-rows[column], column))
        members = [name for name, column in found.items() if column == tallest]
        ends = [name for name in members if all(found[one] < tallest for one in near[name])]
        starts = [name for name in members if all(found[one] > tallest for one in near[name])]
        loose = max(ends, starts, key=len)
        if rows[tallest] <= TALL or 2 * len(loose) < len(members):
            break
        half = loose[: (len(loose) + 1) // 2]
        stay = set(members) - set(loose[len(half) :]) if loose is ends else set(half)
        found = {
            name: column + (column > tallest or (column == tallest and name not in stay))
            for name, column in found.items()
        }
    return found
