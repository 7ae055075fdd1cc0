"""The notebook of the documentation: it runs from its first cell to its last, and shows what it says that it shows."""

from copy import deepcopy
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

FILE = Path(__file__).parent.parent / "docs" / "notebook.ipynb"
LARGE = 30_000
"""Characters of one output; a page that shows the notebook is to stay light."""


def _kept(output: Any) -> dict[str, Any]:
    """What is kept of an output in the file: of a picture the SVG alone, and no numbers of runs."""
    assert output["output_type"] in ("execute_result", "display_data"), output
    data = dict(output["data"])
    if "image/svg+xml" in data:
        data.pop("text/html", None)
    return {"output_type": "execute_result", "metadata": {}, "execution_count": None, "data": data}


@pytest.fixture(scope="module")
def ran(tmp_path_factory: pytest.TempPathFactory) -> Any:
    """The notebook after a run in an empty folder, without any of the outputs that are in the file."""
    notebook = nbformat.read(FILE, as_version=4)
    about = deepcopy(notebook.metadata)
    for cell in notebook.cells:
        if cell.cell_type == "code":
            cell.outputs = []
    folder = tmp_path_factory.mktemp("notebook")
    NotebookClient(notebook, timeout=120, resources={"metadata": {"path": str(folder)}}).execute()
    notebook.metadata = about  # without the version of Python
    for cell in notebook.cells:
        cell.metadata.clear()
        if cell.cell_type == "code":
            cell.execution_count = None
            cell.outputs = [nbformat.from_dict(_kept(one)) for one in cell.outputs]
    return notebook


def test_the_notebook_runs_in_a_fresh_store_and_gives_what_the_file_shows(
    ran: Any, request: pytest.FixtureRequest
) -> None:
    if request.config.getoption("--rewrite-transcripts"):
        FILE.write_text(nbformat.writes(ran) + "\n")
    said = [cell for cell in nbformat.read(FILE, as_version=4).cells if cell.cell_type == "code"]
    for shown, cell in zip(said, (one for one in ran.cells if one.cell_type == "code"), strict=True):
        assert shown.outputs == cell.outputs, f"{cell.source}\nwrite it anew with --rewrite-transcripts"


def test_no_output_of_the_notebook_is_large(ran: Any) -> None:
    outputs = [output for cell in ran.cells if cell.cell_type == "code" for output in cell.outputs]
    assert len(outputs) > 8
    assert max(len(text) for output in outputs for text in output.data.values()) < LARGE
