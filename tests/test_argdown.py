"""Argdown: what is written, and what debates of other people become; what is not read is refused with its line."""

from pathlib import Path

import pytest

from conceptmap.formats import FORMATS, Given, SentFile
from conceptmap.formats.reading import read_files
from exchange import written
from graphs.view import View
from ontology.errors import InvalidDocument
from small_maps import VOCABULARY, document, edge, node, view

GOLDEN = Path(__file__).parent / "golden" / "formats" / "bread.argdown"
BREAD = view(
    document(
        2,
        node("Time beats kneading", "Claim", text="A dough that waits needs no hands; it {rises}."),
        node("No-knead loaf", "Evidence", aliases=("Loaf #1",)),
        node("Hands [both]", "Argument"),
        node("Dough"),
        edge("No-knead loaf", "supports", "Time beats kneading"),
        edge("Hands [both]", "opposes", "Time beats kneading", note="by hand"),
        edge("No-knead loaf", "undercuts", "Hands [both]"),
        edge("Time beats kneading", "about", "Dough"),
    )
)


def read(text: str) -> Given:
    """What a debate gives."""
    return read_files([SentFile("d.argdown", text.encode())], View.of((), VOCABULARY), "m")


def edges(found: Given) -> list[str]:
    """The edges that were read, in words."""
    return sorted(f"{one.source} {one.relation} {one.target}" for one in found.documents[0].edges)


def test_a_map_comes_out_as_in_its_golden_file() -> None:
    assert written(FORMATS["argdown"], BREAD)[0].data.decode() == GOLDEN.read_text("utf-8")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[A]: a\n  + [B]: b\n  - [C]", ["b supports a", "c opposes a"]),
        ("[A]\n  <+ [B]\n  <- [C]", ["b supports a", "c opposes a"]),
        ("[A]\n  +> [B]\n  -> [C]", ["a opposes c", "a supports b"]),
        ("[A]\n  _> <B>\n  >< [C]", ["a contrasts with c", "a undercuts b"]),
        ("<A>\n  _ [B]\n  <_ [C]", ["b undercuts a", "c undercuts a"]),
        ("[A]: a\n  + [B]: b\n    goes on\n      - [C]\n  + [D]", ["b supports a", "c opposes b", "d supports a"]),
        ("<A>\n\n(1) [P]\n(2) [Q]\n-- Modus ponens --\n(3) [C]", ["a supports c", "p premise of a", "q premise of a"]),
        ("(1) [P]\n--\nModus ponens\n--\n(2) [I]\n----\n(3) [C]", ["i supports c", "p supports c"]),
        ("# One\n\n[A]: a\n\n## Two\n\n[B]\n\n[A]", ["a part of one", "b part of two", "two part of one"]),
        ("[A] // + [X]\n  + [B] /* + [Y]\n\n*/\n  <!-- - [Z] -->\n  + [C]", ["b supports a", "c supports a"]),
        ("===\ntitle: T\n===\n\n[A]\n + plain words", ["plain-words supports a"]),
    ],
)
def test_relations_of_a_debate_are_edges(text: str, expected: list[str]) -> None:
    assert edges(read(text)) == expected


def test_tags_and_data_are_kept_and_texts_of_one_title_follow_each_other() -> None:
    found = read('[A]: a #x #(y z) {source: "B", year: 2001}\n\n[A]: more\n{\nplace: here\n}\n')
    one = found.documents[0].nodes[0]
    assert (one.kind, one.label, one.text) == ("Claim", "A", "a\n\nmore")
    assert one.data == {"place": "here", "source": "B", "year": 2001, "tags": ["x", "y z"]}


def test_arguments_are_arguments_unless_something_supports_or_attacks_them() -> None:
    found = read("[A]\n  + <B>\n    - <C>")
    assert {one.label: one.kind for one in found.documents[0].nodes} == {"A": "Claim", "B": "Claim", "C": "Argument"}


@pytest.mark.parametrize(
    ("text", "line", "what"),
    [
        ("[A]\n\n@include(b.argdown)", 3, "@include"),
        ("[A]: a\n\n/* open", 3, "not closed"),
        ("[A]\n\n+ [B]\n\n  + [C]\n\n[D] words", 7, "without a colon"),
        ("[A]\n\t+ [B]\n    - [C]", 3, "tabs and spaces"),
        ("=== title: x ===\n[A]", 1, "front matter"),
        ("[A]: a {b: [}", 1, "braces"),
        ("(2) [A]\n----\n(3) [B]", 1, "premise (2)"),
        ("(1) [A]\n(2) [B]", 1, "without a conclusion"),
        ("(1) [A]\n-- rule\n(2) [B]", 2, "not closed"),
        ("", None, "nothing in it"),
        ("/* a */", 1, "no statement"),
    ],
)
def test_what_is_not_read_is_refused_with_its_line(text: str, line: int | None, what: str) -> None:
    with pytest.raises(InvalidDocument) as refused:
        read(text)
    problem = refused.value.problems[0]
    assert what in problem.what and problem.line in (line, None)


def test_deep_debates_and_endless_lines_are_read_or_refused() -> None:
    deep = "[r]: root\n" + "".join("  " * level + f"+ <a{level}>: x\n" for level in range(1, 1000))
    assert len(read(deep).documents[0].edges) == 999
    assert read("[" * 100_000).documents[0].nodes
    assert read("[a]: " + "{" * 50_000).documents[0].nodes
