"""Ends: which words of running text may be a node, as a term or as a claim.

In a list or a tree the author has set the names apart; in a sentence they are cut out, and what was cut out wrongly
must not become a node. So a term is plain words that name something by themselves, and a claim is a clause that needs
no other to be understood.
"""

import re

from conceptmap.notes.lesson.phrases import verb_place
from conceptmap.notes.lesson.state import PROSE, LessonState
from conceptmap.notes.lesson.words import (
    ADVERBS,
    ARTICLES,
    AUXILIARIES,
    FUNCTION_WORDS,
    LIST_NOUNS,
    NUMBERS,
    OPENERS,
    POSSESSIVES,
    PRONOUNS,
    QUESTION_WORDS,
    SPEAKERS,
    is_name,
    lower_words,
    without_end_sign,
    words_of,
)
from conceptmap.notes.page.markdown import Line
from ontology.model import MAX_LABEL
from ontology.names import singular
from ontology.terms import CLAIM, CONCEPT

MAX_WORDS_OF_TERM = 5

_SIGNS = re.compile(r"[$\\{}^_=<>|#@%~`*+\[\]()\"“”:;!?]|://|\.\w")
"""Signs of formulas, code and markup: words with one of them were cut out of no sentence."""

_MARKS = re.compile(r"[$\\{}|]|://|\w\s+,|\(\s*\)")

_POINTING = frozenset(
    "same first second third fourth fifth last next previous above below following latter former left right other "
    "others different similar certain various own good bad important main key simple useful note notice recall "
    "remember such only very more most less least better best worse worst early earlier late later new old "
    "usual likely".split()
)
"""Adjectives that point to something of the page or judge it, and name no topic: `the previous figure`."""

_SHELLS = frozenset(map(singular, LIST_NOUNS)) | frozenset(
    "lot deal bit number amount way thing one time people rest majority variety range set sort fact view end place "
    "name year day century man woman person answer explanation argument evidence choice role value side point "
    "figure table equation diagram plot graph picture chart page code cell line box slide chapter text "
    "paragraph".split()
)
"""Nouns that only stand for what other words say, or for a place on the page: alone they name no topic."""

_OBJECTS = frozenset("them him her others itself themselves both each something nothing everything anything".split())
"""Pronouns with which a claim may end; others point to what stands behind it."""

_JOINERS = frozenset(
    "however thus therefore hence then moreover furthermore consequently accordingly indeed instead meanwhile "
    "nevertheless nonetheless otherwise similarly likewise finally lastly again also now today sometimes often".split()
)
"""Adverbs with which a sentence goes on from the one before."""

_JOINING = re.compile(
    r"\A(?:first(?:ly)?(?=,)|second(?:ly)?(?=,)|third(?:ly)?(?=,)|finally|lastly|and|but|yet|or|however|moreover"
    r"|furthermore|also|indeed|still|in turn|in fact|in particular|in other words"
    r"|for example|for instance|even so|of course|by contrast|in contrast|on the other hand|nevertheless|nonetheless"
    r"|today|later|then|now|here|similarly|likewise|so|thus|hence|therefore|consequently|accordingly"
    r"|as a (?:result|consequence)|for this reason|(?:that|this) is why|which is why|it follows that"
    r"|(?:note|notice|recall|remember|observe) that|the (?:main )?reason (?:for this )?is that)\b,?\s+",
    re.IGNORECASE,
)
_AFTERWARDS = re.compile(
    r",\s+which\s+(?:suggest|show|mean|impl|indicat)\w*\s+that\s.*"
    r"|,\s+(?:that is|i\.e\.|in other words),?\s.*"
    r"|,\s+(?:an?|the)\s+[\w\s-]{0,40}\b(?:known as|called|termed|named)\s.*"
)
"""What hangs behind a claim and is another: what it suggests, or how it is called."""

_CLEFT = re.compile(r"\Ait (?:is|was) (?:the|an?) (?:\S+\s+){1,8}?(?:that|who)\b", re.IGNORECASE)


def is_marked(text: str) -> bool:
    """Whether a text holds a formula, code, an address or a gap where a reference stood, and not only words."""
    return _MARKS.search(text) is not None


def is_manner(word: str) -> bool:
    """Whether a word says how, by its ending; a few verbs end so too."""
    return word.endswith("ly") and word not in ("reply", "imply", "apply", "rely", "supply")


def is_term(state: LessonState, name: str) -> bool:
    """Whether words cut out of a sentence name something by themselves."""
    words = lower_words(name)
    if not is_name(name, MAX_WORDS_OF_TERM) or _SIGNS.search(name) or not any(len(word) > 1 for word in words):
        return False
    first = words[0].partition("'")[0]
    if first in _POINTING | _JOINERS | POSSESSIVES | NUMBERS | (FUNCTION_WORDS - ARTICLES) | {"let"} or first.isdigit():
        return False
    if words[-1].endswith("wards") or (singular(words[0]) in _SHELLS and words[1:2] in ([], ["of"])):
        return False
    if len(words) == 1 and (len(first) < 2 or first.endswith("ly")):
        return False
    if len(words) == 1 and first.endswith("ing") and not state.known(name):
        return False
    return singular(words[-1]) not in _SHELLS or state.intros.read(name) is None


def term(state: LessonState, name: str | None, line: Line, kind: str = CONCEPT) -> str | None:
    """The node of a term; None where the words are none."""
    return state.node(name, kind, line, rank=PROSE) if name and is_term(state, name) else None


def without_joining(text: str) -> str:
    """A sentence without the words that only join it to the one before.

    >>> without_joining("But therefore the crust crumples")
    'the crust crumples'
    """
    while (shorter := _JOINING.sub("", text, count=1)) != text:
        text = shorter
    return text


def claim_in(text: str, *, is_clause: bool = False) -> str | None:
    """A clause as a claim of its own, without what only joins it; None if it points back or speaks to the reader.

    `is_clause`: the words around it tell that it is one; else a verb must be found in it.

    >>> claim_in("However, the crust is never made there.")
    'the crust is never made there'
    >>> claim_in("they were joined") is None
    True
    """
    text = _AFTERWARDS.sub("", without_end_sign(without_joining(" ".join(text.split()).strip(" ,;:—–-"))))
    words = lower_words(text)
    if len(words) < 3 or len(text) > MAX_LABEL or text.endswith(("?", ":")) or is_marked(text):
        return None
    bases = {re.split("['’]", word)[0].lower() for word in words_of(text) if len(word) < 2 or not word.isupper()}
    if not SPEAKERS.isdisjoint(bases) or "let" in words[:1] or text.count("(") != text.count(")"):
        return None
    first, last = words[0].split("'")[0], words[-1]
    counted = first in ("each", "both", "one", "another") and words[1] not in AUXILIARIES | {"of"}
    if (
        not counted
        and first in (OPENERS | PRONOUNS | QUESTION_WORDS | AUXILIARIES) - {"there"}
        and not _CLEFT.match(text)
    ):
        return None
    return text if last not in FUNCTION_WORDS - ADVERBS - _OBJECTS and (is_clause or verb_place(words)) else None


def claim(
    state: LessonState, text: str | None, line: Line, kind: str = CLAIM, *, is_clause: bool = False
) -> str | None:
    """The node of a claim; None where the words make none."""
    said = claim_in(text or "", is_clause=is_clause)
    return state.node(said, kind, line, rank=PROSE) if said else None
