"""Who does something, as a sentence says: `who preferred the quick loaf?`; and who says so: `which author says …?`.

The sentence is found by its words, which must say all that the question says (see `telling`), and what does it stands
first in it: who does something is told by the subject of a sentence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from conceptmap.ask.clauses import ASIDE, BEFORE_VERB
from conceptmap.ask.form import Composed, Form, Wanted
from conceptmap.ask.forms.doing import MIN_TOLD, doers
from conceptmap.ask.forms.related import Related
from conceptmap.ask.parse import ParsedQuestion
from conceptmap.ask.telling import heavy, roots_at, telling, untold, words_beside
from conceptmap.ask.words import WHO_WORDS
from graphs.words import stem
from ontology.terms import CITES, CLAIM, EVIDENCE

SAYING = frozenset(
    map(
        stem,
        """
        author source writer witness testimony authority account word report quote quoted cite cited attest vouch
        testify back claim story tale fact statement assertion sentence passage credit credited rest based wild
        according
        """.split(),
    )
)
"""Words with which people ask who says so, and what these say of what is said."""
ASKS_WHO_SAYS = frozenset(
    map(
        stem,
        "author source writer witness testimony authority quote quoted cite cited attest vouch testify credit".split(),
    )
)
"""Those of them by which a question asks for it."""
REPORTING = frozenset(
    map(
        stem,
        """
        report say said write wrote claim state mention tell told note record observe testify attest maintain assert
        relate recount narrate document declare announce insist allege confirm argue hold believe think
        """.split(),
    )
)
"""Verbs that with `that` behind them say that somebody says so."""
_NOUNS_OF_SAYERS = frozenset(map(stem, "author source writer witness book text paper study report account".split()))
_FROM = frozenset("from by".split())
WHO_OR_WHICH = WHO_WORDS | {"which", "what"}


@dataclass(frozen=True, slots=True)
class Sayers(Related):
    """What is cited for a sentence: who says so."""

    gives: ClassVar[frozenset[Wanted]] = frozenset(["agents", "any"])


def _read(question: ParsedQuestion) -> Iterator[Composed]:
    said = {question.words[place].text for place in question.places}
    if WHO_WORDS.isdisjoint(said) and not (said & {"which", "what"}):
        return
    if _asks_who_says(question) and (cites := question.view.vocabulary.relations.get(CITES)):
        said_so = frozenset(place for place in (_reporting(question),) if place is not None)
        roots = roots_at(question, heavy(question, question.places - said_so, SAYING | ASIDE))
        for node in _statements(question, roots):
            if any(question.view.edges_from(node, CITES)):
                yield Composed(Sayers(cites, node), (question,))
                return
    if not WHO_WORDS.isdisjoint(said) and not question.days:
        yield from _read_doers(question)


def _asks_who_says(question: ParsedQuestion) -> bool:
    """`Which author did I quote for …`, `from whom do we have it that …`, `who vouches for …`."""
    roots = {question.words[place].stem for place in question.places}
    if not ASKS_WHO_SAYS.isdisjoint(roots) or _reporting(question) is not None:
        return True
    words = [question.words[place].text for place in sorted(question.places)]
    has_it = {"have", "know", "hear", "heard", "learn", "get", "got"} & set(words)
    fronted = any(one in _FROM and other in WHO_WORDS for one, other in pairwise(words))
    return bool(has_it) and (fronted or ("from" in words and "that" in words[words.index("from") :]))


def _reporting(question: ParsedQuestion) -> int | None:
    """The place of the verb of `who reports that …?`, `which source says that …?`."""
    words, places = question.words, sorted(question.places)
    for at, following in pairwise(places):
        if words[following].text != "that" or words[at].stem not in REPORTING:
            continue
        before = [words[place] for place in places if place < at]
        while before and (before[-1].text in BEFORE_VERB - WHO_OR_WHICH or before[-1].stem in ASIDE):
            before.pop()
        if before and before[-1].stem in _NOUNS_OF_SAYERS:
            before.pop()
        if before and before[-1].text in WHO_OR_WHICH:
            return at
    return None


def _statements(question: ParsedQuestion, roots: Sequence[str]) -> list[str]:
    """The statements that say all of some words."""
    view = question.view
    kinds = view.vocabulary.within([CLAIM, EVIDENCE])
    if len(set(roots)) < MIN_TOLD:
        return []
    found = [node for node in telling(view, roots) if view.kind(node) in kinds]
    return [node for node in found if not untold(view, node, roots, words_beside(view, node, ()))]


def _read_doers(question: ParsedQuestion) -> Iterator[Composed]:
    """`Who VERBS …?`; of `who liked it more, A or B?` without the choices."""
    words = question.words
    last = max(words[place].clause for place in question.places)
    first = min(words[place].clause for place in question.places if words[place].text in WHO_WORDS)
    choices = {place for place in question.places if words[place].clause == last > first}
    is_choice = "or" in {words[place].text for place in choices}
    for doing in doers(question, WHO_WORDS, question.places - choices if is_choice else question.places):
        yield Composed(doing, (question,))


WHO = Form("who", _read)
