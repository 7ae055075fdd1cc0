"""Names that are not quite those of nodes, but are of one node alone: spelt alike, its initials, or misspelt."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Set

from conceptmap.alike import ACRONYM, initials, names_in, spelling
from graphs.spelling import plain
from graphs.view import FoldedNode
from ontology.names import name_key, singular

FEWEST_INITIALS = 3
"""Letters of initials: two are those of too many names."""

LIKENESS = 80
"""Of 100: so like must two names be spelt as a whole, before they are compared word by word. "Oxigen" is 83."""

_LETTERS = ((8, 2), (5, 1))
"""From how many letters on a word may be misspelt in how many: two more make "mitosis" of "meiosis"."""

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


class NearNames:
    """Finds nodes by names that are not quite theirs."""

    def __init__(self, nodes: Iterable[FoldedNode]) -> None:
        self._spelt: dict[str, set[str]] = defaultdict(set)
        self._long: dict[str, set[str]] = defaultdict(set)
        self._short: dict[str, set[str]] = defaultdict(set)
        self._by_first: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
        self._words: set[str] = set()
        for node in nodes:
            for said in node.names:
                self._learn(node.id, said)

    def _learn(self, node: str, said: str) -> None:
        self._words.update(map(singular, name_key(said).split()))
        for name in names_in(said):
            self._spelt[_spelling(name)].add(node)
            for letters in initials(name):
                self._long[letters].add(node)
        if ACRONYM.fullmatch(said):
            self._short[_letters(said)].add(node)
        key = _bare(said)
        self._by_first[key[:1]][key].add(node)

    def of(self, names: Iterable[str], taken: Set[str]) -> tuple[str, str] | None:
        """The one node that a thing of these names may be, and why; None where there is none, or several.

        None of those that are `taken` by their names is misspelt: whoever spells it right means something else here.
        """
        for name in names:
            for why, found in self._ways(name, taken):
                if len(found) == 1:
                    return next(iter(found)), why
        return None

    def _ways(self, name: str, taken: Set[str]) -> Iterator[tuple[str, Collection[str]]]:
        """What a name may mean, the surest first, and why."""
        yield "spelt alike", {node for one in names_in(name) for node in self._spelt.get(_spelling(one), ())}
        if ACRONYM.fullmatch(name) and len(_letters(name)) >= FEWEST_INITIALS:
            yield "its initials", self._long.get(_letters(name), set())
        for letters in initials(name):
            if len(letters) >= FEWEST_INITIALS:
                yield "its initials", self._short.get(letters, set())
        yield "nearly its name", self._misspelt(name) - taken

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
