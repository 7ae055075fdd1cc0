"""Remarks as JSON."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from conceptmap.reporters.reporter import Remark, Reporter


def write_json(remarks: Sequence[Remark]) -> Iterator[str]:
    """An object with the list `problems`; ASCII alone, so that the odd file name breaks nothing."""
    problems = [{name: value for name, value in asdict(one).items() if name != "help"} for one in remarks]
    yield json.dumps({"problems": problems}, indent=1) + "\n"


REPORTER = Reporter("json", "an object with the list `problems`", write_json, (".json",))
