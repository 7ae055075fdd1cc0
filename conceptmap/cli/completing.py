"""What the Tab key makes of a word that is being typed: names of kinds, relations, maps, days, entries and nodes, or
words with which the map can answer a question. No failure is told: a command line is no place for it.
"""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from conceptmap.cli.config import PARAMETERS, Choices

if TYPE_CHECKING:
    from conceptmap.atlas import Atlas
    from conceptmap.map import CourseMap
    from ontology.vocabulary import Vocabulary

MOST = 12
"""Questions that are shown: more do not fit under a command line without a scroll."""
MOST_NAMES = 40
"""Names of nodes, or entries, that are shown: a screen of them in columns. More letters find the others."""
LARGEST_STORE = 16_000_000
"""Bytes of a store that is opened for questions: larger ones take longer than anybody waits for the Tab key."""
_SAFE = re.compile(r"[\w .,:+-]*")
"""What stands for itself outside quotes, in every shell."""
_SPECIAL = re.compile(r"([^\w.,+-])", re.ASCII)
"""What bash may take for something else outside quotes."""

Value = str | tuple[str, str]
"""What a word may become; with what it means, which zsh and fish show beside it."""
Finder = Callable[[typer.Context, str], Iterable[Value]]


def _quietly(find: Finder) -> Callable[[typer.Context, str], list[Value]]:
    """The same as a list, which is empty where anything goes wrong."""

    def found(context: typer.Context, incomplete: str) -> list[Value]:
        with suppress(Exception):
            return list(find(context, incomplete))
        return []

    return found


@_quietly
def completed(context: typer.Context, incomplete: str) -> Iterable[Value]:
    """What the word of a question may become."""
    typed = " ".join([*(context.params.get("question") or ()), incomplete])
    return words_for(typed, incomplete, _questions(context, typed))


@_quietly
def kinds(context: typer.Context, incomplete: str) -> Iterable[Value]:
    """Kinds of nodes."""
    return _beginning(incomplete, _vocabulary(context).kinds)


@_quietly
def relations(context: typer.Context, incomplete: str) -> Iterable[Value]:
    """Relations, also as they are called the other way round."""
    vocabulary = _vocabulary(context)
    return _beginning(incomplete, sorted({*vocabulary.relations, *vocabulary.direction_names}))


@_quietly
def maps(context: typer.Context, incomplete: str) -> Iterable[Value]:
    """Maps of the store."""
    with _opened(context) as atlas:
        return [name for name in atlas.living_maps() if name.startswith(incomplete)]


@_quietly
def days(context: typer.Context, incomplete: str) -> Iterable[Value]:
    """Days of the map."""
    with _opened(context) as atlas:
        found = atlas.extents()[_course(context, atlas).name].days
    return [str(day) for day in found if str(day).startswith(incomplete)]


@_quietly
def rules(context: typer.Context, incomplete: str) -> Iterable[Value]:
    """Rules of `check`, each with what it asks."""
    from conceptmap.coach import RULES

    return [(rule.name, rule.help) for rule in RULES.values() if rule.name.startswith(incomplete)]


@_quietly
def parts(context: typer.Context, incomplete: str) -> Iterable[Value]:
    """Parts that were lately written."""
    with _opened(context) as atlas:
        lines = _course(context, atlas).lines(limit=1_000)
    names = dict.fromkeys(line.part for line in lines if line.part.startswith(incomplete))
    return [_as_typed(name) for name in list(names)[:MOST_NAMES]]


@_quietly
def entries(context: typer.Context, incomplete: str) -> Iterable[Value]:
    """Entries of the log, newest first."""
    with _opened(context) as atlas:
        lines = _course(context, atlas).lines(limit=1_000)
    found = [line for line in lines if str(line.sequence).startswith(incomplete)]
    return [(str(line.sequence), f"day {line.day}, {line.part}, {line.time[:10]}") for line in found[:MOST_NAMES]]


@_quietly
def node(context: typer.Context, incomplete: str) -> Iterable[Value]:
    """A node, by its id or a name."""
    return node_values(incomplete, incomplete, _names(context, incomplete))


@_quietly
def nodes(context: typer.Context, incomplete: str) -> Iterable[Value]:
    """A node of whose name some words stand already."""
    before = context.params.get("node") or ()
    typed = " ".join([*before, incomplete])
    return node_values(typed, incomplete, _names(context, typed))


def words_for(typed: str, word: str, questions: Iterable[str]) -> Iterator[str]:
    """What a word becomes, with which all that is typed becomes one of some questions; in quotes a word has spaces.

    >>> list(words_for("what sup", "sup", ["What supports Yeast?", "When was Yeast introduced?"]))
    ['supports Yeast']
    >>> list(words_for("what sup", "what sup", ["What supports Yeast?"]))
    ['what supports Yeast?']
    """
    for question in questions:
        if question.casefold().startswith(typed.casefold()):
            rest = question[len(typed) :]
            value = word + (rest if " " in word else rest.rstrip("?"))
            if " " in word or _SAFE.fullmatch(value):
                yield value


def node_values(typed: str, word: str, named: Iterable[tuple[str, str]]) -> Iterator[Value]:
    """What a word becomes, with which all that is typed names one of some nodes, given by their ids and names.

    The id where it begins so, as no shell takes it for anything else; else the name. Outside quotes a name has spaces
    only where its words may be typed one by one.

    >>> list(node_values("sca", "sca", [("scaling-laws", "Scaling Laws")]))
    [('scaling-laws', 'Scaling Laws')]
    >>> list(node_values("Scaling l", "l", [("scaling-laws", "Scaling Laws")]))
    ['laws']
    >>> list(node_values("Scaling L", "Scaling L", [("scaling-laws", "Scaling Laws")]))
    ['Scaling Laws']
    """
    seen = set()
    for identity, name in named:
        rest, is_name = name[len(typed) :], name.casefold().startswith(typed.casefold())
        value: Value
        if " " not in typed and identity.casefold().startswith(word.casefold()):
            key, value = identity, (word + identity[len(word) :], name)
        elif is_name and (" " in word or (_SAFE.fullmatch(rest) and (typed != word or " " not in rest))):
            key = value = word + rest
        else:
            continue
        if key not in seen:
            seen.add(key)
            yield value


def _beginning(word: str, names: Iterable[str]) -> list[Value]:
    """The names that begin with a word, in any case; what is typed stays as it is."""
    return [_as_typed(word + name[len(word) :]) for name in names if name.casefold().startswith(word.casefold())]


def _as_typed(value: str) -> str:
    """A value as bash takes it for one word: it leaves that to the program, as other shells do not."""
    if not os.environ.get("_CONCEPTMAP_COMPLETE", "").endswith("_bash"):
        return value
    words, number = os.environ.get("COMP_WORDS", "").split("\n"), int(os.environ.get("COMP_CWORD", "0"))
    quoted = number < len(words) and words[number].startswith(("'", '"'))
    return value if quoted else _SPECIAL.sub(r"\\\1", value)


def _chosen(context: typer.Context) -> dict[str, Any]:
    """What is typed or in the environment, before the command and behind it."""
    return {**context.find_root().params, **{name: one for name, one in context.params.items() if one is not None}}


def _choices(context: typer.Context) -> Choices:
    """The settings in force: what is typed counts before the environment and files."""
    chosen = _chosen(context)
    return Choices({key: str(chosen[name]) for key, name in PARAMETERS.items() if chosen.get(name)})


def _vocabulary(context: typer.Context) -> "Vocabulary":
    from ontology.own_vocabulary import read_own_vocabulary

    return read_own_vocabulary(_choices(context).vocabulary)


@contextmanager
def _opened(context: typer.Context) -> Iterator["Atlas"]:
    from conceptmap.atlas import open_atlas, store_url

    choices = _choices(context)
    with open_atlas(store_url(choices.store), vocabulary=choices.vocabulary, create=False, check=False) as atlas:
        yield atlas


def _course(context: typer.Context, atlas: "Atlas") -> "CourseMap":
    return atlas.chosen(_choices(context).map)


def _names(context: typer.Context, typed: str) -> list[tuple[str, str]]:
    """The ids and names of nodes whose names, or ids, begin with what is typed."""
    from conceptmap.atlas import store_url
    from conceptmap.cli.kept_names import names_starting

    with _opened(context) as atlas:
        store = store_url(_choices(context).store)
        return [(one.id, one.name) for one in names_starting(_course(context, atlas), store, typed, MOST_NAMES)]


def _questions(context: typer.Context, typed: str) -> list[str]:
    from conceptmap.atlas import store_url

    chosen = _chosen(context)
    file = Path(store_url(_choices(context).store).removeprefix("sqlite:///"))
    if file.is_file() and file.stat().st_size > LARGEST_STORE:
        return []
    with _opened(context) as atlas:
        course = _course(context, atlas).as_of(chosen.get("as_of")).at(chosen.get("at"))
        return course.completions(typed, MOST)
