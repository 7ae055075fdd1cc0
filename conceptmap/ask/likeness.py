"""Likeness: how near a question that the map can answer comes to one that it could not read.

What counts is told by features, from 0 to 1 (the direction of a relation from -1 on), and weights, which are fitted to
questions of strangers (see decision 33).
"""

from collections.abc import Iterator, Mapping

from conceptmap.ask.askable import Askable, End
from conceptmap.ask.wanting import Suggested, Wanted
from ontology.terms import LEADS_TO, SUPPORTS

WEIGHTS: Mapping[str, float] = {
    "names": 0.98,
    "cues": 0.98,
    "answers": 0.49,
    "letters": 0.38,
    "share": 0.33,
    "tells": 0.33,
    "left out": 0.16,
    "extreme": 0.16,
    "dimension": 0.15,
    "kind": 0.12,
    "question": 0.11,
    "gives": 0.1,
    "direction": 0.1,
    "list": 0.1,
    "bound": 0.07,
    "field": 0.06,
    "direct": 0.05,
    "shared": 0.05,
    "one of two": -0.03,
    "noted": -0.04,
    "compare": -0.04,
    "open": -0.05,
    "count": -0.05,
    "about": -0.05,
    "number": -0.05,
    "new": -0.06,
    "lacking": -0.07,
    "no cue": -0.08,
    "relation": -0.11,
    "when": -0.12,
    "unsaid": -0.12,
    "way": -0.15,
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
    return sum(weights.get(name, 0.0) * value for name, value in features(wanted, one))


def features(wanted: Wanted, one: Askable) -> Iterator[tuple[str, float]]:
    """What tells how near a question comes, each feature by its name; those that it lacks are left out."""
    suggested = wanted.suggested(one.asks)
    own = wanted.mask(one.words)
    asking, named, share, texts = suggested.mask | own, 0, 0.0, 0
    for family in one.also:
        asking |= wanted.suggested(family).mask
    for node in one.about:
        if (name := wanted.named.get(node)) is not None:
            named |= name.mask
            share += name.share
        texts |= wanted.text_of(node)
    about = named | wanted.names_of(one.without)
    asking &= ~about
    answers = (wanted.names_of(one.answers) | wanted.told(one.told)) & ~(about | asking)
    texts &= ~(about | asking | answers)
    for feature, mask in (("names", about), ("cues", asking), ("answers", answers), ("tells", texts)):
        if mask:
            yield feature, wanted.weight(mask) / wanted.total
    yield one.sort, 1.0
    yield "share", share / len(one.about) if one.about else UNNAMED
    if not asking:
        yield "no cue", 1.0
    if one.words and not own:
        yield "unsaid", 1.0
    if _gives(wanted, one):
        yield "gives", 1.0
    if one.end and named and suggested.phrases:
        yield "direction", _direction(one.end, suggested, wanted.place(named))
    yield from _fitting(wanted, one)


def _fitting(wanted: Wanted, one: Askable) -> Iterator[tuple[str, float]]:
    """How far what answers is of a kind that the question says or tells a number, and what it leaves out."""
    answering = one.answers or (one.about if one.sort == "text" else ())
    if wanted.kinds and answering:
        yield "kind", wanted.share_of_kinds(answering)
    if wanted.sort == "number" and one.sort == "text" and any(map(str.isdigit, one.told + one.names[0])):
        yield "amount", 1.0
    if wanted.several > 1 and len(one.about) == 1:
        yield "one of two", 1.0
    if one.without and wanted.leaves_out:
        yield "left out", 1.0


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
