"""Remarks as workflow commands of GitHub Actions, which shows them beside the lines of a change.

https://docs.github.com/actions/reference/workflow-commands-for-github-actions
"""

from collections.abc import Iterator, Sequence

from conceptmap.reporters.reporter import Remark, Reporter

_COMMANDS = {"error": "error", "warning": "warning", "note": "notice"}
"""The commands by severity, the gravest first: of a step only the first ten of each are shown."""


def write_annotations(remarks: Sequence[Remark]) -> Iterator[str]:
    """A command each, errors first; whatever a note says, it is one line and one command."""
    order = list(_COMMANDS)
    for one in sorted(remarks, key=lambda remark: order.index(remark.severity)):
        said = {"file": one.path, "line": one.line, "col": one.column, "title": one.rule}
        where = ",".join(f"{name}={_property(str(value))}" for name, value in said.items() if value is not None)
        yield f"::{_COMMANDS[one.severity]} {where}::{_escaped(one.sentence)}\n"


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


REPORTER = Reporter("github", "annotations of GitHub Actions", write_annotations)
