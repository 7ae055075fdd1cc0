"""How large and how deeply nested a text may be: checked before a parser sees it, since a parser may crash on it."""

import re
from collections.abc import Iterator

from ontology.errors import InvalidDocument, Problem

MAX_BYTES = 10_000_000
MAX_DEPTH = 100

# Strings, IRIs, comments and escaped signs of names are stepped over, brackets counted. Loops are atomic groups:
# before CPython 3.11.5 a possessive quantifier goes wrong where its body can fail half-way (python/cpython#106052).
_TOKEN = re.compile(
    r"""
      \\.
    | \"{3} | '{3}
    | "(?>(?:[^"\\\n\r]|\\.)*)" | '(?>(?:[^'\\\n\r]|\\.)*)'
    | (?P<lone>["'])
    | <(?>(?:[^\s<>"{}|^`\\]|\\[uU])*)>
    | \#(?>[^\n\r]*)
    | << | >> | [\[\](){}]
    """,
    re.VERBOSE,
)
_LONG_END = {
    '"""': re.compile(r'(?>(?:[^"\\]|\\.|"{1,2}(?!"))*)"""', re.DOTALL),
    "'''": re.compile(r"(?>(?:[^'\\]|\\.|'{1,2}(?!'))*)'''", re.DOTALL),
}
"""How a string that begins with three quotes goes on to its end."""
_STEP = {**dict.fromkeys(("[", "(", "{", "<<"), 1), **dict.fromkeys(("]", ")", "}", ">>"), -1)}


def checked_text(data: bytes, source: str) -> str:
    """The bytes as text. Raises `InvalidDocument` where they are too many or not UTF-8."""
    if len(data) > MAX_BYTES:
        raise InvalidDocument([Problem(file=source, what=f"{len(data):,} bytes, over the limit of {MAX_BYTES:,}")])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        column = error.start - data.rfind(b"\n", 0, error.start)
        problem = Problem(file=source, line=line, column=column, what="not UTF-8", hint="save it as UTF-8")
        raise InvalidDocument([problem]) from error


class NeverEnds(ValueError):
    """A string that begins at this index of a text, and has no end: what follows it cannot be told apart."""

    def __init__(self, at: int) -> None:
        super().__init__(f"the string that begins at index {at} never ends")
        self.at = at

    def place_in(self, text: str) -> tuple[int, int]:
        """The line and column (from 1) at which the string begins in its text."""
        return text.count("\n", 0, self.at) + 1, self.at - text.rfind("\n", 0, self.at)


def end_of_long_string(quotes: str, text: str, at: int) -> int:
    """The index behind a string whose three opening quotes end at `at`. Raises `NeverEnds`."""
    closed = _LONG_END[quotes].match(text, at)
    if closed is None:
        raise NeverEnds(at - len(quotes))
    return closed.end()


def check_turtle(text: str, source: str) -> None:
    """Let Turtle or TriG pass whose brackets are nested at most `MAX_DEPTH` deep.

    Raises `InvalidDocument` where they are deeper, or where a string never ends, so that brackets cannot be counted.
    """
    try:
        check_depth(turtle_depth(text), source)
    except NeverEnds as error:
        line, column = error.place_in(text)
        what, hint = "the string that begins here never ends", "close it; a line break needs three quotes"
        raise InvalidDocument([Problem(file=source, line=line, column=column, what=what, hint=hint)]) from error


def turtle_depth(text: str) -> int:
    """How deeply brackets are nested in Turtle, outside strings, IRIs and comments. Raises `NeverEnds`.

    >>> turtle_depth('<a> <b> [ <c> ( "[[[" <[> ) ] . # [[')
    2
    """
    deepest = depth = 0
    for token in _tokens(text):
        depth += _STEP.get(token, 0)
        deepest = max(deepest, depth)
    return deepest


def check_depth(depth: int, source: str) -> None:
    """Raise `InvalidDocument` where a text is nested too deeply."""
    if depth > MAX_DEPTH:
        raise InvalidDocument([Problem(file=source, what=f"nested more than {MAX_DEPTH} deep", hint="make it flatter")])


def _tokens(text: str) -> Iterator[str]:
    at = 0
    while found := _TOKEN.search(text, at):
        token, at = found[0], found.end()
        if token in _LONG_END:
            at = end_of_long_string(token, text, at)
        elif found.lastgroup == "lone":
            raise NeverEnds(found.start())
        else:
            yield token
