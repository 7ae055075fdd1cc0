"""Names for the parts of a drawing: ids and classes that are safe in DOT, SVG, CSS and Mermaid."""

from conceptmap.draw.picture import Line


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


def node_name(node: str) -> str:
    """The id of a node's box."""
    return "n_" + safe_name(node)


def ghost_name(node: str, group: int) -> str:
    """The id of a box's stand-in in a group."""
    return f"g_{group}_{safe_name(node)}"


def line_name(line: Line) -> str:
    """The id of a line: its ends and its relation."""
    relation = line.relation.name if line.relation else "between"
    return f"e_{safe_name(line.source)}.{word_name(relation)}.{safe_name(line.target)}"


def word_name(word: str) -> str:
    """A kind's or relation's word as part of a class.

    >>> word_name("leads to")
    'leads_to'
    """
    return safe_name(word.lower().replace(" ", "-"))
