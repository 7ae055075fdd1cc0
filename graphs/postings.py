"""Postings: sorted lists by key, which copies share until one of them changes a list."""

from bisect import bisect_left, bisect_right, insort
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Generic, Protocol, Self, TypeVar


class Ordered(Protocol):
    """What can be sorted."""

    def __lt__(self, other: Self, /) -> bool:
        """Whether this stands before the other."""


Key = TypeVar("Key", bound=Ordered)
Item = TypeVar("Item", bound=Ordered)

FEW = 8
"""Items up to which a list is a tuple, which takes less room and is quick to make anew."""


class Postings(Generic[Key, Item]):
    """A sorted list of items for each key that has any, and the keys in order.

    >>> held = Postings([("yeast", ["bread", "beer"])])
    >>> held.add("year", "calendar")
    True
    >>> held.starting("ye"), held["yeast"], held["salt"]
    (['year', 'yeast'], ('beer', 'bread'), ())
    """

    def __init__(self, lists: Iterable[tuple[Key, Collection[Item]]] = ()) -> None:
        """Each key comes once, and the items of a list must differ."""
        self._lists: dict[Key, Sequence[Item]] = {
            key: tuple(sorted(items) if len(items) > 1 else items) for key, items in lists if items
        }
        self._keys: list[Key] | None = None  # made when first asked for
        self._own: set[Key] = set()  # the keys whose lists no copy shares

    def copied(self) -> Self:
        """The same, to be changed by itself."""
        copy = self.__class__()
        copy._lists = self._lists.copy()
        copy._keys = None if self._keys is None else self._keys.copy()
        self._own = set()
        return copy

    def __getitem__(self, key: Key) -> Sequence[Item]:
        """The items of a key; none where nobody added any."""
        return self._lists.get(key, ())

    def __contains__(self, key: Key) -> bool:
        """Whether a key has items."""
        return key in self._lists

    def has(self, key: Key, item: Item) -> bool:
        """Whether an item is in the list of a key."""
        held = self._lists.get(key, ())
        place = bisect_left(held, item)
        return place < len(held) and held[place] == item

    def __len__(self) -> int:
        """How many keys have items."""
        return len(self._lists)

    @property
    def keys(self) -> Sequence[Key]:
        """The keys in order."""
        keys = self._keys
        if keys is None:
            keys = self._keys = sorted(self._lists)
        return keys

    def starting(self: "Postings[str, Item]", text: str) -> Sequence[str]:
        """The keys that begin with a text, in order."""
        keys = self.keys
        first = bisect_left(keys, text)
        return keys[first : bisect_right(keys, text, first, key=lambda key: key[: len(text)])]

    def add(self, key: Key, item: Item) -> bool:
        """Put an item in its place in the list of a key; false where it is there already."""
        held = self._lists.get(key)
        if held is None:
            self._lists[key] = (item,)
            if self._keys is not None:
                insort(self._keys, key)
            return True
        place = bisect_left(held, item)
        if place < len(held) and held[place] == item:
            return False
        if len(held) < FEW:
            self._lists[key] = (*held[:place], item, *held[place:])
        else:
            self._owned(key, held).insert(place, item)
        return True

    def discard(self, key: Key, item: Item) -> bool:
        """Take an item out of the list of a key; false where it is not there."""
        held = self._lists.get(key, ())
        place = bisect_left(held, item)
        if place == len(held) or held[place] != item:
            return False
        if len(held) == 1:
            del self._lists[key]
            if self._keys is not None:
                del self._keys[bisect_left(self._keys, key)]
        elif len(held) <= FEW:
            self._lists[key] = (*held[:place], *held[place + 1 :])
        else:
            del self._owned(key, held)[place]
        return True

    def _owned(self, key: Key, held: Sequence[Item]) -> list[Item]:
        """The list of a key, to be changed."""
        if isinstance(held, list) and key in self._own:
            return held
        own = self._lists[key] = list(held)
        self._own.add(key)
        return own


def drained(
    table: dict[Key, list[Item]] | dict[Key, tuple[Item, ...]],
) -> Iterator[tuple[Key, list[Item] | tuple[Item, ...]]]:
    """What a table holds, which it lets go of piece by piece, so that nothing is there twice."""
    while table:
        yield table.popitem()
