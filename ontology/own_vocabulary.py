"""A vocabulary of one's own: a Turtle file that adds kinds, relations and words to the built-in ones.

A name that is built in stays what it is. A word (a verb, a noun, a wording) that is built in and declared again means
what the file says, and nothing else: whoever declares the relation `overrules` does not ask for what opposes.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

import msgspec
import pyoxigraph
from pyoxigraph import RdfFormat

from ontology.errors import InvalidVocabulary, Problem
from ontology.looks import KindLooks, LineLooks, kind_looks, line_looks
from ontology.names import name_key
from ontology.turtle import Lines
from ontology.vocabulary import (
    BEHIND_BUILT_IN,
    NAMESPACE,
    Declarations,
    Kind,
    Relation,
    Vocabulary,
    default_vocabulary_text,
    read_vocabulary,
)
from ontology.vocabulary_rules import PREFIXES, Added, spoken

LARGEST = 1_000_000
"""Bytes of a file: the built-in vocabulary has 40,000."""
_PARTICIPLE = re.compile(r"\w+ed (?:as|at|by|for|from|in|into|of|on|to|under|with)\b.*")
_TAKEN_OF_KINDS = ("nouns", "prefixes")
_TAKEN_OF_RELATIONS = ("verbs", "inverse_verbs", "wordings", "inverse_wordings", "source_nouns", "target_nouns")

Declared = TypeVar("Declared", Kind, Relation)


def read_own_vocabulary(file: Path | None) -> Vocabulary:
    """The built-in vocabulary with what a Turtle file adds; without a file just that.

    Raises `InvalidVocabulary` with all that is wrong with the file.
    """
    if file is None:
        return read_vocabulary()
    try:
        with file.open("rb") as stream:  # a device or a pipe does not say how long it is
            data = stream.read(LARGEST + 1)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise InvalidVocabulary([_of_file(str(file), f"the vocabulary cannot be read: {reason}")]) from error
    if len(data) > LARGEST:
        raise InvalidVocabulary([_of_file(str(file), f"a vocabulary has at most {LARGEST} bytes")])
    return with_added(data, str(file))


def with_added(turtle: bytes, file: str = "vocabulary.ttl") -> Vocabulary:
    """The built-in vocabulary with what a Turtle text adds; `file` is what messages call it.

    Raises `InvalidVocabulary` with all that is wrong with it.
    """
    text, added = _parsed(turtle, file)
    if problems := added.problems():
        raise InvalidVocabulary(problems)
    merged = Declarations(default_vocabulary_text(), text.encode(), own=[*added.kinds, *added.relations]).vocabulary()
    return _completed(merged, text)


def _parsed(turtle: bytes, file: str) -> tuple[str, Added]:
    try:
        text = turtle.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = turtle[: error.start].count(b"\n") + 1
        problem = Problem(file=file, line=line, column=None, what="no UTF-8 text", hint="save the file as UTF-8")
        raise InvalidVocabulary([problem]) from error
    try:
        parser = pyoxigraph.parse(text, format=RdfFormat.TURTLE, base_iri=NAMESPACE)
        triples = [one.triple for one in parser]
    except SyntaxError as error:
        what = re.sub(r"^Parser error at line .*?: ", "", error.msg)
        problem = Problem(file=file, line=error.lineno or 1, column=error.offset or 1, what=f"no Turtle: {what}")
        raise InvalidVocabulary([msgspec.structs.replace(problem, hint=_for_syntax(what))]) from error
    except ValueError as error:
        raise InvalidVocabulary([_of_file(file, f"no Turtle: {error}")]) from error
    return text, Added(file, triples, Lines(triples, text, NAMESPACE), read_vocabulary(), parser.prefixes)


def _for_syntax(what: str) -> str:
    """What to do about a mistake of syntax, where that is known."""
    if found := re.search(r"prefix (\w*):? has not been declared", what):
        iri = PREFIXES.get(found[1], "https://example.org/my-course#")
        return f"write at the top: @prefix {found[1]}: <{iri}> ."
    return "a declaration ends with a dot, its parts are separated by semicolons, words stand in quotes"


def _of_file(file: str, what: str) -> Problem:
    return Problem(file=file, line=None, column=None, what=what)


# What follows from what is declared.


def _completed(vocabulary: Vocabulary, text: str) -> Vocabulary:
    """With the ends that sub-kinds may be as well, with looks for whoever declares none, and each word in one place."""
    kinds = _in_order(vocabulary.kinds)
    words = {word for one in kinds.values() if one.is_own for word in (one.name, *one.nouns, *one.prefixes)}
    phrases = {spoken(phrase) for one in vocabulary.relations.values() if one.is_own for phrase in _phrases(one)}
    own = set(map(spoken, words)) | phrases
    kinds = {name: _without(one, own, _TAKEN_OF_KINDS) for name, one in _with_looks(kinds).items()}
    relations = _with_lines(vocabulary.relations)
    relations = {name: _without(one, own, _TAKEN_OF_RELATIONS) for name, one in relations.items()}
    relations = _without_cues(relations, phrases)
    within = msgspec.structs.replace(vocabulary, kinds=kinds, relations=relations).within
    widened = {
        name: msgspec.structs.replace(one, sources=within(one.sources), targets=within(one.targets))
        for name, one in relations.items()
    }
    return msgspec.structs.replace(vocabulary, kinds=kinds, relations=widened, added=text)


def _in_order(kinds: Mapping[str, Kind]) -> dict[str, Kind]:
    """The kinds in their order, each behind those that it is a sub-kind of."""
    found: dict[str, Kind] = {}
    for start in kinds:
        way = [start]
        while way:
            above = next((one for one in kinds[way[-1]].parents if one not in found), None)
            if above is not None:
                way.append(above)
            else:
                found.setdefault(way[-1], kinds[way.pop()])
    return {
        one.name: msgspec.structs.replace(one, order=BEHIND_BUILT_IN + place) if one.is_own else one
        for place, one in enumerate(found.values())
    }


def _with_looks(kinds: Mapping[str, Kind]) -> dict[str, Kind]:
    taken = [KindLooks(one.shape, one.fill, one.stroke) for one in kinds.values() if one.shape and one.stroke]
    found = {}
    for name, kind in kinds.items():
        looks = KindLooks(kind.shape, kind.fill, kind.stroke)
        if not all(looks):
            made = kind_looks(kind.name, taken)
            looks = KindLooks(*(said or own for said, own in zip(looks, made, strict=True)))
            taken.append(looks)
        found[name] = msgspec.structs.replace(kind, **looks._asdict())
    return found


def _with_lines(relations: Mapping[str, Relation]) -> dict[str, Relation]:
    """With lines and, where the name is no verb (`decided by`), with what answers say for it."""
    taken = [LineLooks(one.line_style, one.color, one.arrow) for one in relations.values() if one.color]
    found = {}
    for name, one in relations.items():
        looks = LineLooks(one.line_style, one.color, one.arrow)
        if not all(looks):
            made = line_looks(one.name, taken, symmetric=one.symmetric)
            looks = LineLooks(*(said or own for said, own in zip(looks, made, strict=True)))
            taken.append(looks)
        says = {
            field: f"is {words}"
            for field, words in (("says", one.says), ("inverse_says", one.inverse_says))
            if one.is_own and _PARTICIPLE.fullmatch(words)
        }
        found[name] = msgspec.structs.replace(one, **looks._asdict(), **says)
    return found


def _without(one: Declared, taken: set[str], fields: Iterable[str]) -> Declared:
    """What is built in without the words that the file took for its own."""
    if one.is_own:
        return one
    kept = {field: tuple(word for word in getattr(one, field) if spoken(word) not in taken) for field in fields}
    return msgspec.structs.replace(one, **kept)


def _without_cues(relations: Mapping[str, Relation], phrases: set[str]) -> dict[str, Relation]:
    """The same for words above lists."""
    own = {name_key(word) for one in relations.values() if one.is_own for cue in one.cues for word in cue.words}
    found = {}
    for name, one in relations.items():
        kept = [
            [word for word in cue.words if not (name_key(word) in own or spoken(word) in phrases)] for cue in one.cues
        ]
        pairs = zip(one.cues, kept, strict=True)
        cues = tuple(msgspec.structs.replace(cue, words=tuple(words)) for cue, words in pairs if words)
        found[name] = one if one.is_own else msgspec.structs.replace(one, cues=cues)
    return found


def _phrases(one: Relation) -> Iterator[str]:
    """All that a relation is called."""
    yield from (one.name, one.inverse, one.says, one.inverse_says)
    yield from (phrase for name in _TAKEN_OF_RELATIONS for phrase in getattr(one, name))
