"""Rules of names: what is called by two names, by one that nobody defines, by a misspelt or by a long one."""

from collections.abc import Iterator

from conceptmap.alike import alike, merge_command
from conceptmap.coach.advice import heading_below, renamed
from conceptmap.coach.check import Rule, Spot
from conceptmap.coach.survey import Survey, called
from conceptmap.notes.outline.syntax import Grammar
from graphs.view import FoldedNode
from ontology.hints import meant, misspelt
from ontology.names import name_key
from ontology.terms import CLAIM, CONCEPT, DAY, EVIDENCE, METHOD, QUESTION, UNIT

MOST_WORDS = 9
"""Words of a concept's name: Novak and Cañas ask for a word or two; names that texts are searched for have no more."""
MOST_WORDS_OF_CLAIM = 25
"""Words of a claim, which is a sentence: with more it is two."""


def _alike(survey: Survey) -> Iterator[Spot]:
    """Pairs of nodes that may be one."""
    for one, other in alike(survey.view):
        what = f"{called(one)} and {called(other)} may be one: {merge_command(survey.view, one, other)}"
        yield Spot(one.id, what, (*survey.cite(one.id), *survey.cite(other.id)), weight=_said(one, other))


def _said(*nodes: FoldedNode) -> int:
    """How many of some nodes an author defined."""
    return sum(node.defined and not node.is_derived for node in nodes)


def _undefined(survey: Survey) -> Iterator[Spot]:
    """Nodes that are only mentioned, and the name that perhaps was meant."""
    known = {name_key(name): name for node in survey.nodes.values() if node.defined for name in node.names}
    for node in survey.nodes.values():
        if not node.defined and node.kind not in (DAY, UNIT):
            near = meant([known[key] for key in misspelt(name_key(node.label), known)])
            what = f"{called(node)} is used, but no note defines it"
            cites = survey.cite(node.id)
            kind = "" if node.kind == CONCEPT else f"{node.kind}: "
            advice = None if near else heading_below(cites[0], f"## {kind}{node.label}")
            yield Spot(node.id, f"{what}; {near}" if near else what, cites, advice, weight=survey.joins(node.id))


def _misspelt(survey: Survey) -> Iterator[Spot]:
    """Words before a colon that are nearly a kind, and keys of data that are nearly a relation."""
    grammar = Grammar(survey.view.vocabulary)
    relations = {name_key(name): name for name in survey.view.vocabulary.direction_names}
    for node in survey.nodes.values():
        prefix, colon, _ = node.label.partition(":")
        if colon and (near := grammar.near_kind(prefix)):
            yield Spot(node.id, f"{prefix!r} of {called(node)} is no kind; {near}", survey.cite(node.id))
        for key in node.data:
            if near := meant([relations[one] for one in misspelt(name_key(key), relations)]):
                yield Spot(node.id, f"{key!r} of {called(node)} is no relation; {near}", survey.cite(node.id))


def _long_labels(survey: Survey) -> Iterator[Spot]:
    """Names of concepts that are sentences, and claims that are two."""
    for kinds, most in (((CONCEPT, METHOD), MOST_WORDS), ((CLAIM, EVIDENCE), MOST_WORDS_OF_CLAIM)):
        for node in survey.of_kind(*kinds):
            if (words := len(node.label.split())) > most:
                cite = survey.cite(node.id)[0]
                short = f"## {'' if node.kind == CONCEPT else f'{node.kind}: '}A short name {{#{node.id}}}"
                advice = renamed(cite, short)
                what = f"{called(node)} has {words} words; a name of at most {most} can be read on the map"
                yield Spot(node.id, what, (cite,), advice, weight=words / most)


def _two_in_one(survey: Survey) -> Iterator[Spot]:
    """Concepts of which each half of the name is a name by itself."""
    names = {name_key(name) for node in survey.nodes.values() for name in node.names}
    for node in survey.of_kind(CONCEPT, METHOD):
        halves = [half.strip() for half in node.label.split("/")]
        if len(halves) > 1 and all(name_key(half) in names for half in halves):
            cite = survey.cite(node.id)[0]
            text = "\n".join(f"## {half}" for half in halves)
            advice = renamed(cite, text)
            yield Spot(node.id, f"{called(node)} is {len(halves)} ideas under one name", (cite,), advice)


def _claims_that_ask(survey: Survey) -> Iterator[Spot]:
    """Claims and pieces of evidence that end with a question mark."""
    for node in survey.of_kind(CLAIM, EVIDENCE):
        if node.label.rstrip().endswith("?"):
            cite = survey.cite(node.id)[0]
            asked = f"## {QUESTION}: {node.label}"
            advice = renamed(cite, asked)
            what = f"{called(node)} asks, and is kept as {node.kind}: what asks claims nothing"
            yield Spot(node.id, what, (cite,), advice)


_NOVAK = "Novak and Cañas 2006, IHMC TR 2006-01"

ALIKE = Rule("alike", "note", "Two nodes that may be one are one, or are told apart.", _alike)
UNDEFINED = Rule("undefined", "warning", "A name that is used is defined in some note.", _undefined)
MISSPELT = Rule("misspelt", "warning", "Words that are nearly a kind or a relation are spelt like it.", _misspelt)
LONG_LABEL = Rule(
    "long-label", "note", "A concept is called by a few words, a claim is one sentence.", _long_labels, _NOVAK
)
TWO_IN_ONE = Rule("two-in-one", "note", "A name stands for one idea.", _two_in_one, _NOVAK)
CLAIM_THAT_ASKS = Rule(
    "claim-that-asks", "warning", "What asks is a question, no claim and no evidence.", _claims_that_ask
)
