"""JSON-LD: the document as JSON, and for any processor the same triples that we write."""

import json
from collections.abc import Callable
from typing import Any

import pyoxigraph
import pytest
import rdflib
import rfc8785
from hypothesis import example, given
from hypothesis import strategies as st
from pydantic import JsonValue

from graphs.rdf.iris import BASE
from graphs.rdf.read import Place, read_documents, read_jsonld, read_triples
from graphs.rdf.write import document_triples, jsonld_data, write_jsonld
from made_documents import BREAD, documents, json_values
from ontology.errors import InvalidDocument
from ontology.model import CONTEXT, Document
from ontology.vocabulary import read_vocabulary
from test_rdf import own_triples, rdflib_triples

# rdflib's own parsers use a class that it has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:.*(ConjunctiveGraph|Dataset).*:DeprecationWarning")

VOCABULARY = read_vocabulary()
PLACE = Place("bread", 2, "notes", "body")


def problems(value: object, place: Place = PLACE) -> list[str]:
    text = value if isinstance(value, bytes) else json.dumps(value).encode()
    with pytest.raises(InvalidDocument) as caught:
        read_jsonld(text, VOCABULARY, place)
    return [str(problem) for problem in caught.value.problems]


# --- The same triples, whoever reads


def test_rdflib_reads_exactly_our_triples() -> None:
    assert rdflib_triples(write_jsonld(BREAD, VOCABULARY), "json-ld") == own_triples(BREAD)


@given(documents())
@example(Document(map="bread", day=0, part="notes", data={"a": {"\ue000": 1, "\U00010000": 2}}))
def test_rdflib_reads_exactly_our_triples_of_any_document(document: Document) -> None:
    assert rdflib_triples(write_jsonld(document, VOCABULARY), "json-ld") == own_triples(document)


@given(documents())
@example(Document(map="bread", day=0, part="notes", data={"a": {"\ue000": 1, "\U00010000": 2}}))
def test_pyoxigraph_reads_exactly_our_triples_of_any_document(document: Document) -> None:
    text = write_jsonld(document, VOCABULARY)
    read = {_canonical(quad.triple) for quad in pyoxigraph.parse(text, format=pyoxigraph.RdfFormat.JSON_LD)}
    assert read == set(document_triples(document, VOCABULARY))


def _canonical(triple: pyoxigraph.Triple) -> pyoxigraph.Triple:
    """The triple with JSON as RFC 8785 has it: pyoxigraph sorts keys by code point, where it asks for UTF-16 units."""
    literal = triple.object
    if not isinstance(literal, pyoxigraph.Literal) or not literal.datatype.value.endswith("#JSON"):
        return triple
    value = rfc8785.dumps(json.loads(literal.value)).decode()
    return pyoxigraph.Triple(triple.subject, triple.predicate, pyoxigraph.Literal(value, datatype=literal.datatype))


def test_a_relative_document_stands_under_the_readers_base() -> None:
    base = "https://notes.example/course/"
    text = write_jsonld(BREAD, VOCABULARY, "")
    assert b"conceptmap.example" not in text
    assert rdflib_triples(text, "json-ld", base) == own_triples(BREAD, base)


# --- The same document


@given(documents())
def test_any_document_comes_back(document: Document) -> None:
    place = Place("bread", document.day, "notes")
    for base in (BASE, ""):
        assert read_jsonld(write_jsonld(document, VOCABULARY, base), VOCABULARY, place) == [document]
    assert read_jsonld(json.dumps(document.as_json()).encode(), VOCABULARY, place) == [document]


@given(documents())
def test_the_export_only_adds_keys(document: Document) -> None:
    exported, stored = jsonld_data(document, VOCABULARY), document.as_json()

    def within(small: Any, large: Any) -> bool:
        if isinstance(small, dict):
            return all(key in large and within(value, large[key]) for key, value in small.items() if key != "@context")
        if isinstance(small, list):
            return len(small) == len(large) and all(map(within, small, large))
        return bool(small == large)

    assert within(stored, exported)


def test_another_form_of_the_same_json_ld_reads_the_same() -> None:
    text = (
        rdflib.Graph()
        .parse(data=write_jsonld(BREAD, VOCABULARY).decode(), format="json-ld")
        .serialize(format="json-ld")
    )
    assert read_jsonld(text.encode(), VOCABULARY, PLACE) == [BREAD]


def test_a_short_document_takes_map_day_and_part_from_its_place() -> None:
    (document,) = read_jsonld(b'{"nodes": [{"id": "salt", "kind": "Concept", "label": "Salt"}]}', VOCABULARY, PLACE)
    assert (document.map, document.day, document.part) == ("bread", 2, "notes")


def test_a_node_may_be_added_to_an_exported_document() -> None:
    data = jsonld_data(BREAD, VOCABULARY)
    del data["@included"]
    data["nodes"].insert(0, {"id": "salt", "kind": "Concept", "label": "Salt"})
    (document,) = read_jsonld(json.dumps(data).encode(), VOCABULARY, PLACE)
    assert [node.id for node in document.nodes] == ["salt", *(node.id for node in BREAD.nodes)]


# --- Refusing


def changed(change: Callable[[dict[str, Any]], object]) -> dict[str, Any]:
    data = json.loads(write_jsonld(BREAD, VOCABULARY))
    change(data)
    return dict(data)


CHANGES: dict[str, tuple[Callable[[dict[str, Any]], object], str]] = {
    "a label in the added nodes": (
        lambda data: data["@included"][1].update({"skos:prefLabel": ["Barm"]}),
        "body:1:1: @included does not fit the document; leave the key out, it is made from the rest",
    ),
    "an edge's property": (
        lambda data: data["edges"][0].update({"predicate": "https://x.example/eats"}),
        "body:1:1: edges.0.predicate does not fit the document; leave the key out, it is made from the rest",
    ),
    "an unknown key": (
        lambda data: data["nodes"][0].update({"colour": "red"}),
        "body:1:1: nodes.0.colour: there is no such field",
    ),
    "a wrong type": (lambda data: data.update({"nodes": 7}), "body:1:1: nodes: this has to be a list"),
    "an unsafe character": (
        lambda data: data["nodes"][0].update({"text": "a\u202eb"}),
        "body:1:1: nodes.0.text: the character U+202E is not allowed here; remove it",
    ),
    "another map's base": (
        lambda data: data["@context"].update({"@base": "https://x.example/"}),
        f"body:1:1: the @base 'https://x.example/' is another map's; it would be '{BASE}maps/bread/nodes/'",
    ),
    "another day": (
        lambda data: data.update({"day": 3, "@id": "../days/3/parts/day-02.md"}),
        "body:1:1: the document is of map 'bread', day 3; send it there, not to map 'bread', day 2",
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_wrong_document_is_explained(change: str) -> None:
    make, message = CHANGES[change]
    assert message in problems(changed(make))


@pytest.mark.parametrize(
    "context",
    [
        "https://x.example/context.jsonld",
        "file:///etc/passwd",
        "/etc/passwd",
        [CONTEXT, {"a": "https://x.example/a"}],
        ["https://x.example/context.jsonld"],
        {"@import": "https://x.example/context.jsonld"},
        {"a": {"@id": "https://x.example/a", "@context": "https://x.example/context.jsonld"}},
    ],
)
def test_no_context_is_fetched(context: object) -> None:
    assert "is not fetched; put the context itself in its place" in problems({"@context": context, "a": 1})[0]


def test_our_own_context_may_be_named() -> None:
    assert read_jsonld(json.dumps({"@context": CONTEXT}).encode(), VOCABULARY, PLACE)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (b"", "body:1:1: no JSON"),
        (b'{"day": 2,\n "day": 3}', "no JSON: the key 'day' stands there twice"),
        (b'{"day": NaN}', "no JSON: NaN is no JSON number"),
        (b'{"day": ' + b"9" * 5000 + b"}", "no JSON"),
        (b"[" * 200 + b"]" * 200, "nested more than 100 deep"),
        (b"[" * 100_000 + b"]" * 100_000, "nested"),
        (b'{"a": \xff}', "body:1:7: not UTF-8"),
        (b'{"title": "\\ud800"}', "Invalid JSON"),
        (b"7", "no JSON-LD"),
        (b'{"@id": 7, "https://x.example/b": 1}', "no JSON-LD"),
        (b'{"@id": "https://x.example/a", "https://x.example/b": 1}', "<https://x.example/a> is no node of this map"),
    ],
)
def test_text_that_is_no_document_is_refused(text: bytes, message: str) -> None:
    assert message in problems(text)[0]


def test_triples_of_the_export_read_as_the_document() -> None:
    quads = pyoxigraph.parse(write_jsonld(BREAD, VOCABULARY), format=pyoxigraph.RdfFormat.JSON_LD)
    assert read_triples([quad.triple for quad in quads], VOCABULARY, PLACE) == [BREAD]


def test_an_export_of_the_first_release_is_read_as_it_was_meant() -> None:
    data = json.loads(write_jsonld(BREAD, VOCABULARY))
    context = data["@context"]
    del context["undated"], context["nodes"]["@context"]["became"], context["nodes"]["@context"]["correction"]
    del context["edges"]["@context"]["refusal"]
    assert read_jsonld(json.dumps(data).encode(), VOCABULARY, PLACE) == [BREAD]
    assert read_documents(json.dumps([data]).encode(), VOCABULARY, "bread") == [BREAD]


def paths(value: object, path: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """The path of every value inside a JSON value."""
    inner = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(one for key, part in inner for one in paths(part, (*path, key)))]


EXPORTED = json.loads(write_jsonld(BREAD, VOCABULARY))
PATHS = [path for path in paths(EXPORTED) if path and path[0] != "@context"]


def with_value(path: tuple[str | int, ...], new: JsonValue) -> bytes:
    """The exported document with another value at one place."""
    data = json.loads(json.dumps(EXPORTED))
    place = data
    for key in path[:-1]:
        place = place[key]
    place[path[-1]] = new
    return json.dumps(data).encode()


@given(st.sampled_from(PATHS), json_values)
def test_any_change_of_an_exported_document_is_read_or_refused(path: tuple[str | int, ...], new: JsonValue) -> None:
    try:
        (document,) = read_jsonld(with_value(path, new), VOCABULARY, PLACE)
    except InvalidDocument as error:
        assert error.problems
    else:
        assert (document.map, document.day) == ("bread", 2)


@pytest.mark.parametrize("path", [path for path in PATHS if {"@included", "@id", "@type", "predicate"} & set(path)])
def test_no_added_key_may_say_something_else(path: tuple[str | int, ...]) -> None:
    assert any("does not fit the document" in problem for problem in problems(with_value(path, "other")))
