"""Offers: whole questions that the map can answer, for one that it cannot; never an answer to that one.

There is no list of all questions. The question's rarer words lead to the nodes that have them in their names, and what
can be asked about these nodes, or is answered by them, is made up then: what that costs does not grow with the map.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest
from itertools import chain, combinations, islice, pairwise
from math import log

from conceptmap.ask.answer import Answer, Offer
from conceptmap.ask.askable import Askable, Cues, about_node, answered_by, as_cues, cues, cues_of_kind, noun_of, of_kind
from conceptmap.ask.composing import WAY, all_but, between, both, facets_of, number_of, some_of, ways
from conceptmap.ask.naming import told_by
from conceptmap.ask.words import IGNORABLE, OPENERS, QUESTION_WORDS
from graphs.view import FoldedNode, View
from graphs.words import STOP_WORDS, IndexedName, stem, stems, word_index
from ontology.names import name_key
from ontology.terms import DAY
from ontology.vocabulary import Vocabulary

MAX_OFFERS = 3
"""So many are read at a glance, and each is answered: at 100,000 nodes that costs 1 ms."""
MAX_TRIED = 6
"""So many questions are asked to find those that have an answer."""
TRIED_FOR_ONE = 2
"""So many questions are asked for each completion: one that is not answered completes nothing."""
LONGEST_TYPED = 300
"""Letters of the longest beginning that is completed; whoever has typed more knows what to ask."""
MAX_LISTED = 12
"""More answers than that tell nobody what a question is about."""
MAX_POSTINGS = 300
"""A word that more names have tells too little to look at all of them."""
MAX_NAMES = 60
"""So many of the names that share words with the question are looked at closely."""
MAX_NODES = 8
"""What can be asked about so many nodes is looked at; a question names one or two, the others only look like them."""
MAX_ENDINGS = 20
"""So many words that begin as the one that is being typed are looked for."""
MAX_SAMPLED = 500
"""So many edges are looked at for something to ask about where the question names nothing yet."""
MAX_COMPARED = 30
"""So many of the likeliest are compared with the question letter by letter."""
MAX_COMPOSED = 8
"""Of so many of the likeliest questions others are composed."""
MAX_PAIRED = 5
"""So many of the nodes that the question names are asked about in pairs."""
NAMED_IN_PART = 0.2
"""What words of a name count beside the share that they are of it: little, so that a whole name comes first."""
UNNAMED, UNASKED = 0.6, 0.2
"""Of the share that is named: what a question counts that names no node, and loses if no word asks for it."""
LIGHT = 0.6
"""What an everyday word weighs of what others do that as many names have."""
SAME_SORT = 0.15
"""What it counts that a question wants the same sort of answer: as much as a word of six."""
LEAVING_OUT = frozenset("not no other besides except excluding apart without aside else isnt arent nor instead".split())
"""Words that leave something out of what is asked for."""
JOINING = frozenset("and or both also plus two".split())
"""Words that join two things that are asked for."""

Ask = Callable[[View, str], Answer]
"""What answers a question."""


def offers_for(view: View, question: str, ask: Ask) -> tuple[Offer, ...]:
    """The likeliest questions that have answers, best first; `ask` answers them, itself without offers."""
    offers: list[Offer] = []
    for one in likeliest(view, question, MAX_TRIED):
        reply = ask(view, one.question)
        readable = len(reply.answers) <= MAX_LISTED and is_read(one, reply)
        if readable and reply.answers not in [offer.answers for offer in offers]:
            offers.append(Offer(one.question, reply.answers))
        if len(offers) == MAX_OFFERS:
            break
    return tuple(offers)


def completions_for(view: View, typed: str, limit: int, ask: Ask) -> list[str]:
    """Questions that have answers and that what is typed may become, the likeliest first; at most `limit`.

    What is typed may end within a word, and need not be the beginning of the question: `lesson backs` will do.
    """
    if not typed.strip() or len(typed) > LONGEST_TYPED:
        return []
    tried = likeliest(view, typed, TRIED_FOR_ONE * limit, unfinished=True)
    answered = (one.question for one in tried if is_read(one, ask(view, one.question)))
    return list(islice(answered, limit))


def is_read(one: Askable, reply: Answer) -> bool:
    """Whether a question is answered, and by what it was made for."""
    return reply.status == "answered" and {answer.id for answer in reply.answers}.issuperset(one.answers)


def likeliest(view: View, question: str, limit: int, *, unfinished: bool = False) -> list[Askable]:
    """The questions that come nearest to a question, best first; `unfinished`: to one that is still being typed."""
    from rapidfuzz import fuzz, utils  # noqa: PLC0415 (that only a question that is not answered must pay)
    from rapidfuzz.distance import Prefix  # noqa: PLC0415 (likewise)

    wanted = _Wanted(view, question, unfinished=unfinished)
    asked = {one.question: one for one in _candidates(view, wanted)}
    scores = {name: wanted.score(one) for name, one in asked.items()}
    best = nlargest(MAX_COMPOSED, scores, scores.__getitem__)
    for one in _composed(view, wanted, [asked[name] for name in best]) if not unfinished else ():
        asked[one.question], scores[one.question] = one, wanted.score(one)
    for name in asked if unfinished else ():
        scores[name] += Prefix.normalized_similarity(question, name[: len(question)], processor=str.casefold)
    for name in nlargest(MAX_COMPARED, scores, scores.__getitem__):
        scores[name] += 0.2 * fuzz.token_set_ratio(question, name, processor=utils.default_process) / 100
    return [asked[name] for name in nlargest(limit, scores, scores.__getitem__)]


def _composed(view: View, wanted: "_Wanted", best: Sequence[Askable]) -> Iterator[Askable]:
    """Questions made of those that come nearest: for some of the answers, all but some, their number, for two sets."""
    nodes = list(map(view.node, wanted.nodes[:MAX_PAIRED]))
    if wanted.sort == "whether":
        yield from (one for one in between(view, nodes) if wanted.apart(*one.about))
    yield from (one for one in ways(nodes) if wanted.apart(*one.about)) if wanted.said(WAY) else ()
    ends = [one for one in best if one.end]
    for one in ends:
        if wanted.sort == "number":
            yield from number_of(one)
        if not wanted.leaves_out:
            yield from (some for some in some_of(view, one) if wanted.said(some.cues - one.cues))
        else:
            yield from all_but(one, wanted.mentioned(list(map(view.node, one.answers)), one.about))
    if wanted.joins:
        yield from (both(one, other) for one, other in combinations(ends, 2) if wanted.joined(one, other))


def _candidates(view: View, wanted: "_Wanted") -> Iterator[Askable]:
    """What can be asked about the nodes that the question names, and what these answer; without any, about some."""
    nodes = list(map(view.node, wanted.nodes))
    for node in nodes:
        yield from answered_by(view, node)
    for node in nodes:
        yield from about_node(view, node)
    for node in _some_nodes(view, wanted) if wanted.unfinished else ():
        yield from about_node(view, node)
    kinds = [kind for kind in view.vocabulary.kinds.values() if kind.name != DAY and wanted.said(cues_of_kind(kind))]
    for kind in kinds:
        yield from of_kind(view, kind)
        for node in nodes:
            if node.kind == DAY:
                words = cues_of_kind(kind)
                yield Askable(f"List every {noun_of(kind)} on {node.label}", (node.id,), words)
    for value in wanted.values:
        for kind in kinds:
            yield Askable(f"List every {value} {noun_of(kind)}", (), cues_of_kind(kind) | as_cues(value))


def _some_nodes(view: View, wanted: "_Wanted") -> Iterator[FoldedNode]:
    """A few nodes to ask about that the question does not name yet, at the ends of the relations that it names."""
    relations = view.vocabulary.relations
    said = {name for name, one in relations.items() if wanted.said(cues(one, inverse=True) | cues(one, inverse=False))}
    keys = [key for key in islice(view.edge_keys(), MAX_SAMPLED) if not said or key.relation in said]
    ends = dict.fromkeys(chain.from_iterable((key.target, key.source) for key in keys))
    begun = sorted(ends, key=lambda node: not node.startswith(wanted.last))
    return map(view.node, begun[: 2 * MAX_NODES])


@dataclass(frozen=True, slots=True)
class _Named:
    """What of a question's words a name has: how much they weigh, and their share of the name."""

    roots: frozenset[str]
    weight: float
    share: float

    @property
    def score(self) -> float:
        return self.weight * (NAMED_IN_PART + self.share)


class _Wanted:
    """A question by its words: what each weighs, and which nodes have them in their names."""

    def __init__(self, view: View, question: str, *, unfinished: bool = False) -> None:
        self._index = word_index(view)
        self._common = _cue_counts(view.vocabulary)
        self.unfinished = unfinished
        said = name_key(question).split()
        self.last = said[-1] if said else ""
        roots = [stem(self._corrected(word)) for word in said if word not in STOP_WORDS]
        if unfinished and question[-1:].isalnum():
            roots += self._index.stems_starting(self.last, MAX_ENDINGS)
            roots += [root for root in self._common if root.startswith(self.last)]
        self.roots = list(dict.fromkeys(roots))
        self._light = {stem(word) for word in said if word in IGNORABLE | QUESTION_WORDS}
        self.weights = {root: self._weight(root) * (LIGHT if root in self._light else 1.0) for root in self.roots}
        self._total = sum(self.weights.values()) or 1.0
        self._said: dict[Cues, frozenset[str]] = {}
        self.values: list[str] = []
        self._named = self._owners(view)
        self.sort = _sort_of(question)
        self.leaves_out = not LEAVING_OUT.isdisjoint(said)
        self.joins = not JOINING.isdisjoint(said)
        self.nodes = nlargest(MAX_NODES, self._named, lambda node: self._named[node].score)

    def score(self, one: Askable) -> float:
        """How near a question comes: the share of the words that it accounts for, and how well it names its nodes."""
        named = [self._named[node] for node in one.about if node in self._named]
        left_out = [self._named[node] for node in one.without if node in self._named]
        about = frozenset().union(*(name.roots for name in named + left_out))
        answers = frozenset().union(*(self._named[node].roots for node in one.answers if node in self._named))
        asking = self.said(one.cues)
        explained = 0.0
        for root, weight in self.weights.items():
            credit = 1.0 if root in about else 0.8 if root in asking else 0.5 if root in answers else 0.0
            explained += weight * credit
        share = sum(name.share for name in named) / len(one.about) if one.about else UNNAMED
        if not one.end and not asking:
            share -= UNASKED
        alike = (_sort_of(one.question) == self.sort) + (bool(one.without) and self.leaves_out)
        return explained / self._total + 0.5 * share + SAME_SORT * alike

    def mentioned(self, nodes: Sequence[FoldedNode], about: Sequence[str]) -> list[FoldedNode]:
        """Those of some nodes of which the question has words, by their names or data, that the others lack."""
        words = {node.id: self._named[node.id].roots if node.id in self._named else frozenset() for node in nodes}
        words = {node.id: words[node.id] | self.said(as_cues(*facets_of(node))) for node in nodes}
        known = frozenset().union(*(self._named[one].roots for one in about if one in self._named))
        shared = frozenset.intersection(*words.values()) if words else frozenset()
        return [node for node in nodes if words[node.id] - known - shared]

    def joined(self, one: Askable, other: Askable) -> bool:
        """Whether a question may ask two at once: for the same of two nodes, or for two things that it says."""
        first, second = self.said(one.cues), self.said(other.cues)
        return self.apart(*one.about, *other.about) if first == second else bool(first and second)

    def apart(self, *nodes: str) -> bool:
        """Whether the question names each of these nodes by words of its own."""
        words = [self._named[node].roots for node in nodes if node in self._named]
        return len(words) == len(nodes) and sum(map(len, words)) == len(frozenset().union(*words))

    def said(self, phrases: Cues) -> frozenset[str]:
        """The words of the phrases that the question says whole."""
        known = self._said.get(phrases)
        if known is None:
            words = self.weights.keys()
            known = self._said[phrases] = frozenset().union(*(one for one in phrases if one <= words))
        return known

    def _corrected(self, word: str) -> str:
        """A word as it is, if it is known, else as the nearest word of a name."""
        root = stem(word)
        if root in self._common or self._index.knows_stem(root) or self._index.knows(word) or word in IGNORABLE:
            return word
        return next(iter(self._index.near_words(word)), word)

    def _weight(self, root: str) -> float:
        """What a word tells: the more, the fewer names have it; of a word for relations, the fewer relations."""
        names, relations = self._index.count(root), self._common.get(root, 0)
        by_names = 1 / (1 + log(1 + names)) if names else 0.0
        return max(by_names, 1 / (1 + log(1 + relations)) if relations else 0.0, 0.2)

    def _owners(self, view: View) -> dict[str, _Named]:
        """The nodes whose names have words of the question, each with the name that has most of them."""
        shared: dict[IndexedName, float] = {}
        for root in self.roots:
            for entry in self._index.holders(root) if self._index.count(root) <= MAX_POSTINGS else ():
                shared[entry] = shared.get(entry, 0.0) + self.weights[root]
        found: dict[str, _Named] = {}
        for entry in nlargest(MAX_NAMES, shared, shared.__getitem__):
            held = frozenset(stems(entry.key.split()))
            roots = frozenset(held & self.weights.keys())
            name = _Named(roots, sum(self.weights[root] for root in roots), len(roots) / len(held))
            if entry.sort == "facet":
                self.values.append(entry.key)
                continue
            for node in self._index.owners_in(view, entry):
                if node not in found or name.score > found[node].score:
                    found[node] = name
        telling = [root for root in self.roots if root not in self._light]
        unknown = [root for root in telling if not self._index.knows_stem(root) and root not in self._common]
        for root in () if self.unfinished else unknown:
            if teller := told_by(view, [root]):
                found.setdefault(teller, _Named(frozenset([root]), self.weights[root], 0.0))
        return found


def _sort_of(question: str) -> str:
    """What sort of answer a question wants, by its first words."""
    words = name_key(question).split()
    first = words[0] if words else ""
    if not {"how many", "how much", "how long", "how hot"}.isdisjoint(map(" ".join, pairwise(words))):
        return "number"
    if "when" in words[:2] or not {"which day", "what day", "what date"}.isdisjoint(map(" ".join, pairwise(words))):
        return "day"
    return "whether" if first in OPENERS else "why" if first == "why" else "things"


@lru_cache(maxsize=8)
def _cue_counts(vocabulary: Vocabulary) -> Mapping[str, int]:
    """How many relations and kinds each word of the vocabulary asks for."""
    asking = [cues(one, inverse=True) | cues(one, inverse=False) for one in vocabulary.relations.values()]
    asking += map(cues_of_kind, vocabulary.kinds.values())
    return Counter(chain.from_iterable(frozenset().union(*one) for one in asking))
