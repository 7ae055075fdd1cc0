"""How the page words what the question service understood."""

from collections.abc import Mapping
from dataclasses import dataclass

from conceptmap.ask import Answer, Days, Found, Piece


@dataclass(frozen=True, slots=True)
class UnderstoodPiece:
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


def understood(answer: Answer) -> list[UnderstoodPiece]:
    """What was understood, piece by piece.

    >>> from conceptmap.ask import NodeName, Understood
    >>> asked = Understood("relation", (Piece("of", NodeName("a", "A")), Piece("chain", True)))
    >>> understood(Answer("", "answered", "", asked))
    [UnderstoodPiece(name='of', words='A', node='a'), UnderstoodPiece(name='chain', words='step by step', node=None)]
    """
    if answer.understood is None:
        return []
    ignored = Piece("ignored", answer.understood.ignored)
    return [shown for piece in (*answer.understood.pieces, ignored) for shown in _shown(piece)]


def compared(answer: Answer) -> tuple[tuple[str, str], list[Row]] | None:
    """The answer as a table, if it compares two nodes."""
    if answer.understood is None or answer.understood.intent != "compare" or len(answer.understood.about) != 2:
        return None
    first, second = answer.understood.about
    heads = (first.label, second.label)
    rows: dict[str, list[Found]] = {}
    for one in answer.answers:
        rows.setdefault(one.dimension or "", []).append(one)
    return heads, [Row(name, _sides(heads, found), found[0]) for name, found in rows.items()]


def _sides(heads: tuple[str, str], found: list[Found]) -> tuple[str, str]:
    first, second = ("; ".join(one.label for one in found if one.of == head) for head in heads)
    return first, second


def _shown(piece: Piece) -> list[UnderstoodPiece]:
    name, meant = piece.name, piece.meant
    if piece.nodes:
        return [UnderstoodPiece(name, node.label, node.id) for node in piece.nodes]
    if isinstance(meant, Days):
        if meant.first == meant.last:
            return [UnderstoodPiece("day", str(meant.first))]
        return [UnderstoodPiece("days", f"{meant.first} to {meant.last}")]
    if isinstance(meant, bool):
        return [UnderstoodPiece(name, "step by step" if name == "chain" else "yes")] if meant else []
    values = meant.values() if isinstance(meant, Mapping) else meant if isinstance(meant, tuple) else (meant,)
    words = ", ".join(map(str, values))
    return [UnderstoodPiece(name, words)] if words else []
