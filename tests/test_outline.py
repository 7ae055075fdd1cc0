"""What a page without any syntax says by its form: sections, defined terms and lists in lists."""

import pytest

from conceptmap.notes import NoteFile
from conceptmap.notes.outline.sections import readable
from ontology.model import Document
from ontology.vocabulary import Vocabulary
from small_notes import read


def document(vocabulary: Vocabulary, text: str) -> Document:
    (note,) = read(vocabulary, NoteFile("page.md", text.encode(), 3)).notes
    return note.document


def said(found: Document) -> set[str]:
    labels = {node.id: node.label for node in found.nodes}
    return {f"{labels[edge.source]} | {edge.relation} | {labels[edge.target]}" for edge in found.edges}


def test_sub_headings_are_parts_of_the_heading_above_them(vocabulary: Vocabulary) -> None:
    found = document(vocabulary, "# Boats\n\n## Sails\n\nSails catch the moving air.\n\n### Jib\n\n### Spinnaker\n")
    assert said(found) == {"Day 3 | about | Sails", "Jib | part of | Sails", "Spinnaker | part of | Sails"}
    assert {edge.origin.rule for edge in found.edges} == {"outline"}
    assert {edge.origin.how for edge in found.edges} == {"derived"}
    assert [node.data for node in found.nodes if node.label == "Sails"] == [{"gist": "Sails catch the moving air."}]


def test_generic_headings_carry_structure_but_are_no_topics(vocabulary: Vocabulary) -> None:
    text = (
        "# Boats\n\n## Sails\n\n### Example 3\n\n### Some examples\n\n#### Jib\n\n## I did\n\n## 12 April\n\n## Why\n"
    )
    assert said(document(vocabulary, text)) == {"Day 3 | about | Sails", "Jib | part of | Sails"}


@pytest.mark.parametrize(
    ("heading", "label"),
    [
        ("1.2 Hull speed", "Hull speed"),
        ("Step 4: Rigging", "Rigging"),
        ("What is a keel?", "keel"),
        ("Example: tacking upwind", "tacking upwind"),
        ("⛵ Sail trim", "Sail trim"),
        ("Knots | Day 8", "Knots"),
        (r"Drag $\lambda \geq 1$", "Drag λ ≥ 1"),
    ],
)
def test_labels_are_short_and_plain(vocabulary: Vocabulary, heading: str, label: str) -> None:
    assert said(document(vocabulary, f"# Boats\n\n## {heading}\n")) == {f"Day 3 | about | {label}"}


def test_a_heading_says_how_long_its_topic_takes(vocabulary: Vocabulary) -> None:
    text = "# Boats\n\n## 2. Rigging (40 min)\n\nFirst the mast.\n\n## Sailing (in Greece)\n\nThere is wind.\n"
    found = document(vocabulary, text)
    assert {node.label: node.data.get("duration") for node in found.nodes if node.kind != "Day"} == {
        "Rigging": "40 min",
        "Sailing (in Greece)": None,
    }
    assert [node.origin.lines for node in found.nodes if "duration" in node.data] == [(3, 3)]


def test_the_line_of_the_unit_says_how_long_the_day_takes(vocabulary: Vocabulary) -> None:
    found = document(vocabulary, "# Day 3: Boats\n\nPart I — Sailing | Week 2 | 2.5 hours\n\n## Ropes\n\nThey hold.\n")
    assert found.data == {"duration": "2.5 hours"}


def test_terms_that_a_page_defines_are_nodes_with_what_is_said_of_them(vocabulary: Vocabulary) -> None:
    text = (
        "# Boats\n\n## Ropes\n\nA **sheet** is a rope that sets the angle of a sail.\n\n"
        "A rope that hoists is called a **halyard**, and **never** let it go.\n\n- Painter: ties a boat to the shore\n"
    )
    found = document(vocabulary, text)
    terms = {"Sheet | example of | Rope", "Ropes | about | Halyard", "Painter | part of | Ropes"}
    assert said(found) == {"Day 3 | about | Ropes", *terms}
    gists = {node.label: node.data.get("gist") for node in found.nodes}
    assert gists["Painter"] == "ties a boat to the shore"


def test_names_below_an_item_are_its_parts_but_tasks_and_shopping_are_nothing(vocabulary: Vocabulary) -> None:
    text = "# Boats\n\n## Gear\n\n- Rig\n  - Mast\n  - Boom\n\n## Shop\n\n- [ ] oil\n  - Cloth\n\n## Week\n\n- tape\n"
    found = said(document(vocabulary, text))
    assert {"Rig | part of | Gear", "Mast | part of | Rig", "Boom | part of | Rig"} <= found
    assert not any("oil" in one or "tape" in one for one in found)


def test_a_section_in_which_something_is_stated_gives_no_outline_of_its_own(vocabulary: Vocabulary) -> None:
    text = "# Boats\n\n## Wind {#wind}\n\n## Sails\n\nrequires:: [[Wind]]\n\n- Jib: a sail in front\n"
    assert not any("Jib" in one for one in said(document(vocabulary, text)))


def test_a_stated_heading_is_the_whole_of_an_outlined_one_below_it(vocabulary: Vocabulary) -> None:
    text = "# Boats\n\n## Method: Sailing\n\nrequires:: [[Wind]]\n\n### Tacking\n\n## Wind {#wind}\n"
    assert said(document(vocabulary, text)) == {"Sailing | requires | Wind", "Tacking | part of | Sailing"}


def test_consecutive_lines_of_arrows_are_chains_of_their_own(vocabulary: Vocabulary) -> None:
    text = "# Boats\n\n## Wind {#wind}\n\nwind -> lift\nweight -> drag\n"
    assert said(document(vocabulary, text)) == {"Wind | leads to | lift", "weight | leads to | drag"}


def test_chains_that_list_names_lead_to_each_of_them_and_end_where_the_line_does(vocabulary: Vocabulary) -> None:
    lines = "wind -> {lift, drag}\ndrag -> heat, noise\nSailors like wind.\n"
    leads = {"wind | leads to | lift", "wind | leads to | drag", "drag | leads to | heat", "drag | leads to | noise"}
    for typed in ("", "## Wind {#wind}\n\n"):
        found = said(document(vocabulary, f"# Boats\n\n{typed}{lines}"))
        assert {one.lower() for one in found if "leads to" in one} == leads


def test_a_chain_may_go_on_in_the_next_line(vocabulary: Vocabulary) -> None:
    found = said(document(vocabulary, "# Boats\n\nwind -> lift ->\nspeed\n"))
    assert {one.lower() for one in found} >= {"wind | leads to | lift", "lift | leads to | speed"}


def test_the_rows_of_a_table_are_things_with_what_its_columns_say(vocabulary: Vocabulary) -> None:
    table = "| Craft | Masts | Handling |\n|---|---|---|\n| Sloop | one | quick to turn |\n| Ketch | two | steady |\n"
    found = document(vocabulary, f"# Boats\n\n## Rigs\n\n{table}")
    assert said(found) == {"Day 3 | about | Rigs", "Sloop | part of | Rigs", "Ketch | part of | Rigs"}
    data = {node.label: node.data for node in found.nodes}
    assert data["Sloop"] == {"Masts": "one", "Handling": "quick to turn"}


@pytest.mark.parametrize("head", ["", "Property", "Key differences"])
def test_a_table_of_ways_to_compare_compares_its_columns(vocabulary: Vocabulary, head: str) -> None:
    table = f"| {head} | Sloop | Ketch |\n|---|---|---|\n| Masts | one | two |\n"
    assert "Sloop | contrasts with | Ketch" in said(document(vocabulary, f"# Boats\n\n## Rigs {{#rigs}}\n\n{table}"))


def test_a_topic_that_is_called_like_the_page_of_a_day_is_no_day(vocabulary: Vocabulary) -> None:
    found = document(vocabulary, "# Boats\n\n## Sailing\n\nboats -> trade\n")
    assert "boats | leads to | trade" in {one.lower() for one in said(found)}


def test_formulas_references_and_markup_of_labels_are_readable() -> None:
    assert readable("**Decay** of $x_{max}$ [12] {cite}`stone`") == "Decay of x_max"


def test_a_formula_with_a_label_ends_where_it_ends(vocabulary: Vocabulary) -> None:
    text = "# Boats\n\n$$\nv = 2\n$$ (speed)\n\n## Hull speed\n\n$$\nw = 3\n$$\n"
    assert said(document(vocabulary, text)) == {"Day 3 | about | Hull speed"}


def test_tables_of_numbers_are_data_and_no_comparison(vocabulary: Vocabulary) -> None:
    text = "# Boats\n\n| Craft | 2021 | 2022 |\n|---|---|---|\n| Sloop | 12 | 1,300 kg |\n| Ketch | 4% | none |\n"
    assert said(document(vocabulary, text)) == set()


@pytest.mark.parametrize(
    ("lead", "steps"),
    [("## Procedure", True), ("To moor, proceed in these steps:", True), ("## Exercises", False), ("Boats:", False)],
)
def test_numbered_items_follow_from_each_other_only_below_words_of_a_procedure(
    vocabulary: Vocabulary, lead: str, steps: bool
) -> None:
    found = document(vocabulary, f"# Boats\n\n{lead}\n\n1. Approach the buoy slowly\n2. Catch it with the hook\n")
    assert any("leads to" in one for one in said(found)) == steps


def test_no_marks_stop_the_outline(vocabulary: Vocabulary) -> None:
    hostile = ("**a " * 4_000, "what is " + "?" * 9_000 + "x", "__a** " * 4_000)
    for line in hostile:
        assert document(vocabulary, f"# Boats\n\n## Sails\n\n{line}\n\n## {line}\n").day == 3


def test_what_an_undated_page_lists_and_links_hangs_on_its_topic(vocabulary: Vocabulary) -> None:
    text = "# Boats\n\n## Wind\n\nKey threads:\n\n- drag\n- lift\n\n[[Rope]] and weather.\n"
    found = read(vocabulary, NoteFile("boats.md", text.encode())).notes[0].document
    assert found.undated and not any(node.kind == "Day" for node in found.nodes)
    assert {f"boats | about | {one}" for one in ("drag", "lift", "rope")} <= {
        f"{e.source} | {e.relation} | {e.target}" for e in found.edges
    }


def test_a_link_under_no_topic_says_what_the_day_is_about_but_links_of_days_do_not(vocabulary: Vocabulary) -> None:
    text = "# Boats\n\nToday [[Rope]] again, see [[Day 2]].\n\n## Rope {#rope}\n"
    assert said(document(vocabulary, text)) == {"Day 3 | about | Rope"}


def test_what_stands_in_a_section_is_the_text_of_its_node(vocabulary: Vocabulary) -> None:
    found = document(
        vocabulary, "# Boats\n\n## Keel\n\nIt *keeps* a boat upright.\n\n> Aunt Ann had none.\n\n## Mast\n"
    )
    texts = {node.label: node.text for node in found.nodes}
    assert texts["Keel"] == "It *keeps* a boat upright.\n\n> Aunt Ann had none."
    assert texts["Mast"] is None


def test_the_words_of_a_link_are_one_term_and_pictures_beside_a_cue_are_none(vocabulary: Vocabulary) -> None:
    items = "- [Sloop](a.md): a boat with one mast.\n- [Ketch - a view of it](https://x.org/k) by Ann: two masts.\n"
    found = read(vocabulary, NoteFile("boats.md", f"# Boats\n\n## Rigs\n\n{items}".encode())).notes[0].document
    assert {node.label for node in found.nodes} == {"Boats", "Rigs", "Sloop"}
    sources = "## Sails\n\n📚 **References**:\n\n- Ann: The sail book, 1999\n"
    reading = read(vocabulary, NoteFile("boats.md", f"# Boats\n\n{sources}".encode()))
    assert not [one for one in reading.warnings if "heads no list" in one.what]
