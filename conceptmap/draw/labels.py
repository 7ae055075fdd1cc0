"""How a node's label reads on a drawing: with its gist, wrapped to lines, never longer than a box can hold."""

from collections.abc import Iterator
from unicodedata import combining, east_asian_width

from graphs.view import FoldedNode, View
from ontology.model import unsafe_character
from ontology.terms import CLAIM

LINE_WIDTH = 28
MAX_LINES = 6


def drawn_label(node: FoldedNode) -> str:
    """The label; a Claim that has a short gist shows it behind a colon."""
    gist = node.data.get("gist")
    if node.kind != CLAIM or not isinstance(gist, str) or not gist.strip() or unsafe_character(gist):
        return node.label
    return f"{node.label}: {' '.join(gist.split())}"


def standing(view: View) -> str:
    """When a view stands, in words.

    >>> from graphs.fold import Fold
    >>> from ontology.vocabulary import read_vocabulary
    >>> vocabulary = read_vocabulary()
    >>> standing(View(Fold(vocabulary), vocabulary, as_of=3)), standing(View(Fold(vocabulary), vocabulary))
    ('as of day 3', 'yet')
    """
    return "yet" if view.day is None else f"as of day {view.day}"


def columns(text: str) -> int:
    """How many columns of Latin text a text is as wide as.

    >>> columns("bread"), columns("面包")
    (5, 4)
    """
    if text.isascii():
        return len(text)
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


def wrapped(text: str, width: int = LINE_WIDTH, most: int = MAX_LINES) -> list[str]:
    """The text in lines of at most `width` columns and of about the same length, broken between words if possible.

    Past `most` lines it ends in an ellipsis.

    >>> wrapped("Compression is understanding", 20)
    ['Compression is', 'understanding']
    >>> wrapped("one two three four", 5, 2)
    ['one', 'two…']
    """
    words = [piece for word in text.split() for piece in _pieces(word, width)]
    sizes = [columns(word) for word in words]
    count = len(_ends(sizes, width))
    if count > most:
        kept = [*_joined(words, _ends(sizes, width)[:most])]
        return [*kept[:-1], kept[-1][: width - 1].rstrip() + "…"]
    if count > 1:
        least = max(*sizes, sum(sizes) // count)
        width = next((one for one in range(least, width) if len(_ends(sizes, one)) == count), width)
    return [*_joined(words, _ends(sizes, width))]


def _ends(sizes: list[int], width: int) -> list[int]:
    """Behind which word each line ends, when each is filled as far as it goes."""
    ends: list[int] = []
    used = 0
    for i, size in enumerate(sizes):
        if used and used + 1 + size > width:
            ends.append(i)
            used = size
        else:
            used += size + bool(used)
    return [*ends, len(sizes)]


def _joined(words: list[str], ends: list[int]) -> Iterator[str]:
    for start, end in zip([0, *ends], ends, strict=False):
        yield " ".join(words[start:end])


def _pieces(word: str, width: int) -> list[str]:
    """A word cut into pieces that fit a line."""
    if columns(word) <= width:
        return [word]
    pieces = [""]
    for char in word:
        if columns(pieces[-1] + char) > width:
            pieces.append("")
        pieces[-1] += char
    return pieces
