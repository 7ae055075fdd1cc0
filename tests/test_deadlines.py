"""A deadline ends what computes without reading the map: each step looks at a clock, here one that strikes alone."""

from collections.abc import Callable
from itertools import count, pairwise

import pytest

from api.settings import Settings
from api.workers import ReadWorkers
from conceptmap.ask.found import cited, in_course_order
from conceptmap.atlas import open_atlas
from conceptmap.meaning.debate import Debate, debate_of
from conceptmap.meaning.fall_sizes import fall_sizes
from conceptmap.meaning.fragility import Ground, fall_of
from conceptmap.meaning.methods import METHODS, strengths_of
from conceptmap.structure import Structure, structure_of
from conceptmap.values import Deadline
from graphs.bounds import check_deadline
from graphs.view import View
from ontology.errors import AnswerTooLate
from ontology.model import Document, Edge, Node
from services import MAP, served

LOOKS = 20
"""So often the clock is looked at before it strikes."""


def strikes(looks: int = LOOKS) -> Deadline:
    """A deadline that is past once its clock was looked at so often."""
    return Deadline(looks, clock=count(1).__next__)


def ring(size: int, *relations: str) -> list[Document]:
    """Claims in a circle, each of which says something of the next; then a text for each."""
    names = [f"n-{number}" for number in range(size)]
    nodes = tuple(Node(id=name, kind="Claim", label=f"Number {name}") for name in names)
    pairs = list(pairwise([*names, names[0]]))
    edges = tuple(
        Edge(source=one, relation=relations[place % len(relations)], target=other)
        for place, (one, other) in enumerate(pairs)
    )
    return [Document(map="bread", day=1, part="notes", nodes=nodes, edges=edges)]


def view_of(documents: list[Document]) -> View:
    with open_atlas("sqlite://") as atlas:
        atlas["bread"].replace(documents)
        return atlas["bread"].view()


@pytest.fixture(scope="module")
def circle() -> Debate:
    """A circle that settles in some hundred steps."""
    return debate_of(view_of(ring(9, "supports", "supports", "opposes")))


@pytest.fixture(scope="module")
def structure() -> Structure:
    return structure_of(view_of(ring(60, "about")))


def test_a_circle_that_settles_ends_at_the_deadline(circle: Debate) -> None:
    assert None not in strengths_of(circle, METHODS["dfquad"]).values()
    with strikes().kept(), pytest.raises(AnswerTooLate):
        strengths_of(circle, METHODS["dfquad"])


SEARCHES: dict[str, Callable[[Structure], object]] = {
    "between": lambda found: found.between,
    "groups": lambda found: found.groups,
}


@pytest.mark.parametrize("search", SEARCHES)
def test_what_a_library_computes_ends_at_the_deadline(structure: Structure, search: str) -> None:
    deadline = strikes()
    with deadline.kept(), pytest.raises(AnswerTooLate):
        SEARCHES[search](structure)
    assert deadline.clock() == LOOKS + 2  # at the first look after it struck
    assert SEARCHES[search](structure)


def test_a_search_for_what_must_fall_ends_at_the_deadline() -> None:
    pairs = {f"argument-{number}": [f"a{number}", f"b{number}"] for number in range(LOOKS)}
    ground = Ground({"claim": list(pairs)}, pairs)
    with strikes().kept(), pytest.raises(AnswerTooLate):
        fall_of(ground, "claim")
    chain = Ground({f"n{number}": [f"n{number + 1}"] for number in range(LOOKS)}, {})
    with strikes().kept(), pytest.raises(AnswerTooLate):
        fall_sizes(chain, ["n0"])


def test_a_long_list_of_answers_ends_at_the_deadline() -> None:
    claims = view_of(ring(2 * LOOKS, "supports"))
    found = [cited(claims, node) for node in claims.nodes("Claim")]
    assert len(in_course_order(found)) == 2 * LOOKS
    with strikes().kept(), pytest.raises(AnswerTooLate):
        in_course_order(found)


def test_a_deadline_holds_as_long_as_it_is_kept_and_the_outer_one_afterwards() -> None:
    outer, inner = strikes(looks=1), strikes(looks=100)
    with outer.kept():
        with inner.kept():
            for _ in range(50):
                check_deadline()
        check_deadline()
        with pytest.raises(AnswerTooLate):
            check_deadline()
    check_deadline()


def test_what_the_service_computes_in_threads_keeps_its_deadline() -> None:
    with open_atlas("sqlite://") as atlas:
        readers = ReadWorkers(atlas, 0.000001)
        with pytest.raises(AnswerTooLate):
            readers.in_time(check_deadline)
    assert Settings().read_seconds > 1


READS = (
    "/scores",
    "/checks",
    "/structure",
    "/what-if?without=n-0",
    "/page/claims",
    "/page/structure",
    "/plan",
    "/diagram.svg",
)


@pytest.mark.parametrize("path", READS)
def test_a_read_that_ends_at_the_deadline_is_503_and_frees_its_thread(path: str) -> None:
    with served(cache_bytes=0, read_seconds=0.000001) as service:
        service.atlas["bread"].replace(ring(5, "supports"))
        for _ in range(6):  # more often than there are threads for that
            answer = service.get(MAP + path)
            assert answer.status_code == 503
            assert answer.headers["content-type"] == "application/problem+json"
            assert int(answer.headers["Retry-After"]) > 0
