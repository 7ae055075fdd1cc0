"""How a node's label reads on a drawing: with its gist, wrapped to lines, never longer than a box can hold."""

from collections.abc import Callable, Iterator
from functools import cache
from unicodedata import category, east_asian_width

from rich.cells import cell_len

from graphs.view import UNDATED, FoldedNode, View
from ontology.model import unsafe_character
from ontology.terms import CLAIM

LINE_WIDTH = 28
"""Columns of a line of a label: four or five words, so that most labels are one or two lines."""
MAX_LINES = 6
"""Lines of a label: longer ones are read in the node's title or on its card."""
_NARROW = frozenset(" iljtfrI.,:;'|!()[]{}/\\-·`")
"""Characters of about 0.4 of the font size; most letters take 0.64, capitals 0.77."""

_WIDE = frozenset("mwMW@%—…")
_COMBINING = frozenset({"Mn", "Me", "Cf"})


def drawn_label(node: FoldedNode) -> str:
    """The label; a Claim that has a short gist shows it behind a colon."""
    gist = node.data.get("gist")
    if node.kind != CLAIM or not isinstance(gist, str) or not gist.strip() or unsafe_character(gist):
        return node.label
    return f"{node.label}: {' '.join(gist.split())}"


def standing(view: View) -> str:
    """When a view stands, in words.

    >>> from graphs.view import View
    >>> from ontology.vocabulary import read_vocabulary
    >>> vocabulary = read_vocabulary()
    >>> standing(View.of((), vocabulary).up_to(3)), standing(View.of((), vocabulary))
    ('as of day 3', 'yet')
    """
    when = None if view.day is None else view.day_in_words(view.day)
    return f"as of {when}" if when and when != UNDATED.lower() else "yet"


def breadth(text: str) -> float:
    """How wide a line is, in units of the font size, in DejaVu Sans: the widest font that is likely to be there.

    >>> round(breadth("ill"), 2), round(breadth("mmm"), 2), round(breadth("面包"), 2)
    (1.23, 3.0, 2.04)
    """
    return sum(map(_advance, text))


@cache
def _advance(char: str) -> float:
    if char in _NARROW:
        return 0.41
    if char in _WIDE:
        return 1.0
    if char.isascii():
        return 0.77 if char.isupper() else 0.85 if char in "=+<>" else 0.64
    if category(char) in _COMBINING:
        return 0.0
    return 1.02 if east_asian_width(char) in "WF" else 0.84


def wrapped(
    text: str, width: float = LINE_WIDTH, most: int = MAX_LINES, measure: Callable[[str], float] = cell_len
) -> list[str]:
    """The text in lines of at most `width` columns and of about the same length, broken between words if possible.

    Past `most` lines it ends in an ellipsis. `measure` says how wide a text is, where columns are not the measure.

    >>> wrapped("Compression is understanding", 20)
    ['Compression is', 'understanding']
    >>> wrapped("one two three four", 5, 2)
    ['one', 'two…']
    """
    words = [piece for word in text.split() for piece in _pieces(word, width, measure)]
    sizes, gap = [measure(word) for word in words], measure(" ")
    count = len(_ends(sizes, width, gap))
    if count > most:
        kept = [*_joined(words, _ends(sizes, width, gap)[:most])]
        return [*kept[:-1], _shortened(kept[-1], width, measure)]
    if count > 1:
        width = _narrowest(sizes, width, gap, count)
    return [*_joined(words, _ends(sizes, width, gap))]


def _narrowest(sizes: list[float], width: float, gap: float, count: int) -> float:
    """About the least width at which there are no more lines, so that they are of about the same length."""
    least = max(*sizes, sum(sizes) / count)
    steps = (least + (width - least) * step / 12 for step in range(12))
    return next((one for one in steps if len(_ends(sizes, one, gap)) == count), width)


def _ends(sizes: list[float], width: float, gap: float) -> list[int]:
    """Behind which word each line ends, when each is filled as far as it goes."""
    ends: list[int] = []
    used = 0.0
    for i, size in enumerate(sizes):
        if used and used + gap + size > width:
            ends.append(i)
            used = size
        else:
            used += size + (gap if used else 0)
    return [*ends, len(sizes)]


def _joined(words: list[str], ends: list[int]) -> Iterator[str]:
    for start, end in zip([0, *ends], ends, strict=False):
        yield " ".join(words[start:end])


def _shortened(line: str, width: float, measure: Callable[[str], float]) -> str:
    while line and measure(line + "…") > width:
        line = line[:-1]
    return line.rstrip() + "…"


def _pieces(word: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """A word cut into pieces that fit a line; marks stay with the letter that they stand on."""
    if measure(word) <= width:
        return [word]
    pieces = [""]
    for char in word:
        if pieces[-1] and measure(pieces[-1] + char) > width and measure(char) > 0:
            pieces.append("")
        pieces[-1] += char
    return pieces


def safe_name(text: str) -> str:
    """ASCII letters, digits and `_` that stand for a text; two texts never share a name.

    A hyphen becomes `_`, any other character (and a second hyphen in a row) its code between `__` and `_`.

    >>> safe_name("bitter-lesson"), safe_name("a_b"), safe_name("面")
    ('bitter_lesson', 'a__5f_b', '__9762_')
    """
    if text.isascii() and "_" not in text and "--" not in text and text.replace("-", "").isalnum():
        return text.replace("-", "_")
    return "".join(_safe(char, before) for before, char in zip(" " + text, text, strict=False))


def _safe(char: str, before: str) -> str:
    if char.isascii() and char.isalnum():
        return char
    return "_" if char == "-" and before != "-" else f"__{ord(char):x}_"


def word_name(word: str) -> str:
    """A kind's or relation's word as part of a class.

    >>> word_name("leads to")
    'leads_to'
    """
    return safe_name(word.lower().replace(" ", "-"))
