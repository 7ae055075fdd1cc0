"""A learner's map held against the course's."""

import csv
import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from conceptmap.atlas import Atlas, open_atlas
from conceptmap.marking import Marks
from conceptmap.shapes.marking import marks_shape
from ontology.errors import WrongArguments
from services import MAP, served

COURSE = """\
# Day 1: Baking
## Dough
- requires:: [[Flour]], [[Water]]
- leads to:: [[Bread]]
## Bread
## Sourdough
- part of:: [[Dough]]
- contrasts with:: [[Baker's yeast]]
"""


@pytest.fixture
def atlas(tmp_path: Path) -> Iterator[Atlas]:
    (tmp_path / "day-01.md").write_text(COURSE)
    with open_atlas("sqlite://") as atlas:
        atlas["bread"].load(tmp_path / "day-01.md")
        yield atlas


def _compared(atlas: Atlas, tmp_path: Path, notes: str) -> Marks:
    folder = tmp_path / "ada"
    folder.mkdir()
    (folder / "map.md").write_text(notes)
    return atlas["bread"].compare(folder)


LEARNER = """\
## Dough
- requires:: [[Flour]]
- follows from:: [[Bread]]
- leads to:: [[Water]]
- feeds:: [[Sourdough]]
"""


def test_each_proposition_of_the_course_has_its_mark(atlas: Atlas, tmp_path: Path) -> None:
    with atlas:
        found = _compared(atlas, tmp_path, LEARNER)
        assert [(one.outcome, *one.course.key) for one in found.marks] == [
            ("matched", "dough", "requires", "flour"),
            ("wrong relation", "dough", "requires", "water"),
            ("turned round", "dough", "leads to", "bread"),
            ("unclear", "sourdough", "part of", "dough"),
            ("missing", "bakers-yeast", "contrasts with", "sourdough"),
        ]
        assert (found.convergence, found.salience) == (1 / 5, 1 / 4)
        assert found.marks[3].said and found.marks[3].said.words == "feeds"


def _named(atlas: Atlas, tmp_path: Path, name: str) -> tuple[str | None, list[tuple[str, str]], list[str]]:
    """What a learner's name is in the course, how it was taken, and what is unknown."""
    found = _compared(atlas, tmp_path, f"# Day 1: Mine\n## {name}\n- requires:: [[Flour]]\n")
    node = next(one.id for one in found.learner.nodes.values() if one.label == name)
    taken = [(one.label, one.why) for one in found.alignment.taken]
    return found.alignment.same.get(node), taken, [one.said for one in found.alignment.unknown]


CHEMISTRY = """\
# Day 1: Names
## Photosynthesis
- requires:: [[Flour]]
## Alkene
## Depth of Field
## Natural language processing (NLP)
## Stoma
## Stroma
## Absorption
## Naïve Bayes classifier
- alias:: Bayes filter
## GPT-2
## Type I error
## Supervised learning
## The Bitter Lesson
## Hypertonic solution
## C
"""


@pytest.mark.parametrize(
    ("said", "node", "why"),
    [
        ("photosynthesis!", "photosynthesis", None),
        ("Bayes filter", "naïve-bayes-classifier", None),
        ("Photosyntesis", "photosynthesis", "nearly its name"),
        ("naive bayes classifiers", "naïve-bayes-classifier", "spelt alike"),
        ("Stomata", "stoma", "spelt alike"),
        ("A bitter lesson", "the-bitter-lesson", "spelt alike"),
        ("DoF", "depth-of-field", "its initials"),
        ("NLP", "natural-language-processing-nlp", "spelt alike"),
    ],
)
def test_names_that_are_not_quite_the_courses_are_taken_for_it_and_listed(
    said: str, node: str, why: str | None, tmp_path: Path
) -> None:
    with open_atlas("sqlite://") as atlas:
        (tmp_path / "day-01.md").write_text(CHEMISTRY)
        atlas["bread"].load(tmp_path / "day-01.md")
        found, taken, unknown = _named(atlas, tmp_path, said)
        label = atlas["bread"].node(node).label
    assert (found, taken, unknown) == (node, [(label, why)] if why else [], [])


@pytest.mark.parametrize(
    "said",
    [
        "Alkane",
        "Adsorption",
        "GPT-3",
        "Type II error",
        "Unsupervised learning",
        "Hypotonic solution",
        "C++",
        "Field",
        "D",
    ],
)
def test_names_of_other_things_are_taken_for_none(said: str, tmp_path: Path) -> None:
    with open_atlas("sqlite://") as atlas:
        (tmp_path / "day-01.md").write_text(CHEMISTRY)
        atlas["bread"].load(tmp_path / "day-01.md")
        assert _named(atlas, tmp_path, said) == (None, [], [said])


def test_a_name_of_two_nodes_of_the_course_is_neither(tmp_path: Path) -> None:
    with open_atlas("sqlite://") as atlas:
        course = (
            "# Day 1: Banks\n## River bank\n- alias:: Bank\n- requires:: [[Flour]]\n## Savings bank\n- alias:: Bank\n"
        )
        (tmp_path / "day-01.md").write_text(course)
        atlas["bread"].load(tmp_path / "day-01.md")
        found = _compared(atlas, tmp_path, "# Day 1: Mine\n## Bank\n- requires:: [[Flour]]\n")
        assert [(one.said, one.near) for one in found.alignment.unknown] == [("Bank", ("River bank", "Savings bank"))]
        assert [one.unknown for one in found.extra] == [("Bank",)]


def test_what_words_mean_can_be_said(atlas: Atlas, tmp_path: Path) -> None:
    (tmp_path / "ada.md").write_text("# Day 1: Mine\n## Paste\n- needs badly:: [[Flour]]\n- grows to:: [[Bread]]\n")
    with atlas:
        means = {"Paste": "dough", "needs badly": "requires", "grows to": "leads to", "Rusk": "Bread"}
        found = atlas["bread"].compare(tmp_path / "ada.md", means=means)
        assert [one.course.key for one in found.of("matched")] == [
            ("dough", "requires", "flour"),
            ("dough", "leads to", "bread"),
        ]
        assert [(one.said, one.why) for one in found.alignment.taken] == [("Paste", "as you say")]
        assert [one.what for one in found.warnings] == ["nothing is called 'Rusk', so it means nothing here"]
        with pytest.raises(WrongArguments, match=r"'Paste' cannot mean 'Dogh'.*did you mean 'Dough'"):
            atlas["bread"].compare(tmp_path / "ada.md", means={"Paste": "Dogh"})


def test_what_goes_in_a_circle_or_joins_other_kinds_is_compared_all_the_same(atlas: Atlas, tmp_path: Path) -> None:
    with atlas:
        dough = "# Day 1: Mine\n## Dough\n- requires:: [[Flour]]\n- supports:: [[Bread]]\n"
        found = _compared(atlas, tmp_path, f"{dough}## Flour\n- requires:: [[Dough]]\n")
        outcomes = {one.course.key: one.outcome for one in found.marks}
        assert outcomes["dough", "requires", "flour"] == "matched"
        assert outcomes["dough", "leads to", "bread"] == "wrong relation"
        assert [one.said.source for one in found.extra] == ["flour"]


def test_what_follows_from_the_course_and_what_it_joins_without_saying_how_is_told(tmp_path: Path) -> None:
    with open_atlas("sqlite://") as atlas:
        bread = "# Day 1: Names\n## Bread\n- requires:: [[Dough]]\n- about:: [[Oven]]\n"
        (tmp_path / "day-01.md").write_text(f"{bread}## Dough\n- requires:: [[Flour]]\n## Oven\n")
        atlas["bread"].load(tmp_path / "day-01.md")
        found = _compared(atlas, tmp_path, "# Day 1: Mine\n## Bread\n- requires:: [[Flour]], [[Oven]]\n")
        assert [(one.said.target, one.follows, len(one.cites)) for one in found.extra] == [
            ("flour", True, 0),
            ("oven", False, 1),
        ]


def test_days_units_sources_questions_and_links_without_words_are_not_compared(tmp_path: Path) -> None:
    with open_atlas("sqlite://") as atlas:
        course = (
            "---\nday: 1\nunits: [Week 1]\n---\n# Day 1: Baking\n- introduces:: [[Dough]]\n## Dough\n"
            "- about:: [[Bread]]\n- requires:: [[Flour]]\n- asks:: [[How long?]]\n## Question: How long?\n"
            "## Claim: Time helps\n- about:: [[Dough]]\n"
        )
        (tmp_path / "day-01.md").write_text(course)
        atlas["bread"].load(tmp_path / "day-01.md")
        found = atlas["bread"].compare(atlas["bread"])
        assert [one.course.key for one in found.marks] == [
            ("dough", "requires", "flour"),
            ("time-helps", "about", "dough"),
        ]
        assert (found.convergence, found.salience, found.f1) == (1, 1, 1)


def test_a_course_as_of_a_day_is_compared_with_what_it_said_then(atlas: Atlas, tmp_path: Path) -> None:
    (tmp_path / "day-02.md").write_text("# Day 2: More\n## Bread\n- requires:: [[Oven]]\n")
    with atlas:
        atlas["bread"].load(tmp_path / "day-02.md")
        found = atlas["bread"].as_of(1).compare(atlas["bread"])
        assert (len(found.marks), found.matched, len(found.extra)) == (5, 5, 1)


CLASS = {
    "ada.md": "# Day 1: Mine\n## Dough\n- requires:: [[Flour]], [[Water]]\n- requires:: [[Oven]]\n",
    "bob.mmd": "flowchart LR\n  Flour -->|requires| Dough\n  Dough -->|needs| Water\n  Dough -->|requires| Oven\n",
    "eve.csv": "source,relation,target\nFlour,requires,Dough\n=1+1,leads to,Bread\n",
    "mallory.xlsx": "PK",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "class"
    folder.mkdir()
    for name, text in CLASS.items():
        (folder / name).write_text(text)
    return folder


def test_a_class_is_told_what_most_say_wrongly_first(atlas: Atlas, folder: Path) -> None:
    with atlas:
        found = atlas["bread"].compare_class(folder)
        first = found.propositions[0]
        assert first.course.key == ("dough", "requires", "flour")
        assert first.learners == {"matched": ("ada",), "turned round": ("bob", "eve")}
        assert [(one.words, one.learners) for one in found.shared] == [("Dough requires Oven", ("ada", "bob"))]
        assert [(one.words, one.learners) for one in found.unknown] == [("Oven", ("ada", "bob")), ("=1+1", ("eve",))]
        assert list(found.unread) == ["mallory"]


def test_a_table_of_a_class_holds_no_formula(atlas: Atlas, tmp_path: Path) -> None:
    (tmp_path / "class").mkdir()
    (tmp_path / "class" / "=HYPERLINK(1).md").write_text(CLASS["ada.md"])
    with atlas:
        table = list(csv.reader(io.StringIO(atlas["bread"].compare_class(tmp_path / "class").csv())))
    assert table[0][-1] == "'=HYPERLINK(1)"
    assert [row[-1] for row in table[1:]] == ["missing", "missing", "missing", "matched", "matched"]


def test_results_show_themselves_in_notebooks(atlas: Atlas, folder: Path) -> None:
    with atlas:
        one = atlas["bread"].compare(folder / "bob.mmd")
        assert repr(one) == f"<{one.summary()}>"
        assert "<td" in one._repr_html_()
        assert "<li>the course has nothing called “Oven”;" in one._repr_html_()
        assert "- the course has nothing called “Oven”;" in one._repr_markdown_()
        assert (
            "| turned round | Dough requires Flour | Flour requires Dough | day 1, day-01.md:3 |"
            in one._repr_markdown_()
        )
        of_all = atlas["bread"].compare_class(folder)
        assert "<table" in of_all._repr_html_()
        assert "| ada | 2 | 0 | 0 | 0 | 3 | 1 | 0.40 | 0.67 | 0.50 |" in of_all._repr_markdown_()
        assert {**marks_shape(one), "marks": []} == json.loads(json.dumps({**marks_shape(one), "marks": []}))


# Over HTTP.


def test_a_map_that_is_sent_is_compared_and_forgotten() -> None:
    with served() as service:
        service.put_notes(1)
        entry = service.get(f"{MAP}/history").json()
        sent = b"flowchart LR\n  Fermentation -->|needs| Yeast\n"
        response = service.client.post(f"{MAP}/compare?name=ada.mmd", content=sent)
        assert response.status_code == 200
        said = response.json()
        assert (said["learner"], said["counts"]["matched"], said["extra"]) == ("ada", 1, [])
        assert service.get(f"{MAP}/history").json() == entry
        notes = b"# Day 1: Mine\n## Leaven\n- unlocks:: [[Fermentation]]\n"
        response = service.client.post(f"{MAP}/compare?name=ada.md&means=Leaven%3DYeast", content=notes)
        assert response.json()["counts"]["matched"] == 1


def _bomb() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("map.md", b"# A\n" * 5_000_000)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("name", "sent", "status"),
    [
        ("ada.graphml", b'<!DOCTYPE a [<!ENTITY b "c">]><graphml>&b;</graphml>', 400),
        ("ada.zip", _bomb(), 400),
        ("ada.xlsx", b"PK", 400),
        ("ada.csv", b"\xff\xfe\xff", 400),
        ("ada.md", b"", 400),
        ("ada.md", b"x" * 250_001, 413),
        ("ada.md&means=Leaven", b"# A\n", 400),
        ("ada.md&format=docx", b"# A\n", 400),
        ("ada.md&as=26", b"# A\n", 400),
    ],
)
def test_hostile_and_unreadable_maps_are_refused(name: str, sent: bytes, status: int) -> None:
    with served() as service:
        service.put_notes(1)
        response = service.client.post(f"{MAP}/compare?name={name}", content=sent)
        assert (response.status_code, response.headers["content-type"]) == (status, "application/problem+json")


def test_only_who_may_read_the_course_may_compare_with_it() -> None:
    with served(reads="token") as service:
        service.put_notes(1)
        assert service.client.post(f"{MAP}/compare?name=ada.md", content=b"# A\n").status_code == 401
        sent = service.client.post(f"{MAP}/compare?name=ada.md", content=b"# A\n", headers=service.headers("read"))
        assert sent.status_code == 200
