"""Kinds and relations, as JSON."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field
from typing_extensions import TypedDict

from ontology.vocabulary import Kind, Relation, Vocabulary

KindName = Annotated[str, Field(examples=["Claim"])]
RelationName = Annotated[str, Field(examples=["supports"])]


class KindShape(TypedDict):
    """A kind of node; `own`: it was added to the built-in ones. `parents` are the kinds that it is a sub-kind of."""

    name: KindName
    iri: str
    own: bool
    comment: str
    parents: list[KindName]
    prefixes: list[str]
    nouns: list[str]
    shape: str
    fill: str
    stroke: str


class RelationShape(TypedDict):
    """A relation; `sources` and `targets` are the kinds that it may join, sub-kinds too (none: any kind)."""

    name: RelationName
    inverse: str
    iri: str
    own: bool
    comment: str
    sources: list[KindName]
    targets: list[KindName]
    symmetric: bool
    transitive: bool
    acyclic: bool
    polarity: int
    words: list[str]
    inverse_words: list[str]
    line_style: str
    color: str
    arrow: str


class UndeclaredShape(TypedDict):
    """Kinds and relations that a map uses, and that the vocabulary does not have."""

    kinds: list[str]
    relations: list[str]


class VocabularyShape(TypedDict):
    """Kinds and relations in their order, and what of a map is none of them."""

    kinds: list[KindShape]
    relations: list[RelationShape]
    undeclared: UndeclaredShape


def vocabulary_shape(
    vocabulary: Vocabulary, kinds: Iterable[str] = (), relations: Iterable[str] = ()
) -> VocabularyShape:
    """A vocabulary; `kinds` and `relations` are those that a map uses besides."""
    return {
        "kinds": [_kind_shape(one) for one in vocabulary.kinds.values()],
        "relations": [_relation_shape(vocabulary, one) for one in vocabulary.relations.values()],
        "undeclared": {"kinds": list(kinds), "relations": list(relations)},
    }


def _kind_shape(kind: Kind) -> KindShape:
    return {
        "name": kind.name,
        "iri": kind.iri,
        "own": kind.is_own,
        "comment": kind.comment,
        "parents": list(kind.parents),
        "prefixes": list(dict.fromkeys((kind.name.lower(), *kind.prefixes))),
        "nouns": list(kind.nouns),
        "shape": kind.shape,
        "fill": kind.fill,
        "stroke": kind.stroke,
    }


def _relation_shape(vocabulary: Vocabulary, relation: Relation) -> RelationShape:
    return {
        "name": relation.name,
        "inverse": relation.inverse,
        "iri": relation.iri,
        "own": relation.is_own,
        "comment": relation.comment,
        "sources": [kind for kind in vocabulary.kinds if kind in relation.sources],
        "targets": [kind for kind in vocabulary.kinds if kind in relation.targets],
        "symmetric": relation.symmetric,
        "transitive": relation.transitive,
        "acyclic": relation.acyclic,
        "polarity": relation.polarity,
        "words": [*relation.verbs, *relation.wordings],
        "inverse_words": [*relation.inverse_verbs, *relation.inverse_wordings],
        "line_style": relation.line_style,
        "color": relation.color,
        "arrow": relation.arrow,
    }
