"""The answer contract: what must never be answered, whatever a map holds, and what a negation must find."""

import json
import random
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import pytest

from conceptmap import open_atlas
from conceptmap.ask import FORMS, Answer
from conceptmap.ask import ask as ask_with_offers
from graphs.view import FoldedEdge, View
from ontology.terms import DAY, INTRODUCED_ON, UNIT

TESTS = Path(__file__).parent
COURSES = {"robot-intelligence": TESTS.parent / "conceptmap" / "course", "bread": TESTS / "courses" / "bread"}
EXAMPLES = [question for form in FORMS for questions in form.examples.values() for question in questions]
BREAD = [one["text"] for one in json.loads((TESTS / "courses" / "bread-questions.json").read_text())["questions"]]


def ask(view: View, question: str) -> Answer:
    """The reply, without the questions that are offered: they are none of it."""
    return ask_with_offers(view, question, offering=False)


UNKNOWN = "quixbrel"
"""A word that no map and no dictionary has."""


ENDS = [
    ("supports", False, "evidence"),
    ("supports", False, "support"),
    ("part of", False, "parts"),
    ("requires", True, "prerequisites"),
    ("example of", False, "examples"),
    ("opposes", False, "objections"),
]
"""Relations, whether what has them is their source, and what it has."""


@pytest.fixture(scope="module")
def views() -> Iterator[dict[str, View]]:
    with open_atlas("sqlite://") as atlas:
        for name, folder in COURSES.items():
            atlas[name].load(folder)
        yield {name: atlas[name].view() for name in COURSES}


def stated(view: View) -> Iterator[FoldedEdge]:
    """The edges between things that the course is about."""
    for edge in view.edges():
        if {view.kind(edge.source), view.kind(edge.target)}.isdisjoint({DAY, UNIT}):
            yield edge


@pytest.mark.parametrize(
    ("name", "question"),
    [("robot-intelligence", one) for one in EXAMPLES] + [("bread", one) for one in BREAD],
)
def test_a_word_that_the_map_does_not_know_never_leaves_the_answer_as_it_was(
    views: dict[str, View], name: str, question: str
) -> None:
    before = ask(views[name], question)
    words = question.rstrip("?.! ").split()
    chance = random.Random(question)
    for place in {0, len(words), chance.randint(0, len(words))} if before.answers else ():
        asked = " ".join([*words[:place], UNKNOWN, *words[place:]])
        assert ask(views[name], asked).answers != before.answers, asked


@pytest.mark.parametrize("name", list(COURSES))
def test_the_day_of_a_note_is_no_answer_to_when_something_happened(views: dict[str, View], name: str) -> None:
    view, asked = views[name], 0
    for edge in stated(view):
        source, target = view.node(edge.source).label, view.node(edge.target).label
        if edge.relation != INTRODUCED_ON and "?" not in source + target:
            reply = ask(view, f"When did {source} {view.vocabulary.relations[edge.relation].says} {target}?")
            assert reply.status != "answered", reply.question
            asked += 1
    assert asked > 50


@pytest.mark.parametrize("name", list(COURSES))
def test_a_relation_is_not_read_the_other_way_round(views: dict[str, View], name: str) -> None:
    view, asked = views[name], 0
    for edge in stated(view):
        relation = view.vocabulary.relations[edge.relation]
        if relation.symmetric or edge.relation == INTRODUCED_ON:
            continue
        back = {one.source for one in view.edges_to(edge.source, edge.relation)}
        if edge.target not in back and len(view.named(view.node(edge.source).label)) == 1:
            reply = ask(view, f"what {relation.says} {view.node(edge.source).label}?")
            if reply.query and reply.understood and reply.understood.intent == "relation":
                assert edge.target not in {one.id for one in reply.answers}, reply.question
                asked += 1
    assert asked > 50


@pytest.mark.parametrize("name", list(COURSES))
@pytest.mark.parametrize("opening", ["Who", "Why", "When", "How many", "Where"])
def test_a_question_word_gets_an_answer_of_its_type(views: dict[str, View], name: str, opening: str) -> None:
    view = views[name]
    for edge in islice(stated(view), 60):
        relation, target = view.vocabulary.relations[edge.relation], view.node(edge.target).label
        reply = ask(view, f"{opening} {relation.says} {target}?")
        for found in reply.answers:
            if opening == "Who":  # a sentence may tell by its subject
                is_told = reply.understood is not None and reply.understood.intent == "who"
                assert found.kind == "Agent" or is_told, found
            elif opening == "When":
                assert found.kind == DAY, found
            elif opening == "How many":
                assert found.id is None, found


@pytest.mark.parametrize("name", list(COURSES))
def test_what_is_not_so_is_the_complement_in_the_view(views: dict[str, View], name: str) -> None:
    asked = 0
    for day in views[name].days():
        view = views[name].up_to(day)
        for relation in ("supports", "opposes", "leads to"):
            for target in sorted({edge.target for edge in view.edges(relation)}):
                label = view.node(target).label
                kinds = {view.kind(edge.source) for edge in view.edges_to(target, relation)}
                for kind in kinds if len(view.named(label)) == 1 else ():
                    noun = view.vocabulary.kinds[kind].nouns[0]
                    does = ask(view, f"which {noun} {relation} {label}?")
                    does_not = ask(view, f"which {noun} does not {relation} {label}?")
                    if does.answers and does_not.answers:
                        yes, no = ({one.id for one in reply.answers} for reply in (does, does_not))
                        assert not yes & no
                        assert yes | no == {node.id for node in view.nodes(kind)}, does_not.question
                        asked += 1
    assert asked > 10


@pytest.mark.parametrize("name", list(COURSES))
def test_what_has_something_and_what_lacks_it_are_all_of_a_kind(views: dict[str, View], name: str) -> None:
    asked = 0
    for day in views[name].days():
        view = views[name].up_to(day)
        for relation, source, noun in ENDS:
            ends = {edge.source if source else edge.target for edge in view.edges(relation)}
            for kind in sorted({view.kind(one) for one in ends} - {DAY}):  # `which day has …?` asks when
                word = view.vocabulary.kinds[kind].nouns[0]
                has, lacks, without = (
                    {one.id for one in ask(view, f"which {word} {words}?").answers}
                    for words in (f"have {noun}", f"have no {noun}", f"are there without any {noun}")
                )
                # A unit is a phase or a week by its name: `which phase …?` asks for no week.
                everything = {node.id for node in view.nodes(kind) if kind != UNIT or word in node.label.casefold()}
                assert has in (ends & everything, set()), (word, noun, day)
                assert lacks in (everything - has, set()), (word, noun, day)
                assert lacks == without, (word, noun, day)
                asked += bool(has and lacks)
    assert asked > 5


def test_a_heading_that_is_called_as_a_kind_leaves_the_kind_its_name(tmp_path: Path) -> None:
    note = "# Day 1\n\n## Concept: Concepts\n\n## Concept: Merging\n- part of:: [[Concepts]]\n\n## Concept: Heap\n"
    (tmp_path / "day-01.md").write_text(note, encoding="utf-8")
    with open_atlas("sqlite://") as atlas:
        atlas["sorting"].load(tmp_path)
        for question, labels in (("which concepts have parts?", ["Concepts"]), ("list all concepts", 3)):
            found = [one.label for one in atlas["sorting"].ask(question).answers]
            assert labels in (found, len(found)), question


@pytest.mark.parametrize("word", ["best", "true", "wrong", "fastest", "second", "left", "only", "most convincing"])
@pytest.mark.parametrize("name", list(COURSES))
def test_words_of_degree_and_truth_are_not_passed_over(views: dict[str, View], name: str, word: str) -> None:
    view = views[name]
    for edge in islice(view.edges("supports"), 10):
        target = view.node(edge.target).label
        plain = ask(view, f"what supports {target}?").answers
        assert plain
        asked = ask(view, f"what is the {word} evidence for {target}?")
        assert asked.answers != plain or asked.sentence.endswith("Nothing else does.")


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("does the bitter lesson need anybody who can be asked at any time?", None),
        ("does sourdough require a starter at any time?", None),
        ("does sourdough require a starter which can be asked at any time?", None),
        ("does sourdough require a starter?", "yes"),
    ],
)
def test_yes_or_no_is_never_answered_with_a_value(views: dict[str, View], question: str, verdict: str | None) -> None:
    for view in views.values():
        reply = ask(view, question)
        assert reply.status != "answered" or (reply.verdict == verdict and all(one.id for one in reply.answers))


@pytest.mark.parametrize("clause", ["which has no limits", "that has no limits", "which is never asked"])
def test_what_is_denied_of_a_name_is_denied_of_no_answer(views: dict[str, View], clause: str) -> None:
    view = views["bread"]
    for asked in ("how long does cold retarding", "which day introduced cold retarding", "does sourdough need flour"):
        assert ask(view, f"{asked} {clause}?").status != "answered", asked


@pytest.mark.parametrize(
    "question",
    [
        "what does fermentation give?",
        "what does fermentation take?",
        "what is a starter every time?",
        "how many starters does sourdough need?",
        "how many flours does sourdough need before it works?",
        "does cold retarding happen at any temperature?",
        "what is the hydration of the flour A?",
    ],
)
def test_a_word_that_asks_for_something_else_is_not_passed_over(views: dict[str, View], question: str) -> None:
    assert ask(views["bread"], question).status != "answered"


HANGING = ["before it works", "until they stop", "once it starts", "if nobody looks", "and why"]
"""What says when something is so, or asks for something more, in light words alone."""


@pytest.mark.parametrize("more", HANGING)
def test_what_hangs_on_a_question_is_not_passed_over(views: dict[str, View], more: str) -> None:
    asked = [
        "what supports slow dough tastes better",
        "how long does cold retarding take",
        "how hot must the middle of the loaf be",
        "does sourdough require a starter",
        "what does sourdough require",
    ]
    for question in asked:
        plain = ask(views["bread"], question)
        assert plain.status == "answered", question
        reply = ask(views["bread"], f"{question} {more}?")
        assert reply.status != "answered" or len(reply.answers) > len(plain.answers), reply.sentence


def test_a_word_for_notes_that_names_of_the_map_have_says_whose_a_thing_is(tmp_path: Path) -> None:
    notes = "# Sound\n\n## Pitch\nHow high a sound is.\n\n## Note value\nHow long a note lasts.\n"
    (tmp_path / "day-01.md").write_text(notes)
    with open_atlas("sqlite://") as atlas:
        atlas["music"].load(tmp_path)
        view = atlas["music"].view()
    assert ask(view, "what is the pitch?").status == "answered"
    assert {ask(view, f"what is the pitch of {whose}?").status for whose in ("a note", "the note A")} == {"unknown"}


@pytest.mark.parametrize(
    "question", ["when did children like the quick loaf more?", "when does sourdough keep longer?"]
)
def test_no_note_tells_when_what_a_statement_says_came_to_be(views: dict[str, View], question: str) -> None:
    assert ask(views["bread"], question).status == "unknown"
    assert ask(views["robot-intelligence"], "when did AlphaGo beat Lee Sedol?").status == "unknown"


def test_what_a_thing_is_told_apart_from_does_not_say_where_it_stands(views: dict[str, View]) -> None:
    assert ask(views["bread"], "how long does hand kneading take?").status == "answered"
    assert ask(views["bread"], "how long does hand kneading take in a machine?").status == "unknown"
