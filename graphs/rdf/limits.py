"""How large and how deeply nested a text may be: checked before a parser sees it, since a parser may crash on it."""

import re
from collections.abc import Iterator

from ontology.errors import InvalidDocument, Problem

MAX_BYTES = 10_000_000
MAX_DEPTH = 100

# Strings, IRIs and comments are stepped over, brackets counted. Every alternative is linear and possessive.
_TOKEN = re.compile(
    r'"""|\'\'\'|"(?:[^"\\\n\r]|\\.)*+"|\'(?:[^\'\\\n\r]|\\.)*+\'|<[^\s<>"{}|^`\\]*+>|#[^\n\r]*+|<<|>>|[\[\](){}]'
)
LONG_END = {
    '"""': re.compile(r'(?:[^"\\]|\\.|"{1,2}(?!"))*+"""', re.DOTALL),
    "'''": re.compile(r"(?:[^'\\]|\\.|'{1,2}(?!'))*+'''", re.DOTALL),
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


def turtle_depth(text: str) -> int:
    """How deeply brackets are nested in Turtle, outside strings, IRIs and comments.

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
        at = found.end()
        if long_end := LONG_END.get(found[0]):
            if (closed := long_end.match(text, at)) is None:
                return  # the string never ends: the parser will say so
            at = closed.end()
        else:
            yield found[0]
