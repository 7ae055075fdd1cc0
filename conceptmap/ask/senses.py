"""Senses: words of general English that say the same, so that what a text says may be asked for in other words.

They never lead to an answer by themselves: they only tell that a word of a question is said by a node whose own words
say all others too. Words stand here that say the same in most texts; what is the same in one trade is for aliases.
"""

from collections import defaultdict
from collections.abc import Mapping, Set
from functools import lru_cache

from conceptmap.ask.thesaurus import senses
from graphs.words import stem

SENSES = """
done ready finished complete completed
beat beaten defeat surpass outdo outperform overtake thrash exceed
earlier before previous previously prior former formerly older preceding
fast faster quick quicker rapid speedy speedup speed
suggest suggested propose proposed
look check examine inspect
lift remove removed extract withdraw
contested disputed
undamaged unbroken intact unharmed uninjured
kill destroy exterminate
reach reached attain achieve accomplish
build built construct make made
forbid forbidden ban banned prohibit prohibited bar barred disallow
allow allowed permit permitted may
photo picture image photograph
doctor physician
wage salary pay
grow growth grew increase rise rose
teach taught teacher train trained
bread loaf loaves
nearly almost
ask asked enquire
eat ate eaten consume
live lived dwell reside
win won victory
success successful succeed succeeded successfully
lose lost defeat
world globe earth
sea ocean
way journey trip travel crossing cross
ship vessel boat
street road
stone rock
tired weary weariness
exam examination test
"""
"""Words of one sense on a line each, beside those of the thesaurus; a word may have several."""

ASPECTS = {
    "shelf": "keep keeps good fresh stale spoil mouldy edible off bad last",
    "life": "keep keeps good fresh stale spoil mouldy edible off bad last",
    "keeps": "good fresh stale spoil mouldy edible off bad last shelf life",
    "rising": "rise proof prove ferment",
    "baking": "oven bake",
    "effort": "work pitch help trouble labour toil",
    "season": "bloom flower blossom ripe ripen harvest pick",
    "done": "ready pull finished",
    "price": "buy bought",
    "soldiers": "men troops",
}
"""What fields are called, and words with which their values are asked for."""

PEOPLE = """
man woman person people folk child boy girl baby adult human guest visitor citizen soldier freedman slave worker farmer
teacher pupil student learner scholar player singer dancer painter writer author reader listener speaker actor artist
musician composer poet king queen emperor prince princess consul senator general officer captain sailor trooper guard
policeman fireman doctor nurse patient lawyer judge priest monk nun baker butcher cook chef miller smith carpenter
mason builder engineer scientist researcher inventor merchant trader customer client buyer seller dealer driver pilot
passenger traveller tourist voter member delegate minister president leader ruler servant colleague friend enemy ally
neighbour parent mother father son daughter brother sister wife husband family tribe crowd team crew settler colonist
refugee prisoner rebel veteran recruit volunteer expert champion winner loser rival opponent hunter fisherman shepherd
beekeeper gardener participant subject respondent interviewee viewer user employee employer boss official clerk
porter waiter rower runner swimmer climber walker owner holder founder keeper maker helper diver fisher
philosopher historian mathematician physicist chemist biologist economist psychologist
"""
"""Nouns of people."""
ANYBODY = frozenset(map(stem, "man men people person persons folk folks human humans head heads".split()))
"""Stems of nouns for whatever people."""


@lru_cache(maxsize=1)
def people() -> frozenset[str]:
    """The stems of nouns of people."""
    return frozenset(map(stem, PEOPLE.split()))


@lru_cache(maxsize=1)
def _senses() -> Mapping[str, frozenset[str]]:
    alike: dict[str, set[str]] = defaultdict(set)
    for line in SENSES.strip().splitlines():
        roots = set(map(stem, line.split()))
        for root in roots:
            alike[root] |= roots
    return {root: frozenset(others) for root, others in alike.items()}


@lru_cache(maxsize=10_000)
def same_sense(root: str) -> frozenset[str]:
    """The stems of the words that say the same as the word of a stem, with it, by the thesaurus too."""
    general = senses()
    alike = (general.words(one) for one in general.of([root]))
    return frozenset([root]).union(_senses().get(root, ()), *alike)


def is_said(root: str, said: Set[str]) -> bool:
    """Whether some words (by their stems) say what the word of a stem says."""
    return root in said or not said.isdisjoint(same_sense(root))


@lru_cache(maxsize=1)
def _aspects() -> Mapping[str, frozenset[str]]:
    return {stem(noun): frozenset(map(stem, words.split())) for noun, words in ASPECTS.items()}


def asked_by(field_roots: Set[str]) -> frozenset[str]:
    """The stems of the words with which the values of a field are asked for, whose name has these stems."""
    return frozenset().union(*(_aspects().get(root, frozenset()) for root in field_roots))
