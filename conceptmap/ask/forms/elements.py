"""Elements of conditions: words from place to place, names, numbers, fields, values, amounts and days."""

from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from typing import Literal, NamedTuple

from conceptmap.ask.amounts.fields import is_called
from conceptmap.ask.amounts.measures import BY_NAME
from conceptmap.ask.amounts.quantities import quantities_in
from conceptmap.ask.filters import Filters
from conceptmap.ask.form import Query
from conceptmap.ask.forms.combined import Both, InParts
from conceptmap.ask.forms.extreme import amounts_in, by_amount
from conceptmap.ask.forms.new_on import NewOn
from conceptmap.ask.forms.of_kind import OfKind
from conceptmap.ask.lexicon import KindWord, Meaning
from conceptmap.ask.parse import Ambiguous, ParsedQuestion, Topic, Unclear
from conceptmap.ask.words import ARTICLES, NUMBERS, OPENING
from graphs.fields import field_index
from graphs.words import STOP_WORDS, IndexedName, stem
from ontology.terms import DAY

OWNERS = frozenset("my our your their its his her these those this".split())
DETERMINERS = ARTICLES | OWNERS | frozenset("any some all every each both of s".split())
RELATIVE = frozenset("that which who".split())
AUXILIARIES = frozenset(
    """
    is are was were be been being am s do does did have has had can could will would shall should must may might
    re ve ll
    """.split()
)
BE = frozenset("is are was were be been being s re".split())
HAVE = frozenset("have has had having got contain contains containing carry carries bear bears with".split())
LACK = frozenset("without lack lacks lacking lacked".split())
ADVERBS = frozenset("just also really still actually ever already only even please pls directly yet so far".split())
_YET = frozenset("yet ever so far".split())
"""What changes nothing behind a word that denies: `not only` and `not really` deny something else."""
DENIED = frozenset(
    "not never cannot cant dont doesnt didnt isnt arent wasnt werent hasnt havent hadnt wont wouldnt couldnt".split()
)
_DENIED_AUXILIARIES = frozenset(
    "don doesn didn isn aren wasn weren hasn haven hadn won wouldn couldn can shouldn".split()
)
PRO_OBJECTS = frozenset("something anything someone anyone others another other".split())
NOTHING = frozenset("nothing none nobody".split())
PREPOSITIONS = frozenset("of from on in for about under within by at among to as with behind against".split())
FRONTED = frozenset("for to of in at with".split())
NOTING = frozenset(
    map(
        stem,
        """
        write written wrote note noted put give given list listed record recorded state stated mention mentioned set
        specify specified enter entered jot jotted add added name named say said know known have had fill filled
        """.split(),
    )
)
"""What somebody does to a note, and what is done to what stands in it."""
CALLING = frozenset(
    map(
        stem,
        "call called mark marked note noted label labelled tag tagged describe described class do did done".split(),
    )
)
"""What somebody does who gives something a trait, or who does it in some way."""
BEING = frozenset("come comes came stand stands stood be is are was were belong belongs taken stem stems drawn".split())
COMING_UP = frozenset(map(stem, "come came appear turn show introduce introduced covered taught met new first".split()))


class Condition(NamedTuple):
    """What all meet that is asked for, or, `denied`, what none does.

    `ends_in_noun`: it ends in a noun that what follows may describe: of `claims with evidence from A` the evidence.
    """

    query: Query
    denied: bool = False
    ends_in_noun: bool = False


Told = Literal["any", "attached", "behind"]
"""Which conditions are looked for: any; those that describe the noun before them; those of the main clause alone."""
Read = Iterator[tuple[int, Condition]]
"""Where a condition that begins at a place may end, and what it is."""


class Elements:
    """Reads elements of conditions from the words of a part, from a place on (places count these words)."""

    def __init__(self, question: ParsedQuestion) -> None:
        self.question, self.view = question, question.view
        self.places = sorted(question.places)
        self.words = [question.words[place].text for place in self.places]
        self.stems = [question.words[place].stem for place in self.places]
        self.end = len(self.places)
        self.behind_noun = 0
        self.head: Query | None = None
        self.is_of_be = False
        at = self.at = {place: number for number, place in enumerate(self.places)}
        self.cues: dict[int, list[tuple[int, Meaning]]] = {}
        for span in question.all_cues():
            start, last = at.get(span.start), at.get(span.end - 1)
            if start is not None and last is not None and last - start == span.end - 1 - span.start:
                self.cues.setdefault(start, []).extend((last + 1, meaning) for meaning in span.meanings)
        self.topics = {
            at[one.start]: one for one in question.topics if question.places.issuperset(range(one.start, one.end))
        }
        self.days = {at[placed.start]: placed for placed in question.days}
        self.day_ends = {at[one.start]: at[one.end - 1] + 1 for one in question.spans}
        self.topic_ends = {start: at[topic.end - 1] + 1 for start, topic in self.topics.items()}
        self.loose = {at[place] for place in question.loose}
        self.amounts = {
            at[min(one.places)]: (at[max(one.places)] + 1, one)
            for one in amounts_in(question)
            if one.places <= at.keys()
        }

    def word(self, place: int) -> str:
        """The word at a place; empty behind the last."""
        return self.words[place] if 0 <= place < self.end else ""

    def past(self, place: int, words: Collection[str]) -> int:
        """The place behind all of some words."""
        while self.word(place) in words and place < self.end:
            place += 1
        return place

    def is_break(self, place: int) -> bool:
        """Whether a clause begins here."""
        if not 0 < place < self.end:
            return False
        words = self.question.words
        return words[self.places[place - 1]].clause != words[self.places[place]].clause

    def of(self, place: int, sort: type) -> Iterator[tuple[int, Meaning]]:
        """The cues of a sort that begin at a place, longer ones first."""
        found = [(end, one) for end, one in self.cues.get(place, ()) if isinstance(one, sort)]
        return iter(sorted(found, key=lambda one: -one[0]))

    def negation(self, place: int) -> tuple[int, bool]:
        """The place behind a word that denies, and whether there is one."""
        if self.word(place) in DENIED:
            return place + 1, True
        if self.words[place : place + 2] in (["instead", "of"], ["rather", "than"]):
            return place + 2, True
        if self.word(place) in _DENIED_AUXILIARIES and self.word(place + 1) == "t":
            return place + 2, True
        return place, False

    def auxiliaries(self, place: int) -> tuple[int, bool, bool]:
        """The place behind auxiliaries; whether they deny; whether one is a form of `be`."""
        denied = be = False
        while place < self.end:
            then, no = self.negation(place)
            if no:
                be = be or self.word(place) in ("isn", "aren", "wasn", "weren", "isnt", "arent", "wasnt", "werent")
                denied, place = not denied, then
            elif self.word(place) in AUXILIARIES | (_YET if denied else ADVERBS):
                be = be or self.word(place) in BE
                place += 1
            else:
                break
        return place, denied, be

    def names(self, place: int, kinds: Collection[str] = ()) -> Iterator[tuple[int, tuple[str, ...], str]]:
        """Where names that stand here end, the nodes that they mean, and what joins them (`and`, `or`)."""
        start = self.past(place, DETERMINERS | {"either", "both"})
        end, node = self.name(start, kinds)
        if node is None:
            return
        joint, other = self.word(end), None
        if joint in ("and", "or"):
            behind = self.past(end + 1, DETERMINERS | PREPOSITIONS)
            last, other = self.name(behind, kinds)
            if other is not None:
                yield last, (node, other), joint
        yield end, (node,), ""

    def name(self, place: int, kinds: Collection[str] = ()) -> tuple[int, str | None]:
        """The node that is named at a place, and where its name ends."""
        topic = self.topics.get(place)
        if topic is None or not topic.entries("name") or self._has_loose(place):
            return place, None
        with suppress(Ambiguous, Unclear):
            node = self.question.node(topic, kinds)
            end = self.topic_ends[place]
            return self.past(end, {"ones", "one"} if not topic.whole else ()), node
        return place, None

    def _has_loose(self, place: int) -> bool:
        return not self.loose.isdisjoint(range(place, self.topic_ends[place]))

    def numbers(self, place: int) -> Iterator[tuple[int, int, int | None]]:
        """So many: `more than one`, `at least two`, `exactly 3`, `several`; never none."""
        for phrase, (before, low, high) in _NUMBERED.items():
            words = phrase.split()
            if self.words[place : place + len(words)] != words:
                continue
            behind = place + len(words)
            if before is None:
                yield behind, low, high
                continue
            number = self.number(behind)
            if number is not None:
                at_least = low + number if low >= 0 else 1
                at_most = None if high is None else number + high
                if at_least > 0 and (at_most is None or at_most > 0) and low >= 0:
                    yield behind + 1, at_least, at_most
        number = self.number(place)
        if number is not None:
            if self.words[place + 1 : place + 3] in (["or", "more"], ["and", "more"]):
                yield place + 3, number, None
            elif number > 1 and self.word(place - 1) in ("exactly", "precisely"):
                yield place + 1, number, number

    def number(self, place: int) -> int | None:
        """The number at a place."""
        word = self.word(place)
        if word == "one":
            return 1
        return NUMBERS.get(word) or (int(word) if word.isdecimal() and len(word) < 4 else None)

    def kinds(self, place: int) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Kinds that stand here as what is meant."""
        for end, one in self.of(place, KindWord):
            assert isinstance(one, KindWord)
            if one.kind != DAY:
                yield end, (one.kind,)

    def noted(self, place: int) -> int:
        """The place behind words that say no more than that something is noted."""
        end = place
        for one in range(place, min(place + 4, self.end)):
            word = self.word(one)
            if word in _DOWN or (stem(word) in NOTING and word not in AUXILIARIES):
                end = one + 1
            elif word not in AUXILIARIES | {"at", "there"}:
                break
        if self.words[end : end + 2] in _BEHIND_NOTED:
            end += 2
        return end

    def fields(self, place: int) -> Iterator[tuple[int, tuple[str, ...]]]:
        """The fields that words name."""
        index = field_index(self.view)
        for end in range(min(place + 4, self.end), place, -1):
            said = self.words[place:end]
            if said[0] in STOP_WORDS or said[-1] in STOP_WORDS:
                continue
            if named := index.named(said):
                yield end, tuple(named)
                return
        noun = stem(self.word(place))
        for measure in BY_NAME.values():
            if noun in measure.field_stems and noun:
                called = tuple(one for one in index.fields if is_called(one, measure.name, only=True))
                if called:
                    yield place + 1, called
                    return

    def value(self, place: int, fields: Collection[str] = ()) -> Read:
        """A value of a field (of one of these) that has it; several joined by `or`."""
        start = self.past(place, ARTICLES)
        found = self._facets(start, fields)
        if not found:
            return
        end, query = found
        end = self.past(end, {"one", "ones"})
        joint = self.word(end)
        if joint in ("or", "and"):
            second = self._facets(self.past(end + 1, ARTICLES | PREPOSITIONS), fields)
            if second:
                behind = self.past(second[0], {"one", "ones"})
                yield behind, Condition((InParts if joint == "or" else Both)((query, second[1])))
        yield end, Condition(query)

    def _facets(self, place: int, fields: Collection[str]) -> tuple[int, Query] | None:
        topic = self.topics.get(place)
        if topic is None or self._has_loose(place):
            return None
        facets = [one for one in self._facets_named(topic) if not fields or one.field in fields]
        if not facets:
            return None
        queries = tuple(OfKind((), Filters(facets=((one.field, one.key),)), own=True) for one in facets)
        return self.topic_ends[place], queries[0] if len(queries) == 1 else InParts(queries)

    def _facets_named(self, topic: Topic) -> list[IndexedName]:
        """The values that a topic names; one of two words also where they are written as one: `handcrafted`."""
        facets = topic.entries("facet")
        if facets or topic.whole or " " in topic.words:
            return facets
        word, index = topic.words, self.question.index
        parted = (index.phrase([stem(word[:cut]), stem(word[cut:])]) for cut in range(3, len(word) - 2))
        return [one for found in parted for one in found if one.sort == "facet"]

    def amount(self, place: int, fields: Sequence[str] = ()) -> Read:
        """An amount that values lie within; one of two, of which the last has the unit: `30 or 35 minutes`."""
        if self.word(place).isdecimal() and self.word(place + 1) == "or" and place + 2 in self.amounts:
            other = self.amounts[place + 2][1]
            first = [
                one for one in quantities_in(f"{self.word(place)} {other.quantity.unit}") if one.quantity.dimension
            ]
            if other.quantity.low == other.quantity.high and len(first) == 1:
                one = by_amount(other._replace(quantity=first[0].quantity, said=self.word(place)), tuple(fields))
                for end, last in self.amount(place + 2, fields):
                    yield end, Condition(InParts((one, last.query)))
            return
        if place not in self.amounts:
            return
        end, placed = self.amounts[place]
        tail = self.past(end, _LONG | {"each", "time", "of"})
        yield tail if self.word(tail - 1) != "of" else end, Condition(by_amount(placed, tuple(fields)))

    def on_days(self, place: int, *, everything: bool = True) -> Read:
        """Days, with the words that open a range of them."""
        for start in range(place, min(place + 5, self.end)):
            placed = self.days.get(start)
            if placed is not None:
                before = self.words[place:start]
                opening = {at for at in range(place, start) if self.words[at] in OPENING | {"earlier", "later"}}
                governed = opening <= {self.at.get(placed.governor, -1)} if placed.governor is not None else not opening
                if set(before) <= _DAY_WORDS and governed:
                    of_them = OfKind((), Filters(days=placed.days))
                    query = of_them if "of" in before else NewOn(placed.days, everything=everything)
                    yield self.day_ends.get(start, start + 1), Condition(query)
                return


def replace_denied(one: Condition, denied: bool) -> Condition:
    """A condition, denied once more."""
    return one._replace(denied=one.denied != denied)


_NUMBERED: dict[str, tuple[str | None, int, int | None]] = {
    "more than": ("n", 1, None),
    "over": ("n", 1, None),
    "at least": ("n", 0, None),
    "no less than": ("n", 0, None),
    "no fewer than": ("n", 0, None),
    "exactly": ("n", 0, 0),
    "precisely": ("n", 0, 0),
    "only": ("n", 0, 0),
    "just": ("n", 0, 0),
    "a single": (None, 1, 1),
    "only a single": (None, 1, 1),
    "a couple of": (None, 2, None),
    "several": (None, 2, None),
    "multiple": (None, 2, None),
    "more than a single": (None, 2, None),
}
"""What says how many: what is added to the number behind it for the least and the most, or these themselves."""
SPENT = frozenset(map(stem, "do done finish complete get through fit take last spend plan cost estimate".split()))
USING = frozenset(map(stem, "use used learn learned learnt meet met read cover covered".split()))
TO_AMOUNT = frozenset("me us you in with for at to within through up on of down by only just about".split())
_BEHIND_NOTED = [said.split() for said in ("on record", "on file", "for them", "for it", "to them", "with them")]
FORMER = frozenset("older old earlier previous former".split())
"""What is replaced was there before."""
_LONG = frozenset("long longer".split())
_DAY_WORDS = frozenset(
    """
    of on from in before after since until between by during till up to only the starting for earlier later than
    """.split()
)
_DOWN = frozenset("down all".split())
