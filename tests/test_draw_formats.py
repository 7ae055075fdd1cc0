import json
import re
import struct
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from conceptmap.draw import Selection, draw, draw_png, find_renderer
from drawn_maps import bread_view, robot_view
from graphs.view import View
from ontology.errors import DrawingFailed, InvalidVocabulary
from ontology.own_vocabulary import with_added
from small_maps import document, edge, node
from small_maps import view as view_of
from small_vocabularies import PREFIXES

GOLDEN = Path(__file__).parent / "golden" / "draw"
SELECTIONS = {"bread": Selection(), "bread-whole": Selection(whole=True)}

HOSTILE = [
    '<img src="/etc/passwd">',
    "<b>bold</b>",
    r"\N \G \E \n \l \\",
    r"ends in a backslash \\",
    "\"quoted\" and 'quoted'",
    "]]> --> <!-- <![CDATA[ ]]>",
    "&amp; &lt; &#65; &nbsp;",
    "x" * 500,
    "ten words " * 50,
    "שלום עולם",
    "مرحبا بالعالم",
    "面包发酵的时间比揉面的力气更重要因为酵母需要时间",
    "end",
    "1. first",
    "- item",
    "`code` *bold* _em_ #35; %% comment",
    "subgraph x; end; click a href",
    "🥖 bread",
    "strict digraph { a -> b }",
    "a; b [label=c]",
    "{a|b}<port>",
]


def hostile_view() -> View:
    nodes = [node(label, place=i, id=f"hostile-{i}") for i, label in enumerate(HOSTILE)]
    joins = [edge("hostile-0", "about", f"hostile-{i}", note=label[:300]) for i, label in enumerate(HOSTILE) if i]
    return view_of(document(1, *nodes, *joins, title=HOSTILE[0]))


@pytest.mark.parametrize("name", SELECTIONS)
@pytest.mark.parametrize(("form", "suffix"), [("dot", "dot"), ("mermaid", "mmd"), ("outline", "outline.txt")])
def test_a_format_comes_out_as_in_its_golden_file(name: str, form: str, suffix: str) -> None:
    assert draw(bread_view(), form, SELECTIONS[name]) == (GOLDEN / f"{name}.{suffix}").read_text(encoding="utf-8")


def test_the_outline_names_each_node_and_each_edge_once() -> None:
    view = bread_view()
    lines = str(draw(view, "outline", Selection(whole=True))).splitlines()
    named = Counter(line[2:].rsplit(" (", 1)[0] for line in lines if line.startswith("- "))
    labels = [one.label + (f": {one.data['gist']}" if "gist" in one.data else "") for one in view.nodes()]
    assert named == Counter(labels)
    assert sum(line.startswith("  - ") for line in lines) == len(list(view.edges()))


def parsed_by_graphviz(dot: str) -> dict[str, Any]:
    """The graph as Graphviz itself reads the DOT text."""
    done = subprocess.run([find_renderer().program, "-Tjson"], input=dot.encode(), capture_output=True, check=True)
    read: dict[str, Any] = json.loads(done.stdout)
    return read


def test_hostile_labels_stay_labels_in_dot() -> None:
    dot = str(draw(hostile_view(), "dot", Selection(whole=True)))
    assert len(re.findall(r"^\t+n_", dot, re.MULTILINE)) == 2 * len(HOSTILE) - 1
    graph = parsed_by_graphviz(dot)
    objects = [one for one in graph["objects"] if one["name"].startswith("n_")]
    assert {one["name"] for one in objects} == {f"n_hostile_{i}" for i in range(len(HOSTILE))}
    assert not any("image" in one or "URL" in one or "href" in one for one in objects)
    assert not re.search(r"label=<", dot)


@pytest.mark.parametrize("label", HOSTILE)
def test_hostile_labels_cannot_leave_their_quotes_in_mermaid(label: str) -> None:
    text = str(draw(view_of(document(1, node(label, place=1, id="odd"))), "mermaid"))
    box = next(line for line in text.splitlines() if "n_odd" in line)
    assert re.fullmatch(r'    n_odd\("[^"<>`\\;\[\]{}|%*_]*(?:#\d+;[^"<>`\\;\[\]{}|%*_]*)*"\):::kind_concept', box)


def test_the_same_map_gives_the_same_bytes_whatever_the_hash_seed() -> None:
    tests = Path(__file__).parent
    script = (
        f"import sys; sys.path[:0] = [{str(tests)!r}, {str(tests.parent)!r}]\n"
        "from drawn_maps import bread_view\nfrom conceptmap.draw import Selection, draw\n"
        "for form in ('svg', 'dot', 'mermaid', 'outline'):\n"
        "    sys.stdout.write(draw(bread_view(), form, Selection(whole=True)))\n"
        "sys.stdout.write(draw(bread_view(), 'svg', Selection(whole=True, group='none'), arrangement='timeline'))\n"
        "sys.stdout.write(draw(bread_view(), 'png').hex())\n"
    )
    drawn = {
        subprocess.run(
            [sys.executable, "-c", script],
            env={"PYTHONHASHSEED": seed, "PYTHONIOENCODING": "utf-8"},
            capture_output=True,
            check=True,
        ).stdout.decode()
        for seed in ("1", "2")
    }
    forms = ("svg", "dot", "mermaid", "outline")
    texts = [str(draw(bread_view(), form, Selection(whole=True))) for form in forms]
    texts.append(str(draw(bread_view(), "svg", Selection(whole=True, group="none"), arrangement="timeline")))
    png = draw(bread_view(), "png")
    assert isinstance(png, bytes)
    assert drawn == {"".join(texts) + png.hex()}


def test_a_png_is_drawn() -> None:
    drawn = draw(robot_view(), "png")
    assert isinstance(drawn, bytes)
    assert drawn.startswith(b"\x89PNG")


def test_a_png_of_a_large_picture_has_a_limit() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg" width="4000" height="3000"></svg>'
    width, height = struct.unpack(">II", draw_png(svg, most_pixels=1e6)[16:24])
    assert 900_000 < width * height <= 1_010_000


def test_a_png_without_the_extra_says_which_one_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "resvg_py", None)
    with pytest.raises(DrawingFailed, match="-m pip install resvg-py"):
        draw(robot_view(), "png")


@pytest.mark.parametrize("said", ['cm:shape "box\\" image=\\"x"', 'cm:fill "red"', 'cm:stroke "#12"'])
def test_a_vocabulary_cannot_bring_other_than_drawing_words(said: str) -> None:
    with pytest.raises(InvalidVocabulary, match=r"cm:shape|is no colour"):
        with_added(f"{PREFIXES}:Taste a owl:Class ; rdfs:label 'Taste' ; {said} .".encode())
