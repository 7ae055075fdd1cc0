import pytest
from msgspec import structs

from graphs.fold import Event, Fold, Part, PartKey
from ontology.model import EdgeKey
from ontology.vocabulary import read_vocabulary
from small_maps import document, edge, end, fold, mention, neighbours, neighbours_by, node, put, state, view

YEAST = document(1, node("Yeast", text="A fungus"), part="day-01.md")
RISE = document(2, mention("Yeast"), node("Fermentation"), edge("Fermentation", "requires", "Yeast"), part="day-02.md")


def test_put_a_part_replaces_that_parts_document_and_nothing_else() -> None:
    other = document(2, node("Salt"), part="other.md")
    replaced = fold(put(1, YEAST), put(2, RISE), put(3, other), put(4, document(2, node("Water"), part="day-02.md")))
    assert set(replaced.nodes) == {"yeast", "salt", "water"}
    assert not replaced.edges
    assert not replaced.outgoing
    assert not replaced.incoming
    assert not neighbours(replaced)
    assert not neighbours(replaced, inverse=True)
    assert set(replaced.names) == {"yeast", "salt", "water"}


def test_a_part_of_the_same_name_on_another_day_is_another_part() -> None:
    both = fold(put(1, document(1, node("Yeast"))), put(2, document(2, node("Salt"))))
    assert set(both.nodes) == {"yeast", "salt"}


def test_delete_a_part_ends_its_assertions_and_what_another_part_mentions_stays() -> None:
    after = fold(put(1, YEAST), put(2, RISE), end(3, 1, "day-01.md"))
    assert [one.item.mention for one in after.nodes["yeast"]] == [True]
    assert EdgeKey("fermentation", "requires", "yeast") in after.edges


def test_delete_the_last_part_leaves_the_fold_empty() -> None:
    after = fold(put(1, YEAST), put(2, RISE), end(3, 2, "day-02.md"), end(4, 1, "day-01.md"))
    assert state(after) == state(fold())
    assert after.sequence == 4


def test_ending_a_part_that_is_not_there_changes_nothing() -> None:
    assert state(fold(put(1, YEAST), end(2, 7))) == state(fold(put(1, YEAST)))


def test_several_parts_assert_one_node_and_it_is_one_node_with_both_readable() -> None:
    both = fold(put(1, YEAST), put(2, document(5, node("Yeast", text="Baker's friend"))))
    assert [(one.day, one.sequence, one.part) for one in both.nodes["yeast"]] == [(1, 1, "day-01.md"), (5, 2, "notes")]


def test_assertions_stand_in_order_of_day_then_entry_however_they_came() -> None:
    late = fold(put(1, document(9, node("Yeast"))), put(2, document(3, node("Yeast"))), put(3, YEAST))
    assert [(one.day, one.sequence) for one in late.nodes["yeast"]] == [(1, 3), (3, 2), (9, 1)]


def test_an_assertion_keeps_who_made_it() -> None:
    assert fold(put(1, YEAST, author="ada")).nodes["yeast"][0].author == "ada"


def test_supports_and_opposes_between_the_same_ends_are_two_edges() -> None:
    ends = (node("Salt slows yeast", "Evidence"), node("Salt is bad", "Claim"))
    said = (edge("Salt slows yeast", one, "Salt is bad") for one in ("supports", "opposes"))
    assert len(fold(put(1, document(1, *ends, *said))).edges) == 2


def test_one_pair_may_contrast_in_several_dimensions() -> None:
    ends = (node("Short rise"), node("Long rise"))
    said = [edge("Short rise", "contrasts with", "Long rise", dimension=one) for one in ("Flavour", "Time")]
    both = fold(put(1, document(1, *ends, *said)))
    assert {key.dimension for key in both.edges} == {"Flavour", "Time"}
    assert neighbours_by(both, "contrasts with", inverse=False)["short-rise"] == {"long-rise": 1}
    one_left = fold(put(1, document(1, *ends, said[0])), put(2, document(2, *ends, said[1])), end(3, 1))
    assert neighbours_by(one_left, "contrasts with", inverse=False)["short-rise"] == {"long-rise": 2}


def test_a_symmetric_edge_stated_in_both_orders_is_one_edge() -> None:
    there = document(1, node("A"), node("B"), edge("A", "contrasts with", "B"), part="one.md")
    back = document(2, mention("A"), mention("B"), edge("B", "contrasts with", "A"), part="two.md")
    both = fold(put(1, there), put(2, back))
    assert list(both.edges) == [EdgeKey("a", "contrasts with", "b")]
    assert (
        neighbours_by(both, "contrasts with", inverse=False)
        == neighbours_by(both, "contrasts with", inverse=True)
        == {"a": {"b": 1}, "b": {"a": 1}}
    )
    rest = fold(put(1, there), put(2, back), end(3, 1, "one.md"))
    assert neighbours_by(rest, "contrasts with", inverse=False) == {"a": {"b": 2}, "b": {"a": 2}}


def test_a_document_that_states_a_symmetric_edge_in_both_orders_can_be_taken_back() -> None:
    twice = document(1, node("A"), node("B"), edge("A", "contrasts with", "B"), edge("B", "contrasts with", "A"))
    assert state(fold(put(1, twice), end(2, 1))) == state(fold())


def test_which_relations_are_symmetric_is_the_vocabularys_word() -> None:
    words = read_vocabulary()
    plain = structs.replace(words, relations={**words.relations, "contrasts with": words.relations["about"]})
    there = document(1, node("A"), node("B"), edge("B", "contrasts with", "A"))
    assert list(Fold(plain).apply_all([put(1, there)]).edges) == [EdgeKey("b", "contrasts with", "a")]


def test_the_first_day_of_a_pair_moves_when_its_first_part_ends() -> None:
    early = document(1, node("Yeast"), node("Bread"), edge("Bread", "requires", "Yeast"))
    late = document(4, mention("Yeast"), mention("Bread"), edge("Bread", "requires", "Yeast"))
    both = fold(put(1, late), put(2, early))
    assert neighbours_by(both, "requires", inverse=False)["bread"] == {"yeast": 1}
    both.apply(end(3, 1))
    assert neighbours_by(both, "requires", inverse=False)["bread"] == {"yeast": 4}
    assert neighbours_by(both, "requires", inverse=True)["yeast"] == {"bread": 4}


def test_the_first_day_of_a_pair_is_the_earliest_of_those_that_stay() -> None:
    ends = (node("Short"), node("Long"))
    days = {1: "Taste", 2: "Time", 3: "Cost"}
    said = [document(day, *ends, edge("Short", "contrasts with", "Long", dimension=one)) for day, one in days.items()]
    left = fold(*(put(sequence, one) for sequence, one in enumerate(said, 1)), end(4, 1))
    assert neighbours_by(left, "contrasts with", inverse=False)["long"] == {"short": 2}


def test_a_name_is_forgotten_when_nobody_says_it_any_more() -> None:
    named = fold(put(1, document(1, node("Yeast", aliases=["Leaven"]))), put(2, document(2, node("Leaven"))))
    assert set(named.names["leaven"]) == {"yeast", "leaven"}
    named.apply(put(3, document(1, node("Yeast"))))
    assert set(named.names["leaven"]) == {"leaven"}
    named.apply(end(4, 2))
    assert "leaven" not in named.names


def test_the_sequence_is_that_of_the_newest_event() -> None:
    assert fold().sequence == 0
    assert fold(put(3, YEAST), end(8, 1, "day-01.md")).sequence == 8
    assert fold(put(8, YEAST), put(3, RISE)).sequence == 8


def test_events_are_kept_by_part() -> None:
    assert fold(put(1, YEAST)).parts == {PartKey(1, "day-01.md"): Part(Event(1, PartKey(1, "day-01.md"), YEAST))}


@pytest.mark.parametrize(
    "as_of, said", [(0, None), (1, "A fungus"), (4, "A fungus"), (5, "Baker's friend"), (None, "Baker's friend")]
)
def test_the_newest_day_up_to_the_chosen_one_speaks(as_of: int | None, said: str | None) -> None:
    seen = view(document(5, node("Yeast", text="Baker's friend")), YEAST, as_of=as_of)
    assert (seen.node("yeast").text if seen.has_node("yeast") else None) == said
