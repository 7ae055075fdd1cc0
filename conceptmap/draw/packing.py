"""Packing: blocks in columns, none over another, in their order as far as room allows."""

from collections.abc import Sequence

from conceptmap.draw.layers import Block


def packed(parts: Sequence[Block], columns: int) -> Block:
    """One block of several: each goes to the highest place that is free, the leftmost of equal ones.

    >>> one = Block({"a": (0, 0)}, 1, 3)
    >>> packed([one, Block({"b": (0, 0)}, 1, 2), Block({"c": (0, 0)}, 1, 2)], 2).places
    {'a': (0, 0), 'b': (1, 0), 'c': (1, 2)}
    """
    filled = [0] * columns
    places: dict[str, tuple[int, int]] = {}
    for part in [*(one for one in parts if len(one.places) > 1), *(one for one in parts if len(one.places) == 1)]:
        lefts = range(columns - part.columns + 1)
        top, left = min((max(filled[x : x + part.columns]), x) for x in lefts)
        places |= {name: (left + x, top + row) for name, (x, row) in part.places.items()}
        filled[left : left + part.columns] = [top + part.rows] * part.columns
    used = max((x for x, _ in places.values()), default=0) + 1
    return Block(places, used, max(filled, default=0))
