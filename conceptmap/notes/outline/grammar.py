"""What the vocabulary says about notes: words of kinds, names of relations, and the cues that head lists."""

from collections.abc import Mapping
from typing import NamedTuple

from ontology.names import name_key
from ontology.terms import DAY
from ontology.vocabulary import Cue, Direction, Relation, Vocabulary


class CueRule(NamedTuple):
    """A cue with the relation that its list states."""

    relation: Relation
    cue: Cue


class Grammar:
    """The vocabulary, indexed for reading."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._kinds: Mapping[str, str] = {key: kind.name for key, kind in vocabulary.kind_by_prefix.items()}
        self._cues = {
            name_key(words): CueRule(relation, cue)
            for relation in reversed(list(vocabulary.relations.values()))
            for cue in relation.cues
            if not cue.in_lessons
            for words in cue.words
        }

    def kind(self, word: str) -> str | None:
        """The kind that a word before a colon means; a Day is told by its number, never by a prefix."""
        kind = self._kinds.get(name_key(word)) if word else None
        return kind if kind != DAY else None

    def kind_names(self) -> tuple[str, ...]:
        """The kinds that a note may give to a node."""
        return tuple(kind for kind in self.vocabulary.kinds if kind != DAY)

    def direction(self, key: str) -> Direction | None:
        """The relation, forwards or backwards, that a field's key names."""
        return self.vocabulary.direction(key)

    def cue(self, words: str) -> CueRule | None:
        """The rule of a list that stands under these words."""
        return self._cues.get(name_key(words)) if 0 < len(words) <= 60 else None
