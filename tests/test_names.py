import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ontology.model import Node
from ontology.names import MAX_ID, day_id, day_number, is_id, name_key, node_id

LABELS = st.text(
    st.characters(codec="utf-8", categories=("L", "M", "N", "P", "S", "Z")), min_size=1, max_size=90
).filter(lambda text: bool(text.split()))


@pytest.mark.parametrize(
    "one, other",
    [
        ("The Bitter Lesson", "the bitter-lesson!"),
        ("Yeast's gas", "Yeasts gas"),
        ("Straße", "STRASSE"),
        ("ﬁne tuning", "Fine Tuning"),
        ("Compression = Understanding", "compression, understanding"),
        ("深度学习", " 深度学习。"),
        ("Café", "Cafe\u0301"),
    ],
)
def test_spellings_that_differ_in_case_and_punctuation_are_one_name(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)
    assert node_id(one) == node_id(other)


@pytest.mark.parametrize(
    "one, other", [("C", "C++"), ("C", "C#"), ("A*", "A"), ("1 < 2", "1 > 2"), ("!", "?"), ("α", "β")]
)
def test_signs_that_change_the_meaning_make_another_name(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)
    assert node_id(one) != node_id(other)


@pytest.mark.parametrize(
    "label, expected",
    [
        ("Fermentation", "fermentation"),
        ("A no-knead dough rose", "a-no-knead-dough-rose"),
        ("Day 26", "day-26"),
        ("深度学习", "深度学习"),
        ("Größe", "grösse"),
    ],
)
def test_an_id_is_the_words_of_the_label(label: str, expected: str) -> None:
    assert node_id(label) == expected


def test_a_long_label_gets_a_short_id_that_tells_it_from_its_neighbours() -> None:
    one, other = ("word " * 40 + end for end in ("one", "two"))
    assert node_id(one) != node_id(other)
    assert len(node_id(one)) <= MAX_ID


@given(LABELS)
@example("\u0301abc")
@example("= -")
@example("🙂")
@example("ŉ")
def test_every_label_has_an_id(label: str) -> None:
    made = node_id(label)
    assert is_id(made)
    assert len(made) <= MAX_ID
    assert Node(id=made, kind="Concept", label=label).id == made


@given(LABELS)
@example("ΐ")
def test_the_key_of_a_key_is_the_key(label: str) -> None:
    assert name_key(name_key(label)) == name_key(label)


@given(LABELS)
def test_case_and_outer_space_never_matter(label: str) -> None:
    assert name_key(f"  {label}\t") == name_key(label)
    assert node_id(f" {label} ") == node_id(label)


@pytest.mark.parametrize("text", ["yeast", "7", "a_b-c", "深", "नमस्ते", "day-0"])
def test_ids(text: str) -> None:
    assert is_id(text)


@pytest.mark.parametrize(
    "text", ["", "-a", "_a", "a b", "a/b", "a.b", "a#b", "é\u0301 x", "\u0301a", "a" * 257, "a\n", "<b>", "é!"]
)
def test_no_ids(text: str) -> None:
    assert not is_id(text)


@given(st.integers(0, 99_999))
def test_a_days_id_tells_the_day(day: int) -> None:
    assert day_number(day_id(day)) == day


@pytest.mark.parametrize(
    "text", ["day", "day-", "day-01", "day-1a", "Day-1", "day--1", "day-٣", "day-100000", "day-1\n"]
)
def test_what_is_no_days_id(text: str) -> None:
    assert day_number(text) is None
