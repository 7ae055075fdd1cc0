"""As of and at, everywhere and independent: every read of a map takes a day, a moment of the log, or both."""

from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec import structs

import small_writes as writes
from conceptmap.card import card_of
from conceptmap.draw import draw
from conceptmap.history import PointInTime
from conceptmap.map import CourseMap
from conceptmap.shapes.answer import answer_shape
from conceptmap.shapes.nodes import card_shape, hit_shape, path_shape
from ontology.errors import ConceptMapError, InvalidMoment, UnknownEntry, UnknownMap, UnknownNode
from ontology.model import Document
from small_maps import document, edge, ledger, mention, node, state
from test_fold_properties import DAYS, PARTS, documents


@pytest.fixture
def course() -> Iterator[CourseMap]:
    """Entries 1 to 3: day 2, then day 1, a second later; another second later another map, then day 2 once more."""
    book = ledger()
    writes.put(book, document(2, node("Dough", place=1), mention("Yeast"), edge("Dough", "requires", "Yeast")))
    writes.put(book, document(1, node("Yeast", place=1)))
    writes.put(book, structs.replace(document(1, node("Grape")), map="wine"))
    writes.put(book, document(2, node("Dough", place=1), node("Salt", place=2)))
    yield CourseMap(book, "bread")
    book.log.close()


@pytest.mark.parametrize(
    ("moment", "entry"),
    [
        (1, 1),
        (3, 3),
        ("2", 2),
        (" 3 ", 3),
        ("2026-01-01T00:00:02Z", 2),
        ("2026-01-01T00:00:03Z", 2),
        ("2026-01-01T00:00:03.999999+00:00", 2),
        ("2026-01-01T01:00:04+01:00", 3),
        ("2026-01-01 00:00:01", 1),
        ("2026-01-01", 3),
        (datetime(2026, 1, 1, 0, 0, 1, tzinfo=UTC), 1),
        (datetime(2026, 1, 1, 2, 0, 2, tzinfo=timezone(timedelta(hours=2))), 2),
    ],
)
def test_a_moment_is_the_last_entry_that_is_not_later(course: CourseMap, moment: PointInTime, entry: int) -> None:
    assert course.at(moment).entry == entry


@pytest.mark.parametrize("moment", ["soon", "", "26th", "2026-13-01", "2026-01-01T25:00Z", "9" * 40, "-1", "1.5"])
def test_what_is_no_moment_is_refused_with_an_example(course: CourseMap, moment: str) -> None:
    with pytest.raises(InvalidMoment, match="2026-11-24T20:00:00Z"):
        course.at(moment)


@pytest.mark.parametrize(
    ("moment", "words"),
    [(4, "map 'bread' ends with entry 3"), ("2031-01-01", "has not come"), ("9998-01-01T00:00Z", "it is 2026")],
)
def test_what_is_still_to_come_is_refused(course: CourseMap, moment: PointInTime, words: str) -> None:
    with pytest.raises(InvalidMoment, match=words):
        course.at(moment)


@pytest.mark.parametrize("moment", [0, -3, "2025-12-31", "0001-01-01T00:00Z"])
def test_before_its_first_entry_a_map_has_nothing(course: CourseMap, moment: PointInTime) -> None:
    with pytest.raises(UnknownEntry, match="its first entry is 1, of 2026-01-01"):
        course.at(moment)


def test_a_map_that_began_later_has_nothing_at_an_older_entry(course: CourseMap) -> None:
    with pytest.raises(UnknownEntry, match="its first entry is 1, of 2026-01-01T00:00:03"):
        CourseMap(course.ledger, "wine").at("2026-01-01T00:00:02")


def test_a_map_that_nobody_wrote_to_has_no_moments(course: CourseMap) -> None:
    with pytest.raises(UnknownMap):
        CourseMap(course.ledger, "cheese").at(1)


def test_no_moment_is_now(course: CourseMap) -> None:
    assert course.at(1).at(None) == course


def test_day_and_entry_choose_independently(course: CourseMap) -> None:
    def labels(read: CourseMap) -> list[str]:
        return [one.label for one in read.view().nodes() if one.kind != "Day"]

    assert labels(course) == ["Dough", "Salt", "Yeast"]
    assert labels(course.at(1)) == ["Dough", "Yeast"]
    assert labels(course.at(2).as_of(1)) == labels(course.as_of(1).at(2)) == ["Yeast"]
    assert labels(course.at(1).as_of(1)) == []


def test_what_stood_at_an_entry_is_the_last_word_of_each_part(course: CourseMap) -> None:
    stood = [course.ledger.view("bread", at).fold.parts.values() for at in range(5)]
    assert [sorted(part.sequence for part in one) for one in stood] == [[], [1], [1, 2], [2, 3], [2, 3]]


def test_what_still_stands_is_not_read_twice(course: CourseMap) -> None:
    newest, past = course.view().fold, course.at(2).view().fold
    assert past is not newest
    held = [part.event for part in newest.parts.values()]
    shared = [part.event for part in past.parts.values() if any(part.event is one for one in held)]
    assert [event.sequence for event in shared] == [2]


def test_a_past_state_stays_as_it_is_while_entries_come(course: CourseMap) -> None:
    for at in (1, 2, 3):
        before = state(course.at(at).view().fold)
        writes.put(course.ledger, document(2, node(f"New {at}")))
        assert state(course.at(at).view().fold) == before


def _answer(course: CourseMap) -> dict[str, object]:
    """An answer without its sentence: of a name that only a later day gives, it says that it names nothing yet."""
    answer = answer_shape(course.ask("what requires Alpha?"))
    return {key: value for key, value in answer.items() if key != "sentence"}


def _drawn(course: CourseMap, form: str) -> object:
    """The drawn map from the first day with a tree on: before, what hangs is drawn only where no later day has one."""
    view = course.view()
    return draw(view, form) if any(view.placed_ids()) else None


READS: dict[str, Callable[[CourseMap], object]] = {
    "node": lambda course: [card_shape(card_of(course.view(), one)) for one in course.view().node_ids()],
    "search": lambda course: list(map(hit_shape, course.search("a"))),
    "check": CourseMap.check,
    "json": lambda course: course.export("json"),
    "trig": lambda course: course.export("trig"),
    "ask": _answer,
    "path": lambda course: path_shape(course.view(), course.ways("a", "b")),
    "requirements": lambda course: course.reached("a", "requires"),
    "text": lambda course: _drawn(course, "text"),
    "outline": lambda course: _drawn(course, "outline"),
    "mermaid": lambda course: _drawn(course, "mermaid"),
}


def _read(read: Callable[[CourseMap], object], course: CourseMap) -> object:
    try:
        return read(course)
    except (UnknownNode, UnknownMap) as error:
        return type(error)


@settings(max_examples=15)
@given(st.data(), st.sampled_from(DAYS))
def test_every_read_of_a_past_day_is_the_read_of_a_store_that_ended_there(data: st.DataObject, day: int) -> None:
    """Whatever is asked, drawn or exported as of a day at an entry: later days and later entries do not show."""
    book = ledger()
    with closing(book.log):
        said: list[Document] = []
        for _ in range(data.draw(st.integers(1, 5))):
            one = data.draw(documents(data.draw(st.sampled_from(DAYS)), data.draw(st.sampled_from(PARTS))))
            try:
                if writes.put(book, one).entries:
                    said.append(one)
            except ConceptMapError:
                continue
        entry = data.draw(st.integers(1, max(1, len(said))))
        alone = ledger()
        with closing(alone.log):
            for one in said[:entry]:
                if one.day <= day:
                    writes.put(alone, one)
            for name, read in READS.items() if said else ():
                there = _read(read, CourseMap(alone, "m").as_of(day))
                assert there is UnknownMap or _read(read, CourseMap(book, "m").at(entry).as_of(day)) == there, name
