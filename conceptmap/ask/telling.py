"""Telling: nodes whose own words say all that a question says of what it asks for, in whatever words of one sense.

Who asks in words of their own, asks for what a sentence of the notes or a value of a node tells. All that the question
says must be said there: by a name, a text, a field or its value.
"""

import re
from collections.abc import Collection, Iterator, Sequence, Set
from itertools import chain, islice

from conceptmap.ask.amounts.fields import Held, data_of, held_by, of_measure
from conceptmap.ask.amounts.quantities import is_number
from conceptmap.ask.form import made_once
from conceptmap.ask.kept import kept, told_of
from conceptmap.ask.naming import tellers
from conceptmap.ask.parse import ParsedQuestion
from conceptmap.ask.senses import asked_by, is_said, same_sense
from conceptmap.ask.words import IGNORABLE, OPENERS, QUESTION_WORDS
from graphs.fields import field_words
from graphs.view import View
from graphs.words import stem, stems, word_index
from ontology.names import name_key

MAX_TELLING = 200
"""Of so many nodes that hold the rarest word it is looked whether they hold the others."""
MAX_LEADING = 4
"""So many of the words may lead to the nodes that say all of them; one may be said by another word there."""
LIGHT = IGNORABLE | OPENERS | QUESTION_WORDS | frozenset("forget forgot forgotten saw seen sees looked".split())
"""Words that no node has to say."""
DENYING = frozenset(map(stem, "not no never nobody nothing none neither nor cannot hardly rarely seldom".split()))
"""Words that turn round what a sentence says behind them."""
SURE = 0.9
"""The score from which on words are a name that nobody can mistake."""
MAX_DENIED = 2
"""So many words behind `no` are what there is none of: `he saw no free farmers on his way`."""
_SENTENCE = re.compile(r"[.;:!?]\s|\n")
_UNTIL = frozenset("before until till once after when".split())
_DONE = frozenset(map(stem, "done ready finished complete completed over".split()))


def words_of(view: View, node: str) -> frozenset[str]:
    """The stems of the words of a node: its names and text, its fields and their values, and its map."""
    return kept(_words_of, view, node)


def _words_of(view: View, node: str) -> frozenset[str]:
    return _own_words(view, node).union(*(words_of_value(held) for held in held_by(view, node)))


def words_beside(view: View, node: str, fields: Collection[str]) -> frozenset[str]:
    """The same of some fields alone, and of values that are words, such as a domain: what tells of a value in them."""
    own = [one for one in data_of(view, node) if one.quantity is None]
    asked = [one for one in held_by(view, node) if one.field in fields] if fields else []
    values = (stems(name_key(one.found.label).split()) for one in own)
    return _own_words(view, node).union(*values, *map(words_of_value, asked))


def words_of_value(held: Held) -> frozenset[str]:
    """The stems of the words of a value and its field, and of those with which it is asked for."""
    roots = frozenset(stems(field_words(held.field).split()))
    return roots | asked_by(roots) | frozenset(stems(name_key(held.found.label).split()))


def _own_words(view: View, node: str) -> frozenset[str]:
    return told_of(view, node).union(stems(name_key(view.map or "").split()))


def heavy(question: ParsedQuestion, places: Collection[int], light: frozenset[str] = frozenset()) -> list[int]:
    """The places of those words that say something; `light` are the stems of more that do not.

    A light word that is a name in the map says something: `mean`.
    """
    words = question.words
    named = {topic.start for topic in question.topics if topic.end == topic.start + 1 and topic.matches[0].score > SURE}
    said = [place for place in sorted(places) if words[place].text not in LIGHT or place in named]
    over = any(words[place].stem in _DONE for place in said)  # `until it is done` only tells when
    only_when = {place for place in said if over and words[place].text in _UNTIL}
    for one in said:  # `after only ten minutes`
        following = next((words[place] for place in said if place > one and words[place].text != "only"), None)
        if words[one].text in ("after", "only") and following and is_number(following.text):
            only_when.add(one)
    return [place for place in said if not light.issuperset(words[place].roots) and place not in only_when]


def roots_at(question: ParsedQuestion, places: Collection[int]) -> list[str]:
    """The stems of the words at some places."""
    return [root for place in sorted(places) for root in question.words[place].roots]


def untold(view: View, node: str, roots: Collection[str], told: Set[str] | None = None) -> list[str]:
    """The stems that a node does not say (or `told` does not); also those by which only one of the two denies."""
    said = words_of(view, node) if told is None else told
    roots = _weighed(roots, said)
    denied = sorted(_denied(view, node, roots))
    if DENYING.isdisjoint(roots):
        return [*(root for root in roots if not is_said(root, said)), *denied]
    return [root for root in roots if not is_said(root, said) and not (root in DENYING and denied)]


def _weighed(roots: Collection[str], said: Set[str]) -> Collection[str]:
    """The stems as they are said where somebody likes a thing: `liked it better` is `liked it more`, or `preferred it`.

    Behind other verbs `better` says more than that: `works better`.
    """
    if _LIKING.isdisjoint(roots) or said.isdisjoint(_LIKING):
        return roots
    alike = ({"better", "more"}, {"best", "most"})
    likewise = {one: other for pair in alike for one in pair for other in pair if one != other and other in said}
    return [root if root in said else likewise.get(root, root) for root in roots]


_LIKING = frozenset(map(stem, "like love enjoy fancy please favour appreciate relish".split()))


def _denied(view: View, node: str, roots: Collection[str]) -> Set[str]:
    """The words by which sentences of a node deny any of these words."""
    asked = set(roots)
    return {root for root, scope in kept(_denials, view, node) if any(is_said(one_of, scope) for one_of in asked)}


def _denials(view: View, node: str) -> Sequence[tuple[str, frozenset[str]]]:
    """The words by which sentences of a node deny something, each with the stems of what."""
    one = view.node(node)
    sentences = (stems(name_key(text).split()) for text in (*one.names, *_SENTENCE.split(one.text or "")))
    return [
        (root, frozenset(said[at + 1 : at + 1 + MAX_DENIED if root == "no" else None]))
        for said in sentences
        for at, root in enumerate(said)
        if root in DENYING
    ]


def telling(view: View, roots: Sequence[str]) -> list[str]:
    """The nodes whose own words say all of some words (by their stems)."""
    return made_once(_telling, view, *dict.fromkeys(roots))


def _tells(view: View, node: str, roots: Collection[str]) -> bool:
    """Whether a node says all of some words; most do not, which is seen without looking at what they deny."""
    said = words_of(view, node)
    all_said = all(is_said(root, said) for root in _weighed(roots, said) if root not in DENYING)
    return all_said and not untold(view, node, roots)


def _telling(view: View, *roots: str) -> list[str]:
    index = word_index(view)

    def count(root: str) -> int:
        return sum(map(index.count, same_sense(root)))

    for root in sorted(roots, key=count)[:MAX_LEADING]:  # the rarest lead to the fewest
        nodes = list(islice(_holding(view, root), MAX_TELLING + 1))
        found = [node for node in nodes if _tells(view, node, roots)] if len(nodes) <= MAX_TELLING else []
        if found:
            return found
    return []


def _holding(view: View, root: str) -> Iterator[str]:
    """The nodes that hold a word of this sense in a name, a facet or a text, each once."""
    index = word_index(view)
    said: dict[str, None] = {}
    for alike in sorted(same_sense(root)):
        entries = islice(index.holders(alike), MAX_TELLING)
        named = chain.from_iterable(index.owners_in(view, entry) for entry in entries if entry.sort != "dimension")
        for node in chain(named, tellers(view, alike)):
            if node not in said and view.has_node(node):
                said[node] = None
                yield node


def fields_of(view: View, node: str, measures: Collection[str]) -> tuple[str, ...]:
    """The fields of the first of some measures that a node has any of."""
    held = (of_measure(held_by(view, node), measure) for measure in measures)
    return tuple(dict.fromkeys(value.field for value in next(filter(None, held), [])))


def fields_asked(
    view: View, node: str, measures: Collection[str], said: Set[str], *, one: bool = False
) -> tuple[str, ...]:
    """Of several fields of a measure (or of `one`) those that some words (by their stems) ask for: `does it keep?`."""
    fields = fields_of(view, node, measures)
    return tuple(field for field in fields if _asks_for(field, said)) if one or len(fields) > 1 else ()


def _asks_for(field: str, said: Set[str]) -> bool:
    roots = set(stems(field_words(field).split()))
    return any(is_said(root, said) for root in roots) or not asked_by(roots).isdisjoint(said)


def name_roots(view: View, node: str) -> frozenset[str]:
    """The stems of the words of a node's names."""
    return frozenset(root for name in view.node(node).names for root in stems(name_key(name).split()))


def runs_as(question: ParsedQuestion, sentence: str) -> bool:
    """Whether a question has the words of a sentence on the sides where they stand: who beat whom makes a difference.

    What does something (behind `did`, or at the beginning) stands first in the sentence too.
    """
    words = question.words
    places = heavy(question, question.places)
    doing = next((place for place in sorted(question.places) if words[place].text in _DOING | _BEING), None)
    said = places if doing is None else [place for place in places if place > doing]
    if len(said) < 2:
        return True
    told = stems(name_key(sentence).split())
    at = [_place_of(words[place].stem, told) for place in said]
    known = [one for one in at if one is not None]
    if doing is not None and words[doing].text in _BEING:
        by_somebody = any(words[place].text == "by" and place > said[0] for place in question.places)
        return not by_somebody or at[0] != min(known, default=None)
    return at[0] is None or at[0] == min(known)


_DOING = frozenset("do does did has have had".split())
_BEING = frozenset("is are was were".split())


def _place_of(root: str, told: Sequence[str]) -> int | None:
    return next((place for place, one in enumerate(told) if is_said(root, {one})), None)
