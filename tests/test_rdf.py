"""Documents as triples and Turtle: nothing is lost, nothing mixed up, nothing foreign let in."""

import json
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import pytest
import rdflib
import rfc8785
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec import structs
from pyoxigraph import NamedNode

from graphs.rdf.iris import BASE, DOC
from graphs.rdf.limits import MAX_BYTES, NeverEnds, turtle_depth
from graphs.rdf.read import MAX_PROBLEMS, Place, read_turtle
from graphs.rdf.write import document_triples, write_trig, write_turtle
from made_documents import BREAD, documents
from ontology.errors import InvalidDocument
from ontology.model import Document, Edge, Node, Origin
from ontology.vocabulary import NAMESPACE, Vocabulary, read_vocabulary

# rdflib's own parsers use a class that it has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:.*(ConjunctiveGraph|Dataset).*:DeprecationWarning")

VOCABULARY = read_vocabulary()
PLACE = Place("bread", 2, "notes", "body")
ROOT = Path(__file__).parent.parent


def rdflib_triples(text: bytes, format: str, base: str | None = None) -> set[tuple[str, ...]]:
    graph = rdflib.Graph().parse(data=text.decode(), format=format, publicID=base)
    return {tuple(_spelling(one) for one in triple) for triple in graph}


def _spelling(term: rdflib.term.Node) -> str:
    """The term as rdflib spells it, but JSON as RFC 8785: rdflib sorts keys by code points, not by UTF-16 units."""
    if isinstance(term, rdflib.Literal) and term.datatype == rdflib.RDF.JSON:
        return rfc8785.dumps(json.loads(term)).decode()
    return term.n3()


def own_triples(document: Document, base: str = BASE) -> set[tuple[str, ...]]:
    """Our triples, spelled as rdflib spells terms."""
    text = "".join(f"{triple} .\n" for triple in document_triples(document, VOCABULARY, base))
    return rdflib_triples(text.encode(), "nt")


def problems(text: bytes, place: Place = PLACE) -> list[str]:
    with pytest.raises(InvalidDocument) as caught:
        read_turtle(text, VOCABULARY, place)
    return [str(problem) for problem in caught.value.problems]


# --- Writing


def test_an_edge_is_a_direct_triple_and_a_resource() -> None:
    text = write_turtle([BREAD], VOCABULARY).decode()
    nodes = f"{BASE}maps/bread/nodes/"
    assert f"cm:requires <{nodes}yeast>" in text
    found = (
        rdflib.Graph()
        .parse(data=text, format="turtle")
        .query(
            """SELECT ?relation ?note ?lines ?quote ?how ?rule ?day ?part WHERE {
            ?edge rdf:subject ?source ; rdf:predicate ?relation ; rdf:object ?target ;
                doc:note ?note ; prov:wasDerivedFrom ?from .
            ?from doc:line ?lines ; prov:value ?quote ; doc:how ?how ; doc:rule ?rule .
            ?document doc:edge ?edge ; doc:day ?day ; doc:part ?part }""",
        )
    )
    rows = [tuple(str(value) for value in row) for row in found if isinstance(row, rdflib.query.ResultRow)]
    supports = VOCABULARY.relations["supports"].iri
    said = ("in a cool kitchen", "14", "Bakery: A no-knead …", "derived", "cue list", "2", "day-02.md")
    assert rows == [(supports, *said)]


def test_a_node_has_its_kind_and_names_in_standard_terms() -> None:
    graph = rdflib.Graph().parse(data=write_turtle([BREAD], VOCABULARY).decode(), format="turtle")
    node = rdflib.URIRef(f"{BASE}maps/bread/nodes/fermentation")
    assert graph.value(node, rdflib.RDF.type) == rdflib.URIRef(VOCABULARY.kinds["Concept"].iri)
    assert str(graph.value(node, rdflib.SKOS.prefLabel)) == "Fermentation"
    assert sorted(map(str, graph.objects(node, rdflib.SKOS.altLabel))) == ["Leavening", "Rising"]
    assert str(graph.value(node, rdflib.DCTERMS.description)).startswith("Yeast turns")


@given(documents())
def test_there_are_no_blank_nodes_and_no_triple_twice(document: Document) -> None:
    triples = document_triples(document, VOCABULARY)
    assert len(triples) == len(set(triples))
    assert not any("_:" in str(term) for triple in triples for term in (triple.subject, triple.predicate))
    assert all(isinstance(triple.subject, NamedNode) for triple in triples)


def test_every_iri_stands_under_the_base() -> None:
    base = "https://notes.example/course/"
    triples = document_triples(BREAD, VOCABULARY, base)
    assert all(
        isinstance(one.subject, NamedNode) and one.subject.value.startswith(f"{base}maps/bread/") for one in triples
    )


@pytest.mark.parametrize("base", ["https://notes.example", "notes/", "/"])
def test_a_base_that_is_no_absolute_folder_is_refused(base: str) -> None:
    with pytest.raises(ValueError, match="must be an absolute IRI that ends with '/'"):
        document_triples(BREAD, VOCABULARY, base)


@pytest.mark.parametrize("base", ["https://a b/", "https://a/> <x:y> <x:z> . </"])
def test_a_base_that_is_no_iri_is_refused(base: str) -> None:
    with pytest.raises(ValueError, match="Invalid IRI"):
        document_triples(BREAD, VOCABULARY, base)


def test_the_same_document_gives_the_same_bytes_in_every_process() -> None:
    program = (
        "import hashlib; from made_documents import BREAD; from ontology.vocabulary import read_vocabulary\n"
        "from graphs.rdf.write import write_jsonld, write_trig, write_turtle; v = read_vocabulary()\n"
        "text = write_turtle([BREAD], v) + write_trig([BREAD], v) + write_jsonld(BREAD, v)\n"
        "print(hashlib.sha256(text).hexdigest())"
    )
    command = [sys.executable, "-c", program]
    digests = set()
    for seed in ("0", "1"):
        variables = {"PYTHONHASHSEED": seed, "PYTHONPATH": f"{ROOT}:{ROOT}/tests"}
        digests.add(subprocess.run(command, env=variables, capture_output=True, text=True, check=True).stdout)
    assert len(digests) == 1


def test_an_edge_that_is_refused_is_only_a_resource() -> None:
    edge = Edge(source="a", relation="requires", target="b", refusal=True)
    nodes = tuple(Node(id=id, kind="Concept", label=id) for id in "ab")
    document = Document(map="bread", day=2, part="by:ada", nodes=nodes, edges=(edge,))
    triples = [str(one) for one in document_triples(document, VOCABULARY)]
    assert not [one for one in triples if one.startswith(f"<{BASE}maps/bread/nodes/a> <{NAMESPACE}requires>")]
    assert len([one for one in triples if "/edges/a/requires/b>" in one and f"<{DOC}refusal> " in one]) == 1
    assert read_turtle(write_turtle([document], VOCABULARY), VOCABULARY, PLACE) == [document]


# --- Two parts of one day


def two_parts() -> list[Document]:
    node = Node(id="yeast", kind="Concept", label="Yeast", text="A fungus.", origin=Origin(lines=(3, 4), how="stated"))
    ada = Document(map="bread", day=2, part="a.md", nodes=(node,))
    bob = structs.replace(ada, part="by:bob", nodes=(structs.replace(node, text="A living thing."),))
    return [ada, bob]


def test_two_parts_of_a_day_share_a_graph_and_stay_apart() -> None:
    ada, bob = two_parts()
    text = write_turtle([ada, bob], VOCABULARY)
    assert text.count(b"skos:prefLabel") == 1
    assert read_turtle(text, VOCABULARY, PLACE) == [ada, bob]


def test_trig_has_one_graph_a_day() -> None:
    later = structs.replace(BREAD, day=3, part="day-03.md")
    dataset = rdflib.Dataset()
    dataset.parse(data=write_trig([later, *two_parts(), BREAD], VOCABULARY).decode(), format="trig")
    graphs = {str(graph.identifier): len(graph) for graph in dataset.graphs() if len(graph)}
    day_2 = {one for document in (*two_parts(), BREAD) for one in document_triples(document, VOCABULARY)}
    days = f"{BASE}maps/bread/days/"
    assert graphs == {f"{days}2": len(day_2), f"{days}3": len(document_triples(later, VOCABULARY))}


# --- Reading back


def test_turtle_read_back_is_what_was_written() -> None:
    assert read_turtle(write_turtle([BREAD], VOCABULARY), VOCABULARY, PLACE) == [BREAD]


@given(documents())
def test_any_document_comes_back_from_turtle(document: Document) -> None:
    text = write_turtle([document], VOCABULARY)
    place = Place("bread", document.day, "notes")
    (read,) = read_turtle(text, VOCABULARY, place)
    assert read == document
    assert write_turtle([read], VOCABULARY) == text


@given(st.lists(documents(day=2), max_size=3, unique_by=lambda one: one.part))
def test_the_parts_of_a_day_come_back_from_one_graph(parts: list[Document]) -> None:
    text = write_turtle(parts, VOCABULARY)
    assert read_turtle(text, VOCABULARY, PLACE) == sorted(parts, key=lambda one: one.part)


@given(documents())
def test_rdflib_reads_our_turtle_as_the_same_triples(document: Document) -> None:
    assert rdflib_triples(write_turtle([document], VOCABULARY), "turtle") == own_triples(document)


def test_turtle_that_another_program_wrote_anew_reads_the_same() -> None:
    graph = rdflib.Graph().parse(data=write_turtle([BREAD], VOCABULARY).decode(), format="turtle")
    assert read_turtle(graph.serialize(format="turtle").encode(), VOCABULARY, PLACE) == [BREAD]


def test_another_vocabulary_with_more_relations_reads_back_too() -> None:
    more = Vocabulary(
        kinds=VOCABULARY.kinds,
        relations={
            **VOCABULARY.relations,
            "melts": structs.replace(VOCABULARY.relations["about"], name="melts", iri="https://x.example/melts"),
        },
    )
    document = BREAD.with_assertions(BREAD.nodes, (Edge(source="yeast", relation="melts", target="no-knead"),))
    text = write_turtle([document], more)
    assert b"<https://x.example/melts> <" in text
    assert read_turtle(text, more, PLACE) == [document]


# --- Statements by hand

HAND = """
@prefix cm: <https://w3id.org/conceptmap/vocabulary#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@base <https://conceptmap.example/maps/bread/nodes/> .
<yeast> a cm:Concept ; skos:prefLabel "Yeast" ; skos:altLabel "Leaven" ; dcterms:description "A fungus." .
<fermentation> a cm:Concept ; skos:prefLabel "Fermentation" ; cm:requires <yeast> .
"""


def test_plain_statements_are_read_as_imported() -> None:
    (document,) = read_turtle(HAND.encode(), VOCABULARY, PLACE)
    imported = Origin(how="imported")
    assert (document.map, document.day, document.part) == ("bread", 2, "notes")
    assert document.nodes == (
        Node(id="fermentation", kind="Concept", label="Fermentation", origin=imported),
        Node(id="yeast", kind="Concept", label="Yeast", aliases=("Leaven",), text="A fungus.", origin=imported),
    )
    assert document.edges == (Edge(source="fermentation", relation="requires", target="yeast", origin=imported),)


def test_plain_statements_join_the_part_that_is_there() -> None:
    text = write_turtle([structs.replace(BREAD, part="notes")], VOCABULARY).decode()
    (document,) = read_turtle((text + HAND.replace("<yeast> a", "<salt> a")).encode(), VOCABULARY, PLACE)
    assert document.nodes[:-1] == BREAD.nodes
    assert document.nodes[-1].id == "salt"


def test_no_triples_are_no_documents() -> None:
    assert read_turtle(b"", VOCABULARY, PLACE) == []


# --- Refusing

NODES = f"{BASE}maps/bread/nodes"
NO_NODE = f"is no node of this map; the IRI of a node is {NODES}"
FOREIGN = {
    "<https://x.example/a> <https://x.example/b> 1 .": f"<https://x.example/a> {NO_NODE}/ID",
    "<https://x.example/b> a cm:Concept ; skos:prefLabel 'Rye' .": f"{NO_NODE}/rye",
    "<http://127.0.0.1:8000/maps/bread/nodes/rye> a cm:Concept .": "is no node of this map",
    "[] a cm:Concept ; skos:prefLabel 'Rye flour' .": f"a node has no IRI; the IRI of a node is {NODES}/rye-flour",
    "_:rye a cm:Concept ; skos:prefLabel 'Rye' .": f"a node has no IRI; the IRI of a node is {NODES}/rye",
    "<#rye> a cm:Concept .": "'#rye' is no id of a node; an id has letters, digits, '-' and '_': rye-",
    "<rye%20flour> a cm:Concept .": "'rye%20flour' is no id of a node",
    "<yeast> cm:eats <fermentation> .": "cm:eats is not read",
    "<yeast> cm:abuot <fermentation> .": "cm:abuot is not read; did you mean 'about'?",
    "<yeast> <https://x.example/b> 1 .": "<https://x.example/b> is not read; of a node is read: a class",
    "<yeast> skos:definition 'A fungus.' .": "skos:definition is not read; write dcterms:description",
    "<../../tea/nodes/leaf> a cm:Concept ; skos:prefLabel 'Leaf' .": f"{NO_NODE}/leaf",
    "<yeast> skos:prefLabel 'Barm' .": "skos:prefLabel stands there twice: 'Yeast'; 'Barm' is read",
    "<yeast> skos:prefLabel 'Hefe'@de .": "skos:prefLabel has the language 'de'; no languages are kept",
    "<yeast> skos:altLabel 'Hefe'@de .": "skos:altLabel has the language 'de'; no languages are kept",
    "<rye> a cm:Concept ; skos:prefLabel 'Rye'@en-GB .": 'write "Rye" without @en-gb',
    "<rye> a cm:Concept ; skos:prefLabel 'Rye\\tflour' .": 'is not one line with single spaces; write "Rye flour"',
    "<rye> a cm:Concept ; skos:prefLabel ' Rye' .": 'is not one line with single spaces; write "Rye"',
    "<rye> a cm:Concept ; skos:prefLabel 7 .": 'skos:prefLabel is no text but xsd:integer; write "7"',
    "<yeast> a cm:Method .": "cm:Method is not read; a node has one class",
    "<yeast> a skos:Concept .": "skos:Concept is not read; a node has one class, of this vocabulary",
    "<yeast> cm:requires 'sugar' .": "not understood",
    "<yeast> cm:requires <https://x.example/a> .": f"<https://x.example/a> {NO_NODE}/ID",
    "<yeast> cm:requires [ skos:prefLabel 'Sugar' ] .": "",
    "<yeast> cm:about <<( <yeast> cm:about <yeast> )>> .": "cm:about: what stands there has no IRI",
    "<rye> skos:prefLabel 'Rye' .": "/rye> has no kind; say what it is",
    "<rye> a cm:Concept ; <http://www.w3.org/2000/01/rdf-schema#label> 'Rye' .": "write skos:prefLabel for rdfs:label",
}


@pytest.mark.parametrize("text", FOREIGN)
def test_a_triple_that_is_none_of_ours_is_told_with_its_line_and_what_to_do(text: str) -> None:
    problem = problems(f"{HAND}\n\n{text}\n\n".encode())[0]
    line = HAND.count("\n") + 3
    if "twice" in problem:  # of two labels the second is read
        line = HAND[: HAND.index('"Yeast"')].count("\n") + 1
    assert problem.startswith(f"body:{line}:1: "), problem
    assert FOREIGN[text] in problem


def test_a_label_of_two_lines_is_told_where_it_ends() -> None:
    text = f'{HAND}<rye> a cm:Concept ;\n  skos:prefLabel """Rye\nflour""" .'
    line = HAND.count("\n") + 3
    assert problems(text.encode()) == [
        f'body:{line}:1: skos:prefLabel is not one line with single spaces; write "Rye flour"'
    ]


def test_blank_nodes_before_a_mistake_do_not_move_its_line() -> None:
    text = f"{HAND}[] cm:about [ cm:about <yeast> ] .\n\n<yeast> cm:abuot <yeast> ."
    assert f"body:{HAND.count(chr(10)) + 3}:1: cm:abuot is not read" in problems(text.encode())[-1]


@pytest.mark.parametrize("cut", ["<yeast> a cm:Concept ;", 'skos:prefLabel "Yeast" ;'])
def test_a_node_without_kind_or_label_is_named(cut: str) -> None:
    text = HAND.replace(cut, "<yeast>" if cut.startswith("<") else "")
    assert any("maps/bread/nodes/yeast> has no" in problem for problem in problems(text.encode()))


def test_a_document_of_another_day_is_refused() -> None:
    found = problems(write_turtle([BREAD], VOCABULARY), Place("bread", 3, "notes", "body"))
    assert "is of map 'bread', day 2; send it to the place it is of, not to map 'bread', day 3" in found[0]


def test_a_changed_statement_contradicts_what_its_document_says() -> None:
    text = write_turtle([BREAD], VOCABULARY).replace(b'skos:prefLabel "Yeast"', b'skos:prefLabel "Barm"')
    (problem,) = problems(text)
    line = text[: text.index(b'"Barm"')].count(b"\n") + 1
    shown = f'<{BASE}maps/bread/nodes/yeast> skos:prefLabel "Barm"'
    assert problem == f"body:{line}:1: not understood: {shown}; it does not fit the rest of what is said of the node"


@given(st.sets(st.integers(0, 200), min_size=1, max_size=4), st.integers(0, 2))
def test_no_changed_triple_passes_unseen(positions: set[int], place: int) -> None:
    triples = document_triples(BREAD, VOCABULARY)
    assume(max(positions) < len(triples))
    lines = []
    for position, one in enumerate(triples):
        terms = [str(one.subject), str(one.predicate), str(one.object)]
        if position in positions:
            terms[place] = "<https://x.example/odd>"
        lines.append(f"{' '.join(terms)} .\n")
    assert problems("".join(lines).encode())


def test_a_very_long_list_of_problems_is_cut() -> None:
    foreign = "".join(f"<https://x.example/{number}> <https://x.example/b> 1 .\n" for number in range(500))
    found = problems(foreign.encode())
    assert len(found) == MAX_PROBLEMS + 1
    assert found[-1] == "body:1:1: 400 more like these"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"<a> <b> .", "body:1:9: no Turtle"),
        (b"\n<a> <b> \xff .", "body:2:9: not UTF-8"),
        (b"<a> <b> " + b"[ <c> " * 200 + b"1" + b" ]" * 200 + b" .", "body:1:1: nested more than 100 deep"),
        (b"<a> <b> " + b"<<( " * 100_000, "nested more than 100 deep"),
        (b"<a> <b> " + b"(" * 100_000, "nested more than 100 deep"),
        (b"#" * (MAX_BYTES + 1), "over the limit of 10,000,000"),
        (b"<a b> <c> 1 .", "no Turtle"),
        (b'<a> <b> """' + b'\\"""' * 100_000, "body:1:9: the string that begins here never ends"),
        (b'<a> <b> "x" .\n<a> <b> "[ .', "body:2:9: the string that begins here never ends"),
        (b"<a> <b> '''x'' .", "body:1:9: the string that begins here never ends"),
        (b"@prefix e: <e:> . e:a\\' <b> " + b"<<( " * 100_000 + b"'' .", "nested more than 100 deep"),
        (b"@prefix e: <e:> . e:a\\# <b> " + b"<<( " * 100_000, "nested more than 100 deep"),
        (b'<a> <b> """x""" .\n<a> <b> ' + b"<<( <s> <p> " * 100_000 + b"<o>" + b" )>>" * 100_000, "nested more"),
        (b"<?xml version='1.0'?><!DOCTYPE a [<!ENTITY b 'c'>]><a/>", "no Turtle"),
    ],
)
def test_text_that_is_no_turtle_is_refused_before_or_by_the_parser(text: bytes, message: str) -> None:
    assert message in problems(text)[0]


@pytest.mark.parametrize(
    ("text", "depth"),
    [
        ("", 0),
        ("[[]]()", 2),
        ("'[[[' \"((\" <[[> # [[\n(", 1),
        ('"""[[ \\""" [ " "" [""" [', 1),
        ("'''[ ' '' [''' (", 1),
        ('"\\"[" [', 1),
        ("<< << >> >> [", 2),
        ('"""x""" [ """"y""" {', 2),
        ("'''x''' [ ''''y''' {", 2),
        (r"<a> e:it\'s [ e:it\'s (", 2),
        (r"<a> e:a\#b [", 1),
        (r"<a:\u0027'> [", 1),
    ],
)
def test_depth_counts_brackets_outside_strings_iris_and_comments(text: str, depth: int) -> None:
    assert turtle_depth(text) == depth


@pytest.mark.parametrize("text", ['"""[[[', "'''[", "'[", '"[', r'"\" [', "'''' [", '"\n" ['])
def test_a_string_that_never_ends_has_no_depth(text: str) -> None:
    with pytest.raises(NeverEnds):
        turtle_depth(text)


@given(st.text("<>[](){}\"'\\#. ab\n", max_size=40))
def test_any_text_is_read_or_refused(text: str) -> None:
    try:
        read_turtle(text.encode(), VOCABULARY, PLACE)
    except InvalidDocument as error:
        assert error.problems


def test_json_text_of_a_literal_is_canonical() -> None:
    document = Document(map="bread", day=2, part="notes", data={"b": 1.0, "a": {"z": 1, "y": "é"}})
    text = write_turtle([document], VOCABULARY).decode()
    assert json.dumps('{"a":{"y":"é","z":1},"b":1}', ensure_ascii=False) in text


def test_every_term_of_the_structure_is_described() -> None:
    described = rdflib.Graph().parse(
        data=files("ontology").joinpath("document.ttl").read_text("utf-8"), format="turtle"
    )
    shapes = rdflib.Graph().parse(data=files("ontology").joinpath("shapes.ttl").read_text("utf-8"), format="turtle")
    written = {str(term) for triple in rdflib_triples(write_turtle([BREAD], VOCABULARY), "turtle") for term in triple}
    used = {term.strip("<>") for term in written} | {str(term) for triple in shapes for term in triple}
    terms = {term for term in used if term.startswith(DOC) and term != DOC}
    assert len(terms) > 25
    assert terms <= {str(term) for term in described.subjects(rdflib.RDFS.comment)}
