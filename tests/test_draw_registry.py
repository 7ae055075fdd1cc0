"""Formats of drawings: what is added to their list works everywhere, and what stands in it is documented."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from conceptmap.atlas import open_atlas
from conceptmap.draw import DRAWINGS, Drawing, Look, Picture, Selection, draw
from conceptmap.draw.registry import readable_picture
from dialogues import in_process
from drawn_maps import robot_view
from ontology.errors import DrawingFailed
from services import MAP, Served, served

DOCS = Path(__file__).parent.parent / "docs"


def write_arrows(picture: Picture, look: Look) -> str:
    return "".join(f"{edge.source} > {edge.target}\n" for edge in picture.edges)


@pytest.fixture
def toy(monkeypatch: pytest.MonkeyPatch) -> Drawing[Picture]:
    toy = Drawing("toy", "an arrow a line", readable_picture, write_arrows, (".toy", ".arrows"), "text/x-toy")
    monkeypatch.setitem(DRAWINGS, toy.name, toy)
    return toy


@pytest.fixture
def service(toy: Drawing[Picture]) -> Iterator[Served]:
    with served() as service:
        service.put_notes(2)
        yield service


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("CONCEPTMAP_STORE", f"sqlite:///{tmp_path / 'maps.db'}")
    monkeypatch.chdir(tmp_path)
    (tmp_path / "tea.md").write_text("# Day 1: Tea\n## Tea\nA drink.\n- requires:: [[Water]]\n\n## Water\n")
    with open_atlas(tmp_path / "maps.db") as atlas:
        atlas["tea"].load("tea.md")
    return tmp_path


@pytest.mark.parametrize("words", [["--format", "toy"], ["-o", "map.toy"], ["-o", "MAP.Arrows"]])
def test_a_new_format_can_be_drawn(words: list[str], toy: Drawing[Picture], folder: Path) -> None:
    status, out, err = in_process(["draw", "--relation", "requires", *words], "")
    written = Path(words[1]).read_text() if words[0] == "-o" else out
    assert (status, written, err) == (0, "tea > water\n", "")


def test_the_help_offers_a_new_format(toy: Drawing[Picture]) -> None:
    _, out, _ = in_process(["draw", "--help"], "")
    assert "toy an arrow a line" in " ".join(out.split())


def test_a_format_that_is_not_there_is_met_with_those_that_are(toy: Drawing[Picture], folder: Path) -> None:
    status, _, err = in_process(["draw", "--format", "pdf"], "")
    assert (status, "outline, toy" in err) == (2, True)
    status, _, err = in_process(["draw", "-o", "map.pdf"], "")
    assert (status, ".mermaid, .toy, .arrows" in err) == (2, True)
    with pytest.raises(DrawingFailed, match=r"no format 'pdf'.* toy"):
        draw(robot_view(), "pdf")


def test_a_timeline_is_for_pictures(toy: Drawing[Picture], folder: Path) -> None:
    status, _, err = in_process(["draw", "--timeline", "--format", "toy"], "")
    assert (status, "use --format svg or png" in err) == (2, True)


@pytest.mark.parametrize("suffix", ["toy", "arrows"])
def test_the_service_offers_a_new_format_by_its_suffix(suffix: str, service: Served) -> None:
    answer = service.get(f"{MAP}/diagram.{suffix}?all=true")
    assert answer.headers["content-type"] == "text/x-toy; charset=utf-8"
    assert all(" > " in line for line in answer.text.splitlines()) and answer.text
    refused = service.get(f"{MAP}/diagram.pdf")
    assert (refused.status_code, "toy" in refused.json()["detail"]) == (400, True)
    assert "text/x-toy" in str(service.get("/openapi.json").json()["paths"]["/maps/{map}/diagram.{suffix}"])


@pytest.mark.parametrize("name", [name for name, one in DRAWINGS.items() if not one.is_picture])
def test_a_format_that_is_no_picture_needs_no_renderer(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    chosen = DRAWINGS[name].choose(robot_view(), Selection())
    assert DRAWINGS[name].write(chosen, Look())


@pytest.mark.parametrize("form", DRAWINGS.values(), ids=list(DRAWINGS))
def test_every_format_is_documented(form: Drawing[object]) -> None:
    suffixes = " ".join(f"`{one}`" for one in form.suffixes)
    assert f"| `{form.name}` | {suffixes} | {form.help} |" in (DOCS / "drawing.md").read_text(encoding="utf-8")
    for suffix in form.suffixes:
        assert suffix in (DOCS / "http.md").read_text(encoding="utf-8")
