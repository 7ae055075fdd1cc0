from collections.abc import Iterable
from itertools import pairwise, permutations

import networkx
from hypothesis import given
from hypothesis import strategies as st

from graphs.consistency import check_together
from graphs.fold import Fold
from graphs.view import View
from ontology.model import Document, Edge
from small_maps import VOCABULARY, document, edge, fold, mention, node, origin, put


def found(state: Fold, *documents: Document) -> list[str]:
    return [finding.what for _, finding in check_together(View(state, VOCABULARY), documents)]


def requires(*pairs: str, day: int = 1, part: str = "notes", how: str = "stated", line: int = 1) -> Document:
    """A document in which `AB` says that A requires B, one a line."""
    said = [edge(pair[0], "requires", pair[1], origin=origin(number, how)) for number, pair in enumerate(pairs, line)]
    return document(day, *map(node, sorted({*"".join(pairs)})), *said, part=part)


def test_documents_that_agree_have_no_findings() -> None:
    assert found(fold(put(1, requires("AB"))), requires("BC", day=2)) == []


def test_a_kind_that_another_part_contradicts_is_found_whatever_the_days_are() -> None:
    said = fold(put(1, document(9, node("Yeast"))))
    assert found(said, document(2, mention("Yeast", "Claim"))) == [
        "'Yeast' is a Claim here and a Concept on day 9 (notes)"
    ]


def test_a_kind_may_change_where_all_that_say_it_change_together() -> None:
    said = fold(put(1, document(1, node("Yeast"))), put(2, document(2, node("Yeast"))))
    assert found(said, document(1, node("Yeast", "Claim")), document(2, node("Yeast", "Claim"))) == []
    assert len(found(said, document(1, node("Yeast", "Claim")))) == 1


def test_what_was_only_mentioned_takes_the_kind_that_defines_it() -> None:
    said = fold(put(1, document(1, node("Dough"), mention("Yeast"), edge("Dough", "about", "Yeast"))))
    assert found(said, document(2, node("Yeast", "Claim"))) == []
    assert found(said, document(2, mention("Yeast", "Claim"))) == []


def test_a_definition_must_suit_what_is_stated_of_a_mention() -> None:
    ends = node("Dough"), mention("Yeast")
    stated, derived = (edge("Dough", "requires", "Yeast", origin=origin(4, how)) for how in ("stated", "derived"))
    question = document(2, node("Yeast", "Question"))
    assert found(fold(put(1, document(1, *ends, derived))), question) == []
    assert found(fold(put(1, document(1, *ends, stated))), question) == [
        "'Yeast' is a Question here, but day 1 (notes:4) says 'Dough' requires 'Yeast': "
        "'requires' cannot end at a Question, only at a Claim, Concept, Day, Method or Source"
    ]


def test_two_documents_of_one_change_must_agree_too() -> None:
    assert found(fold(), document(1, node("Yeast")), document(2, node("Yeast", "Claim"))) == [
        "'Yeast' is a Claim here and a Concept on day 1 (notes)"
    ]


def test_a_cycle_is_found_across_parts_and_names_each_edges_line() -> None:
    said = fold(put(1, requires("AB", part="day-01.md", line=4)))
    assert found(said, requires("BC", "CA", day=2, part="day-02.md", line=8)) == [
        "'requires' runs in a circle: c -> a (day-02.md:9), a -> b (day-01.md:4), b -> c (day-02.md:8)"
    ]


def test_a_cycle_within_one_document_is_found_once() -> None:
    assert len(found(fold(), requires("AB", "BC", "CA"))) == 1


def test_all_cycles_are_found_at_once() -> None:
    assert len(found(fold(), requires("AB", "BA", "CD", "DC", "AE", "EA"))) == 3


def test_an_edge_that_the_change_takes_away_closes_no_cycle() -> None:
    said = fold(put(1, requires("AB")), put(2, requires("BC", day=2)))
    assert found(said, requires("BX"), requires("BA", day=3)) == []
    assert len(found(said, requires("CA", day=3))) == 1
    assert found(said, requires("CA", day=2)) == []


def test_an_edge_that_another_part_says_too_still_closes_a_cycle() -> None:
    said = fold(put(1, requires("AB")), put(2, requires("AB", day=2)))
    assert len(found(said, requires("BA"))) == 1


def test_a_derived_edge_is_blamed_before_a_stated_one() -> None:
    both = document(
        1,
        node("A"),
        node("B"),
        edge("A", "requires", "B", origin=origin(1, "derived")),
        edge("B", "requires", "A", origin=origin(2)),
    )
    ((part, finding),) = check_together(View(fold(), VOCABULARY), [both])
    assert part == (1, "notes")
    assert finding.subject == ("a", "requires", "b", None)


def test_relations_that_may_run_in_circles_are_left_alone() -> None:
    ends = (node("A"), node("B"))
    assert found(fold(), document(1, *ends, edge("A", "leads to", "B"), edge("B", "leads to", "A"))) == []


def test_who_refuses_an_edge_closes_no_circle_with_it() -> None:
    ends = (node("A"), node("B"))
    said = fold(put(1, document(1, *ends, edge("A", "requires", "B"))))
    assert found(said, document(1, *ends, edge("B", "requires", "A", refusal=True), part="by:ada")) == []


def test_a_long_chain_is_checked_in_linear_time() -> None:
    names = [f"n{number}" for number in range(5_000)]
    nodes = [node(name) for name in names]
    steps = [Edge(source=one, relation="requires", target=other) for one, other in pairwise(names)]
    assert found(fold(), document(1, *nodes, *steps)) == []
    back = Edge(source=names[-1], relation="requires", target=names[0])
    assert len(found(fold(put(1, document(1, *nodes, *steps))), document(2, nodes[0], nodes[-1], back))) == 1


PAIRS = st.lists(st.sampled_from(["".join(pair) for pair in permutations("ABCDE", 2)]), max_size=6, unique=True)


@given(PAIRS, PAIRS, PAIRS)
def test_a_finding_stands_exactly_where_networkx_finds_a_cycle(old: list[str], kept: list[str], new: list[str]) -> None:
    old_is_fine, kept_is_fine = (_is_acyclic(pairs) for pairs in ([*old, *kept], kept))
    if not (old_is_fine and kept_is_fine):
        return
    said = fold(put(1, requires(*old)), put(2, requires(*kept, day=2)))
    change = requires(*new)
    findings = check_together(View(said, VOCABULARY), [change])
    assert bool(findings) != _is_acyclic([*kept, *new])
    blamed = {finding.subject for _, finding in findings}
    rest = [pair for pair, one in zip(new, change.edges, strict=True) if one.key not in blamed]
    assert _is_acyclic([*kept, *rest])


def _is_acyclic(pairs: Iterable[str]) -> bool:
    return bool(networkx.is_directed_acyclic_graph(networkx.DiGraph([tuple(pair) for pair in pairs])))
