"""Remarks as a Code Quality report of GitLab, which shows them in merge requests.

https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format
"""

import hashlib
import json
from collections import Counter
from collections.abc import Iterator, Sequence

from conceptmap.reporters.reporter import Remark, Reporter

_SEVERITIES = {"error": "major", "warning": "minor", "note": "info"}


def write_code_quality(remarks: Sequence[Remark]) -> Iterator[str]:
    """An array of objects; GitLab shows those whose paths begin at the root of the repository."""
    seen: Counter[str] = Counter()
    issues = []
    for one in remarks:
        issues.append(_issue(one, seen[_same(one)]))
        seen[_same(one)] += 1
    yield json.dumps(issues, indent=1) + "\n"


def _issue(one: Remark, before: int) -> dict[str, object]:
    """A remark, before which so many of the same file say the same."""
    return {
        "description": one.sentence,
        "check_name": one.rule,
        "fingerprint": hashlib.sha256(f"{_same(one)}\0{before}".encode("utf-8", "surrogateescape")).hexdigest(),
        "severity": _SEVERITIES[one.severity],
        "location": {"path": one.path, "lines": {"begin": one.line or 1}},
    }


def _same(one: Remark) -> str:
    """What a remark says, but for the line: it is the same one when lines are added above it."""
    return "\0".join((one.path, one.rule, one.what))


REPORTER = Reporter("gitlab", "a Code Quality report of GitLab", write_code_quality)
