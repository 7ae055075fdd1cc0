"""A question taken apart: its words cut into topics, cues, days and loose words, for the forms to read."""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import pairwise, zip_longest
from typing import Any, TypeVar

from conceptmap.ask.changing import changed
from conceptmap.ask.cutting import cue_spans, spans_of, words_of
from conceptmap.ask.framing import plainly
from conceptmap.ask.kept import kept
from conceptmap.ask.lexicon import FormWord, KindWord, Lexicon, Meaning, Noun, Verb
from conceptmap.ask.names import partial_names
from conceptmap.ask.spans import PARTIAL, Days, Match, Span, Word
from conceptmap.ask.words import (
    ARTICLES,
    ATTRIBUTES,
    BETWEEN_PREPOSITION_AND_NAME,
    COURSE_WORDS,
    COURTESY,
    DEGREES,
    DOING,
    GLUE,
    HAVING,
    IGNORABLE,
    NEXT,
    NUMBERS,
    OBLIGING,
    OPENERS,
    PREPOSITIONS,
    PRO_WORDS,
    QUESTION_WORDS,
    RELATIVES,
    REQUESTS,
    SAYING_MORE,
)
from graphs.view import View
from graphs.words import STOP_WORDS, IndexedName, WordIndex, stems, word_index
from ontology.model import MAX_DAY
from ontology.names import name_key

MARGIN = 0.08
"""Names whose scores differ by less are as likely.

Two words mean a name of three that has them rather than one of four; but one of four no more than one of five.
"""
WORD_MARGIN = 0.2
"""A single word that is part of several names tells less than a phrase: they must differ by more."""
OF_DEGREE = ATTRIBUTES | DEGREES | frozenset(NUMBERS)
COMPOUND = "compound"
"""Stands for the preposition of a name that another follows at once: of `power-law synthesis`, the first."""
_Made = TypeVar("_Made")
_Cue = TypeVar("_Cue", Verb, Noun, KindWord, FormWord)
Reader = Callable[["ParsedQuestion"], Iterator[Any]]
"""Reads a question, or a part of one, by all forms: the queries (see `form`) that it may mean, the likeliest first."""


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
    """Days that a question names (`said`), and the days that it means: `before day 5` is said of one and means four.

    `governor` is the place of the word that makes the difference.
    """

    start: int
    said: Days
    days: Days
    governor: int | None = None


def opened_range(word: str, days: Days) -> Days | None:
    """The days that `before`, `until`, `since` and the like make of some days; None for any other word."""
    if word in ("before", "earlier", "preceding"):
        return Days(0, days.first - 1)
    if word in ("until", "till", "by", "as"):
        return Days(0, days.last)
    if word in ("since", "from") and days.first == days.last:
        return Days(days.first, MAX_DAY) if word == "since" else None
    return Days(days.last + 1, MAX_DAY) if word in ("after", "later", "following", "beyond") else None


class ParsedQuestion:
    """A question's words, or those of a part of it, and what they are to each other: what a form of question reads.

    `words` are all of them, misspellings corrected, and `spans` how the part was cut. `topics` are those that name
    something in the map, in their order (`named`: those that name nodes), `days` those that name days, and `loose`
    the places of the words that nothing explains; `whole` is the whole question as it was asked. A part (see `part`) is
    read as a question of its own: an operator such as `not` is read as what is left of it and behind it.
    """

    def __init__(
        self, question: str, view: View, lexicon: Lexicon, read: "Reader", words: Sequence[Word] | None = None
    ) -> None:
        """`read` reads a part of the question by all forms; `words` stand for those of the question, if given."""
        self.view = view
        self.whole = question
        self.index: WordIndex = word_index(view)
        self.words: list[Word] = words_of(question, lexicon, self.index) if words is None else list(words)
        self.words = changed(self.words, view) or self.words
        self.asked: Sequence[Word] = self.words
        self.spans: list[Span] = spans_of(self.words, lexicon, self.index, view)
        if plainer := plainly(self.words, self.spans, lexicon, self.index, view):
            self.words = plainer
            self.spans = spans_of(self.words, lexicon, self.index, view)
        self.topics: list[Topic] = []
        self.days: list[PlacedDays] = []
        self.loose: list[int] = []
        self.is_part = self.is_statement = self.is_chosen = False
        self._once: dict[str, Any] = {"cues": partial(cue_spans, self.words, lexicon)}
        self.read = partial(read, self)
        self._reader = read
        self._sort()
        self._join_compounds()
        self._once["relative"] = self._relatives

    def once(self, name: str, make: Callable[[], _Made]) -> _Made:
        """What is made of all words, once for all parts of the question."""
        if name not in self._once:
            self._once[name] = make()
        made: _Made = self._once[name]
        return made

    @cached_property
    def places(self) -> frozenset[int]:
        """The places of the words of this part."""
        return frozenset([place for one in self.spans for place in range(one.start, one.end)])

    def _copy(self, keep: Callable[[int], bool] = lambda _: True) -> "ParsedQuestion":
        copied = object.__new__(ParsedQuestion)
        copied.view, copied.whole, copied.index, copied.words = self.view, self.whole, self.index, self.words
        copied._reader, copied._once, copied.asked = self._reader, self._once, self.asked
        copied.is_part, copied.is_statement, copied.is_chosen = self.is_part, self.is_statement, self.is_chosen
        copied.spans = [one for one in self.spans if keep(one.start)]
        copied.topics = [one for one in self.topics if keep(one.start)]
        copied.days = [one for one in self.days if keep(one.start)]
        copied.loose = [place for place in self.loose if keep(place)]
        copied.read = partial(self._reader, copied)
        return copied

    def part(self, keep: Callable[[int], bool]) -> "ParsedQuestion":
        """The part of this one that is made of the words at the places to `keep`."""
        part = self._copy(keep)
        part.is_part, part.is_statement = True, False
        return part

    def dated(self, topic: Topic, placed: PlacedDays) -> "ParsedQuestion":
        """The same with days in the place of a topic."""
        part = self._copy()
        part.topics = [one for one in self.topics if one is not topic]
        part.days = [*self.days, placed]
        return part

    def choosing(self, topic: Topic, node: str) -> "ParsedQuestion | None":
        """The same with a topic that means one of its nodes alone; None where it does already."""
        matches = tuple(one for one in topic.matches if node in self.index.owners_in(self.view, one.entry))[:1]
        if len(self.nodes(topic)) < 2 or not matches or topic not in self.topics:
            return None
        part = self._copy()
        part.topics = [replace(one, matches=matches) if one == topic else one for one in self.topics]
        part.is_chosen = True
        return None if len(part.nodes(part.topics[self.topics.index(topic)])) > 1 else part

    def meaning(self, topic: Topic, node: str) -> "ParsedQuestion":
        """The same with a topic that stands for another node."""
        part = self._copy()
        named = Match(IndexedName("name", name_key(self.view.node(node).label)), 1.0)
        part.topics = [replace(one, matches=(named,)) if one == topic else one for one in self.topics]
        return part

    def asserted(self) -> "ParsedQuestion":
        """The same as a statement: whether it is so is asked."""
        statement = self._copy()
        statement.is_statement = True
        return statement

    def hiding(self, places: Collection[int]) -> "ParsedQuestion":
        """All but the words at these places."""
        return self.part(lambda one: one not in places)

    def before(self, place: int) -> "ParsedQuestion":
        """The words before a place."""
        return self.part(lambda one: one < place)

    def after(self, place: int) -> "ParsedQuestion":
        """The words from a place on."""
        return self.part(lambda one: one >= place)

    def without(self, start: int, end: int) -> "ParsedQuestion":
        """All but the words from a place to another, that one excluded."""
        return self.part(lambda one: not start <= one < end)

    @cached_property
    def opener(self) -> Span | None:
        """The word that opens the question: the first but for courtesy, and for clauses that say nothing."""
        clauses: dict[int, list[Span]] = {}
        for one in self.spans:
            clauses.setdefault(self.words[one.start].clause, []).append(one)
        said = [spans for spans in clauses.values() if not all(self._is_light(one) for one in spans)]
        first = next(iter(said or clauses.values()), [])
        return next((one for one in first if not one.loose or self.text(one) not in COURTESY), None)

    def _is_light(self, span: Span) -> bool:
        return span.loose and self.words[span.start].text in IGNORABLE and self.words[span.start].text not in OPENERS

    def is_map(self, topic: Topic) -> bool:
        """Whether a topic is only a word for the map itself: `on the mental map`."""
        return set(topic.words.split()) <= COURSE_WORDS

    def text(self, span: Span) -> str:
        """The words of a span."""
        if span.end == span.start + 1:
            return self.words[span.start].text
        return " ".join([word.text for word in self.words[span.start : span.end]])

    @cached_property
    def question_words(self) -> list[str]:
        """The question words of the part that are no part of a name or a cue."""
        asking = (one.start for one in self.spans if one.loose and one.start not in self._relative)
        return [word for place in asking if (word := self.words[place].text) in QUESTION_WORDS]

    @property
    def _relative(self) -> frozenset[int]:
        """Where `who` or `which` only says more of the noun before it, as in `does A need a B who …?`."""
        made: Callable[[], frozenset[int]] = self._once["relative"]
        return self.once("relative places", made)

    def _relatives(self) -> frozenset[int]:
        first = self.opener
        asks = first is not None and self.words[first.start].text in OPENERS
        asking = (one.start for one in self.spans if asks and self.words[one.start].text in RELATIVES)
        return frozenset(filter(self.is_relative, asking))

    def is_relative(self, place: int) -> bool:
        """Whether the word there stands right behind a noun: `everything whose season is June`, `an A who …`."""
        before = self.words[place - 1].text if place > 0 else ""
        nouns = {*(span.end for span, _ in self.cues(KindWord)), *(topic.end for topic in self.topics)}
        return before in PRO_WORDS or place in nouns

    def says_more_of_name(self, place: int, after: int = -1) -> bool:
        """Whether the word there stands in a clause or a phrase that says more of a name: `A that has no B`.

        Behind a kind it says more of that: `claims about A that have no evidence`. `after`: only names behind a place.
        """
        kinds = min((span.start for span, _ in self.cues(KindWord)), default=len(self.words))
        whole = [topic for topic in self.topics if topic.whole and topic.entries("name")]
        names = {topic.end for topic in whole if after < topic.start < kinds}
        begins = (at for at in names & self.places if at < place and self.words[at].text in SAYING_MORE)
        last = max(begins, default=None)
        return last is not None and not any(last < verb.start < place for verb, _ in self.cues(Verb))

    @cached_property
    def is_yes_or_no(self) -> bool:
        """Whether it is asked to be answered by yes or no: `does A …?`, but not `can you tell me …?`."""
        if self.is_statement:
            return True
        first = self.opener
        if first is None or self.words[first.start].text not in OPENERS or self.question_words:
            return False
        following = [word.text for word in self.words[first.start + 1 : first.start + 5]]
        opening = self.words[first.start].text
        requested = opening in REQUESTS and following[:1] == ["you"] and DOING.isdisjoint(following[1:2])
        by_somebody = following[:1] in (["i"], ["we"], ["you"], ["someone"], ["anybody"]) and opening not in OBLIGING
        obliged = "need" in following or following[1:3] == ["have", "to"]
        asked = by_somebody and not obliged and not COURTESY.isdisjoint(following)
        return not requested and not asked and not self.asks_for("when", "count", "why")

    @property
    def is_empty(self) -> bool:
        """Whether no word of it says anything."""
        return (
            not self.topics
            and not self.days
            and all(one.loose and self.words[one.start].text in IGNORABLE | QUESTION_WORDS for one in self.spans)
        )

    def cues(self, sort: type[_Cue]) -> Iterator[tuple[Span, _Cue]]:
        """The cues of a sort, in order, with their spans."""
        return ((one, meaning) for one, meaning in self._meanings if isinstance(meaning, sort))

    @cached_property
    def _meanings(self) -> list[tuple[Span, Meaning]]:
        return [(one, meaning) for one in self.spans for meaning in one.meanings]

    @cached_property
    def _cue_names(self) -> frozenset[str]:
        return frozenset(meaning.cue for _, meaning in self._meanings if isinstance(meaning, FormWord))

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
            for name in kept(_dimensions_called, self.view, entry):
                found[name] = max(score, found.get(name, 0.0))
        return found

    def names_dimension(self, topic: Topic) -> bool:
        """Whether a topic names a dimension of some comparison."""
        return bool(self._dimensions(topic))

    def word_before(self, position: int) -> str:
        """The word before a position, articles apart; empty at the beginning."""
        return next((word.text for word in reversed(self.words[:position]) if word.text not in ARTICLES), "")

    def all_cues(self) -> list[Span]:
        """All phrases of the lexicon that the words of the question hold, also those that the cut did not choose."""
        made: Callable[[], Iterator[Span]] = self._once["cues"]
        return self.once("all cues", lambda: list(made()))

    def cue_spans(self, *cues: str) -> list[Span]:
        """The spans that give one of these cues of forms of question."""
        return [one for one, word in self.cues(FormWord) if word.cue in cues]

    def asks_for(self, *cues: str) -> bool:
        """Whether a word gives one of these cues of forms of question (see `Form.cues`)."""
        return not self._cue_names.isdisjoint(cues)

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

    @cached_property
    def named(self) -> list[Topic]:
        """The topics that name nodes, heads of compounds first; parts of names only where there is no whole one."""
        topics = [topic for topic in self.topics if topic.entries("name")]
        topics = [topic for topic in topics if not self.is_map(topic)] or topics
        return sorted(
            [topic for topic in topics if topic.whole] or topics, key=lambda topic: topic.preposition == COMPOUND
        )

    @property
    def to_come(self) -> list[Topic]:
        """The topics that only days after the view's name."""
        return [topic for topic in self.topics if topic.entries("name") and not self.nodes(topic)]

    @property
    def matter(self) -> str:
        """The words that are no cue and more than grammar: what a misspelt or unknown name may be among."""
        loose = [self.words[one.start] for one in self.spans if one.loose]
        return " ".join(word.said for word in loose if word.text not in STOP_WORDS and word.text not in QUESTION_WORDS)

    def content(self, topic: Topic) -> tuple[str, ...]:
        """The stems of the question's words about the matter, without those of a topic."""
        others = [word for other in self.topics if other is not topic for word in other.words.split()]
        words = [*others, *(self.words[one].text for one in self.loose)]
        own = set(topic.words.split())
        return stems(word for word in words if word not in own and word not in IGNORABLE)

    def _labelled(self, topic: Topic, nodes: Sequence[str]) -> list[str]:
        """The one of several nodes whose label, not only an alias, is what the words say."""
        wanted = stems(topic.words.split())
        exact = [node for node in nodes if stems(name_key(self.view.node(node).label).split()) == wanted]
        return exact if len(exact) == 1 else []

    def _sort(self) -> None:
        """Sort the spans, and look for names that loose words are part of."""
        run: list[int] = []
        end = Span(len(self.words), len(self.words), meanings=(KindWord(""),))
        for one, following in zip_longest([*self.spans, end], [*self.spans[1:], end]):
            opens = following and following.days and opened_range(self.words[one.start].text, following.days)
            if opens and one.loose:
                self._settle_run(run)  # `after day 3` names nothing but days
                run = []
                self.loose.append(one.start)
                continue
            if one.loose and (
                self.words[one.start].text not in GLUE or (run and self.words[one.start].text in STOP_WORDS)
            ):
                run.append(one.start)
                continue
            self._settle_run(run)
            run = []
            if one.days:
                self.days.append(self._placed_days(one.start, one.days))
            elif one.named:
                self._add_topic(one.start, one.end, one.named)
        open_ended = [one for one in self.days if one.governor is not None]
        if len(open_ended) == len(self.days) == 2:  # `after day 5 but before day 25`
            first, last = max(one.days.first for one in open_ended), min(one.days.last for one in open_ended)
            if first <= last:
                self.days = [replace(one, days=Days(first, last)) for one in open_ended]

    def closer(self) -> "ParsedQuestion | None":
        """The same with names that other words are part of; None where there are none.

        `prediction` may only seem to be a cue, `acid` a dimension; without any name, `the note` may be one of several.
        """
        closer = self._copy()
        for one in self.spans:
            cued = any(isinstance(cue, Noun | KindWord) for cue in one.meanings)
            if cued or (one.named and not any(match.entry.sort == "name" for match in one.named)):
                closer._settle_run(list(range(one.start, one.end)))
            elif not self.topics and self._is_described(one):
                closer._settle_run([one.start], said=True)
        closer.loose = list(self.loose)
        return closer if len(closer.topics) > len(self.topics) else None

    def _is_described(self, span: Span) -> bool:
        """Whether a word stands as a noun of its own: `the note`, `what supports learning?`."""
        if span.end - span.start > 1 or span.named or span.days or span.start == 0:
            return False
        word, before = self.words[span.start], self.words[span.start - 1].text
        if span.loose:
            return before == "the" and word.text in COURSE_WORDS
        verbs = (one.end for one, _ in self.cues(Verb))
        return word.text.endswith("ing") and span.start in verbs and span.end == len(self.words)

    def _join_compounds(self) -> None:
        """Mark names that only modify the name right behind them."""
        self.topics.sort(key=lambda topic: topic.start)
        for number, (one, other) in enumerate(pairwise(self.topics), 1):
            between = {word.text for word in self.words[one.end : other.start]}
            if between & {"and", "or"} and between <= {"and", "or", "both"} | ARTICLES and not other.preposition:
                # `from A or B`: what governs the first governs the others.
                self.topics[number] = replace(other, preposition=self.topics[number - 1].preposition)
        following = [*self.topics[1:], None]
        self.topics = [
            replace(one, preposition=COMPOUND)
            if other and one.end == other.start and self.words[one.start].clause == self.words[other.start].clause
            else one
            for one, other in zip(self.topics, following, strict=False)
        ]

    def _settle_run(self, run: list[int], *, said: bool = False) -> None:
        """Make loose words that stand together a topic where names share them; what no name explains stays loose.

        `said`: also words that begin and end no name by themselves.
        """
        while run and not said and self.words[run[-1]].text in GLUE:
            run = run[:-1]
        words = [self.words[number] for number in run]
        # A word that is misspelt, if it is one, or of degree is too little to be only a part of a name.
        sure = [word for word in words if not word.corrected and word.text not in OF_DEGREE]
        matches = partial_names(words, self.index, self.view, said=said) if sure else ()
        held = set(stems(matches[0].entry.key.split())) if matches else set()
        if matches:
            named = [number for number in run if self.words[number].stem in held]
            self._add_topic(named[0], named[-1] + 1, matches)
        loose = [number for number in run if self.words[number].stem not in held and not _ignorable(self.words[number])]
        self.loose += loose

    def _placed_days(self, start: int, days: Days) -> PlacedDays:
        """The days that are meant: `before`, `until`, `since`, `after` and `as of` open a range."""
        at = next((at for at in reversed(range(start)) if self.words[at].text not in STOP_WORDS), None)
        governing = self.words[at].text if at is not None else ""
        if at is not None and governing in ("than", "as"):
            at -= 1  # `earlier than day 5`, `as of day 5`
            governing = self.words[at].text if governing == "than" else "as"
        opened = opened_range(governing, days) if at is None or not self.is_next(at) else None
        return PlacedDays(start, days, opened or days, at if opened else None)

    def is_asked_for(self, start: int) -> bool:
        """Whether a word says what is asked for: `which gap …?`, `which of the gaps …?`; not `the way in which A …`."""
        before = [word.text for word in self.words[:start] if word.text not in ARTICLES]
        if before[-2:] == ["which", "of"]:
            before.pop()
        return before[-1:] == ["which"] and PREPOSITIONS.isdisjoint(before[-2:-1])

    def is_had(self, start: int) -> bool:
        """Whether the word at a place is what something has: `claims that have little support`."""
        before = (word.text for word in reversed(self.words[:start]))
        return next((word for word in before if word in HAVING or word not in IGNORABLE), "") in HAVING

    def is_next(self, at: int) -> bool:
        """Whether only the day beside is asked for: `the day before`, `just after`."""
        return at > 0 and self.words[at - 1].text in NEXT

    def _add_topic(self, start: int, end: int, matches: tuple[Match, ...]) -> None:
        words = " ".join(word.text for word in self.words[start:end])
        self.topics.append(Topic(start, end, words, self._before(start), matches))

    def _before(self, start: int) -> str:
        """The preposition that governs what begins here; articles stand between."""
        for word in reversed(self.words[:start]):
            if word.text not in BETWEEN_PREPOSITION_AND_NAME:
                return word.text if word.text in PREPOSITIONS else ""
        return ""


def _dimensions_called(view: View, entry: IndexedName) -> list[str]:
    """The name keys of the dimensions that an entry is, or that a node which is called so has as another name."""
    index, names = word_index(view), {entry.key}
    if entry.sort == "name":
        nodes = index.owners_in(view, entry)
        names = {name_key(name) for node in nodes for name in view.node(node).names}
    dimensions = (IndexedName("dimension", name) for name in names if entry.sort != "facet")
    return [one.key for one in dimensions if any(index.owners_in(view, one))]


def _ignorable(word: Word) -> bool:
    """Whether a word needs no explanation; what only looks like an everyday word does."""
    return not word.corrected and (word.text in IGNORABLE or word.text in QUESTION_WORDS)
