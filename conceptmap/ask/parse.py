"""A question taken apart: its words cut into topics, cues, days and loose words, for the forms to read."""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeVar

from conceptmap.ask.lexicon import FormWord, KindWord, Lexicon, Noun, Verb
from conceptmap.ask.spans import PARTIAL, Days, Match, Span, Word, partial_names, spans_of, words_of
from conceptmap.ask.words import (
    ARTICLES,
    BETWEEN_PREPOSITION_AND_NAME,
    CONTRACTED,
    DENIALS,
    FILLERS,
    IGNORABLE,
    PREPOSITIONS,
    QUESTION_WORDS,
    RESTRICTING,
)
from graphs.view import View
from graphs.words import STOP_WORDS, IndexedName, WordIndex, stem, stems, word_index
from ontology.model import MAX_DAY
from ontology.names import name_key

MARGIN = 0.08
"""Names whose scores differ by less are as likely.

Two words mean a name of three that has them rather than one of four; but one of four no more than one of five.
"""
WORD_MARGIN = 0.2
"""A single word that is part of several names tells less than a phrase: they must differ by more."""
COMPOUND = "compound"
"""Stands for the preposition of a name that another follows at once: of `power-law synthesis`, the first."""
_Cue = TypeVar("_Cue", Verb, Noun, KindWord, FormWord)


class Unclear(Exception):
    """The question cannot be read: `reason` says why; names near to `words` may have been meant."""

    def __init__(self, reason: str, words: str = "") -> None:
        self.reason, self.words = reason, words
        super().__init__(reason)


class Ambiguous(Exception):
    """The words of a topic name several nodes, best first."""

    def __init__(self, topic: "Topic", candidates: Sequence[str]) -> None:
        self.topic, self.candidates = topic, tuple(candidates)
        super().__init__(topic.words)


@dataclass(frozen=True, slots=True)
class Topic:
    """Words that name something in the map: where they stand, the preposition before them, and what they may name."""

    start: int
    end: int
    words: str
    preposition: str
    matches: tuple[Match, ...]

    @property
    def whole(self) -> bool:
        """Whether the words are a whole name, not only some words of one."""
        return any(match.score > PARTIAL for match in self.matches)

    def entries(self, sort: str) -> list[IndexedName]:
        """What the words name of a sort: `name`, `facet` or `dimension`."""
        return [match.entry for match in self.matches if match.entry.sort == sort]


@dataclass(frozen=True, slots=True)
class PlacedDays:
    """Days that a question names (`said`), and the days that it means: `before day 5` is said of one and means four."""

    start: int
    said: Days
    days: Days


class ParsedQuestion:
    """A question's words, and what they are to each other: what a form of question reads.

    `words` are all of them, misspellings corrected, and `spans` how they were cut. `topics` are those that name
    something in the map, in their order (`named`: those that name nodes), `days` those that name days, and `loose`
    those that nothing explains, `restricting` among them those behind a preposition that narrows what is asked. Asking
    for the node of a topic notes that the topic is used; what stays `unexplained` decides whether a form may answer.
    """

    def __init__(self, question: str, view: View, lexicon: Lexicon) -> None:
        self.view = view
        self.index: WordIndex = word_index(view)
        self.words: list[Word] = words_of(question, lexicon, self.index)
        self.spans: list[Span] = spans_of(self.words, lexicon, self.index, view)
        self.topics: list[Topic] = []
        self.days: list[PlacedDays] = []
        self.loose: list[str] = []
        self.restricting: list[str] = []
        self._used: list[Topic] = []
        self._sort()
        self._join_compounds()

    def cues(self, sort: type[_Cue]) -> Iterator[tuple[Span, _Cue]]:
        """The cues of a sort, in order, with their spans."""
        for one in self.spans:
            for meaning in one.meanings:
                if isinstance(meaning, sort):
                    yield one, meaning

    def use(self, topics: Iterable[Topic]) -> None:
        """Take note that a reading accounts for these topics."""
        self._used += topics

    def dimension(self) -> str | None:
        """The name key of the dimension that the words name best; None if they name none, or several alike."""
        scores: dict[str, float] = {}
        for topic in self.topics:
            for key, score in self._dimensions(topic).items():
                scores[key] = scores.get(key, 0.0) + score
        ranked = sorted(scores.items(), key=lambda one: (-one[1], one[0]))
        if len(ranked) > 1 and ranked[0][1] - ranked[1][1] < MARGIN:
            return None
        return ranked[0][0] if ranked else None

    def _dimensions(self, topic: Topic) -> dict[str, float]:
        """The dimensions that a topic names, itself or by another name of a node that is called so."""
        found: dict[str, float] = {}
        for entry, score in topic.matches:
            names = {entry.key}
            if entry.sort == "name":
                nodes = self.index.owners_in(self.view, entry)
                names = {name_key(name) for node in nodes for name in self.view.node(node).names}
            for name in names if entry.sort != "facet" else ():
                if any(self.index.owners_in(self.view, IndexedName("dimension", name))):
                    found[name] = max(score, found.get(name, 0.0))
        return found

    def names_dimension(self, topic: Topic) -> bool:
        """Whether a topic names a dimension of some comparison."""
        return bool(self._dimensions(topic))

    def word_before(self, position: int) -> str:
        """The word before a position, articles apart; empty at the beginning."""
        return next((word.text for word in reversed(self.words[:position]) if word.text not in ARTICLES), "")

    def asks_for(self, *cues: str) -> bool:
        """Whether a word gives one of these cues of forms of question (see `Form.cues`)."""
        return any(word.cue in cues for _, word in self.cues(FormWord))

    def nodes(self, topic: Topic, kinds: Collection[str] = ()) -> list[tuple[str, float]]:
        """The nodes that a topic may mean (of some kinds), best first, each with its score."""
        scores: dict[str, float] = {}
        for entry, score in topic.matches:
            for node in self.index.owners_in(self.view, entry) if entry.sort == "name" else ():
                if not kinds or self.view.node(node).kind in kinds:
                    scores[node] = max(score, scores.get(node, 0.0))
        return sorted(scores.items(), key=lambda one: (-one[1], one[0]))

    def node(self, topic: Topic, kinds: Collection[str] = ()) -> str:
        """The node that a topic means. Raises `Ambiguous` where several are as likely, `Unclear` where none fits."""
        self._used.append(topic)
        found = self.nodes(topic, kinds)
        if not found:
            raise Unclear(f"{topic.words!r} names nothing of the kind that the question needs", topic.words)
        margin = MARGIN if topic.whole or len(topic.words.split()) > 1 else WORD_MARGIN
        likely = [node for node, score in found if found[0][1] - score < margin]
        if len(likely) > 1:
            likely = self._labelled(topic, likely) or likely
        if len(likely) > 1:
            raise Ambiguous(topic, [node for node, _ in found])
        return likely[0]

    @property
    def named(self) -> list[Topic]:
        """The topics that name nodes, heads of compounds first; parts of names only where there is no whole one."""
        topics = [topic for topic in self.topics if topic.entries("name")]
        return sorted(
            [topic for topic in topics if topic.whole] or topics, key=lambda topic: topic.preposition == COMPOUND
        )

    @property
    def to_come(self) -> list[Topic]:
        """The topics that only days after the view's name."""
        return [topic for topic in self.topics if topic.entries("name") and not self.nodes(topic)]

    @property
    def unexplained(self) -> list[str]:
        """The words that neither a cue explains, nor a topic that was used, nor a name that is joined to one."""
        used = {node for topic in self._used for node, _ in self.nodes(topic)[:1]}
        spare = [topic for topic in self.topics if not topic.whole and topic not in self._used]
        held = {one for node in used for one in self._words_of(node)}
        loose = [word for word in self.loose if stem(word) not in held]
        return loose + [topic.words for topic in spare if not self._joined(topic, used)]

    def _words_of(self, node: str) -> tuple[str, ...]:
        found = self.view.node(node)
        return stems(name_key(" ".join((*found.names, found.text or ""))).split())

    @property
    def matter(self) -> str:
        """The words that are no cue and more than grammar: what a misspelt or unknown name may be among."""
        loose = [self.words[one.start] for one in self.spans if one.loose]
        return " ".join(word.said for word in loose if word.text not in STOP_WORDS and word.text not in QUESTION_WORDS)

    @property
    def denied(self) -> str | None:
        """A word outside names and cue phrases that asks for what is not."""
        free = [self.words[one.start] for one in self.spans if one.loose]
        contracted = (f"{one.said}'t" for one, tail in pairwise(free) if tail.said == "t" and one.said in CONTRACTED)
        return next((word.text for word in free if word.text in DENIALS), None) or next(contracted, None)

    def content(self, topic: Topic) -> tuple[str, ...]:
        """The stems of the question's words about the matter, without those of a topic."""
        others = [word for other in self.topics if other is not topic for word in other.words.split()]
        own = set(topic.words.split())
        return stems(word for word in (*others, *self.loose) if word not in own and word not in IGNORABLE)

    def _joined(self, topic: Topic, used: Collection[str]) -> bool:
        found = [node for node, _ in self.nodes(topic)]
        return any(self.view.edges_between(one, other) for one in found for other in used)

    def _labelled(self, topic: Topic, nodes: Sequence[str]) -> list[str]:
        """The one of several nodes whose label, not only an alias, is what the words say."""
        wanted = stems(topic.words.split())
        exact = [node for node in nodes if stems(name_key(self.view.node(node).label).split()) == wanted]
        return exact if len(exact) == 1 else []

    def _sort(self) -> None:
        """Sort the spans, and look for names that loose words are part of."""
        run: list[int] = []
        for one in [*self.spans, Span(len(self.words), len(self.words), meanings=(KindWord(""),))]:
            if one.loose and (
                self.words[one.start].text not in FILLERS or (run and self.words[one.start].text in STOP_WORDS)
            ):
                run.append(one.start)
                continue
            self._settle_run(run)
            run = []
            if one.days:
                self.days.append(self._placed_days(one.start, one.days))
            elif one.named:
                self._add_topic(one.start, one.end, one.named)

    def look_closer(self) -> bool:
        """Look for names that other words are part of: `prediction` may only seem to be a cue, `acid` a dimension."""
        had, loose = len(self.topics), list(self.loose)
        for one in self.spans:
            cued = any(isinstance(cue, Noun | KindWord) for cue in one.meanings)
            if cued or (one.named and not any(match.entry.sort == "name" for match in one.named)):
                self._settle_run(list(range(one.start, one.end)))
        self.loose = loose
        return len(self.topics) > had

    def _join_compounds(self) -> None:
        """Mark names that only modify the name right behind them."""
        self.topics.sort(key=lambda topic: topic.start)
        following = [*self.topics[1:], None]
        self.topics = [
            replace(one, preposition=COMPOUND)
            if other and one.end == other.start and self.words[one.start].clause == self.words[other.start].clause
            else one
            for one, other in zip(self.topics, following, strict=False)
        ]

    def _settle_run(self, run: list[int]) -> None:
        """Make loose words that stand together a topic where names share them; what no name explains stays loose."""
        while run and self.words[run[-1]].text in FILLERS:
            run = run[:-1]
        words = [self.words[number] for number in run]
        # A word that is misspelt, if it is one, is too little to be only a part of a name.
        sure = [word for word in words if not word.corrected]
        matches = partial_names(words, self.index, self.view) if sure else ()
        held = set(stems(matches[0].entry.key.split())) if matches else set()
        if matches:
            named = [number for number in run if self.words[number].stem in held]
            self._add_topic(named[0], named[-1] + 1, matches)
        loose = [number for number in run if self.words[number].stem not in held and not _ignorable(self.words[number])]
        self.loose += [self.words[number].said for number in loose]
        self.restricting += [self.words[number].said for number in loose if self._before(number) in RESTRICTING]

    def _placed_days(self, start: int, days: Days) -> PlacedDays:
        """The days that are meant: `before`, `until`, `since`, `after` and `as of` open a range."""
        governing = next((word.text for word in reversed(self.words[:start]) if word.text not in STOP_WORDS), "")
        first, last = {
            "before": (0, days.first - 1),
            "until": (0, days.last),
            "by": (0, days.last),
            "as": (0, days.last),
            "since": (days.first, MAX_DAY),
            "after": (days.last + 1, MAX_DAY),
        }.get(governing, (days.first, days.last))
        return PlacedDays(start, days, Days(first, last))

    def _add_topic(self, start: int, end: int, matches: tuple[Match, ...]) -> None:
        words = " ".join(word.text for word in self.words[start:end])
        self.topics.append(Topic(start, end, words, self._before(start), matches))

    def _before(self, start: int) -> str:
        """The preposition that governs what begins here; articles stand between."""
        for word in reversed(self.words[:start]):
            if word.text not in BETWEEN_PREPOSITION_AND_NAME:
                return word.text if word.text in PREPOSITIONS else ""
        return ""


def _ignorable(word: Word) -> bool:
    """Whether a word needs no explanation; what only looks like an everyday word does."""
    return word.text in (FILLERS if word.corrected else IGNORABLE)
