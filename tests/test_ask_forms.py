"""One more form of question, in one file and one entry of the list, is asked in every way that the others are."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from conceptmap.ask import FORMS, Form, Found, NodeName, Piece, Query
from conceptmap.ask.found import cited, in_course_order
from conceptmap.ask.parse import ParsedQuestion
from dialogues import in_process
from graphs.view import View
from services import MAP, NOTES, Served, served

QUESTION = "which things rub shoulders with fermentation?"


@dataclass(frozen=True, slots=True)
class Beside(Query):
    """Everything that an edge joins to a node."""

    node: str

    def find(self, view: View) -> list[Found]:
        edges = (*view.edges_from(self.node), *view.edges_to(self.node))
        return in_course_order([cited(view, view.node(edge.other(self.node)), edges=(edge,)) for edge in edges])

    def pieces(self, view: View) -> Iterator[Piece]:
        yield Piece("of", NodeName.of(view, self.node))

    def lead(self, view: View) -> str:
        return f"Beside {view.node(self.node).label} stand"

    def missing(self, view: View) -> str:
        return f"what stands beside {view.node(self.node).label}"


def read(question: ParsedQuestion) -> Iterator[Query]:
    if question.named and question.asks_for("beside"):
        yield Beside(question.node(question.named[0]))


@pytest.fixture
def toy() -> Iterator[None]:
    form = Form("beside", read, cues={"beside": "rub shoulders with; snuggle up to"})
    FORMS.insert(0, form)
    yield
    FORMS.remove(form)


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("CONCEPTMAP_STORE", f"sqlite:///{tmp_path / 'maps.db'}")
    (tmp_path / "day-02.md").write_text(NOTES, encoding="utf-8")
    assert in_process(["load", "day-02.md"], "")[0] == 0
    return tmp_path


@pytest.fixture
def service() -> Iterator[Served]:
    with served() as service:
        service.put_notes(2)
        yield service


@pytest.mark.usefixtures("notes", "toy")
def test_it_is_asked_by_the_command_line() -> None:
    status, out, _ = in_process(["ask", QUESTION], "")
    assert (status, out.splitlines()[0]) == (0, "Beside Fermentation stand:")
    status, out, _ = in_process(["ask", "--json", QUESTION], "")
    assert json.loads(out)["understood"] == {"intent": "beside", "of": {"id": "fermentation", "label": "Fermentation"}}


@pytest.mark.usefixtures("notes", "toy")
def test_it_is_explained_without_sparql() -> None:
    _, out, _ = in_process(["ask", "--explain", QUESTION], "")
    assert "'rub shoulders with': asks for beside" in out
    assert "intent: beside" in out
    assert out.endswith("sparql:\n  none: this form of question has no SPARQL\n")


@pytest.mark.usefixtures("toy")
def test_it_is_asked_over_http(service: Served) -> None:
    reply = service.get(f"{MAP}/ask", params={"q": QUESTION, "explain": True}).json()
    assert (reply["status"], reply["understood"]["intent"]) == ("answered", "beside")
    assert [one["label"] for one in reply["answers"]] == ["Yeast", "Time beats kneading"]
    assert "asks for beside" in reply["explanation"]
    page = service.get(f"{MAP}/page", params={"q": QUESTION}, headers={"Accept": "text/html"})
    assert "Beside Fermentation stand: Yeast; Time beats kneading." in page.text


@pytest.mark.usefixtures("notes")
def test_without_it_the_same_words_are_not_understood() -> None:
    status, out, _ = in_process(["ask", QUESTION], "")
    assert (status, out.splitlines()[0]) == (1, "The map does not say: 'rub' and 'shoulders' are not understood.")
