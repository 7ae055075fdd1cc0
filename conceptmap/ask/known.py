"""Known: what answers a question that was worded from the map, without reading it, where it can be read but one way.

An offer shows what its question is answered. To read each question that is offered costs more than all else about it:
so the answers of the commonest are looked up by the query that they were worded from. That holds for plain names
alone: a name that could be taken for other words has its question read. Tests compare the two for whatever names.
"""

import re

from conceptmap.ask.askable import Askable
from conceptmap.ask.form import Query
from conceptmap.ask.forms.describe import Describe
from conceptmap.ask.forms.introduced import IntroducedOn
from conceptmap.ask.forms.related import Related
from conceptmap.ask.found import Found
from conceptmap.ask.lexicon import Lexicon
from conceptmap.ask.words import ARTICLES, IGNORABLE, QUESTION_WORDS
from graphs.view import View
from graphs.words import STOP_WORDS, IndexedName, stem, stems, word_index
from ontology.names import name_key
from ontology.terms import QUESTION

_PLAIN = re.compile(r"(?:(?![:;,.!](?:\s|$)|\s[-–—](?:\s|$))[^?0-9])+")
"""Numbers may be days or amounts, questions are read as such, and other signs end a clause."""
SHORTEST_PLAIN = 3
"""Letters of the shortest word that is no sign, abbreviation or initial."""
MAX_PLAIN = 20
"""Words of the longest plain name; a sentence of more is more likely to be cut elsewhere."""


def known_answers(view: View, one: Askable, lexicon: Lexicon) -> tuple[Found, ...] | None:
    """What answers a question; None where it has to be read."""
    query = query_of(view, one)
    if query is None or not is_plain(view, one.name, one.about[0], lexicon):
        return None
    if any(_is_named(view, root, one.name) for root in _asking(one)):
        return None
    return tuple(query.find(view))


def query_of(view: View, one: Askable) -> Query | None:
    """The query that a question about one node was worded from, of the commonest sorts; None of any other."""
    if one.sort == "relation" and one.end:
        relation = one.end.relation
        return Related(relation, one.about[0], one.end.inverse, relation.answers_chain)
    if one.sort == "when":
        return IntroducedOn(one.about[0])
    if one.sort == "text" and view.node(one.about[0]).kind != QUESTION:
        return Describe(one.about[0])
    return None


def _asking(one: Askable) -> list[str]:
    """The stems of the words that ask, beside those of the name."""
    words = name_key(one.question.replace(one.name, " ")).split()
    return [stem(word) for word in words if word not in STOP_WORDS and word not in QUESTION_WORDS]


def _is_named(view: View, root: str, name: str) -> bool:
    """Whether a word that asks is a name too, by itself or together with the name."""
    index = word_index(view)
    return bool(index.phrase([root]) or index.phrase([root, *stems(name_key(name).split())]))


def is_plain(view: View, name: str, node: str, lexicon: Lexicon) -> bool:
    """Whether a name means this node alone, and most of its words mean nothing else in any question."""
    if not _PLAIN.fullmatch(name):
        return False
    key = name_key(name)
    words = key.split()
    heavy = [word for word in words if word not in STOP_WORDS]
    if not 0 < len(heavy) <= MAX_PLAIN or {words[0], words[-1]} & (STOP_WORDS - ARTICLES):
        return False
    index = word_index(view)
    entries = index.phrase(stems(words))
    owners = {owner for entry in entries for owner in index.owners_in(view, entry)}
    if IndexedName("name", key) not in entries or owners != {node} or any(one.sort != "name" for one in entries):
        return False
    doubtful = sum(_means_more(word, lexicon) for word in heavy)
    return 2 * doubtful <= len(heavy) and doubtful < len(heavy)


def _means_more(word: str, lexicon: Lexicon) -> bool:
    """Whether a word may mean something besides a name."""
    root = stem(word)
    if not word.isalpha() or len(word) < SHORTEST_PLAIN:
        return True
    return word in lexicon.words or root in lexicon.stems or word in IGNORABLE | QUESTION_WORDS
