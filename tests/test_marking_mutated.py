"""Copies of maps that were changed in known ways get exactly the marks that were made."""

import csv
import random
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from conceptmap.atlas import Atlas, open_atlas
from conceptmap.formats import FORMATS, readable
from conceptmap.map import CourseMap
from conceptmap.marking import Criterion, LearnerMap, LearnerNode, Mark, Proposition, Said, mark, propositions_of
from graphs.fold import Event, PartKey
from graphs.view import View
from ontology.model import Document, Edge, Node, Origin
from ontology.terms import ABOUT
from ontology.vocabulary import Relation, Vocabulary, read_vocabulary

COURSE = Path(__file__).parent.parent / "conceptmap" / "course"
WORDS = read_vocabulary()
RELATIONS = [one for one in WORDS.relations.values() if one.name != ABOUT]


@pytest.fixture(scope="module")
def atlas() -> Iterator[Atlas]:
    with open_atlas("sqlite://") as atlas:
        atlas["course"].load(COURSE)
        yield atlas


def _other_relation(view: View, one: Proposition, rng: random.Random) -> str:
    return rng.choice([name for name in view.vocabulary.relations if name not in (one.relation, ABOUT)])


def test_a_copy_of_the_sample_course_that_was_changed_has_the_marks_that_were_made(
    atlas: Atlas, tmp_path: Path
) -> None:
    """Of N propositions 20 are dropped, 10 get another relation, 5 are turned round, and 15 are added."""
    course = atlas["course"]
    view, rng = course.view(), random.Random(17)
    wanted = propositions_of(view)
    pairs = Counter(frozenset((one.source, one.target)) for one in wanted)
    alone = [one for one in wanted if pairs[frozenset((one.source, one.target))] == 1]
    rng.shuffle(alone)
    one_way = [one for one in alone if not view.vocabulary.relations[one.relation].symmetric]
    turned = one_way[:5]
    dropped = [one for one in alone if one not in turned][:20]
    retyped = [one for one in alone if one not in turned and one not in dropped][:10]
    changed = {one.key for one in (*turned, *dropped, *retyped)}
    rows = [(one.source, one.relation, one.target) for one in wanted if one.key not in changed]
    rows += [(one.target, one.relation, one.source) for one in turned]
    rows += [(one.source, _other_relation(view, one, rng), one.target) for one in retyped]
    nodes = sorted({end for one in wanted for end in (one.source, one.target)})
    while len(rows) < len(wanted) - 20 + 15:
        source, target = rng.sample(nodes, 2)
        if frozenset((source, target)) not in pairs:
            pairs[frozenset((source, target))] = 1
            rows.append((source, "supports", target))
    rng.shuffle(rows)
    with (tmp_path / "copy.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(["source", "relation", "target"])
        writer.writerows(
            (view.node(source).label, relation, view.node(target).label) for source, relation, target in rows
        )

    found = course.compare(tmp_path / "copy.csv")

    outcomes = {one.course.key: one.outcome for one in found.marks}
    assert {one.key for one in dropped} == {key for key, outcome in outcomes.items() if outcome == "missing"}
    assert {one.key for one in retyped} == {key for key, outcome in outcomes.items() if outcome == "wrong relation"}
    assert {one.key for one in turned} == {key for key, outcome in outcomes.items() if outcome == "turned round"}
    assert (len(found.extra), found.alignment.taken, found.alignment.unknown) == (15, (), ())
    count, matched = len(wanted), len(wanted) - 35
    assert found.convergence == matched / count
    assert found.salience == matched / (count - 20 + 15)
    assert found.f1 == 2 * matched / (2 * count - 5)


@pytest.mark.parametrize("form", sorted(readable()))
def test_what_a_format_keeps_of_the_course_is_matched(form: str, atlas: Atlas, tmp_path: Path) -> None:
    course: CourseMap = atlas["course"]
    format_ = FORMATS[form]
    if format_.is_folder:
        file = tmp_path / "copy.zip"
        file.write_bytes(course.packed(form))
    else:
        file = tmp_path / f"copy{format_.suffixes[0] if format_.suffixes else '.ttl'}"
        file.write_text(course.export(form), encoding="utf-8")
    found = course.compare(file, form=form)
    missing = len(found.marks) - found.matched
    assert (len(found.of("missing")), found.extra) == (missing, ())
    assert missing == {"mermaid": 1, "skos": 86}.get(form, 0)  # comparisons; and what is no broader, narrower, related


# Small maps, in which each pair of nodes is joined once.

Change = tuple[tuple[int, int], Relation, str, Relation]


@st.composite
def _changed_maps(draw: st.DrawFn) -> list[Change]:
    size = draw(st.integers(2, 7))
    pairs = [(one, other) for one in range(size) for other in range(size) if one < other]
    chosen = draw(st.lists(st.sampled_from(pairs), unique=True, min_size=1, max_size=len(pairs)))
    made = []
    for pair in chosen:
        ends = pair if draw(st.booleans()) else (pair[1], pair[0])
        relation = draw(st.sampled_from(RELATIONS))
        kinds = ["matched", "missing", "wrong relation", "unclear", "extra", "without saying how"]
        change = draw(st.sampled_from(kinds if relation.symmetric else [*kinds, "turned round"]))
        made.append((ends, relation, change, draw(st.sampled_from([one for one in RELATIONS if one != relation]))))
    return made


def _label(node: int) -> str:
    return ["Yeast", "Flour", "Water", "Dough", "Crumb", "Salt", "Oven"][node]


def _course(changes: list[Change]) -> View:
    ids = sorted({end for ends, *_ in changes for end in ends})
    nodes = tuple(Node(id=_label(one).lower(), kind="Concept", label=_label(one)) for one in ids)
    edges = tuple(
        Edge(source=_label(ends[0]).lower(), relation=one.name, target=_label(ends[1]).lower(), origin=_line(number))
        for number, (ends, one, change, _) in enumerate(changes, 1)
        if change != "extra"
    )
    document = Document(map="bread", day=1, part="day-01.md", nodes=nodes, edges=edges)
    return View.of([Event(1, PartKey(1, "day-01.md"), document)], WORDS)


def _line(number: int) -> Origin:
    return Origin(lines=(number, number), how="stated")


def _said(change: Change) -> Said | None:
    (source, target), relation, kind, other = change
    ends = f"n{source}", f"n{target}"
    if kind == "missing":
        return None
    if kind == "turned round":
        return Said(ends[1], relation.name, ends[0], relation.name)
    if kind == "wrong relation":
        return Said(ends[0], other.name, ends[1], other.name)
    if kind == "unclear":
        return Said(ends[0], "has to do with", ends[1], None)
    if kind == "without saying how":
        return Said(ends[0], ABOUT, ends[1], ABOUT)
    if relation.symmetric:
        return Said(ends[1], relation.name, ends[0], relation.name)
    return Said(ends[0], relation.name, ends[1], relation.name)


@settings(max_examples=150, deadline=None)
@given(_changed_maps(), st.randoms(use_true_random=False))
def test_the_marks_found_are_the_marks_made(changes: list[Change], rng: random.Random) -> None:
    said = [one for one in map(_said, changes) if one]
    rng.shuffle(said)
    nodes = {f"n{one}": LearnerNode(f"n{one}", _label(one)) for ends, *_ in changes for one in ends}
    found = mark(LearnerMap("ada", nodes, tuple(said)), Criterion(_course(changes)))
    made = Counter("wrong relation" if one[2] == "without saying how" else one[2] for one in changes)
    extra = made.pop("extra", 0)
    assert Counter(one.outcome for one in found.marks) == made
    assert len(found.extra) == extra
    assert not found.paired.apart
    for one in found.marks:
        assert one == _mark_made(one, changes)


def _mark_made(found: Mark, changes: list[Change]) -> Mark:
    """The mark of the change at the line that a proposition of the course stands on."""
    change = changes[found.course.place[2][0] - 1]
    outcome = "wrong relation" if change[2] == "without saying how" else change[2]
    assert found.outcome == outcome
    return found


def test_ten_thousand_nodes_with_misspelt_names_are_compared(vocabulary: Vocabulary = WORDS) -> None:
    """Whether it takes seconds is seen by how long this file takes."""
    count = 10_000
    nodes = tuple(Node(id=f"n{one}", kind="Concept", label=_word(one)) for one in range(count))
    edges = tuple(
        Edge(source=f"n{one}", relation="requires", target=f"n{(one * 7 + step) % count}", origin=_line(one + 1))
        for one in range(count)
        for step in (1, 3)
        if (one * 7 + step) % count != one
    )
    document = Document(map="large", day=1, part="day-01.md", nodes=nodes, edges=edges)
    course = View.of([Event(1, PartKey(1, "day-01.md"), document)], vocabulary)
    learner = LearnerMap(
        "ada",
        {f"m{one}": LearnerNode(f"m{one}", _word(one) + ("e" if one % 5 == 0 else "")) for one in range(count)},
        tuple(Said(f"m{edge.source[1:]}", "requires", f"m{edge.target[1:]}", "requires") for edge in edges),
    )
    found = mark(learner, Criterion(course))
    assert found.matched + len(found.of("missing")) == len(found.marks)
    assert len(found.alignment.same) + len(found.alignment.unknown) == count


def _word(number: int) -> str:
    """A word that is like no other by a letter or two: its syllables are digits, said twice."""
    syllables = ["bado", "cemu", "difa", "gorel", "hutin", "jaspo", "kelva", "limqu", "morzi", "nubet"]
    digits = [int(one) for one in f"{number:04d}"]
    return " ".join(syllables[one] + syllables[(one * 3 + place) % 10] for place, one in enumerate(digits))
