"""CSL-JSON: what Zotero and others export for citation processors.

https://github.com/citation-style-language/schema
"""

import json
import re
from collections.abc import Iterator
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from conceptmap.notes.bibliography.reference import Bibliography, Reference, clean, kept_data, kept_text
from conceptmap.notes.page.dialects.bibliography import CSL_SUFFIXES
from conceptmap.notes.values import Findings

TYPES = frozenset(
    """article article-journal article-magazine article-newspaper bill book broadcast chapter classic collection dataset
    document entry entry-dictionary entry-encyclopedia event figure graphic hearing interview legal_case legislation
    manuscript map motion_picture musical_score pamphlet paper-conference patent performance periodical
    personal_communication post post-weblog regulation report review review-book software song speech standard thesis
    treaty webpage""".split()
)
"""The types of CSL 1.0.2, by which a file of references is told from other JSON."""

LOOKED_AT = 200_000
"""Bytes of a file in which the type of its first reference stands."""

_TYPE = re.compile(rb'"type"\s*:\s*"([a-z_-]+)"')
_TAG = re.compile(r"</?(?:i|b|sc|sup|sub|span|em|strong|jats:[a-z]+|p)\b[^>]*>")


def looks_like_references(body: bytes) -> bool:
    """Whether JSON is one of references: a folder may hold any other."""
    head = body[:LOOKED_AT]
    found = _TYPE.search(head)
    return found is not None and found[1].decode() in TYPES and (b'"id"' in head or b'"citation-key"' in head)


def _as_text(value: Any) -> Any:
    return str(value) if isinstance(value, int | float) and not isinstance(value, bool) else value


def _as_words(value: Any) -> Any:
    return (
        value[0]
        if isinstance(value, list) and value
        else ""
        if value is None or isinstance(value, list | dict)
        else _as_text(value)
    )


Words = Annotated[str, BeforeValidator(_as_words)]
"""A text; numbers are read as such, and of the lists that some services give the first."""


class _Name(BaseModel):
    """A person or a group."""

    model_config = ConfigDict(populate_by_name=True)
    family: Words = ""
    given: Words = ""
    literal: Words = Field("", alias="literal")
    particle: Words = Field("", alias="non-dropping-particle")

    @property
    def cited(self) -> str:
        """The name by which it is cited."""
        return clean(" ".join(filter(None, (self.particle, self.family)))) or clean(self.literal or self.given)

    @property
    def whole(self) -> str:
        """All of the name."""
        return clean(" ".join(filter(None, (self.given, self.particle, self.family)))) or clean(self.literal)


class _Date(BaseModel):
    """A date in parts, or in words."""

    parts: list[list[Any]] = Field(default_factory=list, alias="date-parts")
    raw: Words = ""
    literal: Words = ""

    @property
    def year(self) -> str:
        """Its year; empty where it has none."""
        first = self.parts[0][0] if self.parts and self.parts[0] else None
        found = (
            re.search(r"-?[0-9]{1,4}", str(first))
            if first is not None
            else re.search(r"[0-9]{4}", self.raw or self.literal)
        )
        return found[0] if found else ""


class _Item(BaseModel):
    """What is kept of a reference."""

    id: Words = ""
    key: Words = Field("", alias="citation-key")
    type: Words = ""
    title: Words = ""
    author: list[_Name] = Field(default_factory=list)
    editor: list[_Name] = Field(default_factory=list)
    issued: _Date = Field(default_factory=_Date)
    container: Words = Field("", alias="container-title")
    publisher: Words = ""
    doi: Words = Field("", alias="DOI")
    url: Words = Field("", alias="URL")
    abstract: Words = ""


def read_csl_json(path: str, text: str, findings: Findings) -> Iterator[Reference]:
    """The references of a list, or of an object that holds one as `references` or `items`, one by one.

    One that is wrong is left out; where the JSON itself is, all behind that place.
    """
    begin = re.compile(r'\s*(?:\{[^\[]*?"(?:references|items)"\s*:\s*)?\[').match(text)
    if begin is None:
        findings.problem(path, (1, 1), "no CSL-JSON", "it is a list of references, as Zotero exports it")
        return
    decoder, at, line = json.JSONDecoder(), begin.end(), text.count("\n", 0, begin.end()) + 1
    while True:
        behind = re.compile(r"[\s,]*").match(text, at)
        first = behind.end() if behind else at
        line += text.count("\n", at, first)
        if text[first : first + 1] in ("]", ""):
            if not text[first : first + 1]:
                findings.warn(path, (line, 1), "the list of references does not end", "look whether the file is whole")
            return
        try:
            value, at = decoder.raw_decode(text, first)
        except (ValueError, RecursionError) as error:
            place = (error.lineno, error.colno) if isinstance(error, json.JSONDecodeError) else (line, 1)
            what = f"no JSON: {error.msg if isinstance(error, json.JSONDecodeError) else 'it is nested too deeply'}"
            findings.warn(path, place, f"{what}; the references behind it are left out", "correct it")
            return
        last = line + text.count("\n", first, at)
        try:
            item = _Item.model_validate(value)
        except ValidationError as error:
            wrong = error.errors(include_url=False)[0]
            where = ".".join(map(str, wrong["loc"])) or "it"
            findings.warn(
                path, (line, 1), f"left out: a reference that is none ({where}: {wrong['msg']})", "correct it"
            )
        else:
            yield _reference(item, line, last)
        line = last


def _reference(item: _Item, line: int, last: int) -> Reference:
    key = clean(item.key or item.id) or (f"doi:{item.doi}" if item.doi else f"url:{item.url}" if item.url else "")
    people = item.author or item.editor
    title = clean(_TAG.sub("", item.title))
    return Reference(
        key,
        line,
        last,
        title=title,
        names=tuple(filter(None, (one.cited for one in people))),
        year=item.issued.year,
        text=kept_text(_TAG.sub("", item.abstract)),
        data=kept_data(
            (
                ("key", key),
                ("type", item.type),
                ("title", title),
                ("authors", [one.whole for one in item.author]),
                ("editors", [one.whole for one in item.editor]),
                ("year", item.issued.year),
                ("in", _TAG.sub("", item.container)),
                ("publisher", item.publisher),
                ("doi", re.sub(r"^https?://(dx\.)?doi\.org/", "", item.doi)),
                ("url", item.url),
            )
        ),
    )


BIBLIOGRAPHY = Bibliography("CSL-JSON", CSL_SUFFIXES, read_csl_json)
