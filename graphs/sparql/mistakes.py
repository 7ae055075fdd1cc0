"""What is wrong with a query, in plain words: what Oxigraph's parser says is mostly what could have stood there.

A query that does not parse is read once more, by words and signs alone, for the mistakes that people make; where none
of them is found, the parser's own words stay.
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

from graphs.rdf.iris import PREFIXES
from graphs.sparql.scan import Token, place, tokens
from ontology.hints import meant, nearest

MAX_MESSAGE = 200
"""Characters of a parser's message that are passed on: it may name a hundred things that could have stood there."""

_PLACE = re.compile(r"error at (\d+):(\d+): ", re.ASCII)
_NO_FUNCTION = re.compile("The custom function <(.*)> is not supported", re.DOTALL)
_WRONG_COUNT = re.compile("The custom function (<.*>) requires between (.*) and (.*) arguments, but (.*) were given")
_RIDDLES = re.compile(r"(expected )?(one of )?(\[_\]|<unreported>)")
_SCHEMES = ("http", "https", "urn", "file", "mailto")
_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_ALL_FORMS = "SELECT, ASK, CONSTRUCT or DESCRIBE"
_PAIRS = {")": "(", "]": "[", "}": "{"}
_KNOWN = {
    **PREFIXES,
    "dc": "http://purl.org/dc/elements/1.1/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "schema": "http://schema.org/",
}
"""What prefixes that people leave out mostly stand for."""
_QUOTES = dict.fromkeys("“”„‟«»‘’‚‛`´", "quotes in SPARQL are \" and '")

_AGGREGATES = frozenset("COUNT SUM MIN MAX AVG SAMPLE GROUP_CONCAT".split())
_MANY = 1_000_000
_FUNCTIONS: dict[str, tuple[int, int]] = {
    **dict.fromkeys("NOW RAND STRUUID UUID".split(), (0, 0)),
    "BNODE": (0, 1),
    **dict.fromkeys(
        """ABS BOUND CEIL DATATYPE DAY ENCODE_FOR_URI FLOOR HASLANG HASLANGDIR HOURS IRI ISBLANK ISIRI ISLITERAL
        ISNUMERIC ISTRIPLE ISURI LANG LANGDIR LCASE MD5 MINUTES MONTH OBJECT PREDICATE ROUND SECONDS SHA1 SHA256 SHA384
        SHA512 STR STRLEN SUBJECT TIMEZONE TZ UCASE URI YEAR""".split(),
        (1, 1),
    ),
    **dict.fromkeys(_AGGREGATES, (1, 1)),
    **dict.fromkeys(
        "ADJUST CONTAINS LANGMATCHES SAMETERM STRAFTER STRBEFORE STRDT STRENDS STRLANG STRSTARTS".split(), (2, 2)
    ),
    **dict.fromkeys("IF STRLANGDIR TRIPLE".split(), (3, 3)),
    **dict.fromkeys("REGEX SUBSTR".split(), (2, 3)),
    "REPLACE": (3, 4),
    **dict.fromkeys("COALESCE CONCAT".split(), (0, _MANY)),
}
"""How many values each function takes (SPARQL 1.1, 17.4, and those that Oxigraph has of 1.2)."""
_BEFORE_BRACKETS = frozenset("A AS ASC BIND BY DESC DISTINCT EXISTS FILTER HAVING IN NOT REDUCED SELECT VALUES".split())
"""Words that stand before a bracket and are no functions."""

_UNBOUND = "that GROUP BY does not name; name it there, or take one of its values with SAMPLE(…)"
_SAID = {
    "IRI parsing failed": "the IRI before this is none; write it as <http://example.org/name>",
    "language tag parsing failed": "the language before this is none; write it as @en or @en-GB",
    "The query limit should be": "LIMIT and OFFSET take a whole number up to 18446744073709551615",
    "SELECT * is not authorized": "SELECT * does not go with GROUP BY, nor with COUNT, SUM and the like; name what is "
    "wanted, and count in SELECT or HAVING, not in FILTER or BIND",
    "with a variable that is unbound": f"a column is computed from a variable {_UNBOUND}",
    "a variable that is unbound": f"a variable is wanted {_UNBOUND}",
    "Duplicated variable": "SELECT gives two columns one name; rename one",
    "overrides an existing variable": "a computed column is named as a variable of the query is; choose another name",
    "escape sequence": "an escape names no character; write \\u and four, or \\U and eight hexadecimal digits",
    "expected ENCODE_FOR_URI": "no SPARQL query: one of the expressions before this is none",
}
"""What some of the parser's own words mean."""

_NO_WORDS = (
    "no SPARQL query: each word may stand here, but BIND, VALUES or a computed column sets a variable that has a value "
    "already, or a blank node is named in two groups"
)


class Mistake(NamedTuple):
    """What is wrong, and (from 1) the line and column, where these are known."""

    what: str
    line: int | None = None
    column: int | None = None


def syntax_mistake(text: str, message: str) -> Mistake:
    """What is wrong with a query that the parser refused with this message."""
    said = list(tokens(text))
    for look in (_of_signs, _of_brackets, _of_form, _of_prefixes, _of_functions):
        if (found := look(said)) is not None:
            what, at = found
            return Mistake(what, *place(text, at))
    found_place = _PLACE.match(message)
    where = (int(found_place[1]), int(found_place[2])) if found_place else (None, None)
    rest = message[found_place.end() :] if found_place else message
    unsaid = _NO_WORDS if _RIDDLES.fullmatch(rest.strip()) else f"no SPARQL query: {shortened(rest)}"
    return Mistake(next((plain for words, plain in _SAID.items() if words in rest), unsaid), *where)


def evaluation_mistake(message: str) -> Mistake:
    """What is wrong with a query that the engine could read but not answer."""
    if found := _NO_FUNCTION.fullmatch(message):
        return Mistake(f"there is no function <{found[1]}>; use SPARQL's own, or a cast such as xsd:integer(?x)")
    if found := _WRONG_COUNT.fullmatch(message):
        name, least, most, given = found.groups()
        return Mistake(f"{name} takes {_counted(least, most)} and is given {given}")
    return Mistake(f"the query cannot be answered: {shortened(message)}")


def _counted(least: object, most: object) -> str:
    """How many values a function takes, in words."""
    return f"{least} value{'' if str(least) == '1' else 's'}" if least == most else f"{least} to {most} values"


def shortened(message: str) -> str:
    """A message as one line of bearable length."""
    line = " ".join(message.split())
    return line if len(line) <= MAX_MESSAGE else line[:MAX_MESSAGE].rsplit(",", 1)[0] + ", …"


Found = tuple[str, int] | None
"""What is wrong, and the index in the query."""


def _of_signs(said: Sequence[Token]) -> Found:
    """A sign that SPARQL does not have: curly quotes, a no-break space."""
    for token in said:
        if token.kind == "other":
            hint = _QUOTES.get(token.text, "remove it, or put it in quotes")
            shown = f" ({token.text})" if token.text.isprintable() else ""
            return f"the character U+{ord(token.text):04X}{shown} has no place here; {hint}", token.at
    return None


def _of_brackets(said: Sequence[Token]) -> Found:
    """A bracket without its other one."""
    opened: list[Token] = []
    for token in said:
        if token.text in _PAIRS.values():
            opened.append(token)
        elif token.text in _PAIRS:
            if not opened:
                return f"this {token.text} closes nothing; remove it, or open it before", token.at
            if opened.pop().text != _PAIRS[token.text]:
                return f"this {token.text} closes another bracket than was opened last", token.at
    return (f"the {opened[-1].text} that opens here is never closed", opened[-1].at) if opened else None


def _of_form(said: Sequence[Token]) -> Found:
    """No form of a query, or two of them."""
    depth, begun = 0, False
    for before, token in zip((None, *said), said, strict=False):
        depth += (token.kind == "open") - (token.kind == "close")
        word = token.text.upper()
        if depth == 0 and token.kind == "word" and word in _FORMS:
            if begun:
                return "a second query begins here; send one at a time", token.at
            begun = True
        elif not begun and token.kind not in ("name", "iri") and word not in ("PREFIX", "BASE", "VERSION"):
            if token.kind == "string" and before is not None and before.text.upper() == "VERSION":
                continue
            return f"a query begins with SELECT, ASK, CONSTRUCT or DESCRIBE, not {shortened(token.text)!r}", token.at
    return (
        None if begun else ("there is no query; write SELECT, ASK, CONSTRUCT or DESCRIBE", said[-1].at if said else 0)
    )


def _of_prefixes(said: Sequence[Token]) -> Found:
    """A name with a prefix that the query does not declare."""
    declared = {"_"}
    for before, token in zip((None, *said), said, strict=False):
        if token.kind == "name":
            prefix = token.text.partition(":")[0]
            if before is not None and before.text.upper() == "PREFIX":
                declared.add(prefix)
            elif prefix in _SCHEMES and prefix not in declared:
                return "an IRI stands between < and >, and has no spaces, quotes or braces in it", token.at
            elif prefix not in declared:
                iri = _KNOWN.get(prefix, "…")
                return f"the prefix {prefix}: is not declared; begin with PREFIX {prefix}: <{iri}>", token.at
    return None


def _of_functions(said: Sequence[Token]) -> Found:
    """A function that is not there, or takes more or fewer values."""
    for index, token in enumerate(said[:-1]):
        word = token.text.upper()
        if token.kind != "word" or said[index + 1].text != "(" or word in _BEFORE_BRACKETS:
            continue
        if word not in _FUNCTIONS:
            near = meant(nearest(word, _FUNCTIONS))
            return f"there is no function {shortened(token.text)!r}{near and f'; {near}'}", token.at
        least, most = _FUNCTIONS[word]
        if not least <= (count := _values(said, index + 1)) <= most:
            return f"{word} takes {_counted(least, most)} and is given {count}", token.at
    return None


def _values(said: Sequence[Token], opening: int) -> int:
    """How many values stand in the brackets that open there."""
    depth, commas, empty = 0, 0, True
    for token in said[opening:]:
        depth += (token.kind == "open") - (token.kind == "close")
        if depth == 0:
            break
        empty &= token is said[opening]
        commas += depth == 1 and token.text == ","
    return 0 if empty else commas + 1
