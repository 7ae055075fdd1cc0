"""Offers: a question that is not answered is met with whole questions that are; each is read, and none is invented."""

from collections.abc import Iterator
from itertools import chain
from pathlib import Path

import pytest

from conceptmap import open_atlas
from conceptmap.ask import Answer, ask, completions_of
from conceptmap.ask.askable import Askable, about_node, all_of_kind, answered_by
from conceptmap.ask.making import MAX_LISTED
from conceptmap.ask.offers import MAX_OFFERS, likeliest
from conceptmap.map import CourseMap
from dialogues import in_process
from graphs.fold import Fold
from graphs.view import View
from ontology.own_vocabulary import with_added
from small_maps import document, edge, node, put, view

TESTS = Path(__file__).parent
COURSES = {"robot-intelligence": TESTS.parent / "conceptmap" / "course", "bread": TESTS / "courses" / "bread"}


@pytest.fixture(scope="module")
def courses() -> Iterator[dict[str, CourseMap]]:
    with open_atlas("sqlite://") as atlas:
        for name, folder in COURSES.items():
            atlas[name].load(folder)
        yield {name: atlas[name] for name in COURSES}


@pytest.fixture(scope="module")
def robots(courses: dict[str, CourseMap]) -> CourseMap:
    return courses["robot-intelligence"]


def all_askable(view: View) -> Iterator[Askable]:
    about = chain.from_iterable(about_node(view, one) for one in view.nodes())
    return chain(about, *(all_of_kind(view, kind) for kind in view.vocabulary.kinds.values()))


def offered(reply: Answer) -> list[str]:
    return [one.question for one in reply.offers]


@pytest.mark.parametrize("name", COURSES)
def test_every_question_that_can_be_asked_of_a_course_is_answered_as_its_edges_say(
    name: str, courses: dict[str, CourseMap]
) -> None:
    view = courses[name].view()
    wrong = []
    for one in all_askable(view):
        reply = ask(view, one.question, offering=False)
        found = {answer.id for answer in reply.answers}
        if reply.status != "answered" or not found.issuperset(one.answers):
            wrong.append((one.question, reply.sentence))
    assert not wrong


def test_what_a_node_answers_is_asked_about_the_nodes_beside_it(robots: CourseMap) -> None:
    view = robots.view()
    questions = {one.question for one in answered_by(view, view.node("lower-loss"))}
    assert {"What does More compute lead to?", "What leads to Fewer bits?"} <= questions


def test_a_question_that_is_not_read_is_met_with_questions_that_are(robots: CourseMap) -> None:
    reply = robots.ask("wherefrom gets the bitter lesson its backing?")
    assert "What supports The Bitter Lesson?" in offered(reply)
    for offer in reply.offers:
        assert robots.ask(offer.question).answers == offer.answers


def test_a_word_that_one_text_alone_has_brings_what_can_be_asked_about_its_node() -> None:
    said = view(document(1, node("Alcohol", text="What the jar smells of."), node("Salt"), node("Flour")))
    assert [one.question for one in likeliest(said, "smelling?", 1)] == ["What is Alcohol?"]


def test_an_answer_has_no_offers_and_an_offer_is_no_answer(robots: CourseMap) -> None:
    assert robots.ask("what supports the bitter lesson?").offers == ()
    reply = robots.ask("what does Deep Blue require?")
    assert (reply.status, reply.answers) == ("unknown", ()) and reply.offers


def test_an_ambiguous_name_brings_offers_too(robots: CourseMap) -> None:
    reply = robots.ask("what does the course say about loss?")
    assert reply.status == "ambiguous" and reply.candidates and reply.offers


def test_offers_are_few_differ_and_can_be_read_at_a_glance(robots: CourseMap) -> None:
    for question in ("who made the loss so low", "robots and language and compute and scale", "bits bits bits"):
        offers = robots.ask(question).offers
        assert len(offers) <= MAX_OFFERS
        assert len({offer.answers for offer in offers}) == len(offers)
        assert all(0 < len(offer.answers) <= MAX_LISTED for offer in offers)


def test_offers_keep_to_their_day(robots: CourseMap) -> None:
    question = "wherefrom gets the bitter lesson its backing?"
    assert not any("Bitter Lesson" in one for one in offered(robots.as_of(5).ask(question)))


def test_a_relation_of_ones_own_vocabulary_is_offered_in_its_own_words() -> None:
    vocabulary = with_added(
        b"""
        @prefix cm: <https://w3id.org/conceptmap/vocabulary#> .
        @prefix owl: <http://www.w3.org/2002/07/owl#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        cm:feeds a owl:ObjectProperty ; rdfs:label "feeds"@en ; cm:inverseLabel "is fed by"@en ;
            cm:verb "nourishes" .
        """
    )
    said = document(1, node("Flour"), node("Wild yeast"), edge("Flour", "feeds", "Wild yeast"))
    view = View(Fold(vocabulary).apply_all([put(1, said)]), vocabulary)
    questions = {one.question for one in all_askable(view)}
    assert {"What feeds Wild yeast?", "What does Flour feed?"} <= questions
    assert "What feeds Wild yeast?" in offered(ask(view, "nourishment that wild yeast gets, if you please, whence?"))


@pytest.mark.parametrize(
    ("typed", "whole"),
    [
        ("what supports the bit", "What supports The Bitter Lesson?"),
        ("what supports th", "What supports The Bitter Lesson?"),
        ("lesson backs", "What supports The Bitter Lesson?"),
        ("When was transf", "When was Transformer introduced?"),
        ("compare lang", "Compare Language and Robotics"),
        ("list ev", "List every piece of evidence"),
    ],
)
def test_what_is_typed_becomes_whole_questions(typed: str, whole: str, robots: CourseMap) -> None:
    completed = robots.completions(typed, 6)
    assert whole in completed
    assert all(robots.ask(one).status == "answered" for one in completed)


@pytest.mark.parametrize("typed", ["", "  ", "?", "x" * 10_000, "\ud800", "zzzz "])
def test_nothing_that_is_typed_is_a_mistake(typed: str, robots: CourseMap) -> None:
    assert len(robots.completions(typed, 2)) <= 2


def test_an_empty_map_completes_nothing() -> None:
    with open_atlas("sqlite://") as atlas:
        view = View(atlas.ledger.view("empty").fold, atlas.ledger.vocabulary)
        assert completions_of(view, "what supports", 5) == [] and ask(view, "what supports bread?").offers == ()


@pytest.fixture
def stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    file = tmp_path / "maps.db"
    monkeypatch.setenv("CONCEPTMAP_STORE", f"sqlite:///{file}")
    with open_atlas(file) as atlas:
        atlas["robot-intelligence"].load(COURSES["robot-intelligence"])
    return file


def pressed_tab(monkeypatch: pytest.MonkeyPatch, *words: str) -> list[str]:
    """What the program tells a shell in which these words were typed."""
    monkeypatch.setenv("_CONCEPTMAP_COMPLETE", "complete_bash")
    monkeypatch.setenv("COMP_WORDS", " ".join(words))
    monkeypatch.setenv("COMP_CWORD", str(len(words) - 1))
    status, printed, said = in_process([], "")
    assert (status, said) == (0, "")
    return list(filter(None, printed.splitlines()))


def test_the_tab_key_completes_a_question(stored: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "the Bitter Lesson" in pressed_tab(monkeypatch, "conceptmap", "ask", "what", "supports", "th")
    assert "what supports the bitter Lesson?" in pressed_tab(monkeypatch, "conceptmap", "ask", '"what supports the b"')
    assert pressed_tab(monkeypatch, "conceptmap", "ask", "--as-of", "5", "what", "supports", "the", "b") == []


def test_without_a_store_the_tab_key_completes_nothing_and_says_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONCEPTMAP_STORE", f"sqlite:///{tmp_path / 'none.db'}")
    assert pressed_tab(monkeypatch, "conceptmap", "ask", "what", "supp") == []
    assert not (tmp_path / "none.db").exists()


@pytest.mark.parametrize(
    ("question", "whole"),
    [
        ("any examples whatsoever of manipulation that are hand-crafted", "Which hand-crafted method is an example of"),
        (
            "any backing whatsoever for the bitter lesson besides chess evidence",
            "What supports The Bitter Lesson, apart",
        ),
        ("how many backings whatsoever has the bitter lesson", "How many things support The Bitter Lesson?"),
        ("backings whatsoever for the bitter lesson and for language models scaling", "and what supports"),
        ("is whatsoever the capstone in need of generation strategies", "Does Capstone project require Generation"),
        ("where does more compute take us in the very end, whatsoever?", "What does More compute eventually lead to?"),
        (
            "whatsoever for and against the bitter lesson",
            "What supports The Bitter Lesson, and what opposes",
        ),
        ("which way whatsoever goes from more compute", "How do you get from More compute to Better compression?"),
        ("whatsoever questions want 400 words or more", "Which questions have words of at least 400 words?"),
        ("whatsoever questions give no words", "Which questions have no words?"),
        ("whatsoever learned methods pushed anything out", "Which learned methods replace anything?"),
        ("is diffusion policy hand-crafted whatsoever", "Is Diffusion policy hand crafted?"),
        ("how many hours whatsoever for day 26 altogether", "How many hours does Day 26 take in total?"),
        ("which sources whatsoever touch on the bitter lesson", "Which sources are about The Bitter Lesson?"),
        ("whatsoever stages take more compute to better compression", "How do you get from More compute to Better"),
    ],
)
def test_offers_are_composed_as_the_question_is(question: str, whole: str, robots: CourseMap) -> None:
    assert any(whole in one for one in offered(robots.ask(question))), offered(robots.ask(question))


def test_when_asks_for_no_day_where_it_only_says_in_which_case(robots: CourseMap) -> None:
    found = offered(robots.ask("what whatsoever becomes of loss when more compute is thrown at it"))
    assert "What does More compute lead to?" in found and not any(one.startswith("When") for one in found)
    assert any(one.startswith("When was") for one in offered(robots.ask("the transformer, when whatsoever?")))


def test_a_long_value_leads_to_its_node() -> None:
    jars = view(
        document(1, node("Brine", data={"goal": "tell why cloudy jars are safe to eat"}), node("Salt"), node("Crock"))
    )
    assert any("Brine" in one for one in offered(ask(jars, "whence do I learn that a cloudy jar is still safe?")))
