"""Learning: plans and what can be learned next, against brute force; what a learner has learned, kept apart."""

import random
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path

import pytest

from conceptmap.atlas import Atlas, open_atlas
from conceptmap.learning import Plan, learned_in, next_in, plan_of
from conceptmap.map import CourseMap
from dialogues import in_process
from graphs.learners import Mark, open_learners
from graphs.log import open_log
from graphs.view import View
from ontology.errors import LearnersDamaged, StoreUnavailable, UnknownNode, WrongArguments
from ontology.gate import read
from ontology.model import Edge, Node
from ontology.terms import REQUIRES
from small_maps import VOCABULARY, document, edge, mention, node, origin, put
from small_maps import view as small_view

# --- Plans


Requires = dict[str, set[str]]


def random_map(seed: int) -> tuple[View, Requires]:
    """A map of up to nine nodes over four days, in which each may require some that are numbered lower, shuffled."""
    chance = random.Random(seed)
    names = [f"n{number}" for number in range(chance.randint(1, 9))]
    chance.shuffle(names)
    requires: Requires = {
        name: {one for one in names[:place] if chance.random() < 0.35} for place, name in enumerate(names)
    }
    day_of = {name: chance.randint(1, 4) for name in names}
    documents = []
    for day in range(1, 5):
        own = [name for name in names if day_of[name] == day]
        used = {one for name in own for one in requires[name]} - set(own)
        chance.shuffle(own)
        nodes = [node(name, origin=origin(line), data=timed(chance)) for line, name in enumerate(own, 1)]
        edges = [edge(name, REQUIRES, one) for name in own for one in sorted(requires[name])]
        documents.append(document(day, *nodes, *map(mention, sorted(used)), *edges))
    return View.of([put(number, one) for number, one in enumerate(documents, 1)], VOCABULARY), requires


def timed(chance: random.Random) -> dict[str, object]:
    return {"minutes": chance.choice([5, 20, "45", 70, "soon"])} if chance.random() < 0.7 else {}


def closed_sets(requires: Requires, target: str) -> Iterator[set[str]]:
    """All sets of nodes that hold the target and all that their members require, found by trying every set."""
    names = sorted(requires)
    for bits in range(2 ** len(names)):
        chosen = {name for place, name in enumerate(names) if bits >> place & 1}
        if target in chosen and all(requires[one] <= chosen for one in chosen):
            yield chosen


def ids(plan: Plan) -> list[str]:
    return [step.node.id for step in plan.steps]


@pytest.mark.parametrize("seeds", [range(start, start + 50) for start in range(0, 500, 50)])
def test_a_plan_is_the_least_set_closed_under_requires_in_an_order_that_can_be_followed(seeds: range) -> None:
    for seed in seeds:
        view, requires = random_map(seed)
        chance = random.Random(-seed)
        target = chance.choice(sorted(requires))
        learned = {one for one in requires if chance.random() < 0.3} - {target}
        least = min(closed_sets(requires, target), key=len) - learned
        steps = ids(plan_of(view, target, learned))
        assert sorted(steps) == sorted(least)
        places = {one: place for place, one in enumerate(steps)}
        assert all(places[one] < places[step] for step in steps for one in requires[step] & least)
        assert steps == first_in_course(view, requires, least)


def first_in_course(view: View, requires: Requires, wanted: set[str]) -> list[str]:
    """The order in which each time the first of the course is taken that requires nothing that is still wanted."""
    left, found = set(wanted), []
    while left:
        free = [one for one in left if not requires[one] & left]
        found.append(min(free, key=lambda one: (view.introduced_on(one) or 0, line_of(view, one), one)))
        left.remove(found[-1])
    return found


def line_of(view: View, one: str) -> int:
    lines = view.node(one).sayings[0].item.origin.lines
    return lines[0] if lines else 0


@pytest.mark.parametrize("seeds", [range(start, start + 50) for start in range(0, 500, 50)])
def test_what_can_be_learned_next_is_what_has_a_plan_of_one_step(seeds: range) -> None:
    for seed in seeds:
        view, requires = random_map(seed)
        chance = random.Random(-seed)
        learned = {one for one in requires if chance.random() < 0.4}
        found = next_in(view, learned)
        single = {one for one in set(requires) - learned if ids(plan_of(view, one, learned)) == [one]}
        assert [one.step.node.id for one in found.nodes] == sorted(
            single, key=lambda one: (view.introduced_on(one) or 0, line_of(view, one), one)
        )
        assert (found.open, found.waiting) == (len(single), len(requires) - len(learned) - len(single))
        for one in found.nodes:
            needing = {
                other
                for other in set(requires) - learned - {one.step.node.id}
                if one.step.node.id in min(closed_sets(requires, other), key=len)
            }
            assert set(one.unlocks) == needing
            assert set(one.at_once) == {
                other
                for other in needing
                if min(closed_sets(requires, other), key=len) - learned == {other, one.step.node.id}
            }


@pytest.mark.parametrize("seeds", [range(0, 250, 50), range(250, 500, 50)])
def test_days_hold_what_fits_in_order_and_none_could_take_more_of_the_next(seeds: range) -> None:
    for seed in range(seeds.start, seeds.stop):
        view, requires = random_map(seed)
        for target in sorted(requires):
            plan = plan_of(view, target, per_day=50)
            assert [step for day in plan.days for step in day.steps] == list(plan.steps)
            for day in plan.days:
                assert day.minutes <= 50 or [step.minutes for step in day.steps if step.minutes] == [day.minutes]
            for day, following in zip(plan.days, plan.days[1:], strict=False):
                assert day.minutes + (following.steps[0].minutes or 0) > 50
            assert plan.minutes == sum(day.minutes for day in plan.days)
            assert all(step.minutes == 70 for step in plan.too_long)


def test_without_a_node_the_plan_is_of_all_that_can_be_learned() -> None:
    for seed in range(50):
        view, requires = random_map(seed)
        learned = set(random.Random(-seed).sample(sorted(requires), len(requires) // 3))
        plan = plan_of(view, None, learned)
        assert (ids(plan), plan.target) == (first_in_course(view, requires, set(requires) - learned), None)


def small(*edges: Edge, **nodes: object) -> View:
    named = {end for one in edges for end in (one.source, one.target)} | nodes.keys()
    own = [node(one, data=nodes.get(one, {})) for one in sorted(named)]
    return View.of([put(1, document(1, *own, *edges))], VOCABULARY)


def test_a_node_that_is_learned_has_an_empty_plan_that_says_so() -> None:
    plan = plan_of(small(edge("b", REQUIRES, "a")), "b", ["b"])
    assert (plan.is_learned, plan.steps) == (True, ())


def test_what_a_learned_node_requires_stays_in_the_plan_until_it_is_marked_too() -> None:
    view = small(edge("c", REQUIRES, "b"), edge("b", REQUIRES, "a"))
    plan = plan_of(view, "c", ["b"])
    assert ids(plan) == ["a", "c"]
    assert [one.id for one in plan.learned] == ["b"]


def test_minutes_are_summed_and_what_says_none_is_counted_and_shown() -> None:
    edges = [edge("d", REQUIRES, one) for one in "abc"]
    plan = plan_of(small(*edges, a={"minutes": "20"}, b={"minutes": "half an hour"}, c={"minutes": 7.5}), "d")
    assert plan.minutes == 27.5
    assert [(step.node.id, step.unread) for step in plan.untimed] == [("b", "half an hour"), ("d", None)]


def test_a_time_that_is_no_number_is_told_when_the_note_is_loaded(tmp_path: Path) -> None:
    note = tmp_path / "day-01.md"
    note.write_text("# Day 1\n\n## Yeast\n- minutes:: half an hour\n- goals::\n  - rise\n  - shine\n")
    with open_atlas("sqlite://") as atlas:
        report = atlas["bread"].load(note)
        (told,) = report.warnings
        assert (told.line, told.hint) == (4, "write minutes:: 20")
        (step,) = atlas["bread"].plan("Yeast").steps
    assert (step.unread, step.goals) == ("half an hour", ("rise", "shine"))


def test_goals_come_in_their_order() -> None:
    data = {"goal": ["explain why dough rises", "name two flours"]}
    assert plan_of(small(edge("b", REQUIRES, "a"), a=data), "b").steps[0].goals == tuple(data["goal"])


def test_nodes_that_require_each_other_are_planned_together_and_said() -> None:
    """Documents of an own vocabulary, or of an older one, may have such edges: here they come in without a check."""
    edges = [edge("b", REQUIRES, "a"), edge("c", REQUIRES, "b"), edge("b", REQUIRES, "c"), edge("d", REQUIRES, "c")]
    plan = plan_of(small(*edges), "d")
    assert ids(plan) == ["a", "b", "c", "d"]
    assert [[one.id for one in circle] for circle in plan.circles] == [["b", "c"]]


def test_a_plan_is_of_the_day_that_is_looked_at() -> None:
    days = [document(1, node("a"), node("b")), document(2, mention("a"), mention("b"), edge("b", REQUIRES, "a"))]
    view = View.of([put(number, one) for number, one in enumerate(days, 1)], VOCABULARY)
    assert ids(plan_of(view.up_to(1), "b")) == ["b"]
    assert ids(plan_of(view, "b")) == ["a", "b"]
    assert next_in(view.up_to(1)).open == 2
    assert next_in(view).open == 1


# --- The sample course


@pytest.fixture(scope="module")
def course() -> Iterator[CourseMap]:
    with open_atlas("sqlite://") as atlas:
        atlas["ai"].load(Path(__file__).parent.parent / "conceptmap" / "course")
        yield atlas["ai"]


def labels(plan: Plan) -> list[str]:
    return [step.node.label for step in plan.steps]


def test_plans_on_the_sample_course(course: CourseMap) -> None:
    assert labels(course.plan("Scaling Laws")) == ["Information Theory", "Compression = Understanding", "Scaling Laws"]
    learned = [course.node("Information Theory").id]
    assert labels(course.plan("Scaling Laws", learned)) == ["Compression = Understanding", "Scaling Laws"]
    capstone = ["Generation strategies", "Alternative architectures", "Capstone project"]
    assert labels(course.plan("Capstone project")) == capstone
    with pytest.raises(UnknownNode):
        course.plan("Fermentation")


def test_next_on_the_sample_course_leaves_out_days_units_and_questions(course: CourseMap) -> None:
    found = course.next_to_learn()
    kinds = {one.step.node.kind for one in found.nodes}
    assert kinds == {"Concept", "Claim", "Method", "Source"}
    assert found.waiting == 3
    assert len(course.next_to_learn(limit=5).nodes) == 5


# --- What learners have learned


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        url: str = request.getfixturevalue("postgres_store")
        return url
    return "sqlite://" if request.param == "memory" else f"sqlite:///{tmp_path}/maps.db"


@pytest.fixture
def atlas(store: str) -> Iterator[Atlas]:
    with open_atlas(store) as atlas:
        yield atlas


def marked(atlas: Atlas, learner: str = "ada", map: str = "bread") -> list[tuple[str, str]]:
    return [(one.node, one.by) for one in atlas.learners.marks(map, learner)]


def test_marks_are_kept_by_map_and_learner_until_they_are_taken_away(atlas: Atlas) -> None:
    learners = atlas.learners
    assert marked(atlas) == []
    learners.mark("bread", "ada", ["yeast", "flour"], "ada")
    learners.mark("bread", "ada", ["yeast"], "teacher")
    learners.mark("bread", "bob", ["salt"], "bob")
    learners.mark("maths", "ada", ["sets"], "ada")
    assert marked(atlas) == [("flour", "ada"), ("yeast", "ada")]
    assert [learners.maps(one) for one in ("ada", "bob", "eve")] == [["bread", "maths"], ["bread"], []]
    learners.unmark("bread", "ada", ["yeast", "nothing"])
    assert marked(atlas) == [("flour", "ada")]
    learners.forget("bread", "ada")
    assert (marked(atlas), marked(atlas, "bob"), marked(atlas, map="maths")) == (
        [],
        [("salt", "bob")],
        [("sets", "ada")],
    )


def test_marks_outlive_the_process_that_made_them(tmp_path: Path) -> None:
    for _ in range(2):
        with open_atlas(tmp_path / "maps.db") as atlas:
            atlas.learners.mark("bread", "ada", ["yeast"], "ada")
            assert marked(atlas) == [("yeast", "ada")]
    with open_atlas(tmp_path / "other.db") as atlas:
        assert marked(atlas) == []
    assert (tmp_path / "learner.db").exists()


def test_reading_marks_makes_no_file(tmp_path: Path) -> None:
    with open_atlas(tmp_path / "maps.db") as atlas:
        assert marked(atlas) == []
    assert not (tmp_path / "learner.db").exists()


def _mark_many(work: tuple[str, str, Sequence[str]]) -> None:
    store, learner, nodes = work
    with closing(open_log(store, check=False)) as log, closing(open_learners(log)) as learners:
        for one in nodes:
            learners.mark("bread", learner, [one, "shared"], learner)


@pytest.mark.parametrize("store", ["sqlite", "postgresql"], indirect=True)
def test_two_processes_mark_at_once_and_nothing_is_lost(store: str) -> None:
    with open_atlas(store) as atlas, ProcessPoolExecutor(2, mp_context=get_context("spawn")) as pool:
        names = [[f"{letter}{number}" for number in range(20)] for letter in "ab"]
        list(pool.map(_mark_many, [(store, "ada", one) for one in names]))
        assert sorted(one for one, _ in marked(atlas)) == sorted([*names[0], *names[1], "shared"])


def test_a_damaged_file_is_refused_and_the_maps_are_not_touched(tmp_path: Path) -> None:
    (tmp_path / "learner.db").write_text("no database, but words " * 100)
    with open_atlas(tmp_path / "maps.db") as atlas:
        atlas["bread"].append(1, [node("Yeast")], [], by="ada")
        for act in (lambda: marked(atlas), lambda: atlas.learners.mark("bread", "ada", ["yeast"], "ada")):
            with pytest.raises(LearnersDamaged, match=r"learner\.db, .* is damaged .* move it away to begin anew"):
                act()
        assert atlas["bread"].node("yeast").label == "Yeast"
    assert (tmp_path / "learner.db").read_text().startswith("no database")


def test_a_file_whose_pages_are_damaged_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "learner.db"
    with open_atlas(tmp_path / "maps.db") as atlas:
        atlas.learners.mark("bread", "ada", [f"n{number}" for number in range(2000)], "ada")
    data = file.read_bytes()
    file.write_bytes(data[:4096] + b"\x55" * (len(data) - 4096))
    with open_atlas(tmp_path / "maps.db") as atlas, pytest.raises(LearnersDamaged, match="move it away"):
        marked(atlas)


def test_a_folder_in_its_place_is_refused_also_where_marks_are_only_read(tmp_path: Path) -> None:
    (tmp_path / "learner.db").mkdir()
    with open_atlas(tmp_path / "maps.db") as atlas:
        for act in (lambda: marked(atlas), lambda: atlas.learners.mark("bread", "ada", ["yeast"], "ada")):
            with pytest.raises(LearnersDamaged, match=r"learner\.db, .* is a folder; move it away"):
                act()
        (tmp_path / "learner.db").rmdir()
        atlas.learners.mark("bread", "ada", ["yeast"], "ada")
        assert marked(atlas) == [("yeast", "ada")]


def test_a_store_whose_file_is_not_known_has_no_place_for_marks(tmp_path: Path) -> None:
    store, said = f"sqlite:///file:{tmp_path}/maps.db?mode=rwc&uri=true", "nothing is kept beside it"
    with open_atlas(store) as atlas, pytest.raises(StoreUnavailable, match=said):
        atlas.learners.mark("bread", "ada", ["yeast"], "ada")


@pytest.mark.parametrize("name", ["", "  ", "a\nb", "x" * 201])
def test_a_learner_has_a_name_of_one_line(atlas: Atlas, name: str) -> None:
    with pytest.raises(WrongArguments, match="cannot name a learner"):
        atlas.learners.mark("bread", name, ["yeast"], "ada")


def test_marks_follow_nodes_that_are_merged_and_those_of_nodes_gone_are_kept() -> None:
    first = document(1, node("Yeast"), node("Leaven"), node("Salt"))
    led = read(Node, {"id": "leaven", "kind": "Concept", "label": "Leaven", "became": "yeast", "mention": True})
    view = View.of(
        [put(1, first), put(2, document(2, led, mention("Yeast"), node("Crust"), part="by:ada"))], VOCABULARY
    )
    marks = [Mark(one, f"2026-11-0{day}", "ada") for day, one in enumerate(["leaven", "yeast", "crust", "gone"], 1)]
    found = learned_in(view, marks)
    assert {one: mark.node for one, mark in found.nodes.items()} == {"yeast": "leaven", "crust": "crust"}
    assert [one.node for one in found.gone] == ["gone"]
    early = learned_in(view.up_to(1), marks)
    assert ([*early.nodes], [one.node for one in early.later]) == (["yeast"], ["crust"])


def test_nothing_that_learners_do_touches_the_course(tmp_path: Path) -> None:
    with open_atlas(tmp_path / "maps.db") as atlas:
        course = atlas["bread"]
        course.append(1, [node("Yeast"), node("Dough")], [edge("Dough", REQUIRES, "Yeast")], by="ada")
        before = course.digest, course.last_entry, (tmp_path / "maps.db").read_bytes()
        atlas.learners.mark("bread", "ada", ["yeast"], "ada")
        marks = atlas.learners.marks("bread", "ada")
        course.plan("Dough", course.learned(marks).nodes, per_day=10)
        course.next_to_learn(course.learned(marks).nodes)
        atlas.learners.unmark("bread", "ada", ["yeast"])
        atlas.learners.forget("bread", "ada")
        assert (course.digest, course.last_entry, (tmp_path / "maps.db").read_bytes()) == before


def test_a_token_under_the_name_of_a_learner_tells_of_the_marks(tmp_path: Path) -> None:
    store = f"sqlite:///{tmp_path}/maps.db"
    with open_atlas(store) as atlas:
        atlas["bread"].append(1, [node("Yeast")], [], by="ada")
        atlas.learners.mark("bread", "ada", ["yeast"], "ada")
    create = ["--store", store, "token", "create", "--scope", "read", "--name"]
    status, _, told = in_process([*create, "ada"], "")
    assert (status, "unlearn --all --learner ada --map bread" in told) == (0, True)
    assert "unlearn" not in in_process([*create, "bob"], "")[2]


@pytest.mark.parametrize("per_day", [float("nan"), float("inf"), 0.0, -3.0])
def test_a_day_of_no_number_of_minutes_is_refused(per_day: float) -> None:
    with pytest.raises(WrongArguments, match="no number of minutes"):
        plan_of(small_view(document(1, node("Yeast"))), "yeast", per_day=per_day)
