"""What the Tab key makes of a question that is being typed: words with which the map can answer it."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import typer

MOST = 12
"""Questions that are shown: more do not fit under a command line without a scroll."""
LARGEST_STORE = 16_000_000
"""Bytes of a store that is opened for it: larger ones take longer than anybody waits for the Tab key."""
_SAFE = re.compile(r"[\w .,:+-]*")
"""What stands for itself outside quotes, in every shell."""


def completed(context: typer.Context, incomplete: str) -> list[str]:
    """The values that the word being typed may become. No failure is told: a command line is no place for it."""
    with suppress(Exception):
        typed = " ".join([*(context.params.get("question") or ()), incomplete])
        return list(words_for(typed, incomplete, _questions(context, typed)))
    return []


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


def _questions(context: typer.Context, typed: str) -> list[str]:
    from conceptmap.atlas import open_atlas, store_url

    chosen = {**context.find_root().params, **{name: one for name, one in context.params.items() if one is not None}}
    address = store_url(chosen.get("store"))
    file = Path(address.removeprefix("sqlite:///"))
    if file.is_file() and file.stat().st_size > LARGEST_STORE:
        return []
    with open_atlas(address, create=False, check=False) as atlas:
        course = atlas.chosen(chosen.get("name")).as_of(chosen.get("as_of")).at(chosen.get("at"))
        return course.completions(typed, MOST)
