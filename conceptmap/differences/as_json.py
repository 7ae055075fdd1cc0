"""A difference as JSON, in the shapes of the exports."""

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING

from conceptmap.differences.form import DiffForm

if TYPE_CHECKING:
    from conceptmap.compare import Comparison


def write_json(found: "Comparison", *, whole: bool = False) -> Iterator[str]:
    """The text; `whole` plays no part, since nothing is left out."""
    from conceptmap.shapes.changes import diff_shape

    yield json.dumps(diff_shape(found.diff, found.effects), ensure_ascii=False, indent=1)


FORM = DiffForm("json", "JSON in the shapes of the exports", write_json, (".json",), "application/json")
