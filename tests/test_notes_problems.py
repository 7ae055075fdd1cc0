"""Wrong notes: every message, word by word, with its place."""

import pytest

from conceptmap.notes import NOTE_SUFFIXES, NoteFile
from ontology.vocabulary import Vocabulary
from small_notes import read

KEPT = "correct it; lines that can be read are kept"
NAMED = "a whole number from 0 to 99999"
WRONG: list[tuple[str | bytes, list[str]]] = [
    ("## A\n- requires:: B\n", ["2:3: 'requires' names no target; write requires:: [[Name]]"]),
    ("## A\n- requires::\n", ["2:3: 'requires' names no target; write requires:: [[Name]]"]),
    ("## A\n- requires::\n  - B\n", ["3:5: 'requires' names no target; write requires:: [[Name]]"]),
    ("## A\n- kind:: Clam\n", ["2:3: unknown kind 'Clam'; did you mean 'Claim'?"]),
    ("## Claim: A\n- kind:: Method\n", ["2:3: 'A' is a Method here, but a Claim at day-1.md:1:4; keep one kind"]),
    (
        "## Claim: A\n\n## Method: A\n",
        ["3:4: 'A' is a Method here, but a Claim at day-1.md:1:4; keep one kind, or give one another name"],
    ),
    (
        "## A {#a/b}\n",
        ["1:4: 'a/b' is no id; use letters, digits, '-' and '_', beginning with a letter or digit"],
    ),
    (
        "## X\n- alias:: Foo\n\n## Y\n- alias:: Foo\n\n## Z\n- requires:: [[Foo]]\n",
        ["8:14: ambiguous name 'Foo'; it may be 'X' (x) or 'Y' (y); write the id"],
    ),
    ("## A\n- requires:: [[Day 7!]]\n", ["2:14: unknown name 'Day 7!'; write [[Day 7]]"]),
    (
        f"## A\n- requires:: [[{'x' * 501}]]\n",
        ["2:14: a name of 501 characters, 500 are allowed; link a shorter one"],
    ),
    ("---\nday: 1\n", ["1:1: the front matter is not closed; end it with a line of three hyphens: ---"]),
    ("---\n- a\n---\n", ["2:1: the front matter is no list of keys and values; write lines such as 'day: 7'"]),
    ("---\nday: x\n---\n", [f"2:6: the day is {NAMED}, not 'x'; write 'day: 7'"]),
    ("---\nday: true\n---\n", [f"2:6: the day is {NAMED}, not 'true'; write 'day: 7'"]),
    ("---\nday: -1\n---\n", [f"2:6: the day is {NAMED}, not '-1'; write 'day: 7'"]),
    ("---\nday: 1.5\n---\n", [f"2:6: the day is {NAMED}, not '1.5'; write 'day: 7'"]),
    ('---\nday: "7a"\n---\n', [f"2:6: the day is {NAMED}, not '7a'; write 'day: 7'"]),
    (
        "---\nday: 2024-01-07\n---\n",
        [f"2:6: the day is {NAMED}, not '2024-01-07'; count the days, and write the date as 'date: 2024-01-07'"],
    ),
    ("---\nday: 100000\n---\n", [f"2:6: the day is {NAMED}, not '100000'; write 'day: 7'"]),
    ("---\nday: [1]\n---\n", [f"2:6: the day is {NAMED}, not a list or mapping; write 'day: 7'"]),
    ("---\nday:\n---\n", [f"2:5: the day is {NAMED}, not ''; write 'day: 7'"]),
    ("---\nday: 2\n---\n", ["2:6: the front matter says day 2, the file name day 1; correct one of them"]),
    ("---\nday: 1\nday: 1\n---\n", ["3:1: 'day' stands twice in the front matter; keep one of them"]),
    (
        "---\nday: 1\na: *x\n---\n",
        ["3:4: the front matter is not valid YAML: anchors and aliases are not read here; correct it"],
    ),
    (
        "---\na: !!python/object:os.system x\n---\n",
        ["2:4: the front matter is not valid YAML: tags are not read here; correct it"],
    ),
    (
        "---\n" + "[" * 9000 + "\n---\n",
        ["2:1: the front matter is not valid YAML: this is nested too deeply; correct it"],
    ),
    ("---\npart: x.md\n---\n", ["2:7: the part 'x.md' reads as a file name; leave the file's ending out"]),
    ("---\npart: a/../b\n---\n", ["2:7: 'a/../b' is no part name; use a short word"]),
    (
        '---\ntitle: "a\\u202eb"\n"k\\0": x\n---\n',
        [
            "2:1: an escape here stands for a character that is not allowed; remove it",
            "3:1: an escape here stands for a character that is not allowed; remove it",
        ],
    ),
    (
        f"# A\n\n## X\n\n- requires:: [[X]] {'x' * 100_001}\n",
        ["5:14: the note behind the links is longer than 100000 characters; say it in a paragraph"],
    ),
    (b"abc\r\n d\xe9f\r\n", ["2:3: the byte 0xe9 is not UTF-8; save the file in the encoding UTF-8"]),
    ("a\n b\0c\0", ["2:3: the character U+0000 is not allowed here, nor 1 more of its kind; remove it"]),
    ("x\u202ey", ["1:2: the character U+202E is not allowed here; remove it"]),
    (
        f"## Claim: {'x' * 501}\n",
        ["1:4: the label has 501 characters, 500 are allowed; say the rest in a paragraph below"],
    ),
    (f"## A\n- text:: {'x' * 100_001}\n", ["1:4: the text of 'A' is longer than 100000 characters; split it"]),
    ("- " * 200 + "x", ["1:1: nested more than 29 levels deep; lift the inner lists"]),
]


@pytest.mark.parametrize(("note", "expected"), WRONG, ids=[str(number) for number in range(len(WRONG))])
def test_a_wrong_note_is_told_what_is_wrong_and_where(
    note: str | bytes, expected: list[str], vocabulary: Vocabulary
) -> None:
    assert [str(problem) for problem in read(vocabulary, note).problems] == [f"day-1.md:{one}" for one in expected]


def test_all_problems_of_all_notes_come_at_once(vocabulary: Vocabulary) -> None:
    files = [
        NoteFile("x.md", b"# Hi\n"),
        NoteFile("x.rst", b""),
        NoteFile("a.md", b"---\nday: 3\npart: evening\n---\n"),
        NoteFile("day-3.md", b"---\npart: evening\n---\n"),
        NoteFile("day-4.md", b"---\ncourse: a\n---\n"),
        NoteFile("day-5.md", b"---\ncourse: b\n---\n"),
        NoteFile("d04.md", b"\n- supports:: X y z\n", 4),
        NoteFile("c1.md", b"## Claim: Q\n", 11),
        NoteFile("c2.md", b"\n## Method: Q\n", 12),
    ]
    name_part = "correct the day, or name this note's part in its front matter (part: NAME)"
    assert [str(problem) for problem in read(vocabulary, *files).problems] == [
        "c2.md:2:4: 'Q' is a Method here, but a Claim at c1.md:1:4; keep one kind, or give one another name",
        "d04.md:2:3: 'supports' names no target; write supports:: [[Name]]",
        f"day-3.md:1:1: duplicate day: part 'evening' of day 3 is at a.md:1:1 already; {name_part}",
        "day-5.md:2:9: the course is 'b' here, but 'a' in day-4.md; load one course at a time",
        f"x.rst:1:1: this is not a notes file; notes end in {', '.join(NOTE_SUFFIXES)}",
    ]


def test_a_field_before_the_first_day_of_a_diary_is_a_problem(vocabulary: Vocabulary) -> None:
    text = "- asks:: [[Q]]\n\n## Day 1: A\n\n### Question: Q\n\n## Day 2: B\n"
    reading = read(vocabulary, NoteFile("diary.md", text.encode()))
    assert [str(problem) for problem in reading.problems] == [
        "diary.md:1:3: this stands before the first day; move it under a day's heading"
    ]


def test_a_day_twice_in_a_diary_is_a_problem(vocabulary: Vocabulary) -> None:
    reading = read(vocabulary, NoteFile("diary.md", b"## Day 1: A\n\n## Day 1: B\n"))
    assert [(one.line, one.what) for one in reading.problems] == [
        (3, "duplicate day: part 'diary.md' of day 1 is at diary.md:1:1 already")
    ]


def test_documents_are_built_as_far_as_they_can_be(vocabulary: Vocabulary) -> None:
    reading = read(vocabulary, "## A\n- requires:: [[Day 7!]], [[B]]\n- kind:: Clam\n\n## B\n")
    assert len(reading.problems) == 2
    assert [edge.target for edge in reading.notes[0].document.edges] == ["b"]


def test_a_note_without_a_day_gives_names_and_has_problems_as_others_do(vocabulary: Vocabulary) -> None:
    files = [NoteFile("x.md", b"## A\n- kind:: Clam\n"), NoteFile("day-1.md", b"## B\n- requires:: [[A]]\n")]
    reading = read(vocabulary, *files)
    assert [(one.file, one.what) for one in reading.problems] == [
        ("x.md", "unknown kind 'Clam'"),
    ]
    assert [(note.path, note.document.undated) for note in reading.notes] == [("x.md", True), ("day-1.md", False)]


DOUBTFUL: list[tuple[str, list[str]]] = [
    (
        "---\nday: 1\na: b: c\n---\n",
        [f"3:5: the front matter is not valid YAML: mapping values are not allowed here; {KEPT}"],
    ),
    (
        "## A\n- require:: [[A]]\n",
        ["2:3: unknown relation 'require': its links only say what this is about; did you mean 'requires'?"],
    ),
    (
        "## A\n- foo:: [[A]]\n- foo:: [[B]]\n\n[[Day 1]] bar:: [[Day 2]]\n",
        [
            "2:3: unknown relation 'foo': its links only say what this is about",
            "5:11: unknown relation 'bar': its links only say what this is about",
        ],
    ),
    (
        "## Yeast\n- gist:: x\n\n## A\n- requires:: [[Yeasts]], [[Yaets]], [[Yaets]], [[Beast]]\nSee [[Yeast 2]].\n",
        [
            "5:14: unknown name 'Yeasts', which is only mentioned; did you mean 'Yeast'?",
            "5:48: unknown name 'Beast', which is only mentioned; did you mean 'Yeast'?",
        ],
    ),
    ("## Clam: Rye is hard\n", ["1:4: 'Clam' is no kind, but words of the label; did you mean 'Claim'?"]),
    ("## Claims: x\n\n## Methods: y\n\n## Salt: z\n", []),
    (
        "## Claim: A\n\nEvidenec:\n\n- b\n\nPrerequisits:\n\n- c\n",
        [
            "3:1: 'Evidenec:' heads no list of a known kind; did you mean 'evidence'?",
            "7:1: 'Prerequisits:' heads no list of a known kind; did you mean 'prerequisites'?",
        ],
    ),
    (
        "## A\n\n| a | b |\n|---|---|\n| c | requires:: [[D]] |\n",
        ["5:7: the field 'requires' in a table is not read; write it on a line of its own"],
    ),
    ("## A about:: [[B]]\n", ["1:4: a field in a heading is not read; write it on a line of its own"]),
    ("## A\n\nIt is so (requires:: later).\n", ["3:11: 'requires' names no target; write (requires:: [[Name]])"]),
    (
        "## A\n### Example\n- about:: [[B]]\n\n## C\n### Example\n- about:: [[D]]\n",
        [
            "6:5: two headings 'Example' of this note are one node, here and in line 2; "
            "give each a name or an {#id} of its own"
        ],
    ),
    ("## A\n- gist:: x\n\n## B\n- gist:: y\n\n## A\n- about:: [[B]]\n", []),
]


@pytest.mark.parametrize(("note", "expected"), DOUBTFUL, ids=[str(number) for number in range(len(DOUBTFUL))])
def test_a_doubtful_note_is_read_with_a_warning(note: str, expected: list[str], vocabulary: Vocabulary) -> None:
    reading = read(vocabulary, note)
    assert reading.problems == ()
    assert [str(warning) for warning in reading.warnings] == [f"day-1.md:{one}" for one in expected]


def test_of_broken_front_matter_each_line_says_what_it_can(vocabulary: Vocabulary) -> None:
    front = "title: Bulk rise: the long wait\naliases: [bulk, first\nday: 4\nrating: ***\n\tindent: yes\nhours: 3\n"
    reading = read(vocabulary, NoteFile("bulk.md", f"---\n{front}---\n# Bulk\n".encode()))
    (note,) = reading.notes
    assert (note.document.day, note.document.title) == (4, "Bulk rise: the long wait")
    assert (reading.problems, len(reading.warnings)) == ((), 1)


def test_page_breaks_of_extracted_texts_are_spaces(vocabulary: Vocabulary) -> None:
    reading = read(vocabulary, NoteFile("day-1.md", b"## Claim: Time beats\fkneading\n\x0cIt is slow.\n"))
    assert reading.problems == ()
    assert [node.label for node in reading.notes[0].document.nodes] == ["Time beats kneading"]
