"""Comparisons in words: A versus B, a trade-off between A and B, and X beat Y."""

import re

from conceptmap.notes.lesson.state import Page
from conceptmap.notes.lesson.words import (
    AUXILIARIES,
    FUNCTION_WORDS,
    bracketed,
    instances_in,
    is_name,
    lower_words,
    names_in,
    parted,
    stopped,
    without_article,
    without_brackets,
)
from conceptmap.notes.page.blocks import Line
from conceptmap.notes.rule_classes import CONTRAST, EXAMPLES, PREDICTION, VERSUS, VICTORY
from ontology.terms import ABOUT, CONCEPT, CONTRASTS_WITH, EXAMPLE_OF, METHOD, PART_OF

_VERSUS = re.compile(r"\s+(?:vs\.?|versus|v\.|compared (?:with|to)|as opposed to)\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"\bbetween\s+(.+?)\s+and\s+([^,.;:?!()]+)")
_NOT = re.compile(r",?\s+(?:not|rather than|instead of)\s+(?=\w)")
_ALL_OF = re.compile(r"\b(?:all|every one|each|most) of (?:these|those|them)\b|\b(?:them|these|those)(?: all)?\W*$")
_PAST = frozenset(
    "beat won lost showed made did found gave took came went led kept held brought drove grew rose fell outran outdid "
    "overcame overtook cut set put hit ran saw knew built wrote met outgrew undid ate taught".split()
)


def read_versus(page: Page, text: str, line: Line) -> bool:
    """`Navigation: planner vs learned policy`; answers whether the text was that."""
    topic, words = parted(text) or (None, text)
    sides = [without_article(bracketed(stopped(side)).words) for side in _VERSUS.split(words)]
    if len(sides) != 2 or not all(is_name(side) for side in sides):
        return False
    kind = METHOD if topic else CONCEPT
    one, other = (page.found.node(side, kind, line, VERSUS) for side in sides)
    page.found.edge(one, CONTRASTS_WITH, other, line, VERSUS)
    if topic is not None:
        page.found.edge(one, PART_OF, page.found.node(topic, CONCEPT, line, VERSUS), line, VERSUS)
    return True


def read_tension(page: Page, text: str, line: Line) -> None:
    """`a trade-off between A and B` sets A against B."""
    found = _BETWEEN.search(text)
    if found is None or not page.leads.device("tension", lower_words(text[: found.start()])[-4:]):
        return
    sides = [without_article(stopped(side)) for side in found.groups()]
    if all(is_name(side, 3) for side in sides):
        one, other = (page.found.node(side, CONCEPT, line, CONTRAST, rank=0) for side in sides)
        page.found.edge(one, CONTRASTS_WITH, other, line, CONTRAST)


def read_victory(page: Page, evidence: str, text: str, line: Line) -> None:
    """`X beat Y, not Z` and `X replaced Y`: who won, over whom, and what did not do it."""
    whole = bracketed(stopped(text))
    text = without_brackets(whole.words if whole.inside else stopped(text))
    denied = _NOT.search(text)
    told, refused = (text[: denied.start()], text[denied.end() :]) if denied else (text, "")
    verb = _verb(page, told)
    if verb is None:
        return
    winner, loser, wins = verb
    if not is_name(winner, 4):
        return
    if refused:
        read_refused(page, evidence, winner, refused, line)
    elif wins:
        losers = names_in(loser) if names_in(loser) else []
        one = page.found.node(winner, METHOD, line, VICTORY) if losers else None
        for name in losers:
            page.found.edge(
                one, CONTRASTS_WITH, page.found.node(name, METHOD, line, VICTORY), line, VICTORY, "replaced"
            )
        if len(losers) == 1:
            _instances(page, losers[0], whole.inside, line)


def read_refused(page: Page, evidence: str, winner: str, refused: str, line: Line) -> None:
    """What the winner did not win by."""
    name = without_article(refused)
    one = page.found.node(winner, METHOD, line, VICTORY)
    page.found.edge(evidence, ABOUT, one, line, VICTORY)
    if is_name(name, 5):
        page.found.edge(one, CONTRASTS_WITH, page.found.node(name, METHOD, line, VICTORY), line, VICTORY)


def _instances(page: Page, name: str, inside: str | None, line: Line) -> None:
    whole = page.found.known(name)
    for instance in instances_in(inside):
        page.found.edge(page.found.node(instance, METHOD, line, EXAMPLES), EXAMPLE_OF, whole, line, EXAMPLES)


def _verb(page: Page, text: str) -> tuple[str, str, bool] | None:
    """A sentence in the past: the words before its verb and behind it, and whether the verb tells of a victory."""
    spaced = text.split(" ")
    for index, written in enumerate(spaced[1:], 1):
        word = written.lower().strip(",.;")
        wins = page.leads.wins(word)
        past = word in _PAST or (word.endswith("ed") and "-" not in word)
        if index + 1 < len(spaced) and (wins or past) and word not in FUNCTION_WORDS:
            return without_article(" ".join(spaced[:index])), " ".join(spaced[index + 1 :]), wins
    return None


def read_overtaking(page: Page, claim: str, text: str, line: Line) -> None:
    """A forecast victory: `learned controllers that scale will beat all of these`."""
    spaced = lower_words(text)
    will = next((word for word in spaced[1:] if word in AUXILIARIES), None)
    if will is None:
        return
    before, _, behind = text.partition(f" {will} ")
    subject = without_article(re.split(r"\s+(?:that|which|who)\s+|,", before)[0])
    whole = without_article(before)
    named = is_name(subject, 5) and (" " in subject or subject == whole)
    verb = next((word for word in lower_words(behind)[:6] if page.leads.wins(word)), None)
    if verb is None or not (named or len(whole.split()) <= 6):
        return
    loser = re.split(rf"\b{verb}\b", behind, maxsplit=1, flags=re.IGNORECASE)[-1]
    if _ALL_OF.search(loser):
        other = page.category
    else:
        name = without_article(stopped(loser))
        other = page.found.node(name, CONCEPT, line, PREDICTION) if is_name(name, 4) else None
    if other is not None:
        one = page.found.node(subject if named else whole, METHOD, line, PREDICTION)
        page.found.edge(one, CONTRASTS_WITH, other, line, PREDICTION)
