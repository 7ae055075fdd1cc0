"""MDX: Markdown among JavaScript; imports, exports, comments and the tags of components are no text."""

import re
from bisect import bisect_right
from collections.abc import Iterator

from conceptmap.notes.page.dialects.dialect import Dialect, Page, outside_code, replaced

MAX_LINES_OF_TAG = 100
"""Lines in which a component's opening tag ends; what goes on longer is no tag."""

_SCRIPT = re.compile(
    r"""import\s*(?:[{*"'(]|\w+\s*(?:,|\bfrom\b))|export\s*(?:[{*]|(?:const|let|var|default|function|class|async|type)\b)"""
)
_COMMENT = re.compile(r"\{ ?/\*[^{}]*\*/ ?\}")
_TAG = re.compile(r"\s*</?[A-Za-z]")
_EXPRESSION = re.compile(r"\s*\{.*\}\s*")
_WHOLE_TAG = re.compile(r"</?[A-Za-z][\w.:-]*(?:\s(?:[^<>{}]|\{[^{}]*\})*)?/?>|</?>")


def _plain(page: Page) -> None:
    """Blank out imports and exports up to the next blank line, comments, lines of expressions, and components."""
    hidden = {index for run in _runs(page.lines) for index in run}
    for index, line in list(outside_code(page.lines)):
        if index in hidden or _EXPRESSION.fullmatch(line):
            page.lines[index] = ""
        elif "<" in line or "{" in line:
            page.lines[index] = replaced(_WHOLE_TAG, replaced(_COMMENT, line))


def _runs(lines: list[str]) -> Iterator[range]:
    """The lines of each import and export, which a blank line ends, and of each opening tag that takes several."""
    end = 0
    closings = [index for index, line in enumerate(lines) if line.rstrip().endswith(">")]
    for index, line in list(outside_code(lines)):
        if index < end:
            continue
        if _SCRIPT.match(line):
            end = next((at for at in range(index, len(lines)) if not lines[at].strip()), len(lines))
            yield range(index, end)
        elif _TAG.match(line) and ">" not in line:
            closing = bisect_right(closings, index)
            if closing < len(closings) and closings[closing] < index + MAX_LINES_OF_TAG:
                end = closings[closing] + 1
                yield range(index, end)


DIALECT = Dialect("MDX", (".mdx",), plain=_plain)
