"""Names of the page, once it has given them: its acronyms, and what its questions, claims and threads are about."""

import re
from collections import Counter

from conceptmap.notes.lesson.lesson_blocks import NamesGiven, PageEnd
from conceptmap.notes.lesson.state import PROSE, LessonNode, LessonState
from conceptmap.notes.lesson.words import ARTICLES, FUNCTION_WORDS, lower_words, words_of
from conceptmap.notes.rule_classes import TREE
from ontology.names import day_id, name_key, singular
from ontology.terms import ABOUT, CLAIM, CONCEPT, INTRODUCED_ON, METHOD, QUESTION

MAX_SUBJECTS = 3
"""Names that a question is about; one that names more asks how they are connected, and not about each."""

MAX_WORDS_OF_SUBJECT = 5
"""Words of a name that is looked for in sentences; longer labels are claims, which nobody repeats word for word."""

SHARED_LETTERS = 5
"""Letters at the beginning that make two words forms of one: `start` and `starter`, not `stars`."""

_MARKED = re.compile(r"([^()?.,;]+)\(day ([0-9]{1,5})\)", re.IGNORECASE)
_ACRONYM = re.compile(r"\b(?![IVXLC]+\b)[A-Z]{2,6}s?\b")
_BEFORE_WORD = re.compile(r"\b([A-Z]{2,6})s?\b(?: ([a-z]+))?")


def read_acronyms(state: LessonState, block: NamesGiven) -> bool:
    """Acronyms that the page uses again and again are names, wherever they stand first."""
    text = " ".join(piece.text for piece in block.words)
    waiting = set(acronyms_of(text)) - _prefixes(text)
    for piece in block.words:
        for word in words_of(piece.text) if waiting else ():
            if word in waiting:
                waiting.discard(word)
                state.node(word, CONCEPT, piece.line, rank=PROSE)
    return True


def _prefixes(text: str) -> set[str]:
    """Acronyms that stand only before one and the same word: `KV` is no name, where the page speaks of KV caches."""
    behind: dict[str, set[str]] = {}
    for found in _BEFORE_WORD.finditer(text):
        behind.setdefault(found[1], set()).add(singular((found[2] or "").lower()))
    return {
        name
        for name, words in behind.items()
        if len(words) == 1 and "" not in words and words.isdisjoint(FUNCTION_WORDS)
    }


def acronyms_of(text: str) -> list[str]:
    """Acronyms that a text uses again and again.

    >>> acronyms_of("A VLA is one. Two VLAs are two. NASA is not.")
    ['VLA']
    """
    found = Counter(match[0].rstrip("s") for match in _ACRONYM.finditer(text))
    return [name for name, count in found.items() if count > 1 and len(name) > 1]


def read_subjects(state: LessonState, _: PageEnd) -> bool:
    """A question is about a few names, what an arrow of a tree leads to about one, a statement about its first."""
    names = _Names(state)
    for key, node in list(state.nodes.items()):
        if node.kind == QUESTION:
            if key not in state.closed:
                _about(state, key, node, names.of_question(node.label))
        elif key in state.behind_arrows:
            _about(state, key, node, names.inside(node.label, key)[:1])
    for key, told in state.waiting:
        _about(state, key, state.nodes[key], names.inside(told, key)[:MAX_SUBJECTS])
    for key in state.statements:
        said = state.nodes.get(key)
        if said is not None and said.kind == CLAIM:
            first = [name for at, name in names.located(said.label, key) if at == 0][:1]
            _about(state, key, said, first)
    return True


def _about(state: LessonState, key: str, node: LessonNode, names: list[str]) -> None:
    for name in names:
        if name != key and not state.are_joined(key, name):
            state.edge(key, ABOUT, name, node.line)


class _Names:
    """The names of a page by their words in the singular, and those that its trees introduce on a day."""

    def __init__(self, state: LessonState) -> None:
        self._introduced: dict[str, list[str]] = {}
        for edge in state.edges.values():
            if edge.relation == INTRODUCED_ON and edge.rule == TREE:
                self._introduced.setdefault(edge.target, []).append(edge.source)
        self._names: dict[tuple[str, ...], str] = {}
        for key, node in state.nodes.items():
            words = _singulars(node.label)
            names = node.kind in (CONCEPT, METHOD) or (node.kind == CLAIM and key == state.thesis)
            if names and 0 < len(words) <= MAX_WORDS_OF_SUBJECT:
                self._names.setdefault(words, key)

    def of_question(self, text: str) -> list[str]:
        """The names in a question; `(Day 5)` behind other words may point to one."""
        names = self.inside(text)
        for marked in _MARKED.finditer(text):
            if not any(name in self.inside(marked[1]) for name in names):
                names += self._of_day(int(marked[2]), marked[1])
        return list(dict.fromkeys(names))[:MAX_SUBJECTS]

    def _of_day(self, day: int, words: str) -> list[str]:
        """The name that a tree introduced on a day, if a word of the phrase is a form of one of its words."""
        here = [word[:SHARED_LETTERS] for word in lower_words(words) if len(word) >= SHARED_LETTERS]
        return [
            name
            for name in self._introduced.get(day_id(day), ())
            if any(word[:SHARED_LETTERS] in here for word in name.split() if len(word) >= SHARED_LETTERS)
        ][:1]

    def inside(self, text: str, own: str = "") -> list[str]:
        """The names in a text, without its own."""
        return list(dict.fromkeys(name for _, name in self.located(text, own)))

    def located(self, text: str, own: str) -> list[tuple[int, str]]:
        """The names in a text, longest first at each place, with the place of their first word."""
        words = _singulars(text)
        found: list[tuple[int, str]] = []
        index = 0
        while index < len(words):
            for count in range(min(MAX_WORDS_OF_SUBJECT, len(words) - index), 0, -1):
                name = self._names.get(words[index : index + count])
                if name is not None and name != own:
                    found.append((index, name))
                    index += count - 1
                    break
            index += 1
        return found


def _singulars(text: str) -> tuple[str, ...]:
    words = tuple(singular(word) for word in name_key(text).split())
    return words[1:] if len(words) > 1 and words[0] in ARTICLES else words
