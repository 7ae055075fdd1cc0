"""Ideas: what each word or phrase of a question, or of a name, says: its senses, and whether it denies.

`unclear` denies; `turn the temperature up` says in two places that it becomes more; of `it was A who did B` the
pronoun says nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from conceptmap.ask.thesaurus import Senses
from conceptmap.ask.words import LIGHT, OPENERS
from graphs.words import STOP_WORDS, WordIndex, stem

MAX_PARTICLE = 4
"""So many words behind its verb a particle may stand: `turn the water temperature up`."""
_Said = tuple[frozenset[int], str]
"""What words that stand apart say together, and which they are."""
_LINKING = frozenset(
    """
    act acts acted acting behave behaves behaved become becomes became becoming stand stands stood seem seems seemed
    leave leaves left leaving prove proves proved proven grow grows grew grown growing turn turns turned turning
    """.split()
)
"""Verbs that only join something to what it is."""
_KEEPING = frozenset("keep keeps kept".split())
"""Verbs that say before another that it goes on: `keep scaling`."""
_BEING = frozenset("is are was were be".split())
_RELATIVE = frozenset("who which".split())
MAX_CLEFT = 5
"""So many words before the pronoun the sentence may begin: `it was the old allies who`."""
_BECOMING = frozenset("grow grows grew grown growing".split())
_GRAMMAR = (
    STOP_WORDS
    | LIGHT
    | OPENERS
    | _LINKING
    | frozenset("thing things one ones stuff basically merely simply along amid".split())
)
"""Words that say nothing within a claim; others that say little in a question may say much in one."""
_MOVING = frozenset(map(stem, "turn crank push ramp put drive bring scale dial go move get keep send set take".split()))
"""Verbs that with `up` or `down` say that something becomes more or less."""
_PARTICLES = {"up": "increase", "down": "decrease"}
SHORTEST_BARE = 3
"""Letters that more must stand behind `un` and the like."""
_NO_UN = ("under", "uni")
_UN = ("un", "in", "im", "ir", "non", "dis")


@dataclass(frozen=True, slots=True)
class Idea:
    """What a word or phrase says: its stem, its senses, whether it denies, or denies what it says (`unclear`)."""

    start: int
    end: int
    root: str
    means: frozenset[int]
    denies: bool = False
    is_light: bool = False
    is_predicate: bool = False
    """Whether it stands right behind a form of `be`."""
    apart: str = ""
    """The words by which it is said, where they stand apart: `turn … up`."""

    @property
    def told_by(self) -> str:
        """What tells it from another that says the same."""
        return self.apart or str(self.start)


def ideas_of(said: Sequence[str], known: Senses, index: WordIndex) -> Iterator[Idea]:
    """What words say, phrases as one; a particle goes with its verb wherever that stands."""
    roots = [stem(word) for word in said]
    moved = dict(_moved(said, roots, known))
    at = 0
    while at < len(said):
        end = at + 1
        for length in range(1, len(said) - at + 1):
            phrase = tuple(roots[at : at + length])
            if phrase not in known.beginnings:
                break
            if phrase in known.denying or known.of(phrase):
                end = at + length
        phrase, means = tuple(roots[at:end]), known.of(roots[at:end])
        if at in moved:
            end = at + 1
            yield Idea(at, end, roots[at], moved[at][0], apart=moved[at][1])
        elif phrase in known.denying:
            yield Idea(at, end, "", frozenset(), denies=True)
        elif end == at + 1 and not means and (bare := _undenied(said[at], known, index)):
            yield Idea(at, end, stem(bare), known.of([stem(bare)]), denies=True)
        else:
            if said[at] in _RELATIVE and _is_cleft(said[:at]):
                yield Idea(at, at + 1, "", frozenset(), is_light=True)
                at += 1
                continue
            light = end == at + 1 and said[at] in _GRAMMAR
            if said[at] in _BECOMING and said[end : end + 1] and said[end] in _GRAMMAR:
                light = False  # `grow resistant` is to become so, `grow along a line` is to grow
            light = light or (said[at] in _KEEPING and said[end : end + 1] != [] and said[end].endswith("ing"))
            predicate = at > 0 and said[at - 1] in _BEING
            yield Idea(at, end, " ".join(phrase), means, is_light=light, is_predicate=predicate)
        at = end


def _is_cleft(before: Sequence[str]) -> bool:
    """Whether a relative pronoun behind some words only brings out what they name: `it was A who …`."""
    pairs = (before[at : at + 2] for at in range(max(0, len(before) - MAX_CLEFT), len(before) - 1))
    return any(pair[0] == "it" and pair[1] in _BEING for pair in pairs)


def _moved(said: Sequence[str], roots: Sequence[str], known: Senses) -> Iterator[tuple[int, _Said]]:
    """The places of `up` or `down` and of their verbs, which say together that something becomes more or less."""
    for at, word in enumerate(said):
        if word in _PARTICLES:
            verbs = (one for one in range(at - 1, max(-1, at - MAX_PARTICLE - 1), -1) if roots[one] in _MOVING)
            if (verb := next(verbs, None)) is not None:
                said_so = known.of([stem(_PARTICLES[word])]), f"{verb} {at}"
                yield from ((verb, said_so), (at, said_so))


def _undenied(word: str, known: Senses, index: WordIndex) -> str:
    """What a word denies by how it begins: `clear` of `unclear`; empty if it denies nothing."""
    for beginning in _UN:
        bare = word.removeprefix(beginning)
        if bare == word or len(bare) <= SHORTEST_BARE or word.startswith(_NO_UN):
            continue
        done = beginning == "un" and bare.endswith(("ed", "en", "able"))
        if done or known.of([stem(bare)]) or index.knows_stem(stem(bare)):
            return bare
    return ""
