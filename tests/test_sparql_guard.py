"""The guard: what a query must not contain, and what only looks like it."""

from contextlib import suppress

import pytest

from graphs.sparql.guard import MAX_CLAUSES, MAX_DEPTH, MAX_LENGTH, MAX_OPERATORS, MAX_TOKENS, check_query, names_graphs
from ontology.errors import InvalidQuery, RefusedQuery

REFUSED = [
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { service SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * {SERVICESILENT<http://127.0.0.1:9/>{ ?s ?p ?o }}",
    "SELECT * { ?s ?p 1SERVICE<http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p 1.5e-5SERVICE<http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { ?s ?p trueSERVICE<http://127.0.0.1:9/> { ?s ?p ?o } }",
    "PREFIX : <http://127.0.0.1:9/> SELECT * { SERVICE:x { ?s ?p ?o } }",
    "SELECT * { ?s ?p 'a' SERVICE?x { ?s ?p ?o } }",
    "PREFIX a: <a:> SELECT * { ?s ?p a:.SERVICE<http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { # '\n SERVICE ?x { ?s ?p ?o } }",
    "SELECT * { ?s ?p '''it's''' SERVICE ?x { ?s ?p ?o } }",
    r"SELECT * { ?s ?p 'it\'s' SERVICE ?x { ?s ?p ?o } }",
    "SELECT * { FILTER(?a<?b)SERVICE<http://127.0.0.1:9/>{} }",
    'SELECT * { ?s ?p """a""" . SERVICE <http://127.0.0.1:9/> { ?s ?p "b" } }',
    'SELECT * { BIND("" AS ?x) SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }',
    r'SELECT * { BIND("\\" AS ?x) SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } BIND("" AS ?y) }',
    "SELECT * { ?s ?p 'a'@en-GB . SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "PREFIX : <http://127.0.0.1:9/> PREFIX service: <a:> SELECT * { service:x { ?s ?p ?o } }",
    "PREFIX a: <http://127.0.0.1:9/> PREFIX servicea: <a:> SELECT * { servicea:x { ?s ?p ?o } }",
    "PREFIX a: <http://127.0.0.1:9/> SELECT * { ?s ?p true.SERVICEa:x #\n { ?s ?p ?o } }",
    r"PREFIX e: <e:> SELECT * { ?s e:it\'s ?o SERVICE <http://127.0.0.1:9/> { ?s e:it\'s ?o } }",
    "LOAD <http://127.0.0.1:9/>",
    "LOAD <file:///etc/passwd>",
    "ASK {} ; LOAD <http://127.0.0.1:9/>",
    "INSERT DATA { <a:a> <b:b> <c:c> }",
    "WITH <a:a> DELETE WHERE { ?s ?p ?o }",
    "delete where { ?s ?p ?o }",
    "CLEAR ALL",
    "DROP ALL",
    "CREATE GRAPH <a:a>",
    "ADD DEFAULT TO <a:a>",
    "MOVE DEFAULT TO <a:a>",
    "COPY DEFAULT TO <a:a>",
]

PREFIXES = [
    "load",
    "LOAD",
    "insert",
    "delete",
    "clear",
    "drop",
    "create",
    "add",
    "move",
    "copy",
    "service",
    "my.load",
    "load.my",
]
"""Words that are refused as words of their own."""

FINE = [
    "SELECT ?service ?load WHERE { ?service ?insert ?load }",
    "SELECT * { ?s ?p 'SERVICE <http://127.0.0.1:9/>' }",
    'SELECT * { ?s ?p """LOAD "DROP" ALL""" }',
    "SELECT * { ?s <http://example.com/SERVICE> ?o } # SERVICE",
    "SELECT * { ?s ex:service ?o ; ex:load 'DELETE'@service }",
    "SELECT * { _:service ?p ?o }",
    *(
        f"PREFIX {name}: <x:> SELECT * {{ ?s {name}:of ?o ; {name}:by ?a . {name}:x ?p 'a'^^{name}:y }}"
        for name in PREFIXES
    ),
    "PREFIX load: <x:> PREFIX : <y:> SELECT * { ?s load:a :b }",
    "SELECT * { VALUES ?s {"
    + "<https://maps.example/maps/bread/nodes/a-node-of-a-bearable-length>" * 5000
    + "} ?s ?p ?o }",
    "SELECT ?deleted ?created { ?deleted ?created ?address }",
    "SELECT (COUNT(*) AS ?adds) { FILTER(?a < 3 && ?b > 4) }",
    "SELECT * { ?a <a:b>/<a:c>* ?b }",
    "ASK FROM <http://example.com/> { }",
    "SELECT * { VALUES (?x) {" + "(-1)" * 500 + "} }",
    "SELECT * { FILTER(?x IN (" + "-1," * 500 + "1)) }",
    "".join(f"<a:{number}> <a:b> -1 . " for number in range(500)),
]

TOO_MUCH = {
    "length": "ASK {}" + " " * MAX_LENGTH,
    "parentheses": "SELECT * { FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }",
    "groups": "ASK " + "{" * 20_000 + "}" * 20_000,
    "quoted triples": "ASK { " + "<<( " * 5000 + ")>> " * 5000 + "}",
    "lists": "ASK { ?s ?p " + "( " * MAX_DEPTH + ") " * MAX_DEPTH + "}",
    "brackets that look like an IRI": "ASK { FILTER(" + "?a<((((?b>" * 50 + ") }",
    "path": "SELECT * { ?a " + "/".join(["<a:b>"] * 5000) + " ?b }",
    "alternatives": "SELECT * { ?a " + "|".join(["<a:b>"] * 5000) + " ?b }",
    "inverses": "SELECT * { ?a " + "^" * 5000 + "<a:b> ?b }",
    "sums": "ASK { FILTER(" + "1+" * 5000 + "1) }",
    "sums of groups": "ASK { FILTER(" + "(1)+" * 5000 + "1) }",
    "negations": "ASK { FILTER(" + "!" * 5000 + "?x) }",
    "ands": "ASK { FILTER(" + "?x&&" * (MAX_OPERATORS + 1) + "?x) }",
    "unions": "SELECT * { " + "{}UNION" * 5000 + "{} }",
    "optionals": "SELECT * { " + "OPTIONAL{}" * (MAX_CLAUSES + 1) + "}",
    "columns": "SELECT " + "(1 AS ?x)" * (MAX_CLAUSES + 1) + "{}",
    "resources": "DESCRIBE " + "<a:b>" * 3000,
    "conditions": "SELECT ?s { ?s ?p ?o } GROUP BY ?s HAVING " + "(1>0)" * 3000,
    "words": "SELECT * { VALUES ?x {" + "1 " * MAX_TOKENS + "} }",
    "NUL": "ASK { ?s ?p '\0' }",
    "a string that never ends": "ASK { ?s ?p 'a }",
    "a long string that never ends": 'ASK { ?s ?p """a" }',
    "a string over the end of a line": 'ASK { ?s ?p "a\n" }',
}


@pytest.mark.parametrize("text", REFUSED)
def test_what_reaches_out_or_writes_is_refused(text: str) -> None:
    with pytest.raises(RefusedQuery, match="not allowed"):
        check_query(text)


@pytest.mark.parametrize("text", FINE)
def test_words_in_strings_names_and_comments_are_fine(text: str) -> None:
    check_query(text)


@pytest.mark.parametrize("what", TOO_MUCH)
def test_too_much_is_refused_before_it_is_parsed(what: str) -> None:
    with pytest.raises(InvalidQuery):
        check_query(TOO_MUCH[what])


@pytest.mark.parametrize(
    "piece",
    [
        "'",
        '"""',
        "'''a",
        "<",
        "(",
        "\\",
        "?",
        "@a-",
        "a-",
        ":a%",
        "#",
        "\n",
        "é",
        "1e",
        "<<",
        "a.",
        "a.b:",
        "\u00a0",
        "·",
        ":·",
    ],
)
def test_the_scan_ends_on_any_repetition(piece: str) -> None:
    with suppress(InvalidQuery):
        check_query((piece * MAX_LENGTH)[:MAX_LENGTH])


@pytest.mark.parametrize(
    "text",
    [
        "SELECT * FROMNAMED<a:b> { ?s ?p ?o }",
        "PREFIX x: <a:> SELECT (1 AS ?x)fromx:b { ?s ?p ?o }",
        "SELECT * { ?s ?p 1GRAPH ?g { ?s ?p ?o } }",
        "PREFIX a: <a:> SELECT * { ?s ?p a:.graph ?g { ?s ?p ?o } }",
    ],
)
def test_a_query_that_names_graphs_is_known_however_it_is_spaced(text: str) -> None:
    assert names_graphs(text)
    assert not names_graphs("SELECT ?from { ?graph prov:wasDerivedFrom <x:graph> } # GRAPH")
