"""The vocabulary as values: what `vocabulary.ttl` declares of each kind and relation."""

import hashlib
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Struct
from pyoxigraph import BlankNode, NamedNode, RdfFormat, Store
from pyoxigraph import Literal as RdfLiteral

from ontology.errors import InvalidVocabulary
from ontology.names import name_key
from ontology.values import Limits, Value

NAMESPACE = "https://w3id.org/conceptmap/vocabulary#"
_RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_SCHEMA = "https://schema.org/"

Term = NamedNode | BlankNode
Color = Annotated[str, Limits(pattern=r"^#[0-9a-fA-F]{6}$")]
DrawingWord = Annotated[str, Limits(pattern=r"^[A-Za-z][A-Za-z0-9_]*$")]
"""A word of Graphviz: a shape, a line style, an arrow."""


class Cue(Value, frozen=True, kw_only=True):
    """Words that head a list in notes; `inverse`: the list's items are the sources of the relation.

    `in_lessons`: only on pages that nobody annotated.
    """

    words: tuple[str, ...]
    inverse: bool = False
    kind: str | None = None
    in_lessons: bool = False


class Kind(Value, frozen=True, kw_only=True):
    """A kind of node: its words in notes and questions, and how it is drawn (colours as #rrggbb)."""

    name: str
    iri: str
    comment: str = ""
    order: int
    nouns: tuple[str, ...] = ()
    prefixes: tuple[str, ...] = ()
    shape: DrawingWord
    fill: Color
    stroke: Color


class Relation(Value, frozen=True, kw_only=True):
    """A relation: its names both ways, allowed ends (empty: any kind), logic, words and line."""

    name: str
    inverse: str
    says: str
    inverse_says: str
    iri: str
    comment: str = ""
    order: int
    sources: frozenset[str] = frozenset()
    targets: frozenset[str] = frozenset()
    symmetric: bool = False
    transitive: bool = False
    acyclic: bool = False
    polarity: Literal[-1, 0, 1] = 0
    answers_chain: bool = False
    verbs: tuple[str, ...] = ()
    inverse_verbs: tuple[str, ...] = ()
    wordings: tuple[str, ...] = ()
    inverse_wordings: tuple[str, ...] = ()
    source_nouns: tuple[str, ...] = ()
    target_nouns: tuple[str, ...] = ()
    cues: tuple[Cue, ...] = ()
    first: Literal["source", "target"] = "source"
    line_style: DrawingWord
    color: Color
    arrow: DrawingWord

    def allows(self, source_kind: str, target_kind: str) -> bool:
        """Whether an edge of this relation may join nodes of these kinds."""
        return (not self.sources or source_kind in self.sources) and (not self.targets or target_kind in self.targets)


class Direction(Value, frozen=True, kw_only=True):
    """A relation read forwards, or backwards by its inverse name."""

    relation: Relation
    inverse: bool = False


class Vocabulary(Struct, frozen=True, kw_only=True, eq=False, dict=True):
    """All kinds and relations, by name, in their declared order.

    A vocabulary is read once and handed around, and caches are kept per vocabulary: it is equal to itself alone.
    """

    kinds: Mapping[str, Kind]
    relations: Mapping[str, Relation]
    devices: Mapping[str, tuple[str, ...]] = {}
    """Words by which lessons announce what follows, by the name of the device: `prompt`, `synthesis`."""

    @cached_property
    def _directions(self) -> dict[str, Direction]:
        found: dict[str, Direction] = {}
        for relation in self.relations.values():
            found.setdefault(name_key(relation.inverse), Direction(relation=relation, inverse=not relation.symmetric))
        for relation in self.relations.values():
            found[name_key(relation.name)] = Direction(relation=relation)
        return found

    def kind(self, name: str) -> Kind | None:
        """The kind of this name or noun, in any case; None if there is none."""
        said = name.casefold()
        return next((one for one in self.kinds.values() if said in (one.name.casefold(), *one.nouns)), None)

    def direction(self, name: str) -> Direction | None:
        """The relation that a name or inverse name means, in any case and spacing; None if there is none.

        >>> direction = read_vocabulary().direction("follows-from")
        >>> direction.relation.name, direction.inverse
        ('leads to', True)
        """
        return self._directions.get(name_key(name))

    @cached_property
    def direction_names(self) -> tuple[str, ...]:
        """Every relation name and inverse name, for suggestions."""
        names = (name for relation in self.relations.values() for name in (relation.name, relation.inverse))
        return tuple(dict.fromkeys(names))

    @cached_property
    def digest(self) -> str:
        """Eight hex digits of a SHA-256 over all that is declared."""
        return hashlib.sha256(msgspec.json.encode(self, order="deterministic")).hexdigest()[:8]

    @cached_property
    def kind_by_prefix(self) -> Mapping[str, Kind]:
        """Kinds by the words that may stand before a heading's or item's colon."""
        return {name_key(word): kind for kind in self.kinds.values() for word in (*kind.prefixes, kind.name)}


def default_vocabulary_text() -> bytes:
    """The Turtle text of the vocabulary that ships with the project."""
    return files("ontology").joinpath("vocabulary.ttl").read_bytes()


def read_vocabulary(turtle: bytes | None = None) -> Vocabulary:
    """Read a vocabulary from Turtle text (default: the one that ships with the project).

    Raises `InvalidVocabulary` where the text is no Turtle or a declaration lacks a needed value.
    """
    if turtle is None:
        return _Reader(default_vocabulary_text()).vocabulary()
    vocabulary = _Reader(turtle).vocabulary()
    _check(vocabulary)
    return vocabulary


def read_vocabulary_file(path: Path) -> Vocabulary:
    """Read a vocabulary from a Turtle file."""
    try:
        return read_vocabulary(path.read_bytes())
    except OSError as error:
        raise InvalidVocabulary(f"{path}: cannot be read ({error.strerror})") from error


def _check(vocabulary: Vocabulary) -> None:
    """Raise `InvalidVocabulary` where a declaration has a value that it cannot have."""
    from pydantic import ValidationError  # noqa: PLC0415 (only where a vocabulary comes from outside)

    from ontology.gate import read  # noqa: PLC0415 (likewise)

    try:
        for one in (*vocabulary.kinds.values(), *vocabulary.relations.values()):
            read(type(one), one)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise InvalidVocabulary(f"a {error.title} has a wrong value for {where!r}: {first['msg']}") from error


def _refuse_twins(names: list[str]) -> None:
    if twins := [name for name, count in Counter(map(name_key, names)).items() if count > 1]:
        raise InvalidVocabulary(f"the name {twins[0]!r} is declared twice; give one of the two another rdfs:label")


class _Reader:
    """Takes declarations out of the Turtle text."""

    def __init__(self, turtle: bytes) -> None:
        self._store = Store()
        try:
            self._store.load(turtle, format=RdfFormat.TURTLE, base_iri=NAMESPACE)
        except (SyntaxError, ValueError) as error:
            raise InvalidVocabulary(f"the vocabulary is not Turtle: {error}") from error

    def vocabulary(self) -> Vocabulary:
        kinds = sorted(map(self._kind, self._declared("Class")), key=lambda kind: (kind.order, kind.name))
        relations = sorted(map(self._relation, self._declared("ObjectProperty")), key=lambda one: (one.order, one.name))
        _refuse_twins([kind.name for kind in kinds])
        _refuse_twins([relation.name for relation in relations])
        for relation in relations:
            if unknown := (relation.sources | relation.targets) - {kind.name for kind in kinds}:
                raise InvalidVocabulary(f"relation {relation.name!r} allows the undeclared kinds {sorted(unknown)}")
        return Vocabulary(
            kinds={kind.name: kind for kind in kinds},
            relations={relation.name: relation for relation in relations},
            devices=self._devices(),
        )

    def _devices(self) -> dict[str, tuple[str, ...]]:
        quads = self._store.quads_for_pattern(None, _RDF_TYPE, NamedNode(NAMESPACE + "Device"))
        terms = [quad.subject for quad in quads if isinstance(quad.subject, NamedNode)]
        named = {self._one(term, _RDFS + "label"): self._texts(term, NAMESPACE + "words") for term in terms}
        return dict(sorted(named.items()))

    def _kind(self, term: Term) -> Kind:
        return Kind(
            name=self._one(term, _RDFS + "label"),
            iri=self._iri(term),
            comment=self._text(term, _RDFS + "comment", ""),
            order=self._whole(term, NAMESPACE + "order", 1000),
            nouns=self._texts(term, NAMESPACE + "noun"),
            prefixes=self._texts(term, NAMESPACE + "prefix"),
            shape=self._one(term, NAMESPACE + "shape"),
            fill=self._text(term, NAMESPACE + "fill", "#ffffff"),
            stroke=self._text(term, NAMESPACE + "stroke", "#555555"),
        )

    def _relation(self, term: Term) -> Relation:
        types = {self._iri(one) for one in self._objects(term, _RDF_TYPE.value)}
        name = self._one(term, _RDFS + "label")
        said: dict[str, Any] = {
            "name": name,
            "inverse": (inverse := self._text(term, NAMESPACE + "inverseLabel", name)),
            "says": self._text(term, NAMESPACE + "says", name),
            "inverse_says": self._text(term, NAMESPACE + "inverseSays", inverse),
            "iri": self._iri(term),
            "comment": self._text(term, _RDFS + "comment", ""),
            "order": self._whole(term, NAMESPACE + "order", 1000),
            "sources": self._labels(term, _SCHEMA + "domainIncludes"),
            "targets": self._labels(term, _SCHEMA + "rangeIncludes"),
            "symmetric": _OWL + "SymmetricProperty" in types,
            "transitive": _OWL + "TransitiveProperty" in types,
            "acyclic": NAMESPACE + "AcyclicProperty" in types,
            "polarity": self._whole(term, NAMESPACE + "polarity", 0),
            "answers_chain": NAMESPACE + "Chain" in map(self._iri, self._objects(term, NAMESPACE + "answers")),
            "verbs": self._texts(term, NAMESPACE + "verb"),
            "inverse_verbs": self._texts(term, NAMESPACE + "inverseVerb"),
            "wordings": self._texts(term, NAMESPACE + "wording"),
            "inverse_wordings": self._texts(term, NAMESPACE + "inverseWording"),
            "source_nouns": self._texts(term, NAMESPACE + "sourceNoun"),
            "target_nouns": self._texts(term, NAMESPACE + "targetNoun"),
            "cues": tuple(sorted(map(self._cue, self._objects(term, NAMESPACE + "cue")), key=lambda cue: cue.words)),
            "first": self._text(term, NAMESPACE + "first", "source"),
            "line_style": self._text(term, NAMESPACE + "lineStyle", "solid"),
            "color": self._text(term, NAMESPACE + "color", "#555555"),
            "arrow": self._text(term, NAMESPACE + "arrow", "normal"),
        }
        return Relation(**said)

    def _cue(self, term: Term) -> Cue:
        kinds = sorted(self._labels(term, NAMESPACE + "kind"))
        return Cue(
            words=self._texts(term, NAMESPACE + "words"),
            inverse=self._text(term, NAMESPACE + "inverse", "false") in ("true", "1"),
            kind=kinds[0] if kinds else None,
            in_lessons=self._text(term, NAMESPACE + "inLessons", "false") in ("true", "1"),
        )

    def _declared(self, owl_class: str) -> Iterator[Term]:
        for quad in self._store.quads_for_pattern(None, _RDF_TYPE, NamedNode(_OWL + owl_class)):
            if isinstance(quad.subject, NamedNode | BlankNode):
                yield quad.subject

    def _objects(self, term: Term, predicate: str) -> list[Term]:
        quads = self._store.quads_for_pattern(term, NamedNode(predicate), None)
        return [quad.object for quad in quads if isinstance(quad.object, NamedNode | BlankNode)]

    def _texts(self, term: Term, predicate: str) -> tuple[str, ...]:
        quads = self._store.quads_for_pattern(term, NamedNode(predicate), None)
        return tuple(sorted(quad.object.value for quad in quads if isinstance(quad.object, RdfLiteral)))

    def _text(self, term: Term, predicate: str, default: str) -> str:
        found = self._texts(term, predicate)
        return found[0] if found else default

    def _whole(self, term: Term, predicate: str, default: int) -> int:
        text = self._text(term, predicate, str(default))
        try:
            return int(text)
        except ValueError as error:
            raise InvalidVocabulary(f"{self._iri(term)} has {text!r} for <{predicate}>; give a whole number") from error

    def _one(self, term: Term, predicate: str) -> str:
        if not (found := self._texts(term, predicate)):
            raise InvalidVocabulary(f"{self._iri(term)} needs a value for <{predicate}>")
        return found[0]

    def _labels(self, term: Term, predicate: str) -> frozenset[str]:
        return frozenset(self._one(one, _RDFS + "label") for one in self._objects(term, predicate))

    @staticmethod
    def _iri(term: Term) -> str:
        return term.value
