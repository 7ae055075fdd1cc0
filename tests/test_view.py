import pytest

from graphs.view import Citation, cite
from ontology.errors import UnknownNode
from ontology.model import EdgeKey, EndValues, Node
from small_maps import document, edge, mention, node, origin, view

DAY_1 = document(1, node("Yeast", text="A fungus", data={"gist": "alive", "domain": "Biology"}))
DAY_3 = document(3, node("Yeast", aliases=["Leaven"], formula="x", data={"gist": "it breathes"}), part="day-03.md")
DAY_4 = document(4, mention("Yeast", place=2), part="day-04.md")


def test_each_field_comes_from_the_newest_that_gives_it() -> None:
    yeast = view(DAY_1, DAY_3).node("yeast")
    assert (yeast.text, yeast.formula, yeast.aliases) == ("A fungus", "x", ("Leaven",))
    assert yeast.data == {"gist": "it breathes", "domain": "Biology"}
    assert yeast.days == (1, 3)


def test_a_renamed_node_keeps_its_former_label_as_an_alias() -> None:
    renamed = view(DAY_1, document(2, Node(id="yeast", kind="Concept", label="Baker's yeast")))
    assert renamed.node("yeast").names == ("Baker's yeast", "Yeast")
    assert renamed.named("yeast") == renamed.named("bakers yeast") == ["yeast"]
    assert renamed.node("yeast").label == "Baker's yeast"


def test_the_label_of_a_mention_never_overrides() -> None:
    seen = view(DAY_1, document(2, Node(id="yeast", kind="Concept", label="YEAST!", mention=True)))
    assert seen.node("yeast").names == ("Yeast",)


def test_a_node_that_is_only_mentioned_is_not_defined_but_there() -> None:
    yeast = view(DAY_4).node("yeast")
    assert (yeast.defined, yeast.label) == (False, "Yeast")


def test_a_mention_may_carry_the_place() -> None:
    seen = view(DAY_1, DAY_4)
    assert (seen.node("yeast").place, seen.node("yeast").placed) == (2, (4, "day-04.md"))
    assert [one.id for one in seen.placed_nodes()] == ["yeast"]
    assert list(view(DAY_1, DAY_4, as_of=3).placed_nodes()) == []


def test_the_newest_days_place_wins_and_then_the_newest_entrys() -> None:
    places = [
        document(day, mention("Yeast", place=place), part=part)
        for day, place, part in ((5, 1, "a"), (2, 7, "a"), (5, 3, "b"))
    ]
    assert view(*places).node("yeast").place == 3
    assert view(*places, as_of=4).node("yeast").place == 7


def test_an_edge_merges_like_a_node() -> None:
    ends = (node("Bread"), node("Yeast"))
    first = document(1, *ends, edge("Bread", "requires", "Yeast", note="to rise", origin=origin(3, "derived")))
    second = document(2, *ends, edge("Bread", "requires", "Yeast", place=1, parent="target", origin=origin(5)))
    found = view(first, second).edge(EdgeKey("bread", "requires", "yeast"))
    assert found
    assert (found.note, found.place, found.parent, found.placed, found.how) == (
        "to rise",
        1,
        "target",
        (2, "notes"),
        "stated",
    )
    early = view(first, second, as_of=1).edge(EdgeKey("bread", "requires", "yeast"))
    assert early
    assert (early.place, early.placed, early.how, early.days) == (None, None, "derived", (1,))


def test_values_and_parent_stay_with_their_ends_when_a_newer_document_turns_a_symmetric_edge() -> None:
    ends = (node("Long"), node("Short"))
    said = {"dimension": "Flavour", "values": {"source": "deep", "target": "plain"}, "place": 1, "parent": "source"}
    first = document(1, *ends, edge("Long", "contrasts with", "Short", **said))
    second = document(2, *ends, edge("Short", "contrasts with", "Long", dimension="Flavour"))
    found = view(first, second).edge(EdgeKey("long", "contrasts with", "short", "Flavour"))
    assert found
    assert (found.source, found.target, found.parent) == ("short", "long", "target")
    assert found.values == EndValues(source="plain", target="deep")


def test_edges_are_found_by_end_and_relation() -> None:
    items = (
        node("A"),
        node("B"),
        node("C"),
        edge("A", "about", "B"),
        edge("A", "requires", "C"),
        edge("C", "about", "A"),
    )
    seen = view(document(1, *items))
    assert [one.target for one in seen.edges_from("a")] == ["b", "c"]
    assert [one.target for one in seen.edges_from("a", "requires")] == ["c"]
    assert [one.source for one in seen.edges_to("a")] == ["c"]
    assert list(seen.edges_to("a", "requires")) == []
    assert [one.relation for one in seen.edges_between("c", "a")] == ["about", "requires"]
    assert [one.other("a") for one in seen.edges_between("a", "b")] == ["b"]
    assert [(one.source, one.target) for one in seen.edges("about")] == [("a", "b"), ("c", "a")]


def test_what_is_not_there_is_said_so() -> None:
    seen = view(DAY_3, as_of=2)
    assert not seen.has_node("yeast")
    assert seen.node_ids() == []
    assert seen.edge(EdgeKey("a", "about", "b")) is None
    assert list(seen.edges_from("yeast")) == []
    assert seen.named("yeast") == seen.named("leaven") == []
    with pytest.raises(UnknownNode, match="yeast"):
        seen.node("yeast")


def test_an_exact_id_stands_alone_and_a_shared_name_gives_all() -> None:
    seen = view(
        document(1, node("Yeast", aliases=["Leaven", "Starter"]), node("Leaven"), node("Sour", aliases=["starter"]))
    )
    assert seen.named("leaven") == ["leaven"]
    assert seen.named("Leaven") == ["leaven", "yeast"]
    assert seen.named("STARTER!") == ["sour", "yeast"]


def test_a_name_given_on_a_later_day_is_not_known_before() -> None:
    assert view(DAY_1, DAY_3, as_of=2).named("Leaven") == []
    assert view(DAY_1, DAY_3).named("Leaven") == ["yeast"]


@pytest.mark.parametrize("as_of, day", [(None, 7), (7, 7), (6, 4), (3, 2), (1, None)])
def test_introduced_on_is_the_stated_day_else_the_first_definition_else_the_first_mention(
    as_of: int | None, day: int | None
) -> None:
    mentioned = document(2, mention("Yeast"))
    defined = document(4, node("Yeast"))
    stated = document(7, mention("Yeast"), node("Day 7", "Day"), edge("Yeast", "introduced on", "Day 7"))
    assert view(defined, mentioned, stated, as_of=as_of).introduced_on("yeast") == day


def test_the_smallest_stated_day_counts() -> None:
    days = (mention("Day 9", "Day"), mention("Day 12", "Day"))
    said = document(
        12, node("Yeast"), *days, edge("Yeast", "introduced on", "Day 12"), edge("Yeast", "introduced on", "Day 9")
    )
    assert view(said).introduced_on("yeast") == 9


def test_a_day_is_introduced_on_itself() -> None:
    assert view(document(5, mention("Day 29", "Day"))).introduced_on("day-29") == 29


def test_the_day_of_a_view_is_the_chosen_one_else_the_newest() -> None:
    assert (view(DAY_3, DAY_1).day, view(DAY_3, as_of=2).day, view().day) == (3, 2, None)
    assert view(DAY_3, DAY_1).days() == (1, 3)
    assert view(DAY_3, DAY_1, as_of=2).days() == (1,)


def test_nodes_are_listed_by_id_and_kind() -> None:
    seen = view(document(1, node("B"), node("A", "Claim"), node("C", "Claim")))
    assert [one.id for one in seen.nodes()] == ["a", "b", "c"]
    assert [one.id for one in seen.nodes("Claim")] == ["a", "c"]


def test_a_citation_says_where() -> None:
    said = document(2, node("Yeast", origin=origin(7, "derived", "Yeast is alive")), part="day-02.md")
    assert cite(view(said).node("yeast").assertions[0]) == Citation(2, "day-02.md", (7, 7), "Yeast is alive", "derived")


def test_node_ids_follow_one_another_by_kind_and_day() -> None:
    later = document(5, node("Beer", "Claim"), mention("Apple", "Claim"))
    said = (document(1, node("Apple", "Claim"), node("Cider"), node("Dough", "Claim")), later)
    assert list(view(*said).node_ids_after("apple")) == ["beer", "cider", "dough"]
    assert list(view(*said).node_ids_after("", "Claim")) == ["apple", "beer", "dough"]
    assert list(view(*said, as_of=4).node_ids_after("aaa", "Claim")) == ["apple", "dough"]
    assert list(view(*said).node_ids_after("", "Method")) == []
