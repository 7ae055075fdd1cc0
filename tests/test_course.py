"""The sample course says what it should, and says it in its own words."""

import importlib.util
import json
import re
from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise, product
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

import transcripts
from conceptmap import open_atlas
from conceptmap.draw import Selection, draw_text
from conceptmap.map import CourseMap
from graphs.ledger import WriteReport
from graphs.view import View
from ontology.names import day_id

NOTES = Path(__file__).parent.parent / "conceptmap" / "course"
DAYS = (1, 5, 14, 25, 26, 27, 28, 29, 30)
DAYS_WITH_A_TREE = (5, 14, 25, 26)


@pytest.fixture(scope="module")
def loaded() -> Iterator[tuple[CourseMap, WriteReport]]:
    with open_atlas("sqlite://") as atlas:
        course = atlas["robot-intelligence"]
        yield course, course.load(NOTES)


@pytest.fixture(scope="module")
def view(loaded: tuple[CourseMap, WriteReport]) -> View:
    return loaded[0].view()


def only(view: View, name: str) -> str:
    """The id that a name has; it must have exactly one."""
    found = view.named(name)
    assert len(found) == 1, f"{name!r} names {found}"
    return found[0]


def labels_to(view: View, relation: str, target: str) -> set[str]:
    return {view.node(edge.source).label for edge in view.edges_to(only(view, target), relation)}


def labels_from(view: View, source: str, relation: str) -> set[str]:
    return {view.node(edge.target).label for edge in view.edges_from(only(view, source), relation)}


def test_the_notes_load_without_a_warning(loaded: tuple[CourseMap, WriteReport]) -> None:
    course, report = loaded
    assert report.warnings == ()
    assert course.view().days() == DAYS


def test_every_name_means_one_thing(view: View) -> None:
    shared_names = {name: view.named(name) for node in view.nodes() for name in node.names if len(view.named(name)) > 1}
    assert shared_names == {}


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("Mental map", 1),
        ("Information Theory", 5),
        ("Cross-entropy loss = bits needed to encode data", 5),
        ("Better models", 5),
        ("Rate-distortion theory", 5),
        ("Compression = Understanding", 5),
        ("Transformer", 14),
        ("Attention", 14),
        ("Scaling Laws", 25),
        ("L(C) ∝ C^(-α)", 25),
        ("Chinchilla", 25),
        ("More compute = better compression", 25),
        ("The Bitter Lesson", 26),
        ("The synthesis", 26),
        ("Generation strategies", 27),
        ("Alternative architectures", 28),
        ("Capstone project", 29),
    ],
)
def test_each_thing_is_introduced_on_its_day(view: View, name: str, day: int) -> None:
    assert view.introduced_on(only(view, name)) == day


def test_nothing_of_a_later_day_is_known_before(loaded: tuple[CourseMap, WriteReport]) -> None:
    before = loaded[0].as_of(25).view()
    assert before.named("The Bitter Lesson") == []
    assert before.named("Generation strategies") == []


def test_day_26_knows_its_phase_week_and_hours(view: View) -> None:
    assert labels_from(view, "Day 26", "part of") == {"Phase II", "Week 4"}
    assert view.node(day_id(26)).data["hours"] == 2.5


def test_the_remaining_days_of_the_phase_are_announced(view: View) -> None:
    assert labels_to(view, "part of", "Phase II") >= {f"Day {day}" for day in range(26, 31)}
    assert labels_from(view, "Capstone", "introduced on") == {"Day 29", "Day 30"}


@pytest.mark.parametrize(
    ("domain", "method", "relation", "other"),
    [
        ("Chess", "Deep Blue", "outperforms", {"Kasparov"}),
        ("Chess", "Deep Blue", "contrasts with", {"Clever chess knowledge"}),
        ("Go", "AlphaGo", "outperforms", {"Lee Sedol"}),
        ("Go", "AlphaGo", "contrasts with", {"Go heuristics"}),
        ("Speech", "End-to-end neural nets", "replaces", {"Hand-crafted phoneme models"}),
        ("Vision", "ConvNets", "replaces", {"Hand-crafted features"}),
        ("NLP", "Transformers + scale", "replaces", {"Parse trees", "Grammars", "Ontologies"}),
    ],
)
def test_evidence_for_the_bitter_lesson_names_what_won_over_what(
    view: View, domain: str, method: str, relation: str, other: set[str]
) -> None:
    support = [view.node(edge.source) for edge in view.edges_to(only(view, "The Bitter Lesson"), "supports")]
    assert sorted(str(node.data["domain"]) for node in support) == ["Chess", "Go", "NLP", "Speech", "Vision"]
    evidence = next(node for node in support if node.data["domain"] == domain)
    assert method in labels_from(view, evidence.label, "about")
    ends = {
        edge.other(only(view, method))
        for edge in (*view.edges_from(only(view, method), relation), *view.edges_to(only(view, method), relation))
    }
    assert {view.node(end).label for end in ends} == other


def test_language_and_robotics_are_compared_in_five_dimensions(view: View) -> None:
    language, robotics = only(view, "Language"), only(view, "Robotics")
    rows = {}
    for edge in view.edges_between(language, robotics):
        assert edge.dimension and edge.values
        ends = {edge.source: edge.values.source, edge.target: edge.values.target}
        rows[edge.dimension] = (ends[language], ends[robotics])
    assert rows == {
        "Data cost": ("~$0 per token", "~$100 per hour of robot data"),
        "Data diversity": ("Billions of authors, topics", "Tens of labs, hundreds of tasks"),
        "Token semantics": ("Discrete, well-defined", "Continuous actions, high-dimensional"),
        "Loss function": ("Cross-entropy on next token", "MSE on actions? Diffusion loss?"),
        "Evaluation": ("Perplexity, benchmarks", "Real-world task success rate"),
    }


def test_what_the_lesson_ties_together_is_tied(view: View) -> None:
    assert "Scaling Laws" in labels_from(
        view, "The same architecture keeps getting better along a predictable power law", "about"
    )
    assert "The model is discovering increasingly deep structure, not just memorizing" in labels_from(
        view, "The synthesis", "leads to"
    )
    assert "Classic robotics" in labels_from(view, "Prediction of the bitter lesson", "about")
    assert labels_from(view, "First prompt", "about") >= {"Data cost", "Evaluation", "Loss function"}
    assert labels_to(view, "example of", "Navigation") == {"ROS nav stack", "Learned navigation"}
    assert view.node(only(view, "Kasparov")).kind == "Agent"


@pytest.mark.parametrize(
    ("prompt", "words"), [("First prompt", "500+"), ("Second prompt", "300+"), ("Third prompt", "300+")]
)
def test_writing_prompts_keep_their_word_goals(view: View, prompt: str, words: str) -> None:
    node = view.node(only(view, prompt))
    assert (node.kind, str(node.data["words"])) == ("Question", words)
    assert labels_to(view, "asks", prompt) == {"Day 26"}


@pytest.mark.parametrize(
    ("claim", "relation", "sources"),
    [
        (
            "Language models scale",
            "supports",
            {"Text data is essentially free", "Loss function is clear", "Compute is available"},
        ),
        (
            "Robot learning scales like language",
            "opposes",
            {
                "Data costs ~$100/hour to collect",
                'The "right" loss function is unclear',
                "Sim-to-real gap makes simulated data less reliable",
            },
        ),
        ("The Bitter Lesson", "opposes", {"Interpretability/safety"}),
        ("The synthesis", "supports", {"Cross-entropy loss = bits needed to encode data", "L(C) ∝ C^(-α)"}),
        (
            "Scaling Laws",
            "part of",
            {"L(C) ∝ C^(-α)", "Chinchilla: 20 tokens/param", "More compute = better compression"},
        ),
        (
            "Classic robotics",
            "part of",
            {"PID controllers", "Hand-designed motion planners", "State machines", "Physics-based models"},
        ),
        ("Hand-designed motion planners", "example of", {"RRT", "A*"}),
        ("Hand-crafted features", "example of", {"SIFT", "HOG"}),
        ("Implication for VLAs", "leads to", {"The Bitter Lesson"}),
        ("Scaling Laws", "leads to", {"Compression = Understanding"}),
    ],
)
def test_exactly_these_stand_in_a_relation_to(view: View, claim: str, relation: str, sources: set[str]) -> None:
    assert labels_to(view, relation, claim) == sources


def test_compute_leads_to_compression_step_by_step(view: View) -> None:
    chain = ["More compute", "Lower loss", "Fewer bits", "Better compression"]
    for one, other in pairwise(chain):
        assert labels_from(view, one, "leads to") == {other}


@pytest.mark.parametrize(
    ("name", "formula"),
    [
        ("L(C) ∝ C^(-α)", r"L(C) \propto C^{-\alpha}"),
        ("Compression ratio ∝ C^α", r"\text{Compression ratio} \propto C^{\alpha}"),
    ],
)
def test_formulas_are_kept_as_latex(view: View, name: str, formula: str) -> None:
    assert view.node(only(view, name)).formula == formula


@pytest.mark.parametrize("day", DAYS_WITH_A_TREE)
def test_the_map_drawn_as_of_a_day_is_the_tree_in_that_day_s_note(
    loaded: tuple[CourseMap, WriteReport], day: int
) -> None:
    note = (NOTES / f"day-{day:02}.md").read_text(encoding="utf-8")
    (tree,) = [block.text for block in transcripts.blocks(note) if "└──" in block.text]
    assert draw_text(loaded[0].as_of(day).view(), Selection()).rstrip() == tree.rstrip()


def test_the_day_26_tree_is_the_diagram_of_the_course(shared: Path) -> None:
    diagram = (shared / "course" / "day-26-diagram.txt").read_text(encoding="utf-8")
    assert diagram.rstrip() in (NOTES / "day-26.md").read_text(encoding="utf-8")


def test_the_texts_are_our_own_words(shared: Path, view: View) -> None:
    lesson = words((shared / "course" / "day-26-lesson.txt").read_text(encoding="utf-8"))
    runs = {tuple(lesson[at : at + 7]) for at in range(len(lesson) - 6)}
    for node in view.nodes():
        said = words(node.text or "")
        assert not [said[at : at + 7] for at in range(len(said) - 6) if tuple(said[at : at + 7]) in runs], node.label


def words(text: str) -> list[str]:
    return re.findall(r"[\w']+", text.lower())


def test_everything_a_careful_reader_finds_is_in_the_notes(shared: Path, view: View) -> None:
    scorer = module(shared / "course" / "score_extraction.py")
    gold = json.loads((shared / "course" / "day-26-gold.json").read_text(encoding="utf-8"))
    ours = {node.id: scorer.Node(node.label, node.kind, node.names) for node in view.nodes()}
    meant = {one["label"]: nearest(scorer, one, ours) for one in gold["nodes"]}
    assert [label for label, ids in meant.items() if not ids] == []
    known = relations_between(scorer, view)
    assert [edge for edge in gold["edges"] if not said(edge, meant, known)] == []


def module(path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location(path.stem, path)
    assert spec and spec.loader
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


def nearest(scorer: ModuleType, gold: dict[str, Any], ours: dict[str, Any]) -> list[str]:
    """Our nodes that a gold node may mean, best first, at most three."""
    node = scorer.Node(gold["label"], gold["kind"], gold.get("aliases", ()), gold.get("alt_kinds", ()))
    ranked = sorted(((scorer.rank(node, other), id) for id, other in ours.items()), reverse=True)
    return [id for rank, id in ranked if rank[0] > 0][:3]


def relations_between(scorer: ModuleType, view: View) -> dict[tuple[str, str], set[str]]:
    """Relations in the scorer's words by pair of ends; undirected and tree relations stand both ways."""
    known: dict[tuple[str, str], set[str]] = defaultdict(set)
    for edge in view.edges():
        relation, turned = scorer.canon_relation(edge.relation)
        ends = (edge.target, edge.source) if turned else (edge.source, edge.target)
        known[ends].add(relation)
        if other := {"contrastsWith": "contrastsWith", "partOf": "leadsTo", "leadsTo": "partOf"}.get(relation):
            known[ends[::-1]].add(other)
    return known


def said(edge: dict[str, Any], meant: dict[str, list[str]], known: dict[tuple[str, str], set[str]]) -> bool:
    wanted = {edge["type"], *edge.get("alt_types", ())}
    return any(known[pair] & wanted for pair in product(meant[edge["from"]], meant[edge["to"]]))


def test_the_days_can_be_loaded_one_evening_after_another() -> None:
    with open_atlas("sqlite://") as atlas:
        for note in sorted(NOTES.glob("day-*.md")):
            assert atlas["robot-intelligence"].load(note).warnings == ()
