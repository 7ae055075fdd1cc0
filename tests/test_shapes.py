"""The SHACL shapes and the program's own rules: two readings of one vocabulary that agree on every document."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

import pyoxigraph
import pyshacl
import pytest
import rdflib
from hypothesis import given, settings
from hypothesis import strategies as st
from pyoxigraph import RdfFormat, Triple

from graphs.consistency import check
from graphs.fold import Fold
from graphs.rdf.read import Place, read_triples
from graphs.rdf.write import document_triples
from graphs.view import View
from made_documents import BREAD, documents
from ontology.errors import InvalidDocument
from ontology.gate import read
from ontology.model import MAX_DAY, Document
from ontology.own_vocabulary import with_added
from ontology.vocabulary import NAMESPACE, Vocabulary, default_vocabulary_text, read_vocabulary

# rdflib's own parsers use a class that it has deprecated.
pytestmark = pytest.mark.filterwarnings("ignore:.*(ConjunctiveGraph|Dataset).*:DeprecationWarning")

VOCABULARY = read_vocabulary()
SHAPES = files("ontology").joinpath("shapes.ttl").read_text(encoding="utf-8")
SH = rdflib.Namespace("http://www.w3.org/ns/shacl#")
Json = dict[str, Any]
Change = Callable[[str], str]


def n(id: str, kind: str = "Concept", **more: Any) -> Json:
    return {"id": id, "kind": kind, "label": id.title(), **more}


def e(source: str, relation: str, target: str, **more: Any) -> Json:
    return {"source": source, "relation": relation, "target": target, **more}


@dataclass(frozen=True)
class Case:
    """A document, and what is changed in its triples (one a line) where the model itself would refuse it."""

    conforms: bool
    nodes: list[Json] = field(default_factory=list)
    edges: list[Json] = field(default_factory=list)
    change: Change = str
    more: Json = field(default_factory=dict)

    def triples(self, vocabulary: Vocabulary, base: str) -> str:
        data = {"map": "bread", "day": 2, "part": "a.md", "nodes": self.nodes, "edges": self.edges, **self.more}
        document = read(Document, data)
        return self.change("".join(f"{one} .\n" for one in document_triples(document, vocabulary, base)))


def without(*words: str) -> Change:
    """Take out the triples that hold one of the words."""
    return lambda text: "".join(line + "\n" for line in text.splitlines() if not any(word in line for word in words))


def swapped(old: str, new: str) -> Change:
    return lambda text: text.replace(old, new)


def again(word: str, old: str, new: str) -> Change:
    """Say the triples that hold the word once more, in other words."""
    return lambda text: (
        text + "".join(line.replace(old, new) + "\n" for line in text.splitlines() if word in line and old in line)
    )


C = [n("a"), n("b"), n("c")]
CLAIMS = [n("x", "Claim"), n("y", "Claim"), n("e", "Evidence"), n("q", "Question"), n("g", "Argument")]
BY = {"part": "by:ada"}
RING = [e("a", "requires", "b"), e("b", "requires", "c"), e("c", "requires", "a")]

CASES = {
    # Good
    "empty": Case(True),
    "a node of each kind": Case(
        True, [n("day-2" if kind == "Day" else kind.lower(), kind) for kind in VOCABULARY.kinds]
    ),
    "a mention": Case(True, [n("a", mention=True)]),
    "a mention with a place": Case(True, [n("a", place=1, mention=True)]),
    "a node with everything": Case(
        True, [n("a", aliases=["z"], text="T", formula="x^2", data={"k": [1, None]}, place=0)]
    ),
    "evidence supports a claim": Case(True, CLAIMS, [e("e", "supports", "x")]),
    "supports and opposes between the same ends": Case(True, CLAIMS, [e("e", "supports", "x"), e("e", "opposes", "x")]),
    "premises of an argument": Case(
        True, CLAIMS, [e("x", "premise of", "g"), e("e", "premise of", "g"), e("g", "supports", "y")]
    ),
    "a chain of requirements": Case(True, C, RING[:2]),
    "two ways to one requirement": Case(True, C, [*RING[:2], e("a", "requires", "c")]),
    "a circle of leads to": Case(True, C, [e("a", "leads to", "b"), e("b", "leads to", "a")]),
    "two relations that together go round": Case(True, C, [e("a", "requires", "b"), e("b", "part of", "a")]),
    "a contrast both ways round": Case(True, C, [e("a", "contrasts with", "b"), e("b", "contrasts with", "a")]),
    "a contrast with dimension and values": Case(
        True, C, [e("a", "contrasts with", "b", dimension="Flavour", values={"source": "plain", "target": "deep"})]
    ),
    "a contrast in two dimensions": Case(
        True, C, [e("a", "contrasts with", "b", dimension=name) for name in ("Flavour", "Time")]
    ),
    "a dimension without values": Case(True, C, [e("a", "contrasts with", "b", dimension="Flavour")]),
    "place with parent": Case(True, C, [e("a", "part of", "b", place=3, parent="target")]),
    "the day is part of a unit": Case(
        True, [n("day-2", "Day"), n("week-1", "Unit")], [e("day-2", "part of", "week-1")]
    ),
    "the last day that can be": Case(True, [n(f"day-{MAX_DAY}", "Day")], more={"day": MAX_DAY}),
    "an id that only begins like a day's": Case(True, [n("day-break"), n("day-02"), n("monday-2")]),
    "an edge with its origin": Case(
        True, C, [e("a", "about", "b", **{"from": {"how": "derived", "rule": "tree", "lines": [1, 2], "quote": "q"}})]
    ),
    "a contributor's correction": Case(True, [n("a", text="T", correction=True)], more=BY),
    "a contributor's refusal": Case(True, C, [e("a", "requires", "b", refusal=True)], more=BY),
    "a refusal that breaks a circle": Case(True, C, [*RING[:2], {**RING[2], "refusal": True}], more=BY),
    "a node that became another": Case(True, [n("a", mention=True, became="b"), n("c", became="b")]),
    "a node that became itself": Case(False, [n("a", became="a")]),
    "a node that became a day": Case(False, [n("a", became="day-2")]),
    "a day that became another": Case(False, [n("day-2", "Day", became="a")]),
    "ids of other scripts": Case(True, [n("日本"), n("नमस्ते")], [e("日本", "about", "नमस्ते")]),
    # Bad: nodes
    "unknown kind": Case(False, [n("a", "Fungus")]),
    "a relation as kind": Case(False, [n("a", "requires")]),
    "a kind in other case": Case(False, [n("a", "concept")]),
    "a correction in notes": Case(False, [n("a", correction=True)]),
    "a mention that corrects": Case(False, [n("a", mention=True, correction=True)], more=BY),
    "a mention with text": Case(False, [n("a", text="T", mention=True)]),
    "a mention with a formula": Case(False, [n("a", formula="x", mention=True)]),
    "a mention with an alias": Case(False, [n("a", aliases=["z"], mention=True)]),
    "a mention with data": Case(False, [n("a", data={"k": "v"}, mention=True)]),
    "a node twice": Case(False, [n("a"), n("a")]),
    "a node twice with two labels": Case(False, [n("a"), n("a", label="Other")]),
    "a node twice with two kinds": Case(False, [n("a"), n("a", "Claim")]),
    "a day with another id": Case(False, [n("tuesday", "Day")]),
    "a day with a leading zero": Case(False, [n("day-02", "Day")]),
    "a day's id for a concept": Case(False, [n("day-2")]),
    "label missing": Case(False, [n("a")], change=without("prefLabel", "#label")),
    "label empty": Case(False, [n("a")], change=swapped('"A"', '" "')),
    "two labels": Case(False, [n("a")], change=again("prefLabel", '"A"', '"B"')),
    "two kinds": Case(False, [n("a")], change=again("22-rdf-syntax-ns#type", "#Concept", "#Claim")),
    "kind missing": Case(False, [n("a")], change=without("#kind", "vocabulary#Concept")),
    "a label in a language": Case(False, [n("a")], change=swapped('"A"', '"A"@en')),
    # Bad: edges
    "unknown relation": Case(False, C, [e("a", "eats", "b")]),
    "a refusal in notes": Case(False, C, [e("a", "requires", "b", refusal=True)]),
    "an inverse name as relation": Case(False, C, [e("a", "unlocks", "b")]),
    "a kind as relation": Case(False, C, [e("a", "Concept", "b")]),
    "wrong source kind": Case(False, CLAIMS, [e("q", "supports", "x")]),
    "wrong target kind": Case(False, CLAIMS, [e("x", "supports", "q")]),
    "both ends wrong": Case(False, CLAIMS, [e("q", "undercuts", "x")]),
    "a mention of the wrong kind": Case(
        False, [n("e", "Question", mention=True), n("x", "Claim")], [e("x", "supports", "e")]
    ),
    "a source that is not there": Case(False, C, [e("z", "about", "a")]),
    "a target that is not there": Case(False, C, [e("a", "about", "z")]),
    "an edge to itself": Case(False, C, [e("a", "about", "a")]),
    "an edge twice": Case(False, C, [e("a", "about", "b"), e("a", "about", "b")]),
    "place without parent": Case(False, C, [e("a", "part of", "b", place=1)]),
    "parent without place": Case(False, C, [e("a", "part of", "b", parent="target")]),
    "values without dimension": Case(False, C, [e("a", "contrasts with", "b", values={"source": "1", "target": "2"})]),
    "one value of two": Case(
        False,
        C,
        [e("a", "contrasts with", "b", dimension="D", values={"source": "1", "target": "2"})],
        change=without("targetValue"),
    ),
    "a prerequisite circle": Case(False, C, RING),
    "a short circle": Case(False, C, [e("a", "part of", "b"), e("b", "part of", "a")]),
    "a parent that is no end": Case(
        False, C, [e("a", "part of", "b", place=1, parent="target")], change=swapped('"target"', '"above"')
    ),
    "an unknown way of saying": Case(
        False, C, [e("a", "about", "b", **{"from": {"how": "derived"}})], change=swapped('"derived"', '"dreamt"')
    ),
    # Bad: the document
    "a day too late": Case(False, change=swapped('"2"^^', f'"{MAX_DAY + 1}"^^')),
    "a day before the first": Case(False, change=swapped('"2"^^', '"-1"^^')),
    "a day in words": Case(False, change=swapped('"2"^^<http://www.w3.org/2001/XMLSchema#integer>', '"two"')),
    "no part": Case(False, change=without("#part>")),
    "an empty part": Case(False, change=swapped('"a.md"', '""')),
    "no map": Case(False, change=without("#map>")),
}


def base_of(number: int) -> str:
    return f"https://case-{number}.example/"


def parse(text: str) -> list[Triple]:
    """The triples of a text, one a line."""
    return [quad.triple for quad in pyoxigraph.parse(text, format=RdfFormat.N_TRIPLES)]


def conform_by_rules(text: str, vocabulary: Vocabulary, base: str, day: int) -> bool:
    """What our reader and rules say of the triples."""
    try:
        read = read_triples(parse(text), vocabulary, Place("bread", day, "notes"), base)
    except InvalidDocument:
        return False
    return not check(View(Fold(vocabulary), vocabulary), read)


def found_by_shapes(texts: Iterable[str], turtle: bytes) -> dict[int, list[str]]:
    """What pySHACL finds wrong with each of many texts, in one validation: each stands under a base of its own."""
    data = rdflib.Graph().parse(data="".join(texts), format="nt").parse(data=turtle.decode(), format="turtle")
    shapes = rdflib.Graph().parse(data=SHAPES, format="turtle")
    _, results, _ = pyshacl.validate(data, shacl_graph=shapes, advanced=True)
    assert isinstance(results, rdflib.Graph)
    found: dict[int, list[str]] = {}
    for result, focus in results.subject_objects(SH.focusNode):
        number = int(str(focus).removeprefix("https://case-").split(".")[0])
        found.setdefault(number, []).append(str(results.value(result, SH.resultMessage)))
    return found


@pytest.fixture(scope="module")
def found() -> dict[int, list[str]]:
    texts = (case.triples(VOCABULARY, base_of(number)) for number, case in enumerate(CASES.values()))
    return found_by_shapes(texts, default_vocabulary_text())


@pytest.mark.parametrize("name", CASES)
def test_shapes_and_rules_agree(name: str, found: dict[int, list[str]]) -> None:
    number, case = list(CASES).index(name), CASES[name]
    base = base_of(number)
    day = case.more.get("day", 2)
    assert conform_by_rules(case.triples(VOCABULARY, base), VOCABULARY, base, day) == case.conforms
    assert (number not in found) == case.conforms, found.get(number)


MORE = f"""
@prefix cm: <{NAMESPACE}> . @prefix owl: <http://www.w3.org/2002/07/owl#> . @prefix schema: <https://schema.org/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
<https://x.example/Recipe> a owl:Class ; rdfs:label "Recipe" .
<https://x.example/Cake> a owl:Class ; rdfs:label "Cake" ; rdfs:subClassOf <https://x.example/Recipe> .
<https://x.example/bakedAfter> a owl:ObjectProperty, cm:AcyclicProperty ; rdfs:label "baked after" ;
    cm:inverseLabel "baked before" ;
    schema:domainIncludes <https://x.example/Recipe> ; schema:rangeIncludes <https://x.example/Recipe>, cm:Method .
"""
MORE_CASES = [
    Case(True, [n("a", "Recipe"), n("b", "Method")], [e("a", "baked after", "b")]),
    Case(True, [n("a", "Cake"), n("b", "Cake")], [e("a", "baked after", "b")]),
    Case(False, [n("a", "Recipe"), n("b", "Method")], [e("b", "baked after", "a")]),
    Case(False, [n("a", "Recipe"), n("b", "Claim")], [e("a", "baked after", "b")]),
    Case(False, [n("a", "Recipe"), n("b", "Recipe")], [e("a", "baked after", "b"), e("b", "baked after", "a")]),
    Case(False, [n("a", "Recipe"), n("b", "Claim")], [e("a", "supports", "b")]),
]


def test_an_added_kind_and_relation_need_no_new_shape() -> None:
    vocabulary = with_added(MORE.encode())
    turtle = vocabulary.turtle
    texts = [case.triples(vocabulary, base_of(number)) for number, case in enumerate(MORE_CASES)]
    found = found_by_shapes(texts, turtle)
    for number, (case, text) in enumerate(zip(MORE_CASES, texts, strict=True)):
        assert conform_by_rules(text, vocabulary, base_of(number), 2) == case.conforms
        assert (number not in found) == case.conforms


@settings(max_examples=5)
@given(st.lists(documents(day=2), max_size=5))
def test_shapes_and_rules_agree_on_any_documents(many: list[Document]) -> None:
    several = [BREAD, *many]
    texts = [
        "".join(f"{one} .\n" for one in document_triples(document, VOCABULARY, base_of(number)))
        for number, document in enumerate(several)
    ]
    found = found_by_shapes(texts, default_vocabulary_text())
    for number, (text, document) in enumerate(zip(texts, several, strict=True)):
        assert conform_by_rules(text, VOCABULARY, base_of(number), 2) == (number not in found), (
            document,
            found.get(number),
        )
