"""Running text: what sentences of many subjects say, and what is left out rather than guessed."""

import pytest

from conceptmap.notes import NoteFile, read_notes
from graphs.fold import Fold
from graphs.view import View
from ontology.model import Document
from ontology.vocabulary import read_vocabulary

VOCABULARY = read_vocabulary()


def document(text: str) -> Document:
    known = View(Fold(VOCABULARY), VOCABULARY)
    return (
        read_notes([NoteFile("page.md", text.encode(), 9)], vocabulary=VOCABULARY, known=known, map="m")
        .notes[0]
        .document
    )


def said(text: str) -> set[str]:
    found = document(text)
    labels = {node.id: node.label for node in found.nodes}
    edges = (edge for edge in found.edges if edge.origin.rule != "outline")
    return {f"{labels[edge.source]} | {edge.relation} | {labels[edge.target]}" for edge in edges}


@pytest.mark.parametrize(
    ("text", "edges"),
    [
        (
            "There are three kinds of knot, namely hitches, bends and loops.",
            ["Hitches | example of | Knot", "Bends | example of | Knot", "Loops | example of | Knot"],
        ),
        (
            "Clouds fall into two groups: cumulus and stratus.",
            ["Cumulus | example of | Clouds", "Stratus | example of | Clouds"],
        ),
        ("The Nile perch is a kind of freshwater fish.", ["Nile perch | example of | Freshwater fish"]),
        ("The cornea is a part of the eye.", ["Cornea | part of | Eye"]),
        ("Lime is one such mortar.", ["Lime | example of | Mortar"]),
        ("The San Andreas Fault is a boundary of this kind.", ["San Andreas Fault | example of | Boundary"]),
        ("Beavers are often described as ecosystem engineers.", ["Beavers | example of | Ecosystem engineers"]),
        ("Reed beds also act as filters.", ["Reed beds | example of | Filters"]),
        ("The Ponte Vecchio is an arch bridge of this kind.", ["Ponte Vecchio | example of | Arch bridge"]),
        (
            "The grana stack up and thylakoids are filled with pigment, an arrangement called granal stacking.",
            ["The grana stack up and thylakoids are filled with pigment | about | Granal stacking"],
        ),
    ],
)
def test_a_sentence_says_what_a_term_is(text: str, edges: list[str]) -> None:
    assert said(text) >= set(edges)


@pytest.mark.parametrize(
    ("text", "edge"),
    [
        (
            "The bridge failed because the wind matched its own frequency.",
            "The wind matched its own frequency | supports | The bridge failed",
        ),
        (
            "Since copper is softer than bronze, the new blades replaced the old ones within a century.",
            "Copper is softer than bronze | leads to | The new blades replaced the old ones within a century",
        ),
        (
            "The river froze in winter, so the mills were closed for months.",
            "The river froze in winter | leads to | The mills were closed for months",
        ),
        (
            "Parchment was expensive. Therefore old books were scraped and written anew.",
            "Parchment was expensive | leads to | Old books were scraped and written anew",
        ),
        ("Scurvy is due to a lack of vitamin C.", "Lack of vitamin C | leads to | Scurvy"),
        ("Kilns cannot work without a draught.", "Kilns | requires | Draught"),
        ("Iodine is essential for the thyroid.", "Thyroid | requires | Iodine"),
        ("Movable letters made cheap books possible.", "Cheap books | requires | Movable letters"),
        (
            "Presses spread along rivers, which suggests that paper was moved by boat.",
            "Presses spread along rivers | leads to | Paper was moved by boat",
        ),
        (
            "Anchors hold well in clay, although chains wear fast there.",
            "Chains wear fast there | opposes | Anchors hold well in clay",
        ),
        (
            "Slate splits into thin sheets. The reason is that the minerals lie in layers.",
            "The minerals lie in layers | supports | Slate splits into thin sheets",
        ),
    ],
)
def test_a_sentence_says_what_something_comes_of(text: str, edge: str) -> None:
    assert edge in said(text)


@pytest.mark.parametrize(
    ("text", "edge"),
    [
        ("Sonnets have fourteen lines, whereas haiku have three.", "Haiku | contrasts with | Sonnets"),
        ("Unlike crocodiles, alligators are rarely found in salt water.", "Alligators | contrasts with | Crocodiles"),
        ("Magma must be distinguished from lava.", "Lava | contrasts with | Magma"),
        (
            "Instead of wax tablets, many scribes preferred papyrus rolls, which were dear.",
            "Papyrus rolls | contrasts with | Wax tablets",
        ),
        (
            "Baroque organs are bright. Romantic organs, by contrast, are dark.",
            "Baroque organs | contrasts with | Romantic organs",
        ),
    ],
)
def test_a_sentence_sets_one_thing_against_another(text: str, edge: str) -> None:
    one, relation, other = edge.split(" | ")
    assert {edge, f"{other} | {relation} | {one}"} & said(text)


DRIFT = "In 1912 Alfred Wegener proposed continental drift. "


@pytest.mark.parametrize(
    ("text", "edges"),
    [
        (DRIFT, ["Alfred Wegener | about | Continental drift"]),
        (
            f"{DRIFT}Surveys later showed that the sea floor becomes older with distance.",
            ["The sea floor becomes older with distance | supports | Continental drift"],
        ),
        (
            f"{DRIFT}The chief objection was that no force could move a continent.",
            ["No force could move a continent | opposes | Continental drift"],
        ),
        (
            f"{DRIFT}Much spoke in favour of it. The coasts of both continents fit together.",
            ["The coasts of both continents fit together | supports | Continental drift"],
        ),
        (
            "The germ theory holds that microbes cause disease. Experiments showed that boiled broth stays clear.",
            ["Boiled broth stays clear | supports | Microbes cause disease"],
        ),
        (
            "In 1854 John Snow mapped the deaths and found that they lay around one pump. "
            "Snow concluded that cholera is spread by water.",
            [
                "John Snow mapped the deaths and found that they lay around one pump | supports | "
                "Cholera is spread by water"
            ],
        ),
        (
            "According to Elizabeth Eisenstein, printing fixed texts. Critics reply that errors were printed too.",
            [
                "Printing fixed texts | about | Elizabeth Eisenstein",
                "Errors were printed too | opposes | Printing fixed texts",
            ],
        ),
        (
            "Reed beds clean water. A study of seven sites found that nitrogen fell by a third.",
            ["Nitrogen fell by a third | supports | Reed beds clean water"],
        ),
        (
            "The theory holds that plagues arise from bad air. But it could not explain why sea towns were spared.",
            ["Sea towns were spared | opposes | Plagues arise from bad air"],
        ),
        ("Aseptic surgery, introduced by Joseph Lister, spread fast.", ["Joseph Lister | about | Aseptic surgery"]),
        (
            "Some historians dispute the great migration because graves show no break.",
            ["Graves show no break | opposes | Great migration"],
        ),
    ],
)
def test_evidence_belongs_to_what_its_section_argues_for(text: str, edges: list[str]) -> None:
    assert said(text) >= set(edges)


def test_what_is_argued_for_ends_with_its_section() -> None:
    text = f"## Drift\n\n{DRIFT}\n\n## Tides\n\nMeasurements showed that the tide lags behind the moon."
    assert "The tide lags behind the moon | supports | Continental drift" not in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "It was cold because it rained.",
        "We moved because the rent was high.",
        "This is due to that.",
        "Since 1990, the town has grown.",
        "It is a kind of magic.",
        "The result is a number.",
        "Notice that $x$ is an element of $X$.",
        "The first case is a special case.",
        "Whereas others wait, we do not.",
        "He said that he was tired.",
        "Why? Because.",
        "On the other hand, it works.",
        "Let us assume that $f$ is smooth, so the sum converges.",
    ],
)
def test_sentences_without_names_or_claims_of_their_own_say_nothing(text: str) -> None:
    assert said(text) == set()


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("Phages kill bacteria. Could phage therapy replace antibiotics?", True),
        ("- fees\n- should museums charge an entrance fee?\n", True),
        ("What do you think of that?", False),
        ("Why is it so?", False),
    ],
)
def test_a_question_that_stands_by_itself_is_asked(text: str, asked: bool) -> None:
    assert any("asks" in one for one in said(text)) == asked


def test_a_list_of_kinds_belongs_to_what_was_spoken_of_last() -> None:
    list_of_two = "There are two common types:\n\n- major scale\n- minor scale\n"
    text = f"Scale: an ordered row of notes. It spans an octave.\n\n{list_of_two}"
    assert said(text) >= {"Major scale | example of | Scale", "Minor scale | example of | Scale"}


def test_letters_in_brackets_are_another_name_of_the_words_they_stand_for() -> None:
    found = document("A central bank (CB) sets the rate. A rate is due to the CB.")
    assert {node.label: list(node.aliases) for node in found.nodes}["Central bank"] == ["CB"]


def test_a_term_at_the_head_of_its_line_has_what_it_is_as_its_gist() -> None:
    found = document(
        "Catabolism: reactions that break large molecules down.\n\nAnabolism: reactions that build them up."
    )
    gists = {node.label: node.data.get("gist") for node in found.nodes}
    assert gists == {
        "Catabolism": "reactions that break large molecules down.",
        "Anabolism": "reactions that build them up.",
    }


@pytest.mark.parametrize(
    ("below", "edge"),
    [
        ("e.g. Oslo, Bergen", "Oslo | example of | Fjord ports"),
        ("not the same as **river ports** (inland)", "Fjord ports | contrasts with | River ports"),
        ("need deep water", "Fjord ports | requires | Deep water"),
        ("why? the coast is steep there", "The coast is steep there | supports | Fjord ports"),
        ("ev.: Berg (1987) - maps show them at every mouth", "Maps show them at every mouth | supports | Fjord ports"),
        ("but: many of them silt up", "Many of them silt up | opposes | Fjord ports"),
        ("consequence: **coastal trade**", "Fjord ports | leads to | Coastal trade"),
        ("steep coast → short quays → small ships", "Steep coast | leads to | Short quays"),
    ],
)
def test_an_item_below_another_says_something_of_it(below: str, edge: str) -> None:
    one, relation, other = edge.split(" | ")
    found = said(f"- **Fjord ports**: harbours at the end of a fjord\n    - {below}\n")
    assert edge in found or f"{other} | {relation} | {one}" in found


@pytest.mark.parametrize("below", ["see the map!", "2:30 pm", "http://example.org: a link", "me: buy one", "so what?"])
def test_other_items_below_say_nothing_of_it(below: str) -> None:
    found = said(f"- **Fjord ports**: harbours at the end of a fjord\n    - {below}\n")
    assert not any("supports" in one or "opposes" in one or "leads to" in one for one in found)


def test_words_that_are_written_with_signs_stop_no_rule() -> None:
    assert document("Critics doubt\u2019em because ice melts. If you wonder why, that's because tides turn.").day == 9
