"""The words and signs of a query, one after the other, as Oxigraph's parser sees them but without its recursion.

Strings, IRIs, comments, variables and names are stepped over as wholes. That parser takes keywords without a space
between them (`1SERVICE<…>`), so a word may hold several.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple

from graphs.rdf.limits import NeverEnds, end_of_long_string

# Loops are atomic groups, and of what stands before a name's colon at most four pieces are looked at, so that a scan
# takes a time that grows with the text and no faster.
_TOKEN = re.compile(
    r"""
    (?>[ \t\r\n]*)(?:
      (?P<long>\"{3}|'{3})
    | (?P<string>"(?>(?:[^"\\\n\r]+|\\.)*)" | '(?>(?:[^'\\\n\r]+|\\.)*)')
    | (?P<lone>["'])
    | (?P<iri><(?>(?:[^\s<>"{}|^`\\]+|\\[uU])*)>)
    | (?P<comment>\#(?>[^\n\r]*))
    | (?P<variable>[?$](?>\w+))
    | (?P<language>@(?>[A-Za-z]+(?:-[A-Za-z0-9]+)*))
    | (?P<name>(?:_|[^\W\d_](?>[\w\-]*)(?>(?:\.+[\w\-]+){0,3}))?:
        (?:(?![.\-])(?>(?:[^\s<>"'{}()\[\]|^`\\,;?$\#&*+/=!~@]+|\\[_~.\-!$&'()*+,;=/?\#@%])*)|))
    | (?P<word>\w(?>[\w\-]*))
    | (?P<open><<|[\[({])
    | (?P<close>>>|[\])}])
    | (?P<separator>[.;,])
    | (?P<operator>&&|\|\||[/|^!+*=<>?\-])
    | (?P<other>\S|\s)
    )
    """,
    re.VERBOSE,
)


class Token(NamedTuple):
    """A word or sign: what it is (the name of its group above), how it is written, and the index where it begins."""

    kind: str
    text: str
    at: int


def tokens(text: str) -> Iterator[Token]:
    """The words and signs of a query; comments are left out. Raises `NeverEnds` where a string has no end.

    >>> [token.text for token in tokens("ASK { ?s ex:of 'a b' } # so")]
    ['ASK', '{', '?s', 'ex:of', "'a b'", '}']
    """
    at = 0
    while found := _TOKEN.match(text, at):
        kind, at = str(found.lastgroup), found.end()
        begins = found.start(kind)
        if kind == "long":
            at = end_of_long_string(found[kind], text, at)
            kind = "string"
        elif kind == "lone":
            raise NeverEnds(begins)
        if kind != "comment":
            yield Token(kind, text[begins:at], begins)


def place(text: str, at: int) -> tuple[int, int]:
    r"""The line and column, both from 1, of an index in a text.

    >>> place("ASK {\n  ?s", 8)
    (2, 3)
    """
    return text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
