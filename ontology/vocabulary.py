"""The vocabulary as values: what `vocabulary.ttl` declares of each kind and relation."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from importlib.resources import files
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Struct
from pyoxigraph import BlankNode, NamedNode, RdfFormat, Store
from pyoxigraph import Literal as RdfLiteral

from ontology.names import name_key
from ontology.values import Limits, Value

NAMESPACE = "https://w3id.org/conceptmap/vocabulary#"
_RDF_TYPE = NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_RDFS = "http://www.w3.org/2000/01/rdf-schema#"
_OWL = "http://www.w3.org/2002/07/owl#"
_SCHEMA = "https://schema.org/"

Term = NamedNode | BlankNode
Color = Annotated[str, Limits(pattern=r"^#[0-9a-fA-F]{6}$")]
BEHIND_BUILT_IN = 1000
"""From here on is counted the order of what is added."""
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
    parents: tuple[str, ...] = ()
    """The kinds that it is a sub-kind of."""
    is_own: bool = False
    """Whether it was added to the built-in kinds."""


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
    is_own: bool = False
    """Whether it was added to the built-in relations."""

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
    added: str = ""
    """The Turtle text that was added to the built-in one."""

    def __repr__(self) -> str:
        return f"<vocabulary of {len(self.kinds)} kinds and {len(self.relations)} relations>"

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
    def _families(self) -> dict[str, frozenset[str]]:
        """Each kind with its sub-kinds, and theirs."""
        found = {name: {name} for name in self.kinds}
        for name in self.kinds:
            above = [name]
            while above:
                for parent in self.kinds[above.pop()].parents:
                    if name not in found[parent]:
                        found[parent].add(name)
                        above.append(parent)
        return {name: frozenset(members) for name, members in found.items()}

    def within(self, kinds: Iterable[str]) -> frozenset[str]:
        """These kinds and all their sub-kinds.

        >>> read_vocabulary().within(["Claim"])
        frozenset({'Claim'})
        """
        return frozenset().union(*(self._families.get(kind, (kind,)) for kind in kinds))

    @cached_property
    def digest(self) -> str:
        """Eight hex digits of a SHA-256 over all that is declared."""
        said = msgspec.structs.replace(self, added="")
        return hashlib.sha256(msgspec.json.encode(said, order="deterministic")).hexdigest()[:8]

    @property
    def turtle(self) -> bytes:
        """The declarations as Turtle: the built-in ones, then what was added, as it was written."""
        if not self.added:
            return default_vocabulary_text()
        return b"%s\n\n### Added to the built-in vocabulary\n\n@base <%s> .\n%s" % (
            default_vocabulary_text(),
            NAMESPACE.encode(),
            self.added.encode(),
        )

    @cached_property
    def kind_by_prefix(self) -> Mapping[str, Kind]:
        """Kinds by the words that may stand before a heading's or item's colon."""
        return {name_key(word): kind for kind in self.kinds.values() for word in (*kind.prefixes, kind.name)}


def default_vocabulary_text() -> bytes:
    """The Turtle text of the vocabulary that ships with the project."""
    return files("ontology").joinpath("vocabulary.ttl").read_bytes()


def read_vocabulary() -> Vocabulary:
    """The vocabulary that ships with the project, with nothing added."""
    return Declarations(default_vocabulary_text()).vocabulary()


class Declarations:
    """Takes kinds and relations out of Turtle text.

    `own` are the IRIs that were added to the built-in ones, in their order. Of looks that are not declared it gives
    empty words. What is declared is not checked here: the built-in text needs it not, and what is added was checked.
    """

    def __init__(self, *turtle: bytes, own: Sequence[str] = ()) -> None:
        self._own = {iri: BEHIND_BUILT_IN + place for place, iri in enumerate(own)}
        self._store = Store()
        for text in turtle:
            self._store.load(text, format=RdfFormat.TURTLE, base_iri=NAMESPACE)
        self._kinds = set(self._declared("Class"))

    def vocabulary(self) -> Vocabulary:
        """What is declared, in its order."""
        kinds = sorted(map(self._kind, self._declared("Class")), key=lambda kind: (kind.order, kind.name))
        relations = sorted(map(self._relation, self._declared("ObjectProperty")), key=lambda one: (one.order, one.name))
        return Vocabulary(
            kinds={kind.name: kind for kind in kinds},
            relations={relation.name: relation for relation in relations},
            devices=self._devices(),
        )

    def _devices(self) -> dict[str, tuple[str, ...]]:
        quads = self._store.quads_for_pattern(None, _RDF_TYPE, NamedNode(NAMESPACE + "Device"))
        terms = [quad.subject for quad in quads if isinstance(quad.subject, NamedNode)]
        named = {self._label(term): self._texts(term, NAMESPACE + "words") for term in terms}
        return dict(sorted(named.items()))

    def _kind(self, term: Term) -> Kind:
        return Kind(
            name=self._label(term),
            iri=term.value,
            comment=self._text(term, _RDFS + "comment"),
            order=self._order(term),
            nouns=self._texts(term, NAMESPACE + "noun"),
            prefixes=self._texts(term, NAMESPACE + "prefix"),
            shape=self._text(term, NAMESPACE + "shape"),
            fill=self._text(term, NAMESPACE + "fill"),
            stroke=self._text(term, NAMESPACE + "stroke"),
            parents=tuple(sorted(self._labels(term, _RDFS + "subClassOf"))),
            is_own=term.value in self._own,
        )

    def _relation(self, term: Term) -> Relation:
        types = {one.value for one in self._objects(term, _RDF_TYPE.value)}
        name = self._label(term)
        said: dict[str, Any] = {
            "name": name,
            "inverse": (inverse := self._text(term, NAMESPACE + "inverseLabel", name)),
            "says": self._text(term, NAMESPACE + "says", name),
            "inverse_says": self._text(term, NAMESPACE + "inverseSays", inverse),
            "iri": term.value,
            "comment": self._text(term, _RDFS + "comment"),
            "order": self._order(term),
            "sources": self._labels(term, _SCHEMA + "domainIncludes"),
            "targets": self._labels(term, _SCHEMA + "rangeIncludes"),
            "symmetric": _OWL + "SymmetricProperty" in types,
            "transitive": _OWL + "TransitiveProperty" in types,
            "acyclic": NAMESPACE + "AcyclicProperty" in types,
            "polarity": int(self._text(term, NAMESPACE + "polarity", "0")),
            "answers_chain": NAMESPACE + "Chain" in [one.value for one in self._objects(term, NAMESPACE + "answers")],
            "verbs": self._texts(term, NAMESPACE + "verb"),
            "inverse_verbs": self._texts(term, NAMESPACE + "inverseVerb"),
            "wordings": self._texts(term, NAMESPACE + "wording"),
            "inverse_wordings": self._texts(term, NAMESPACE + "inverseWording"),
            "source_nouns": self._texts(term, NAMESPACE + "sourceNoun"),
            "target_nouns": self._texts(term, NAMESPACE + "targetNoun"),
            "cues": tuple(sorted(map(self._cue, self._objects(term, NAMESPACE + "cue")), key=lambda cue: cue.words)),
            "first": self._text(term, NAMESPACE + "first", "source"),
            "line_style": self._text(term, NAMESPACE + "lineStyle"),
            "color": self._text(term, NAMESPACE + "color"),
            "arrow": self._text(term, NAMESPACE + "arrow"),
            "is_own": term.value in self._own,
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

    def _declared(self, owl_class: str) -> Iterator[NamedNode]:
        """What is declared of a class; what has no IRI (the union of some kinds, a restriction) is none of ours."""
        for quad in self._store.quads_for_pattern(None, _RDF_TYPE, NamedNode(_OWL + owl_class)):
            if isinstance(quad.subject, NamedNode):
                yield quad.subject

    def _objects(self, term: Term, predicate: str) -> list[Term]:
        quads = self._store.quads_for_pattern(term, NamedNode(predicate), None)
        return [quad.object for quad in quads if isinstance(quad.object, NamedNode | BlankNode)]

    def _texts(self, term: Term, predicate: str) -> tuple[str, ...]:
        quads = self._store.quads_for_pattern(term, NamedNode(predicate), None)
        return tuple(sorted(quad.object.value for quad in quads if isinstance(quad.object, RdfLiteral)))

    def _text(self, term: Term, predicate: str, default: str = "") -> str:
        found = self._texts(term, predicate)
        return found[0] if found else default

    def _order(self, term: Term) -> int:
        return self._own[term.value] if term.value in self._own else int(self._text(term, NAMESPACE + "order"))

    def _label(self, term: Term) -> str:
        """The label of a kind or relation; of several the one without a language, else the English one."""
        quads = self._store.quads_for_pattern(term, NamedNode(_RDFS + "label"), None)
        said = [quad.object for quad in quads if isinstance(quad.object, RdfLiteral)]
        return min(said, key=lambda one: (one.language not in (None, "en"), one.language or "", one.value)).value

    def _labels(self, term: Term, predicate: str) -> frozenset[str]:
        """The names of the kinds that a property has; classes of other vocabularies are none."""
        return frozenset(self._label(one) for one in self._objects(term, predicate) if one in self._kinds)
