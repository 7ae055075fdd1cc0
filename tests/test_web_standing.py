"""How claims stand, on the page: a sentence on the card, what weighs, what would fall, and the list of all claims."""

import re
from collections.abc import Iterator

import pytest

from api.web import standing
from conceptmap.notes import NoteFile
from services import Served, served

PAGE = "/maps/bees/page"
FIRST = """---
title: Why the bees died
course: bees
---
## Claim: The cold killed the hive {#cold}
- Evidence: Frost came in the night {#frost}
  - supports:: [[cold]]

## Claim: The keeper must insulate {#insulate}
- is supported by:: [[cold]]

## Claim: The moon was full {#moon}

## Concept: The hive
"""
SECOND = """---
title: A warm hive
course: bees
---
## Evidence: The hive was warm inside {#warm}
- opposes:: [[cold]]

## Question: Was it cold at all? {#question}
- opposes:: [[cold]]
"""


@pytest.fixture(scope="module")
def bees() -> Iterator[Served]:
    with served() as service:
        notes = [NoteFile("day-01.md", FIRST.encode()), NoteFile("day-02.md", SECOND.encode())]
        service.atlas["bees"].load_notes(notes)
        yield service


def words(bees: Served, path: str) -> str:
    """The words of a page, without its tags."""
    answer = bees.get(f"{PAGE}{path}", headers={"Accept": "text/html"})
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.text).split())


def test_a_card_says_first_in_a_sentence_how_a_claim_stands(bees: Served) -> None:
    card = words(bees, "?focus=cold")
    assert "Contested : one for, one against; one is only asked and does not count." in card
    for said in ("For", "Against", "Only asked, not counted", "itself 0.50 (assumed)", "In numbers: DF-QuAD 0.50"):
        assert said in card
    assert card.index("Contested") < card.index("In numbers")
    assert "Held up : one for, none against." in words(bees, "?focus=cold&as_of=1")
    assert "Not discussed : nothing for or against it." in words(bees, "?focus=moon")


def test_the_card_of_what_nobody_weighs_says_nothing_of_it(bees: Served) -> None:
    assert "How it stands" not in bees.get(f"{PAGE}?focus=the-hive").text


def test_the_page_of_a_claim_tells_what_would_fall_with_it_and_how_it_came(bees: Served) -> None:
    page = words(bees, "/claim?focus=cold")
    assert "Contested means that about as much speaks against it as for it." in page
    assert "The keeper must insulate falls: it loses all its support" in page
    assert page.index("new: is opposed by The hive was warm inside") < page.index("new: is supported by Frost came")
    assert "It loses all its support if this falls: “Frost came in the night”." in page


def test_the_list_has_all_claims_those_to_look_at_first(bees: Served) -> None:
    page = words(bees, "/claims")
    assert "2 claims have something for or against them, 1 has nothing." in page
    assert (
        page.index("The cold killed the hive")
        < page.index("The keeper must insulate")
        < page.index("The moon was full")
    )
    assert "falls with 1 thing." in page


def test_a_map_without_claims_says_how_they_come(bees: Served) -> None:
    bees.atlas["empty"].load_notes([NoteFile("day-01.md", b"# Day 1\n\n## Yeast\nA fungus.\n- kind:: Concept\n")])
    assert "Nothing in the map speaks for or against a claim yet" in bees.get("/maps/empty/page/claims").text


def test_the_card_of_a_large_map_leads_to_the_page_that_weighs(bees: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(standing, "MOST_WEIGHED", 2)
    card = bees.get(f"{PAGE}?focus=insulate").text
    assert "page/claim?focus=insulate" in card and "Held up" not in card


def test_a_claim_that_is_not_there_is_told(bees: Served) -> None:
    for path in ("/claim", "/claim?focus=nobody"):
        answer = bees.get(f"{PAGE}{path}", headers={"Accept": "text/html"})
        assert answer.status_code == 404
