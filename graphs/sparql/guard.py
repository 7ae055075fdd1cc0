"""What a query must not contain, found before any parser sees it: parsers crash on deep nesting, and some reach out.

The scan steps over strings, IRIs, comments, variables and names, as Oxigraph's parser does, which
takes keywords without a space between them (`1SERVICE<…>`).
"""

import re
from collections.abc import Iterator

from graphs.rdf.limits import NeverEnds, end_of_long_string
from ontology.errors import InvalidQuery, RefusedQuery

MAX_LENGTH = 50_000
"""Characters: far beyond what people write, and the scan of so many takes a tenth of a second."""

MAX_DEPTH = 100
"""Brackets in brackets. Oxigraph's parser calls itself for each and crashes when its stack ends."""

MAX_OPERATORS = 200
"""Operators in a row, for the same reason: `1+1+1+…` is parsed as deep as it is long."""

MAX_CLAUSES = 200
"""Clauses such as UNION and OPTIONAL, of which the engine makes a tree as deep as they are many."""

_TOKEN = re.compile(
    r"""
      (?P<long>\"{3}|'{3})
    | (?P<string>"(?>(?:[^"\\\n\r]|\\.)*)" | '(?>(?:[^'\\\n\r]|\\.)*)')
    | (?P<lone>["'])
    | (?P<iri><(?>(?:[^\s<>"{}|^`\\]|\\[uU])*)>)
    | (?P<comment>\#(?>[^\n\r]*))
    | (?P<variable>[?$](?>\w+))
    | (?P<language>@(?>[A-Za-z]+(?:-[A-Za-z0-9]+)*))
    | (?P<local>:(?![.\-])(?>(?:[\w:.%\-]|\\[_~.\-!$&'()*+,;=/?\#@%])*)|:)
    | (?P<word>\w(?>[\w\-]*))
    | (?P<open><<|[\[({])
    | (?P<close>>>|[\])}])
    | (?P<separator>[.;,])
    | (?P<operator>&&|\|\||[/|^!+*=<>?\-])
    """,
    re.VERBOSE,
)
_NO_TEXT = re.compile("[\0\ud800-\udfff]")
_SERVICE = re.compile("(?:[0-9][0-9e+-]*|true|false)?service", re.IGNORECASE)
_NAMING = re.compile("graph|from", re.IGNORECASE)
_WRITING = frozenset("LOAD INSERT DELETE CLEAR DROP CREATE ADD MOVE COPY".split())
_CLAUSES = frozenset("UNION OPTIONAL MINUS FILTER BIND GRAPH VALUES SELECT".split())


def check_query(text: str) -> None:
    """Let a query pass, or raise `RefusedQuery` for what would write or reach out, `InvalidQuery` for what is too much.

    >>> check_query('SELECT ?load WHERE { ?load ?p "SERVICE" } # LOAD')
    >>> check_query("SELECT * { SERVICE <http://example.com/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    ontology.errors.RefusedQuery: SERVICE is not allowed: a query reads this map only; leave it out
    """
    if len(text) > MAX_LENGTH:
        raise InvalidQuery(f"the query has {len(text):,} characters, over the limit of {MAX_LENGTH:,}; make it shorter")
    if found := _NO_TEXT.search(text):
        raise InvalidQuery(f"the query holds the character U+{ord(found[0]):04X}; remove it")
    try:
        _check_tokens(text)
    except NeverEnds as error:
        raise InvalidQuery("the string that begins here never ends; close it", *error.place_in(text)) from error


def names_graphs(text: str) -> bool:
    """Whether a query that has passed may name graphs; a word that only looks so is taken for one.

    >>> names_graphs("SELECT * FROM <days/2> { ?s ?p ?o }"), names_graphs("SELECT ?graph { ?graph a <x:from> }")
    (True, False)
    """
    return any(kind == "word" and _NAMING.search(token) for kind, token in _tokens(text))


def _check_tokens(text: str) -> None:
    operators = [0]
    clauses = 0
    for kind, token in _tokens(text):
        match kind:
            case "word":
                _refuse_word(token)
                clauses += token.upper() in _CLAUSES
            case "open":
                operators.append(0)
            case "close":
                operators = operators[:-1] or [0]
            case "separator":
                operators[-1] = 0
            case "operator":
                operators[-1] += 1
        _check(len(operators) - 1, MAX_DEPTH, "nested {} deep")
        _check(operators[-1], MAX_OPERATORS, "an expression or path of {} operators")
        _check(clauses, MAX_CLAUSES, "{} clauses")


def _refuse_word(word: str) -> None:
    if _SERVICE.match(word):
        raise RefusedQuery("SERVICE is not allowed: a query reads this map only; leave it out")
    if word.upper() in _WRITING:
        raise RefusedQuery(f"{word.upper()} is not allowed: SPARQL here only reads; write with PUT or POST on the days")


def _check(count: int, limit: int, what: str) -> None:
    if count > limit:
        raise InvalidQuery(f"the query has {what.format(f'more than {limit}')}; make it simpler")


def _tokens(text: str) -> Iterator[tuple[str, str]]:
    at = 0
    while found := _TOKEN.search(text, at):
        at, kind = found.end(), str(found.lastgroup)
        if kind == "long":
            at = end_of_long_string(found[0], text, at)
        elif kind == "lone":
            raise NeverEnds(found.start())
        elif kind == "iri":
            # `?a<(?b>` is no IRI but two comparisons: brackets in it count, a true IRI has them in pairs.
            yield from (("open" if bracket in "([" else "close", bracket) for bracket in found[0] if bracket in "()[]")
        else:
            yield kind, found[0]
