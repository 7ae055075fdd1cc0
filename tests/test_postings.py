from hypothesis import given
from hypothesis import strategies as st

from graphs.postings import Postings

KEYS = st.sampled_from(("a", "ab", "abc", "b"))
ITEMS = st.integers(0, 25)
CHANGES = st.lists(st.tuples(st.booleans(), KEYS, ITEMS), max_size=80)


def changed(held: Postings[str, int], sets: dict[str, set[int]], changes: list[tuple[bool, str, int]]) -> None:
    for adds, key, item in changes:
        if adds:
            held.add(key, item)
            sets.setdefault(key, set()).add(item)
        else:
            held.discard(key, item)
            sets.get(key, set()).discard(item)


def contents(held: Postings[str, int]) -> dict[str, list[int]]:
    return {key: list(held[key]) for key in held.keys}


def as_lists(sets: dict[str, set[int]]) -> dict[str, list[int]]:
    return {key: sorted(items) for key, items in sorted(sets.items()) if items}


@given(CHANGES, CHANGES, CHANGES, st.booleans())
def test_postings_are_sorted_sets_and_a_copy_is_changed_by_itself(
    first: list[tuple[bool, str, int]],
    second: list[tuple[bool, str, int]],
    third: list[tuple[bool, str, int]],
    reads_early: bool,
) -> None:
    held, sets = Postings[str, int](), dict[str, set[int]]()
    if reads_early:
        assert not held.keys
    changed(held, sets, first)
    copy, its_sets = held.copied(), {key: set(items) for key, items in sets.items()}
    changed(copy, its_sets, second)
    changed(held, sets, third)
    assert contents(held) == as_lists(sets)
    assert contents(copy) == as_lists(its_sets) == contents(Postings(its_sets.items()))


@given(CHANGES, st.sampled_from(("", "a", "ab", "abcd", "c")))
def test_keys_are_found_by_their_beginning(changes: list[tuple[bool, str, int]], text: str) -> None:
    held, sets = Postings[str, int](), dict[str, set[int]]()
    changed(held, sets, changes)
    assert list(held.starting(text)) == [key for key in as_lists(sets) if key.startswith(text)]
    assert len(held) == len(as_lists(sets))
    assert all((key in held) == (key in as_lists(sets)) for key in ("a", "ab", "abc", "b"))
