"""Pairing: each proposition of the course with what a learner says in its place, if anything; and what is more."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from conceptmap.marking.alignment import Alignment
from conceptmap.marking.criterion import Criterion
from conceptmap.marking.propositions import Key, LearnerMap, Proposition, Said, ordered, pair_of, turned
from graphs.view import Citation, View
from ontology.terms import ABOUT

Outcome = Literal["matched", "turned round", "wrong relation", "unclear", "missing"]
"""What became of a proposition of the course in a learner's map.

`wrong relation` is also that the map only joins the two, without saying how. `unclear`: it joins them in words that the
vocabulary does not know.
"""


@dataclass(frozen=True, slots=True)
class Mark:
    """A proposition of the course, what became of it, and what the learner says of the two nodes in its place."""

    outcome: Outcome
    course: Proposition
    said: Said | None = None


@dataclass(frozen=True, slots=True)
class Extra:
    """What only the learner says. `unknown` are the names in it that the course does not know.

    `follows`: the course does not say so, but it follows from what the course says. `cites` are where the course joins
    the two without saying how.
    """

    said: Said
    unknown: tuple[str, ...] = ()
    follows: bool = False
    cites: tuple[Citation, ...] = ()


@dataclass(frozen=True, slots=True)
class Paired:
    """All of a learner's map beside the course's; `apart` is what says of nothing how it is joined."""

    marks: tuple[Mark, ...]
    extra: tuple[Extra, ...]
    apart: tuple[Said, ...]


def paired(learner: LearnerMap, criterion: Criterion, alignment: Alignment) -> Paired:
    """Pair the propositions of two maps. What a learner says of two nodes is held against what the course says of them.

    What is the same counts first, then what is turned round, then any other relation: each saying counts once.
    """
    sayings = _Sayings(learner, criterion, alignment.same)
    for one in learner.said:
        sayings.take(criterion.meant.read(one))
    marks: dict[Key, Mark] = {}
    extra: list[Extra] = []
    for pair, said in sayings.of_pairs.items():
        found, rest = _paired(criterion.by_pair.get(pair, ()), said)
        marks.update(found)
        for key, one in rest.items():
            if one.relation == ABOUT:
                sayings.apart.append(one)
            elif not one.laid_out:
                cites = tuple(criterion.loose.get(pair, ()))
                extra.append(Extra(one, (), _follows(criterion.course, key, one), cites))
    for one in sayings.beyond:
        unknown = (end for end in (one.source, one.target) if end not in alignment.same)
        extra.append(Extra(one, tuple(learner.nodes[end].label for end in unknown)))
    every = (marks.get(one.key) or Mark("missing", one) for one in criterion.propositions)
    return Paired(tuple(every), tuple(extra), tuple(sayings.apart))


class _Sayings:
    """What a learner says, by the two nodes of the course of which it is said; what is said twice counts once.

    `beyond` is what is said of something that the course does not know.
    """

    def __init__(self, learner: LearnerMap, criterion: Criterion, same: Mapping[str, str]) -> None:
        self._learner = learner
        self._criterion = criterion
        self._same = same
        self.of_pairs: dict[frozenset[str], dict[Key, Said]] = defaultdict(dict)
        self.beyond: list[Said] = []
        self.apart: list[Said] = []

    def take(self, said: Said) -> None:
        source, target = self._same.get(said.source), self._same.get(said.target)
        if source == target is not None or self._is_apart(said.source) or self._is_apart(said.target):
            self.apart.append(said)
        elif source is not None and target is not None:
            key = ordered(self._criterion.course.vocabulary, source, said.relation or said.words, target)
            known = self.of_pairs[pair_of(key)]
            if key not in known or known[key].laid_out:
                known[key] = said
        elif not said.laid_out:
            (self.apart if said.relation == ABOUT else self.beyond).append(said)

    def _is_apart(self, node: str) -> bool:
        """Whether a node of the learner's is none of the subject: as the course has it, else as the learner has it."""
        known = self._same.get(node)
        kind = self._learner.nodes[node].kind if known is None else self._criterion.course.kind(known)
        return kind in self._criterion.apart


def _paired(wanted: Iterable[Proposition], said: Mapping[Key, Said]) -> tuple[dict[Key, Mark], dict[Key, Said]]:
    """The marks of what the course says of two nodes, each with one saying of the learner's; and the other sayings."""
    open_ = {one.key: one for one in wanted}
    rest = dict(said)
    marks: dict[Key, Mark] = {}

    def pair(outcome: Outcome, fits: Callable[[Key, Key], bool]) -> None:
        for key, saying in list(rest.items()):
            if saying.laid_out and outcome != "matched":
                continue
            found = next((one for one in open_ if fits(one, key)), None)
            if found is not None:
                marks[found] = Mark(outcome, open_.pop(found), saying)
                del rest[key]

    def is_known(key: Key) -> bool:
        return said[key].relation is not None

    pair("matched", lambda wanted, key: wanted == key)
    pair("turned round", lambda wanted, key: wanted == turned(key))
    pair("wrong relation", lambda wanted, key: is_known(key) and wanted[0] == key[0])
    pair("wrong relation", lambda _, key: is_known(key))
    pair("unclear", lambda *_: True)
    return marks, rest


def _follows(course: View, key: Key, said: Said) -> bool:
    """Whether the course says as much by way of others: what leads on and on by a transitive relation."""
    declared = course.vocabulary.relations.get(said.relation or "")
    if declared is None or not declared.transitive:
        return False
    seen, waiting = {key[0]}, [key[0]]
    while waiting:
        for edge in course.edge_keys_from(waiting.pop(), declared.name):
            if edge.target == key[2]:
                return True
            if edge.target not in seen:
                seen.add(edge.target)
                waiting.append(edge.target)
    return False
