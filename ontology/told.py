"""How far work is, for whoever waits for it."""

from collections.abc import Callable, Iterable, Iterator
from typing import TypeVar

Told = Callable[[int, int], None]
"""Called again and again with how much is done, and of how much."""

Item = TypeVar("Item")


def telling(items: Iterable[Item], told: Told | None, of: int, done: int = 0) -> Iterator[Item]:
    """The items; after each it is told how many are done, those before counted, of how many.

    >>> heard = []
    >>> [one for one in telling("ab", lambda done, of: heard.append((done, of)), 3, done=1)], heard
    (['a', 'b'], [(2, 3), (3, 3)])
    """
    for number, item in enumerate(items, done + 1):
        yield item
        if told is not None:
            told(min(number, of), of)
