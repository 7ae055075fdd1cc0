"""What words of learners mean: names and phrases that a person knows better than any rule, by whoever compares."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from conceptmap.marking.propositions import LearnerMap, Said
from graphs.view import View
from graphs.words import nearest_labels
from ontology.errors import WrongArguments
from ontology.hints import meant as in_question
from ontology.hints import nearest
from ontology.names import name_key
from ontology.vocabulary import Direction


@dataclass(frozen=True, slots=True)
class Meant:
    """What names (ids of nodes of the course) and phrases (relations) mean, by the keys of their words."""

    names: Mapping[str, str] = field(default_factory=dict)
    phrases: Mapping[str, Direction] = field(default_factory=dict)
    said: Mapping[str, str] = field(default_factory=dict)

    def read(self, said: Said) -> Said:
        """What a learner says, with the relation that its words mean."""
        found = self.phrases.get(name_key(said.words)) if said.relation is None else None
        if found is None:
            return said
        if not found.inverse:
            return replace(said, relation=found.relation.name)
        return replace(said, source=said.target, target=said.source, relation=found.relation.name)

    def node(self, names: Iterable[str]) -> str | None:
        """The node of the course that one of these names means."""
        return next((self.names[key] for key in map(name_key, names) if key in self.names), None)

    def unused(self, learners: Iterable[LearnerMap]) -> list[str]:
        """The words that nobody says."""
        spoken = {name_key(words) for one in learners for words in _words_of(one)}
        return [words for key, words in self.said.items() if key not in spoken]


def _words_of(learner: LearnerMap) -> Iterator[str]:
    for node in learner.nodes.values():
        yield from node.names
    for said in learner.said:
        yield said.words


def read_meanings(given: Iterable[str]) -> dict[str, str]:
    """What words mean, each as `WORDS=NAME`; the words may hold the sign too, the name may not.

    Raises `WrongArguments`.

    >>> read_meanings(["Sugar=Glucose", "E = mc² = Mass-energy equivalence"])
    {'Sugar': 'Glucose', 'E = mc²': 'Mass-energy equivalence'}
    """
    found = {}
    for one in given:
        words, _, name = one.rpartition("=")
        if not words.strip() or not name.strip():
            raise WrongArguments(f"{one!r} does not say what words mean; write them as in Sugar=Glucose")
        found[words.strip()] = name.strip()
    return found


def meant_in(course: View, means: Mapping[str, str]) -> Meant:
    """What words mean: a name of one node of the course, or of a relation. Raises `WrongArguments`."""
    names: dict[str, str] = {}
    phrases: dict[str, Direction] = {}
    for said, words in means.items():
        found = course.named(words)
        labelled = [node for node in found if name_key(course.node(node).label) == name_key(words)]
        nodes = found if len(found) == 1 else labelled
        direction = course.vocabulary.direction(words)
        if len(nodes) == 1:
            names[name_key(said)] = nodes[0]
        if direction is not None:
            phrases[name_key(said)] = direction
        if len(nodes) != 1 and direction is None:
            near = nearest_labels(course, words, limit=2) or nearest(words, course.vocabulary.direction_names, 2)
            what = f"{said!r} cannot mean {words!r}: no node or relation of the course is called so"
            raise WrongArguments("; ".join(filter(None, (what, in_question(near)))), near)
    return Meant(names, phrases, {name_key(one): one for one in means})
