"""Fields: the names under which nodes hold data, by the words they are made of, and the nodes that hold each."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence, Set

from graphs.fold import Fold, NodeAssertions
from graphs.postings import Postings
from graphs.view import View
from graphs.words import phrase_key, stem, stems
from ontology.names import name_key
from ontology.values import JsonValue

Sizer = Callable[[str, JsonValue], Iterable[tuple[str, float]]]
_Sized = tuple[tuple[str, str], float]
"""A dimension and a field, and the size of a value."""
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_IN_BRACKETS = re.compile(r"\s*\([^()]*\)\s*$")


def field_words(field: str) -> str:
    """The words of a field's name, without what stands in brackets at its end (which mostly is a unit).

    >>> field_words("baking_time"), field_words("oilTemperature"), field_words("Size (mm)")
    ('baking time', 'oil temperature', 'size')
    """
    return name_key(_HUMP.sub(" ", _IN_BRACKETS.sub("", field) or field).replace("_", " "))


class FieldIndex:
    """The fields of a map's nodes on whatever day. It follows its fold."""

    def __init__(self, fold: Fold) -> None:
        self._nodes = fold.nodes
        self._had: dict[str, frozenset[str]] = {}
        owners: dict[str, list[str]] = defaultdict(list)
        for node, said in fold.nodes.items():
            if fields := _fields_of(said):
                self._had[node] = fields
                for field in fields:
                    owners[field].append(node)
        self._owners = Postings(owners.items())
        self._phrases: Postings[str, str] = Postings()
        self._holders: Postings[str, str] = Postings()
        for field in owners:
            self._learn(field)

    def follow(self, touched: Set[str]) -> None:
        """Look again at the fields of these nodes."""
        for node in touched:
            before, after = self._had.pop(node, frozenset()), _fields_of(self._nodes.get(node, ()))
            if after:
                self._had[node] = after
            for field in before - after:
                self._owners.discard(field, node)
                if field not in self._owners:
                    self._forget(field)
            for field in after - before:
                if field not in self._owners:
                    self._learn(field)
                self._owners.add(field, node)

    def copied(self, fold: Fold) -> "FieldIndex":
        """The same for a copy of the fold."""
        copy = FieldIndex.__new__(FieldIndex)
        copy._nodes, copy._had = fold.nodes, self._had.copy()
        copy._owners, copy._phrases, copy._holders = (
            self._owners.copied(),
            self._phrases.copied(),
            self._holders.copied(),
        )
        return copy

    def named(self, words: Iterable[str]) -> Sequence[str]:
        """The fields whose names have the stems of these words, no more and no less, in whatever order."""
        return self._phrases[phrase_key(stems(words))]

    def holding(self, word: str) -> Sequence[str]:
        """The fields whose names hold a word of this word's stem."""
        return self._holders[stem(word)]

    def owners(self, field: str) -> Sequence[str]:
        """The nodes that hold a field on whatever day, sorted."""
        return self._owners[field]

    @property
    def fields(self) -> Sequence[str]:
        """All fields, sorted."""
        return self._owners.starting("")

    def _learn(self, field: str) -> None:
        roots = stems(field_words(field).split())
        self._phrases.add(phrase_key(roots), field)
        for root in set(roots):
            self._holders.add(root, field)

    def _forget(self, field: str) -> None:
        roots = stems(field_words(field).split())
        self._phrases.discard(phrase_key(roots), field)
        for root in set(roots):
            self._holders.discard(root, field)


class FieldSizes:
    """The sizes of the values in fields, on whatever day, sorted by the dimension and field. It follows its fold.

    `sizer` gives the dimension and the size of each quantity that a field's value holds.
    """

    def __init__(self, fold: Fold, sizer: Sizer) -> None:
        self._nodes, self._sizer = fold.nodes, sizer
        self._had: dict[str, frozenset[_Sized]] = {}
        sizes: dict[tuple[str, str], list[tuple[float, str]]] = defaultdict(list)
        for node, said in fold.nodes.items():
            if found := self._sized(said):
                self._had[node] = found
                for key, size in found:
                    sizes[key].append((size, node))
        self._sizes = Postings(sizes.items())
        self._dimensions, self._fields = Postings[str, str](), Postings[str, str]()
        for key in sizes:
            self._note(key)

    def follow(self, touched: Set[str]) -> None:
        """Look again at the values of these nodes."""
        for node in touched:
            before, after = self._had.pop(node, frozenset()), self._sized(self._nodes.get(node, ()))
            if after:
                self._had[node] = after
            for key, size in before - after:
                self._sizes.discard(key, (size, node))
                if key not in self._sizes:
                    self._note(key, gone=True)
            for key, size in after - before:
                if key not in self._sizes:
                    self._note(key)
                self._sizes.add(key, (size, node))

    def copied(self, fold: Fold) -> "FieldSizes":
        """The same for a copy of the fold."""
        copy = FieldSizes.__new__(FieldSizes)
        copy._nodes, copy._sizer, copy._had = fold.nodes, self._sizer, self._had.copy()
        copy._sizes, copy._dimensions = self._sizes.copied(), self._dimensions.copied()
        copy._fields = self._fields.copied()
        return copy

    def fields(self, dimension: str) -> Sequence[str]:
        """The fields that hold quantities of a dimension."""
        return self._fields[dimension]

    def dimensions(self, field: str) -> Sequence[str]:
        """The dimensions of the quantities in a field."""
        return self._dimensions[field]

    @property
    def all_dimensions(self) -> Sequence[str]:
        """The dimensions of all quantities."""
        return self._fields.keys

    def sizes(self, dimension: str, field: str) -> Sequence[tuple[float, str]]:
        """The sizes in a field, the smallest first, each with its node."""
        return self._sizes[(dimension, field)]

    def _sized(self, said: NodeAssertions) -> "frozenset[_Sized]":
        return frozenset(
            ((dimension, field), size)
            for one in said
            if one.item.data
            for field, value in one.item.data.items()
            for dimension, size in self._sizer(field, value)
        )

    def _note(self, key: tuple[str, str], *, gone: bool = False) -> None:
        dimension, field = key
        for table, one, other in ((self._dimensions, field, dimension), (self._fields, dimension, field)):
            if gone:
                table.discard(one, other)
            else:
                table.add(one, other)


def field_index(view: View) -> FieldIndex:
    """The field index of a view's map (of all days), made when first asked for."""
    return view.fold.follower(FieldIndex, lambda: FieldIndex(view.fold))


def field_sizes(view: View, sizer: Sizer) -> FieldSizes:
    """The sizes of the values in the fields of a view's map, made when first asked for; always of the same `sizer`."""
    return view.fold.follower(FieldSizes, lambda: FieldSizes(view.fold, sizer))


def _fields_of(said: NodeAssertions) -> frozenset[str]:
    return frozenset(field for one in said if one.item.data for field in one.item.data)
