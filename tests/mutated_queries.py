"""SPARQL as nobody would write it: right queries of all forms, changed in a few places, for tests and long trials."""

from collections.abc import Iterable

SEEDS = (
    "SELECT ?s (COUNT(?o) AS ?n) { ?s ?p ?o . FILTER(?o > 1 && REGEX(STR(?o), 'a')) } GROUP BY ?s HAVING(?n > 1)",
    "PREFIX x: <http://x/> CONSTRUCT { ?s x:of ?o } WHERE { { ?s x:a/x:b* ?o } UNION { OPTIONAL { ?s ?p ?o } } }",
    "SELECT * FROM <days/5> { VALUES (?x ?y) { (<x:a> 1) (UNDEF 'b'@en) } BIND(?x AS ?z) MINUS { ?a ?b [] } } LIMIT 9",
    'ASK { GRAPH ?g { ?s a ?c ; ?p 1.5e3, true, """long""" } FILTER NOT EXISTS { ?s ?q (1 2) } } # end',
    "DESCRIBE ?s WHERE { ?s ?p ?o { SELECT ?s { ?s a ?c } LIMIT 1 } } LIMIT 1",
)
PIECES = (
    *(piece for seed in SEEDS for piece in seed.split()),
    *(
        "<x:f>(1)",
        "xsd:integer(?o,?o)",
        "COUNT(COUNT(?o))",
        "SERVICE",
        "LOAD",
        "load:x",
        "INSERT",
        "<http://[>",
        "{| |}",
    ),
    *("\ufeff", "\u200b", "“a”", "'", '"', '"""', "<<", ">>", "\r\n", "\u00a0", "\\u0000", "\\uD800", "?", "$", "@"),
    *("^^", "1..", "-", "||", "99999999999999999999", "é", "𝒳", "%", "\\", "\0", "\x01"),
)
LIMITS = ("took longer than", "of memory; ask for less")
"""What is said of a query that takes more than it may: no mistake of anybody."""

WAYS = ("drop", "put", "double")


def changed(seed: str, changes: Iterable[tuple[int, str, str]], between: str) -> str:
    """A query with some of its words dropped, doubled or put before; each change is a place, a way and a piece."""
    words = seed.split()
    for place, way, piece in changes:
        at = place % (len(words) + 1)
        words[at : at + (way != "put")] = {"drop": [], "put": [piece], "double": words[at : at + 1] * 2}[way]
    return between.join(words) if between else " ".join(words).replace(" { ", "{").replace(" } ", "}")
