"""Shapes of strangers tried on maps: what does not fit is told at its lines, and nothing hostile gets through."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from msgspec import structs

from conceptmap.atlas import open_atlas
from conceptmap.validation import Validation, validate, validate_own
from graphs.fold import Fold
from graphs.shacl import trial
from graphs.shacl.results import Outcome
from graphs.shacl.shapes_text import read_shapes
from graphs.shacl.worker import graph_of, try_shapes
from graphs.view import View
from ontology.errors import InvalidShapes, ShapesStopped
from small_maps import checks, document, edge, node, origin, put, view

# rdflib's own parsers use a class that it has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:.*(ConjunctiveGraph|Dataset).*:DeprecationWarning")

PREFIXES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix cm: <https://w3id.org/conceptmap/vocabulary#> .
@prefix doc: <https://w3id.org/conceptmap/document#> .
@prefix owl: <http://www.w3.org/2002/07/owl#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix : <https://shapes.example/> .
"""
FIRST = PREFIXES.count("\n") + 1
"""The first line behind the prefixes."""


def here(data: list[str], shapes: str) -> Outcome:
    """As the process does it, in this one, which is quicker."""
    return try_shapes(graph_of(data), graph_of([shapes]))


def at(line: int) -> Any:
    return {"from": origin(line)}


@pytest.fixture
def bread() -> View:
    said = document(
        2,
        node("Rye is sour", "Claim", **at(3)),
        node("Rye is old", "Claim", **at(4)),
        node("Tests", "Evidence", **at(6)),
        node("Sourdough", "Method", **at(8)),
        node("Flour", **at(9)),
        edge("Tests", "supports", "Rye is sour", **at(7)),
        edge("Sourdough", "supports", "Rye is sour", **at(12)),
        part="day-02.md",
    )
    return view(said)


Try = Callable[[str], Validation]


@pytest.fixture
def tried(bread: View) -> Try:
    return lambda shapes: validate(bread, "bread", "s.ttl", (PREFIXES + shapes).encode(), here)


def found(validation: Validation) -> list[tuple[str, str, str, str]]:
    return [(one.rule, one.severity, one.what, one.cites[0].place if one.cites else "") for one in validation.checks]


def test_a_node_that_does_not_fit_is_told_at_its_line_in_the_words_of_the_shape(tried: Try) -> None:
    shape = """:Supported sh:targetClass cm:Claim ; a sh:NodeShape ;
        sh:property [ sh:path [ sh:inversePath cm:supports ] ; sh:minCount 1 ; sh:severity sh:Warning ;
        sh:message "nothing supports it"@en , "nichts stützt es"@de ] ."""
    assert found(tried(shape)) == [("Supported", "warning", "'Rye is old': nothing supports it", "day-02.md:4")]


@pytest.mark.parametrize(
    ("constraint", "what", "place"),
    [
        ("sh:path [ sh:inversePath cm:supports ] ; sh:minCount 1", "'Rye is old': has no 'is supported by'", 4),
        ("sh:path skos:altLabel ; sh:minCount 2", "'Rye is old': has fewer than 2 'alias'", 4),
        ("sh:path skos:prefLabel ; sh:maxLength 10", "'Rye is sour': 'label' is 'Rye is sour', which is longer", 3),
        ("sh:path skos:prefLabel ; sh:pattern 'old'", "'label' is 'Rye is sour', which does not match 'old'", 3),
        ("sh:path [ sh:inversePath cm:supports ] ; sh:class cm:Evidence", "'Sourdough', which is no 'Evidence'", 12),
        ("sh:path [ sh:inversePath cm:supports ] ; sh:maxCount 1", "has more than 1 'is supported by'", 3),
        (
            "sh:path ( [ sh:inversePath cm:supports ] skos:altLabel ) ; sh:minCount 1",
            "'is supported by, then alias'",
            3,
        ),
    ],
)
def test_without_words_of_its_own_a_shape_is_told_in_those_of_the_map(
    tried: Try, constraint: str, what: str, place: int
) -> None:
    told = found(tried(f":S a sh:NodeShape ; sh:targetClass cm:Claim ; sh:property [ {constraint} ] ."))
    assert [one for one in told if what in one[2] and one[3] == f"day-02.md:{place}"], told
    assert {one[1] for one in told} == {"error"}


def test_what_is_wrong_within_a_shape_that_another_asks_for_is_told_once(tried: Try) -> None:
    shapes = """:Named a sh:NodeShape ; sh:property [ sh:path skos:altLabel ; sh:minCount 1 ] .
        :S a sh:NodeShape ; sh:targetClass cm:Method ; sh:node :Named ."""
    (only,) = found(tried(shapes))
    assert (only[0], only[3]) == ("S", "day-02.md:8")


def test_classes_above_a_kind_target_it_too(tried: Try) -> None:
    shape = ":S a sh:NodeShape ; sh:targetClass skos:Concept ; sh:property [ sh:path cm:about ; sh:minCount 1 ] ."
    assert [what for _, _, what, _ in found(tried(shape))] == ["'Flour': has no 'about'"]


def test_a_query_finds_nodes_and_what_documents_say_of_them(tried: Try) -> None:
    line = "<http://www.w3.org/ns/prov#wasDerivedFrom>/<https://w3id.org/conceptmap/document#line>"
    query = f"SELECT $this ?value WHERE {{ $this {line} ?value FILTER(?value > 8) }}"
    shape = f':Q sh:targetClass doc:Description ; sh:sparql [ sh:message "at line {{?value}}" ; sh:select "{query}" ] .'
    assert [(what, at) for _, _, what, at in found(tried(shape))] == [("what day-02.md says: at line 9", "day-02.md:9")]


def test_only_days_up_to_one_are_looked_at() -> None:
    early, late = document(1, node("Rye", "Claim")), document(2, node("Oats", "Claim"))
    shape = (
        f"{PREFIXES}:S a sh:NodeShape ; sh:targetClass cm:Claim ; sh:property [ sh:path cm:about ; sh:minCount 1 ] ."
    )
    said = validate(view(early, late).up_to(1), "bread", "s.ttl", shape.encode(), here)
    assert [one.node for one in said.checks] == ["rye"]


# What is told of the file of shapes itself.


@pytest.mark.parametrize(
    ("shapes", "line", "what", "hint"),
    [
        (":S sh:targetClass cm:Cliam .", FIRST, "no vocabulary has the class", "did you mean 'Claim'?"),
        (
            ":S sh:targetClass cm:Claim ;\n sh:property [ sh:path cm:suports ; sh:minCount 1 ] .",
            FIRST + 1,
            "no vocabulary has the property",
            "did you mean 'supports'?",
        ),
        (
            ":S sh:targetClass cm:Claim ;\n\n sh:minCuont 1 .",
            FIRST + 2,
            "SHACL, as it is understood here, has no sh:minCuont",
            "did you mean 'minCount'?",
        ),
        (
            "<https://s.example/> owl:imports <https://elsewhere.example/> . :S sh:targetClass cm:Claim .",
            FIRST,
            "owl:imports <https://elsewhere.example/> is not followed: nothing is fetched",
            "copy what is needed from there into this file",
        ),
        ("\n:S a sh:NodeShape ; sh:targetClass cm:Agent .", FIRST + 1, "'S' concerns nothing in the map", ""),
    ],
)
def test_a_near_miss_in_a_file_of_shapes_is_told_with_its_line(
    tried: Try, shapes: str, line: int, what: str, hint: str
) -> None:
    told = tried(shapes).warnings
    assert any(one.line == line and one.what.startswith(what) and one.hint == hint for one in told), told


def test_of_many_shapes_that_concern_nothing_one_line_tells(tried: Try) -> None:
    many = "".join(f":S{number} a sh:NodeShape ; sh:targetClass :C{number} .\n" for number in range(9))
    (only,) = tried(many).warnings
    assert only.what == "9 shapes concern nothing in the map: 'S0', 'S1', 'S2', 'S3', 'S4' and 4 more"


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        (":S sh:targetClass cm:Claim", FIRST, "no Turtle: "),
        (":a :b :c .", 1, "the file holds no shapes"),
        (":S sh:js [ sh:jsFunctionName 'f' ] .", FIRST, "no scripts are run"),
        (
            ':S sh:targetClass cm:Claim ; sh:sparql [\n sh:select "SELECT * { SERVICE <https://a.example/> {} }" ] .',
            FIRST + 1,
            "SERVICE is not allowed",
        ),
        ("[" * 200, None, "nested"),
    ],
)
def test_what_cannot_or_must_not_be_tried_is_refused_with_its_line(text: str, line: int | None, what: str) -> None:
    with pytest.raises(InvalidShapes) as raised:
        read_shapes("s.ttl", (PREFIXES + text).encode())
    problem = raised.value.problems[0]
    assert what in problem.what and line in (problem.line, None), problem


def test_shapes_that_contradict_shacl_are_refused_with_the_shape(tried: Try) -> None:
    with pytest.raises(InvalidShapes, match="cannot be tried"):
        tried(":S a sh:NodeShape ; sh:targetClass cm:Claim ; sh:property [ sh:path cm:about ; sh:minCount 'x' ] .")


# The process.

CLAIM = '<urn:n> a <urn:C> ; <urn:l> "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!" .'


def test_the_process_finds_what_is_found_here() -> None:
    shapes = read_shapes(
        "s.ttl", f"{PREFIXES}:S sh:targetClass <urn:C> ; sh:property [ sh:path :p ; sh:minCount 1 ] .".encode()
    )
    outcome = trial.tried([CLAIM], shapes.n_triples)
    assert outcome == here([CLAIM], shapes.n_triples)
    assert [(one.focus, one.component) for one in outcome.results] == [("urn:n", "MinCountConstraintComponent")]


def test_shapes_that_take_too_long_are_ended() -> None:
    constraint = "sh:property [ sh:path <urn:l> ; sh:pattern '^(a+)+$' ]"
    shapes = read_shapes("s.ttl", f"{PREFIXES}:S a sh:NodeShape ; sh:targetClass <urn:C> ; {constraint} .".encode())
    with pytest.raises(ShapesStopped, match="longer than 1 seconds"):
        trial.tried([CLAIM], shapes.n_triples, seconds=1.0)


def test_data_that_take_too_much_memory_end_the_process(monkeypatch: pytest.MonkeyPatch) -> None:
    many = "".join(f"<urn:n{number}> <urn:p{number}> <urn:o{number}> .\n" for number in range(20_000))
    # Asked for by the environment, a backtrace that finds no memory waits for ever: the process must not get that.
    monkeypatch.setenv("RUST_BACKTRACE", "1")
    with pytest.raises(ShapesStopped, match=r"more than 1 MB"):
        trial.tried([many], "<urn:S> a <urn:C> .", memory=1_000_000)


def test_a_query_that_reaches_out_past_the_guard_reaches_nothing() -> None:
    query = "SELECT $this WHERE { SERVICE <http://127.0.0.1:9/> { ?a ?b ?c } }"
    shapes = f'<urn:S> a <{SH}NodeShape> ; <{SH}targetClass> <urn:C> ; <{SH}sparql> [ <{SH}select> "{query}" ] .'
    assert trial.tried([CLAIM], shapes).error


SH = "http://www.w3.org/ns/shacl#"


def test_without_the_extra_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trial, "find_spec", lambda _: None)
    with pytest.raises(ShapesStopped, match=r"-m pip install 'pyshacl>=0.30' \(or 'conceptmap\[shacl\]'; in a clone"):
        trial.tried([], "")


# An own vocabulary.

OWN = """
cm:Recipe a owl:Class ; <http://www.w3.org/2000/01/rdf-schema#label> "Recipe"@en .
:Named a sh:NodeShape ; sh:targetClass cm:Recipe ; sh:property [ sh:path skos:altLabel ; sh:minCount 1 ] .
"""


def test_shapes_of_an_own_vocabulary_are_tried_and_those_of_the_built_in_one_need_not_be(tmp_path: Path) -> None:
    file = tmp_path / "own.ttl"
    file.write_text(PREFIXES + OWN)
    with open_atlas("sqlite://", vocabulary=file) as atlas:
        said = document(1, node("Rye"), part="day-01.md")
        assert validate_own(View(Fold(atlas.vocabulary), atlas.vocabulary), "bread", here).checks == ()
        recipe = structs.replace(said.nodes[0], kind="Recipe")
        own = Fold(atlas.vocabulary).apply_all([put(1, structs.replace(said, nodes=(recipe,)))])
        (only,) = validate_own(View(own, atlas.vocabulary), "bread", here).checks
    assert (only.rule, only.what) == ("Named", "'Rye': has no 'alias'")
    assert validate_own(view(said), "bread") == Validation((), ())


def test_what_is_stored_and_the_vocabulary_in_use_would_not_allow_is_told_at_its_line() -> None:
    joined = edge("Rye", "supports", "Tea", **at(7))
    said = document(1, node("Rye", **at(3)), node("Tea", "Claim", **at(5)), joined, part="day-01.md")
    wrong = structs.replace(said.nodes[1], kind="Concept")
    (only,) = checks(view(structs.replace(said, nodes=(said.nodes[0], wrong))), "vocabulary")
    assert (only.node, only.cites[0].place) == ("rye", "day-01.md:7")
    assert only.what.startswith("'supports' cannot end at a Concept")
    recipe = structs.replace(said.nodes[0], kind="Recipe")
    found = checks(view(structs.replace(said, nodes=(recipe, said.nodes[1]))))
    (told,) = (one for one in found if one.rule in ("vocabulary", "undeclared"))
    assert (told.rule, told.cites[0].place) == ("undeclared", "day-01.md:3")
