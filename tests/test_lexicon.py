"""What words and phrases of a question mean: those of the vocabulary, inflected, in the past and in the passive."""

import pytest

from conceptmap.ask.asking import lexicon_of
from conceptmap.ask.lexicon import Noun, Verb
from conceptmap.ask.words import DROPPED
from graphs.words import stem
from ontology.names import name_key
from ontology.vocabulary import Relation, read_vocabulary

VOCABULARY = read_vocabulary()
LEXICON = lexicon_of(VOCABULARY)


def directions(phrase: str) -> set[str]:
    """The names of the relations that a verb phrase says from its subject to its object."""
    words = [word for word in name_key(phrase).split() if word not in DROPPED]
    meanings = LEXICON.meanings(tuple(map(stem, words)), words)
    return {one.relation.inverse if one.inverse else one.relation.name for one in meanings if isinstance(one, Verb)}


def ends(phrase: str) -> set[tuple[str, str]]:
    """The ends of relations that a noun names."""
    words = name_key(phrase).split()
    meanings = LEXICON.meanings(tuple(map(stem, words)), words)
    return {(one.relation.name, "source" if one.source else "target") for one in meanings if isinstance(one, Noun)}


@pytest.mark.parametrize(
    ("phrase", "direction"),
    [
        ("corroborate", "supports"),
        ("lends weight to", "supports"),
        ("bolstered by", "is supported by"),
        ("casts doubt on", "opposes"),
        ("clashed with", "opposes"),
        ("is undermined by", "is opposed by"),
        ("gives rise to", "leads to"),
        ("led to", "leads to"),
        ("was brought about by", "follows from"),
        ("hinges on", "requires"),
        ("paves the way for", "unlocks"),
        ("goes into", "part of"),
        ("breaks down into", "has part"),
        ("exemplifies", "example of"),
        ("is different from", "contrasts with"),
        ("took over from", "replaces"),
        ("is ousted by", "is replaced by"),
        ("foretold", "predicts"),
        ("clears up", "answers"),
        ("is taught on", "introduced on"),
        ("does better than", "outperforms"),
        ("was overtaken by", "is outperformed by"),
    ],
)
def test_a_verb_phrase_of_plain_english_says_a_relation(phrase: str, direction: str) -> None:
    assert directions(phrase) == {direction}


@pytest.mark.parametrize(
    ("phrase", "end"),
    [
        ("pros", ("supports", "source")),
        ("counterexamples", ("opposes", "source")),
        ("upshot", ("leads to", "target")),
        ("root cause", ("leads to", "source")),
        ("prior knowledge", ("requires", "target")),
        ("ingredients", ("part of", "source")),
        ("case in point", ("example of", "source")),
        ("stand-in", ("replaces", "source")),
        ("prophecies", ("predicts", "target")),
        ("theme", ("about", "target")),
        ("first mention", ("introduced on", "target")),
    ],
)
def test_a_noun_of_plain_english_names_an_end(phrase: str, end: tuple[str, str]) -> None:
    assert ends(phrase) == {end}


@pytest.mark.parametrize("phrase", ["define", "explain", "implement", "point", "meet", "case", "means", "history"])
def test_a_word_that_asks_for_something_else_is_no_relation(phrase: str) -> None:
    assert directions(phrase) == set()


@pytest.mark.parametrize("relation", VOCABULARY.relations.values(), ids=lambda one: one.name)
def test_each_verb_says_its_relation_in_its_direction(relation: Relation) -> None:
    for verb in (*relation.verbs, *relation.wordings):
        assert relation.name in directions(verb), verb
    for verb in (*relation.inverse_verbs, *relation.inverse_wordings):
        assert relation.inverse in directions(verb), verb
