"""An answer in lines, for clients that show their model nothing else: what was found, and the place that says so.

Labels, sentences and names of files are words of notes; they stand in double quotes, as JSON writes them, so that
nobody takes them for words of this program.
"""

import json
import re
from collections.abc import Iterator, Mapping

from pydantic import JsonValue

_PLAIN_FILE = re.compile(r"[\w./+-]+")
"""A name of a file that cannot be read as a sentence."""
_INVISIBLE = "\u00a0\u202f\u200c\u200d"
"""Spaces and joints that spelling needs. Other invisible signs break lines, turn them round, or hide words in them."""
_WORDS_OF_NOTES = ("data", "understood")
"""Fields whose own keys are words of notes, so that these cannot stand above lists."""


def cited_lines(shape: Mapping[str, JsonValue]) -> Iterator[str]:
    """A line for the sentence and the text, where there are, and for each item of each list.

    >>> cite = {"day": 26, "file": "day-26.md", "lines": [334, 334], "quote": None}
    >>> list(cited_lines({"nodes": [{"label": "Deep Blue", "cites": [cite]}]}))
    ['nodes:', '"Deep Blue" day 26, day-26.md:334']
    """
    if isinstance(sentence := shape.get("sentence"), str):
        yield f"{shape.get('verdict') or shape['status']}: {quoted(sentence)}"
    yield from (f"{name}: {quoted(shape[name])}" for name in ("text", "formula") if shape.get(name))
    yield from _lists(shape, "")


def _lists(shape: Mapping[str, JsonValue], above: str) -> Iterator[str]:
    """Each list under its name."""
    for name, value in shape.items():
        if isinstance(value, Mapping) and name not in _WORDS_OF_NOTES:
            yield from _lists(value, f"{above}{name} ")
        elif isinstance(value, list) and (lines := [_line(one) for one in value if isinstance(one, Mapping | str)]):
            yield f"{above}{name}:"
            yield from lines


def quoted(words: JsonValue) -> str:
    """Words of the notes in double quotes, on one line; signs that nobody sees are written as their codes."""
    said = json.dumps(words, ensure_ascii=False)
    if said.isprintable():
        return said
    return "".join(one if one.isprintable() or one in _INVISIBLE else json.dumps(one)[1:-1] for one in said)


def _line(item: Mapping[str, JsonValue] | str) -> str:
    if isinstance(item, str):
        return quoted(item)
    if "more" in item:
        return f"{item['more']} more" + (f": {item['resource']}" if "resource" in item else "")
    cites = item.get("cites")
    cite = cites[0] if isinstance(cites, list) and cites else item
    where = _place(cite) if isinstance(cite, Mapping) and "file" in cite else ""
    return f"{_name(item)} {where}".rstrip()


def _name(item: Mapping[str, JsonValue]) -> str:
    """What an item is called: a node, a question, a finding; an edge by its ends, and by the one end that is told."""
    if isinstance(node := item.get("node"), Mapping):
        return f"{item['label']} {quoted(node['label'])}"
    if "relation" in item:
        return f"{quoted(item['source'])} {item['relation']} {quoted(item['target'])}"
    for name in ("label", "question", "what"):
        if name in item:
            return quoted(item[name])
    return quoted(dict(item))


def _place(cite: Mapping[str, JsonValue]) -> str:
    """Where a citation points, as the command line says it."""
    file = str(cite["file"])
    shown = file if _PLAIN_FILE.fullmatch(file) else quoted(file)
    day = "" if cite["day"] is None else f"day {cite['day']}, "
    if not isinstance(lines := cite.get("lines"), list):
        return f"{day}{shown}"
    first, last = lines
    return f"{day}{shown}:{first}" + (f"-{last}" if last != first else "")
