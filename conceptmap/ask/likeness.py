"""Likeness: how near a question that the map can answer comes to one that it could not read.

What counts is told by features, from 0 to 1 (the direction of a relation from -1 on), and weights, which are fitted to
questions of strangers (see decision 33).
"""

from collections.abc import Mapping

from conceptmap.ask.askable import Askable
from conceptmap.ask.wanting import Suggested, Wanted
from ontology.terms import LEADS_TO, SUPPORTS

WEIGHTS: Mapping[str, float] = {
    "names": 1.0,
    "cues": 0.86,
    "answers": 0.48,
    "tells": 0.3,
    "share": 0.52,
    "no cue": -0.17,
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
names its nodes; that no word asks for it; that it gives the sort of answer that is wanted; whether the words stand as
its relation runs; that both leave something out; how alike the two are letter by letter. Then, by the sort of question,
how often that is what people ask."""
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


def features(wanted: Wanted, one: Askable) -> dict[str, float]:
    """What speaks for a question."""
    named = [wanted.named[node] for node in one.about if node in wanted.named]
    about = texts = 0
    for name in named:
        about |= name.mask
    for node in one.without:
        if node in wanted.named:
            about |= wanted.named[node].mask
    suggested = wanted.suggested(one.asks)
    asking = suggested.mask | wanted.mask(one.words)
    for family in one.also:
        asking |= wanted.suggested(family).mask
    asking &= ~about
    answers = 0
    for node in one.answers:
        if node in wanted.named:
            answers |= wanted.named[node].mask
    if one.told:
        answers |= wanted.told(one.told)
    answers &= ~(about | asking)
    for node in one.about:
        texts |= wanted.text_of(node)
    texts &= ~(about | asking | answers)
    total = wanted.total
    found = {
        "names": wanted.weight(about) / total,
        "cues": wanted.weight(asking) / total,
        "answers": wanted.weight(answers) / total,
        "tells": wanted.weight(texts) / total,
        "share": sum(name.share for name in named) / len(one.about) if one.about else UNNAMED,
        one.sort: 1.0,
    }
    if not asking:
        found["no cue"] = 1.0
    if one.sort in _GIVES.get(wanted.sort, ()) or (wanted.sort == "why" and one.asks in _REASONS and _of_source(one)):
        found["gives"] = 1.0
    if one.end and suggested.phrases and named:
        found["direction"] = _direction(wanted, one, suggested, wanted.place(about))
    if one.without and wanted.leaves_out:
        found["left out"] = 1.0
    return found


def alike(question: str, other: str) -> float:
    """What it counts how alike two questions are letter by letter."""
    from rapidfuzz import fuzz, utils  # noqa: PLC0415 (that only a question that is not answered must pay)

    return WEIGHTS["letters"] * fuzz.token_set_ratio(question, other, processor=utils.default_process) / 100


def likeness(wanted: Wanted, one: Askable) -> float:
    """How near a question comes."""
    return sum(WEIGHTS.get(name, 0.0) * value for name, value in features(wanted, one).items())


def _of_source(one: Askable) -> bool:
    return one.end is not None and one.end.inverse


def _direction(wanted: Wanted, one: Askable, suggested: Suggested, name: float) -> float:
    """Whether the phrases for a relation ask for the end that the question asks for: 1, -1 against it, 0 undecided."""
    if one.end is None or one.end.relation.symmetric:
        return 0.0
    votes = 0
    for said in suggested.phrases:
        if said.sense in ("source", "target"):
            asks_source = said.sense == "source"
        else:
            # A verb before the name has it as its object: the other end is asked for.
            asks_source = (said.place < name) == (said.sense == "verb")
        votes += 1 if asks_source == one.end.inverse else -1
    return float((votes > 0) - (votes < 0))
