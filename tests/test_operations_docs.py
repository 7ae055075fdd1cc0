"""The page for those who run the service lists every setting and every metric that there is."""

from pathlib import Path

import pytest

from api.observe import Metrics
from api.settings import Settings
from conceptmap.atlas import open_atlas

PAGE = Path(__file__).parent.parent / "docs" / "operations.md"
HEAD = "| variable | default | |\n|---|---|---|\n"


def settings_table() -> str:
    """The settings as a table in Markdown."""
    rows = [
        f"| `CONCEPTMAP_{name.upper()}` | {_shown(field.default)} | {field.description} |"
        for name, field in Settings.model_fields.items()
    ]
    return HEAD + "\n".join(rows) + "\n"


def _shown(default: object) -> str:
    return "" if default is None or default == () else f"`{default}`"


def test_the_settings_are_those_of_the_program(pytestconfig: pytest.Config) -> None:
    above, _, below = PAGE.read_text(encoding="utf-8").partition(HEAD)
    rest = below.partition("\n\n")[2]
    if pytestconfig.getoption("rewrite_transcripts"):
        PAGE.write_text(f"{above}{settings_table()}\n{rest}", encoding="utf-8")
    assert PAGE.read_text(encoding="utf-8") == f"{above}{settings_table()}\n{rest}"


def test_every_metric_is_explained() -> None:
    with open_atlas("sqlite://") as atlas:
        lines = Metrics(atlas).text().decode().splitlines()
    names = {line.split()[2] for line in lines if line.startswith("# TYPE")}
    page = PAGE.read_text(encoding="utf-8")
    assert [name for name in sorted(names) if f"`{name}" not in page and not name.endswith("_created")] == []
