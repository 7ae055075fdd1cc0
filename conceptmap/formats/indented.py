"""JSON as `json.dumps(data, ensure_ascii=False, indent=1)` writes it, piece by piece."""

import json
from collections.abc import Iterator
from typing import Any

import msgspec


def indented(value: Any, depth: int = 0) -> Iterator[str]:
    r"""The text of a value; an iterator in it is an array, whose items are made and written one by one.

    >>> print("".join(indented({"days": iter([1, 2]), "none": iter([])})))
    {
     "days": [
      1,
      2
     ],
     "none": []
    }
    """
    if isinstance(value, Iterator):
        yield from _array(value, depth)
    elif isinstance(value, dict) and any(isinstance(one, Iterator) for one in value.values()):
        yield from _object(value, depth)
    else:
        yield _whole(value, depth)


def _array(items: Iterator[Any], depth: int) -> Iterator[str]:
    before = "["
    for item in items:
        yield f"{before}{_line(depth + 1)}"
        yield from indented(item, depth + 1)
        before = ","
    yield "[]" if before == "[" else f"{_line(depth)}]"


def _object(members: dict[str, Any], depth: int) -> Iterator[str]:
    before = "{"
    for name, value in members.items():
        yield f"{before}{_line(depth + 1)}{json.dumps(name, ensure_ascii=False)}: "
        yield from indented(value, depth + 1)
        before = ","
    yield f"{_line(depth)}}}"


def _whole(value: Any, depth: int) -> str:
    # Strings hold no line ends as they are, so all of these are between values. The library's own indenting is slow.
    text = msgspec.json.format(json.dumps(value, ensure_ascii=False), indent=1)
    return text.replace("\n", _line(depth))


def _line(depth: int) -> str:
    return "\n" + " " * depth
