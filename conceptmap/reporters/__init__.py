"""Reporters of problems: what is wrong with notes and maps, written for people and programs, one file a form.

`REPORTERS` is the one list of them; the choices, suffixes and help of every command that reports are derived from it.
"""

from conceptmap.reporters import annotations, code_quality, json_object, lines, sarif
from conceptmap.reporters.reporter import Remark, Reporter, Severity, remarks_of
from conceptmap.reporters.rules import RULES, SHAPES_FILE, Rule

REPORTERS: dict[str, Reporter] = {
    one.name: one
    for one in (
        lines.REPORTER,
        json_object.REPORTER,
        annotations.REPORTER,
        code_quality.REPORTER,
        sarif.REPORTER,
    )
}
"""The reporters by their names, in the order in which they are listed."""

__all__ = [
    "REPORTERS",
    "RULES",
    "SHAPES_FILE",
    "Remark",
    "Reporter",
    "Rule",
    "Severity",
    "remarks_of",
    "reporter_by_suffix",
]


def reporter_by_suffix() -> dict[str, str]:
    """The names of reporters by the suffixes of files, such as `.sarif`."""
    return {suffix: one.name for one in REPORTERS.values() for suffix in one.suffixes}
