"""Known: what answers a question that was worded from the map, without reading it, where it can be read but one way.

An offer shows what its question is answered. To read each question that is offered costs more than all else about it:
so the answers of the commonest are looked up by the query that they were worded from. That holds for plain names
alone, or where the question is cut so that its names are all that it is about. Tests compare the two for whatever
names.
"""

import re
from collections.abc import Sequence

from conceptmap.ask.amounts.measures import measures_in
from conceptmap.ask.askable import Askable, End
from conceptmap.ask.filters import Filters, called_after
from conceptmap.ask.form import Query
from conceptmap.ask.forms.contested import IsContested
from conceptmap.ask.forms.count import Count
from conceptmap.ask.forms.describe import Describe
from conceptmap.ask.forms.holds import Holds
from conceptmap.ask.forms.introduced import IntroducedOn
from conceptmap.ask.forms.of_kind import OfKind
from conceptmap.ask.forms.related import Related
from conceptmap.ask.forms.strength import Strength
from conceptmap.ask.forms.value import ValueOf
from conceptmap.ask.found import Found
from conceptmap.ask.frame_words import ORDINALS, SMALL_NUMBERS
from conceptmap.ask.lexicon import Lexicon
from conceptmap.ask.parse import Ambiguous, ParsedQuestion, Topic
from conceptmap.ask.suggesting import of_kind
from conceptmap.ask.words import ARTICLES, IGNORABLE, NUMBERS, QUESTION_WORDS
from graphs.fields import field_index, field_words
from graphs.view import View
from graphs.words import STOP_WORDS, IndexedName, stem, stems, word_index
from ontology.names import name_key
from ontology.terms import QUESTION

_PLAIN = re.compile(r"(?:(?![:;,.!](?:\s|$)|\s[-–—](?:\s|$))[^?0-9])+")
"""Numbers may be days or amounts, questions are read as such, and other signs end a clause."""
_COUNTING = frozenset([*NUMBERS, *SMALL_NUMBERS, *ORDINALS])
"""Words that count say which, or how many, wherever they stand."""
SHORTEST_PLAIN = 3
"""Letters of the shortest word that is no sign, abbreviation or initial."""
MAX_PLAIN = 20
"""Words of the longest plain name; a sentence of more is more likely to be cut elsewhere."""


def known_answers(view: View, one: Askable, lexicon: Lexicon) -> tuple[Found, ...] | None:
    """What answers a question, as far as its query finds it; None where the question has to be read."""
    called = list(zip(one.names, one.about, strict=False))
    query = query_of(view, one) if called else None
    if query is None or any(_is_named(view, root, one.names) for root in _asking(one)):
        return None
    if not all(is_plain(view, name, node, lexicon) for name, node in called) and not _is_cut_so(view, one, lexicon):
        return None
    return tuple(query.find(view))


def _is_cut_so(view: View, one: Askable, lexicon: Lexicon) -> bool:
    """Whether a question, cut into words, has its names for topics that mean these nodes alone, and no other topic."""
    if one.sort == "number":  # a name with a number may count
        return False
    question = ParsedQuestion(one.question, view, lexicon, lambda _: iter(()))
    said = [word.said for word in question.words]
    if question.days or len(question.topics) != len(one.names) or said != name_key(one.question).split():
        return False
    if any(len(word) == 1 and word in IGNORABLE for topic in question.topics for word in topic.words.split()):
        return False  # `i.e.` may be part of a name, or say a name again
    at = {topic.start for topic in question.topics}
    if any(span.start in at and span.meanings for span in question.spans):
        return False  # `bring` may be a name, and is a verb
    keys = dict(zip(map(name_key, one.names), one.about, strict=False))
    return all(keys.get(topic.words) and _means(question, topic, keys[topic.words]) for topic in question.topics)


def _means(question: ParsedQuestion, topic: Topic, node: str) -> bool:
    """Whether a topic means a node and nothing else."""
    if not topic.whole or any(match.entry.sort != "name" for match in topic.matches):
        return False
    try:
        return question.node(topic) == node
    except Ambiguous:
        return False


def query_of(view: View, one: Askable) -> Query | None:
    """The query that a question was worded from, of the commonest sorts; None of any other."""
    if one.end:
        return _of_relation(one, one.end)
    if one.sort == "when":
        return IntroducedOn(one.about[0])
    if one.sort == "text" and view.node(one.about[0]).kind != QUESTION:
        return Describe(one.about[0])
    if one.sort == "formula":
        return Describe(one.about[0], "formula")
    if one.asks == "strong":
        return Strength(one.about[0])
    if one.asks == "contested":
        return IsContested(one.about[0])
    if one.sort == "whether" and len(one.names) == 2:
        return Holds(one.about[0], view.vocabulary.relations[one.asks], one.about[1])
    if one.sort == "field":
        return _of_field(view, one)
    if one.sort in ("open", "about"):
        kind = QUESTION if one.sort == "open" else one.asks.removeprefix(of_kind(""))
        around = called_after(view, one.about[0])
        return OfKind((kind,), Filters(near=one.about, around=(around,), open=one.sort == "open"))
    return None


def _of_relation(one: Askable, end: End) -> Query | None:
    """The query for an end of a relation: of one step or of all."""
    chain = one.sort == "chain" or (one.sort != "direct" and end.relation.answers_chain)
    related = Related(end.relation, one.about[0], end.inverse, chain)
    if one.sort in ("relation", "chain", "direct"):
        return related
    return Count(related) if one.sort == "number" else None


def _of_field(view: View, one: Askable) -> Query | None:
    """The query for the values of a node in a field, where its name is that of no other, and asks for no measure."""
    words = field_words(one.field).split()
    if list(field_index(view).named(words)) != [one.field]:
        return None
    if one.question.startswith("How many ") and len(words) == 1:
        asked = max(measures_in(["how", "many", *words]), key=lambda each: each.end)
        return ValueOf(one.about, (), asked.measures)
    asked_plainly = one.question.startswith(("What is the ", "What are the "))
    return ValueOf(one.about, (one.field,)) if asked_plainly and not any(measures_in(words)) else None


def _asking(one: Askable) -> list[str]:
    """The stems of the words that ask, beside those of the name."""
    asking = one.question
    for name in one.names:
        asking = asking.replace(name, " ")
    words = name_key(asking).split()
    return [stem(word) for word in words if word not in STOP_WORDS and word not in QUESTION_WORDS]


def _is_named(view: View, root: str, names: Sequence[str]) -> bool:
    """Whether a word that asks is a name too, by itself or together with one of the names."""
    index = word_index(view)
    return bool(index.phrase([root])) or any(index.phrase([root, *stems(name_key(name).split())]) for name in names)


def is_plain(view: View, name: str, node: str, lexicon: Lexicon) -> bool:
    """Whether a name means this node alone, and most of its words mean nothing else in any question."""
    if not _PLAIN.fullmatch(name):
        return False
    key = name_key(name)
    words = key.split()
    heavy = [word for word in words if word not in STOP_WORDS]
    if (
        not _COUNTING.isdisjoint(words)
        or not 0 < len(heavy) <= MAX_PLAIN
        or {words[0], words[-1]} & (STOP_WORDS - ARTICLES)
    ):
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
