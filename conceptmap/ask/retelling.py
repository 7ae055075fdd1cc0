"""Retelling: words of a question that tell of a node in other words than its name has, and the name in their place.

A claim is hardly ever repeated word by word: `the allies made Rome powerful` for `Allies made Rome strong`, `turn the
temperature up` for `Higher temperature`. A question that cannot be read is read again with the name in their place, and
keeps the contract as any other. Words tell of a name where every one of them says something of the name (the same word,
one of its family, or of the same sense), where together they say most of it, the rarer in the map the more, where they
deny it or not as it does, and where they stand in its order.
"""

from collections import Counter
from collections.abc import Collection, Container, Iterator, Sequence, Set
from dataclasses import dataclass, replace
from functools import cache
from heapq import nsmallest
from itertools import chain, combinations
from math import log

from conceptmap.ask.frame_words import AGENTS, FRAME_WORDS, HURRIED, LEADS
from conceptmap.ask.ideas import Idea, ideas_of
from conceptmap.ask.idioms import idiom_words
from conceptmap.ask.kept import kept
from conceptmap.ask.lexicon import Lexicon, Noun, Verb
from conceptmap.ask.names import asks_within
from conceptmap.ask.parse import ParsedQuestion
from conceptmap.ask.sameness import in_name, is_turned
from conceptmap.ask.spans import Word
from conceptmap.ask.thesaurus import Senses, senses
from conceptmap.ask.words import ARTICLES, IGNORABLE, ORDINARY, QUESTION_WORDS
from graphs.view import View
from graphs.words import STOP_WORDS, IndexedName, WordIndex, akin, stem, stems, word_index
from ontology.names import name_key
from ontology.terms import CLAIM, DAY, STATEMENTS, UNIT

SAME, FAMILY, SENSE = 1.0, 0.9, 0.7
"""What a word counts that is a word of the name, one of its family, or one of the same sense."""
LEAST_COVER = 0.55
"""The share of a name that must be told, each of its words by how rare it is."""
LEAST_ASKED = 0.2
"""The share of a claim that must be told where all other words of a question ask for its reasons."""
SURE = 0.95
"""From this score on nothing but the name can be meant."""
LEAST_TOLD = 2
"""So many different words of a name must be told: fewer are found as parts of it, and mean it or not."""
WHOLE = 3
"""Up to so many words a name must be told as a whole: of `Higher temperature`, either word says something else."""
MARGIN = 0.1
"""Two names whose scores differ by less are as likely: then it is asked back."""
MAX_NAMES = 12
"""So many names that share words with the question are looked at."""
MAX_TELLINGS = 4
"""So many are read."""
MAX_POSTINGS = 200
"""A word that more names have leads to none of them."""
MAX_BESIDE = 3
"""So many words beside those that tell of a name must not say the opposite of what is left of it."""
_WHOLLY = frozenset("whole entire".split())
"""Words before a noun that say no more than it does."""
_MAKE = stem("make")
"""A verb that says little by itself: `makes A faster`."""
ASKING = frozenset(map(stem, ["do", "does", "did"]))
"""Words that stand in a question and not in what is claimed."""


@dataclass(frozen=True, slots=True)
class Telling:
    """Words of a question (`end` excluded) that tell of a node, and how well (0 to 1)."""

    start: int
    end: int
    node: str
    label: str
    score: float
    is_noun: bool

    def holds(self, other: "Telling") -> bool:
        """Whether another is told by some of the words of this one, which tells of its node as well or better."""
        run, within = range(self.start, self.end), range(other.start, other.end)
        return len(within) < len(run) and other.start in run and other.end - 1 in run and other.score <= self.score

    def outdoes(self, other: "Telling") -> bool:
        """Whether it tells of a node better than another does: by more of the words, if hardly less well."""
        longer = (self.start <= other.start and other.end <= self.end) - (
            other.start <= self.start and self.end <= other.end
        )
        return self.score + MARGIN * longer > other.score

    def says_more(self, words: Sequence[Word], name: str) -> bool:
        """Whether it is told by more than the words of a name that may mean several."""
        said = {word.text for word in words[self.start : self.end]} - IGNORABLE
        return self.score > SURE or not said <= set(name.split())


def by_parts(parsed: ParsedQuestion) -> list[Telling]:
    """Nouns that are named without their last word, or the first ones, beside others, as in `how do A and B C differ?`.

    All other names with these words must be longer by more. A part alone may mean anything.
    """
    found = list(_by_parts(parsed))
    once = [one for one in found if sum(one.node == other.node for other in found) == 1]
    return once if len(once) > 1 or any(topic.whole for topic in parsed.topics) else []


def _by_parts(parsed: ParsedQuestion) -> Iterator[Telling]:
    places = {word.at: place for place, word in enumerate(parsed.asked) if word.at is not None}
    for topic in parsed.topics:
        entries = topic.entries("name")
        said = [places.get(-1 if word.at is None else word.at) for word in parsed.words[topic.start : topic.end]]
        start = said[0]
        if topic.whole or not entries or start is None or said != list(range(start, start + len(said))):
            continue
        best = min(entries, key=lambda entry: len(entry.key))
        own = stems(best.key.split())
        nodes = list(parsed.index.owners_in(parsed.view, best))
        part = stems(topic.words.split())
        if len(nodes) != 1 or parsed.view.kind(nodes[0]) in STATEMENTS or part not in (own[:-1], own[-len(part) :]):
            continue
        if all(set(own) <= set(stems(entry.key.split())) for entry in entries):
            node = parsed.view.node(nodes[0])
            yield Telling(start, start + len(said), node.id, node.label, topic.matches[0].score, is_noun=True)


def apart(tellings: Sequence[Telling]) -> Iterator[tuple[Telling, Telling]]:
    """Each two tellings of words that stand apart."""
    yield from (
        (one, other) for one, other in combinations(tellings, 2) if one.end <= other.start or other.end <= one.start
    )


def unknown_to_all(words: Sequence[Word], lexicon: Lexicon, index: WordIndex) -> frozenset[int]:
    """The places of words that neither the map nor the vocabulary nor any habit of English explains."""
    known = _habitual()
    return frozenset(
        place
        for place, word in enumerate(words)
        if word.text not in known
        and word.text not in lexicon.words
        and word.stem not in lexicon.stems
        and not any(map(index.knows_stem, word.roots))
    )


@cache
def _habitual() -> Set[str]:
    """Words that say little, or only something by habits of English."""
    return IGNORABLE | QUESTION_WORDS | ORDINARY | FRAME_WORDS | idiom_words() | AGENTS | LEADS | HURRIED.keys()


def retold(words: Sequence[Word], tellings: Sequence[Telling]) -> list[Word]:
    """The question's words with the labels of nodes in the place of those that tell of them."""
    made = list(words)
    for one in sorted(tellings, key=lambda one: -one.start):
        clause = words[one.start].clause
        label = [Word(word, word, stem(word), clause) for word in name_key(one.label).split()]
        made[one.start : one.end] = label
    return [replace(word, at=None) for word in made]


def tellings(
    words: Sequence[Word], index: WordIndex, view: View, reasoned: Collection[Container[str]] = ()
) -> list[Telling]:
    """The names that some words of a question tell of, the likeliest first.

    `reasoned` hold the nodes that have what the question asks for: of a claim among them less need be told.
    """
    known = senses()
    ideas = [_sure(idea, words) for idea in ideas_of([word.text for word in words], known, index)]
    found: dict[str, Telling] = {}
    for name in _names(ideas, known, view):
        for node in index.owners_in(view, IndexedName("name", name)):
            if view.kind(node) in (DAY, UNIT) or name not in map(name_key, view.node(node).names):
                continue  # an id has only how a sentence begins
            least = LEAST_ASKED if view.kind(node) == CLAIM and any(node in one for one in reasoned) else LEAST_COVER
            telling = _telling(ideas, words, name, node, index, view, least)
            if telling is not None and (node not in found or telling.outdoes(found[node])):
                found[node] = telling
    told = sorted(found.values(), key=lambda one: (-one.score, one.label))
    return [one for one in told if not any(other.holds(one) for other in told)][:MAX_TELLINGS]


def reasoned(parsed: ParsedQuestion) -> Collection[Container[str]]:
    """What holds the nodes that have what is asked for, where that is what speaks for or against something."""
    cues = [*(cue.relation for _, cue in parsed.cues(Verb)), *(cue.relation for _, cue in parsed.cues(Noun))]
    relations = {relation for relation in cues if relation.polarity}
    if parsed.asks_for("why"):
        relations |= {one for one in parsed.view.vocabulary.relations.values() if one.polarity}
    return [parsed.view.all_neighbours(one.name, inverse=True) for one in relations]


def _sure(idea: Idea, words: Sequence[Word]) -> Idea:
    """An idea; of a word that may be misspelt, or not, only what it is taken for: `steep` is not as light as `step`."""
    doubtful = any(word.corrected for word in words[idea.start : idea.end])
    return replace(idea, means=frozenset(), is_light=False) if doubtful else idea


def _names(ideas: Sequence[Idea], known: Senses, view: View) -> list[str]:
    """The names that share the most with what a question says."""
    index = word_index(view)
    weights: dict[str, float] = {}
    hits: Counter[str] = Counter()
    for idea in ideas:
        if idea.is_light or (idea.denies and not idea.root):
            continue
        held: dict[str, float] = {}
        for root, worth in _roots(idea, known, view):
            names = index.names_of(root)
            weight = worth * _weight(root, index) if len(names) <= MAX_POSTINGS else 0.0
            for name in names if weight else ():
                held[name] = max(held.get(name, 0.0), weight)
        for name, weight in held.items():
            weights[name] = weights.get(name, 0.0) + weight
            hits[name] += 1
    telling = [name for name in weights if hits[name] >= min(LEAST_TOLD, len(stems(name.split())))]
    return nsmallest(MAX_NAMES, telling, key=lambda name: (-weights[name] / (1 + len(name.split())) ** 0.5, name))


def _roots(idea: Idea, known: Senses, view: View) -> Iterator[tuple[str, float]]:
    """The stems in names that say what a word says, and what each counts."""
    index = word_index(view)
    if index.knows_stem(idea.root):
        yield idea.root, SAME
    for root in kept(_family, view, idea.root):
        yield root, FAMILY
    for root in dict.fromkeys(chain.from_iterable(map(known.words, sorted(idea.means)))):
        if index.knows_stem(root):
            yield root, SENSE


def _family(view: View, root: str) -> Sequence[str]:
    """The stems in names of words of one family with a stem."""
    return word_index(view).family(root)


def _weight(root: str, index: WordIndex) -> float:
    """How much a word tells: the rarer in the map's names, the more; a phrase as much as its least word."""
    return min(1 / (1 + log(1 + len(index.names_of(word)))) for word in root.split())


def _telling(
    ideas: Sequence[Idea],
    words: Sequence[Word],
    name: str,
    node: str,
    index: WordIndex,
    view: View,
    least: float,
) -> Telling | None:
    """How words tell of a name of a node, where they do."""
    told = kept(_Name, view, name, node)
    matches = [told.match(idea) for idea in ideas]
    best: Telling | None = None
    for first, last in _runs(matches):
        run = range(first, last + 1)
        beside = (*ideas[max(0, first - MAX_BESIDE) : first], *ideas[last + 1 : last + 1 + MAX_BESIDE])
        if told.is_contradicted(beside, [matches[at] for at in run]):
            continue
        if (score := told.score([ideas[at] for at in run], [matches[at] for at in run], least)) is None:
            continue
        start, end = ideas[first].start, ideas[last].end
        if end - start == 1 and matches[first] == _Match((0,), SAME):
            continue  # found as it stands
        while start > 0 and words[start - 1].text in ARTICLES | _WHOLLY:
            start -= 1
        if start > 0 and words[start - 1].text == told.words[0] in STOP_WORDS:
            start -= 1  # `with a varied B` of `With enough variation in B`
        if told.is_noun and start > 0 and words[start - 1].text in AGENTS:
            start -= 1  # `when I turn the temperature up`
        said = " ".join(word.text for word in words[start:end])
        if asks_within(words, start):
            continue
        is_read = stems(said.split()) == stems(name.split()) and words[start].clause == words[end - 1].clause
        is_read = is_read or (score < LEAST_COVER and any(index.phrase(stems(said.split()))))
        telling = Telling(start, end, node, view.node(node).label, score, told.is_noun)
        if not is_read and (best is None or telling.outdoes(best)):
            best = telling
    return best


def _runs(matches: Sequence["_Match | None"]) -> Iterator[tuple[int, int]]:
    """The longest runs of ideas that all say something of a name, from the first to the last that tells of it."""
    first: int | None = None
    last = -1
    for at, match in enumerate(matches):
        if match is None:
            if first is not None:
                yield first, last
            first = None
        elif match.places:
            first = at if first is None else first
            last = at
    if first is not None:
        yield first, last


@dataclass(frozen=True, slots=True)
class _Match:
    """How an idea says something of a name: the places of the name's words that it tells, and what it counts."""

    places: tuple[int, ...] = ()
    worth: float = 0.0


_LIGHT = _Match()


class _Name:
    """A name that words may tell of."""

    def __init__(self, view: View, name: str, node: str) -> None:
        index = word_index(view)
        label = view.node(node).label
        said = name_key(label.replace("=", " equals ")) if "=" in label and name_key(label) == name else name
        self.words = said.split()
        self.known = senses()
        self.ideas = [one for one in ideas_of(self.words, self.known, index) if not (one.is_light and not one.means)]
        self.weights = [
            0.0 if one.is_light or not one.root or one.root in QUESTION_WORDS else _weight(one.root, index)
            for one in self.ideas
        ]
        self.said = set(self.words)
        self.is_noun = len(self.ideas) <= WHOLE and view.kind(node) not in STATEMENTS

    def match(self, idea: Idea) -> _Match | None:
        """How an idea says something of the name; None where it says something else."""
        if idea.denies and not idea.root:
            return _LIGHT
        found = [
            (worth, at)
            for at, own in enumerate(self.ideas)
            if (worth := _worth(idea, own)) and (worth > SENSE or not self.is_noun or self._changes(idea, own))
        ]
        if found:
            best = max(worth for worth, _ in found)
            return _Match(tuple(at for worth, at in found if worth == best), best)
        if idea.root in QUESTION_WORDS | ASKING:
            return _LIGHT if idea.root in self.said else None
        return _LIGHT if idea.is_light else None

    def _changes(self, idea: Idea, own: Idea) -> bool:
        """Whether both say that something becomes more or less: any other word may make another term of a noun."""
        return any(map(self.known.is_change, idea.means & own.means))

    def score(self, ideas: Sequence[Idea], matches: Sequence[_Match | None], least: float) -> float | None:
        """How well a run tells of the name; None where that is less than `least`, or it tells of something else."""
        told = _told(ideas, matches)
        if told is None:
            return None
        heavy = {at for at in told if self.weights[at]}
        if len(heavy) < min(LEAST_TOLD, sum(map(bool, self.weights))) or not heavy:
            return None
        if sum(one.denies for one in ideas) % 2 != self._denied(told) % 2:
            return None
        if any(one.denies and one.root and at not in told for at, one in enumerate(self.ideas)):
            return None  # `the loss function` is not yet `The loss function is unclear`
        heavies = [at for at, weight in enumerate(self.weights) if weight]
        if not self.is_noun and heavies[0] not in told:
            return None  # `dough tastes better` is not yet `Slow dough tastes better`
        total = sum(self.weights)
        cover = sum(self.weights[at] * worth for at, worth in told.items()) / total
        whole = all(at in told for at, weight in enumerate(self.weights) if weight)
        if (len(self.ideas) <= WHOLE and not whole) or cover < least:
            return None
        if cover < LEAST_COVER and any(at not in told for at in heavies if at < max(heavy)):
            return None  # of what is told hardly at all, only the end may be left out
        if not any(self.weights[at] and worth > SENSE for at, worth in told.items()):
            return None  # words of a sense alone name nothing
        places = in_name(match.places for match in matches if match is not None and match.places)
        pivots = [at for at, one in enumerate(self.ideas) if any(map(self.known.is_change, one.means))]
        nouns = [at for at in pivots if self.words[self.ideas[at].end : self.ideas[at].end + 1] in (["in"], ["of"])]
        if any(at in told and next((one for one in heavies if one > at), at) not in told for at in nouns):
            return None
        places = [at for at in places if at not in nouns]  # `the growth of A` is `A grows`
        return None if is_turned(places, [one.root for one in ideas], " ".join(self.words), pivots) else cover

    def is_contradicted(self, beside: Sequence[Idea], matches: Sequence[_Match | None]) -> bool:
        """Whether what stands beside a run says the opposite of what the name says, and the run does not tell."""
        told = {at for match in matches if match is not None for at in match.places}
        untold = {-sense for at, one in enumerate(self.ideas) if at not in told for sense in one.means}
        return any(not one.means.isdisjoint(untold) for one in beside)

    def _denied(self, told: Collection[int]) -> int:
        """How often the name denies what is told of it: what lies before or behind that says something more."""
        first = min(told) if min(told) > 1 else 0
        return sum(
            one.denies and (at in told if one.root else first <= at < max(told)) for at, one in enumerate(self.ideas)
        )


def _told(ideas: Sequence[Idea], matches: Sequence[_Match | None]) -> dict[int, float] | None:
    """The places of a name's words that are told, and how well; None where a word says something beside.

    A word of the same sense stands for one that nothing else tells: `last` in `last A keeps` is none for `keeps`.
    """
    told: dict[int, float] = {}
    by: dict[int, str] = {}
    roots: set[str] = set()
    said = sorted(zip(matches, ideas, strict=True), key=lambda one: -one[0].worth if one[0] is not None else 0.0)
    for match, idea in said:
        if match is None:
            return None
        free = [at for at in match.places if by.get(at) in (None, idea.told_by)]
        if match.places and not free:
            if idea.is_light or (idea.is_predicate and idea.root in roots):
                continue  # `enough variation is enough` says `enough` once
            return None
        if free:
            at = next((one for one in free if one in by), free[0])
            told[at], by[at] = match.worth, idea.told_by
            roots.add(idea.root)
    return told


def _worth(idea: Idea, own: Idea) -> float:
    """What an idea of a question counts that may say the same as one of a name."""
    if idea.root == _MAKE != own.root:
        return 0.0
    if idea.is_light and not idea.means & own.means:
        return SAME if idea.root == own.root and own.means else 0.0
    if idea.root == own.root:
        return SAME
    if idea.root and own.root and akin(idea.root, own.root):
        return FAMILY
    return SENSE if idea.means & own.means else 0.0
