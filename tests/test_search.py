from collections.abc import Sequence
from itertools import pairwise
from typing import Any, get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphs.fold import Event, Fold, Kind, PartKey
from graphs.search import matched, ranked, search
from graphs.view import Citation, View
from graphs.words import IndexedName, nearest_labels, stems, word_index
from ontology.model import Document, Edge, Node
from ontology.names import name_key
from small_maps import VOCABULARY, document, fold, mention, node, origin, view


@pytest.fixture(scope="module")
def bread() -> View:
    return view(
        document(1, node("Yeast", aliases=["Leaven"], text="A fungus that eats sugar"), part="day-01.md"),
        document(
            2,
            node("Yeast bread", text="Bread that rises"),
            node("Fermentation", text="What yeast does", origin=origin(7, quote="Fermentation")),
            node("Yeast matters", "Claim"),
            mention("Sugar"),
            node("Salt"),
            part="day-02.md",
        ),
    )


def ids(view: View, text: str, *kinds: str) -> list[tuple[str, str]]:
    return [(hit.node.id, hit.where) for hit in search(view, text, kinds)]


def test_a_gist_is_found_as_a_text_is() -> None:
    found = view(document(1, node("Chinchilla", "Claim", data={"gist": "tokens grow with size"})))
    assert ids(found, "tokens grow") == [("chinchilla", "text")]


def test_whole_names_come_first_then_labels_then_texts(bread: View) -> None:
    assert ids(bread, "yeast") == [
        ("yeast", "label"),
        ("yeast-bread", "label"),
        ("yeast-matters", "label"),
        ("fermentation", "text"),
    ]


def test_an_alias_is_a_name(bread: View) -> None:
    assert ids(bread, "LEAVEN!") == [("yeast", "alias")]


def test_every_word_must_be_there_by_its_beginning(bread: View) -> None:
    assert ids(bread, "sug fung") == [("yeast", "text")]
    assert ids(bread, "sug moon") == []


def test_a_word_that_is_set_off_is_found_too() -> None:
    said = document(1, node("Rye", text="A **dense** and *dark* bread."))
    assert [hit.node.id for word in ("dense", "dark") for hit in search(view(said), word)] == ["rye", "rye"]


def test_a_kind_may_be_chosen(bread: View) -> None:
    assert ids(bread, "yeast", "Claim") == [("yeast-matters", "label")]


def test_a_misspelt_name_finds_the_nearest(bread: View) -> None:
    assert ids(bread, "fermantation") == [("fermentation", "near")]
    assert nearest_labels(bread, "Fermantation") == ["Fermentation"]
    assert nearest_labels(bread, "leavn") == ["Yeast"]


@pytest.mark.parametrize("text", ["", "  ", "?!"])
def test_no_words_find_nothing(bread: View, text: str) -> None:
    assert search(bread, text) == []


def test_nothing_near_finds_nothing(bread: View) -> None:
    assert search(bread, "quantum chromodynamics") == []
    assert nearest_labels(bread, "quantum chromodynamics") == []


def test_a_hit_says_when_and_where(bread: View) -> None:
    (hit,) = search(bread, "fermentation")
    assert hit.day == 2
    assert hit.cites == (Citation(2, "day-02.md", (7, 7), "Fermentation", "stated"),)


def test_what_a_later_day_says_is_not_found() -> None:
    said = (
        document(1, node("Yeast", text="old")),
        document(9, node("Yeast", aliases=["Leaven"], text="alive"), node("Salt")),
    )
    assert ids(view(*said, as_of=8), "alive") == []
    assert ids(view(*said, as_of=8), "leaven") == []
    assert ids(view(*said, as_of=8), "salt") == []
    assert ids(view(*said), "alive") == [("yeast", "text")]


def test_a_word_that_is_misspelt_or_glued_finds_the_names_that_hold_it() -> None:
    said = view(document(1, node("Bitter lesson"), node("Claim 77", "Claim"), node("Claim 78", "Claim"), node("Salt")))
    assert nearest_labels(said, "biter lesson") == ["Bitter lesson"]
    assert nearest_labels(said, "bitterlesson") == ["Bitter lesson"]
    assert nearest_labels(said, "clami 77")[0] == "Claim 77"


def test_one_misspelt_word_finds_the_long_names_that_hold_it() -> None:
    said = view(document(1, node("Varroa destructor mites"), node("Oxalic acid treatment of Varroa"), node("Salt")))
    assert nearest_labels(said, "varoa") == ["Varroa destructor mites", "Oxalic acid treatment of Varroa"]
    assert nearest_labels(said, "oxallic varoa") == ["Oxalic acid treatment of Varroa"]
    assert [hit.node.label for hit in search(said, "varoa")] == [
        "Varroa destructor mites",
        "Oxalic acid treatment of Varroa",
    ]


WORDS = ("sour", "dough", "sourdough", "rye", "rise", "the", "7", "Sour-dough", "Ärger")
TEXTS = st.lists(st.sampled_from(WORDS), min_size=1, max_size=4).map(" ".join)
DAYS = (1, 2, 5)
IDS = ("rye", "b", "c", "d")


@st.composite
def nodes(draw: st.DrawFn, name: str) -> Node:
    kind = "Claim" if name in "bc" else "Concept"
    aliases = tuple(draw(st.lists(TEXTS, max_size=2, unique=True)))
    if draw(st.booleans()):
        return Node(id=name, kind=kind, label=draw(TEXTS), mention=True, aliases=aliases)
    choices: tuple[Any, ...] = ({}, {"domain": "rye dough"}, {"domain": ["Rise", "sour"], "trait": "Rise"})
    data = draw(st.sampled_from(choices))
    text = draw(st.none() | TEXTS)
    return Node(id=name, kind=kind, label=draw(TEXTS), aliases=aliases, text=text, data=data)


@st.composite
def events(draw: st.DrawFn, sequence: int) -> Event:
    key = PartKey(draw(st.sampled_from(DAYS)), draw(st.sampled_from(("notes", "by:ada"))))
    ids = draw(st.lists(st.sampled_from(IDS), max_size=3, unique=True))
    edges = [
        Edge(source=one, relation="contrasts with", target=other, dimension=draw(st.sampled_from(("Rise", "sour rye"))))
        for one, other in pairwise(ids)
    ]
    said = Document(map="m", day=key.day, part=key.part, nodes=tuple(map(draw, map(nodes, ids))), edges=tuple(edges))
    kind = draw(st.sampled_from(get_args(Kind)))
    return Event(sequence, key, None if kind == "end" else said, kind=kind)


HISTORIES = st.integers(1, 8).flatmap(lambda count: st.tuples(*map(events, range(1, count + 1))))


def grown(history: Sequence[Event], data: st.DataObject) -> tuple[Fold, list[tuple[Fold, list[object]]]]:
    """A fold that was asked and copied in between; and the states that it left behind, with what they found then."""
    growing, left = Fold(VOCABULARY), list[tuple[Fold, list[object]]]()
    for event in history:
        if data.draw(st.booleans()):
            left.append((growing, everything(growing)))
        if data.draw(st.booleans()):
            growing = growing.copied()
        elif left and left[-1][0] is growing:
            left.pop()
        growing.apply(event)
    return growing, left


def everything(state: Fold) -> list[object]:
    """All that can be found in a map."""
    return [
        found(View(state, VOCABULARY, day), text) for day in (None, *DAYS) for text in ("sour", "r", "7", "rise the")
    ]


def found(view: View, text: str) -> list[object]:
    index, words = word_index(view), name_key(text).split()
    entries = sorted({*index.phrase(stems(words)), *(one for root in stems(words) for one in index.holders(root))})
    owners = {entry: sorted(index.owners_in(view, entry)) for entry in entries}
    return [list(ranked(view, words)), owners, [index.knows(one) for one in words], index.near_words(words[0] + "x")]


@given(HISTORIES, st.data())
def test_what_follows_entry_by_entry_finds_what_is_made_anew_finds(
    history: Sequence[Event], data: st.DataObject
) -> None:
    growing, left = grown(history, data)
    assert everything(growing) == everything(fold(*history))
    assert all(everything(state) == then for state, then in left)


@given(HISTORIES, st.lists(st.sampled_from((*WORDS, "s", "ri", "x", "")), min_size=1, max_size=3), st.data())
def test_the_index_finds_what_a_look_at_every_node_finds(
    history: Sequence[Event], words: list[str], data: st.DataObject
) -> None:
    growing, _ = grown(history, data)
    seen = View(growing, VOCABULARY, data.draw(st.sampled_from((None, 0, *DAYS))))
    wanted = name_key(" ".join(words)).split()
    for kinds in ((), ("Claim",), ("Claim", "Concept")) if wanted else ():
        scanned = [matched(node, wanted) for node in seen.nodes() if not kinds or node.kind in kinds]
        assert list(ranked(seen, wanted, kinds)) == sorted(rank for rank in scanned if rank)


@given(HISTORIES, st.sampled_from((None, *DAYS)))
def test_the_word_index_holds_the_names_of_every_node(history: Sequence[Event], day: int | None) -> None:
    seen = View(fold(*history), VOCABULARY, day)
    index = word_index(seen)
    for one in seen.nodes():
        for name in one.names:
            entry = IndexedName("name", name_key(name))
            assert entry in index.phrase(stems(entry.key.split()))
            assert one.id in index.owners_in(seen, entry)
