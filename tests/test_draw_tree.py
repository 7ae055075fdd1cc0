from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from conceptmap.draw import draw_text
from conceptmap.draw.tree import Branch, branches, drawn_map
from conceptmap.notes.page.markdown import Line
from conceptmap.notes.page.tree import TreeNode, read_tree
from drawn_maps import bread_view, under
from graphs.view import View
from ontology.model import Document, Edge, Node
from small_maps import document, mention, node
from small_maps import view as view_of


def shape(view: View) -> list[tuple[str | None, str]]:
    """Parent and child of each branch, from the top down."""
    found: list[tuple[str | None, str]] = []
    waiting: list[tuple[str | None, Branch]] = [(None, root) for root in reversed(drawn_map(view))]
    while waiting:
        parent, branch = waiting.pop()
        found.append((parent, branch.node.id))
        waiting += [(branch.node.id, child) for child in reversed(branch.children)]
    return found


def test_roots_come_by_day_then_place() -> None:
    view = view_of(document(2, node("A", place=1)), document(1, node("C", place=2), node("B", place=1)))
    assert [root.node.id for root in drawn_map(view)] == ["b", "c", "a"]


def test_the_newest_document_decides_under_whom_a_node_stands() -> None:
    first = document(1, node("A", place=1), node("B", place=2), node("C"), under("A", "C", 1))
    second = document(2, mention("B"), mention("C"), under("B", "C", 1))
    assert shape(view_of(first, second)) == [(None, "a"), (None, "b"), ("b", "c")]
    assert shape(view_of(first, second, as_of=1)) == [(None, "a"), ("a", "c"), (None, "b")]


def test_a_newer_document_can_make_a_node_a_root_again() -> None:
    first = document(1, node("A", place=1), node("B"), under("A", "B", 1))
    assert shape(view_of(first, document(2, mention("B", place=1)))) == [(None, "a"), (None, "b")]


def test_an_older_place_as_root_gives_way_to_a_parent() -> None:
    first = document(1, node("A", place=1), node("B", place=2))
    second = document(2, mention("A"), mention("B"), under("A", "B", 1))
    assert shape(view_of(first, second)) == [(None, "a"), ("a", "b")]


def test_one_document_may_place_a_node_under_two_parents_and_its_branches_under_the_first() -> None:
    nodes = [node("A", place=1), node("B", place=2), node("C"), node("D")]
    view = view_of(document(1, *nodes, under("A", "C", 1), under("B", "C", 1), under("C", "D", 1)))
    assert shape(view) == [(None, "a"), ("a", "c"), ("c", "d"), (None, "b"), ("b", "c")]


def test_a_parent_that_nobody_placed_is_a_root() -> None:
    assert shape(view_of(document(1, node("A"), node("B"), under("A", "B", 1)))) == [(None, "a"), ("a", "b")]


def test_of_a_circle_the_oldest_edge_gives_way() -> None:
    first = document(1, node("A"), node("B"), under("A", "B", 1))
    second = document(2, mention("A"), mention("B"), under("B", "A", 1))
    assert shape(view_of(first, second)) == [(None, "b"), ("b", "a")]


def test_a_chain_of_thousands_is_no_trouble() -> None:
    nodes = [node(f"N{i}", place=1 if i == 0 else None) for i in range(3000)]
    view = view_of(document(1, *nodes, *(under(f"N{i}", f"N{i + 1}", 1) for i in range(2999))))
    assert len(list(branches(drawn_map(view)))) == 3000


def test_a_ladder_of_double_parents_does_not_grow_without_bound() -> None:
    rungs = [f"{side}{i}" for i in range(40) for side in "AB"]
    edges = [under(f"{one}{i}", f"{other}{i + 1}", 1) for i in range(39) for one in "AB" for other in "AB"]
    view = view_of(document(1, *(node(rung, place=1 if rung[1:] == "0" else None) for rung in rungs), *edges))
    assert len(list(branches(drawn_map(view)))) == 2 + len(edges)


LABELS = [f"Idea {letter}" for letter in "ABCDEFGH"]


@st.composite
def placements(draw: st.DrawFn) -> list[Document]:
    """Documents of some days that place ideas at random: as roots, under others, twice, in circles."""
    documents = []
    for day in range(1, draw(st.integers(1, 4)) + 1):
        places = {label: draw(st.none() | st.integers(0, 3)) for label in LABELS}
        pairs = draw(st.lists(st.tuples(st.sampled_from(LABELS), st.sampled_from(LABELS)), max_size=9, unique=True))
        relations = st.sampled_from(["part of", "leads to", "about"])
        edges = {
            edge.key: edge
            for one, other in pairs
            for edge in [under(one, other, draw(st.integers(0, 3)), draw(relations))]
        }
        nodes = [node(label, place=place) for label, place in places.items()]
        documents.append(document(day, *nodes, *edges.values()))
    return documents


@given(placements())
def test_whatever_is_placed_is_drawn_and_nothing_runs_in_a_circle(documents: list[Document]) -> None:
    view = view_of(*documents)
    drawn = shape(view)
    placed = {one.id for one in view.placed_nodes()} | {end for edge in view.placed_edges() for end in edge.key[:3:2]}
    assert {child for _, child in drawn} == placed
    assert all(count == 1 for pair, count in Counter(drawn).items() if pair[0] is None)
    assert len(drawn) <= len(placed) + len(list(view.placed_edges()))


@given(placements())
def test_the_text_is_drawn_for_every_placement(documents: list[Document]) -> None:
    text = draw_text(view_of(*documents))
    assert all(label in text for label in {one.label for one in view_of(*documents).placed_nodes()})


@st.composite
def forests(draw: st.DrawFn) -> Document:
    """One day's tree of ideas, some of them asides with a question."""
    items: list[Node | Edge] = []
    for i in range(draw(st.integers(1, 12))):
        above = draw(st.none() | st.integers(0, i - 1)) if i else None
        items.append(node(f"Idea {i}", place=i + 1 if above is None else None))
        if above is not None:
            items.append(under(f"Idea {above}", f"Idea {i}", i + 1, draw(st.sampled_from(["part of", "leads to"]))))
    for i in draw(st.sets(st.integers(0, 11), max_size=4)):
        if any(isinstance(one, Node) and one.id == f"idea-{i}" for one in items):
            question = f"Why is idea {i} the one that matters more than all of the others that were named before?"
            items += [
                node(f"Doubt {i}"),
                node(question, "Question"),
                under(f"Idea {i}", f"Doubt {i}", 50, "leads to"),
                under(f"Doubt {i}", question, 1, "asks"),
            ]
    return document(1, *items)


def read_again(text: str) -> list[tuple[str | None, str]]:
    """Parent and child labels of a text diagram, asides with their question below them."""
    found: list[tuple[str | None, str]] = []

    def note(drawn: TreeNode, parent: str | None) -> None:
        found.append((parent, drawn.label))
        for child in drawn.children:
            note(child, drawn.label)
        if drawn.asked:
            found.append((drawn.label, " ".join(line.text for line in drawn.asked)))

    for root in read_tree([Line(row, i, 1, row) for i, row in enumerate(text.splitlines(), 1)]).roots:
        note(root, None)
    return found


@given(forests())
def test_reading_the_text_gives_the_drawn_map_again(drawn: Document) -> None:
    view = view_of(drawn)
    labels = {one.id: one.label for one in view.nodes()}
    expected = [(labels[parent] if parent else None, labels[child]) for parent, child in shape(view)]
    assert sorted(read_again(draw_text(view)), key=str) == sorted(expected, key=str)


def test_the_bread_map_can_be_read_again() -> None:
    labels = {one.id: one.label for one in bread_view().nodes()}
    read = {child for _, child in read_again(draw_text(bread_view()))}
    assert read == {labels[child] for _, child in shape(bread_view())} - {"Time beats kneading"} | {
        "Time beats kneading: wait > work"
    }
