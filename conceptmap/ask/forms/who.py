"""Who does something, as a sentence says: `who preferred the quick loaf?`; and who says so: `which author says …?`.

The sentence is found by its words, which must say all that the question says (see `telling`), and what does it stands
first in it: who does something is told by the subject of a sentence.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

from conceptmap.ask.form import Composed, Form, Wanted
from conceptmap.ask.forms.combined import Named
from conceptmap.ask.forms.related import Related
from conceptmap.ask.found import Found, in_course_order
from conceptmap.ask.parse import ParsedQuestion
from conceptmap.ask.senses import is_said, people
from conceptmap.ask.telling import heavy, roots_at, telling, untold, words_beside
from conceptmap.ask.words import ARTICLES, OPENERS, PREPOSITIONS
from graphs.view import View
from graphs.words import STOP_WORDS, stem, stems
from ontology.names import name_key
from ontology.terms import AGENT, CITES, CLAIM, EVIDENCE

MIN_TOLD = 2
"""So many words must tell of what is done."""
MAX_DOERS = 3
"""So many sentences may say who does it; more that have the words say something else each."""
LONGEST_SUBJECT = 5
"""Words of the longest subject: who stands farther from the verb need not be who does it."""
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
ASIDE = frozenset(map(stem, "actually really instead rather else mainly eventually ever now then again".split()))
"""Adverbs that say nothing of what is done."""
_BEFORE_VERB = (OPENERS - frozenset("do does did".split())) | frozenset("be been being it that this which who".split())
"""What may stand between who and what somebody does."""
_WHO = frozenset("who whom whose".split())
_THAT = frozenset("that who which".split())
_FROM = frozenset("from by".split())
_BE = frozenset("is are was were be been being get gets got".split())


@dataclass(frozen=True, slots=True)
class Doers(Named):
    """The sentences that say who does something."""

    gives: ClassVar[frozenset[Wanted]] = frozenset(["agents", "any"])

    def find(self, view: View) -> list[Found]:
        """The sentences, in the order of the course."""
        return in_course_order(Named.find(self, view))

    def sentence(self, view: View, found: Sequence[Found]) -> str:
        """The sentences."""
        return f"{'; '.join(one.label for one in found)}."


@dataclass(frozen=True, slots=True)
class Sayers(Related):
    """What is cited for a sentence: who says so."""

    gives: ClassVar[frozenset[Wanted]] = frozenset(["agents", "any"])


def _read(question: ParsedQuestion) -> Iterator[Composed]:
    said = {question.words[place].text for place in question.places}
    if _WHO.isdisjoint(said) and not (said & {"which", "what"}):
        return
    if _asks_who_says(question) and (cites := question.view.vocabulary.relations.get(CITES)):
        roots = roots_at(question, heavy(question, question.places, SAYING | ASIDE))
        for node in _statements(question, roots):
            if any(question.view.edges_from(node, CITES)):
                yield Composed(Sayers(cites, node), (question,))
                return
    if not _WHO.isdisjoint(said) and not question.days:
        yield from _read_doers(question)


def _asks_who_says(question: ParsedQuestion) -> bool:
    """`Which author did I quote for …`, `from whom do we have it that …`, `who vouches for …`."""
    roots = {question.words[place].stem for place in question.places}
    if not ASKS_WHO_SAYS.isdisjoint(roots):
        return True
    words = [question.words[place].text for place in sorted(question.places)]
    has_it = {"have", "know", "hear", "heard", "learn", "get", "got"} & set(words)
    fronted = any(one in _FROM and other in _WHO for one, other in pairwise(words))
    return bool(has_it) and (fronted or ("from" in words and "that" in words[words.index("from") :]))


def _statements(question: ParsedQuestion, roots: Sequence[str]) -> list[str]:
    """The statements that say all of some words."""
    view = question.view
    kinds = view.vocabulary.within([CLAIM, EVIDENCE])
    if len(set(roots)) < MIN_TOLD:
        return []
    found = [node for node in telling(view, roots) if view.kind(node) in kinds]
    return [node for node in found if not untold(view, node, roots, words_beside(view, node, ()))]


def _read_doers(question: ParsedQuestion) -> Iterator[Composed]:
    """`Who VERBS …?`: the sentences whose subject the question does not say, and what is said to do so."""
    words, view = question.words, question.view
    who = next((place for place in sorted(question.places) if words[place].text in _WHO), None)
    if who is None:
        return
    last = max(words[place].clause for place in question.places)
    choices = {place for place in question.places if words[place].clause == last > words[who].clause}
    chosen = {words[place].text for place in choices}
    asked = question.places - choices if "or" in chosen else question.places
    places = heavy(question, asked, ASIDE)
    passive = who > 0 and words[who - 1].text == "by"
    verb = _passive_verb(question, places) if passive else _verb(question, who)
    if verb is None:
        return
    roots, doing = [*roots_at(question, {*places, verb})], words[verb].stem
    fit = [node for node in _statements(question, roots) if _has_subject(view, view.node(node).label, roots, doing)]
    fit = fit or [node for node in telling(view, roots) if _is_doer(view, node, roots, doing)]
    if 0 < len(fit) <= MAX_DOERS:
        yield Composed(Doers(tuple(fit)), (question,))


def _verb(question: ParsedQuestion, who: int) -> int | None:
    """The place of what somebody does: `liked` of `who in the tasting has liked it`; not of `who was liked by A`."""
    words, be, at = question.words, False, who + 1
    while at in question.places:
        text = words[at].text
        if text in PREPOSITIONS:
            at += 1
            while at in question.places and words[at].text in ARTICLES:
                at += 1
            at += 1
        elif text in _BEFORE_VERB or words[at].stem in ASIDE:
            be = text in _BE or (be and text not in ("that", "who"))
            at += 1
        else:
            is_verb = text not in ARTICLES and text not in ("do", "does", "did") and not be
            return at if is_verb else None
    return None


def _is_doer(view: View, node: str, roots: Sequence[str], verb: str) -> bool:
    """Whether the text of a node says that it is what does so: of a queen, `the one bee that lays all eggs`."""
    if len(set(roots)) < MIN_TOLD or untold(view, node, roots, words_beside(view, node, ())):
        return False
    words = name_key((view.node(node).text or "").partition(".")[0]).split()
    return any(one in _THAT and is_said(verb, {stem(other)}) for one, other in pairwise(words))


def _passive_verb(question: ParsedQuestion, places: Sequence[int]) -> int | None:
    """The participle of `by whom were combs removed?`."""
    return next((place for place in places if question.words[place].text.endswith(("ed", "en"))), None)


def _has_subject(view: View, sentence: str, roots: Sequence[str], verb: str) -> bool:
    """Whether a sentence has a subject that the question does not say, and its verb right behind that.

    The subject is somebody: no thing that the map knows by that name, and with an article only a noun for people.
    """
    words = name_key(sentence).split()
    asked = set(roots)
    first = next((at for at, word in enumerate(words) if word not in STOP_WORDS and is_said(stem(word), asked)), 0)
    subject = [word for word in words[:first] if word not in STOP_WORDS]
    if not subject or first > LONGEST_SUBJECT or not is_said(verb, {stem(words[first])}):
        return False
    if not people().isdisjoint(stems(subject)):
        return True
    agents = view.vocabulary.within([AGENT])
    things = [node for node in view.named(" ".join(words[:first])) if view.kind(node) not in agents]
    return words[0] not in ARTICLES and not things


WHO = Form("who", _read)
