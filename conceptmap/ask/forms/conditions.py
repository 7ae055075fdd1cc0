"""Conditions: what a question says of the things that it asks for, one condition after the other, in any words.

A relative clause, a participle, a preposition with its noun and an apposition all say a condition: that something
stands at a relation, has a field or a value, lies within an amount, comes up on days. Each is a query for all that meet
it. A reader goes along the words and must take up each of them: what it cannot read makes the question unread.
"""

from collections.abc import Collection, Iterator, Sequence
from contextlib import suppress
from itertools import takewhile
from typing import Literal, NamedTuple

from conceptmap.ask.amounts.fields import is_called
from conceptmap.ask.amounts.measures import BY_NAME, verbs_of
from conceptmap.ask.amounts.quantities import quantities_in
from conceptmap.ask.filters import Filters, called_after, near_filters
from conceptmap.ask.form import Query
from conceptmap.ask.forms.combined import Both, Holding, InParts
from conceptmap.ask.forms.coordination import next_steps
from conceptmap.ask.forms.extreme import amounts_in, by_amount
from conceptmap.ask.forms.having import WithField
from conceptmap.ask.forms.joined import Joined, Numbered
from conceptmap.ask.forms.new_on import NewOn
from conceptmap.ask.forms.of_kind import OfKind
from conceptmap.ask.forms.related import Related, is_at_once
from conceptmap.ask.frame_words import AGENTS
from conceptmap.ask.lexicon import KindWord, Meaning, Noun, Verb
from conceptmap.ask.parse import Ambiguous, ParsedQuestion, Topic, Unclear
from conceptmap.ask.words import ARTICLES, IGNORABLE, NUMBERS, OPENING
from graphs.fields import field_index
from graphs.words import STOP_WORDS, IndexedName, stem
from ontology.names import singular
from ontology.terms import ABOUT, DAY, INTRODUCED_ON, PART_OF, REPLACES
from ontology.vocabulary import Relation

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


class Conditions:
    """Reads conditions from the words of a question, from a place on (places count the words of the part)."""

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

    # ---- conditions, from the loosest to the tightest

    def all_from(self, place: int, *, is_noun: bool = True, told: Told = "any") -> Iterator[list[Condition]]:
        """The ways to read all words from a place on as conditions that hold at once.

        `is_noun`: a noun stands before them, so that a participle may follow.
        """
        place = self.past(self.filler(self.past(place, ADVERBS)), ADVERBS)
        if place >= self.end:
            yield []
            return
        start = self.past(place, {"and", "but", "also"})
        if start > place or self.is_break(start):
            told = "any"
        for end, one in self.one(start, is_noun=is_noun, told=told):
            if self.word(end) == "or" and not self._or_ends(end):
                for rest in self.all_from(end + 1):
                    if len(rest) == 1 and not one.denied and not rest[0].denied:
                        yield [Condition(InParts((one.query, rest[0].query)))]
                continue
            for rest in self.all_from(end, told="behind" if one.ends_in_noun else "any"):
                yield [one, *rest]

    def _or_ends(self, place: int) -> bool:
        return place + 1 >= self.end

    def one(self, place: int, *, is_noun: bool = True, told: Told = "any") -> Read:
        """One condition, however it is said."""
        place = self.past(place, ADVERBS)
        relative = place + 1 if self.word(place) in RELATIVE else place
        is_predicate = relative == place and self._is_finite(place)
        if told == "behind" and not is_predicate:
            return  # it would describe the noun before it
        if told != "attached" or not is_predicate:
            yield from self.predicate(relative, related=relative > place or not is_noun)
        if told != "behind":
            yield from self.told_by_somebody(relative)
            yield from self.where(place)
            yield from self.phrase(place)
            yield from self.apposition(place)

    def _is_finite(self, place: int) -> bool:
        """Whether a verb of a main clause stands here, and no participle."""
        word = self.word(place)
        verbs = any(isinstance(one, Verb) for _, one in self.cues.get(place, ()))
        if word in AUXILIARIES or stem(word) in COMING_UP:
            return True
        return verbs and not word.endswith(("ed", "en", "ing"))

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

    def predicate(self, place: int, *, related: bool) -> Read:
        """What is said of the things themselves: `take an hour`, `are not supported by A`, `have no parts`."""
        start, denied, be = self.auxiliaries(place)
        be = be or (self.is_of_be and place == self.behind_noun)
        had = any(self.word(one) in HAVE for one in range(place, start))
        for end, one in self.relation(start, passive=be, bare=not related and not be):
            yield end, replace_denied(one, denied)
        if had:
            for end, one in self.having(start):
                yield end, replace_denied(one, denied)
        if self.word(start) in HAVE | LACK:
            for end, one in self.having(start + 1):
                yield end, replace_denied(one, denied != (self.word(start) in LACK))
        for end, one in self.measured(start):
            yield end, replace_denied(one, denied)
        for end, one in self.coming_up(start):
            yield end, replace_denied(one, denied)
        if be:
            for end, one in self.being(start):
                yield end, replace_denied(one, denied)
        for end, one in self.called(start, be=be):
            yield end, replace_denied(one, denied)

    # ---- relations

    def relation(self, place: int, *, passive: bool, bare: bool) -> Read:
        """A verb of a relation with its object, or as a participle without."""
        for end, verb in self.of(place, Verb):
            assert isinstance(verb, Verb)
            only_joins = PREPOSITIONS.issuperset(self.words[place:end])  # `is behind A`
            if verb.relation.name in (INTRODUCED_ON, ABOUT) or (only_joins and not passive):
                continue
            is_participle = self.word(place).endswith(("ed", "en"))
            if not (passive and is_participle and not self._governs(end)):
                yield from self.objects(end, verb.relation, inverse=not verb.inverse)
            if is_participle and (passive or bare):
                yield end, Condition(Related(verb.relation, None, inverse=verb.inverse))
        if passive:
            for end, noun in self.of(self.past(place, DETERMINERS), Noun):
                assert isinstance(noun, Noun)
                if self.word(end - 1) in PREPOSITIONS or self.word(end) in PREPOSITIONS:
                    behind = end + (self.word(end - 1) not in PREPOSITIONS)
                    yield from self.objects(behind, noun.relation, inverse=noun.source)

    def _governs(self, end: int) -> bool:
        """Whether a phrase ends with what governs its object: `supported by`, `built on`."""
        return self.word(end - 1) in PREPOSITIONS

    def objects(self, place: int, relation: Relation, *, inverse: bool) -> Read:
        """What stands at the other end: something named, so many, anything, nothing, or what is described itself."""
        start = self.past(place, ADVERBS)
        word = self.word(start)
        if word in PRO_OBJECTS and relation.name == REPLACES and self.word(start + 1) in _FORMER:
            yield start + 2, Condition(Related(relation, None, inverse=inverse))
        if word in PRO_OBJECTS:
            begin = self.past(start, PRO_OBJECTS | {"else", "thing", "things", "at", "all"})
            for behind, nested in self._described(begin, None):
                yield behind, Condition(Joined(relation, inverse, nested))
            yield begin, Condition(Related(relation, None, inverse=inverse), ends_in_noun=True)
        if word in NOTHING:
            yield start + 1, Condition(Related(relation, None, inverse=inverse), denied=True)
        for end, low, high in self.numbers(start):
            behind, kinds = self.noun_of(end, relation)
            yield behind, Condition(Numbered(relation, inverse, low, high, kinds), ends_in_noun=True)
        yield from self._named_objects(start, relation, inverse=inverse)
        for end, kinds in self.kinds(self.past(start, DETERMINERS)):
            if self.word(start) in ("the", "this") and singular(self.word(end - 1)) == self.word(end - 1):
                continue  # one of them is meant, and nobody says which
            for behind, nested in self._described(end, OfKind(kinds)):
                yield behind, Condition(Joined(relation, inverse, nested))
            if self.word(start) not in ("the", "this"):
                related = Related(relation, None, inverse=inverse, of_kinds=kinds)
                yield end, Condition(related, ends_in_noun=True)

    def _described(self, place: int, head: Query | None) -> Iterator[tuple[int, Query]]:
        """What the next condition alone narrows a description to."""
        for end, one in self.one(place, told="attached"):
            if not one.denied:
                yield end, one.query if head is None else Both((head, one.query))

    def _named_objects(self, place: int, relation: Relation, *, inverse: bool) -> Read:
        kinds = relation.targets if inverse else relation.sources
        for end, nodes, joint in self.names(place, kinds):
            made: tuple[Query, ...] = tuple(self.to_node(place, relation, node, inverse=inverse) for node in nodes)
            if len(made) > 1:  # of two things at once, farther ones are too many
                made = tuple(next_steps(self.question, one) for one in made)
            yield end, Condition(made[0] if len(made) == 1 else (InParts if joint == "or" else Both)(made))

    def to_node(self, place: int, relation: Relation, node: str, *, inverse: bool) -> Related:
        """What a relation joins to a node: all steps of it, unless the words before a place ask for the next alone."""
        start, end = self.places[max(place - 2, 0)], self.places[max(place - 1, 0)] + 1
        chain = relation.answers_chain and not is_at_once(self.question, start, end)
        return Related(relation, node, inverse, chain)

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

    def noun_of(self, place: int, relation: Relation) -> tuple[int, tuple[str, ...]]:
        """The place behind a noun for what is counted, or behind words that stand for anything; and its kind."""
        start = self.past(place, {"piece", "pieces", "of", "other", "others", "different", "thing", "things"})
        for end, kinds in self.kinds(start):
            return end, kinds
        for end, one in self.cues.get(start, ()):
            if isinstance(one, Noun) and one.relation == relation:
                return end, ()
        return start, ()

    def kinds(self, place: int) -> Iterator[tuple[int, tuple[str, ...]]]:
        """Kinds that stand here as what is meant."""
        for end, one in self.of(place, KindWord):
            assert isinstance(one, KindWord)
            if one.kind != DAY:
                yield end, (one.kind,)

    # ---- what is had

    def having(self, place: int) -> Read:
        """What stands behind `have`, `with`, `without`: a noun of a relation, a field, a value, an amount."""
        start, denied, _ = self.auxiliaries(place)
        if self.word(start) in ("no", "neither"):
            start, denied = start + 1, not denied
        start = self.past(start, DETERMINERS | ADVERBS)
        bounded = [(end, (low, high)) for end, low, high in self.numbers(start)]
        for first, bound in [*bounded, (start, None)]:
            begin = self.past(first, {"piece", "pieces", "of", "different"})
            for end, noun in self.of(begin, Noun):
                assert isinstance(noun, Noun)
                if self.word(end - 1) in PREPOSITIONS or self.word(end) in ("for", "of", "against"):
                    continue
                inverse = not noun.source
                kind = next((one for last, one in self.kinds(begin) if last == end), None)
                had: Query = (
                    Numbered(noun.relation, inverse, *bound, kind or ())
                    if bound
                    else Related(noun.relation, None, inverse=inverse)
                )
                if not bound:
                    of_end = noun.relation.sources if noun.source else noun.relation.targets
                    head = OfKind(kind) if kind and of_end.issuperset(kind) else None
                    for behind, nested in self._described(end, head):
                        yield behind, Condition(Joined(noun.relation, inverse, nested), denied)
                noted = self.noted(end)
                yield noted, Condition(had, denied, ends_in_noun=noted == end)
        for end, one in self.field(start):
            yield end, replace_denied(one, denied)
        for end, one in self.amount(start):
            yield end, replace_denied(one, denied)
        if self.words[start : start + 3] == ["to", "do", "with"]:
            for end, nodes, joint in self.names(start + 3):
                near = tuple(
                    OfKind((), Filters(near=(node,), around=(called_after(self.view, node),))) for node in nodes
                )
                query: Query = near[0] if len(near) == 1 else (InParts if joint == "or" else Both)(near)
                yield end, Condition(query, denied)
        yield from self._told_of(start)

    def _told_of(self, place: int) -> Read:
        """`The round one`: the one of those that are meant whose own words say so."""
        said = list(takewhile(lambda at: self.word(at) not in ("one", "ones"), range(place, min(place + 3, self.end))))
        behind = place + len(said)
        if not said or self.word(behind) not in ("one", "ones") or self.word(place - 1) != "the" or self.head is None:
            return
        if all(at in self.loose and self.word(at) not in IGNORABLE for at in said):
            holding = Holding(self.head, tuple(self.stems[at] for at in said))
            found = holding.find(self.view)
            if len(found) == 1 or (found and self.word(behind) == "ones"):
                yield behind + 1, Condition(holding)

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

    def field(self, place: int) -> Read:
        """A field by its name or by what it tells of, perhaps with the value in it."""
        for end, fields in self.fields(self.past(place, DETERMINERS)):
            yield self.noted(end), Condition(WithField(fields))
            begin, denied, _ = self.auxiliaries(end)
            behind = self.past(begin, {"in", "of", "at", "as", "called", "named", "during", "on"} | DETERMINERS)
            for last, one in (*self.value(behind, fields), *self.amount(behind, fields)):
                yield last, replace_denied(one, denied)

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

    # ---- amounts

    def measured(self, place: int) -> Read:
        """`Take more than 45 minutes`, `are planned with 20 minutes`, `can be done in half an hour`."""
        start = self.past(place, ADVERBS)
        verb = self.stems[start] if start < self.end else ""
        if self.word(start) in AUXILIARIES:
            return
        for begin in range(start, min(start + 4, self.end)):
            several = self.word(begin).isdecimal() and self.word(begin + 1) == "or" and begin + 2 in self.amounts
            if begin in self.amounts or several:
                said = self.amounts[begin + 2 if several else begin][1]
                told = [one.name for one in BY_NAME.values() if one.has_dimension(said.quantity.dimension)]
                verbs = frozenset(root for name in told for root in verbs_of(name)) | _SPENT
                between = self.words[start + 1 : begin]
                if begin == start or (verb in verbs and set(between) <= _TO_AMOUNT):
                    yield from self.amount(begin)
                return

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

    # ---- days

    def coming_up(self, place: int) -> Read:
        """`Came up after day 3`, `are introduced on day 4`."""
        start = place
        while self.word(start) and (stem(self.word(start)) in COMING_UP or self.word(start) in {"up", "in", "only"}):
            start += 1
        if start > place and start not in self.days:
            stated = any(
                isinstance(one, Verb) and one.relation.name == INTRODUCED_ON
                for at in range(place, start)
                for _, one in self.cues.get(at, ())
            )
            yield from self.on_days(start, everything=not stated)

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

    # ---- phrases without a verb

    def phrase(self, place: int) -> Read:
        """`With parts`, `from day 5`, `over 45 minutes`, `by hand`, `about A`."""
        start, denied = self.negation(place)
        word = self.word(start)
        if word in HAVE | LACK:  # `with`, `without`
            for end, one in self.having(start + 1):
                yield end, replace_denied(one, denied != (word in LACK))
        if word != "on" or start == self.behind_noun:  # `have parts on day 2` says when they have them
            for end, one in self.on_days(start):
                yield end, replace_denied(one, denied)
        amount = start + 1 if word in ("of", "with", "in", "for", "at", "taking", "lasting", "needing") else start
        for end, one in self.amount(amount):
            yield end, replace_denied(one, denied)
        for end, one in self.value(start + 1 if word in PREPOSITIONS | {"like"} else start):
            yield end, replace_denied(one, denied)
        yield from self._about(start, denied=denied)

    def _about(self, place: int, *, denied: bool) -> Read:
        """`About A`, `on A`; `under A`, where A has parts."""
        start = self.past(place + 1, DETERMINERS)
        topic = self.topics.get(start)
        end, node = self.name(start)
        if topic is None or node is None:
            return
        if self.word(place) in ("about", "on", "regarding", "concerning"):
            yield end, Condition(OfKind((), near_filters(self.question, [topic])), denied)
        relation = self.view.vocabulary.relations.get(PART_OF)
        if relation and self.word(place) in ("under", "in", "within", "inside"):
            parts = Related(relation, node, inverse=True)
            if parts.exists(self.view):
                yield end, Condition(parts, denied)

    def apposition(self, place: int) -> Read:
        """`…, not hand-crafted ones`, `…, the gentle ones`."""
        if self.is_break(place):
            start, denied = self.negation(place)
            start = self.past(start, DETERMINERS)
            for end, one in self.value(start):
                yield end, replace_denied(one, denied)

    def being(self, place: int) -> Read:
        """`Are learned`, `are from chess`, `are about A`, `are 20 minutes long`."""
        yield from self.phrase(place)

    def called(self, place: int, *, be: bool) -> Read:
        """`Noted as gentle`, `come from chess`, `done by hand`."""
        word, start = self.word(place), place
        if word in BEING or (stem(word) in CALLING | NOTING and (be or self.word(place + 1) in PREPOSITIONS)):
            start = self.past(place + 1, PREPOSITIONS | {"being", "out", "down", "either"})
            yield from self.value(start)

    # ---- what somebody does

    def told_by_somebody(self, place: int) -> Read:
        """`I call gentle`, `we do by hand`, `did B replace`, `that A needs`."""
        start, denied, _ = self.auxiliaries(place)
        if self.word(start) in AGENTS:
            begin, no, _ = self.auxiliaries(start + 1)
            if begin in self.topics:  # `somebody built by hand`, where that is a value
                for end, one in self.value(begin):
                    yield end, replace_denied(one, denied != no)
            if stem(self.word(begin)) in CALLING | NOTING or self.word(begin - 1) in ("do", "did", "does"):
                behind = begin + 1 if stem(self.word(begin)) in CALLING | NOTING else begin
                behind = self.past(behind, {"as", "by", "down", "with", "in"} | OWNERS)
                for end, one in self.value(behind):
                    yield end, replace_denied(one, denied != no)
            return
        end, node = self.name(self.past(start, DETERMINERS))
        if node is None:
            return
        begin, no, be = self.auxiliaries(end)
        for behind, verb in self.of(begin, Verb):
            assert isinstance(verb, Verb)
            kinds = verb.relation.targets if verb.inverse else verb.relation.sources
            fits = not kinds or self.view.kind(node) in kinds
            if verb.relation.name != INTRODUCED_ON and not be and fits:
                related = self.to_node(behind, verb.relation, node, inverse=verb.inverse)
                yield behind, Condition(related, denied != no)

    def where(self, place: int) -> Read:
        """`Where I wrote down a place`, `for which no goal is given`, `whose season is June`."""
        if self.word(place) in FRONTED and self.word(place + 1) in ("which", "whom"):
            yield from self.noted_field(place + 2)
        elif self.word(place) in ("where", "whose"):
            yield from self.noted_field(place + 1)

    def noted_field(self, start: int) -> Read:
        """`I wrote down a place`, `no goal is given`, `season is June`."""
        begin, denied, _ = self.auxiliaries(start)
        begin = self.past(begin, AGENTS | {"there"})
        begin, no, _ = self.auxiliaries(begin)
        denied = denied != no
        while stem(self.word(begin)) in NOTING or self.word(begin) in ("down", "is", "are", "t"):
            begin += 1
        if self.word(begin) == "no":
            begin, denied = begin + 1, not denied
        for end, one in self.field(self.past(begin, DETERMINERS | {"number", "amount", "of"})):
            behind, no, _ = self.auxiliaries(end)
            yield self.noted(behind) if behind > end else end, replace_denied(one, denied != no)

    def filler(self, place: int) -> int:
        """The place behind words that say no condition: `there are`, `that we know of`, `do I have`."""
        start = place + 1 if self.word(place) in RELATIVE else place
        begin, denied, _ = self.auxiliaries(start)
        if denied:
            return place
        if self.word(begin) == "there":
            return self.past(begin + 1, AUXILIARIES)
        if self.word(begin) in AGENTS:
            end, denied, _ = self.auxiliaries(begin + 1)
            if denied:
                return place
            if stem(self.word(end)) in NOTING | _USING:
                return self.past(end + 1, {"down", "of", "about"} if stem(self.word(end)) not in _USING else ())
            if self.word(end - 1) in ("have", "had", "has"):
                return end
        return place


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
_SPENT = frozenset(map(stem, "do done finish complete get through fit take last spend plan cost estimate".split()))
_USING = frozenset(map(stem, "use used learn learned learnt meet met read cover covered".split()))
_TO_AMOUNT = frozenset("me us you in with for at to within through up on of down by only just about".split())
_BEHIND_NOTED = [said.split() for said in ("on record", "on file", "for them", "for it", "to them", "with them")]
_FORMER = frozenset("older old earlier previous former".split())
"""What is replaced was there before."""
_LONG = frozenset("long longer".split())
_DAY_WORDS = frozenset(
    """
    of on from in before after since until between by during till up to only the starting for earlier later than
    """.split()
)
_DOWN = frozenset("down all".split())
