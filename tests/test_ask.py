"""Questions and their answers, on a small course and on the sample course."""

import importlib.util
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from conceptmap import open_atlas
from conceptmap.ask import ask
from conceptmap.map import CourseMap
from conceptmap.shapes.answer import AnswerShape, answer_shape
from ontology.names import name_key

COURSES = Path(__file__).parent / "courses"
SAMPLE = Path(__file__).parents[1] / "conceptmap" / "course"


@pytest.fixture(scope="module")
def bread() -> Iterator[CourseMap]:
    with open_atlas("sqlite://") as atlas:
        course = atlas["bread"]
        course.load(COURSES / "bread")
        yield course


@pytest.fixture(scope="module")
def robots() -> Iterator[CourseMap]:
    with open_atlas("sqlite://") as atlas:
        course = atlas["robot-intelligence"]
        course.load(SAMPLE)
        yield course


SUPPORTERS = {
    "deep-blue-search-hardware-beat-kasparov",
    "alphago-neural-nets-search-compute-beat-lee-sedol",
    "end-to-end-neural-nets-replaced-hand-crafted-phoneme-models",
    "convnets-replaced-hand-crafted-features-sift-hog",
    "transformers-scale-replaced-parse-trees-grammars-ontologies",
}
QUESTIONS = [
    ("what supports the bitter lesson?", SUPPORTERS),
    ("The bitter lesson: what backs it up?", SUPPORTERS),
    ("evidence for the bitter leson", SUPPORTERS),
    ("what is the bitter lesson supported by", SUPPORTERS),
    ("what supports the bitter lesson in vision?", {"convnets-replaced-hand-crafted-features-sift-hog"}),
    ("what opposes the bitter lesson", {"interpretability-safety"}),
    ("what does more compute lead to?", {"lower-loss"}),
    ("what is there still to come after day 28?", {"capstone-project"}),
    (
        "take me on a walk from more compute to better compression",
        {"more-compute", "lower-loss", "fewer-bits", "better-compression"},
    ),
    ("Who lost against Deep Blue and who against AlphaGo?", {"kasparov", "lee-sedol"}),
    ("what does more compute ultimately lead to?", {"lower-loss", "fewer-bits", "better-compression"}),
    ("what does better compression follow from?", {"fewer-bits"}),
    ("Which method beat Lee Sedol?", {"alphago"}),
    ("what did ConvNets replace", {"hand-crafted-features"}),
    ("prerequisites of scaling laws", {"compression-understanding", "information-theory"}),
    ("when was the transformer introduced", {"day-14"}),
    ("which days bring the capstone project?", {"day-29", "day-30"}),
    ("what is new on day 27?", {"generation-strategies"}),
    ("which claims came up on day 14?", {"attention-dynamic-routing", "same-arch-scales-to-any-size"}),
    ("examples of hand-designed motion planners", {"rrt", "a-a4a87d"}),
    ("how do fidelity and evaluation differ?", set()),
    ("is attention about the transformer?", {"attention"}),
    ("does fidelity support the bitter lesson?", set()),
    ("who wrote the bitter lesson", set()),
    ("what supports the sourdough?", set()),
    ("what can't be explained by scaling laws?", set()),
    ("nothing supports the bitter lesson, does it?", set()),
    (
        "what supports the bitter lesson except AlphaGo?",
        SUPPORTERS - {"alphago-neural-nets-search-compute-beat-lee-sedol"},
    ),
    ("what differs from Data cost?", {"language", "robotics"}),
    ("what is different from PID controllers?", set()),
    ("what appears in the transformer?", set()),
    ("what is used for attention?", set()),
    ("what supports both language models scaling and the bitter lesson?", set()),
    ("is attention a concept?", {"attention"}),
    ("which topics came up on day 14?", {"attention", "transformer"}),
    ("", set()),
    ("?!", set()),
]


@pytest.mark.parametrize(("question", "ids"), QUESTIONS, ids=[question or "nothing" for question, _ in QUESTIONS])
def test_a_question_finds_these_nodes(robots: CourseMap, question: str, ids: set[str]) -> None:
    reply = robots.ask(question)
    found = {one.id for one in reply.answers}
    matched = {next((id for id in found if id and id.startswith(wanted)), wanted) for wanted in ids}
    assert found == matched
    assert reply.status == ("answered" if ids else "unknown")


@pytest.mark.parametrize("question", ["which claims are not supported?", "which claims aren’t supported?"])
def test_what_is_not_so_is_the_rest_of_what_may_be(robots: CourseMap, question: str) -> None:
    view = robots.view()
    supported = {edge.target for edge in view.edges("supports")}
    assert {one.id for one in robots.ask(question).answers} == {*view.ids_of_kind("Claim")} - supported


def test_what_does_not_support_a_claim_may_stand_where_its_supporters_do(robots: CourseMap) -> None:
    view = robots.view()
    kinds = robots.vocabulary.relations["supports"].sources
    rest = {one.id for one in robots.ask("what doesn't support the bitter lesson?").answers}
    supporters = {one.id for one in robots.ask("what supports the bitter lesson?").answers}
    assert not rest & supporters
    assert rest | supporters == {node.id for node in view.nodes() if node.kind in kinds}


VALUES = [
    ("data cost of robotics?", ["~$100 per hour of robot data"]),
    ("language vs robotics on evaluation", ["Perplexity, benchmarks", "Real-world task success rate"]),
    ("formula of scaling laws", ["L(C) ∝ C^(-α)"]),
    (
        "Trace the chain from more compute to better compression.",
        ["More compute", "Lower loss", "Fewer bits", "Better compression"],
    ),
]


@pytest.mark.parametrize(("question", "labels"), VALUES, ids=[question for question, _ in VALUES])
def test_a_question_finds_these_values_in_order(robots: CourseMap, question: str, labels: list[str]) -> None:
    assert [one.label for one in robots.ask(question).answers] == labels


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("what supports the bitter lesson?", "The Bitter Lesson is supported by"),
        ("how do you get from information theory to the bitter lesson?", ""),
        ("what is the bitter lesson?", ""),
    ],
)
def test_an_answer_that_lists_what_was_found_tells_its_lead_apart(robots: CourseMap, question: str, lead: str) -> None:
    assert robots.ask(question).lead == lead


def test_a_word_that_several_names_share_is_ambiguous(robots: CourseMap) -> None:
    reply = robots.ask("what does the course say about loss?")
    assert reply.status == "ambiguous"
    assert {"Loss function", "Cross-entropy loss"} <= {one.label for one in reply.candidates}
    assert reply.answers == ()


def test_an_ambiguous_question_comes_back_whole_with_each_candidate(robots: CourseMap) -> None:
    questions = {one.label: one.question for one in robots.ask("So, what leads to «scaling»?").candidates}
    assert questions["Scaling Laws"] == "So, what leads to «Scaling Laws»?"


def test_an_unknown_name_brings_near_ones_where_no_question_is_offered(robots: CourseMap) -> None:
    question = "what supports the biterest lesson?"
    reply = ask(robots.view(), question, offering=False)
    assert reply.status == "unknown"
    assert "The Bitter Lesson" in {one.label for one in reply.candidates}
    assert {one.question for one in reply.candidates} == {None}
    assert robots.ask(question).offers and not robots.ask(question).candidates


def test_an_answer_obeys_the_day(robots: CourseMap) -> None:
    before = robots.as_of(25).ask("what supports the bitter lesson?")
    assert (before.status, "'bitter" in before.sentence) == ("unknown", True)
    assert robots.as_of(26).ask("what supports the bitter lesson?").status == "answered"


def test_an_answer_cites_the_line_that_says_so(robots: CourseMap) -> None:
    lines = (SAMPLE / "day-26.md").read_text(encoding="utf-8").splitlines()
    for found in robots.ask("what supports the bitter lesson?").answers:
        (cite,) = found.cites
        assert cite.lines and "The Bitter Lesson" in lines[cite.lines[0] - 1]
        assert (cite.day, cite.file) == (26, "day-26.md")


def test_an_indirect_answer_shows_the_way(robots: CourseMap) -> None:
    reply = robots.ask("what does scaling laws require?")
    ways = {one.label: [step.label for step in one.path] for one in reply.answers}
    assert ways["Information Theory"] == ["Scaling Laws", "Compression = Understanding", "Information Theory"]
    assert ways["Compression = Understanding"] == []


def test_the_sentence_is_made_of_the_relations_words(robots: CourseMap) -> None:
    assert robots.ask("what does more compute lead to?").sentence == "More compute leads to: Lower loss."
    assert robots.ask("what does fidelity lead to?").sentence == "The map does not say what Fidelity leads to."
    narrowed = robots.ask("which questions does the bitter lesson lead to?").sentence
    assert narrowed == "The map does not say what The Bitter Lesson leads to that is a question."


def test_a_question_that_is_too_long_is_refused_quickly(robots: CourseMap) -> None:
    assert robots.ask("why " * 10_000).status == "unknown"


def f1(expected: dict[str, Any], reply: AnswerShape) -> float:
    """How much of what a question expects its reply holds: labels and variants compared as names."""
    gold = [{name_key(name) for name in (one["label"], *one["variants"])} for one in expected["gold"]]
    needed = [names for names, one in zip(gold, expected["gold"], strict=True) if not one.get("optional")]
    if not needed:
        wanted = "ambiguous" if expected["match"] == "candidates" else "unknown"
        return float(reply["status"] == wanted and not reply["answers"])
    said = [{name_key(name) for name in (one["label"], *one["aliases"])} for one in reply["answers"]]
    found = sum(any(names & other for other in said) for names in needed)
    wrong = sum(not any(names & other for names in gold) for other in said)
    return 2 * found / (len(needed) + found + wrong)


def test_nine_in_ten_questions_on_the_small_course_are_answered_right(bread: CourseMap) -> None:
    questions = json.loads((COURSES / "bread-questions.json").read_text(encoding="utf-8"))["questions"]
    scores = {one["text"]: f1(one, answer_shape(bread.ask(one["text"]))) for one in questions}
    assert sum(scores.values()) / len(scores) >= 0.9, [text for text, score in scores.items() if score < 1]


def test_questions_without_an_answer_get_none(bread: CourseMap) -> None:
    questions = json.loads((COURSES / "bread-questions.json").read_text(encoding="utf-8"))["questions"]
    open_ones = [one["text"] for one in questions if one["match"] in ("none", "candidates")]
    assert [text for text in open_ones if bread.ask(text).status == "answered"] == []


def test_the_sample_course_answers_the_lessons_questions(robots: CourseMap, shared: Path) -> None:
    spec = importlib.util.spec_from_file_location("score_questions", shared / "questions" / "score_questions.py")
    assert spec and spec.loader
    scorer = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(scorer)
    questions = json.loads((shared / "questions" / "dev.json").read_text(encoding="utf-8"))["questions"]
    scores = {one["text"]: scorer.score(one, answer_shape(robots.ask(one["text"]))) for one in questions}
    assert sum(scores.values()) / len(scores) >= 0.9, [text for text, score in scores.items() if score < 1]


def test_a_day_is_asked_for_by_the_name_that_its_author_gives_it(tmp_path: Path) -> None:
    for number, name in enumerate(("Set", "Ring"), 1):
        (tmp_path / f"Lecture {number}.md").write_text(f"## Claim: {name}s are rich\n")
    with open_atlas("sqlite://") as atlas:
        course = atlas["sets"]
        course.load(tmp_path)
        assert course.ask("Which claims came up in lecture 2?").sentence == "Lecture 2 introduces: Rings are rich."
        assert (
            course.ask("When was 'sets are rich' introduced?").sentence == "Sets are rich is introduced on: Lecture 1."
        )


CLAIMS_OF_BREAD = {
    "strong-flour-makes-tall-bread",
    "slow-dough-tastes-better",
    "a-tight-skin-lets-a-loaf-rise-upwards",
    "a-lidded-pot-beats-an-open-tray",
    "sourdough-keeps-longer",
}
"""Those that are supported."""


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("the parts of a loaf's baking without crust", None),
        ("which parts of gluten have no parts?", {"gliadin", "glutenin"}),
        ("which claims are supported by evidence?", CLAIMS_OF_BREAD),
        ("which claims have little support?", None),
        ("which methods have steps?", None),
        ("which claims with evidence came up on day 3?", {"a-tight-skin-lets-a-loaf-rise-upwards"}),
        ("which concepts have parts on day 2?", None),
        ("does everything have parts?", None),
        (
            "any open questions raised on days 3 and 4?",
            {"how-tight-is-too-tight", "does-a-loaf-need-steam-after-the-first-ten-minutes"},
        ),
    ],
)
def test_a_restriction_is_kept_or_the_question_is_not_read(
    bread: CourseMap, question: str, ids: set[str] | None
) -> None:
    reply = bread.ask(question)
    assert {one.id for one in reply.answers} == (ids or set()), reply.sentence


@pytest.mark.parametrize("question", ["how long must the essay be?", "what is the method?"])
def test_the_one_of_several_that_nothing_names_is_asked_back(robots: CourseMap, question: str) -> None:
    reply = robots.ask(question)
    assert reply.status == "ambiguous"
    assert len(reply.candidates) > 1


def test_a_word_of_its_own_is_no_misspelling_of_another(robots: CourseMap) -> None:
    assert robots.ask("what supports the better lessen?").status == "unknown"


@pytest.mark.parametrize(
    ("question", "ids"),
    [
        ("which comes first, the transformer or scaling laws?", {"transformer"}),
        ("what comes last, Deep Blue or the capstone project?", {"capstone-project"}),
        ("which comes first, day 5 or day 14?", {"day-5"}),
        ("which comes first, Deep Blue or AlphaGo?", None),
        ("when should I use attention?", None),
        ("how many steps are between more compute and better compression?", None),
        ("what was asked before day 26?", None),
        ("are all methods hand-crafted?", None),
        ("which claims are supported by evidence that has no parts?", None),
        ("what are the parts of the parts of scaling laws?", None),
    ],
)
def test_no_other_question_is_answered_than_the_one_that_is_asked(
    robots: CourseMap, question: str, ids: set[str] | None
) -> None:
    assert {one.id for one in robots.ask(question).answers} == (ids or set())


def test_what_only_contrasts_with_a_method_tells_nothing_of_it(bread: CourseMap) -> None:
    for edge in bread.view().edges("contrasts with"):
        for other in bread.view().edges_from(edge.target):
            if not list(bread.view().edges_between(edge.source, other.target)):
                one, another = (bread.view().node(node).label for node in (edge.source, other.target))
                says = bread.view().vocabulary.relations[other.relation].verbs
                reply = bread.ask(f"does {one} {says[0] if says else other.relation} {another}?")
                assert edge.target not in {found.id for found in reply.answers}, reply.question


@pytest.mark.parametrize(
    "question",
    [
        "what was introduced the day before shaping?",
        "what was introduced just before day 4?",
        "what was introduced between yeast and steam?",
        "when does proofing stop?",
        "how many weeks does week 2 have?",
        "what is week 7?",
        "questions asked on both day 1 and day 2",
        "which claims have no baked evidence?",
        "which claims have no evidence from a garden?",
        "what leads indirectly to gluten?",
        "what leads to gluten slowly?",
        "what leads to gluten, and how?",
        "does the float test require flour?",
        "does pre-shaping lead to surface tension?",
        "is the mother part of the starter?",
        "is Grandmother a person?",
        "how many turns does stretch and fold need?",
        "what lies between steam and open crumb?",
        "is there a way from flour to baking?",
        "why does busier yeast lead to more gas?",
        "what is tension?",
        "is every piece of evidence from a bakery?",
        "which method replaces the method that leads to gluten?",
        "what are parts of things that require flour?",
    ],
)
def test_what_narrows_or_turns_a_question_is_not_passed_over(bread: CourseMap, question: str) -> None:
    reply = bread.ask(question)
    assert reply.status != "answered", reply.sentence


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("is day 5 longer than 3 hours?", "yes"),
        ("is day 5 shorter than 3 hours?", "no"),
        ("is day 5 over 3 hours?", "yes"),
        ("what did week 2 introduce on day 4?", None),
        ("which questions were asked after day 3?", 3),
        ("which claims are not opposed by any evidence?", 3),
        ("which evidence does not support a claim?", 5),
        ("what directly requires flour?", 5),
        ("what did week 1 introduce?", 7),
        ("what was introduced on days 2 and 4?", 5),
        ("what happened on the days after 4?", None),
    ],
)
def test_bounds_kinds_and_units_are_read(bread: CourseMap, question: str, labels: str | int | None) -> None:
    reply = bread.ask(question)
    assert labels in (None, reply.verdict, len(reply.answers)), reply.sentence
