"""Remarks as JSON."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from conceptmap.reporters.reporter import Remark, Reporter


def write_json(remarks: Sequence[Remark]) -> Iterator[str]:
    """An object with the list `problems`; ASCII alone, so that the odd file name breaks nothing."""
    yield json.dumps({"problems": [asdict(one) for one in remarks]}, indent=1) + "\n"


REPORTER = Reporter("json", "an object with the list `problems`", write_json, (".json",))
