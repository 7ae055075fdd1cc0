from typing import Any

import pytest

from ontology.model import Document, Node
from ontology.rules import check_document, completed, wrong_ends
from small_maps import VOCABULARY, document, edge, mention, node

CLAIM, EVIDENCE = node("Time beats kneading", "Claim"), node("Dough rose", "Evidence")
SALT, WATER = node("Salt"), node("Water")


def day_node(name: str, kind: str = "Day") -> Node:
    return Node(id=name, kind=kind, label="Some day")


GOOD: list[tuple[str, Document]] = [
    ("nothing", document(1)),
    ("completed", completed(document(1, title="T", units=("Week 1", "Phase 1")))),
    ("support", document(1, CLAIM, EVIDENCE, edge("Dough rose", "supports", "Time beats kneading"))),
    ("any ends", document(1, SALT, EVIDENCE, edge("Dough rose", "about", "Salt"))),
    ("place", document(1, SALT, WATER, edge("Salt", "part of", "Water", place=1, parent="target"))),
    (
        "comparison",
        document(
            1,
            SALT,
            WATER,
            edge("Salt", "contrasts with", "Water", dimension="Taste", values={"source": "salty", "target": "none"}),
        ),
    ),
    ("dimension only", document(1, SALT, WATER, edge("Salt", "contrasts with", "Water", dimension="Taste"))),
    ("mention with place", document(1, mention("Salt", place=3))),
    ("another day", document(1, day_node("day-7"))),
    ("day in a name", document(1, node("Day break"))),
    ("correction", document(1, node("Salt", correction=True), part="by:ada")),
    ("refusal", document(1, SALT, WATER, edge("Salt", "about", "Water", refusal=True), part="by:ada")),
]


BAD: list[tuple[Document, list[str]]] = [
    (document(1, node("Yeast", "Fungus")), ["unknown kind 'Fungus'"]),
    (document(1, SALT, WATER, edge("Salt", "likes", "Water")), ["unknown relation 'likes'"]),
    (
        document(1, SALT, CLAIM, edge("Salt", "answers", "Time beats kneading")),
        ["'answers' cannot start at a Concept, only at a Claim, Evidence or Reflection"],
    ),
    (
        document(1, SALT, CLAIM, edge("Time beats kneading", "supports", "Salt")),
        ["'supports' cannot end at a Concept, only at an Argument, Claim or Evidence"],
    ),
    (document(1, SALT, edge("Salt", "about", "Water")), ["the end 'water' is not among the document's nodes"]),
    (
        document(1, edge("Salt", "about", "Water")),
        ["the end 'salt' is not among the document's nodes", "the end 'water' is not among the document's nodes"],
    ),
    (document(1, SALT, edge("Salt", "about", "Salt")), ["'salt' cannot be joined to itself"]),
    (document(1, SALT, SALT), ["node 'salt' stands in the document 2 times"]),
    (
        document(1, SALT, WATER, *[edge("Salt", "about", "Water", note=one) for one in ("a", "b", "c")]),
        ["salt about water: the same edge stands there 3 times"],
    ),
    (
        document(1, SALT, WATER, edge("Salt", "about", "Water", place=1)),
        ["an edge has a place and a parent, or neither"],
    ),
    (
        document(1, SALT, WATER, edge("Salt", "about", "Water", parent="source")),
        ["an edge has a place and a parent, or neither"],
    ),
    (
        document(1, SALT, WATER, edge("Salt", "contrasts with", "Water", values={"source": "1", "target": "2"})),
        ["the values of a comparison need a dimension"],
    ),
    (document(1, mention("Salt", text="NaCl")), ["'Salt' is marked as a mention but says more than kind and label"]),
    (
        document(1, mention("Salt", aliases=["NaCl"])),
        ["'Salt' is marked as a mention but says more than kind and label"],
    ),
    (document(1, node("Salt", correction=True)), ["the part 'notes' cannot correct 'salt'"]),
    (
        document(1, mention("Salt", correction=True), part="by:ada"),
        ["'Salt' is marked as a mention and as a correction"],
    ),
    (
        document(1, SALT, WATER, edge("Salt", "about", "Water", refusal=True)),
        ["the part 'notes' cannot refuse 'salt about water'"],
    ),
    (document(1, day_node("monday")), ["a Day cannot have the id 'monday'"]),
    (document(1, day_node("day-01")), ["a Day cannot have the id 'day-01'"]),
    (document(1, day_node("day-7", "Concept")), ["a Concept cannot have the id 'day-7'"]),
]


@pytest.mark.parametrize("document", [one for _, one in GOOD], ids=[name for name, _ in GOOD])
def test_a_good_document_has_no_findings(document: Document) -> None:
    assert check_document(document, VOCABULARY) == []


@pytest.mark.parametrize("document, expected", BAD, ids=[said[0] for _, said in BAD])
def test_a_bad_document_has_exactly_these_findings(document: Document, expected: list[str]) -> None:
    found = check_document(document, VOCABULARY)
    assert [finding.what for finding in found] == expected
    assert all(finding.hint for finding in found)


def test_all_that_is_wrong_is_found_at_once() -> None:
    nodes = [node for one, _ in BAD for node in one.nodes]
    edges = [edge for one, _ in BAD for edge in one.edges]
    found = {finding.what for finding in check_document(document(1, *nodes, *edges), VOCABULARY)}
    assert len(found) >= 10


@pytest.mark.parametrize("relation", VOCABULARY.relations.values(), ids=list(VOCABULARY.relations))
def test_wrong_ends_are_exactly_those_that_the_vocabulary_does_not_allow(relation: Any) -> None:
    for source in VOCABULARY.kinds:
        for target in VOCABULARY.kinds:
            assert (wrong_ends(relation, source, target) is None) == relation.allows(source, target)


def test_an_unknown_kind_that_is_near_none_gets_the_list_of_all() -> None:
    (finding,) = check_document(document(1, node("Yeast", "Xyz")), VOCABULARY)
    assert finding.hint == f"there are {', '.join(VOCABULARY.kinds)}"
