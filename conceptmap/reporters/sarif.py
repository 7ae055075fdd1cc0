"""Remarks as SARIF 2.1.0 (OASIS), which code hosts and editors read."""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote

from conceptmap.reporters.reporter import Remark, Reporter
from conceptmap.reporters.rules import RULES, SHAPE

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"


def write_sarif(remarks: Sequence[Remark]) -> Iterator[str]:
    """A log with one run, whose rules are those that the remarks name."""
    from importlib import metadata  # noqa: PLC0415  (the list of reporters is read by every help text)

    helps = {one.rule: one.help for one in remarks}
    names = list(helps)
    driver = {
        "name": "conceptmap",
        "version": metadata.version("conceptmap"),
        "rules": [_rule(name, help) for name, help in helps.items()],
    }
    run = {
        "tool": {"driver": driver},
        "columnKind": "unicodeCodePoints",
        "results": [_result(one, names.index(one.rule)) for one in remarks],
    }
    yield json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1) + "\n"


def _rule(name: str, help: str) -> Mapping[str, Any]:
    text = {"text": help or RULES.get(name, SHAPE).help}
    return {"id": name, "shortDescription": text, "fullDescription": text, "help": text}


def _result(one: Remark, rule: int) -> Mapping[str, Any]:
    place: dict[str, Any] = {"artifactLocation": {"uri": _address(one.path)}}
    if one.line is not None:
        place["region"] = {"startLine": one.line, **({} if one.column is None else {"startColumn": one.column})}
    return {
        "ruleId": one.rule,
        "ruleIndex": rule,
        "level": one.severity,
        "message": {"text": one.sentence},
        "locations": [{"physicalLocation": place}],
    }


def _address(path: str) -> str:
    """A path as an address: a relative one stays so, from the folder in which the program runs.

    >>> _address("notes/day 2.md"), _address("/srv/a:b.md")
    ('notes/day%202.md', 'file:///srv/a%3Ab.md')
    """
    whole = Path(path)
    address = quote(os.fsencode(whole.as_posix()))
    return f"file://{address if address.startswith('/') else f'/{address}'}" if whole.is_absolute() else address


REPORTER = Reporter("sarif", "SARIF 2.1.0, for code hosts and editors", write_sarif, (".sarif",))
