"""Likeness: how near a question that the map can answer comes to one that it could not read.

What counts is told by features, from 0 to 1 (the direction of a relation from -1 on), and weights, which are fitted to
questions of strangers (see decision 33).
"""

from collections.abc import Mapping

from conceptmap.ask.askable import Askable, End
from conceptmap.ask.wanting import Suggested, Wanted
from ontology.terms import LEADS_TO, SUPPORTS

WEIGHTS: Mapping[str, float] = {
    "names": 1.0,
    "cues": 0.86,
    "answers": 0.48,
    "tells": 0.3,
    "share": 0.52,
    "no cue": -0.17,
    "unsaid": -0.1,
    "gives": 0.18,
    "direction": 0.09,
    "left out": 0.17,
    "letters": 0.28,
    "extreme": 0.06,
    "field": 0.05,
    "bound": 0.03,
    "dimension": 0.03,
    "lacking": -0.03,
    "text": -0.04,
    "open": -0.05,
    "relation": -0.05,
    "when": -0.06,
}
"""What the features count. The share of the question's words (the rarer the more) that are in the names of its nodes,
that suggest what it asks for, that are in the names of its answers, and in what it or its nodes tell; how wholly it
names its nodes; that no word asks for it, or none for its field; that it gives the sort of answer that is wanted;
whether the words stand as its relation runs; that both leave something out; how alike the two are letter by letter.
Then, by the sort of question, how often that is what people ask."""
UNNAMED = 0.6
"""The share that is named where a question names no node."""
_REASONS = frozenset([SUPPORTS, LEADS_TO])
_GIVES: Mapping[str, frozenset[str]] = {
    "number": frozenset(["count", "field", "number", "extreme"]),
    "day": frozenset(["when"]),
    "whether": frozenset(["whether"]),
    "compare": frozenset(["compare", "dimension", "dimensions"]),
    "text": frozenset(["text", "formula"]),
    "way": frozenset(["way"]),
    "things": frozenset(["relation", "list", "new", "open", "extreme", "lacking"]),
    "who": frozenset(["relation"]),
    "why": frozenset(["question"]),
}
"""The sorts of askable questions that give the sort of answer that is wanted."""


def alike(question: str, other: str) -> float:
    """What it counts how alike two questions are letter by letter."""
    from rapidfuzz import fuzz, utils  # noqa: PLC0415 (that only a question that is not answered must pay)

    return WEIGHTS["letters"] * fuzz.token_set_ratio(question, other, processor=utils.default_process) / 100


def likeness(wanted: Wanted, one: Askable, weights: Mapping[str, float] = WEIGHTS) -> float:
    """How near a question comes, but for its letters."""
    suggested = wanted.suggested(one.asks)
    own = wanted.mask(one.words)
    asking, named, share = suggested.mask | own, 0, 0.0
    for family in one.also:
        asking |= wanted.suggested(family).mask
    for node in one.about:
        if (name := wanted.named.get(node)) is not None:
            named |= name.mask
            share += name.share
    about = named | wanted.names_of(one.without)
    asking &= ~about
    answers = (wanted.names_of(one.answers) | wanted.told(one.told)) & ~(about | asking)
    texts = 0
    for node in one.about:
        texts |= wanted.text_of(node)
    texts &= ~(about | asking | answers)
    explained = (
        weights["names"] * wanted.weight(about)
        + weights["cues"] * wanted.weight(asking)
        + weights["answers"] * wanted.weight(answers)
        + weights["tells"] * wanted.weight(texts)
    )
    score = explained / wanted.total + weights.get(one.sort, 0.0)
    score += weights["share"] * (share / len(one.about) if one.about else UNNAMED)
    if not asking:
        score += weights["no cue"]
    if one.words and not own:
        score += weights["unsaid"]
    if _gives(wanted, one):
        score += weights["gives"]
    if one.end and named and suggested.phrases:
        score += weights["direction"] * _direction(one.end, suggested, wanted.place(named))
    if one.without and wanted.leaves_out:
        score += weights["left out"]
    return score


def _gives(wanted: Wanted, one: Askable) -> bool:
    """Whether a question gives the sort of answer that is wanted."""
    if wanted.sort == "why" and one.end and one.end.inverse and one.asks in _REASONS:
        return True
    return one.sort in _GIVES.get(wanted.sort, ())


def _direction(end: End, suggested: Suggested, name: float) -> float:
    """Whether the phrases for a relation ask for an end of it: 1, -1 for the other, 0 undecided."""
    if end.relation.symmetric:
        return 0.0
    votes = 0
    for said in suggested.phrases:
        if said.sense in ("source", "target"):
            asks_source = said.sense == "source"
        else:
            # A verb before the name has it as its object: the other end is asked for.
            asks_source = (said.place < name) == (said.sense == "verb")
        votes += 1 if asks_source == end.inverse else -1
    return float((votes > 0) - (votes < 0))
