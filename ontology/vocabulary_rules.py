"""What a file that adds to the vocabulary may say: all that is wrong with one, each with its line and what to write."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from pyoxigraph import BlankNode, Literal, NamedNode, Triple

from ontology.errors import Problem
from ontology.hints import meant, near_or_all, nearest
from ontology.looks import ARROWS, EVERY_SHAPE, LINE_STYLES
from ontology.names import name_key, singular, visible
from ontology.terms import DAY
from ontology.turtle import Lines
from ontology.vocabulary import NAMESPACE, Vocabulary

CM, OWL, SCHEMA = NAMESPACE, "http://www.w3.org/2002/07/owl#", "https://schema.org/"
RDF, RDFS = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#"
TYPE, LABEL, COMMENT, SUB_KIND = RDF + "type", RDFS + "label", RDFS + "comment", RDFS + "subClassOf"
PREFIXES = {"cm": CM, "owl": OWL, "rdf": RDF, "rdfs": RDFS, "schema": SCHEMA}

LONGEST_NAME = 40
"""Characters of a kind's or relation's name: it stands in legends, on lines and before colons."""
_NO_NAME = re.compile(r"[:：\[\]{}()|<>\"\\\n\r\t]")
_COLOR = re.compile(r"#[0-9a-fA-F]{6}")
_NOT_SAID = frozenset("is are be was were been being a an the".split())
_KIND, _RELATION = OWL + "Class", OWL + "ObjectProperty"
_LIKE_KIND, _LIKE_RELATION = (RDFS + "Class",), (RDF + "Property", OWL + "DatatypeProperty")
_LOGIC = (OWL + "SymmetricProperty", OWL + "TransitiveProperty", CM + "AcyclicProperty")

_WORDS_OF_KIND = (CM + "noun", CM + "prefix")
_FORWARDS = (CM + "verb", CM + "wording")
_BACKWARDS = (CM + "inverseVerb", CM + "inverseWording")
_ENDS = (SCHEMA + "domainIncludes", SCHEMA + "rangeIncludes")
_NOUNS = (CM + "sourceNoun", CM + "targetNoun")
_WORDS_OF_RELATION = (*_FORWARDS, *_BACKWARDS, *_NOUNS)
_ADDED_TO_BUILT_IN = {*_WORDS_OF_KIND, *_WORDS_OF_RELATION, *_ENDS, CM + "cue"}
_TEXTS = {LABEL, COMMENT, *_WORDS_OF_KIND, *_WORDS_OF_RELATION, CM + "words"}
_TEXTS |= {CM + one for one in ("inverseLabel", "says", "inverseSays")}
OF_KIND = {TYPE, LABEL, COMMENT, SUB_KIND, *_WORDS_OF_KIND, *(CM + one for one in ("shape", "fill", "stroke"))}
OF_RELATION = {TYPE, LABEL, COMMENT, *_ENDS, *_WORDS_OF_RELATION, CM + "cue"} | {
    CM + one for one in "inverseLabel says inverseSays polarity answers first lineStyle color arrow".split()
}
_OF_CUE = {CM + one for one in ("words", "inverse", "kind", "inLessons")}
_CHOICES: Mapping[str, Sequence[str]] = {
    CM + "shape": EVERY_SHAPE,
    CM + "lineStyle": LINE_STYLES,
    CM + "arrow": ("none", *ARROWS),
    CM + "first": ("source", "target"),
    CM + "polarity": ("1", "0", "-1"),
    CM + "inverse": ("true", "false"),
    CM + "inLessons": ("true", "false"),
}
_ELSEWHERE = {
    CM + "order": "kinds and relations stand in the order of the file; leave it out",
    RDFS + "domain": "write schema:domainIncludes",
    RDFS + "range": "write schema:rangeIncludes",
    OWL + "inverseOf": 'write the name for the way back as cm:inverseLabel "…"',
    RDFS + "subPropertyOf": "only kinds can be narrower than others; leave it out",
}
"""What is often written and not read, with what to do."""


def spoken(phrase: str) -> str:
    """A phrase without what its inflection adds: two phrases that are said alike in a question are one.

    >>> spoken("is overruled by"), spoken("Uses"), spoken("use")
    ('overruled by', 'use', 'use')
    """
    words = [singular(word) for word in name_key(phrase).split() if word not in _NOT_SAID]
    return " ".join(words) or name_key(phrase)


@dataclass(frozen=True, slots=True)
class _Said:
    """A word of a kind or relation: whose it is, in which sense, as it is written, and at which line."""

    owner: str
    sense: str
    text: str
    line: int


@dataclass(frozen=True)
class Added:
    """The triples of a file that adds to a vocabulary."""

    file: str
    triples: Sequence[Triple]
    lines: Lines
    built_in: Vocabulary
    prefixes: Mapping[str, str] = field(default_factory=dict)

    @cached_property
    def by_subject(self) -> dict[NamedNode | BlankNode, list[Triple]]:
        """What is said of each thing, in the order of the file."""
        found: dict[NamedNode | BlankNode, list[Triple]] = {}
        for one in self.triples:
            if isinstance(one.subject, NamedNode | BlankNode):
                found.setdefault(one.subject, []).append(one)
        return found

    @cached_property
    def kinds(self) -> list[str]:
        """The IRIs of the kinds that it declares."""
        return [iri for iri in self._named if _KIND in self._types(iri) and iri not in self._built_in]

    @cached_property
    def relations(self) -> list[str]:
        """The IRIs of the relations that it declares."""
        return [iri for iri in self._named if _RELATION in self._types(iri) and iri not in self._built_in]

    def problems(self) -> list[Problem]:
        """All that is wrong with it, in the order of its lines."""
        found = [one for iri in self._named for one in self._of_one(iri)]
        found += [*self._circles(), *self._clashes()]
        if not found and not any(map(self._is_ours, self.triples)):
            what, hint = "it declares no kind and no relation", f"for a kind write: :Recipe a owl:Class ; {_LABEL_OF}"
            found.append(Problem(file=self.file, line=None, column=None, what=what, hint=hint))
        return sorted(dict.fromkeys(found), key=lambda one: one.line or 0)

    # What is there.

    @cached_property
    def _named(self) -> list[str]:
        return [one.value for one in self.by_subject if isinstance(one, NamedNode)]

    @cached_property
    def _built_in(self) -> dict[str, str]:
        """The names of the built-in kinds and relations by their IRIs."""
        kinds = {one.iri: one.name for one in self.built_in.kinds.values()}
        return kinds | {one.iri: one.name for one in self.built_in.relations.values()}

    @cached_property
    def _every_kind(self) -> dict[str, str]:
        """Every kind's IRI, as the file may write it."""
        iris = (*(one.iri for one in self.built_in.kinds.values()), *self.kinds)
        return {self._short(iri): iri for iri in iris}

    def _said(self, iri: str, *predicates: str) -> list[Triple]:
        return [one for one in self.by_subject.get(NamedNode(iri), ()) if one.predicate.value in predicates]

    def _texts(self, iri: str, *predicates: str) -> list[tuple[str, int]]:
        said = self._said(iri, *predicates)
        return [(one.object.value, self.lines.of(one)) for one in said if isinstance(one.object, Literal)]

    def _types(self, iri: str) -> set[str]:
        return {one.object.value for one in self._said(iri, TYPE) if isinstance(one.object, NamedNode)}

    def _is_ours(self, one: Triple) -> bool:
        return one.predicate.value in _ADDED_TO_BUILT_IN or one.object in (NamedNode(_KIND), NamedNode(_RELATION))

    def _short(self, iri: str) -> str:
        """An IRI as the file writes it, by its own prefixes."""
        known = sorted({**PREFIXES, **self.prefixes}.items(), key=lambda one: -len(one[1]))
        return next((f"{name}:{iri[len(start) :]}" for name, start in known if iri.startswith(start)), f"<{iri}>")

    def _problem(self, line: int, what: str, hint: str) -> Problem:
        return Problem(file=self.file, line=line, column=None, what=what, hint=hint)

    # One kind or relation by itself.

    def _of_one(self, iri: str) -> Iterator[Problem]:
        if iri in self._built_in:
            yield from self._of_built_in(iri)
        elif iri in self.kinds and iri in self.relations:
            what = f"{self._short(iri)} is declared as a kind and as a relation"
            yield self._problem(self.lines.about(iri), what, "give one of the two another name")
        elif iri in self.kinds:
            yield from self._of_declared(iri, OF_KIND)
        elif iri in self.relations:
            yield from self._of_declared(iri, OF_RELATION)
            yield from self._way_back(iri)
        else:
            yield from self._of_undeclared(iri)

    def _of_built_in(self, iri: str) -> Iterator[Problem]:
        is_kind = iri in {one.iri for one in self.built_in.kinds.values()}
        for one in self.by_subject[NamedNode(iri)]:
            if one.predicate.value not in _ADDED_TO_BUILT_IN:
                what = f"{self._short(iri)} is built in, and stays as it is"
                own = f":Own{iri.removeprefix(CM)} rdfs:subClassOf {self._short(iri)}" if is_kind else ""
                hint = f"declare a kind of your own: {own}" if is_kind else "declare a relation of your own"
                hint += "; to a built-in one only words and ends are added"
                yield self._problem(self.lines.of(one), what, hint)
                return
        for one in self.by_subject[NamedNode(iri)]:
            relation = self.built_in.relations.get(self._built_in[iri])
            is_open = relation and not (relation.sources if "domain" in one.predicate.value else relation.targets)
            if is_open and one.predicate.value in _ENDS:
                what = f"{self._short(iri)} may join every kind there already"
                yield self._problem(self.lines.of(one), what, "leave this out")
        yield from self._values(iri, OF_KIND if is_kind else OF_RELATION)

    def _of_undeclared(self, iri: str) -> Iterator[Problem]:
        """What looks like a kind or relation and is declared as neither; all else is none of ours."""
        types, line, short = self._types(iri), self.lines.about(iri), self._short(iri)
        if like := [one for one in types if one in (*_LIKE_KIND, *_LIKE_RELATION)]:
            right = "owl:Class" if like[0] in _LIKE_KIND else "owl:ObjectProperty"
            yield self._problem(line, f"{short} is a {self._short(like[0])}", f"write: {short} a {right}")
        elif types & set(_LOGIC):
            hint = f"write: {short} a owl:ObjectProperty, and the other type behind it"
            yield self._problem(line, f"{short} is not declared as a relation", hint)
        elif iri.startswith(CM) or any(one.predicate.value.startswith(CM) for one in self.by_subject[NamedNode(iri)]):
            near = _near(short, list(map(self._short, self._built_in)))
            own = f"write: {short} a owl:Class for a kind, a owl:ObjectProperty for a relation"
            yield self._problem(line, f"{short} is declared nowhere", near or own)

    def _of_declared(self, iri: str, known: set[str]) -> Iterator[Problem]:
        labels, line = self._texts(iri, LABEL), self.lines.about(iri)
        if not labels and not self._said(iri, LABEL):
            example = _words_of(iri) or "Recipe"
            name = example.capitalize() if iri in self.kinds else example
            yield self._problem(line, f"{self._short(iri)} has no name", f'add: rdfs:label "{name}"')
        yield from self._values(iri, known)
        for text, at in [*labels, *self._texts(iri, CM + "inverseLabel")]:
            if why := _no_name(text):
                yield self._problem(at, f"{text!r} can be no name: {why}", "write a short one in plain words")
        names = self._names_of_built_in(iri in self.kinds)
        for text, at in [*labels, *self._texts(iri, CM + "inverseLabel")]:
            if (known_name := names.get(name_key(text))) is not None:
                what = f"{text!r} is a built-in {'kind' if iri in self.kinds else 'relation'}"
                also = "" if known_name == text else f" ({known_name!r})"
                yield self._problem(at, what + also, "choose another name, or leave this out and use the built-in one")

    def _names_of_built_in(self, is_kind: bool) -> dict[str, str]:
        both = self.built_in.kinds if is_kind else self.built_in.direction_names
        return {name_key(name): name for name in both}

    def _way_back(self, iri: str) -> Iterator[Problem]:
        label = next(iter(self._texts(iri, LABEL)), None)
        symmetric = OWL + "SymmetricProperty" in self._types(iri)
        back = self._said(iri, CM + "inverseLabel")
        if symmetric and back:
            what = f"{self._short(iri)} is symmetric: both ways have one name"
            yield self._problem(self.lines.of(back[0]), what, "leave out cm:inverseLabel, or owl:SymmetricProperty")
        if label and not symmetric and not back:
            text, line = label
            hint = f'add cm:inverseLabel "{_passive(text)}", or the words that fit'
            yield self._problem(line, f"{text!r} has no name for the way back", f"{hint}; or owl:SymmetricProperty")

    def _values(self, iri: str, known: set[str]) -> Iterator[Problem]:
        for one in self.by_subject[NamedNode(iri)]:
            yield from self._value(one, known)
            if one.predicate.value == CM + "cue" and isinstance(one.object, BlankNode):
                said = self.by_subject.get(one.object, [])
                for inner in said:
                    yield from self._value(inner, _OF_CUE)
                if not any(inner.predicate.value == CM + "words" for inner in said):
                    yield self._problem(self.lines.of(one), "a cue has no words", f"write: {_A_CUE}")

    def _value(self, one: Triple, known: set[str]) -> Iterator[Problem]:
        predicate, line = one.predicate.value, self.lines.of(one)
        if hint := _ELSEWHERE.get(predicate):
            yield self._problem(line, f"{self._short(predicate)} is not read", hint)
        elif predicate not in known:
            yield from self._unknown_property(predicate, line, known)
        elif predicate in _TEXTS:
            if not isinstance(one.object, Literal) or not visible(one.object.value):
                yield self._problem(line, f"{self._short(predicate)} is no text", 'write words in quotes: "…"')
        elif predicate in (SUB_KIND, *_ENDS, CM + "kind"):
            yield from self._kind_named(one, line)
        elif predicate in _CHOICES:
            yield from self._choice(predicate, one.object, line)
        elif predicate in (CM + "fill", CM + "stroke", CM + "color"):
            if not isinstance(one.object, Literal) or not _COLOR.fullmatch(one.object.value):
                hint = 'write it as "#2a6099", or leave it out'
                yield self._problem(line, f"{self._short(predicate)} is no colour", hint)
        elif predicate == CM + "answers" and one.object not in (NamedNode(CM + "Direct"), NamedNode(CM + "Chain")):
            yield self._problem(line, "cm:answers is cm:Direct or cm:Chain", "write one of the two, or leave it out")
        elif predicate == CM + "cue" and not isinstance(one.object, BlankNode):
            yield self._problem(line, "a cue stands in brackets", f"write: {_A_CUE}")

    def _unknown_property(self, predicate: str, line: int, known: set[str]) -> Iterator[Problem]:
        """What none of ours says; what is of another vocabulary and like none of ours may stay, unread."""
        short = self._short(predicate)
        names = sorted(self._short(one) for one in known)
        if predicate.startswith((CM, RDFS)):
            elsewhere = predicate in OF_KIND | OF_RELATION | _OF_CUE
            what = f"{short} does not belong here" if elsewhere else f"{short} is no property of a vocabulary"
            ours = [name for name in names if name.startswith("cm:")] or names
            yield self._problem(line, what, _near(short, names) or near_or_all(short, ours))
        elif predicate.startswith((OWL, SCHEMA)) and (near := _near(short, names)):
            yield self._problem(line, f"{short} is not read", near)

    def _choice(self, predicate: str, value: object, line: int) -> Iterator[Problem]:
        said, choices = value.value if isinstance(value, Literal) else str(value), _CHOICES[predicate]
        if said not in choices:
            hint = near_or_all(said, list(choices))
            yield self._problem(line, f"{said!r} can be no {self._short(predicate)}", hint)

    def _kind_named(self, one: Triple, line: int) -> Iterator[Problem]:
        """What is wrong with the name of another kind; a class of another vocabulary may stand above ours."""
        if not isinstance(one.object, NamedNode):
            hint = f"write its name without quotes, as {next(iter(self._every_kind))}"
            if isinstance(one.object, Literal) or one.predicate.value != SUB_KIND:
                yield self._problem(line, f"{self._short(one.predicate.value)} is no kind", hint)
            return
        iri, short = one.object.value, self._short(one.object.value)
        if one.predicate.value == SUB_KIND and self._built_in.get(iri) == DAY:
            yield self._problem(line, "a Day can have no sub-kinds", "days are made from the notes; leave this out")
        if iri in self._every_kind.values():
            return
        own = {start.rpartition(sign)[0] for start in self.kinds for sign in "#/"} - {""}
        is_ours = iri.startswith(CM) or any(iri.rpartition(sign)[0] in own for sign in "#/")
        if one.predicate.value != SUB_KIND or is_ours:
            hint = _near(short, list(self._every_kind)) or near_or_all(short, list(self._every_kind))
            yield self._problem(line, f"there is no kind {short}", hint)

    # All of them together.

    def _circles(self) -> Iterator[Problem]:
        """Kinds that are sub-kinds of themselves, each circle once."""
        above = {
            iri: [str(one.object.value) for one in self._said(iri, SUB_KIND) if isinstance(one.object, NamedNode)]
            for iri in self.kinds
        }
        told: set[str] = set()
        for start in self.kinds:
            path = _way_to(start, above)
            if path and start not in told:
                told |= set(path)
                line = self.lines.about(start, SUB_KIND)
                what = f"a kind cannot be a sub-kind of itself: {' -> '.join(map(self._short, path))}"
                yield self._problem(line, what, "leave out one rdfs:subClassOf")

    def _clashes(self) -> Iterator[Problem]:
        """Words and names that would mean two things."""
        for words in (list(self._words_of_kinds()), list(self._phrases()), list(self._nouns()), list(self._cues())):
            first: dict[str, _Said] = {}
            for one in words:
                other = first.setdefault(spoken(one.text), one)
                if (other.owner, other.sense) != (one.owner, one.sense):
                    sense = f" ({other.sense})" if other.owner == one.owner else ""
                    what = f"{one.text!r} means {self._short(other.owner)} already{sense}, at line {other.line}"
                    yield self._problem(one.line, what, "keep it in one place, or choose other words")
        yield from self._words_of_built_in()

    def _words_of_built_in(self) -> Iterator[Problem]:
        """Words that are the names of built-in kinds and relations."""
        kinds = {spoken(name): name for name in self.built_in.kinds}
        relations = {spoken(name): name for name in self.built_in.direction_names}
        for words, names, what in ((self._words_of_kinds(), kinds, "kind"), (self._phrases(), relations, "relation")):
            for one in words:
                name = names.get(spoken(one.text))
                is_told = name is not None and name_key(one.text) == name_key(name)
                if name is not None and one.owner not in self._built_in and not (is_told and self._is_name(one)):
                    yield self._problem(one.line, f"{one.text!r} is the built-in {what} {name!r}", "choose other words")

    def _is_name(self, one: _Said) -> bool:
        return (one.text, one.line) in self._texts(one.owner, LABEL, CM + "inverseLabel")

    def _words_of_kinds(self) -> Iterator[_Said]:
        for iri in self._named:
            if iri in self.kinds or iri in self._built_in:
                said = self._texts(iri, LABEL, *_WORDS_OF_KIND)
                yield from (_Said(iri, "kind", text, at) for text, at in said)

    def _phrases(self) -> Iterator[_Said]:
        for iri in [one for one in self._named if one in self.relations or one in self._built_in]:
            symmetric = OWL + "SymmetricProperty" in self._types(iri)
            forwards = (LABEL, CM + "says", *_FORWARDS)
            backwards = (CM + "inverseLabel", CM + "inverseSays", *_BACKWARDS)
            for predicates, sense in ((forwards, "forwards"), (backwards, "the way back")):
                said = self._texts(iri, *predicates)
                yield from (_Said(iri, "forwards" if symmetric else sense, text, at) for text, at in said)

    def _nouns(self) -> Iterator[_Said]:
        for iri in self._named:
            for predicate, sense in zip(_NOUNS, ("where it starts", "where it ends"), strict=True):
                yield from (_Said(iri, sense, text, at) for text, at in self._texts(iri, predicate))

    def _cues(self) -> Iterator[_Said]:
        for iri in self._named:
            for cue in self._said(iri, CM + "cue"):
                for one in self.by_subject.get(cue.object, ()) if isinstance(cue.object, BlankNode) else ():
                    if one.predicate.value == CM + "words" and isinstance(one.object, Literal):
                        yield _Said(iri, str(cue.object), one.object.value, self.lines.of(one))


_LABEL_OF = 'rdfs:label "Recipe" .'
_A_CUE = 'cm:cue [ cm:words "works cited" ]'


def _near(name: str, names: Sequence[str]) -> str:
    """The question whether one of some names was meant, by what stands behind their prefixes; empty where none is."""
    behind = {one.partition(":")[2]: one for one in reversed(names)}
    return meant([behind[one] for one in nearest(name.partition(":")[2], behind, limit=2)])


def _no_name(text: str) -> str:
    """Why a text cannot name a kind or relation; empty where it can."""
    if found := _NO_NAME.search(text):
        return f"it has {found[0]!r} in it"
    if not any(map(str.isalpha, text)):
        return "it has no letter"
    return f"it is longer than {LONGEST_NAME} characters" if len(text) > LONGEST_NAME else ""


def _words_of(iri: str) -> str:
    """The words in the last part of an IRI: `bakesAt` is "bakes at"."""
    last = re.split(r"[#/]", iri)[-1]
    return re.sub(r"(?<=[a-z])(?=[A-Z])|[_-]", " ", last).lower().strip()


def _passive(label: str) -> str:
    """What a relation's name may be backwards: `overrules` is "is overruled by"."""
    first, *rest = label.split() or [""]
    root = singular(first)
    if rest or root == first:
        return f"is … by ({label})" if not rest else f"is what … {label}"
    return f"is {root}{'d' if root.endswith('e') else 'ed'} by"


def _way_to(start: str, above: Mapping[str, Iterable[str]]) -> list[str]:
    """The way from a kind up to itself; empty where there is none."""
    ways, seen = [[start]], set()
    while ways:
        way = ways.pop()
        for one in above.get(way[-1], ()):
            if one == start:
                return [*way, start]
            if one not in seen:
                seen.add(one)
                ways.append([*way, one])
    return []
