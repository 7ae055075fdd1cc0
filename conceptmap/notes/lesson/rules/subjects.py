"""The second pass: what questions, claims and threads are about, by the names that the page has given."""

import re

from conceptmap.notes.lesson.state import Found, LessonNode, Page
from conceptmap.notes.lesson.words import lower_words
from conceptmap.notes.rule_classes import KNOWN_NAME, TREE
from ontology.names import day_id, name_key, singular
from ontology.terms import ABOUT, CLAIM, CONCEPT, INTRODUCED_ON, METHOD, QUESTION

MAX_SUBJECTS = 3
MAX_WORDS_OF_SUBJECT = 5
_MARKED = re.compile(r"([^()?.,;]+)\(day (\d{1,5})\)", re.IGNORECASE)
_ACRONYM = re.compile(r"\b(?![IVXLC]+\b)[A-Z]{2,6}s?\b")
_ALIKE = 5
"""Letters that two words share at their beginning, so that one is taken for a form of the other."""


class Subjects:
    """The names of a page, and where they stand in its sentences."""

    def __init__(self, page: Page) -> None:
        self._page = page
        self._found: Found = page.found
        self._introduced: dict[str, list[str]] = {}
        for edge in page.found.edges.values():
            if edge.relation == INTRODUCED_ON and edge.rule == TREE:
                self._introduced.setdefault(edge.target, []).append(edge.source)
        self._names: dict[tuple[str, ...], str] = {}
        for key, node in self._found.nodes.items():
            words = _singulars(node.label)
            names = node.kind in (CONCEPT, METHOD) or (node.kind == CLAIM and key == page.thesis)
            if names and 0 < len(words) <= MAX_WORDS_OF_SUBJECT:
                self._names.setdefault(words, key)

    def join(self, arrows: set[str]) -> None:
        """Add `about` edges: a few to a question, one to a statement that begins with a name."""
        for key, node in list(self._found.nodes.items()):
            if node.kind == QUESTION:
                if key not in self._page.closed:
                    self._question(key, node)
            elif key in arrows:
                self._about(key, node, self._in(node.label, key)[:1])
        for key in self._page.statements:
            said = self._found.nodes.get(key)
            if said is not None and said.kind == CLAIM:
                first = [name for at, name in self._located(said.label, key) if at == 0][:1]
                self._about(key, said, first)

    def _question(self, key: str, node: LessonNode) -> None:
        names = self._in(node.label)
        for marked in _MARKED.finditer(node.label):
            if not any(name in self._in(marked[1]) for name in names):
                names += self._of_day(int(marked[2]), marked[1])
        self._about(key, node, list(dict.fromkeys(names))[:MAX_SUBJECTS])

    def _about(self, key: str, node: LessonNode, names: list[str]) -> None:
        for name in names:
            if name != key and not self._found.are_joined(key, name):
                self._found.edge(key, ABOUT, name, node.line, KNOWN_NAME)

    def _of_day(self, day: int, words: str) -> list[str]:
        """The name that a tree introduced on a day, if a word of the phrase is a form of one of its words."""
        here = [word[:_ALIKE] for word in lower_words(words) if len(word) >= _ALIKE]
        return [
            name
            for name in self._introduced.get(day_id(day), ())
            if any(word[:_ALIKE] in here for word in name.split() if len(word) >= _ALIKE)
        ][:1]

    def _in(self, text: str, own: str = "") -> list[str]:
        return list(dict.fromkeys(name for _, name in self._located(text, own)))

    def _located(self, text: str, own: str) -> list[tuple[int, str]]:
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
    return words[1:] if len(words) > 1 and words[0] in ("the", "a", "an") else words


def acronyms_of(text: str) -> list[str]:
    """Acronyms that a text uses again and again.

    >>> acronyms_of("A VLA is one. Two VLAs are two. NASA is not.")
    ['VLA']
    """
    found: dict[str, int] = {}
    for match in _ACRONYM.finditer(text):
        name = match[0].rstrip("s")
        found[name] = found.get(name, 0) + 1
    return [name for name, count in found.items() if count > 1 and len(name) > 1]
