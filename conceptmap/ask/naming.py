"""Naming: which other node may be meant, where the node that words name is of another kind than the question needs.

A relation is asked of claims, say, and the words name a concept: what claims something about it is meant. And where no
name has some words, the one node whose text has them may be meant; that is a guess, to be offered.
"""

from collections.abc import Collection, Iterator, Sequence
from itertools import chain, islice, takewhile

from graphs.search import ranked, search_index
from graphs.view import View
from graphs.words import IndexedName, WordIndex, stem, stems, told_stems, word_index
from ontology.names import name_key
from ontology.terms import ABOUT, EXAMPLE_OF, PART_OF

MAX_HOLDERS = 500
"""A word that more names have tells none from another."""
LEAST_BEGIN = 3
"""Letters that an inflected word shares with its stem, by which texts are searched; too many words share two."""
MAX_SEARCHED = 1_000
"""Nodes of the largest map whose texts are looked through: their index takes 60 ms, where no search made it yet."""
MAX_TELLERS = 12
"""A word that more texts have tells none from another."""
MAX_TOLD = 2
"""Words of a phrase that is looked for in texts; longer ones are told of in other words."""


def fitting(view: View, node: str, kinds: Collection[str]) -> list[str]:
    """The nodes of some kinds that stand for a node of another kind, in the order of the course.

    Those that are said to be about it; else those that are part of it or an example of it; else those with a name that
    holds one of its names. Each of them may be meant: where there are several, ask back.
    """
    said = [edge.source for edge in view.edges_to(node, ABOUT)]
    belonging = [edge.source for relation in (PART_OF, EXAMPLE_OF) for edge in view.edges_to(node, relation)]
    for others in (said, belonging, _holding(view, node)):
        fit = {other for other in others if other != node and view.kind(other) in kinds}
        if fit:
            return sorted(fit, key=lambda one: (view.introduced_on(one) or 0, one))
    return []


def told_by(view: View, words: Sequence[str], kinds: Collection[str] = ()) -> str | None:
    """The one node (of some kinds) whose label, aliases and text hold all of one or two words; None if there are more.

    The words may be inflected. What was found so was not named: an answer about it is a guess. Not in large maps.
    """
    roots = stems(words)
    if not words or len(roots) > MAX_TOLD or view.up_to(None).size > MAX_SEARCHED:
        return None
    found: set[str] = set()
    for rank in islice(ranked(view, list(map(_beginning, words)), kinds), MAX_HOLDERS):
        if set(roots) <= told_stems(view.node(rank.node)):
            found.add(rank.node)
            if len(found) > 1:
                return None
    return next(iter(found), None)


def tellers(view: View, root: str) -> Iterator[str]:
    """The nodes whose texts have a word that begins as a stem does; none where many have. Not in large maps."""
    if len(root) < LEAST_BEGIN or view.up_to(None).size > MAX_SEARCHED:
        return
    index = search_index(view)
    texts = index.tiers[-1]
    places = list(islice(chain.from_iterable(texts[word] for word in texts.starting(root)), MAX_TELLERS + 1))
    for place in places if len(places) <= MAX_TELLERS else ():
        if index.is_current(place[1:], view.as_of):
            yield place[1:]


def _holding(view: View, node: str) -> Iterator[str]:
    """The nodes with a name that holds all words of one of the node's names, and more."""
    index = word_index(view)
    for name in view.node(node).names:
        roots = set(stems(name_key(name).split()))
        if min(map(index.count, roots), default=0) <= MAX_HOLDERS:
            for entry in _entries_holding(index, roots):
                yield from index.owners_in(view, entry)


def _entries_holding(index: WordIndex, roots: Collection[str]) -> Iterator[IndexedName]:
    rarest = min(roots, key=lambda root: (index.count(root), root))
    for entry in index.holders(rarest):
        if entry.sort == "name" and set(roots) < set(stems(entry.key.split())):
            yield entry


def _beginning(word: str) -> str:
    """The letters with which every form of a word begins, as far as its stem tells: `loa` of `loaves`."""
    shared = "".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], zip(word, stem(word), strict=False)))
    return shared if len(shared) >= LEAST_BEGIN else word
