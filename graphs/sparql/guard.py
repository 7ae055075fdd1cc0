"""What a query must not contain, found before any parser sees it: parsers crash on deep nesting, and some reach out."""

import re
from collections.abc import Iterator
from itertools import islice

from graphs.rdf.limits import NeverEnds
from graphs.sparql.scan import Token, place, tokens
from ontology.errors import InvalidQuery, RefusedQuery

MAX_LENGTH = 1_000_000
"""Characters: a VALUES of five thousand addresses, as programs send them, has half as many."""

MAX_TOKENS = 50_000
"""Words and signs, which the scan reads in a fifth of a second: five thousand rows of five columns have 35,000."""

MAX_DEPTH = 100
"""Brackets in brackets. Oxigraph's parser calls itself for each and crashes when its stack ends."""

MAX_OPERATORS = 200
"""Operators in a row, for the same reason: `1+1+1+…` is parsed as deep as it is long."""

MAX_CLAUSES = 200
"""Clauses such as UNION and OPTIONAL, and computed columns: the engine makes a tree as deep as they are many."""

MAX_OUTER = 1000
"""Names and groups outside all brackets: a DESCRIBE of three thousand crashes the engine, and so does a long HAVING."""

_NO_TEXT = re.compile("[\0\ud800-\udfff]")
_BRACKETS = re.compile(r"[()\[\]]")
_SERVICE = re.compile("(?:[0-9][0-9e+-]*|true|false)?service", re.IGNORECASE)
_NAMING = re.compile("graph|from", re.IGNORECASE)
_WRITING = frozenset("LOAD INSERT DELETE CLEAR DROP CREATE ADD MOVE COPY".split())
_CLAUSES = frozenset("UNION OPTIONAL MINUS FILTER AS GRAPH VALUES SELECT".split())


def check_query(text: str) -> None:
    """Let a query pass, or raise `RefusedQuery` for what would write or reach out, `InvalidQuery` for what is too much.

    >>> check_query('SELECT ?load WHERE { ?load load:of "SERVICE" } # LOAD')
    >>> check_query("SELECT * { SERVICE <http://example.com/> { ?s ?p ?o } }")
    Traceback (most recent call last):
    ontology.errors.RefusedQuery: SERVICE is not allowed: a query reads this map only; leave it out
    """
    if len(text) > MAX_LENGTH:
        raise InvalidQuery(f"the query has {len(text):,} characters, over the limit of {MAX_LENGTH:,}; make it shorter")
    if found := _NO_TEXT.search(text):
        raise InvalidQuery(
            f"the query holds the character U+{ord(found[0]):04X}; remove it", *place(text, found.start())
        )
    try:
        _check_tokens(text)
    except NeverEnds as error:
        raise InvalidQuery("the string that begins here never ends; close it", *error.place_in(text)) from error


def names_graphs(text: str) -> bool:
    """Whether a query that has passed may name graphs; a word that only looks so is taken for one.

    >>> names_graphs("SELECT * FROM <days/2> { ?s ?p ?o }"), names_graphs("SELECT ?graph { ?graph a <x:from> }")
    (True, False)
    """
    return any(
        _NAMING.search(token.text if token.kind == "word" else token.text.partition(":")[0])
        for token in tokens(text)
        if token.kind in ("word", "name")
    )


def _check_tokens(text: str) -> None:
    operators = [0]
    clauses = outer = count = 0
    former = Token("", "", 0)
    for token in _seen(text):
        kind, word = token.kind, token.text
        count += 1
        if kind == "separator":
            operators[-1] = 0
        elif kind == "operator":
            operators[-1] += 1
            _check(operators[-1], MAX_OPERATORS, "an expression or path of {} operators")
        elif kind == "open":
            if former.kind == "name" and "service" in former.text.partition(":")[0].lower():
                _refuse_service()  # `SERVICE:x {` is a keyword and a name, where the empty prefix is declared
            operators.append(0)
            _check(len(operators) - 1, MAX_DEPTH, "brackets nested {} deep")
        elif kind == "close":
            operators = operators[:-1] or [0]
        elif kind == "word":
            _refuse_word(word)
            clauses += word.upper() in _CLAUSES
            _check(clauses, MAX_CLAUSES, "{} clauses")
        if len(operators) == 1 and kind in ("iri", "name", "close"):
            outer += 1
            _check(outer, MAX_OUTER, "{} names and groups outside its braces")
        former = token
    _check(count, MAX_TOKENS, "{} words and signs")


def _seen(text: str) -> Iterator[Token]:
    """The tokens, and the brackets in what looks like an IRI.

    `?a<(?b>` is no IRI but two comparisons: brackets in it count, a true IRI has them in pairs.
    """
    for token in islice(tokens(text), MAX_TOKENS + 1):
        yield token
        if token.kind == "iri":
            for bracket in _BRACKETS.findall(token.text):
                yield Token("open" if bracket in "([" else "close", bracket, token.at)


def _refuse_word(word: str) -> None:
    if _SERVICE.match(word):
        _refuse_service()
    if word.upper() in _WRITING:
        raise RefusedQuery(f"{word.upper()} is not allowed: SPARQL here only reads; write with PUT or POST on the days")


def _refuse_service() -> None:
    raise RefusedQuery("SERVICE is not allowed: a query reads this map only; leave it out")


def _check(count: int, limit: int, what: str) -> None:
    if count > limit:
        raise InvalidQuery(f"the query has {what.format(f'more than {limit:,}')}; make it simpler")
