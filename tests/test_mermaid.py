"""Mermaid: the flowchart of a map, and what flowcharts of other people become."""

from pathlib import Path

import pytest

from conceptmap.draw.mermaid import draw_mermaid
from conceptmap.draw.scope import picture_of
from conceptmap.draw.selection import Selection
from conceptmap.formats import FORMATS, Given, SentFile
from conceptmap.formats.reading import read_files
from exchange import written
from graphs.view import View
from ontology.errors import InvalidDocument
from small_maps import VOCABULARY, document, edge, node, view

GOLDEN = Path(__file__).parent / "golden" / "formats" / "bread.mmd"
BREAD = view(
    document(1, node("Yeast"), node('Dough "wet"'), edge("Yeast", "part of", 'Dough "wet"')),
    document(2, node("Time helps", "Claim"), node("Loaf", "Evidence"), edge("Loaf", "supports", "Time helps")),
)


def read(text: str) -> Given:
    """What a chart gives."""
    return read_files([SentFile("c.mmd", text.encode())], View.of((), VOCABULARY), "m")


def edges(found: Given) -> list[str]:
    """The edges that were read, in words, with the note behind a bar."""
    said = [one for document in found.documents for one in document.edges]
    return sorted(f"{one.source} {one.relation} {one.target}{f' | {one.note}' if one.note else ''}" for one in said)


def test_a_map_comes_out_as_in_its_golden_file() -> None:
    assert written(FORMATS["mermaid"], BREAD)[0].data.decode() == GOLDEN.read_text("utf-8")


@pytest.mark.parametrize(
    ("chart", "expected"),
    [
        ("a --> b --> c", ["a about b", "b about c"]),
        ("a & b --> c & d", ["a about c", "a about d", "b about c", "b about d"]),
        ("a -->|requires| b", ["a requires b"]),
        ("a -- requires --> b", ["a requires b"]),
        ('a == "leads to" ==> b; c -. likes .-> d', ["a leads to b", "c about d | likes"]),
        (
            "a --- b\nc -.- d\ne === f\ng --x h\ni o--o j",
            ["a about b", "c about d", "e about f", "g about h", "i about j"],
        ),
        ("a[Yeast] --> b(\"The 'dough'\")\nb --> c{{Salt}}", ["the-dough about salt", "yeast about the-dough"]),
        ('a(["x"]) --> b[["y"]] --> c[(z)] --> d((u)) --> e(((v))) --> f{w} --> g>p] --> h[/q/] --> i[\\r\\]', None),
        (
            'a:::big --> b\nclassDef big fill:#f00\nstyle a fill:#fff\nlinkStyle 0 stroke:#000\nclick a "http://x"',
            ["a about b"],
        ),
        ("e1@--> b", None),
        ("a e1@--> b\ne1@{ animate: true }", ["a about b"]),
        ('a@{ shape: rect, label: "Yeast" } --> b', ["yeast about b"]),
        ('%% a --> z\n%%{init: {"theme": "dark"}}%%\na --> b', ["a about b"]),
        (
            "subgraph Week one\na --> b\nend\nc --> a",
            ["a about b", "a part of week-one", "b part of week-one", "c about a"],
        ),
        ("subgraph o[Outer]\nsubgraph i [Inner]\na\nend\nend", ["a part of inner", "inner part of outer"]),
        ("a-b --> c.d\ne_1-->f", ["a-b about c-d", "e-1 about f"]),
    ],
)
def test_arrows_of_a_flowchart_are_edges(chart: str, expected: list[str] | None) -> None:
    if chart.startswith("e1@"):
        with pytest.raises(InvalidDocument):
            read(f"graph TD\n{chart}")
        return
    found = edges(read(f"flowchart LR\n{chart}"))
    assert found == expected if expected is not None else len(found) == 8


def test_a_subgraph_that_names_a_day_gives_its_nodes_that_day_and_classes_give_kinds() -> None:
    found = read('graph TB\nsubgraph d["Day 3 · Rising"]\na:::kind_claim\nend\nb:::Method')
    said = {
        one.label: (document.day, document.undated, one.kind) for document in found.documents for one in document.nodes
    }
    assert said == {"a": (3, False, "Claim"), "b": (0, True, "Method")}


def test_what_draw_writes_comes_in_again() -> None:
    chart = draw_mermaid(picture_of(BREAD, Selection()))
    assert edges(read(chart)) == ["loaf supports time-helps", "yeast part of dough-wet"]


@pytest.mark.parametrize(
    ("chart", "line", "what"),
    [
        ("sequenceDiagram\nA->>B: x", 1, "sequence diagram"),
        ("mindmap\n  root", 1, "mindmap"),
        ("%% only\n", 1, "no diagram"),
        ("- a\n- b", 1, "begins no flowchart"),
        ("graph LR\na --> b[open\nb --> c", 2, "not closed"),
        ("graph LR\na -->|open\nb", 2, "not closed"),
        ("graph LR\nsubgraph x\na", 2, "has no end"),
        ("graph LR\na\nend", 3, "without a subgraph"),
        ("graph LR\na b", 2, "no arrow"),
        ("graph LR\na --> ", 2, "missing"),
        (
            "graph LR\n" + "&".join(f"a{n}" for n in range(400)) + "-->" + "&".join(f"b{n}" for n in range(400)),
            2,
            "edges",
        ),
    ],
)
def test_what_is_no_flowchart_is_refused_with_its_line(chart: str, line: int, what: str) -> None:
    with pytest.raises(InvalidDocument) as refused:
        read(chart)
    assert what in refused.value.problems[0].what and refused.value.problems[0].line == line


def test_directives_and_comments_keep_the_lines_of_what_follows() -> None:
    chart = "flowchart LR\n" + "%%{init: {}}%%\n%% a comment\n" * 20_000 + "a --> b\na ??\n"
    with pytest.raises(InvalidDocument, match=r"c\.mmd:40003"):
        read(chart)
    with pytest.raises(InvalidDocument, match=r"c\.mmd"):
        read("flowchart LR\n" + "%%{ never closed\n" * 20_000 + "a ??\n")
