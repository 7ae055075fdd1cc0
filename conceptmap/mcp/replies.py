"""What a tool replies: its answer as data, the same in lines, and what went wrong; never longer than was asked for."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from pydantic import JsonValue

from conceptmap.map import CourseMap
from conceptmap.mcp.arguments import Arguments
from conceptmap.mcp.bounds import TOKEN, fitted, size
from conceptmap.mcp.citing import cited_lines, quoted
from conceptmap.mcp.tools import Shape, Tool
from ontology.errors import ConceptMapError

ENVELOPE = 300
"""Bytes around an answer: the names of its fields, and who answers."""
MOST_OF_RESOURCE = 1_000_000
"""Bytes of a resource, which is read on purpose: a page of the longest list over HTTP has no more."""
_CUT = "the rest is in the structured content"

Step = Callable[[], None]
"""Raises where nobody waits for the answer any more."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as data and in lines."""

    data: dict[str, JsonValue]
    text: str


def reply(tool: Tool[Arguments], course: CourseMap, given: Arguments, step: Step) -> Reply:
    """The answer of a tool in at most as many tokens as it is given. Raises what the tool and `step` raise."""
    answer = dict(tool.answered(course, given, step))
    most = given.max_tokens * TOKEN - ENVELOPE
    if size(answer, most) <= most and size(answer) + size(text := "\n".join(cited_lines(answer))) <= most:
        return Reply(answer, text)
    shown = fitted(answer, most * 3 // 4, tool.address(course, given))
    assert isinstance(shown, dict)
    return Reply(shown, _in_lines(shown, most - size(shown)))


def whole(tool: Tool[Arguments], course: CourseMap, given: Arguments, step: Step) -> str:
    """The answer of a tool as a resource: JSON. Raises what the tool and `step` raise."""
    answer = fitted(dict(tool.answered(course, given, step)), MOST_OF_RESOURCE, tool.address(course, given))
    return json.dumps(answer, ensure_ascii=False)


def refusal(error: ConceptMapError, detail: str) -> Reply:
    """What is wrong, and what may have been meant."""
    known: Sequence[str] = getattr(error, "candidates", ()) or getattr(error, "known", ())
    data: dict[str, JsonValue] = {"error": type(error).__name__, "detail": detail, "candidates": [*known]}
    shown = fitted(data, TOKEN * 500 - ENVELOPE, "")
    assert isinstance(shown, dict)
    return Reply(shown, "\n".join([f"error: {quoted(shown['detail'])}", *cited_lines(shown)]))


def _in_lines(answer: Shape, most: int) -> str:
    """The lines that have room, and that there are more."""
    kept: list[str] = []
    left = most - size(_CUT)
    for line in cited_lines(answer):
        left -= size(line) + 1
        if left < 0:
            return "\n".join([*kept, _CUT])
        kept.append(line)
    return "\n".join(kept)
