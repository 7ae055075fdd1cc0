"""The turns of phrase in which lessons speak, each in several subjects: what is read, and what is left alone."""

from itertools import pairwise

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
        read_notes([NoteFile("p.md", text.encode(), 9)], vocabulary=VOCABULARY, known=known, map="m").notes[0].document
    )


def said(text: str) -> set[str]:
    found = document(text)
    labels = {node.id: node.label for node in found.nodes}
    return {f"{labels[edge.source]} | {edge.relation} | {labels[edge.target]}" for edge in found.edges}


def labels(text: str) -> set[str]:
    return {node.label for node in document(text).nodes}


def under(claim: str, lead: str, *items: str) -> str:
    return f"**Thesis:** {claim}\n\n{lead}\n\n" + "".join(f"- {item}\n" for item in items)


@pytest.mark.parametrize("lead", ["Results", "Case studies", "Data", "Backing", "What the field says", "Field notes"])
def test_named_sentences_under_a_thesis_support_it_whatever_their_lead(lead: str) -> None:
    text = under(
        "Slow tides shape coasts", f"{lead}:", "Fundy: Sixteen metres carve the cliffs", "Baltic: No tide moves it"
    )
    assert "Sixteen metres carve the cliffs | supports | Slow tides shape coasts" in said(text)


@pytest.mark.parametrize(
    "lead", ["Where it wobbles", "What it leaves out", "But", "Second thoughts", "What speaks against it"]
)
def test_doubts_under_a_thesis_oppose_it(lead: str) -> None:
    text = under(
        "Guilds raised quality", f"{lead}:", "Ghent: Cloth from villages sold better", "Prices: Few towns kept records"
    )
    assert "Cloth from villages sold better | opposes | Guilds raised quality" in said(text)


@pytest.mark.parametrize("lead", ["What I ask you to defend", "The bet of the day", "Try this on"])
@pytest.mark.parametrize("list_lead", ["Evidence", "In support", "What speaks for it"])
def test_the_sentence_before_evidence_is_its_claim_whatever_leads_it(lead: str, list_lead: str) -> None:
    text = (
        f"**{lead}:** Soil is a treasure that nobody renews.\n\n**{list_lead}:**\n\n- Rates: A hand of soil takes long"
    )
    assert "A hand of soil takes long | supports | Soil is a treasure that nobody renews" in said(text)


@pytest.mark.parametrize(
    "lead", ["Grounds for doubt", "Reasons for caution", "Arguments against it", "Reasons against"]
)
def test_grounds_for_doubt_oppose(lead: str) -> None:
    text = f"**Claim:** Tides shape coasts.\n\n**{lead}:**\n\n- Floods remove whole chapters of the record"
    assert "Floods remove whole chapters of the record | opposes | Tides shape coasts" in said(text)


@pytest.mark.parametrize("lead", ["However", "Yet", "But", "Nevertheless", "Against this"])
def test_one_sentence_behind_a_lead_opposes(lead: str) -> None:
    text = f"**Claim:** Vowels carry pitch.\n\n**{lead}:** A whisper has no pitch at all."
    assert "A whisper has no pitch at all | opposes | Vowels carry pitch" in said(text)


@pytest.mark.parametrize(
    "text",
    [
        "Results:\n\n- Fundy: Sixteen metres carve the cliffs\n- Baltic: No tide moves it",
        under("Slow tides shape coasts", "Tools:", "Axe", "Rope", "Spade"),
        under("Slow tides shape coasts", "Hours:", "Monday: 9 to 5", "Tuesday: closed"),
        "**However:** A slow dough says nothing about rye.",
    ],
)
def test_without_a_thesis_or_sentences_nothing_is_supported_or_opposed(text: str) -> None:
    assert not [one for one in said(text) if "| supports |" in one or "| opposes |" in one]


@pytest.mark.parametrize(
    ("item", "name"),
    [
        ("Home: Levain-7 stayed soft for a week", "Levain-7"),
        ("Crete: Linear B records sheep by the thousand", "Linear B"),
        ("T5-XXL: Decoding ran three times faster", "T5-XXL"),
        ("Courts: Precedent binds the lower courts", "Precedent"),
        ("Marie Curie: Radium glowed in the dark", "Marie Curie"),
    ],
)
def test_evidence_names_what_it_speaks_of(item: str, name: str) -> None:
    assert name in labels(f"**Claim:** It works well.\n\n**Evidence:**\n\n- {item}")


@pytest.mark.parametrize(
    "item", ["Home: It stayed soft", "Surveys: Many people sleep badly", "Reports: Its walls fell in"]
)
def test_evidence_without_a_name_gives_none(item: str) -> None:
    assert len(labels(f"**Claim:** It works well.\n\n**Evidence:**\n\n- {item}")) == 2


@pytest.mark.parametrize(
    ("text", "edges"),
    [
        (
            "**Consider:**\n\n- Crust: steam vs dry heat",
            {"Steam | part of | Crust", "Dry heat | part of | Crust", "Steam | contrasts with | Dry heat"},
        ),
        ("Pumpernickel is a special case of rye bread with a long bake.", {"Pumpernickel | example of | Rye bread"}),
        ("Rye replaced wheat in the north.", {"Rye | replaces | Wheat"}),
        ("Sourdough builds on wild yeast and needs time.", {"Sourdough | requires | Wild yeast"}),
        ("Ogham is based on strokes, unlike runic script.", {"Ogham | requires | Strokes"}),
        ("Vellum, unlike paper, needs no size.", {"Vellum | contrasts with | Paper"}),
        ("Aspirin inhibits cyclooxygenase in platelets.", {"Aspirin | contrasts with | Cyclooxygenase"}),
        ("Lye soap uses wood ash.", {"Lye soap | requires | Wood ash"}),
        ("The lute gave way to the guitar after 1750.", {"Guitar | replaces | Lute"}),
        ("Linear attention replaces the softmax with a feature map.", {"Feature map | replaces | Softmax"}),
        ("Soft water is a form of water that lathers.", {"Soft water | example of | Water"}),
        ("Kelp grows fast, while rockweed grows slowly.", set()),
        ("Nobody needs a second proof.", set()),
        ('"Sourness comes from yeast" - no, from bacteria.', set()),
        ("Added support that requires a restart.", set()),
        ("Notice that the door needs oil.", set()),
        ("Guilds no longer need a charter.", set()),
        ("We used lye because soap needs it.", set()),
    ],
)
def test_a_sentence_says_its_edges_and_no_more(text: str, edges: set[str]) -> None:
    found = said(text)
    assert edges <= found
    assert len(found) <= len(edges) + 2
    assert not any(label.lower() in ("time", "needs time", "wheat in the north") for label in labels(text))


@pytest.mark.parametrize(
    ("text", "claim", "day"),
    [
        ("We saw on Day 2 that yeast makes gas.", "Yeast makes gas", 2),
        ("Remember from Day 4 that glass is a slow liquid.", "Glass is a slow liquid", 4),
        ("Day 3 taught us that debts are older than coins.", "Debts are older than coins", 3),
        ("As we learned on Day 5, vowels carry the pitch.", "Vowels carry the pitch", 5),
        ("On Day 6 you found that no two leaves match.", "No two leaves match", 6),
    ],
)
def test_what_an_earlier_day_showed_is_a_claim_of_that_day(text: str, claim: str, day: int) -> None:
    assert f"{claim} | introduced on | Day {day}" in said(text)


@pytest.mark.parametrize(
    "lead", ["From Day 3 you know", "Already known from Day 3", "Day 3 showed", "A recap of Day 3"]
)
def test_a_list_below_an_earlier_day_is_what_it_taught(lead: str) -> None:
    assert "Glass flows slowly | introduced on | Day 3" in said(f"**{lead}:**\n\n- Glass flows slowly\n- Sand melts")


@pytest.mark.parametrize("lead", ["Homework for Day 3", "To prepare before Day 12", "Coming up on Day 12"])
def test_a_list_below_a_task_or_a_later_day_was_not_taught(lead: str) -> None:
    assert "introduced on" not in " ".join(said(f"**{lead}:**\n\n- Glass flows slowly\n- Sand melts"))


@pytest.mark.parametrize(
    "text", ["On Day 2 we met at noon.", "By Day 3 I knew that I was lost.", "Day 4 is the day that you rest."]
)
def test_a_day_that_teaches_nothing_has_no_claim(text: str) -> None:
    assert "introduced on" not in " ".join(said(text))


@pytest.mark.parametrize(
    ("text", "edges"),
    [
        ("Day 33 will introduce Zeolites.", {"Zeolites | introduced on | Day 33"}),
        ("Tomorrow, on Day 10, we turn to dark matter.", {"Dark matter | introduced on | Day 10"}),
        (
            "Day 41 will cover safety in mines, and Day 42 closes the week with a review.",
            {"Safety in mines | introduced on | Day 41", "Review | introduced on | Day 42"},
        ),
        (
            "Day 31 opens Phase III with wood carving.",
            {"Wood carving | introduced on | Day 31", "Day 31 | part of | Phase III"},
        ),
        ("Kepler found the law of areas (see Day 15).", {"Law of areas | introduced on | Day 15"}),
    ],
)
def test_what_a_later_day_brings_is_introduced_on_it(text: str, edges: set[str]) -> None:
    assert edges <= said(text)


@pytest.mark.parametrize(
    ("text", "chain"),
    [
        (
            "More warmth → faster yeast → less flavour. As time passes, acids form.",
            ["More warmth", "Faster yeast", "Less flavour"],
        ),
        ("Gaia flies high. From space → no blur → smaller angles.", ["From space", "No blur", "Smaller angles"]),
        ("In short: thin soil → shallow roots → early drought", ["Thin soil", "Shallow roots", "Early drought"]),
        ("light -> exposure\naperture -> depth of field", ["Light", "Exposure"]),
        ("light -> exposure\naperture -> depth of field", ["Aperture", "Depth of field"]),
    ],
)
def test_arrows_in_running_text_are_a_chain(text: str, chain: list[str]) -> None:
    found = said(text)
    assert all(f"{one} | leads to | {other}" in found for one, other in pairwise(chain))
    assert "Exposure | leads to | Aperture" not in found


@pytest.mark.parametrize(
    ("text", "edges"),
    [
        (
            "Slow methods:\n\n- Cold proofing takes a night\n- Sponge",
            {"Cold proofing | example of | Slow methods", "Sponge | example of | Slow methods"},
        ),
        (
            "The dough has two parts:\n\n- Starter\n    - Wild yeast\n    - Bacteria\n- Flour mix",
            {"Starter | part of | Dough", "Flour mix | part of | Dough", "Wild yeast | part of | Starter"},
        ),
        ("A fugue has three voices:\n\n- Soprano\n- Alto\n- Bass", {"Alto | part of | Fugue"}),
        ("Money takes two forms:\n\n- Coins\n- Notes: paper that promises", {"Coins | part of | Money"}),
        (
            "A relay is a switch that a current moves. It has two circuits:\n\n- Coil circuit\n- Load circuit",
            {"Coil circuit | part of | Relay"},
        ),
        (
            "DAgger builds on cloning. Each round has two steps:\n\n1. Run it\n2. Ask for labels",
            {"Run it | part of | DAgger"},
        ),
    ],
)
def test_lists_keep_their_hierarchy(text: str, edges: set[str]) -> None:
    assert edges <= said(text)


@pytest.mark.parametrize(
    "text", ["Features:\n\n- Fast\n- Small", "Note:\n\n- bring shoes\n- be early", "Useful links:\n\n- a\n- b"]
)
def test_a_list_below_no_name_holds_nothing(text: str) -> None:
    assert said(text) == set()


@pytest.mark.parametrize(
    ("item", "edges"),
    [
        ("Gluten (Day 2) and the strength of a slow dough", {"Gluten | about | Strength of a slow dough"}),
        ("Privileged data as a crutch", {"Day 9 | about | Privileged data"}),
        ("The link between walking and the iamb", {"Walking | about | Iamb"}),
        (
            "Breath (Days 4-5) as the measure of a line",
            {"Breath | introduced on | Day 4", "Breath | introduced on | Day 5"},
        ),
        ("Can stiffness (Day 8) hurt?", {"Stiffness | introduced on | Day 8"}),
    ],
)
def test_a_thread_gives_its_names_without_their_days(item: str, edges: set[str]) -> None:
    text = f"**Key threads:**\n\n- {item}"
    assert edges <= said(text)
    assert not any("(day" in label.lower() for label in labels(text) if not label.endswith("?"))


@pytest.mark.parametrize(
    ("text", "about"),
    [
        ("Rising speed doubles with warmth:\n\n$$v = 2^{T/10}$$", "Rising speed"),
        ("Parallax is a shift. It needs geometry only:\n\n$$d = \\frac{1}{p}$$", "Parallax"),
        ("The quantity theory states that prices follow money:\n\n$$M V = P Y$$", "Quantity theory"),
        ("Domain randomisation trains one policy over many worlds:\n\n$$\\max_\\theta E[J]$$", "Domain randomisation"),
    ],
)
def test_a_formula_behind_a_colon_is_a_claim_about_its_subject(text: str, about: str) -> None:
    found = document(text)
    (formula,) = [node for node in found.nodes if node.formula]
    names = {node.id: node.label for node in found.nodes}
    assert formula.kind == "Claim"
    assert about in {names[edge.target] for edge in found.edges if edge.source == formula.id}


@pytest.mark.parametrize(
    ("text", "label", "other"),
    [
        ("Photosynthesis is a process that turns light into sugar.", "Photosynthesis", None),
        ("A levee is a bank of earth beside a river.", "Levee", None),
        ("Gluten, also called wheat protein, is a network that holds gas.", "Gluten", "Wheat protein"),
        ("Bank money (also known as deposits) is a promise of a bank.", "Bank money", "Deposits"),
    ],
)
def test_a_definition_gives_text_and_other_names(text: str, label: str, other: str | None) -> None:
    (node,) = [node for node in document(text).nodes if node.label == label]
    assert node.text == text
    assert other is None or other in node.aliases


@pytest.mark.parametrize(
    "text", ["It is a pity that rain fell.", "This is a test of nerves.", "There is a way out of it."]
)
def test_what_defines_nothing_names_nothing(text: str) -> None:
    assert labels(text) == set()


@pytest.mark.parametrize(
    ("text", "edges"),
    [
        (
            "Western currents are narrow and fast. Examples include the Gulf Stream and the Kuroshio.",
            {"Gulf Stream | example of | Western currents", "Kuroshio | example of | Western currents"},
        ),
        ("Transport requires two ingredients:\n\n- Wind\n- Spin", {"Transport | requires | Wind"}),
        (
            "If winds grow stronger, then:\n\n- upwelling increases",
            {"Winds grow stronger | leads to | Upwelling increases"},
        ),
        ("On Day 7 we derived the law of areas.", {"Law of areas | introduced on | Day 7"}),
        ("To think over: Is a gyre a machine? Could it stall?", {"Day 9 | asks | Could it stall?"}),
        ("Threads: heat (Day 5), salt, and the fate of ice.", {"Heat | introduced on | Day 5", "Day 9 | about | Salt"}),
        ("Its slope is called the pitch.", set()),
    ],
)
def test_other_turns_are_read_as_they_are_meant(text: str, edges: set[str]) -> None:
    assert edges <= said(text)


def test_all_sentences_behind_a_core_claim_are_claims_unless_they_speak_of_it() -> None:
    read = "Read The Slow Lesson.\n\nThe slow lesson is old.\n\n"
    found = said(f"{read}Core claim: Slow bread wins in the end. Fast bread always loses to slow bread.")
    assert {"Slow bread wins in the end | part of | The Slow Lesson"} <= found
    assert {"Fast bread always loses to slow bread | part of | The Slow Lesson"} <= found
    assert not any(
        "Support for this" in one for one in labels(f"{read}Core claim: Slow bread wins. Support for this is thin.")
    )
