"""Known answers: a question that is not read has the answers that it has when it is."""

from collections.abc import Iterator
from itertools import chain, combinations
from pathlib import Path

import pytest
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from conceptmap import open_atlas
from conceptmap.ask import ask
from conceptmap.ask.askable import Askable, about_node, answered_by
from conceptmap.ask.asking import lexicon_of
from conceptmap.ask.composing import about_kind, between, number_of, perhaps
from conceptmap.ask.known import is_plain, known_answers
from conceptmap.ask.words import IGNORABLE, ORDINARY, QUESTION_WORDS
from graphs.view import View
from ontology.model import Node
from ontology.terms import DAY
from small_maps import VOCABULARY, document, edge, node, view

TESTS = Path(__file__).parent
COURSES = {"robot-intelligence": TESTS.parent / "conceptmap" / "course", "bread": TESTS / "courses" / "bread"}
MADE = "Gluten Rye Starter Oven Crust Baguette Hydration Proofing Kernel Photon Quark Harbour Legion Sonata".split()
TAKEN = sorted(lexicon_of(VOCABULARY).words | IGNORABLE | ORDINARY | QUESTION_WORDS)
SIGNS = "= - + / é ß μ (rye) Kernel: Photon, Quark. “Crust” Oven's *Rye* I.e.".split()
WORDS = st.sampled_from(MADE) | st.sampled_from(TAKEN) | st.sampled_from(SIGNS)
NAMES = st.lists(WORDS, min_size=1, max_size=6).map(" ".join)
RELATIONS = sorted(VOCABULARY.relations)


@pytest.fixture(scope="module")
def views() -> Iterator[list[View]]:
    with open_atlas("sqlite://") as atlas:
        for name, folder in COURSES.items():
            atlas[name].load(folder)
        yield [atlas[name].as_of(day).view() for name in COURSES for day in (None, 14)]


def askables(view: View) -> Iterator[Askable]:
    nodes = list(view.nodes())
    for one in nodes:
        yield from (asked := [*about_node(view, one), *answered_by(view, one)])
        yield from chain.from_iterable(map(number_of, asked))
        yield from about_kind(view.vocabulary.kinds["Claim"], one)
    yield from between(view, nodes)
    for relation, (one, other) in zip(view.vocabulary.relations.values(), combinations(nodes, 2), strict=False):
        yield from perhaps(relation, one, other)


def wrongly_known(view: View) -> list[tuple[str, str]]:
    lexicon = lexicon_of(view.vocabulary)
    wrong = []
    for one in askables(view):
        found = known_answers(view, one, lexicon)
        if found is not None:
            reply = ask(view, one.question, offering=False)
            if found and (reply.status != "answered" or reply.answers != found):
                wrong.append((one.question, reply.sentence))
    return wrong


def test_what_is_known_is_what_is_answered(views: list[View]) -> None:
    assert not [wrong for one in views for wrong in wrongly_known(one)]


def test_most_questions_about_plain_names_need_not_be_read(views: list[View]) -> None:
    sorts = ("relation", "when", "text")
    common = [one for one in askables(views[0]) if one.sort in sorts]
    known = [one for one in common if known_answers(views[0], one, lexicon_of(VOCABULARY)) is not None]
    assert len(known) > len(common) / 3


@settings(max_examples=60, deadline=None)
@example(["Gluten", "I.e."], [(1, "about", 0)], "Agent")
@given(
    st.lists(NAMES, min_size=2, max_size=5, unique_by=str.casefold),
    st.lists(st.tuples(st.integers(0, 4), st.sampled_from(RELATIONS), st.integers(0, 4)), max_size=4),
    st.sampled_from(sorted(VOCABULARY.kinds.keys() - {DAY})),
)
def test_whatever_a_node_is_called_what_is_known_of_it_is_what_is_answered(
    names: list[str], joined: list[tuple[int, str, int]], kind: str
) -> None:
    kinds = [kind, *["Concept"] * 4]
    nodes: list[Node] = [node(name, one, text=f"{name}.") for name, one in zip(names, kinds, strict=False)]
    assume(len({one.id for one in nodes}) == len(nodes))
    edges = [
        edge(names[first], relation, names[second])
        for first, relation, second in dict.fromkeys(joined)
        if first != second
        and max(first, second) < len(names)
        and VOCABULARY.relations[relation].allows(kinds[first], kinds[second])
    ]
    assert not wrongly_known(view(document(1, *nodes, *edges)))


@pytest.mark.parametrize(
    ("name", "plain"),
    [
        ("Wild yeast", True),
        ("Sourdough", True),
        ("Example", False),
        ("Second", False),
        ("Part of a whole", False),
        ("Week 3 notes", False),
        ("C++", False),
        ("C++ (a language)", True),
        ("Why bread?", False),
    ],
)
def test_a_name_is_plain_where_its_words_mean_nothing_else(name: str, plain: bool) -> None:
    said = node(name)
    assert is_plain(view(document(1, said)), name, said.id, lexicon_of(VOCABULARY)) == plain


def test_a_name_that_two_nodes_share_is_read() -> None:
    said = view(document(1, node("Rye flour"), node("Rye", aliases=["rye flour"])))
    assert not is_plain(said, "Rye flour", "rye-flour", lexicon_of(VOCABULARY))
