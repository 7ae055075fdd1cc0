"""Bibliographies as sources, and what notes cite: the keys, labels and lines, and all that is told of what is wrong."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conceptmap.atlas import open_atlas
from conceptmap.disk import find_notes
from conceptmap.draw.hanging import drawn_branches
from conceptmap.draw.tree import branches
from conceptmap.notes import NoteFile, Reading
from conceptmap.notes.bibliography import read_bibliography, reference_id
from conceptmap.notes.bibliography.bibtex import plain_latex
from conceptmap.notes.page.citations import citations_in
from conceptmap.notes.values import Findings
from ontology.errors import Problem
from ontology.model import Document
from ontology.vocabulary import read_vocabulary
from small_notes import read

VOCABULARY = read_vocabulary()

SUTTON = r"""@string{now = {2019}}

@misc{sutton2019,
  author = {Sutton, Richard S.},
  title = {The {Bitter} Lesson},
  year = now, url = {http://lesson.example/}
}
"""


def references(text: str, path: str = "refs.bib") -> tuple[list[tuple[str, str]], list[str]]:
    """The keys and labels of a bibliography, and what is told of it."""
    findings = Findings()
    found = [(one.key, one.label) for one in read_bibliography(path, text, findings)]
    return found, [f"{one.line}: {one.what}" for one in (*findings.problems, *findings.warnings)]


@pytest.mark.parametrize(
    ("fields", "label"),
    [
        ("author={Sutton, Richard S.}, title={The Bitter Lesson}, year=2019", "Sutton 2019, The Bitter Lesson"),
        (
            "author={Marvin Minsky and Seymour A. Papert}, title={Perceptrons}, date={1969-01-07}",
            "Minsky and Papert 1969, Perceptrons",
        ),
        ("author={Silver, D. and others}, title={Go}, year={2016}", "Silver et al. 2016, Go"),
        ("author={A, B and C, D and E, F}, title={T}, year={2001}", "A et al. 2001, T"),
        (r"author={G{\"o}del, Kurt}, title={\"{U}ber $\omega$ -- {I}}", "Gödel, Über ω – I"),
        ("author={{World Health Organization}}, title={Air}, year=2021", "World Health Organization 2021, Air"),
        ("author={{Simon and Schuster}}, title={Books}", "Simon and Schuster, Books"),
        ("author={van der Berg, Jan}, title={T}, year=1999", "van der Berg 1999, T"),
        ("editor={Page, Ann}, title={T}, subtitle={On U}, year=1999", "Page 1999, T: On U"),
        ("title={No author}, year=1999", "No author (1999)"),
        ("author={Doe, J.}, year=1999", "Doe 1999"),
        ("note={nothing}", "k"),
    ],
)
def test_a_label_is_what_readers_know_a_source_by(fields: str, label: str) -> None:
    assert references(f"@misc{{k, {fields}}}") == ([("k", label)], [])


def test_an_entry_has_what_the_one_that_it_is_a_part_of_says() -> None:
    text = "@inbook{a, author={B, C}, title={Ch}, crossref={b}}\n@book{b, title={Book}, year={1990}, publisher={P}}"
    findings = Findings()
    first, _ = read_bibliography("refs.bib", text, findings)
    assert (first.label, first.data["in"], first.data["publisher"]) == ("B 1990, Ch", "Book", "P")


def test_what_is_broken_is_told_with_its_line_and_the_others_are_read() -> None:
    text = SUTTON + "@article{broken, title={x\n}\n\n@book{b, title={B}, title={C}}\n@misc{b, title={Again}}\n"
    found, told = references(text)
    assert found == [("sutton2019", "Sutton 2019, The Bitter Lesson"), ("b", "B")]
    assert [one.partition(":")[0] for one in told] == ["11", "8", "12"]
    assert "says title twice" in told[0] and "'@article{broken, title={x'" in told[1]
    assert "the key 'b' stands in line 11 already" in told[2]


def test_references_without_a_key_are_counted() -> None:
    found, told = references("@book{,\n title={A}}\n@book{, title={B}}\n@book{c, title={C}}")
    assert (found, told) == ([("c", "C")], ["1: left out: this reference has no key, like 1 more"])


def test_a_source_is_cited_by_its_doi_too() -> None:
    book = NoteFile("refs.bib", b"@book{go, title={Go}, doi={https://doi.org/10.1038/Nature16961}}", place="refs.bib")
    reading = read(VOCABULARY, "# Day 1\n\nWon [@doi:10.1038/nature16961].\n", book)
    assert cites(reading) == [("day-1", "ref-go", None, 3)]


def test_csl_json_is_read_item_by_item_with_its_lines() -> None:
    author = {"family": "Sutton", "given": "Richard", "non-dropping-particle": "von"}
    good = {"id": 7, "citation-key": "sutton", "type": "book", "title": "A <i>B</i>", "author": [author]}
    items = [good | {"issued": {"date-parts": [["2019", 3]]}, "DOI": "10.1/x"}, {"title": "no id"}, {"id": "c"}, [1]]
    found, told = references(json.dumps(items, indent=1), "refs.json")
    assert found == [("sutton", "von Sutton 2019, A B"), ("c", "c")]
    whole = json.dumps(items, indent=1).split("\n")
    assert [one.partition(": left out")[0] for one in told] == [
        str(len(whole) - 3),
        str(whole.index('  "title": "no id"')),
    ]
    assert "a reference that is none" in told[0] and "has no key" in told[1]
    cut = json.dumps(items, indent=1).partition('"c"')[0]
    assert references(cut, "refs.json")[0] == found[:1]
    assert any("behind it are left out" in one for one in references(cut, "refs.json")[1])
    assert references('{"references": [{"id": "a"}]}', "refs.json")[0] == [("a", "a")]
    assert "no CSL-JSON" in references('{"name": "x"}', "refs.json")[1][0]


@given(st.text(max_size=200))
def test_no_bytes_break_the_reading_of_bibliographies(text: str) -> None:
    for path in ("refs.bib", "refs.json"):
        for whole in (text, f"@misc{{a, title={{{text}}}}}", f'[{{"id": "a", "title": {json.dumps(text)}}}, {text}'):
            read_bibliography(path, whole, Findings())
    plain_latex(text)


def test_keys_that_differ_have_ids_of_their_own() -> None:
    assert len({reference_id(key) for key in ("a:b", "a-b", "a_b", "a/b", "日本", "ab")}) == 6


# What is cited.


@pytest.mark.parametrize(
    ("line", "keys"),
    [
        ("It wins [@a].", [("a", None)]),
        (
            "[see @a2019, pp. 3-4 and *passim*; also @b:c, ch. 1]",
            [("a2019", "see pp. 3-4 and *passim*"), ("b:c", "also ch. 1")],
        ),
        ("As @doe99 [p. 3] and -@roe say.", [("doe99", "p. 3"), ("roe", None)]),
        ("[-@a] and [@{https://x.example/y}, p. 1]", [("a", None), ("https://x.example/y", "p. 1")]),
        ("@doi:10.1038/nature16961.", [("doi:10.1038/nature16961", None)]),
        ("eve@example.org, <eve@example.org>, \\@a, `[@a]`, https://x.example/@a", []),
        ("[@a](https://x.example) [[@a]] <!-- @a --> @fig-one [@sec:two] \\@ref(fig:a)", []),
    ],
)
def test_citations_are_those_of_pandoc(line: str, keys: list[tuple[str, str | None]]) -> None:
    assert [(one.key, one.note) for one in citations_in([line])] == keys


def test_a_citation_may_run_over_lines_but_not_into_code() -> None:
    lines = ["It wins [@a;", "@b, p. 2].", "```", "[@c]", "```"]
    assert [(one.key, one.position) for one in citations_in(lines, first=4)] == [("a", (4, 10)), ("b", (5, 1))]


def cites(reading: Reading) -> list[tuple[str, str, str | None, int]]:
    """The edges to sources: from where, to what, the note, and the line."""
    said = [edge for note in reading.notes for edge in note.document.edges if edge.relation == "cites"]
    return [(one.source, one.target, one.note, (one.origin.lines or (0, 0))[0]) for one in said]


def told(problems: tuple[Problem, ...]) -> list[str]:
    return list(map(str, problems))


BIB = NoteFile("refs.bib", SUTTON.encode(), place="refs.bib")


def test_what_a_line_says_cites_the_source_with_the_place_in_it() -> None:
    note = """# Day 1: Scale

Methods of search [@sutton2019].

## Claim: Compute wins [@sutton2019, p. 2]

So it does [see @sutton2019].

## Concept: Go

Played by @sutton2019, he@sutton2019.example.
"""
    reading = read(VOCABULARY, note, BIB)
    assert told((*reading.problems, *reading.warnings)) == []
    assert cites(reading) == [
        ("day-1", "ref-sutton2019", None, 3),
        ("compute-wins", "ref-sutton2019", "p. 2; see", 5),
        ("go", "ref-sutton2019", None, 11),
    ]
    (source,) = (
        one for note in reading.notes for one in note.document.nodes if one.kind == "Source" and not one.mention
    )
    assert (source.label, source.aliases) == ("Sutton 2019, The Bitter Lesson", ("@sutton2019",))
    assert source.data["url"] == "http://lesson.example/" and source.origin.lines == (3, 7)
    labels = {one.label for note in reading.notes for one in note.document.nodes}
    assert "Compute wins" in labels


def test_a_key_that_no_bibliography_has_is_told_with_the_nearest() -> None:
    reading = read(VOCABULARY, "# Day 1\n\nIt wins [@suton2019] [@nobody]; ask @eve and @suton2019.\n", BIB)
    assert told(reading.warnings) == [
        "day-1.md:3:10: no bibliography has the key 'suton2019'; did you mean 'sutton2019'?",
        "day-1.md:3:23: no bibliography has the key 'nobody'; add it, or correct the key",
    ]
    alone = read(VOCABULARY, "# Day 1\n\nIt wins [@a] [@b]; ask @eve.\n")
    assert told(alone.warnings) == [
        "day-1.md:3:10: the key 'a' and 1 more is cited, but no bibliography is loaded; "
        "put a .bib file, or CSL-JSON, beside the notes"
    ]


def test_of_many_keys_that_no_bibliography_has_the_last_that_is_told_counts_the_others() -> None:
    keys = " ".join(f"[@doi:10.1000/{number}]" for number in range(30))
    warnings = read(VOCABULARY, f"# Day 1\n\nIt wins {keys}.\n", BIB).warnings
    assert len(warnings) == 10
    assert warnings[-1].what == "no bibliography has the key 'doi:10.1000/9', nor 20 more keys"


def test_a_note_of_the_name_of_a_key_is_about_the_source() -> None:
    page = NoteFile("@sutton2019.md", b"# @sutton2019\n\nRead it twice.\n", place="@sutton2019.md")
    reading = read(VOCABULARY, "# Day 1\n\n## Claim: It wins\n\nSee [[@sutton2019]].\n", page, BIB)
    assert cites(reading) == [("it-wins", "ref-sutton2019", None, 5)]
    kinds = {(one.id, one.kind) for note in reading.notes for one in note.document.nodes}
    assert ("ref-sutton2019", "Source") in kinds and not any(kind == "Concept" for _, kind in kinds)


def test_a_key_of_the_map_is_known_when_a_note_comes_alone() -> None:
    stored = [note.document for note in read(VOCABULARY, "# Day 1\n", BIB).notes]
    assert [isinstance(one, Document) for one in stored] == [True, True]
    reading = read(VOCABULARY, "# Day 2\n\nIt wins [@sutton2019].\n", path="day-2.md", stored=stored)
    assert cites(reading) == [("day-2", "ref-sutton2019", None, 3)]


# Files and folders.


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    notes = tmp_path / "notes"
    notes.mkdir()
    (notes / "refs.bib").write_text(SUTTON)
    (notes / "package.json").write_text('{"type": "module", "id": "x"}')
    (notes / "day-01.md").write_text("# Day 1\n\n## Claim: It wins\n\nAs shown [@sutton2019].\n")
    return notes


def test_a_folder_is_loaded_with_its_bibliography_and_follows_it(folder: Path) -> None:
    with open_atlas("sqlite://") as atlas:
        course = atlas["bread"]
        course.load(folder)
        assert course.node("@sutton2019").label == "Sutton 2019, The Bitter Lesson"
        assert [one.status for one in course.load(folder).parts] == ["unchanged", "unchanged"]
        (folder / "refs.bib").write_text(SUTTON.replace("Lesson", "Truth"))
        course.load(folder)
        assert course.node("ref-sutton2019").label == "Sutton 2019, The Bitter Truth"
        assert course.check() == []
        (folder / "refs.bib").rename(folder / "library.bib")
        course.load(folder)
        assert {key.part for key in course.parts()} == {"day-01.md", "library.bib"}
        (folder / "library.bib").unlink()
        report = course.load(folder, prune=True)
        assert [one.what for one in report.warnings] == ["the key 'sutton2019' is cited, but no bibliography is loaded"]
        assert not [edge for edge in course.view().edges() if edge.relation == "cites"]


def test_a_bibliography_that_front_matter_names_is_loaded_too(folder: Path) -> None:
    (folder.parent / "library.bib").write_text(SUTTON.replace("sutton2019", "elsewhere"))
    head = "---\nbibliography: [../library.bib, gone.bib]\n---\n"
    (folder / "day-01.md").write_text(f"{head}# Day 1\n\nIt wins [@elsewhere].\n")
    found = find_notes([folder])
    assert [Path(one.path).name for one in found.files] == ["day-01.md", "refs.bib", "library.bib"]
    with open_atlas("sqlite://") as atlas:
        report = atlas["bread"].load(folder)
        assert [one.what for one in report.warnings] == ["the bibliography 'gone.bib' is not there"]
        assert [edge.target for edge in atlas["bread"].view().edges("cites")] == ["ref-elsewhere"]


def test_a_bibliography_by_itself_is_loaded(folder: Path) -> None:
    with open_atlas("sqlite://") as atlas:
        atlas["bread"].load(folder / "refs.bib")
        assert [one.kind for one in atlas["bread"].view().nodes()] == ["Source"]


def test_what_a_bibliography_only_lists_is_counted_and_not_drawn(folder: Path) -> None:
    (folder / "more.bib").write_text("@book{one, title={One}}\n@book{two, title={Two}}\n")
    with open_atlas("sqlite://") as atlas:
        course = atlas["bread"]
        course.load(folder)
        hung = drawn_branches(course.view())
        assert hung and {one.node.id for one in branches(hung.roots)} == {"it-wins", "ref-sutton2019"}
        assert hung.left_out == 2
        focused = drawn_branches(course.view(), focus="ref-one")
        assert focused and [one.node.id for one in focused.roots] == ["ref-one"]
        alone = atlas["library"]
        alone.load(folder / "more.bib")
        hung = drawn_branches(alone.view())
        assert hung and len(hung.roots) == 2
