"""Lists with conditions: relative clauses, participles, phrases and appositions restrict what is asked for."""

from collections.abc import Iterator

import pytest

from conceptmap import open_atlas
from conceptmap.ask import ask as ask_with_offers
from graphs.view import View

NOTES = {
    1: """# Day 1: The pond

## Reed
- minutes:: 20
- has part:: [[Rhizome]], [[Blade]]
- flowering:: July

## Rhizome
- where:: in the mud

## Blade

## Sedge
- minutes:: 50
- flowering:: May
- requires:: [[Reed]]

## Willow
- minutes:: 45
- requires:: [[Reed]], [[Sedge]]

## Method: Scything
- trait:: by hand
- trait:: slow

## Method: Dredging
- trait:: noisy
- replaces:: [[Scything]]
""",
    2: """# Day 2: Who lives there

## Method: Netting
- trait:: by hand
- trait:: gentle
- replaces:: [[Dredging]]

## Claim: Reed keeps water clean
- about:: [[Reed]]

## Claim: Dredging harms newts
- about:: [[Dredging]]

## Evidence: Ponds with reed had half the algae
- domain:: Field study
- supports:: [[Reed keeps water clean]]
- cites:: [[Marsh 1999]]

## Evidence: Children saw no fish where reed grew
- domain:: School
- supports:: [[Reed keeps water clean]]
- cites:: [[Marsh 1999]]

## Evidence: Newts fell by a third after dredging
- domain:: Field study
- supports:: [[Dredging harms newts]]
- cites:: [[Hale 2004]]

## Source: Marsh 1999

## Source: Hale 2004
""",
    3: """# Day 3: Later

## Method: Planting
- trait:: gentle

## Claim: Willows drink a pond dry
""",
}


@pytest.fixture(scope="module")
def view(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    folder = tmp_path_factory.mktemp("pond")
    for day, text in NOTES.items():
        (folder / f"day-{day}.md").write_text(text)
    with open_atlas("sqlite://") as atlas:
        atlas["pond"].load(folder)
        yield atlas["pond"].view()


@pytest.mark.parametrize(
    ("question", "labels"),
    [
        ("show me everything that takes more than 40 minutes", {"Sedge", "Willow"}),
        ("which topics are planned with 20 minutes?", {"Reed"}),
        ("which topics can be done in 45 minutes or less?", {"Reed", "Willow"}),
        ("topics over 45 min", {"Sedge"}),
        ("parts of reed where I wrote down a place", {"Rhizome"}),
        ("parts of the reed for which no place is given", {"Blade"}),
        ("everything whose flowering is in May", {"Sedge"}),
        ("methods I do by hand", {"Scything", "Netting"}),
        ("methods done by hand that came up after day 1", {"Netting"}),
        ("which of the methods did I call gentle?", {"Netting", "Planting"}),
        ("gentle methods, not by-hand ones", {"Planting"}),
        ("which sources are cited by more than one piece of evidence?", {"Marsh 1999"}),
        ("sources that exactly one piece of evidence cites", None),
        ("claims with at least two pieces of evidence", {"Reed keeps water clean"}),
        ("which claims are supported by evidence from a school?", {"Reed keeps water clean"}),
        ("claims supported by evidence that cites Hale 2004", {"Dredging harms newts"}),
        ("which methods replaced something noisy?", {"Netting"}),
        ("topics that require reed and take less than 50 minutes", {"Willow"}),
        ("topics that neither sedge nor willow requires", {"Rhizome", "Blade", "Willow"}),
        ("which claims of day 2 are about dredging?", {"Dredging harms newts"}),
        ("evidence for reed keeps water clean that comes from the field study", {"Ponds with reed had half the algae"}),
        ("how many topics take more than 30 minutes?", {"2"}),
        ("topics that take more than three quarters of an hour", {"Sedge"}),
        ("for which parts of reed is no place given?", None),
        ("for which topics has no number of minutes been set down?", {"Rhizome", "Blade"}),
        ("methods that replaced something older", {"Dredging", "Netting"}),
        ("which topics take 20 or 50 minutes?", {"Reed", "Sedge"}),
        ("My boots are wet. Which topics take less than 40 minutes?", {"Reed"}),
        ("gentle methods rather than by-hand ones", {"Planting"}),
        ("which claims have to do with dredging?", {"Dredging harms newts"}),
        ("methods that somebody does by hand and that replaced something", {"Netting"}),
        ("claims that came up after day 1 and before day 3", {"Reed keeps water clean", "Dredging harms newts"}),
        ("parts of the reed without the muddy one", None),
        # What is not said, or is said of others, is never left out.
        ("show me everything that takes more than 40 euros", None),
        ("everything that takes more than 40 minutes of patience", None),
        ("which topics can be forgotten in 45 minutes or less?", None),
        ("topics where my sister wrote down a place", None),
        ("parts of reed where I wrote down a price", None),
        ("parts of reed that rot", None),
        ("which birds flower in May?", None),
        ("methods I do by foot", None),
        ("which methods are almost gentle?", None),
        ("methods that were gentle before the war", None),
        ("which sources are wrongly cited by more than one piece of evidence?", None),
        ("which sources are cited by more than nine pieces of evidence?", None),
        ("which claims are supported by evidence from a laboratory?", None),
        ("claims supported by evidence that cites Marsh 1999 in vain", None),
        ("which methods replaced something made of steel?", None),
        ("methods that replaced something younger", None),
        ("It must be cheap. Which topics take less than 40 minutes?", None),
        ("which topics take 20 friends or 50 minutes?", None),
        ("which claims have to do with elephants?", None),
        ("which ponds have minutes?", None),
        ("methods that are not only gentle", None),
        ("topics that take more than three quarters of a pound", None),
        ("parts of reed without the tasty one", None),
        ("things that require something with a place", None),
        ("topics that require reed and take less than 50 euros", None),
    ],
)
def test_all_conditions_hold_or_the_question_is_not_read(view: View, question: str, labels: set[str] | None) -> None:
    reply = ask_with_offers(view, question, offering=False)
    assert ({one.label for one in reply.answers} or None) == labels, reply.sentence


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("are there any topics that take more than 45 minutes?", "yes"),
        ("do any topics take more than two hours?", None),
        ("are any methods gentle?", "yes"),
        ("are any methods cruel?", None),
        ("do any claims have no evidence?", "yes"),
        ("are there any gentle methods for giants?", None),
    ],
)
def test_whether_there_is_any_is_answered_by_what_there_is(view: View, question: str, verdict: str | None) -> None:
    reply = ask_with_offers(view, question, offering=False)
    assert reply.verdict == verdict, reply.sentence
