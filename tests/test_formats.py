"""Export formats: what is added to their list works everywhere, and what stands in it is documented."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from conceptmap.atlas import open_atlas
from conceptmap.formats import FORMATS, Format
from dialogues import in_process
from graphs.view import View
from ontology.terms import DAY
from services import MAP, Served, served

DOCS = Path(__file__).parent.parent / "docs"


def write_labels(view: View, base: str | None = None) -> str:
    return "".join(f"{node.label} <{base or ''}{node.id}>\n" for node in view.nodes() if node.kind != DAY)


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch) -> Format:
    toy = Format("toy", "one label a line", write_labels, (".toy", ".labels"), "text/x-toy")
    monkeypatch.setitem(FORMATS, toy.name, toy)
    return toy


@pytest.fixture
def service(toy: Format) -> Iterator[Served]:
    with served() as service:
        service.put_notes(2)
        yield service


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CONCEPTMAP_STORE", f"sqlite:///{tmp_path / 'maps.db'}")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tea.md").write_text("---\nday: 1\n---\n## Concept: Tea\nLeaves in water.\n")
    with open_atlas(tmp_path / "maps.db") as atlas:
        atlas["tea"].load("tea.md")
    return tmp_path


@pytest.mark.parametrize("words", [["--format", "toy"], ["-o", "map.toy"], ["-o", "MAP.Labels"]])
def test_a_new_format_can_be_exported(words: list[str], toy: Format, folder: Path) -> None:
    status, out, err = in_process(["export", *words], "")
    written = Path(words[1]).read_text() if words[0] == "-o" else out
    assert (status, written, err) == (0, "Tea <tea>\n", "")


def test_the_help_offers_a_new_format(toy: Format) -> None:
    _, out, _ = in_process(["export", "--help"], "")
    assert "|toy>" in "".join(out.split())
    assert "toy: one label a line" in " ".join(out.split())


def test_a_format_that_is_not_there_is_met_with_those_that_are(toy: Format, folder: Path) -> None:
    status, _, err = in_process(["export", "--format", "pdf"], "")
    assert status == 2
    assert "'toy'" in err
    status, _, err = in_process(["export", "-o", "map.pdf"], "")
    assert status == 2
    assert ".ttl" in err and ".toy, .labels" in err


@pytest.mark.parametrize("path", ["/export.toy", "/export.labels", ".toy"])
def test_the_service_offers_a_new_format_by_its_suffix(path: str, service: Served) -> None:
    answer = service.get(f"{MAP}{path}")
    assert answer.headers["content-type"] == "text/x-toy; charset=utf-8"
    assert "Fermentation <https://conceptmap.example/fermentation>" in answer.text.splitlines()


def test_the_service_negotiates_a_new_format(service: Served) -> None:
    answer = service.get(MAP, headers={"Accept": "application/json;q=0.5, text/x-toy"})
    assert "Fermentation <" in answer.text
    refused = service.get(f"{MAP}/export.pdf")
    assert (refused.status_code, "toy" in refused.json()["detail"]) == (400, True)
    assert "text/x-toy" in str(service.get("/openapi.json").json()["paths"]["/maps/{map}/export.{suffix}"])


@pytest.mark.parametrize("form", FORMATS.values(), ids=list(FORMATS))
def test_every_format_is_documented(form: Format) -> None:
    suffixes = " ".join(f"`{one}`" for one in form.suffixes)
    assert f"| `{form.name}` | {suffixes} | {form.help} |" in (DOCS / "command-line.md").read_text(encoding="utf-8")
    for suffix in form.suffixes:
        assert suffix in (DOCS / "http.md").read_text(encoding="utf-8")
