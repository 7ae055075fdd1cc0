import pytest

from graphs.view import Citation, View
from graphs.words import nearest_labels, search
from small_maps import document, mention, node, origin, view


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


def ids(view: View, text: str, kind: str | None = None) -> list[tuple[str, str]]:
    return [(hit.node.id, hit.where) for hit in search(view, text, kind)]


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
