"""Notes in the dialects of other programs: what of them is Markdown, and where it stands."""

import json
from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conceptmap.notes import NOTE_SUFFIXES, NoteFile, read_notes
from conceptmap.notes.page.dialects import DIALECTS, plain_markdown
from conceptmap.notes.page.markdown import read_source
from conceptmap.notes.values import Findings
from ontology.vocabulary import Vocabulary
from small_notes import edges, known, read


def plain(path: str, text: str) -> str:
    return "\n".join(line.rstrip() for line in plain_markdown(path, text.split("\n")).lines)


def notebook(*cells: tuple[str, str], indent: int | None = 1, **more: object) -> str:
    """A notebook as Jupyter writes it, or on one line."""
    made = [
        {
            "cell_type": kind,
            "id": f"c{number}",
            "metadata": {},
            **({"execution_count": None, "outputs": more.get("outputs", [])} if kind == "code" else {}),
            "source": text.splitlines(keepends=True),
        }
        for number, (kind, text) in enumerate(cells)
    ]
    return json.dumps({"cells": made, "metadata": {}, "nbformat": 4, "nbformat_minor": 5}, indent=indent) + "\n"


def page(text: str) -> tuple[str, ...]:
    findings = Findings()
    lines = read_source("tides.ipynb", text.encode(), findings).lines
    assert findings.problems == []
    return lines


def test_the_suffixes_of_notes_are_those_of_the_dialects() -> None:
    assert NOTE_SUFFIXES == (".md", ".markdown", ".txt", ".mdx", ".qmd", ".rmd", ".ipynb", ".bib", ".bibtex", ".json")
    assert len({one.name for one in DIALECTS}) == len(DIALECTS)


def test_the_guide_names_each_dialect_and_its_suffixes() -> None:
    guide = (Path(__file__).parent.parent / "docs" / "notes.md").read_text("utf-8")
    for dialect in DIALECTS:
        suffixes = ", ".join(f"`{suffix}`" for suffix in dialect.suffixes) or "any of these"
        assert f"| {dialect.name} | {suffixes} |" in guide
        assert dialect.name == "Markdown" or f"## {dialect.name}" in guide


def test_a_line_of_a_notebook_has_its_number_in_the_file() -> None:
    text = notebook(("markdown", "# Tides\n\n- the moon\n"), ("code", "moon = 1\n"), ("markdown", "## Spring tide"))
    lines = page(text)
    for words in ("# Tides", "- the moon", "moon = 1", "## Spring tide"):
        assert json.dumps(words)[:-1] in text.split("\n")[lines.index(words)]


def test_cells_of_code_are_code_blocks_and_end_a_list() -> None:
    lines = [line for line in page(notebook(("markdown", "- a"), ("code", "```\nb"), ("markdown", "    c"))) if line]
    assert lines == ["<!-- -->", "- a", "````code", "```", "b", "````", "<!-- -->", "    c"]


def test_a_notebook_on_one_line_is_read_cell_by_cell() -> None:
    lines = page(notebook(("markdown", "# Tides\n\nThe sea."), indent=None))
    assert [line for line in lines if line] == ["<!-- -->", "# Tides", "The sea."]


def test_outputs_of_a_notebook_are_not_looked_at() -> None:
    outputs = [{"output_type": "stream", "name": "stdout", "text": ["# No heading\n"], "source": ["# Tides\n"]}]
    lines = page(notebook(("code", "print()"), ("markdown", "# Tides\n"), outputs=outputs))
    assert [line for line in lines if line] == ["```code", "print()", "```", "<!-- -->", "# Tides"]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "[" * 100_000,
        '{"nbformat": 4}',
        '{"nbformat": 99, "cells": []}',
        '{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [{"cell_type": "markdown", "source": 5}]}',
        '{"nbformat": 4, "cells": [5]}',
        '{"nbformat": "x", "cells": []}',
    ],
)
def test_a_broken_notebook_is_refused_and_the_others_are_read(text: str, vocabulary: Vocabulary) -> None:
    reading = read(vocabulary, NoteFile("a.ipynb", text.encode()), NoteFile("b.md", b"# Tides\n"))
    assert [(one.file, one.what) for one in reading.problems] == [("a.ipynb", "this is no notebook that can be read")]


def test_what_a_cell_may_not_hold_is_a_problem(vocabulary: Vocabulary) -> None:
    reading = read(vocabulary, NoteFile("a.ipynb", notebook(("markdown", "# Ti\x07des \ud800")).encode()))
    (problem,) = reading.problems
    assert problem.what == "the character U+0007 is not allowed here, nor 1 more of its kind"


def test_mdx_is_read_without_its_javascript() -> None:
    text = (
        'import Tabs from "@x/Tabs"\nexport const meta = {\n  a: 1,\n}\n\n# Tides\n\n<Tip warning={true}>\n'
        'The <Term id="m">moon</Term> pulls. {/* check */}\n</Tip>\n\n<Chart\n  rows={[1, 2]}\n/>\n\n{years.length}\n\n'
        "import is a word here.\n\n```js\nimport x\n```\nThe `<Tide>` stays."
    )
    left = plain("a.mdx", text).split("\n")
    assert len(left) == text.count("\n") + 1
    assert left[8].index("moon") == text.split("\n")[8].index("moon")
    assert [" ".join(line.split()) for line in left if line.strip()] == [
        "# Tides",
        "The moon pulls.",
        "import is a word here.",
        "```js",
        "import x",
        "```",
        "The `<Tide>` stays.",
    ]


def test_quarto_is_read_without_its_divs_and_shortcodes() -> None:
    text = "# Tides {#sec-tides .unnumbered}\n\n::: {.callout-note}\nThe moon {{< meta x >}} pulls.\n:::\n\n## Ebb {-}"
    assert plain("a.qmd", text).split("\n") == [
        "# Tides",
        "",
        "",
        "The moon                pulls.",
        "",
        "",
        "## Ebb",
    ]


def test_the_id_of_a_quarto_section_is_a_place_to_refer_to_and_no_sign_of_a_topic(vocabulary: Vocabulary) -> None:
    text = "# Tides\n\n## Ebb {#sec-ebb}\n\nThe sea falls.\n\n## Flood {#sec-flood}\n\nThe sea rises.\n"
    (note,) = read(vocabulary, NoteFile("tides.qmd", text.encode())).notes
    assert {(one.source, one.relation, one.target) for one in note.document.edges} == {
        ("ebb", "part of", "tides"),
        ("flood", "part of", "tides"),
    }


def test_tasks_and_remarks_below_a_lead_are_no_evidence(vocabulary: Vocabulary) -> None:
    items = "- [fact] The moon pulls at the sea #tide\n- [ ] ask the harbour\n- [x] buy a table of tides\n"
    (note,) = read(vocabulary, NoteFile("tides.md", f"# Tides\n\n## Observations\n\n{items}".encode())).notes
    assert {node.kind for node in note.document.nodes} == {"Concept"}


@pytest.mark.parametrize("path", ["a.mdx", "a.qmd", "a.Rmd"])
def test_notes_of_other_suffixes_are_notes(path: str, vocabulary: Vocabulary) -> None:
    text = "# Tides\n\nimport or not.\n\n```{r}\nx <- 1\n```\n\n## Spring tide\n\nThe sea is high.\n"
    (note,) = read(vocabulary, NoteFile(path, text.encode())).notes
    assert [node.label for node in note.document.nodes] == ["Tides", "Spring tide"]


def test_comments_of_obsidian_are_not_read_and_keep_the_lines() -> None:
    text = "a %%no%% b\n%%\n## No heading\n```\n%%\n```\n- no:: [[x]]\n%% c\n`%%code%%`\n```\n%%time\n```\n%% open"
    assert plain("a.md", text).split("\n") == [
        *("a        b", "", "", "", "", "", "", " c", "`%%code%%`", "```", "%%time", "```", "%% open")
    ]


def test_block_ids_tags_of_headings_and_signs_of_callouts_are_no_words() -> None:
    text = (
        "## Erosion #geo #a/b ^id1\n> [!note]- Title\n> [!tip] Alone\n\n## C #\n## Issue #1\nx ^2\n- y ^blk\n^own-line"
    )
    said = ["## Erosion", ">", "> Alone", "", "## C #", "## Issue #1", "x ^2", "- y", ""]
    assert plain("a.md", text).split("\n") == said
    assert plain_markdown("a.md", text.split("\n")).anchors == {"^id1": 0, "^blk": 7, "^own-line": 8}


def vault(vocabulary: Vocabulary, notes: Mapping[str, str]) -> list[str]:
    """The edges of notes, by the paths of their files without the ending."""
    files = [NoteFile(f"{path}.md", text.encode(), place=f"{path}.md") for path, text in notes.items()]
    reading = read_notes(files, vocabulary=vocabulary, known=known(vocabulary), map="sea")
    label = {node.id: node.label for note in reading.notes for node in note.document.nodes}
    said = {edge for note in reading.notes for edge in note.document.edges}
    return sorted(f"{label[edge.source]} {edge.relation} {label[edge.target]}" for edge in said)


SEA = "# The sea\n\nWater.\n\n## Tides\n\nIt rises. ^rise\n\n### Summary\n\nEbb. ^ebb\n\n## Waves\n\nWind.\n"


@pytest.mark.parametrize(
    ("link", "name"),
    {
        "[[sea]]": "The sea",
        "[[coast/sea|there]]": "The sea",
        "![[sea]]": "The sea",
        "[[sea#Tides]]": "Tides",
        "[[sea#Tides#Summary]]": "Tides",
        "[[sea#^rise]]": "Tides",
        "[[sea^ebb]]": "Tides",
        "[words](coast/sea.md)": "The sea",
        "[words](./coast/sea.md#waves)": "Waves",
        "[words](<coast/sea.md#Waves>)": "Waves",
    }.items(),
)
def test_a_link_to_a_place_leads_to_what_stands_there(link: str, name: str, vocabulary: Vocabulary) -> None:
    assert f"Moon about {name}" in vault(vocabulary, {"coast/sea": SEA, "Moon": f"It pulls at {link}.\n"})


@pytest.mark.parametrize(
    "link", ["![[sea.png]]", "[[map.canvas]]", "[x](http://a.b/sea.md)", "[x](#tides)", "[x](no.md)"]
)
def test_pictures_addresses_and_files_that_are_no_notes_are_no_topics(link: str, vocabulary: Vocabulary) -> None:
    assert not any(one.startswith("Moon") for one in vault(vocabulary, {"sea": SEA, "Moon": f"It pulls at {link}.\n"}))


def test_a_link_to_a_heading_of_a_day_leads_to_it_and_never_to_the_day(vocabulary: Vocabulary) -> None:
    note = (
        "# Day 1: Sea\n\n## Ebb\n- requires:: [[day-1#Moon]]\n- leads to:: [[Coast#Mud]]\n- about:: [[Coast#^b1]]\n\n"
    )
    got = edges(read(vocabulary, f"{note}## Moon\n\n## Coast\n\n### Mud\n").notes[0].document)
    assert got[:3] == ["ebb requires moon", "ebb leads to mud", "ebb about coast"]


def test_a_day_is_about_what_its_running_text_links(vocabulary: Vocabulary) -> None:
    notes = {"sea": SEA, "2026-03-08": "Low, as [they say](sea.md#tides).\n"}
    assert "8 Mar about Tides" in vault(vocabulary, notes)


def test_tags_behind_the_links_of_a_field_are_no_note_of_the_edge(vocabulary: Vocabulary) -> None:
    note = "# Day 1: Sea\n\n## Ebb #geo\n- requires:: [[Moon]] #key\n- leads to:: [[Mud]] at low water #key #b ^b1\n"
    document = read(vocabulary, note).notes[0].document
    assert [edge.note for edge in document.edges] == [None, "at low water"]
    assert "Ebb" in [node.label for node in document.nodes]


def test_a_file_of_the_name_of_a_heading_is_found_by_its_path(vocabulary: Vocabulary) -> None:
    notes = {"Rye - bread": "# Rye: bread\n\nIt holds.\n", "Oven": "See [that](<Rye - bread.md>).\n"}
    assert len(vault(vocabulary, notes)) == 1


def test_a_link_to_a_stored_note_leads_to_it(vocabulary: Vocabulary) -> None:
    sea = NoteFile("coast/sea.md", SEA.encode(), place="coast/sea.md")
    stored = read(vocabulary, sea).notes[0].document
    for link, name in {"[x](coast/sea.md)": "The sea", "[[sea#Tides]]": "Tides", "[[sea#^rise]]": "The sea"}.items():
        moon = read(vocabulary, NoteFile("Moon.md", f"It has {link}.\n".encode()), stored=[stored]).notes[0].document
        assert [node.label for node in moon.nodes if node.label != "Moon"] == [name]


def test_two_notes_of_one_name_are_told_apart(vocabulary: Vocabulary) -> None:
    notes = {"ship/Bow": "It parts [[archery/Bow]].\n", "archery/Bow": "It bends.\n", "ship/Hull": "See [[Bow]].\n"}
    assert vault(vocabulary, notes) == ["Hull about ship/Bow", "ship/Bow about archery/Bow"]


def test_aliases_in_the_front_matter_are_names(vocabulary: Vocabulary) -> None:
    for aliases in ("aliases: [Luna, the moon]", "alias: Luna, the moon", "aliases:\n  - the moon"):
        moon = f"---\n{aliases}\n---\nIt pulls.\n"
        assert vault(vocabulary, {"Moon": moon, "Sea": "See [[the moon]].\n"}) == ["Sea about Moon"]


def test_the_identifier_of_an_export_is_no_part_of_a_name(vocabulary: Vocabulary) -> None:
    name = "Spring tide 0123456789abcdef0123456789abcdef"
    notes = {name: "High.\n", "Moon": f"See [Spring tide]({name.replace(' ', '%20')}.md).\n"}
    assert vault(vocabulary, notes) == ["Moon about Spring tide"]


BLOCK = "6502f1a0-1c5e-4f7e-9d0a-3a0c5c0f1e0"


def test_what_logseq_keeps_for_itself_is_no_text() -> None:
    text = (
        f"- ## Tides\n  collapsed:: true\n  id:: {BLOCK}1\n\t- TODO ask Ann\n\t  DEADLINE: <2026-10-09 Fri>\n"
        "\t- DONE net\n\t  :LOGBOOK:\n\t  CLOCK: [2026-09-28 Mon]\n\t  :END:\n- {{query (todo TODO)}}\n"
        "- {{embed [[Moon]]}} $x_{{a}}$\n"
        f"- #+BEGIN_QUOTE\n  High.\n  #+END_QUOTE\n- see (({BLOCK}1))\n- NOW or never"
    )
    said = [
        *("- ## Tides", "", "", "\t- [ ]  ask Ann", "", "\t- [x]  net", "", "", "", "-", "- [[Moon]] $x_{{a}}$", "-"),
        *("  High.", "", f"- see [[{BLOCK}1]]", "- [ ] or never"),
    ]
    assert plain("pages/a.md", text).split("\n") == said
    assert plain_markdown("pages/a.md", text.split("\n")).anchors == {f"{BLOCK}1": 2}


def test_blocks_of_logseq_are_the_page_with_their_headings_nested_items_and_references(vocabulary: Vocabulary) -> None:
    tide = (
        "alias:: ebb and flow\ncolour:: [[blue]]\n\n- The sea rises and falls. It does so twice.\n- ## Spring tide\n"
        f"\t- Sun and moon stand in a line.\n\t  id:: {BLOCK}2\n- Neap tide\n\t- half as high\n- requires:: [[Moon]]\n"
    )
    day = f"- Rain\n- [[ebb and flow]]\n\t- ((nothing)) (({BLOCK}2))\n- (({BLOCK}9))\n"
    got = vault(vocabulary, {"pages/Tide": tide, "journals/2026_10_03": day})
    assert {"Tide requires Moon", "Tide about blue", "Spring tide part of Tide", "Neap tide part of Tide"} <= set(got)
    assert "Tide about Spring tide" in got
    assert not any(BLOCK in one for one in got)


def test_a_page_in_a_namespace_is_part_of_it(vocabulary: Vocabulary) -> None:
    for name in ("Moon___Far side", "Moon%2FFar side"):
        got = vault(
            vocabulary, {f"pages/{name}": "- It is never seen.\n", "pages/Sea": "- Not on [[Moon/Far side]].\n"}
        )
        assert got == ["Moon/Far side part of Moon", "Sea about Moon/Far side"]


def test_a_title_among_the_properties_of_a_page_is_its_name(vocabulary: Vocabulary) -> None:
    notes = {"pages/a1": "title:: Spring tide\n\n- High.\n", "pages/Sea": "- It has a [[spring tide]].\n"}
    assert vault(vocabulary, notes) == ["Sea about Spring tide"]


def test_a_date_leads_to_the_day_of_that_journal(vocabulary: Vocabulary) -> None:
    notes = {"journals/2026_10_03": "- Calm.\n", "pages/Sea": "- Calm on [[Oct 3rd, 2026]].\n"}
    assert vault(vocabulary, notes) == ["Sea about 3 Oct"]


def test_tags_of_static_sites_are_no_text_and_front_matter_in_toml_gives_the_title() -> None:
    text = (
        '+++\ntitle = "High tide"\n+++\n\n{% include x.html %}\n## Ebb {: .wide}\n'
        "{{ site.url }} $x_{{a}}$ `{% y %}`\n{:toc}"
    )
    assert plain("a.md", text).split("\n") == ["", "", "", "", "", "## Ebb", "$x_{{a}}$ `{% y %}`", ""]
    assert plain_markdown("a.md", text.split("\n")).title == "High tide"


MYST = """\
(moon-label)=
(moon-too)=

## The moon
```{note} Title
:class: tip
It pulls.
```python
x = 1
```
```
::::{tab-set}
:::{figure} a.png
---
name: fig-moon
---
The moon.
:::
::::
```{toctree}
sea
```
```{math}
:label: eq-pull
F = m a
```
% a remark
+++
```{code-cell} ipython3
:tags: [x]
(x)=
```
end
"""
READ = """\



## The moon


It pulls.
```python
x = 1
```






The moon.





$$

F = m a
$$


```{code-cell} ipython3
:tags: [x]
(x)=
```
end
"""


def test_directives_are_what_they_hold() -> None:
    assert plain("a.md", MYST) == READ
    anchors = {"^moon-label": 3, "^moon-too": 3, "^fig-moon": 16, "^eq-pull": 24}
    assert plain_markdown("a.md", MYST.split("\n")).anchors == anchors


def test_chunks_of_r_markdown_are_no_directives() -> None:
    text = "```{note}\nx\n```"
    assert plain("a.Rmd", text) == text


@pytest.mark.parametrize(
    ("role", "name"),
    {
        "{doc}`coast/sea`": "The sea",
        "{doc}`the sea </coast/sea>`": "The sea",
        "{ref}`wave-label`": "Waves",
        "{ref}`them <wave-label>`": "Waves",
        "{term}`waves`": "Waves",
        "{any}`wave-label`": "Waves",
    }.items(),
)
def test_a_role_leads_where_its_link_does(role: str, name: str, vocabulary: Vocabulary) -> None:
    notes = {"coast/sea": SEA.replace("## Waves", "(wave-label)=\n## Waves"), "Moon": f"It pulls at {role}.\n"}
    assert f"Moon about {name}" in vault(vocabulary, notes)


def test_citations_and_references_of_quarto_are_no_words() -> None:
    text = "It rises [see @d98, p. 3; -@e01], as \\@ref(fig:a) and @fig-b show. Ask a@b.org, [x](@y) or `@fig-c`."
    said = "It rises , as and show. Ask a@b.org, [x](@y) or `@fig-c`."
    assert " ".join(plain("a.qmd", text).split()) == said
    assert plain("a.md", text) == text


def test_labels_have_no_roles_and_no_references(vocabulary: Vocabulary) -> None:
    text = (
        "# Sea\n\n## {index}`Tides` and {math}`F_m`\n\nHigh and low water {cite}`d98`.\n\n"
        "## Waves {eq}`e` @fig-w [@d98]\n\nThe wind makes the waves.\n"
    )
    labels = [node.label for node in read(vocabulary, NoteFile("sea.md", text.encode())).notes[0].document.nodes]
    assert labels == ["Sea", "Tides and F_m", "Waves"]


COFFEE = """\
# Coffee

## Observations
- [method] Pour over shows what the bean is like #brewing (at home)
- [fact] It wakes #body #brewing
- [ ] buy some

## Relations
- requires [[Hot water]] (just below the boil)
- part_of [[Morning]]
- relates_to [[Tea]]
- illustrates [[Extraction]], [[Solubility]]

## Espresso
- needs [Pump](pump.md)
- supports [[Morning]]
"""


def test_items_that_begin_with_a_relation_say_it_of_what_they_link(vocabulary: Vocabulary) -> None:
    got = vault(vocabulary, {"Coffee": COFFEE, "Pump": "It presses.\n", "Morning": "It comes.\n"})
    assert got == [
        "Coffee about Tea",
        "Coffee example of Extraction",
        "Coffee example of Solubility",
        "Coffee part of Morning",
        "Coffee requires Hot water",
        "Espresso about Morning",
        "Espresso part of Coffee",
        "Espresso requires Pump",
    ]


def test_remarks_in_brackets_are_text_and_tags_data(vocabulary: Vocabulary) -> None:
    document = read(vocabulary, NoteFile("Coffee.md", COFFEE.encode())).notes[0].document
    coffee = next(node for node in document.nodes if node.label == "Coffee")
    assert coffee.text == "Pour over shows what the bean is like (at home)\n\nIt wakes"
    assert coffee.data == {"tags": ["brewing", "body"]}
    (water,) = [edge for edge in document.edges if edge.relation == "requires" and edge.source == coffee.id]
    assert water.note == "just below the boil"


def test_words_that_a_link_shows_are_what_it_leads_to_for_all_rules(vocabulary: Vocabulary) -> None:
    text = "# Day 3: Bread\n\nWe use [[Retarding|cold proof]] now.\n\nShaping → cold proof → baking\n"
    got = edges(read(vocabulary, text, path="day-3.md").notes[0].document)
    assert {"shaping leads to retarding", "retarding leads to baking"} <= set(got)


def test_a_verb_as_the_key_of_a_field_is_its_relation_or_says_what_something_is_about(vocabulary: Vocabulary) -> None:
    notes = {"Sea": "Needs:: [[Moon]]\nContradicts:: [[Rain]]\n", "Rain": "It falls.\n"}
    assert vault(vocabulary, notes) == ["Sea about Rain", "Sea requires Moon"]


OPENINGS = [
    "<A ",
    "<A\n",
    "{",
    "{/* ",
    "import x\n",
    "{{< ",
    "::: {",
    "# a {.b ",
    "```{note}\n",
    "[[",
    "%%",
    "((",
    "{a}`",
]


@pytest.mark.parametrize("path", ["a.md", "a.mdx", "a.qmd"])
@pytest.mark.parametrize("piece", OPENINGS)
def test_half_a_megabyte_of_openings_that_nothing_closes_is_read_at_once(path: str, piece: str) -> None:
    lines = (piece * (500_000 // len(piece))).split("\n")
    assert len(plain_markdown(path, lines).lines) == len(lines)


INSIDE = [
    "{ref}`",
    "==a ",
    "[x](a.md) ",
    "[[a#b]] ",
    "![[a]] ",
    f"(({BLOCK}1)) ",
    "(a)=\n",
    "- requires [[x]]\n",
    "- [fact] a #b\n",
]


@pytest.mark.parametrize("piece", [*OPENINGS, *INSIDE])
def test_a_note_of_signs_alone_is_read(piece: str, vocabulary: Vocabulary) -> None:
    reading = read(vocabulary, NoteFile("pages/a.md", f"# Sea\n\n{piece * (4_000 // len(piece))}".encode()))
    assert [note.path for note in reading.notes] == ["pages/a.md"]


@given(
    st.lists(st.sampled_from([*OPENINGS, *INSIDE, *"\n\n\n\t #>-", "%%", "```", "words ", "^id", "+++", "id:: ", "}"]))
)
def test_whatever_is_written_keeps_its_lines(pieces: list[str]) -> None:
    lines = "".join(pieces).split("\n")
    for path in ("a.md", "pages/a.md", "a.mdx", "a.qmd"):
        page = plain_markdown(path, lines)
        assert len(page.lines) == len(lines)
        assert all(0 <= index < len(lines) for index in page.anchors.values())


def test_a_page_of_logseq_is_called_as_its_file_and_a_heading_such_as_usage_names_no_page(
    vocabulary: Vocabulary,
) -> None:
    pages = [NoteFile(f"pages/{name}.md", b"- # Usage\n\t- Pull it.\n") for name in ("Rope", "Sail")]
    notes = read(vocabulary, *pages, NoteFile("keel.md", b"# Overview\n\nIt is heavy.\n")).notes
    assert [note.document.title for note in notes] == ["Rope", "Sail", "keel"]


def test_links_in_front_matter_say_what_a_note_is_about(vocabulary: Vocabulary) -> None:
    front = 'categories:\n  - "[[Books]]"\n  - "[[Sea|the sea]]"\nrating: 7\n'
    (note,) = read(vocabulary, NoteFile("Tides.md", f"---\n{front}---\nA slim book.\n".encode())).notes
    assert {(one.source, one.relation, one.target) for one in note.document.edges} == {
        ("tides", "about", "books"),
        ("tides", "about", "sea"),
    }


def test_a_page_whose_name_ends_in_signs_for_slashes_is_no_part_of_itself(vocabulary: Vocabulary) -> None:
    page = NoteFile("pages/Tweet___Tides...___.md", b"title:: Tweet/Tides...\n\n- High water\n")
    (note,) = read(vocabulary, page).notes
    assert all(edge.source != edge.target for edge in note.document.edges)
