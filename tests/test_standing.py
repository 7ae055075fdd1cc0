"""Which entries count, row by row of the fold's table, and by chance."""

from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphs.fold import Event, Fold, Kind, PartKey
from graphs.standing import Mark, by_part, counting, first_to_revert, standing, standing_events, stands
from small_maps import VOCABULARY, document, node, state

Said = tuple[Kind, int | None]
PUT: Said = ("put", None)
ADD: Said = ("add", None)
END: Said = ("end", None)


def undo(entry: int) -> Said:
    return "end", entry


def marks(*said: Said) -> list[Mark]:
    """Marks of one part, numbered from 1."""
    return [Mark(number, kind, target, 1, "notes") for number, (kind, target) in enumerate(said, 1)]


TABLE: list[tuple[str, tuple[Said, ...], list[int]]] = [
    ("nothing was said", (), []),
    ("a put stands", (PUT,), [1]),
    ("a put takes the place of a put", (PUT, PUT), [2]),
    ("an add joins what stands", (PUT, ADD, ADD), [1, 2, 3]),
    ("adds need no put", (ADD, ADD), [1, 2]),
    ("a put takes the place of adds too", (PUT, ADD, PUT), [3]),
    ("an end ends all of the part", (PUT, ADD, END), []),
    ("an add after an end begins anew", (PUT, END, ADD), [3]),
    ("undoing a put brings back what stood before it", (PUT, ADD, PUT, undo(3)), [1, 2]),
    ("undoing the only put leaves nothing", (PUT, undo(1)), []),
    ("undoing an add takes it alone", (PUT, ADD, undo(2)), [1]),
    ("undoing an end brings the part back", (PUT, ADD, END, undo(3)), [1, 2]),
    ("undoing an undoing lets the entry count again", (PUT, PUT, undo(2), undo(3)), [2]),
    ("undoing goes on and on", (PUT, PUT, undo(2), undo(3), undo(4)), [1]),
    ("one after the other back to nothing", (PUT, PUT, undo(2), undo(1)), []),
    ("a put after an undoing stands", (PUT, PUT, undo(2), PUT), [4]),
    ("an add that lies under others can go too", (PUT, ADD, ADD, undo(2)), [1, 3]),
    ("what was undone twice does not count", (PUT, PUT, undo(2), undo(2)), [1]),
]


@pytest.mark.parametrize("said, stands", [row[1:] for row in TABLE], ids=[row[0] for row in TABLE])
def test_what_stands_in_a_part(said: tuple[Said, ...], stands: list[int]) -> None:
    assert standing(marks(*said)).get(PartKey(1, "notes"), []) == stands


@pytest.mark.parametrize(
    "said, entry, first",
    [
        ((PUT,), 1, None),
        ((PUT, PUT), 2, None),
        ((PUT, PUT), 1, 2),
        ((PUT, ADD, ADD), 1, 3),
        ((PUT, ADD, ADD), 2, None),
        ((PUT, ADD, PUT), 2, 3),
        ((PUT, ADD, ADD, undo(2)), 3, None),
        ((PUT, PUT, undo(2)), 1, None),
        ((PUT, PUT, undo(2)), 3, None),
        ((PUT, PUT, undo(2), PUT), 3, 4),
        ((PUT, PUT, undo(2), PUT), 1, 4),
        ((PUT, PUT, undo(2), undo(1)), 3, 4),
        ((PUT, END), 1, 2),
        ((PUT, END), 2, None),
    ],
)
def test_the_newest_entry_that_counts_can_be_reverted_and_any_add_that_says_something(
    said: tuple[Said, ...], entry: int, first: int | None
) -> None:
    assert first_to_revert(marks(*said), entry) == first


def test_parts_do_not_disturb_each_other() -> None:
    both = [Mark(1, "put", None, 1, "notes"), Mark(2, "put", None, 2, "notes"), Mark(3, "end", None, 1, "notes")]
    assert standing(both) == {PartKey(2, "notes"): [2]}


@st.composite
def logs(draw: st.DrawFn) -> list[Mark]:
    """Marks of two parts; an end may name any earlier entry of its part."""
    found: list[Mark] = []
    for number in range(1, draw(st.integers(0, 12)) + 1):
        part = draw(st.sampled_from(("notes", "by:ada")))
        earlier = [mark.sequence for mark in found if mark.part == part]
        kind, target = draw(st.sampled_from((PUT, ADD, END, undo(0))))
        if target is not None:
            if not earlier:
                continue
            target = draw(st.sampled_from(earlier))
        found.append(Mark(number, kind, target, 1, part))
    return found


def counts(marks: list[Mark], entry: int) -> bool:
    """The rule word for word: an entry counts while no end that counts names it."""
    return not any(mark.target == entry and counts(marks, mark.sequence) for mark in marks)


@given(logs())
def test_an_entry_counts_while_no_end_that_counts_names_it(log: list[Mark]) -> None:
    for of_part in by_part(log).values():
        assert [mark.sequence for mark in counting(of_part)] == [
            mark.sequence for mark in of_part if counts(of_part, mark.sequence)
        ]


@given(logs())
def test_a_part_is_its_last_put_that_counts_and_the_adds_after_it(log: list[Mark]) -> None:
    expected: dict[PartKey, list[int]] = {}
    for mark in log:
        key = PartKey(mark.day, mark.part)
        if mark.target is None and counts(log, mark.sequence):
            former = expected.get(key, []) if mark.kind == "add" else []
            expected[key] = [] if mark.kind == "end" else [*former, mark.sequence]
    assert standing(log) == {key: entries for key, entries in expected.items() if entries}
    assert {key for key, of_part in by_part(log).items() if stands(of_part)} == standing(log).keys()


@given(logs(), st.data())
def test_reverting_the_newest_brings_back_what_stood_before_it(log: list[Mark], data: st.DataObject) -> None:
    parts = by_part(log)
    if not parts:
        return
    key = data.draw(st.sampled_from(sorted(parts)))
    of_part = parts[key]
    newest = counting(of_part)[-1]
    assert first_to_revert(of_part, newest.sequence) is None
    after = [*of_part, Mark(99, "end", newest.sequence, *key)]
    before = [mark for mark in of_part if mark.sequence < newest.sequence]
    if newest.target is None:
        assert standing(after) == standing(before)
    assert standing([*after, Mark(100, "end", 99, *key)]) == standing(of_part)


@given(logs())
def test_settling_a_part_gives_the_fold_of_what_stands(log: list[Mark]) -> None:
    """As a ledger does: puts, adds and ends of parts are applied, undoings settle their part."""
    growing = Fold(VOCABULARY)
    said: dict[int, Event] = {}
    numbers = count()
    for length, mark in enumerate(log, 1):
        key = PartKey(mark.day, mark.part)
        labels = [f"N{next(numbers) % 3}", f"M{mark.sequence}"]
        what = None if mark.kind == "end" else document(1, *map(node, labels), part=mark.part)
        said[mark.sequence] = Event(mark.sequence, key, what, kind=mark.kind, target=mark.target)
        if mark.target is None:
            growing.apply(said[mark.sequence])
        else:
            stands = standing(log[:length]).get(key, [])
            growing.settle(key, [said[one] for one in stands], mark.sequence)
        whole = Fold(VOCABULARY).apply_all(standing_events(said.values()))
        assert state(growing) == state(whole)
