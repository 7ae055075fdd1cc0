"""Values that authors write at nodes: recognised, shown with their units, compared, summed, and found in texts."""

from collections.abc import Iterable, Iterator
from math import inf
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conceptmap import open_atlas
from conceptmap.ask import ask
from conceptmap.ask.amounts import ranking
from conceptmap.ask.amounts.fields import (
    Held,
    asked_quantities,
    field_words,
    held_by,
    most,
    near,
    quantity,
    shown,
    total,
    within,
)
from conceptmap.ask.amounts.measures import MEASURES, measures_in
from conceptmap.ask.amounts.quantities import quantities_in, quantity_of
from conceptmap.ask.amounts.texts import numbers_in_texts
from conceptmap.ask.forms.value import ValueOf
from conceptmap.ask.found import Found
from graphs.fields import field_index
from graphs.fold import Fold
from graphs.view import View
from graphs.words import stems
from ontology.model import Node
from small_maps import VOCABULARY, document, edge, end, fold, node, origin, put, view

COURSES = {
    "robot-intelligence": Path(__file__).parents[1] / "conceptmap" / "course",
    "bread": Path(__file__).parent / "courses" / "bread",
}
HOUR, DAY = 3600.0, 86_400.0


def values_of(seen: View, node_id: str, field: str) -> list[Found]:
    return [one.found for one in held_by(seen, node_id) if one.field == field]


def magnitude(value: Any, field: str) -> tuple[float, str] | None:
    labels = shown(field, value)
    found = quantity_of(labels[0]) if len(labels) == 1 else None
    return (found.magnitude, found.dimension) if found and abs(found.magnitude) < inf else None


def extreme(seen: View, nodes: Iterable[str], measures: Iterable[str], order: int) -> list[Held]:
    nodes = list(nodes)
    return next((most(held, order) for one in measures if (held := quantity(seen, nodes, one))), [])


@pytest.fixture(scope="module")
def courses() -> Iterator[dict[str, View]]:
    with open_atlas("sqlite://") as atlas:
        for name, folder in COURSES.items():
            atlas[name].load(folder)
        yield {name: atlas[name].view() for name in COURSES}


@pytest.fixture(scope="module")
def kitchen() -> View:
    return view(
        document(
            1,
            node("Unit", "Unit", data={}),
            node("Proof", "Method", data={"duration": "90 min", "humidity": 75}, origin=origin(3)),
            node("Bake", "Method", data={"baking_time": "40-45 minutes", "ovenTemperature": "230 °C", "safe": True}),
            node("Cool", "Method", data={"duration": "two hours", "tools": ["rack", "knife"], "note": None}),
            node("Soak", "Method", data={"duration": "overnight", "price": "$3"}),
            node("Rest", text="Leave it for a quarter of an hour. Nine of twelve loaves rose by two fingers."),
            node("Step one", data={"minutes": 5}),
            edge("Step one", "part of", "Rest"),
        ),
        document(2, node("Day 2", "Day", data={"hours": 1}), node("Day 3", "Day", data={"hours": 2.5})),
    )


@pytest.mark.parametrize(
    ("text", "low", "high", "dimension"),
    [
        ("30 minutes", 1800, 1800, "time"),
        ("half an hour", 1800, 1800, "time"),
        ("an hour and a half", 5400, 5400, "time"),
        ("1 h 30 min", 5400, 5400, "time"),
        ("2 hours and 15 minutes", 8100, 8100, "time"),
        ("Two and a half hours", 9000, 9000, "time"),
        ("20 min to 1 hour", 1200, 3600, "time"),
        ("7–10 days", 7 * DAY, 10 * DAY, "time"),
        ("6+ hours of direct light", 6 * HOUR, inf, "time"),
        ("a week or more", 7 * DAY, inf, "time"),
        ("under two hours", -inf, 7200, "time"),
        ("24-27 °C", 24, 27, "temperature"),
        ("212 °F", 100, 100, "temperature"),
        ("about 100 degrees Celsius", 100, 100, "temperature"),
        ("~$100/hour", 100 / HOUR, 100 / HOUR, "money $ per time"),
        ("€1,250.50", 1250.5, 1250.5, "money €"),
        ("2,5 kg", 2.5, 2.5, "mass"),
        ("½ cup", 0.1182941, 0.1182941, "volume"),
        ("1/2 cup", 0.1182941, 0.1182941, "volume"),
        ("70 per cent for our daily loaf", 70, 70, "share"),
        ("at least 300 words", 300, inf, "number of word"),
        ("a dozen eggs", 12, 12, "number of egg"),
        ("twenty-five guests", 25, 25, "number of guest"),
        ("7B parameters", 7e9, 7e9, "number of paramet"),
        ("< 0.002", -inf, 0.002, ""),
        ("2026-03-07", 739682, 739682, "date"),
    ],
)
def test_an_amount_is_read_in_the_spellings_that_people_use(text: str, low: float, high: float, dimension: str) -> None:
    found = quantity_of(text)
    assert found
    assert found.low == pytest.approx(low)
    assert found.high == pytest.approx(high)
    assert found.dimension == dimension


def test_a_number_behind_a_word_is_on_a_scale_of_that_name() -> None:
    low, high = quantity_of("pH 4"), quantity_of("pH 5.5")
    assert low and high and low.dimension == high.dimension and low.magnitude < high.magnitude


@pytest.mark.parametrize(
    "text", ["1 part starter, 2 parts flour", "1.2.3", "a notebook, on paper or digital", "by hand", "pH 4 or 5", ""]
)
def test_other_texts_are_no_amount(text: str) -> None:
    assert quantity_of(text) is None


def test_a_bare_number_has_the_unit_that_its_field_says() -> None:
    assert shown("hours", 2.5) == ["2.5 hours"]
    assert shown("hours", 1) == ["1 hour"]
    assert shown("words", "500+") == ["500+ words"]
    assert shown("length (cm)", "10 - 12") == ["10 - 12 cm"]
    assert shown("temperature", 220) == ["220"]
    assert magnitude("90 min", "duration") == (5400, "time")
    assert magnitude(3, "hours") == (3 * HOUR, "time")
    assert magnitude("blue", "colour") is None


def test_every_value_of_a_node_is_an_answer_with_its_citation(kitchen: View) -> None:
    [found] = values_of(kitchen, "proof", "duration")
    assert (found.id, found.label, found.of) == (None, "90 min", "Proof")
    assert found.cites[0].lines == (3, 3)
    assert [one.label for one in values_of(kitchen, "cool", "tools")] == ["rack", "knife"]
    assert [one.label for one in values_of(kitchen, "bake", "safe")] == ["yes"]
    assert values_of(kitchen, "cool", "note") == values_of(kitchen, "cool", "price") == []


def test_a_value_is_cited_where_it_was_said_last() -> None:
    found = view(
        document(1, node("Oven", data={"heat": "200 °C"}, origin=origin(5))),
        document(2, node("Oven", data={"heat": "220 °C"}, origin=origin(7))),
        document(3, node("Oven", data={"door": "glass"}, origin=origin(9))),
    )
    [value] = values_of(found, "oven", "heat")
    assert (value.label, value.day, value.cites[0].lines) == ("220 °C", 2, (7, 7))
    assert [one.label for one in values_of(found.up_to(1), "oven", "heat")] == ["200 °C"]


def test_a_measure_is_answered_by_the_dimension_of_values_and_by_the_names_of_fields(kitchen: View) -> None:
    methods = ["proof", "bake", "cool", "soak"]
    assert [one.found.label for one in quantity(kitchen, methods, "time")] == [
        "90 min",
        "40-45 minutes",
        "two hours",
        "overnight",
    ]
    assert [one.found.label for one in quantity(kitchen, methods, "temperature")] == ["230 °C"]
    assert [one.found.label for one in quantity(kitchen, methods, "money")] == ["$3"]
    assert quantity(kitchen, methods, "mass") == []


def test_values_are_ordered_and_bounded_whatever_their_units(kitchen: View) -> None:
    methods = ["proof", "bake", "cool", "soak"]
    assert [one.node for one in extreme(kitchen, methods, ("length", "time"), 1)] == ["cool"]
    assert [one.node for one in extreme(kitchen, methods, ("time",), -1)] == ["bake"]
    held = quantity(kitchen, methods, "time")
    for question, nodes in [
        ("under two hours", ["proof", "bake"]),
        ("which takes longer than 45 minutes?", ["proof", "cool"]),
        ("at least 1.5 hours", ["proof", "cool"]),
        ("in 90 minutes", ["proof"]),
        ("between 30 and 50 minutes", ["bake"]),
        ("hotter than 100 °C", []),
    ]:
        [asked] = asked_quantities(question)
        assert [one.node for one in within(held, asked.quantity)] == nodes, question


def test_days_and_plain_numbers_bound_nothing() -> None:
    assert not asked_quantities("which claims came up between day 5 and day 14?")
    assert not asked_quantities("what do the two recipes share?")


def test_a_total_says_of_how_many_it_is(kitchen: View) -> None:
    held = [one for day in ("day-2", "day-3") for one in held_by(kitchen, day)]
    found = total(kitchen, held, "Both")
    assert found
    assert (found.label, found.of) == ("3.5 hours (2 days)", "Both")
    assert total(kitchen, quantity(kitchen, ["proof", "soak"], "time"), "x") is None
    assert total(kitchen, [], "x") is None


def test_the_parts_of_a_node_may_tell_of_it(kitchen: View) -> None:
    assert [(one.node, one.found.label) for one in near(kitchen, "rest")] == [("step-one", "5 minutes")]


def test_numbers_in_texts_are_given_with_what_they_count(kitchen: View) -> None:
    def given(text: str) -> list[str]:
        found = view(document(1, node("Rest", text=text)))
        return [one.label for one in numbers_in_texts(found, "rest", (), "time")]

    def numbers(words: str, measure: str = "") -> list[str]:
        return [one.label for one in numbers_in_texts(kitchen, "rest", stems(words.split()) if words else (), measure)]

    assert numbers("fingers") == ["two fingers"]
    assert numbers("loaves") == ["Nine of twelve loaves"]
    assert numbers("", "time") == ["a quarter of an hour"]
    assert given("We missed the first 20 minutes.") == []
    assert given("It takes 20 minutes.") == given("20 minutes of peace.") == ["20 minutes"]
    assert numbers("spoons") == []


def test_a_number_goes_with_the_words_nearest_to_it() -> None:
    text = """
Prep time: 15 min
Cook time: 25 min

| what | how much |
|---|---|
| salt | 10 g |

- **Warm bowl**
  - 27 °C, turned every 30 minutes
- Cold bowl
  - 5 °C
"""
    found = view(document(1, node("Rolls (serves 8)", text=text)))

    def numbers(words: str, measure: str = "") -> list[str | None]:
        asked = numbers_in_texts(found, "rolls-serves-8", stems(words.split()), measure)
        return [one.label if one.id is None else None for one in asked]

    assert numbers("prep time") == ["15 min"]
    assert numbers("cook", "time") == ["25 min"]
    assert numbers("salt") == ["10 g"]
    assert numbers("serves") == ["8"]
    assert numbers("warm bowl", "temperature") == ["27 °C"]
    assert numbers("cold bowl", "temperature") == ["5 °C"]
    assert numbers("bowl", "temperature") == []
    assert numbers("bowl") == [None], "two numbers go with the word: the statement itself"


@pytest.mark.parametrize(
    ("course", "name", "words", "label"),
    [
        ("robot-intelligence", "Chinchilla: 20 tokens/param", "tokens parameter", "20 tokens/param"),
        ("bread", "two fingers higher", "fingers", "two fingers"),
        ("bread", "Nine of twelve guests preferred the loaf that rose for a night", "guests", "Nine of twelve guests"),
    ],
)
def test_numbers_of_the_courses(courses: dict[str, View], course: str, name: str, words: str, label: str) -> None:
    seen = courses[course]
    [found] = numbers_in_texts(seen, seen.named(name)[0], stems(words.split()))
    assert found.label == label
    assert found.cites


def test_fields_of_the_courses(courses: dict[str, View]) -> None:
    robots, bread = courses["robot-intelligence"], courses["bread"]
    assert [one.found.label for one in quantity(robots, ["day-26"], "time")] == ["2.5 hours"]
    assert [one.label for one in values_of(robots, "prompt-scaling", "words")] == ["500+ words"]
    assert [one.found.label for one in quantity(bread, bread.named("Core temperature"), "temperature")] == ["96 °C"]
    methods = [one.id for one in bread.nodes("Method")]
    assert [one.node for one in extreme(bread, methods, ("time", "length"), 1)] == ["cold-retarding"]
    rises = quantity(bread, ["sourdough", "yeasted-bread"], "time")
    assert {"12 to 24 hours", "2 to 3 hours"} <= {one.found.label for one in rises}


def test_names_of_fields_are_found_in_questions(kitchen: View) -> None:
    words = field_words(kitchen)
    asked = "what is the baking time and the lowest oven temperature".split()
    assert [(asked[one.start : one.end], one.fields, one.order) for one in words.named(asked)] == [
        (["baking", "time"], ("baking_time",), 0),
        (["oven", "temperature"], ("ovenTemperature",), 0),
        (["lowest", "oven", "temperature"], ("ovenTemperature",), -1),
    ]
    assert words.headed("temperatures") == ("ovenTemperature",)


@pytest.mark.parametrize(
    ("question", "measure", "order"),
    [
        ("how long does it take", "time", 0),
        ("how many minutes", "time", 0),
        ("how hot is it", "temperature", 0),
        ("how heavy is it", "mass", 0),
        ("the heaviest one", "mass", 1),
        ("which is the cheapest", "money", -1),
        ("the least expensive one", "money", -1),
        ("how many words", "number of word", 0),
        ("the fewest hours", "time", -1),
    ],
)
def test_measures_are_found_in_questions(question: str, measure: str, order: int) -> None:
    assert (measure, order) in {(one, asked.order) for asked in measures_in(question.split()) for one in asked.measures}


def test_the_index_of_fields_follows_the_map() -> None:
    held = fold(put(1, document(1, node("A", data={"depth": 3}))), put(2, document(2, node("B", data={"depth": 4}))))
    before = View(held, VOCABULARY)
    assert field_index(before).owners("depth") == ("a", "b")
    after = held.copied()
    after.apply(put(3, document(1, node("A", data={"mean height": 3}))))
    after.apply(end(4, 2))
    seen = field_index(View(after, VOCABULARY))
    made = field_index(
        View(Fold(VOCABULARY).apply_all([put(3, document(1, node("A", data={"mean height": 3})))]), VOCABULARY)
    )
    assert seen.fields == made.fields == ["mean height"]
    assert seen.named(["heights", "mean"]) == ("mean height",)
    assert not seen.holding("depth")
    assert field_index(before).owners("depth") == ("a", "b")


@pytest.mark.parametrize(
    ("course", "query", "sentence"),
    [
        ("robot-intelligence", ValueOf(("day-26",), ("hours",)), "Day 26: 2.5 hours."),
        (
            "robot-intelligence",
            ValueOf(("chinchilla-20-tokens-param",), (), ("number of token",), ("token", "paramet"), "tokens"),
            "Chinchilla: 20 tokens/param, number of tokens: 20 tokens per parameter.",
        ),
        ("bread", ValueOf(("cold-retarding",), (), ("length", "time")), "Cold retarding, duration: 12 hours."),
        ("bread", ValueOf(("bench-rest",), (), ("time",)), "Bench rest, duration: Twenty minutes."),
        ("bread", ValueOf(("stretch-and-fold",), ("trait",)), "Stretch and fold, trait: by hand; gentle."),
        ("bread", ValueOf(("week-1",), ("hours",)), "Week 1: Day 1: 2 hours; Day 2: 3 hours; Day 3: 2.5 hours."),
        ("bread", ValueOf(("week-1",), ("hours",), total=True), "Week 1, in total: 7.5 hours (3 days)."),
    ],
)
def test_values_are_told_with_whose_they_are(
    courses: dict[str, View], course: str, query: ValueOf, sentence: str
) -> None:
    seen = courses[course]
    found = query.find(seen)
    assert query.sentence(seen, found) == sentence
    assert all(one.id is None and one.cites and one.of for one in found)


def test_a_value_that_nobody_wrote_is_missing(courses: dict[str, View]) -> None:
    query = ValueOf(("flour",), (), ("temperature",))
    assert query.find(courses["bread"]) == []
    assert query.missing(courses["bread"]) == "the temperature of Flour"


def test_extremes_of_a_map_are_those_of_the_accepted_nodes(kitchen: View) -> None:
    def nodes(order: int, *measures: str, kind: str = "Method", fields: tuple[str, ...] = ()) -> list[str]:
        held = ranking.extreme(kitchen, measures, order, lambda node: kitchen.kind(node) == kind, fields)
        return [one.node for one in held]

    assert nodes(1, "length", "time") == ["cool"]
    assert nodes(-1, "time") == ["proof"], "fields of the measure's own name come before others"
    assert nodes(1, "time", kind="Day") == ["day-3"]
    assert nodes(1, fields=("ovenTemperature",)) == [], "of one value alone nobody knows whether it is great"
    assert nodes(1, "mass") == []


def test_values_within_bounds_are_found_in_a_map(kitchen: View) -> None:
    def nodes(question: str, *fields: str) -> list[str]:
        [asked] = [one.quantity for one in quantities_in(question)]
        return [one.node for one in ranking.bounded(kitchen, asked, lambda node: True, fields)]

    assert nodes("at least 90 minutes") == ["proof", "cool", "day-3"]
    assert nodes("hotter than 200 °C") == ["bake"]
    assert nodes("more than 1", "hours") == ["day-3"]
    assert nodes("under a minute") == []


@given(
    values=st.lists(st.tuples(st.integers(0, 3), st.integers(0, 5), st.sampled_from(["min", "hours"])), min_size=1),
    order=st.sampled_from([1, -1]),
    as_of=st.sampled_from([None, 1]),
)
def test_the_extreme_of_a_map_is_that_of_all_its_nodes(
    values: list[tuple[int, int, str]], order: int, as_of: int | None
) -> None:
    made = [put(day, document(day, *(_timed(*one) for one in said))) for day, said in _by_day(values)]
    before = fold(made[0])
    ranking.extreme(View(before, VOCABULARY), ["time"], order, lambda node: True)
    seen = View(before.copied().apply_all(made[1:]), VOCABULARY, as_of)
    held = ranking.extreme(seen, ["time"], order, lambda node: True)
    assert {one.node for one in held} == {one.node for one in extreme(seen, seen.node_ids(), ["time"], order)}


def _timed(number: int, amount: int, unit: str) -> Node:
    return node(f"N{number}", data={"duration": f"{amount} {unit}"})


def _by_day(values: list[tuple[int, int, str]]) -> list[tuple[int, list[tuple[int, int, str]]]]:
    """What each of several days says, of every node once."""
    return [(day, list({one[0]: one for one in values[day - 1 :: 2]}.values())) for day in (1, 2)]


@pytest.mark.parametrize(
    ("course", "question", "labels"),
    [
        ("robot-intelligence", "how long does day 26 take?", ["2.5 hours"]),
        ("robot-intelligence", "what is the gist of the bitter lesson?", ["scale > cleverness"]),
        ("robot-intelligence", "what type of day is day 26?", ["reflection day"]),
        ("bread", "how cold is cold retarding?", ["4 °C"]),
        ("robot-intelligence", "how many hours are planned for the reflection day?", ["2.5 hours"]),
        ("bread", "how many minutes do the hands-off methods take?", ["30 minutes", "12 hours"]),
        ("bread", "how many minutes does hand kneading need?", ["10 minutes"]),
        ("bread", "at how many degrees does caramelisation start?", ["160 °C"]),
        ("bread", "how much time did we spend on the sourdough day?", ["4 hours"]),
        ("bread", "how many hours did week 1 take in total?", ["7.5 hours (3 days)"]),
        ("bread", "which method takes the longest?", ["Cold retarding"]),
        ("bread", "which day took the most hours?", ["Day 5"]),
        ("bread", "which takes longer, hand kneading or autolyse?", ["Autolyse"]),
        ("bread", "which methods take longer than 20 minutes?", ["Autolyse", "Cold retarding"]),
        ("bread", "how many methods take longer than 20 minutes?", ["2"]),
        ("robot-intelligence", "how many parameters does chinchilla have?", []),
        ("bread", "what temperature and how long for cold retarding?", ["4 °C", "12 hours"]),
        (
            "robot-intelligence",
            "how many words does day 26 require and what format does it have?",
            ["a notebook, on paper or digital"],
        ),
        ("bread", "which takes longer, sourdough or yeasted bread?", ["Sourdough"]),
        ("bread", "how long does yeasted bread keep?", ["Two days"]),
        ("robot-intelligence", "what is the price of text data?", []),
        ("bread", "how heavy is the dutch oven?", []),
        ("bread", "how many kilograms does the dutch oven weigh?", []),
        ("bread", "how long does the dutch oven last?", []),
        ("bread", "how many spoons of honey are in a boule?", []),
        ("robot-intelligence", "how much does deep blue cost?", []),
        ("robot-intelligence", "which claim needs the most words?", []),
    ],
)
def test_questions_for_values(courses: dict[str, View], course: str, question: str, labels: list[str]) -> None:
    reply = ask(courses[course], question)
    assert [one.label for one in reply.answers] == labels, reply.sentence
    assert all(one.cites for one in reply.answers)


@pytest.mark.parametrize(
    ("question", "label"),
    [
        ("what is the prep time of milk rolls?", "15 min"),
        ("what is the cook time for milk rolls?", "25 min"),
        ("how much salt goes into the milk rolls?", "10 g"),
        ("how hot is the oven for the milk rolls?", "220 °C"),
        ("how long do milk rolls take?", None),
        ("how much sugar goes into the milk rolls?", None),
        ("how many eggs do milk rolls need?", None),
        ("how long do the milk rolls rest?", None),
    ],
)
def test_texts_answer_with_the_words_of_the_question(question: str, label: str | None) -> None:
    text = "Prep time: 15 min\nCook time: 25 min\nOven: 220 °C\n\n| salt | 10 g |\n| flour | 500 g |"
    found = view(document(1, node("Milk rolls", text=text)))
    assert [one.label for one in ask(found, question).answers] == [label] * (label is not None)


def test_the_lesson_is_the_one_day_of_a_map() -> None:
    one = view(document(7, node("Day 7", "Day", data={"duration": "3 hours"}), node("Knots")))
    [found] = ask(one, "how long is the lesson as a whole?").answers
    assert (found.label, found.of) == ("3 hours", "Day 7")
    assert not ask(one, "how long are the knots of the lesson?").answers


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("does autolyse take longer than 20 minutes?", "yes"),
        ("does autolyse take more than two hours?", "no"),
        ("is core temperature hotter than 90 degrees?", "yes"),
        ("does day 3 take less than 3 hours?", "yes"),
        ("does the dutch oven take longer than an hour?", None),
    ],
)
def test_whether_a_value_is_above_or_below(courses: dict[str, View], question: str, verdict: str | None) -> None:
    assert ask(courses["bread"], question).verdict == verdict


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=8,
)


@given(field=st.text(max_size=20), value=JSON)
def test_any_data_is_shown_and_sized_or_not(field: str, value: Any) -> None:
    assert all(label.strip() for label in shown(field, value))
    size = magnitude(value, field)
    assert size is None or abs(size[0]) < inf


@given(value=JSON)
def test_any_data_of_a_node_can_be_asked(value: Any) -> None:
    try:
        found = view(document(1, node("A", data={"field": value})))
    except ValueError:  # signs that no document may hold
        return
    held = list(held_by(found, "a"))
    assert all(one.found.cites and one.found.id is None for one in held)
    for measure in MEASURES:
        extreme(found, ["a"], (measure.name,), 1)
    total(found, held, "A")


@given(st.text(max_size=60))
def test_any_text_can_be_looked_through_for_quantities(text: str) -> None:
    for one in quantities_in(text):
        assert 0 <= one.start < one.end <= len(text)
        assert one.quantity.low <= one.quantity.high or one.quantity.low != one.quantity.low


AMOUNTS = st.integers(1, 10_000)
TIMES = st.sampled_from([("seconds", 1), ("min", 60), ("hours", 3600), ("days", 86_400), ("weeks", 604_800)])


@given(first=st.tuples(AMOUNTS, TIMES), second=st.tuples(AMOUNTS, TIMES))
def test_magnitudes_are_ordered_as_the_amounts_are(first: Any, second: Any) -> None:
    (one, (unit, factor)), (other, (other_unit, other_factor)) = first, second
    found, than = magnitude(f"{one} {unit}", "takes"), magnitude(f"{other} {other_unit}", "takes")
    assert found
    assert than
    assert (found[0] < than[0]) == (one * factor < other * other_factor)
    more = quantity_of(f"more than {other} {other_unit}")
    value = quantity_of(f"{one} {unit}")
    assert more
    assert value
    assert more.holds(value) == (one * factor > other * other_factor)
