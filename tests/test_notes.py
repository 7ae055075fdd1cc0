"""Notes become documents: whole notes against golden documents, then one fact a test."""

import json
from collections.abc import Sequence
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from conceptmap.meaning.scores import Score, scores_of
from conceptmap.notes import NoteFile, declared_course, read_notes
from ontology.gate import read as read_value
from ontology.model import Document, EdgeKey, Node
from ontology.rules import check_document, completed
from ontology.vocabulary import Vocabulary, read_vocabulary
from small_notes import document, edges, known, read
from steps import calls_in

GOLDEN = Path(__file__).parent / "golden" / "notes"
VOCABULARY = read_vocabulary()


@pytest.mark.parametrize("note", sorted(GOLDEN.glob("*.md")), ids=lambda path: path.stem)
def test_a_note_gives_its_golden_document(note: Path, vocabulary: Vocabulary) -> None:
    reading = read(vocabulary, NoteFile(note.name, note.read_bytes()))
    assert reading.problems == ()
    assert reading.warnings == ()
    got = reading.notes[0].document.as_json()
    assert got == json.loads(note.with_suffix(".json").read_text("utf-8"))


def test_the_worked_example_gives_the_document_of_the_design(vocabulary: Vocabulary) -> None:
    note = (GOLDEN / "bread-02.md").read_text("utf-8")
    got = document(vocabulary, note.replace("day: 2", "day: 1", 1).replace("(Day 1)", "(Day 0)"))
    assert [(node.id, node.kind, node.mention) for node in got.nodes][:3] == [
        ("fermentation", "Concept", False),
        ("yeast", "Concept", True),
        ("time-beats-kneading", "Claim", False),
    ]
    requires = next(edge for edge in got.edges if edge.relation == "requires")
    assert (requires.source, requires.target, requires.place, requires.parent) == ("fermentation", "yeast", 1, "target")
    evidence = next(node for node in got.nodes if node.kind == "Evidence")
    assert (evidence.data, evidence.origin.lines, evidence.origin.how) == ({"domain": "Bakery"}, (14, 14), "derived")
    yeast = next(node for node in got.nodes if node.id == "yeast")
    assert yeast.place == 1


def test_a_heading_without_a_sign_is_no_node(vocabulary: Vocabulary) -> None:
    assert document(vocabulary, "## Background\nSome words.\n").nodes == ()


@pytest.mark.parametrize(
    "sign", ["[[Rise]]", "    A\n    │\n    └── Rise", "| | Rise | Fall |\n|-|-|-|\n| a | b | c |"]
)
def test_a_heading_that_the_notes_name_is_a_node_with_its_text(sign: str, vocabulary: Vocabulary) -> None:
    got = document(vocabulary, f"## Rise\nIt goes up.\n\n## Elsewhere\n\n{sign}\n")
    assert [(node.text, node.mention) for node in got.nodes if node.id == "rise"] in (
        [("It goes up.", False)],
        [],
    )
    assert any(node.id == "rise" for node in got.nodes)


def test_the_first_heading_of_a_page_stands_for_the_day(vocabulary: Vocabulary) -> None:
    assert edges(document(vocabulary, "# A page\n- asks:: [[Q]]\n\n## Question: Q\n")) == ["day-1 asks q"]


def test_a_title_that_a_link_names_is_a_node(vocabulary: Vocabulary) -> None:
    got = document(vocabulary, "# Yeast\n- requires:: [[Sugar]]\n\n## Sugar\n- unlocks:: [[Yeast]]\n")
    assert edges(got) == ["yeast requires sugar"]


def test_both_directions_of_a_relation_are_one_edge(vocabulary: Vocabulary) -> None:
    got = document(vocabulary, "## Claim: A\n- supports:: [[B]]\n\n## Claim: B\n- is supported by:: [[A]]\n")
    assert edges(got) == ["a supports b"]


def test_a_symmetric_relation_said_twice_is_one_edge(vocabulary: Vocabulary) -> None:
    got = document(vocabulary, "## A\n- contrasts with:: [[B]]\n\n## B\n- Contrasts  With:: [[A]]\n")
    assert edges(got) == ["a contrasts with b"]


def test_words_behind_the_last_link_are_a_note_of_all(vocabulary: Vocabulary) -> None:
    got = document(vocabulary, "## A\n- requires:: [[B]] and [[C]] – to begin with\n\n## B\n\n## C\n")
    assert [edge.note for edge in got.edges] == ["to begin with", "to begin with"]


def test_notes_are_resolved_together_in_any_order(vocabulary: Vocabulary) -> None:
    one, two = "## A\n- requires:: [[B]]\n", "## Method: B {#bee}\n- alias:: Beta\n"
    files = [NoteFile("day-1.md", one.encode()), NoteFile("day-2.md", two.encode())]
    forwards, backwards = read(vocabulary, *files), read(vocabulary, *reversed(files))
    assert forwards.problems == ()
    assert forwards.notes == backwards.notes
    assert forwards.notes[0].document.nodes[1] == read_value(
        Node,
        {
            "id": "bee",
            "kind": "Method",
            "label": "B",
            "mention": True,
            "from": {"lines": (2, 2), "quote": "requires:: [[B]]", "how": "stated"},
        },
    )


def test_an_anchor_that_headings_of_several_pages_have_is_no_id(vocabulary: Vocabulary) -> None:
    files = [
        NoteFile("knead.md", b"# Kneading\n\n## Why knead at all? {#why}\n\nIt makes gluten.\n"),
        NoteFile("rest.md", b"# Resting\n\n## Why dough must rest {#why}\n\nGluten relaxes.\n"),
        NoteFile("salt.md", b"# Salt\n\n## Salt {#salt}\n\nIt slows yeast.\n"),
        NoteFile("more.md", b"# More\n\n## Salt, once more {#salt}\n\nIt tightens gluten.\n"),
    ]
    got = read(vocabulary, *files)
    ids = {node.label: node.id for note in got.notes for node in note.document.nodes}
    assert ids["Why knead at all?"] != ids["Why dough must rest"]
    assert ids["Salt"] == ids["Salt, once more"] == "salt"
    assert len([one for one in got.warnings if "only an anchor" in one.what]) == 2


def test_a_note_read_again_against_the_stored_map_gives_the_same_document(vocabulary: Vocabulary) -> None:
    files = [NoteFile(note.name, note.read_bytes()) for note in sorted(GOLDEN.glob("*.md"))]
    together = read(vocabulary, *files)
    documents = [completed(note.document) for note in together.notes]
    for file in files:
        again = read_notes([file], vocabulary=vocabulary, known=known(vocabulary, *documents), map="bread")
        assert again.problems == ()
        assert again.notes[0].document in [note.document for note in together.notes]


def test_a_later_note_gives_a_known_node_its_kind_and_id(vocabulary: Vocabulary) -> None:
    stored = document(vocabulary, "## Method: Cold proof {#cold}\n- alias:: Retarding\n")
    note = NoteFile("day-2.md", b"## Retarding\n- gist:: slow\n\n## Cold proof\n- requires:: [[Retarding]]\n")
    got = read(vocabulary, note, stored=[stored]).notes[0].document
    assert [(node.id, node.kind) for node in got.nodes] == [("cold", "Method")]


def test_a_part_that_is_replaced_no_longer_knows_its_names(vocabulary: Vocabulary) -> None:
    stored = structs.replace(document(vocabulary, "## Yeast\n- gist:: x\n"), part="day-1.md")
    reading = read(vocabulary, "## A\n- requires:: [[Yeats]]\n", stored=[stored])
    assert reading.warnings == ()


def test_positions_point_at_every_node_and_edge(vocabulary: Vocabulary) -> None:
    note = read(vocabulary, "## A\n- requires:: [[B]], [[C]]\n\n## B\n\n## C\n").notes[0]
    assert note.positions["a"] == (1, 4)
    assert note.positions[EdgeKey("a", "requires", "c")] == (2, 21)
    assert set(note.positions) == {
        *(node.id for node in note.document.nodes),
        *(edge.key for edge in note.document.edges),
    }


def test_links_to_pages_find_their_day(vocabulary: Vocabulary) -> None:
    reading = read(vocabulary, "# Day 1: Flour\n", "## A\n- requires:: [[day-1]], [[Day 1]]\n- cites:: [[Flour]]\n")
    assert reading.problems == ()
    assert edges(reading.notes[1].document) == ["a requires day-1", "a cites day-1"]


def test_the_units_of_a_day_can_be_linked(vocabulary: Vocabulary) -> None:
    got = document(vocabulary, "---\nunits: [Week 1]\n---\n## A\n- part of:: [[Week 1]]\n")
    assert got.nodes[1].kind == "Unit"


def test_what_rules_find_never_stops_a_note(vocabulary: Vocabulary) -> None:
    reading = read(
        vocabulary, f"## Claim: A\nSee [[Nobody]] and [[nobody]].\n\nEvidence:\n\n- {'x' * 501}\n- [[None]]\n"
    )
    assert reading.problems == ()
    assert [(one.line, one.what) for one in reading.warnings] == [
        (6, "left out: a label of 501 characters, 500 are allowed"),
    ]


def test_a_cue_as_a_heading_belongs_to_the_node_above(vocabulary: Vocabulary) -> None:
    got = document(vocabulary, "## Claim: A\n\n### Evidence\n\n- Go: AlphaGo won\n- Chess:\n  - Deep Blue won\n")
    assert edges(got) == ["alphago-won supports a", "deep-blue-won supports a"]
    assert [node.data.get("domain") for node in got.nodes[1:]] == ["Go", "Chess"]


def test_a_day_asks_the_questions_below_its_title(vocabulary: Vocabulary) -> None:
    assert edges(document(vocabulary, "# Day 1: A\n\n## Open questions\n\n- Why?\n")) == ["day-1 asks why"]


def test_the_course_is_declared_in_the_front_matter() -> None:
    files = [NoteFile("a.md", b"# A\n"), NoteFile("b.md", b"---\ncourse: Good Bread\n---\n")]
    assert declared_course(files) == "good-bread"
    assert declared_course(files[:1]) is None


def test_a_diary_is_one_document_a_section(vocabulary: Vocabulary) -> None:
    front = "---\ncourse: bread\n---\n# Diary\n\n"
    text = front + "## Flour | Day 1\n- asks:: [[Q]]\n\n### Question: Q\n\n## Day 2: Salt\n\nWhy [[Q]]?\n"
    reading = read(vocabulary, NoteFile("diary.md", text.encode()))
    assert reading.problems == ()
    assert [(note.document.day, note.document.title, note.document.part) for note in reading.notes] == [
        (1, "Flour", "diary.md"),
        (2, "Salt", "diary.md"),
    ]
    assert reading.notes[0].document.edges[0].origin.lines == (7, 7)
    assert reading.notes[1].body == b"## Day 2: Salt\n\nWhy [[Q]]?\n"


MARKDOWN = st.lists(
    st.one_of(
        st.text(max_size=20),
        st.sampled_from(
            "# A|## Claim: B|- requires:: [[A]]|  - Evidence: x|Evidence:|- item|| a | b | c ||-|-|-|| 1 | 2 | 3 |"
            "```|├── A|│   └── B: c (Day 3)|    → D:|      why?|A|│|$$|$x$|[[A]] -> [[B]]|a → b|---|day: 3|> q|"
            "{#id}|[[x|y]]|<!--|-->|`|Day 5|## Day 2: X|## Y \\| Day 4|kind:: Method|\t- tab|1. one|===".split("|")
        ),
    ),
    max_size=30,
).map("\n".join)


@given(st.lists(MARKDOWN, min_size=1, max_size=3))
def test_any_text_is_read_without_raising_into_valid_documents(texts: list[str]) -> None:
    reading = read(VOCABULARY, *texts)
    lengths = {f"day-{n}.md": len(text.splitlines()) + 1 for n, text in enumerate(texts, 1)}
    for problem in (*reading.problems, *reading.warnings):
        assert problem.line is not None and 1 <= problem.line <= lengths[problem.file] + 1
        assert problem.column is not None and problem.column >= 1
    for note in reading.notes:
        again = read_value(Document, note.document.as_json())
        assert again == note.document
        allowed = ("cannot be joined", "cannot start", "cannot end", "cannot have the id")
        for finding in check_document(completed(note.document), VOCABULARY):
            assert any(word in finding.what for word in allowed), finding
        origins = [node.origin for node in note.document.nodes] + [edge.origin for edge in note.document.edges]
        for lines in (origin.lines for origin in origins):
            assert lines is not None and lines[0] <= lines[1] <= lengths[note.path]


@given(st.binary(max_size=200))
def test_any_bytes_are_read_without_raising(body: bytes) -> None:
    read(VOCABULARY, NoteFile("notes.md", body, day=1))


def test_a_field_without_a_value_takes_the_list_below_it_and_no_other(vocabulary: Vocabulary) -> None:
    note = "## A\n- requires::\n  - [[B]] first\n  - [[C]]\n- alias::\n  - Alpha\n\n## B\n\n- x\n\n## C\n"
    got = document(vocabulary, note)
    assert [(edge.target, edge.note) for edge in got.edges] == [("b", "first"), ("c", None)]
    assert got.nodes[0].aliases == ("Alpha",)
    reading = read(vocabulary, "## A\nrequires::\nunlocks::\n\n- [[B]]\n\n## B\n")
    assert [str(problem) for problem in reading.problems] == [
        "day-1.md:2:1: 'requires' names no target; write requires:: [[Name]]"
    ]


def test_a_relation_without_a_link_is_data_of_an_undated_note_and_warned_of(vocabulary: Vocabulary) -> None:
    reading = read(vocabulary, NoteFile("files.md", b"## PDF\nsupports:: highlights, links to a page\n"))
    assert {"supports": "highlights, links to a page"} in [node.data for node in reading.notes[0].document.nodes]
    assert [str(one) for one in reading.warnings] == [
        "files.md:2:1: 'supports' names no target; if it is a relation, write supports:: [[Name]]"
    ]


def test_a_heading_or_item_that_is_a_link_is_the_node_it_names(vocabulary: Vocabulary) -> None:
    note = "## [[Yeast|Yeasts]]\n\n- [[Flour|some flour]]\n  - leads to:: [[Yeast]]\n\n## Method: Flour\n"
    got = document(vocabulary, note)
    assert edges(got) == ["flour leads to yeast"]
    assert [(node.id, node.label) for node in got.nodes] == [("yeast", "Yeast"), ("flour", "Flour")]


def test_the_lines_of_a_node_reach_to_the_next_heading(vocabulary: Vocabulary) -> None:
    got = document(vocabulary, "## Claim: A\n\nEvidence:\n\n- b\n- c\n\n\n## Claim: D\n")
    assert [node.origin.lines for node in got.nodes] == [(1, 6), (5, 5), (6, 6), (9, 9)]


LONG = "x" * 100_001
HUGE = {
    "a table's cell": f"| D | A | B |\n|---|---|---|\n| a | {LONG} | c |\n",
    "a table's head": f"| D | {LONG} | B |\n|---|---|---|\n| a | b | c |\n",
    "a cue's note": f"## Claim: A\n\nEvidence:\n\n- [[A]] - {LONG}\n",
    "a formula": f"## A {{#a}}\n\n$$\n{LONG}\n$$\n",
    "a title": f"# {LONG}\n",
    "a chain": f"{LONG} → b\n",
    "a key": f"- {LONG}:: b\n",
    "a value": f"## A\n- b:: {LONG}\n",
    "a link": f"[[{LONG}]]\n",
    "a field's link": f"## A\n- requires:: [[{LONG}]]\n",
    "an alias": f"## A\n- alias:: {LONG}\n",
    "a tree": f"```\nA\n├── {LONG}\n└── B\n    → C:\n      {LONG}?\n```\n",
    "an item": f"Evidence:\n\n- {LONG}\n",
    "references": "## Claim: &#x202e;&#0;&lrm;A\n\n- text:: &#x202e;\n",
}


@pytest.mark.parametrize("note", HUGE.values(), ids=HUGE)
def test_what_is_too_long_is_refused_or_left_out(note: str, vocabulary: Vocabulary) -> None:
    for one in read(vocabulary, note).notes:
        read_value(Document, one.document.as_json())


DEEP = {
    "list": "- " * 10_000 + "x",
    "indented list": "".join("  " * n + "- x\n" for n in range(500)),
    "quote": ">" * 10_000 + "x",
    "ticks": "".join("`" * n + " " for n in range(1, 1_000)),
    "brackets": "[[" * 50_000,
    "formulas": "$$ x\n" * 10_000,
    "comments": "x <!-- " * 20_000,
    "stars": "## Claim: " + "*a **b __c " * 10_000,
    "tags": "## Claim: " + "<a " * 20_000,
    "links": "## Claim: " + "[a](b " * 20_000,
    "arrows": "a → " * 20_000,
    "tree": "```\nA\n" + "└── B\n" * 10_000 + "→ C\n" * 10_000 + "```\n",
}


@pytest.mark.parametrize("note", DEEP.values(), ids=DEEP)
def test_deep_and_unclosed_things_are_read_in_linear_time(note: str, vocabulary: Vocabulary) -> None:
    read(vocabulary, note[:4_000])
    one, two = (calls_in(partial(read, vocabulary, note[:size])) for size in (4_000, 8_000))
    assert two < 2.6 * one


@pytest.mark.parametrize(
    ("within", "beyond", "said"),
    [
        (f"## A\n\n{'w ' * 9}x → b\n", f"## A\n\n{'w ' * 10}x → b\n", "leads to"),
        (f"- {'k' * 60}:: [[Day 1]]\n", f"- {'k' * 61}:: [[Day 1]]\n", "unknown relation"),
        ("## Claim: A\n\nEvidence:\n\n- a b c: d\n", "## Claim: A\n\nEvidence:\n\n- a b c d: e\n", "domain"),
        (
            f"## Claim: A\n\n{'*' * 45}Evidence{'*' * 45}:\n\n- b\n",
            f"## Claim: A\n\n{'*' * 46}Evidence{'*' * 46}:\n\n- b\n",
            "supports",
        ),
    ],
    ids=["a chain's name", "a field's key", "evidence's domain", "a cue"],
)
def test_what_is_longer_than_a_name_is_no_name(within: str, beyond: str, said: str, vocabulary: Vocabulary) -> None:
    assert said in str(read(vocabulary, within))
    assert said not in str(read(vocabulary, beyond))


def mentions(vocabulary: Vocabulary, *notes: str, stored: Sequence[Document] = ()) -> dict[str, str]:
    """The kinds of all that notes only mention."""
    reading = read(vocabulary, *notes, stored=stored)
    assert reading.problems == ()
    nodes = [node for note in reading.notes for node in note.document.nodes]
    return {node.label: node.kind for node in nodes if node.mention and node.kind != "Day"}


def test_a_link_to_what_nobody_has_defined_mentions_it(vocabulary: Vocabulary) -> None:
    got = document(vocabulary, "## A\n- requires:: [[B c]]\n- cites:: [[D]]\n\nSee [[E#heading|e]] and [[C#]].\n")
    assert edges(got) == ["a requires b-c", "a cites d", "a about e", "a about c-951a4d"]
    assert [(node.label, node.kind, node.mention) for node in got.nodes[1:]] == [
        ("B c", "Concept", True),
        ("D", "Source", True),
        ("E", "Concept", True),
        ("C#", "Concept", True),
    ]


@pytest.mark.parametrize(
    ("note", "kind"),
    [
        ("- supports:: [[X]]", "Claim"),
        ("- is supported by:: [[X]]", "Concept"),
        ("- asks:: [[X]]", "Question"),
        ("- undercuts:: [[X]]", "Evidence"),
        ("See [[X]].\n- predicts:: [[X]]\n- opposes:: [[X]]", "Claim"),
        ("- requires:: [[X]]\n- cites:: [[X]]", "Source"),
        ("[[X]] -> [[A]]", "Concept"),
        ("[[X]] answers:: [[Question: Why]]", "Claim"),
        ("Evidence:\n\n- [[X]]", "Evidence"),
    ],
)
def test_a_mention_is_of_the_first_kind_that_all_its_links_allow(note: str, kind: str, vocabulary: Vocabulary) -> None:
    assert mentions(vocabulary, f"## Claim: A\n{note}\n")["X"] == kind


def test_a_mention_yields_to_any_definition(vocabulary: Vocabulary) -> None:
    link, claim = "## A {#a}\nSee [[Rye is hard]].\n", "## Claim: Rye is hard\n"
    assert mentions(vocabulary, link, claim) == mentions(vocabulary, claim, link) == {"Rye is hard": "Claim"}
    stored = structs.replace(document(vocabulary, link), part="a.md")
    assert mentions(vocabulary, "## Evidence: B\n- supports:: [[Rye is hard]]\n", stored=[stored]) == {
        "Rye is hard": "Claim"
    }


def test_the_links_of_an_unknown_field_are_kept_as_data_and_say_what_a_node_is_about(vocabulary: Vocabulary) -> None:
    (note,) = read(vocabulary, "## A\n- source:: [[Old book|the book]]\n- need:: more of [[B]]\n").notes
    assert edges(note.document) == ["a about old-book", "a about b"]
    assert note.document.nodes[0].data == {"source": "the book", "need": "more of B"}


@pytest.mark.parametrize(
    "field",
    [
        "- requires: [[Rain]]",
        "**Requires**: [[Rain]]",
        "Requires： [[Rain]]",
        "- [ ] requires:: [[Rain]]",
        "- [x] requires: [[Rain]]",
        "- (requires::[[Rain]])",
        "[requires:: [[Rain]]]",
        "> (requires:: [[Rain]])",
        "They say (so I read, requires:: it) that it is so (requires:: [[Rain]]), mostly.",
        "1. It is so [**requires**:: [[Rain|the (heavy) rain]]].",
    ],
)
def test_a_field_is_read_however_it_is_spelled(field: str, vocabulary: Vocabulary) -> None:
    got = document(vocabulary, f"## Erosion {{#erosion}}\n{field}\n")
    assert [(edge.source, edge.relation, edge.target, edge.origin.how) for edge in got.edges] == [
        ("erosion", "requires", "rain", "stated")
    ]


def test_a_field_in_brackets_is_no_part_of_a_label(vocabulary: Vocabulary) -> None:
    got = document(vocabulary, "## Erosion (requires:: [[Rain]]) and more\n- Claim: It cuts [about:: [[Rain]]] rock\n")
    assert [(node.label, node.kind) for node in got.nodes if not node.mention] == [
        ("Erosion and more", "Concept"),
        ("It cuts rock", "Claim"),
    ]
    assert edges(got) == ["erosion-and-more requires rain", "it-cuts-rock about rain"]


def test_an_indented_tree_is_a_tree_behind_a_list_too(vocabulary: Vocabulary) -> None:
    tree = "    Prices\n    │\n    └── Wages\n"
    got = document(vocabulary, f"## Prices\n- leads to:: [[Wages]]\n\n{tree}\n## Wages\n")
    assert [(edge.relation, edge.place, edge.parent) for edge in got.edges] == [("leads to", 1, "source")]


def test_a_heading_without_words_is_no_node(vocabulary: Vocabulary) -> None:
    reading = read(vocabulary, "## A {#a}\n\n###\n- b:: c\n- about:: [[D]]\n")
    assert edges(reading.notes[0].document) == ["a about d"]


def test_the_page_of_an_undated_note_is_a_concept_whatever_rules_make_of_its_name(vocabulary: Vocabulary) -> None:
    recipe = NoteFile("bread.md", b"# Bread\n\nHow to bake:\n\n1. Knead the dough\n2. Proof\n3. Bake it\n")
    page = NoteFile("proof.md", b"# Proof\n\nIt rests.\n")
    reading = read(vocabulary, recipe, page)
    kinds = {node.kind for note in reading.notes for node in note.document.nodes if node.label == "Proof"}
    assert kinds == {"Concept"}


def test_a_text_that_is_too_long_is_left_out_of_an_undated_note(vocabulary: Vocabulary) -> None:
    reading = read(vocabulary, NoteFile("zoo.md", b"# Zoo\n\n" + b"word " * 25_000 + b"\n"))
    assert [(note.document.nodes[0].label, note.document.nodes[0].text) for note in reading.notes] == [("Zoo", None)]
    assert ["left out" in one.what for one in reading.warnings] == [True]


STEP = """## Claim: Time wins {#time}
- is supported by:: [[Trial]]
## Evidence: Trial
## Evidence: Strong flour
"""


@pytest.mark.parametrize(
    "field",
    [
        "- undercuts:: [[Trial]] supports [[Time wins]], as nobody weighed it",
        "- undercuts:: [[Trial]] *backs up* [[Time wins]] as nobody weighed it",
        "- undercuts:: [[Time wins]] is supported by [[Trial]] (as nobody weighed it)",
        "[[Strong flour]] undercuts:: [[Trial]] supports [[Time wins]] - as nobody weighed it",
    ],
)
def test_to_undercut_an_edge_makes_an_argument_of_it(field: str, vocabulary: Vocabulary) -> None:
    got = document(vocabulary, f"{STEP}{field}\n")
    argument = next(node for node in got.nodes if node.kind == "Argument")
    assert argument.label == "Trial as support for Time wins"
    assert set(edges(got)) == {
        "trial supports time",
        f"trial premise of {argument.id}",
        f"{argument.id} supports time",
        f"strong-flour undercuts {argument.id}",
    }
    undercut = next(edge for edge in got.edges if edge.relation == "undercuts")
    assert undercut.note is not None and "as nobody weighed it" in undercut.note
    assert undercut.origin.lines == argument.origin.lines == (5, 5)


def test_an_edge_that_is_undercut_twice_is_one_argument(vocabulary: Vocabulary) -> None:
    field = "- undercuts:: [[Trial]] supports [[Time wins]]\n"
    got = document(vocabulary, f"{STEP}{field}## Claim: Ovens differ\n{field}")
    assert [node.label for node in got.nodes if node.kind == "Argument"] == ["Trial as support for Time wins"]
    assert [edge.source for edge in got.edges if edge.relation == "undercuts"] == ["strong-flour", "ovens-differ"]


def test_an_edge_that_is_undercut_and_that_nobody_states_is_told(vocabulary: Vocabulary) -> None:
    reading = read(vocabulary, f"{STEP}- undercuts:: [[Trial]] opposes [[Time wins]]\n")
    assert "nothing but this line says that 'Trial' opposes 'Time wins'" in str(reading.warnings)
    assert not read(vocabulary, f"{STEP}- undercuts:: [[Trial]] supports [[Time wins]]\n").warnings


def test_what_speaks_for_nothing_cannot_be_undercut(vocabulary: Vocabulary) -> None:
    reading = read(vocabulary, f"{STEP}- undercuts:: [[Trial]] requires [[Time wins]]\n")
    assert [one.what for one in reading.problems] == [
        "'requires' speaks neither for nor against anything, so that there is nothing to undercut"
    ]


def test_words_that_are_nearly_a_relation_between_two_links_are_told(vocabulary: Vocabulary) -> None:
    reading = read(
        vocabulary,
        "## Evidence: Trial\n## Evidence: Flour\n## Evidence: Oven\n- undercuts:: [[Trial]] suports [[Flour]]\n",
    )
    assert [(one.what, one.hint) for one in reading.warnings] == [
        ("'suports' between the links is no relation, so that both are undercut", "did you mean 'supports'?")
    ]


def test_an_undercut_edge_counts_by_its_argument_alone(vocabulary: Vocabulary) -> None:
    def score(note: str) -> Score:
        one = document(vocabulary, note)
        return scores_of(known(vocabulary, one))["time"]

    before, after = score(STEP), score(f"{STEP}- undercuts:: [[Trial]] supports [[Time wins]]\n")
    assert [edge.source for edge in before.supports] == ["trial"]
    assert [edge.source for edge in after.supports] == ["trial-as-support-for-time-wins"]
    assert [aside.edge.source for aside in after.set_aside] == ["trial"]
    assert all((after.strengths[name] or 0) < (before.strengths[name] or 0) for name in before.strengths)
