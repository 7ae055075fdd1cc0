import pytest

from graphs.fold import PartKey
from graphs.history import PartChange, compare_parts
from ontology.model import Document
from small_maps import document, edge, fold, node

KEY = PartKey(1, "notes")
ONE = document(1, node("Yeast"), node("Salt"), edge("Yeast", "about", "Salt"), title="First")
BREADS = (node("Rye"), node("Wheat"))
ONE_END = document(1, *BREADS, edge("Rye", "contrasts with", "Wheat"))
OTHER_END = document(1, *BREADS, edge("Wheat", "contrasts with", "Rye"))
BOTH_ENDS = document(1, *BREADS, *ONE_END.edges, *OTHER_END.edges)
TWO = document(1, node("Yeast", text="new"), node("Water"))


@pytest.mark.parametrize(
    "before, after, same, status, counts",
    [
        (None, ONE, False, "added", (3, 0, 0)),
        (ONE, None, False, "removed", (0, 0, 3)),
        (ONE, ONE, True, "unchanged", (0, 0, 0)),
        (ONE, ONE, False, "changed", (0, 0, 0)),
        (ONE, TWO, False, "changed", (1, 1, 2)),
        (None, None, False, "unchanged", (0, 0, 0)),
        (None, document(1), False, "added", (0, 0, 0)),
        (None, BOTH_ENDS, False, "added", (3, 0, 0)),
        (ONE_END, OTHER_END, False, "changed", (0, 1, 0)),
    ],
)
def test_a_part_compared_with_what_it_said_before(
    before: Document | None, after: Document | None, same: bool, status: str, counts: tuple[int, int, int]
) -> None:
    change = compare_parts(fold(), KEY, before, after, same=same)
    assert (change.status, (change.added, change.changed, change.removed)) == (status, counts)


def test_a_change_names_its_part_and_title() -> None:
    assert compare_parts(fold(), KEY, None, ONE, same=False) == PartChange(1, "notes", "added", added=3, title="First")
