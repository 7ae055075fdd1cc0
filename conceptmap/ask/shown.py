"""What people read of what was found, wherever it is shown: its name, the note's own words, and where these stand."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from conceptmap.ask.found import Found
from conceptmap.plain_words import plain_words, quoted_words
from graphs.view import Citation
from ontology.names import name_key

_KIND = re.compile(r"^\w+: ")
"""The kind before the colon of a heading, in the quotation of a value that the node of the heading has."""


@dataclass(frozen=True, slots=True)
class Said:
    """Where something is said, and the words there; none where they say no more than what is shown above them."""

    citation: Citation
    words: str


@dataclass(frozen=True, slots=True)
class Shown:
    """One answer as people read it.

    `owner` is the node whose value it is, unless the sentence names it. `about` is its kind or dimension, and its day
    where the citations tell another one. `texts` are paragraphs of the node's own text. Of several values in one
    dimension, such as those of a comparison, `name` is the dimension.
    """

    name: str
    owner: str
    about: str
    texts: tuple[str, ...]
    said: tuple[Said, ...]
    found: Found
    values: tuple[Found, ...] = ()

    @property
    def way(self) -> str:
        """The way from what was asked about, where it takes more than one step."""
        return " → ".join(step.label for step in self.found.path)


def shown(found: Sequence[Found], sentence: str) -> tuple[Shown, ...]:
    """All that was found, below a sentence that need not be said twice."""
    seen = {_key(sentence)}
    groups = [list(group) for _, group in groupby(found, key=_row)]
    return tuple(_shown(group, seen, sentence, alone=len(groups) == 1) for group in groups)


def _row(one: Found) -> object:
    """Values of one dimension that one line gives are read together."""
    return (one.dimension, one.cites) if one.id is None and one.dimension else id(one)


def _shown(group: Sequence[Found], seen: set[str], sentence: str, *, alone: bool) -> Shown:
    one = group[0]
    values = tuple(group) if len(group) > 1 else ()
    name = (one.dimension or "") if values else one.label
    texts = tuple(text for text in _paragraphs(one.text, whole=alone) if _key(text) not in _key(sentence))
    told = [name, *one.aliases, *texts, *(value.label for value in group), *([one.of] if one.of else [])]
    said = tuple(_said(one, told, seen))
    about = _about(
        one, _key(sentence), grouped=bool(values), named=_key(one.kind or "") in _key(sentence) and not alone
    )
    owner = "" if values or _key(one.of or "") in _key(sentence) else one.of or ""
    return Shown(name, owner, about, texts, said, one, values)


def _said(one: Found, told: Sequence[str], seen: set[str]) -> Iterator[Said]:
    """The citations; words that stand in what is told of the answer, or above it, are not said again."""
    known = set(map(_key, told))
    for citation in one.cites:
        words = quoted_words(citation.quote or "")
        key = _key(words.removeprefix(f"{one.kind}:") if one.kind else _KIND.sub("", words))
        is_new = key not in known and key not in seen and not any(key in _key(text) for text in told[1:])
        yield Said(citation, words if is_new else "")
        seen.add(key)


def _about(one: Found, sentence: str, *, grouped: bool, named: bool) -> str:
    """The kind, unless it is named already; the dimension; the day, unless it is that of the citations."""
    kind = one.kind if one.kind and not named and not one.label.startswith(one.kind) else ""
    dimension = "" if grouped or _key(one.dimension or "") in f"{_key(one.label)} {sentence}" else one.dimension
    cited = {citation.day for citation in one.cites}
    day = f"day {one.day}" if one.day is not None and cited and cited != {one.day} else ""
    return ", ".join(filter(None, (kind, dimension, day)))


def _paragraphs(text: str | None, *, whole: bool) -> list[str]:
    """The paragraphs of a text: all where it stands alone, else the first."""
    paragraphs = [" ".join(one.split()) for one in plain_words(text or "").split("\n\n") if one.strip()]
    return paragraphs if whole else paragraphs[:1]


def _key(text: str) -> str:
    return name_key(text) if text.strip() else ""
