"""Conditions: what a question says of the things that it asks for, one condition after the other, in any words.

A relative clause, a participle, a preposition with its noun and an apposition all say a condition: that something
stands at a relation, has a field or a value, lies within an amount, comes up on days. Each is a query for all that meet
it. A reader goes along the words and must take up each of them: what it cannot read makes the question unread.
"""

from collections.abc import Iterator
from itertools import takewhile

from conceptmap.ask.amounts.measures import BY_NAME, verbs_of
from conceptmap.ask.filters import Filters, called_after, near_filters
from conceptmap.ask.form import Query
from conceptmap.ask.forms.combined import Both, Holding, InParts
from conceptmap.ask.forms.coordination import next_steps
from conceptmap.ask.forms.elements import (
    ADVERBS,
    AUXILIARIES,
    BEING,
    CALLING,
    COMING_UP,
    DETERMINERS,
    FORMER,
    FRONTED,
    HAVE,
    LACK,
    NOTHING,
    NOTING,
    OWNERS,
    PREPOSITIONS,
    PRO_OBJECTS,
    RELATIVE,
    SPENT,
    TO_AMOUNT,
    USING,
    Condition,
    Elements,
    Read,
    Told,
    replace_denied,
)
from conceptmap.ask.forms.having import WithField
from conceptmap.ask.forms.joined import Joined, Numbered
from conceptmap.ask.forms.of_kind import OfKind
from conceptmap.ask.forms.related import Related, is_at_once
from conceptmap.ask.frame_words import AGENTS
from conceptmap.ask.lexicon import Noun, Verb
from conceptmap.ask.words import IGNORABLE
from graphs.words import stem
from ontology.names import singular
from ontology.terms import ABOUT, INTRODUCED_ON, PART_OF, REPLACES
from ontology.vocabulary import Relation


class Conditions(Elements):
    """Reads conditions: what a question says of the things that it asks for."""

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
        if word in PRO_OBJECTS and relation.name == REPLACES and self.word(start + 1) in FORMER:
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

    def noun_of(self, place: int, relation: Relation) -> tuple[int, tuple[str, ...]]:
        """The place behind a noun for what is counted, or behind words that stand for anything; and its kind."""
        start = self.past(place, {"piece", "pieces", "of", "other", "others", "different", "thing", "things"})
        for end, kinds in self.kinds(start):
            return end, kinds
        for end, one in self.cues.get(start, ()):
            if isinstance(one, Noun) and one.relation == relation:
                return end, ()
        return start, ()

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

    def field(self, place: int) -> Read:
        """A field by its name or by what it tells of, perhaps with the value in it."""
        for end, fields in self.fields(self.past(place, DETERMINERS)):
            yield self.noted(end), Condition(WithField(fields))
            begin, denied, _ = self.auxiliaries(end)
            behind = self.past(begin, {"in", "of", "at", "as", "called", "named", "during", "on"} | DETERMINERS)
            for last, one in (*self.value(behind, fields), *self.amount(behind, fields)):
                yield last, replace_denied(one, denied)

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
                verbs = frozenset(root for name in told for root in verbs_of(name)) | SPENT
                between = self.words[start + 1 : begin]
                if begin == start or (verb in verbs and set(between) <= TO_AMOUNT):
                    yield from self.amount(begin)
                return

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
        for end, one in self._in_field(start):
            yield end, replace_denied(one, denied)
        yield from self._about(start, denied=denied)

    def _in_field(self, place: int) -> Read:
        """`In season in June`: a value with the name of its field before it."""
        for end, fields in self.fields(place + 1) if self.word(place) in PREPOSITIONS else ():
            if self.word(end) in PREPOSITIONS:
                yield from self.value(self.past(end + 1, DETERMINERS), fields)

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
        if relation and self.word(place) in ("under", "in", "within", "inside", "among", "amongst"):
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
            if stem(self.word(end)) in NOTING | USING:
                return self.past(end + 1, {"down", "of", "about"} if stem(self.word(end)) not in USING else ())
            if self.word(end - 1) in ("have", "had", "has"):
                return end
        return place
