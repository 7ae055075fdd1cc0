"""The words of a map with the nodes that hold them: what a search needs that has only files, and no index of ours."""

from collections.abc import Sequence
from dataclasses import dataclass

from graphs.search import Wording
from graphs.view import View
from graphs.words import stem


@dataclass(frozen=True, slots=True)
class ListedWord:
    """A word, its stem, and the numbers of the nodes that have it first in their label, an alias, or their text."""

    word: str
    root: str
    in_label: tuple[int, ...]
    in_alias: tuple[int, ...]
    in_text: tuple[int, ...]


def listed_words(view: View, nodes: Sequence[str]) -> list[ListedWord]:
    """The words of these nodes, which are counted from 0 on, by the rules by which the map itself is searched."""
    found: dict[str, tuple[list[int], list[int], list[int]]] = {}
    for number, one in enumerate(nodes):
        node = view.node(one)
        known: set[str] = set()
        for tier, words in enumerate(Wording.of(node.assertions).tiers):
            for word in dict.fromkeys(words.split()):
                if word not in known:
                    known.add(word)
                    found.setdefault(word, ([], [], []))[tier].append(number)
    return [ListedWord(word, stem(word), *map(tuple, lists)) for word, lists in sorted(found.items())]
