"""Edges both ways between two nodes: what is said of one direction is never cited for the other, at any door."""

import re
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conceptmap.ask.forms.holds import Holds
from conceptmap.ask.forms.related import Related
from conceptmap.card import card_of, reading, step_cites
from conceptmap.mcp.tools import TOOLS
from graphs.view import Citation, View
from graphs.walks import reach, steps_to
from services import MAP, Served, served
from small_maps import VOCABULARY, document, edge, node, origin, view

NOTES = """\
# Day 1: Markets

## Claim: Demand is high
- supports:: [[Prices rise]]

## Claim: Prices rise
- supports:: [[Demand is high]]
- opposes:: [[Demand is high]]

## Boom
- leads to:: [[Bust]]

## Bust
- leads to:: [[Boom]]
"""
ASKED = {
    "what supports Prices rise?": {4},
    "what supports Demand is high?": {7},
    "what opposes Demand is high?": {8},
    "what does Demand is high support?": {4},
    "what does Boom lead to?": {11},
    "what leads to Boom?": {14},
    "what does Bust lead to?": {14},
    "does Boom lead to Bust?": {11},
    "does Bust lead to Boom?": {14},
}
WALKED = {
    "prices-rise/supporters": {4},
    "demand-is-high/supporters": {7},
    "demand-is-high/opponents": {8},
    "prices-rise/opponents": set(),
}


@pytest.fixture(scope="module")
def service() -> Iterator[Served]:
    with served() as made:
        assert made.put_notes(1, NOTES, part="day-01.md").status_code == 201
        yield made


def lines(cites: list[dict[str, Any]]) -> set[int]:
    return {one["lines"][0] for one in cites}


@pytest.mark.parametrize(("question", "said"), ASKED.items())
def test_an_answer_cites_the_line_of_its_own_direction(service: Served, question: str, said: set[int]) -> None:
    answer = service.atlas["bread"].ask(question)
    assert answer.answers, answer.sentence
    cites = {one.lines[0] for found in answer.answers for one in found.cites if one.lines}
    assert cites == said
    shape = service.get(f"{MAP}/ask", params={"q": question}).json()
    assert {line for found in shape["answers"] for line in lines(found["cites"])} == cites
    tool = TOOLS["ask"]
    told: Any = tool.answered(
        service.atlas["bread"], tool.arguments.model_validate({"question": question}), lambda: None
    )
    assert {line for found in told["answers"] for line in lines(found["cites"])} == cites
    page = service.get(f"{MAP}/page", params={"q": question}).text
    (answered,) = re.findall(r'<section class="answer".*?</section>', page, re.DOTALL)
    assert {int(line) for line in re.findall(r"day-01\.md:(\d+)", answered)} == cites


@pytest.mark.parametrize(("path", "said"), WALKED.items())
def test_a_walk_cites_the_line_of_its_own_direction(service: Served, path: str, said: set[int]) -> None:
    found = service.get(f"{MAP}/nodes/{path}").json()["found"]
    assert {line for one in found for line in lines(one["cites"])} == said


NAMES = "ABCDE"
RELATIONS = ("requires", "supports", "opposes", "leads to", "part of", "contrasts with")
EDGES = st.lists(
    st.tuples(st.sampled_from(NAMES), st.sampled_from(RELATIONS), st.sampled_from(NAMES)).filter(
        lambda one: one[0] != one[2]
    ),
    unique=True,
    max_size=30,
)


def both_ways(edges: list[tuple[str, str, str]]) -> View:
    """A view of these edges and of their reverses, each said on a line of its own."""
    wanted = dict.fromkeys(
        one for source, relation, target in edges for one in ((source, relation, target), (target, relation, source))
    )
    made = [edge(*one, origin=origin(line)) for line, one in enumerate(wanted, 10)]
    return view(document(1, *map(node, NAMES), *made))


def is_stated(at: View, cite: Citation, before: str, relation: str, after: str, *, inverse: bool) -> bool:
    """Whether a line says the edge that a step from one node to another takes."""
    assert cite.lines
    (said,) = [one for one in at.edges() if any(a.item.origin.lines == cite.lines for a in one.assertions)]
    ends = (after, before) if inverse else (before, after)
    symmetric = VOCABULARY.relations[relation].symmetric
    return said.relation == relation and (
        (said.source, said.target) == ends or (symmetric and {said.source, said.target} == set(ends))
    )


@example([("A", "supports", "B")], "opposes", "a", False, False)
@given(EDGES, st.sampled_from(RELATIONS), st.sampled_from("abcde"), st.booleans(), st.booleans())
def test_every_cited_edge_has_the_stated_source_and_target(
    edges: list[tuple[str, str, str]], relation: str, start: str, inverse: bool, chain: bool
) -> None:
    at = both_ways(edges)
    found = reach(at, start, relation, inverse=inverse)
    for after, before in found.items():
        cites = step_cites(at, before, relation, after, inverse=inverse)
        assert cites
        assert all(is_stated(at, one, before, relation, after, inverse=inverse) for one in cites)
    asked = Related(VOCABULARY.relations[relation], start, inverse, chain)
    for one in asked.find(at):
        assert one.id
        before = steps_to(found, start, one.id)[-2]
        assert all(is_stated(at, cite, before, relation, one.id, inverse=inverse) for cite in one.cites)
    for target in "abcde":
        asked_whether = Holds(start, VOCABULARY.relations[relation], target)
        shown = asked_whether.find(at) if target != start else []
        is_so = bool(shown) and asked_whether.verdict(at, shown) == "yes"  # a no cites what excludes it
        for one in shown:
            if is_so and one.id == start and not one.path:
                assert all(is_stated(at, cite, start, relation, target, inverse=False) for cite in one.cites)
    for link in card_of(at, start).links:
        assert all(at_line.lines in [a.item.origin.lines for a in link.edge.assertions] for at_line in link.cites)
        assert reading(at, link.edge, start) == link.label


AB, BA = ("A", "B"), ("B", "A")


@pytest.mark.parametrize("said", [[AB], [BA], [AB, BA], [BA, AB]])
def test_the_cards_of_both_ends_have_a_contrast_whichever_way_it_is_said(said: list[tuple[str, str]]) -> None:
    documents = [
        document(day, node("A"), node("B"), edge(source, "contrasts with", target))
        for day, (source, target) in enumerate(said, 1)
    ]
    found = view(*documents)
    others = [[link.other.id for link in card_of(found, one).links if link.label == "contrasts with"] for one in "ab"]
    assert others == [["b"], ["a"]]
