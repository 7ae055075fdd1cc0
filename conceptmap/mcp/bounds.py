"""Answers of bounded size: a model reads all that it is given, and clients cut or refuse what is too long.

The protocol has no pages for what a tool answers, so each answer is cut here: lists end with an item that says how many
more there are and where, long texts end with "…".
"""

import json
from collections.abc import Mapping, Sequence
from itertools import chain
from math import inf

from pydantic import JsonValue

TOKEN = 4
"""Bytes that count as a token."""
MOST_TOKENS = 8_000
"""Tokens that an answer may have when it is asked for them: some clients cut at 25,000, for all answers of a turn."""
FEW_TOKENS = 2_000
"""Tokens that an answer has otherwise: some eight answers with their texts and citations."""
LEAST_TOKENS = 500
"""Fewer have no room for the fields that every answer has, and the places where it goes on."""
LONGEST_ADDRESS = 300
"""Characters of an address in an answer; of a longer one, which holds a long question, only the number is said."""

_SEPARATOR = 2
"""Bytes between two items, and between a key and its value."""
_SHORT = 60
"""Bytes of a text that are kept in any case."""
_SMALL = 500
"""Bytes that are kept for a mapping in any case: its keys, and that there is more of its lists."""


def size(value: JsonValue, enough: float = inf) -> int:
    """Bytes of a value as JSON at most, whatever spaces and escapes it is written with.

    Counting ends where it is more than enough: what is left out may be a thousand times what is told.
    """
    if not isinstance(value, list | Mapping):
        return len(json.dumps(value))
    total = _SEPARATOR
    items = value if isinstance(value, list) else chain.from_iterable(value.items())
    for one in items:
        total += size(one, enough - total) + _SEPARATOR
        if total > enough:
            break
    return total


def fitted(value: JsonValue, most: int, address: str) -> JsonValue:
    """The value in at most so many bytes; what is left out of a list is at the address.

    >>> fitted(["yeast", "salt", "flour", "water", "sugar", "butter", "eggs", "milk"], 70, "map://bread")
    ['yeast', 'salt', 'flour', {'more': 5, 'resource': 'map://bread'}]
    """
    if size(value, most) <= most or _is_plain(value):
        return value
    if isinstance(value, str):
        return _cut(value, most)
    if isinstance(value, Mapping):
        return _fitted_mapping(value, most, address)
    assert isinstance(value, list)
    return _fitted_list(value, most, address)


def _is_plain(value: JsonValue) -> bool:
    """Whether it is a number, nothing, or a pair of lines: never cut."""
    if isinstance(value, list):
        return len(value) <= 2 and all(one is None or isinstance(one, int | float) for one in value)
    return not isinstance(value, str | dict)


def _cut(text: str, most: int) -> str:
    """The beginning of a text."""
    length = len(text)
    while length and (taken := size(text[:length] + "…")) > most:
        length = min(length - 1, length * most // taken)
    return text[:length] + "…" if length else ""


def _fitted_list(items: Sequence[JsonValue], most: int, address: str) -> JsonValue:
    """The first items, in their order, and how many there are besides. An item alone is cut where it has no room."""
    kept: list[JsonValue] = []
    reserve = size(_more(len(items), address)) + _SEPARATOR
    left = most - _SEPARATOR - reserve
    for item in items:
        taken = size(item, left) + _SEPARATOR
        if taken > left:
            if not kept and left > _SMALL:
                kept.append(fitted(item, left - _SEPARATOR, address))
            break
        kept.append(item)
        left -= taken
    rest = len(items) - len(kept)
    return [*kept, _more(rest, address)] if rest and left >= 0 else kept


def _more(count: int, address: str) -> JsonValue:
    if len(address) > LONGEST_ADDRESS:
        return {"more": count}
    return {"more": count, "resource": address}


def _fitted_mapping(value: Mapping[str, JsonValue], most: int, address: str) -> JsonValue:
    """Every key with at least the least of its value, texts before lists, lists in their order; else the first keys."""
    least = {key: size(key) + 2 * _SEPARATOR + _least(one, address) for key, one in value.items()}
    while sum(least.values()) + _SEPARATOR > most and least:
        least.popitem()
    left = most - _SEPARATOR - sum(least.values())
    made: dict[str, JsonValue] = {}
    for key in sorted(least, key=lambda one: isinstance(value[one], list | Mapping)):
        room = left // 2 if isinstance(value[key], str) else left
        own = _least(value[key], address)
        made[key] = fitted(value[key], own + room, address)
        left -= size(made[key]) - own
    return {key: made[key] for key in value if key in made}


def _least(value: JsonValue, address: str) -> int:
    """Bytes that a value gets in any case."""
    if _is_plain(value):
        return size(value)
    if isinstance(value, str):
        return min(size(value, _SHORT), _SHORT)
    if isinstance(value, Mapping):
        inner = sum(size(key) + 2 * _SEPARATOR + _least(one, address) for key, one in value.items())
        return min(size(value, _SMALL), _SEPARATOR + inner, _SMALL)
    assert isinstance(value, list)
    least = 2 * _SEPARATOR + size(_more(len(value), address))
    return min(size(value, least), least)
