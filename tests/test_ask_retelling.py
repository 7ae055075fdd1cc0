"""A node that a question names in other words than its name has, and what only sounds like it."""

from collections.abc import Iterator

import pytest

from conceptmap import open_atlas
from conceptmap.ask import Answer
from conceptmap.ask import ask as ask_with_offers
from conceptmap.ask.sameness import denies, is_turned
from conceptmap.ask.thesaurus import senses
from graphs.view import View
from graphs.words import akin

NOTE = """# Day 1: Canals

## Claim: Locks made the valley towns rich

## Evidence: Tolls tripled within ten years
- supports:: [[Locks made the valley towns rich]]

## Evidence: Two of the towns went bankrupt
- opposes:: [[Locks made the valley towns rich]]

## Claim: Barges outdo carts on flat land

## Evidence: One horse pulled thirty tons on water
- supports:: [[Barges outdo carts on flat land]]

## Claim: The quickest route is not the shortest route

## Evidence: Boatmen went round by the lake
- supports:: [[The quickest route is not the shortest route]]

## Claim: The damage of ice accumulates over the winters

## Evidence: Every spring more gates leaked
- supports:: [[The damage of ice accumulates over the winters]]

## Claim: Unattended locks decay within a generation

## Evidence: The northern locks fell in
- supports:: [[Unattended locks decay within a generation]]

## Claim: Loading sacks in bundles works better than loading one sack at a time

## Evidence: The mill emptied its store in a morning
- supports:: [[Loading sacks in bundles works better than loading one sack at a time]]

## Claim: With frozen locks the valley starves

## Evidence: Bread ran out in the long winter
- supports:: [[With frozen locks the valley starves]]

## Evidence: Mills stood still
- supports:: [[With frozen locks the valley starves]]

## Concept: Higher water level
- leads to:: [[Stronger current]]

## Concept: Stronger current

## Concept: Dredging
- leads to:: [[Deeper channel]]

## Concept: Deeper channel
- leads to:: [[Lost cargo]]

## Concept: Lost cargo
"""
STARVES, LEAKS = "Bread ran out in the long winter", "Every spring more gates leaked"


@pytest.fixture(scope="module")
def canals(tmp_path_factory: pytest.TempPathFactory) -> Iterator[View]:
    folder = tmp_path_factory.mktemp("canals")
    (folder / "day-01.md").write_text(NOTE, encoding="utf-8")
    with open_atlas("sqlite://") as atlas:
        atlas["canals"].load(folder)
        yield atlas["canals"].view()


def ask(view: View, question: str) -> Answer:
    return ask_with_offers(view, question, offering=False)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("what backs up the idea that locks made the towns of the valley wealthy?", "Tolls tripled within ten years"),
        ("is there anything against locks having made the valley towns affluent?", "Two of the towns went bankrupt"),
        ("why is a barge better than a cart on flat land?", "One horse pulled thirty tons on water"),
        ("why do carts get beaten by barges on the flat?", "One horse pulled thirty tons on water"),
        ("what supports that the fastest route isn't the shortest one?", "Boatmen went round by the lake"),
        ("which evidence shows that ice damage piles up over the winters?", "Every spring more gates leaked"),
        ("what speaks for the view that locks that nobody attends decay?", "The northern locks fell in"),
        ("why does loading sacks in bundles beat loading them singly?", "The mill emptied its store in a morning"),
        ("what happens when I turn the water level up?", "Stronger current"),
        ("suppose the water level rises, what follows?", "Stronger current"),
        ("what do we get when we dredge?", "Deeper channel"),
        ("if I make the channel deeper what happens?", "Lost cargo"),
        ("you get the channel deeper and then what?", "Lost cargo"),
        ("what makes people get the channel deeper?", "Dredging"),
        ("what supports the claim that with frozen locks the valley starves, apart from Mills stood still?", STARVES),
        ("what do people give as reasons for the damage of ice accumulates over the winters?", LEAKS),
        ("what reasons do people give for the damage of ice accumulates over the winters?", LEAKS),
        ("what evidence is there for loading sacks in bundles?", "The mill emptied its store in a morning"),
        ("please give the reasons for which unattended locks decay", "The northern locks fell in"),
        ("how come people say that locks left unattended will decay?", "The northern locks fell in"),
    ],
)
def test_a_node_is_known_in_other_words(canals: View, question: str, answer: str) -> None:
    assert [one.label for one in ask(canals, question).answers] == [answer]


@pytest.mark.parametrize(
    "question",
    [
        "what backs up the idea that locks made the valley towns poor?",
        "what backs up the idea that roads made the valley towns wealthy?",
        "what backs up the idea that locks made the valley farms wealthy?",
        "what backs up the idea that the valley towns made the locks rich?",
        "why is a barge worse than a cart on flat land?",
        "why is a cart better than a barge on flat land?",
        "why is a barge better than a cart on steep land?",
        "why is a barge better than a train on flat land?",
        "what supports that the fastest route is the shortest one?",
        "what supports that the slowest route isn't the shortest one?",
        "which evidence shows that ice damage fades as time goes by?",
        "which evidence shows that flood damage piles up as time goes by?",
        "what speaks for the view that attended locks decay?",
        "why does loading sacks singly beat loading them in bundles?",
        "what happens when I turn the water level down?",
        "what happens when I turn the salt level up?",
        "what happens when we dredge twice a year?",
        "if I make the lake deeper what happens?",
        "if I make the channel wider what happens?",
        "if I make the channel much deeper what happens?",
        "what makes fishermen get the channel deeper?",
        "what supports the claim that without frozen locks the valley starves?",
        "what reasons do farmers give for the damage of ice accumulates over the winters?",
        "why do carts outdo barges on flat land?",
        "why does a cart beat barges?",
        "why do two unattended locks decay?",
        "what supports that locks decay within a generation?",
        "what supports that the valley towns are rich?",
        "why do locks decay?",
        "what shows that sacks work better?",
        "what evidence is there for loading sacks in barges?",
        "why does ice grow over the winters?",
        "what supports that barges made the valley towns rich?",
    ],
)
def test_what_says_something_else_is_not_answered(canals: View, question: str) -> None:
    assert ask(canals, question).status != "answered"


def test_the_query_is_that_of_the_name(canals: View) -> None:
    told = ask(canals, "what backs up the idea that locks made the valley towns wealthy?")
    named = ask(canals, "what supports 'Locks made the valley towns rich'?")
    assert told.query == named.query


def test_words_of_a_family_begin_alike_and_end_as_words_are_derived() -> None:
    pairs = [("ferment", "fermenter"), ("decis", "decid"), ("plan", "planner"), ("treat", "treatment")]
    assert all(akin(*pair) for pair in pairs)
    assert not any(akin(*pair) for pair in [("corn", "cornet"), ("general", "generat"), ("hope", "hopeless")])


def test_no_sense_is_its_own_opposite() -> None:
    known = senses()
    both = {root for sense in known.numbers for root in set(known.words(sense)) & set(known.words(-sense))}
    assert not both


def test_the_reverse_of_a_name_is_told_from_its_passive() -> None:
    assert is_turned([2, 1, 0], "carts beat barges".split(), "barges beat carts")
    assert not is_turned([2, 1, 0], "carts are beaten by barges".split(), "barges beat carts")
    assert denies("it is not so".split())
    assert not denies("it is not so that nobody came".split())


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("I doubt that barges outdo carts on flat land. What supports it?", "One horse pulled thirty tons on water"),
        (
            "my uncle says that locks made the valley towns rich. what speaks against that?",
            "Two of the towns went bankrupt",
        ),
        ("what could one object to locks making the valley towns rich?", "Two of the towns went bankrupt"),
        ("what hard facts back up that locks made the valley towns rich?", "Tolls tripled within ten years"),
        (
            "on which evidence rests the claim that unattended locks decay within a generation?",
            "The northern locks fell in",
        ),
        ("for which reasons do barges outdo carts on flat land?", "One horse pulled thirty tons on water"),
        ("why do barges outdo carts on flat land despite the current?", "One horse pulled thirty tons on water"),
        ("what speaks for the expectation that unattended locks decay?", "The northern locks fell in"),
        ("what supports that it was locks which made the valley towns rich?", "Tolls tripled within ten years"),
        ("what speaks for whole unattended locks decaying?", "The northern locks fell in"),
        ("what speaks for unattended locks decaying?", "The northern locks fell in"),
        ("what evidence is there for unattended locks?", "The northern locks fell in"),
    ],
)
def test_what_is_doubted_is_read_as_what_it_says(canals: View, question: str, answer: str) -> None:
    assert [one.label for one in ask(canals, question).answers] == [answer]


@pytest.mark.parametrize(
    "question",
    [
        "I doubt that barges outdo carts on steep land. What supports it?",
        "my uncle says that locks made the valley towns poor. what speaks against that?",
        "what hard facts back up that hard locks made the valley towns rich?",
        "on which evidence rests the claim that unattended locks decay within a year?",
        "why do barges outdo carts on flat land for farmers?",
        "what supports that it was the valley towns which made locks rich?",
        "what evidence is there that the quickest route is the shortest route?",
        "what evidence is there that flat land outdoes barges?",
        "what speaks for carts?",
        "why do barges barely outdo carts on flat land?",
        "what evidence is there for unattended barges?",
    ],
)
def test_what_is_doubted_otherwise_is_not_answered(canals: View, question: str) -> None:
    assert ask(canals, question).status != "answered"
