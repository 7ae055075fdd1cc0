"""What a course's build runs every evening, against a real server: the line of curl that the docs give."""

import json
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

import transcripts
from services import MAP, NOTES, Served, running, served

HTTP = Path(__file__).parent.parent / "docs" / "http.md"


@pytest.fixture
def service() -> Iterator[tuple[Served, str]]:
    with served() as service, running(service.app) as url:
        yield service, url


def the_line() -> str:
    """The one line that may run every evening."""
    section = HTTP.read_text(encoding="utf-8").partition("## A day, every evening")[2]
    (line,) = next(block.text for block in transcripts.blocks(section) if block.language == "sh").splitlines()
    return line


def test_the_line_of_curl_puts_a_day_every_evening(service: tuple[Served, str], tmp_path: Path) -> None:
    if shutil.which("curl") is None:
        pytest.skip("NOT CHECKED: curl is not there")
    served_map, url = service
    evenings = [NOTES, NOTES, NOTES + "\n## Claim: Salt slows yeast\n", "## Claim: [[Nothing", NOTES]
    told = []
    for notes in evenings:
        (tmp_path / "day-02.md").write_text(notes, encoding="utf-8")
        done = subprocess.run(
            ["sh", "-c", the_line()],
            cwd=tmp_path,
            env={"PATH": "/usr/bin:/bin", "SERVER": url, "TOKEN": served_map.tokens["admin"]},
            capture_output=True,
            timeout=60,
            check=False,
        )
        said = json.loads(done.stdout)
        told.append((done.returncode, [part["status"] for part in said.get("parts", ())]))
    assert told == [(0, ["added"]), (0, ["unchanged"]), (0, ["changed"]), (0, ["changed"]), (0, ["changed"])]
    assert len(served_map.get(f"{MAP}/history").json()["entries"]) == 4
