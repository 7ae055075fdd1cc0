"""The keys of front matter that have a meaning, each declared once: what it says, and which values it takes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from conceptmap.notes.page.dialects import NOTE_SUFFIXES
from ontology.model import MAX_DAY, MAX_LABEL, MAX_PART, MAX_QUESTIONS

_WORDS: Mapping[str, Any] = {"type": ["string", "number", "boolean", "null"], "maxLength": MAX_LABEL}
"""A line of words: YAML takes some for numbers, `true` or nothing, and the words count."""
_LISTED_WORDS: Mapping[str, Any] = {"anyOf": [_WORDS, {"type": "array", "items": _WORDS}]}
_SAID: Mapping[str, Any] = {
    "anyOf": [{"type": "string", "maxLength": MAX_LABEL, "pattern": r"\S"}, {"type": ["number", "boolean"]}],
}
"""A line with at least one word."""
_ANSWERS: Mapping[str, Any] = {
    "description": "The names wanted as its answers; the one word nothing: the map must know none.",
    "anyOf": [
        {"type": ["null", "number", "boolean"]},
        {"type": "string", "maxLength": MAX_LABEL, "pattern": r"^$|\S"},
        {"type": "array", "items": _SAID},
    ],
}
_ASKED: Mapping[str, Any] = {
    "type": "object",
    "required": ["ask"],
    "additionalProperties": False,
    "properties": {"ask": {"description": "The question.", **_SAID}, "answers": _ANSWERS},
}
_QUESTION: Mapping[str, Any] = {"anyOf": [*_SAID["anyOf"], _ASKED]}
_QUESTIONS: Mapping[str, Any] = {"type": "array", "items": _QUESTION, "maxItems": MAX_QUESTIONS}
_ENDING = "|".join(
    "".join(f"[{one.upper()}{one}]" if one.isalpha() else re.escape(one) for one in ending) for ending in NOTE_SUFFIXES
)
_PART_NAME = rf"^(?!\s*/)(?!(?:\s*|.*/)\.\.(?:/|\s*$))(?!.*(?:{_ENDING})\s*$)[^?#]*$"
"""No path from the root or upwards, no file's ending, no sign that an address ends at."""


@dataclass(frozen=True, slots=True)
class FrontKey:
    """A key: its name, what it says in a sentence, the JSON Schema of its values, and other names for it."""

    name: str
    help: str
    values: Mapping[str, Any]
    others: tuple[str, ...] = ()


KEYS = (
    FrontKey(
        "day",
        "The day of the course that the note is of, counted from 1; 0 stands before all.",
        {
            "anyOf": [
                {"type": "integer", "minimum": 0, "maximum": MAX_DAY},
                {"type": "string", "pattern": r"^\s*(?=[0-9]{1,9}\s*$)0*[0-9]{1,5}\s*$"},
            ]
        },
    ),
    FrontKey("day_name", "What the day is called, where that is not its number, such as Lecture 3.", _WORDS),
    FrontKey("date", "The date of the note, such as 2026-11-24; days are counted in the order of dates.", {}),
    FrontKey("title", "The title of the note.", _WORDS),
    FrontKey("course", "The map that the note is read into.", _WORDS),
    FrontKey(
        "part",
        "What the note is called in its day, if not as its file.",
        {"type": ["string", "number", "boolean", "null"], "maxLength": MAX_PART, "pattern": _PART_NAME},
    ),
    FrontKey(
        "units", "The units that the day is in, such as weeks or phases: one, or a list.", _LISTED_WORDS, ("unit",)
    ),
    FrontKey("aliases", "Other names of what the note is about: a list, or words with commas between.", {}, ("alias",)),
    FrontKey(
        "questions",
        "Questions that the map must be able to answer, perhaps each with the answers wanted.",
        {"anyOf": [*_QUESTION["anyOf"], {"type": "null"}, _QUESTIONS]},
    ),
    FrontKey("bibliography", "The file of sources that the note cites, in BibTeX or CSL-JSON: one, or a list.", {}),
    FrontKey("tags", "Tags; one such as day3 says the day where nothing else does.", {}, ("tag",)),
)
"""The keys in the order in which they are listed."""

CANONICAL: Mapping[str, str] = {name: key.name for key in KEYS for name in (key.name, *key.others)}
"""The names of the keys by all their names."""


def front_matter_schema() -> dict[str, Any]:
    """A JSON Schema (2020-12) of front matter, for editors; other keys than those here are kept with the day."""
    properties = {
        name: {"description": key.help if name == key.name else f"The same as {key.name}.", **key.values}
        for key in KEYS
        for name in (key.name, *key.others)
    }
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Front matter of a note of conceptmap",
        "type": ["object", "null"],
        "propertyNames": {"minLength": 1, "maxLength": MAX_LABEL, "pattern": r"\S", "not": {"const": "<<"}},
        "properties": properties,
    }
