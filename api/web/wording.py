"""How the page words what the question service understood."""

import re
from dataclasses import dataclass
from typing import Any

from conceptmap.ask import Answer, Candidate, Found

_SAID = re.compile(r"^'(.+?)' can mean")


@dataclass(frozen=True, slots=True)
class Understood:
    """One thing that was understood; `node` is the id of the node that it is."""

    name: str
    words: str
    node: str | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """A dimension of a comparison: the value of each side, and where they are said."""

    dimension: str
    values: tuple[str, str]
    found: Found


def understood(answer: Answer) -> list[Understood]:
    """What was understood, piece by piece.

    >>> understood(Answer("", "answered", "", {"intent": "relation", "of": {"id": "a", "label": "A"}, "chain": True}))
    [Understood(name='of', words='A', node='a'), Understood(name='chain', words='step by step', node=None)]
    """
    return [piece for name, value in answer.understood.items() if name != "intent" for piece in _pieces(name, value)]


def compared(answer: Answer) -> tuple[tuple[str, str], list[Row]] | None:
    """The answer as a table, if it compares two nodes."""
    of = answer.understood.get("of")
    if answer.understood.get("intent") != "compare" or not isinstance(of, list) or len(of) != 2:
        return None
    heads = (str(of[0]["label"]), str(of[1]["label"]))
    rows: dict[str, list[Found]] = {}
    for one in answer.answers:
        rows.setdefault(one.dimension or "", []).append(one)
    return heads, [Row(name, _sides(heads, found), found[0]) for name, found in rows.items()]


def question_with(answer: Answer, candidate: Candidate) -> str | None:
    """The question again with one of the nodes that may have been meant, where its words can be put in their place."""
    said = _SAID.match(answer.sentence)
    if said is None:
        return None
    again, count = re.subn(re.escape(said[1]), lambda _: candidate.label, answer.question, count=1, flags=re.IGNORECASE)
    return again if count else None


def _sides(heads: tuple[str, str], found: list[Found]) -> tuple[str, str]:
    first, second = ("; ".join(one.label for one in found if one.of == head) for head in heads)
    return first, second


def _pieces(name: str, value: Any) -> list[Understood]:
    if isinstance(value, dict):
        return [Understood(name, str(value.get("label", value.get("id", ""))), value.get("id"))]
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [piece for one in value for piece in _pieces(name, one)]
    if name == "days" and isinstance(value, list):
        first, last = value[0], value[-1]
        return [Understood("day" if first == last else "days", str(first) if first == last else f"{first} to {last}")]
    if isinstance(value, bool):
        return [Understood(name, "step by step" if name == "chain" else "yes")] if value else []
    words = ", ".join(map(str, value)) if isinstance(value, list) else str(value)
    return [Understood(name, words)] if words and value is not None else []
