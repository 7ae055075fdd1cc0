"""Where the numbers of reading a question draw their lines."""

import pytest

from conceptmap.ask import Answer, ask
from conceptmap.ask.asking import MAX_CANDIDATES, MAX_NEAR, MAX_WORDS
from conceptmap.ask.forms.related import MANY
from conceptmap.ask.names import MAX_GAPPED, MAX_NAME, MAX_POSTINGS
from ontology.model import Node
from small_maps import document, edge, node, origin, view

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def name_of(count: int) -> str:
    """A name of so many words that nobody knows."""
    return " ".join(f"{letter}{letter}zq" for letter in LETTERS[:count])


def asked(question: str, *nodes: Node) -> Answer:
    return ask(view(document(1, *nodes)), question, explained=True)


@pytest.mark.parametrize(("count", "whole"), [(MAX_NAME, True), (MAX_NAME + 1, False)])
def test_a_name_is_found_whole_up_to_so_many_words(count: int, whole: bool) -> None:
    reply = asked(f"what is {name_of(count)}?", node(name_of(count), text="Long."))
    assert reply.status == "answered"
    assert ("(1.00)" in reply.explanation) == whole


@pytest.mark.parametrize("count", [2, MAX_GAPPED - 1, MAX_GAPPED, MAX_NAME])
def test_a_foreign_word_is_passed_over_in_a_name_only_where_its_text_explains_it(count: int) -> None:
    *others, last = name_of(count).split()
    question = f"what is {' '.join(others)} unheard {last}?"
    assert asked(question, node(name_of(count), text="It is unheard.")).status == "answered"
    assert asked(question, node(name_of(count), text="X.")).status == "unknown"


@pytest.mark.parametrize(("count", "status"), [(7, "answered"), (8, "unknown")])
def test_one_word_names_a_node_whose_name_has_not_many_more(count: int, status: str) -> None:
    assert asked("when was aazq introduced?", node(name_of(count), text="X.")).status == status
    assert asked("what is aazq?", node(name_of(count), text="X.")).status == "unknown"  # nothing says what a part is


def test_a_word_that_very_many_names_share_names_none() -> None:
    some = [node(f"aazq {number}", text="X.") for number in range(MAX_POSTINGS)]
    assert asked("what is aazq?", *some).status == "ambiguous"
    assert asked("what is aazq?", *some, node("aazq more")).status == "unknown"


@pytest.mark.parametrize(
    ("said", "short", "long", "status"),
    [(2, 3, 4, "answered"), (2, 4, 5, "ambiguous"), (1, 2, 4, "ambiguous"), (1, 2, 5, "answered")],
)
def test_part_of_two_names_means_the_one_of_which_it_is_clearly_more(
    said: int, short: int, long: int, status: str
) -> None:
    names = [
        " ".join([name_of(said), *(f"{end}{number}" for number in range(count - said))])
        for end, count in (("x", short), ("y", long))
    ]
    assert asked(f"when was {name_of(said)} introduced?", *(node(name, text="X.") for name in names)).status == status


@pytest.mark.parametrize(
    ("said", "score"),
    [
        ("aazq learned laws", "1.00"),
        ("aazq learning laws", "0.97"),
        ("laws of learned aazq", "0.90"),
        ("aazq learned lawws", "0.85"),
        ("aazq learned unheard laws", "0.80"),
    ],
)
def test_every_way_to_say_a_name_has_its_score(said: str, score: str) -> None:
    reply = asked(f"what is {said}?", node("Aazq learned laws", text="Unheard."))
    assert reply.status == "answered"
    assert f"name 'aazq learned laws' ({score})" in reply.explanation


@pytest.mark.parametrize(("said", "status"), [("", "answered"), (" for sure", "unknown"), (" zzyq", "unknown")])
def test_a_relation_is_read_where_every_word_is_explained(said: str, status: str) -> None:
    ends = [node("Yeast"), node("Dough")]
    question = f"what does yeast lead to{said}?"
    assert ask(view(document(1, *ends, edge("Yeast", "leads to", "Dough"))), question).status == status


def test_so_many_meanings_are_listed_and_so_many_near_names() -> None:
    several = [node(f"aazq {letter}{letter}yk") for letter in LETTERS]
    assert len(asked("what is aazq?", *several).candidates) == MAX_CANDIDATES
    unread = ask(view(document(1, *several)), "what supports aazz?", offering=False)
    assert len(unread.candidates) == MAX_NEAR


@pytest.mark.parametrize(("count", "status"), [(MAX_WORDS, "answered"), (MAX_WORDS + 1, "unknown")])
def test_a_question_has_at_most_so_many_words(count: int, status: str) -> None:
    assert asked(f"{'please ' * (count - 3)} what is yeast?", node("Yeast", text="X.")).status == status


@pytest.mark.parametrize(("count", "each"), [(MANY, 2), (MANY + 1, 1)])
@pytest.mark.parametrize("question", ["which claims have evidence?", "what is supported by evidence?"])
def test_of_very_many_answers_one_line_each_shows_what_they_stand_at(question: str, count: int, each: int) -> None:
    claims = [node(f"Claim {number}", "Claim") for number in range(count)]
    evidence = [node("Seen", "Evidence"), node("Seen again", "Evidence")]
    edges = [
        edge(one.label, "supports", claim.label, origin=origin(2 * number + line))
        for number, claim in enumerate(claims, 1)
        for line, one in enumerate(evidence)
    ]
    found = ask(view(document(1, *claims, *evidence, *edges)), question).answers
    assert len(found) == count
    assert len({cite.lines for one in found for cite in one.cites} - {None}) == each * count
