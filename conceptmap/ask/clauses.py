"""Clauses: what a question asks of a doing, and whether a sentence says it: `what closes cracks?`, `what did A pick?`.

A question says the verb and one side of it, and asks for the other. A sentence answers where it says all that the
question does, with what is asked for on its own side of the verb. Texts of nodes are written in short: `Resin that
closes cracks`, `What aphids leave on leaves`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from conceptmap.ask.parse import ParsedQuestion
from conceptmap.ask.senses import is_said, people
from conceptmap.ask.words import ARTICLES, BE, DENYING, DO, OPENERS, PREPOSITIONS, WHO_WORDS
from graphs.view import View
from graphs.words import STOP_WORDS, stem, stems
from ontology.names import name_key
from ontology.terms import AGENT

LONGEST_SUBJECT = 5
"""Words of the longest subject: what stands farther from the verb need not be what does it."""
NOUNS = {"which": (2, 1), "what": (0, 1)}
"""So many words of a noun may stand behind question words, the likeliest first: `which crusty bread`, `what bread`."""
MIN_ALIGNED = 2
"""So many words of a sentence, its subject and its verb, a question says that asks for the rest."""
RELATIVE = frozenset("that who which".split())
"""What opens the clause that says what a thing does."""
FREE = frozenset("what whom that which".split())
"""What opens the clause that says what is done with a thing."""
_PRONOUNS = frozenset("it they he she".split())
MODAL = frozenset("can could may might will would shall should must".split())
_HAVE = frozenset("has have had".split())
BEFORE_VERB = BE | MODAL | _HAVE | frozenset("it that this which who".split())
"""What may stand between what is asked for and what it does."""
ASIDE = frozenset(map(stem, "actually really instead rather else mainly eventually ever now then again".split()))
"""Adverbs that say nothing of what is done."""
SENTENCE = re.compile(r"[.;:!?]\s+|\n")
_OTHERS = frozenset("what whom where why how when ones them".split())
"""What asks for more, or stands for what nobody said."""
_STRANDED = frozenset(PREPOSITIONS | frozenset("into onto under over out off up down upon through".split()))


@dataclass(frozen=True, slots=True)
class Clause:
    """What a question says of a doing: the stem of the verb, those of a noun for what is asked for, and the sides.

    `doer`: it asks for what does it; else for what it is done to, and `said` are the stems of what does it, the verb
    and what else is said behind it. `somebody`: it asks who does it.
    """

    doer: bool
    verb: str
    noun: tuple[str, ...]
    said: tuple[str, ...]
    somebody: bool = False


def sentences(text: str) -> list[list[str]]:
    """The words of the sentences of a text."""
    return [words for one in SENTENCE.split(text) if (words := name_key(one).split())]


def clauses_of(question: ParsedQuestion, asking: frozenset[str]) -> Iterator[Clause]:
    """What a question may ask that has one of these question words, the likeliest first."""
    words, places = question.words, sorted(question.places)
    at = next((number for number, place in enumerate(places) if words[place].text in asking), None)
    if at is None:
        return
    who, behind = words[places[at]].text in WHO_WORDS, places[at + 1 :]
    if at > 0 and words[places[at - 1]].text == "by":  # `by whom were combs removed?`
        participles = (place for place in behind if words[place].text.endswith(("ed", "en")))
        if (verb := next(participles, None)) is not None:
            yield Clause(True, words[verb].stem, (), (), who)
        return
    if not _OTHERS.isdisjoint(words[place].text for place in behind):
        return
    nouns = NOUNS.get(words[places[at]].text, (0,))
    for length in nouns:
        noun, rest = behind[:length], behind[length:]
        if any(words[place].text in STOP_WORDS | BEFORE_VERB | PREPOSITIONS for place in noun):
            continue
        roots = tuple(words[place].stem for place in noun)
        if rest and words[rest[0]].text in DO:
            yield from _done(question, rest[1:], roots, who)
        elif (verb := _verb(question, rest, who)) is not None:
            yield Clause(True, words[verb].stem, roots, (), who)


def _done(question: ParsedQuestion, rest: Sequence[int], noun: tuple[str, ...], who: bool) -> Iterator[Clause]:
    """`What did A VERB …?`; not `what did A VERB B for?`."""
    words = question.words
    if not rest or words[rest[-1]].text in _STRANDED:
        return
    said = tuple(words[place].stem for place in rest if words[place].text not in STOP_WORDS)
    if len(said) >= MIN_ALIGNED:
        yield Clause(False, "", noun, said, who)


def _verb(question: ParsedQuestion, rest: Sequence[int], who: bool) -> int | None:
    """The place of what is done, behind what does it; None behind `was`, as in `what was made of A?`."""
    words, be, within = question.words, False, False
    for place in rest:
        text = words[place].text
        if text in PREPOSITIONS and who:
            within = True  # `who at the tasting liked it`
        elif within:
            within = text in ARTICLES
        elif text in BEFORE_VERB or words[place].stem in ASIDE:
            be = text in BE or (be and text not in ("that", "who"))
        else:
            return None if be or text in ARTICLES | DO | OPENERS | _STRANDED else place
    return None


def subject_of(sentence: Sequence[str], clause: Clause, asked: frozenset[str]) -> Sequence[str]:
    """The words of a sentence for what does what is asked (all of it by its stems), right before the verb; or none."""
    first = next((at for at, word in enumerate(sentence) if _tells(word) and is_said(clause.verb, {stem(word)})), 0)
    subject, behind = sentence[:first], set(stems(sentence[first + 1 :]))
    while subject and subject[-1] in BEFORE_VERB - BE:
        subject = subject[:-1]
    if first > LONGEST_SUBJECT or _is_broken(subject):
        return ()
    said = [root for root in map(stem, filter(_tells, subject)) if is_said(root, asked)]
    # `Steel hulls outlived wooden hulls` tells what outlived wooden hulls, and not what outlived steel ones.
    is_asked_for = len(said) < sum(map(_tells, subject)) and behind.issuperset(said)
    return subject if is_asked_for else ()


def _tells(word: str) -> bool:
    return word not in STOP_WORDS


def _is_broken(subject: Sequence[str]) -> bool:
    """Whether what stands before a verb is no subject alone: `to whom`, `when the bees`."""
    return any(word in _CONJUNCTIONS or word in RELATIVE | FREE | BE for word in subject)


_CONJUNCTIONS = frozenset("when while if because since until before after as than where how why and or but".split())


def is_somebody(view: View, side: Sequence[str], *, doer: bool) -> bool:
    """Whether words are for somebody: an agent or a noun for people; who does something, the map need not know."""
    if not side or not people().isdisjoint(stems(side)):
        return bool(side)
    agents = view.vocabulary.within([AGENT])
    named = view.named(" ".join(side))
    if not doer or named:
        return any(view.kind(node) in agents for node in named)
    return side[0] not in ARTICLES


def tells_doing(sentence: Sequence[str], verb: str) -> bool:
    """Whether a sentence of a text says that its thing does so: `Resin that closes cracks`, `It mates`, `Melts`."""
    words = [word for word in sentence if word not in MODAL | _HAVE]
    if not words:
        return False
    if words[0].endswith("s") and is_said(verb, {stem(words[0])}):
        return True
    opened = [*RELATIVE] + ([words[0]] if words[0] in _PRONOUNS else [])
    if any(one in RELATIVE for one in words):  # `that fills gaps and hardens`
        opened.append("and")
    return any(
        one in opened and is_said(verb, {stem(other)}) and (one != "and" or other.endswith(("s", "ed")))
        for one, other in pairwise(words)
    )


def tells_done(sentence: Sequence[str], clause: Clause) -> bool:
    """Whether a sentence of a text says what is done with its thing: `What aphids leave`, `A tree that A planted`."""
    opens = [at for at, word in enumerate(sentence) if word in FREE]
    return any(_aligned(sentence[at + 1 :], clause.said) >= MIN_ALIGNED for at in opens)


def object_of(sentence: Sequence[str], clause: Clause) -> Sequence[str]:
    """The words of a sentence behind who does what, where it begins as a question says that, and goes on; or none."""
    aligned = _aligned(sentence, clause.said)
    heavy = [at for at, word in enumerate(sentence) if _tells(word)]
    if not MIN_ALIGNED <= aligned < len(heavy) or is_said(stem(sentence[heavy[aligned]]), set(clause.said)):
        return ()
    return sentence[heavy[aligned - 1] + 1 :]


def _aligned(sentence: Sequence[str], said: Sequence[str]) -> int:
    """How many words a sentence has at its beginning as they are said, one after the other."""
    heavy = [stem(word) for word in sentence if word not in STOP_WORDS]
    pairs = zip(heavy, said, strict=False)
    return next((at for at, (one, other) in enumerate(pairs) if not is_said(other, {one})), min(len(heavy), len(said)))


def stands_alone(question: ParsedQuestion) -> bool:
    """Whether a question is asked by itself: not one that another word turns round, counts or takes the most of."""
    if not question.is_part:
        return True
    hidden = [word for place, word in enumerate(question.words) if place not in question.places]
    clauses = {question.words[place].clause for place in question.places}
    inside = {word.text for word in hidden if word.clause in clauses}
    return inside <= {"and", "or"} and DENYING.isdisjoint(word.text for word in hidden)
