"""Which node of the course each node of a learner's map is: by names first, then by spellings, and never silently."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from shlex import quote

from conceptmap.alike import ACRONYM, initials, names_in, spelling
from conceptmap.marking.meant import Meant
from conceptmap.marking.propositions import NOT_OF_THE_SUBJECT, LearnerMap, LearnerNode
from graphs.spelling import plain
from graphs.view import View
from graphs.words import nearest_labels
from ontology.names import name_key, singular

LIKENESS = 80
"""Of 100: so like must two names be spelt as a whole, before they are compared word by word. "Oxigen" is 83."""

_LETTERS = ((8, 2), (5, 1))
"""From how many letters on a word may be misspelt in how many: two more make "mitosis" of "meiosis"."""

MOST_SUGGESTED = 50
"""Unknown names for which near ones are looked up: each costs some milliseconds, and nobody reads more."""

_ARTICLES = ("the ", "a ", "an ")
_OPPOSITES = (
    ("hyper", "hypo"),
    ("inter", "intra"),
    ("macro", "micro"),
    ("ab", "ad"),
    ("ante", "anti"),
    ("over", "under"),
)
"""Beginnings in which words differ that mean the opposite, or something else, and are spelt much alike."""
_ENDINGS = (("ane", "ene", "yne"), ("ate", "ite", "ide"), ("ase", "ose"), ("ine", "ane"))
"""Endings that tell apart what chemists call otherwise: an alkane is no alkene."""


@dataclass(frozen=True, slots=True)
class TakenFor:
    """A name of the learner that is not the course's, and the label of the node that it was taken for, and why."""

    said: str
    node: str
    label: str
    why: str


@dataclass(frozen=True, slots=True)
class Unknown:
    """A name of the learner that no node of the course was taken for, and the labels of those that may be meant."""

    said: str
    near: tuple[str, ...] = ()

    @property
    def perhaps(self) -> str:
        """The labels that may be meant, in brackets behind the name."""
        return f" (perhaps {' or '.join(self.near)})" if self.near else ""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The nodes of a learner's map that the course has, by id, how names were taken, and those that it has not."""

    same: Mapping[str, str]
    taken: tuple[TakenFor, ...]
    unknown: tuple[Unknown, ...]


def align(learner: LearnerMap, course: View, meant: Meant | None = None) -> Alignment:
    """Find the nodes of a learner's map in the course; what names are `meant` to be comes first.

    Two nodes of the course are never made one. Several names of the learner may be names of one node.
    """
    same: dict[str, str] = {}
    taken: list[TakenFor] = []
    for one in learner.nodes.values():
        if told := meant and meant.node(one.names):
            same[one.id] = told
            taken.append(TakenFor(one.label, told, course.node(told).label, "as you say"))
        elif node := _named(one, course):
            same[one.id] = node
    if rest := [one for one in learner.nodes.values() if one.id not in same]:
        near = _Near(course, taken_by_name=set(same.values()))
        for one in rest:
            if found := near.of(one):
                same[one.id] = found.node
                taken.append(found)
    return Alignment(same, tuple(taken), tuple(_unknown(learner, same, course)))


def _named(one: LearnerNode, course: View) -> str | None:
    """The node that the label names, else the one of this id, else the one that the other names name."""
    for name in one.names:
        if found := _only(name, course):
            return found
        if name == one.label and course.has_node(one.id):
            return course.leads_to(one.id)
    return None


def _only(name: str, course: View) -> str | None:
    """The one node that has a name; of several the one whose label it is."""
    found = course.named(name)
    if len(found) > 1:
        found = [node for node in found if name_key(course.node(node).label) == name_key(name)]
    return found[0] if len(found) == 1 else None


def how_to_say(unknown: Sequence[Unknown]) -> str:
    """How a person says what one of these names means."""
    first = next((one for one in unknown if one.near), unknown[0])
    meaning = f"{first.said}={first.near[0] if first.near else 'NAME'}"
    return f"if one of the course's is meant, say so: --means {quote(meaning)}"


class _Near:
    """Finds nodes of a course by names that are not quite theirs."""

    def __init__(self, course: View, taken_by_name: set[str]) -> None:
        self._course = course
        self._spelt: dict[str, set[str]] = defaultdict(set)
        self._long: dict[str, set[str]] = defaultdict(set)
        self._short: dict[str, set[str]] = defaultdict(set)
        self._by_first: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._words: set[str] = set()
        apart = course.vocabulary.within(NOT_OF_THE_SUBJECT)
        for node in course.nodes():
            if node.kind in apart:
                continue
            for said in node.names:
                self._words.update(map(singular, name_key(said).split()))
                for name in names_in(said):
                    self._spelt[_spelling(name)].add(node.id)
                    for letters in initials(name):
                        self._long[letters].add(node.id)
                if ACRONYM.fullmatch(said):
                    self._short[_letters(said)].add(node.id)
                key = _bare(said)
                if node.id not in taken_by_name:  # whoever spells it right elsewhere means something else here
                    self._by_first[key[:1]][key].add(node.id)

    def of(self, one: LearnerNode) -> TakenFor | None:
        for name in one.names:
            for why, found in self._ways(name):
                if len(found) == 1:
                    node = next(iter(found))
                    return TakenFor(one.label, node, self._course.node(node).label, why)
        return None

    def _ways(self, name: str) -> Iterator[tuple[str, set[str]]]:
        """What a name may mean, the surest first, and why."""
        yield "spelt alike", {node for one in names_in(name) for node in self._spelt.get(_spelling(one), ())}
        if ACRONYM.fullmatch(name):
            yield "its initials", self._long.get(_letters(name), set())
        for letters in initials(name):
            yield "its initials", self._short.get(letters, set())
        yield "nearly its name", self._misspelt(name)

    def _misspelt(self, name: str) -> set[str]:
        from rapidfuzz import fuzz, process  # noqa: PLC0415  (50 ms that only a name which is not found must pay)

        key = _bare(name)
        choices = self._by_first.get(key[:1], {})
        found = process.extract(key, list(choices), scorer=fuzz.ratio, score_cutoff=LIKENESS, limit=None)
        near = [(score, one) for one, score, _ in found if self._may_be(key, one)]
        best = max((score for score, _ in near), default=0)
        return {node for score, one in near if score == best for node in choices[one]}

    def _may_be(self, said: str, name: str) -> bool:
        """Whether a name may be another misspelt: word by word by a letter or two, none of them another known word."""
        from rapidfuzz.distance import OSA  # noqa: PLC0415  (likewise)

        words, others = said.split(), name.split()
        if len(words) != len(others):
            return said.replace(" ", "") == name.replace(" ", "")
        for word, other in zip(words, others, strict=True):
            if singular(word) == singular(other):
                continue
            most = next((most for length, most in _LETTERS if len(other) >= length), 0)
            digits = [list(filter(str.isdigit, one)) for one in (word, other)]
            if (
                word[:1] != other[:1]
                or digits[0] != digits[1]
                or singular(word) in self._words
                or _another(singular(word), singular(other))
                or OSA.distance(word, other) > most
            ):
                return False
        return True


def _letters(acronym: str) -> str:
    return acronym.removesuffix("s").lower()


def _another(word: str, other: str) -> bool:
    """Whether two words that are spelt alike differ in what makes them two."""
    begun = any(
        (word.startswith(one) and other.startswith(two)) or (word.startswith(two) and other.startswith(one))
        for one, two in _OPPOSITES
    )
    endings = (word[-3:], other[-3:])
    return begun or (word[-3:] != other[-3:] and any(set(endings) <= set(group) for group in _ENDINGS))


def _bare(name: str) -> str:
    """The key of a name without its article."""
    key = name_key(name)
    article = next((one for one in _ARTICLES if key.startswith(one) and len(key) > len(one)), "")
    return key[len(article) :]


def _spelling(name: str) -> str:
    """What spellings of one name share, words of irregular plurals too."""
    return spelling(" ".join(map(plain, _bare(name).split())))


def _unknown(learner: LearnerMap, same: Mapping[str, str], course: View) -> Iterable[Unknown]:
    named = dict.fromkeys(end for said in learner.said if not said.laid_out for end in (said.source, said.target))
    apart = course.vocabulary.within(NOT_OF_THE_SUBJECT)
    unknown = (learner.nodes[node] for node in named if node not in same)
    for number, one in enumerate(node for node in unknown if node.kind not in apart):
        several = tuple(course.node(node).label for node in course.named(one.label))
        near = several or (tuple(nearest_labels(course, one.label, limit=2)) if number < MOST_SUGGESTED else ())
        yield Unknown(one.label, near)
