"""Words that add nothing to a question, or say of its answer what can be checked: read where that is so, only there."""

from collections.abc import Iterator
from pathlib import Path

import pytest

import conceptmap
from conceptmap.ask.asking import ask
from conceptmap.ask.mistyping import mistyped
from conceptmap.atlas import open_atlas
from graphs.view import View

MUSIC = {
    1: "# Notes\n\n## Note\nOne sound.\n\n- minutes:: 20\n\n## Rest\nNo sound.\n",
    2: "# Chords\n\n## Chord\nSounds at once.\n\n- minutes:: 45\n- requires:: [[Note]]\n\n"
    "## Cadence\nChords that close.\n\n- minutes:: 30\n- requires:: [[Chord]]\n",
    3: "# Forms\n\n## Sonata\nA long form.\n\n- minutes:: 60\n- requires:: [[Cadence]]\n",
}


TRIPS = """---
day: 1
---
# Trips

## Sailing
By wind.

## Storm
Too much of it.

- alias:: Storms
- part of:: [[Sailing]]

## Harbour
Where it ends.

- part of:: [[Sailing]]

## Claim: Storms make a trip slow
- about:: [[Storm]]

## Claim: Sailing is attractive all the same
- about:: [[Sailing]]

Evidence:

- The wind costs nothing
"""


@pytest.fixture(scope="module")
def views(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, View]]:
    music = tmp_path_factory.mktemp("music")
    for day, text in MUSIC.items():
        (music / f"day-0{day}.md").write_text(f"---\nday: {day}\n---\n{text}", encoding="utf-8")
    trips = tmp_path_factory.mktemp("trips")
    (trips / "day-01.md").write_text(TRIPS, encoding="utf-8")
    folders = {
        "trips": trips,
        "robots": Path(conceptmap.__file__).parent / "course",
        "bread": Path(__file__).parent / "courses" / "bread",
        "music": music,
    }
    with open_atlas("sqlite://") as atlas:
        for name, folder in folders.items():
            atlas[name].load(folder)
        yield {name: atlas[name].view() for name in folders}


def answers(views: dict[str, View], course: str, question: str) -> list[str]:
    reply = ask(views[course], question)
    assert reply.status == "answered", reply.sentence
    return [one.label for one in reply.answers]


SAME = [
    # How many there are.
    ("bread", "which two methods replace hand kneading?", "which methods replace hand kneading?"),
    ("bread", "what are the 2 parts of fermentation?", "what are the parts of fermentation?"),
    ("robots", "On which two statements does the synthesis rest?", "what supports the synthesis?"),
    ("robots", "which claims back the synthesis about compression efficiency?", "which claims back the synthesis?"),
    # What the relation says anyway.
    ("bread", "which newer methods replace hand kneading?", "which methods replace hand kneading?"),
    ("robots", "which older methods did transformers + scale replace?", "what did transformers + scale replace?"),
    ("robots", "on which earlier statements does the synthesis rest?", "what supports the synthesis?"),
    # The time to learn a thing.
    ("music", "which topic takes the longest to learn?", "which topic takes the longest?"),
    ("music", "how long does it take to learn the chord?", "how long does the chord take?"),
    ("music", "Which takes longer to get through, cadence or chord?", "which takes longer, cadence or chord?"),
    # Tails, light verbs, question words at the end.
    ("bread", "which claims have no evidence to back them up?", "which claims have no evidence?"),
    ("bread", "which claims have nothing to support them?", "which claims have no evidence?"),
    ("bread", "which claims have nothing against them?", "which claims have no objections?"),
    ("bread", "what do I need in order to carry out shaping?", "what does shaping require?"),
    ("bread", "what do we get out of steam?", "what does steam lead to?"),
    ("bread", "stretch and fold is instead of what?", "what does stretch and fold replace?"),
    ("bread", "steam leads to what and comes from what?", "what does steam lead to, and what leads to steam?"),
    ("bread", "what does using steam lead to?", "what does steam lead to?"),
    ("bread", "what does steam lead to, in the right order?", "what does steam lead to, step by step?"),
    ("bread", "Two things: what leads to steam, and what does it need?", "what leads to steam, and what does it need?"),
    ("robots", "On which two statements of earlier days does the synthesis rest?", "what supports the synthesis?"),
    ("bread", "for what reasons does slow dough taste better?", "why does slow dough taste better?"),
    ("bread", "what has caused steam?", "what leads to steam?"),
    ("bread", "what has replaced the steam pan?", "what replaces the steam pan?"),
    ("robots", "how does one get from more compute to fewer bits?", "how do you get from more compute to fewer bits?"),
    # One letter is mistyped.
    ("bread", "whcih methods replace hand kneading?", "which methods replace hand kneading?"),
    ("bread", "what do I need befor shaping?", "what do I need before shaping?"),
    ("bread", "what came up betwen day 2 and day 4?", "what came up between day 2 and day 4?"),
    ("bread", "what shoud I know before shaping?", "what should I know before shaping?"),
]  # fmt: skip


@pytest.mark.parametrize(("course", "worded", "plain"), SAME)
def test_what_adds_nothing_is_answered_as_without_it(
    views: dict[str, View], course: str, worded: str, plain: str
) -> None:
    assert answers(views, course, worded) == answers(views, course, plain)


@pytest.mark.parametrize(
    ("course", "question"),
    [
        ("bread", "which three methods replace hand kneading?"),
        ("bread", "what are the four parts of fermentation?"),
        ("bread", "which older methods replace hand kneading?"),
        ("bread", "which good methods replace hand kneading?"),
        ("robots", "which newer methods were replaced by transformers + scale?"),
        ("robots", "which claims back the synthesis about robotics?"),
        ("music", "which earlier topics require the note?"),
        ("music", "which topic takes the longest to forget?"),
        ("music", "how long does it take to learn the rest?"),
        ("bread", "which method takes the longest to learn?"),
        ("bread", "how long does it take to learn cold retarding?"),
        ("bread", "which claims have no evidence from France to back them up?"),
        ("bread", "what do I need to stop shaping?"),
        ("bread", "what do we get out of steam in cakes?"),
        ("bread", "wheat replaces hand kneading"),
        ("bread", "what does using less steam lead to?"),
        ("bread", "what does having no steam lead to?"),
        ("bread", "what does getting rid of steam lead to?"),
        ("bread", "what does steam lead to, in order of importance?"),
        ("bread", "what has replaced stretch and fold?"),
        ("robots", "On which two statements of later days does the synthesis rest?"),
        ("robots", "Two things about finance: what supports the bitter lesson, and what opposes it?"),
        ("trips", "why is sailing attractive in spite of the price?"),
        ("trips", "why is sailing attractive although the price exists?"),
        ("trips", "why is sailing cheap in spite of the storms?"),
    ],
)
def test_what_adds_something_is_not_passed_over(views: dict[str, View], course: str, question: str) -> None:
    assert ask(views[course], question).status != "answered"


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("does the sonata require the note?", "yes"),
        ("does the sonata require the note, even indirectly?", "yes"),
        ("does the sonata, directly or indirectly, require the note?", "yes"),
        ("does the sonata directly require the note?", "no"),
        ("does the sonata require the note in one step?", "no"),
        ("does the sonata directly require the cadence?", "yes"),
        ("does the note require the sonata, even indirectly?", "no"),
    ],
)
def test_a_chain_answers_unless_one_step_is_asked_for(views: dict[str, View], question: str, verdict: str) -> None:
    assert ask(views["music"], question).verdict == verdict


def test_a_no_to_one_step_tells_the_way(views: dict[str, View]) -> None:
    reply = ask(views["music"], "does the sonata directly require the note?")
    assert reply.sentence == "No: Sonata requires Note only by way of Cadence and Chord."
    assert reply.answers[0].cites


def test_what_is_so_in_spite_of_something_has_the_same_reasons(views: dict[str, View]) -> None:
    for question in ("why is sailing attractive in spite of the storms?", "why is sailing tempting despite the storm?"):
        assert answers(views, "trips", question) == ["The wind costs nothing"]


def test_no_slip_of_a_word_is_another_word() -> None:
    others = "trough sine otter lest these wile here were heat expect cold alter aster untie wheat witch quiet form"
    assert mistyped().keys().isdisjoint(others.split())
    assert mistyped()["befor"] == "before"
