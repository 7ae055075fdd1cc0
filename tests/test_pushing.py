"""A folder pushed to a service gives the map, and the words, that loading it gives; whatever happens on the way."""

import asyncio
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import httpx2
import pytest
from fastapi import FastAPI
from starlette.datastructures import State
from starlette.types import Receive, Scope, Send

import conceptmap
from conceptmap.atlas import Atlas, open_atlas
from conceptmap.pushing import Push
from conceptmap.values import PartKey
from dialogues import in_process
from ontology.model import Document
from services import Json, Served, running, served

COURSES = {"sample": Path(conceptmap.__file__).parent / "course", "bread": Path(__file__).parent / "courses" / "bread"}
DIARY = "# Log\n\n## Day 3\n\nRye is *sour*.\n\n## Day 4\n\nWheat is [[Rye|not]].\n"
NOTES = {
    "day-01.md": "---\nday: 1\n---\n## Yeast\nLives on [[Sugar]].\n- kind:: Concept\n",
    "day-02.md": "---\nday: 2\n---\n## Claim: Time beats kneading\n- about:: [[Yeast]]\n- requires:: [[Heat]]\n",
    "log.md": DIARY,
    "week 2/heat.md": "# Heat\n\nWhat yeast likes.\n",
    "README.md": "# About\n\nNotes on bread.\n",
    "picture.png": "no note",
}


@dataclass
class Flaky:
    """A service in front of which things go wrong: each request meets the next of the faults, if one is left."""

    app: FastAPI
    faults: list[str] = field(default_factory=list)
    answers: list[Json] = field(default_factory=list)
    requests: int = 0

    @property
    def state(self) -> State:
        return self.app.state

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        self.requests += 1
        fault = self.faults.pop(0) if self.faults else ""
        if not fault:
            await self.app(scope, receive, send)
        elif fault == "lost":  # all of it was done, and the connection breaks off
            await self.app(scope, receive, _swallow)
            await send({"type": "http.response.start", "status": 200, "headers": [(b"content-length", b"1000")]})
            await send({"type": "http.response.body", "body": b"{", "more_body": False})
        else:
            status, _, after = fault.partition(" ")
            headers = [(b"retry-after", after.encode())] if after else []
            await send({"type": "http.response.start", "status": int(status), "headers": headers})
            body = json.dumps(self.answers.pop(0) if self.answers else {"detail": "not now"}).encode()
            await send({"type": "http.response.body", "body": body, "more_body": False})


async def _swallow(_: Any) -> None:
    await asyncio.sleep(0)


@dataclass
class Pushing:
    """A service, what goes wrong before it, and a folder to push."""

    service: Served
    flaky: Flaky
    url: str
    folder: Path

    def push(self, *more: str, folder: Path | None = None) -> tuple[int, str, str]:
        options = ["--to", self.url, "--map", "bread", *more]
        return in_process(["push", str((folder or self.folder).relative_to(Path.cwd())), *options], "")

    def load(self, store: str, *more: str) -> tuple[int, str, str]:
        options = ["--store", f"sqlite:///{store}", "--map", "bread", *more]
        status, text, beside = in_process(["load", str(self.folder.relative_to(Path.cwd())), *options], "")
        return status, text, "".join(f"{one}\n" for one in beside.splitlines() if not one.startswith("next: "))

    def write(self, name: str, text: str) -> None:
        file = self.folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")


@pytest.fixture
def pushing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pushing]:
    monkeypatch.chdir(tmp_path)
    with served() as service:
        flaky = Flaky(service.app)
        monkeypatch.setenv("CONCEPTMAP_TOKEN", f"{service.tokens['admin']}\n")
        with running(flaky) as url:  # type: ignore[arg-type]  # any app will do
            found = Pushing(service, flaky, url, tmp_path / "course" / "notes")
            for name, text in NOTES.items():
                found.write(name, text)
            yield found


def said_in(atlas: Atlas) -> list[tuple[Document, bytes]]:
    """All that stands in a map, word by word, and the bytes that it was read from."""
    course = atlas["bread"]
    parts = course.view(missing_ok=True).standing_parts()
    return [(part.document, course.log_entry(part.sequence).body) for part in parts]


@pytest.mark.parametrize("name", COURSES)
def test_a_course_pushed_and_loaded_gives_equal_maps(pushing: Pushing, name: str) -> None:
    shutil.rmtree(pushing.folder)
    shutil.copytree(COURSES[name], pushing.folder)
    status, text, _ = pushing.push()
    loaded, words, _ = pushing.load("other.db")
    assert (status, text) == (loaded, words)
    with open_atlas("sqlite:///other.db", create=False) as other:
        assert said_in(pushing.service.atlas) == said_in(other)


def test_whatever_becomes_of_a_folder_the_map_and_the_words_are_those_of_load(pushing: Pushing) -> None:
    def rename() -> None:
        (pushing.folder / "day-02.md").rename(pushing.folder / "time.md")

    def remove() -> None:
        (pushing.folder / "day-01.md").unlink()

    wrong = "---\nday: 5\n---\n## Salt\n- kind:: Minerl\n- requires:: Heat\n"
    steps: list[tuple[Callable[[], None], list[str]]] = [
        (lambda: None, ["--dry-run"]),
        (lambda: None, []),
        (lambda: None, []),
        (lambda: None, ["--explain"]),
        (lambda: pushing.write("day-01.md", NOTES["day-01.md"].replace("Lives on", "Eats")), ["--dry-run"]),
        (lambda: None, []),
        (rename, []),
        (lambda: pushing.write("day-05.md", wrong), []),
        (lambda: pushing.write("day-05.md", "---\nday: 6\nquestions: [What is heat?]\n---\n## Salt\n"), []),
        (remove, []),
        (lambda: None, ["--prune", "--dry-run"]),
        (lambda: None, ["--prune", "--yes"]),
    ]
    for number, (change, options) in enumerate(steps):
        change()
        pushed, loaded = pushing.push(*options), pushing.load("other.db", *options)
        assert pushed == loaded, f"step {number}: {options}"
        with open_atlas("sqlite:///other.db", create=False) if number else open_atlas("sqlite://") as other:
            assert said_in(pushing.service.atlas) == said_in(other), f"step {number}"


def test_a_report_of_a_push_is_that_of_a_load(pushing: Pushing) -> None:
    pushing.write("day-05.md", "---\nday: 5\n---\n## Salt\n- kind:: Minerl\n- requires:: [[Heat]]\n")
    pushing.write("broken.md", "---\nday: x\n---\n")
    for form in ("text", "json", "github", "sarif"):
        pushed = pushing.push("--dry-run", "--report", form)
        assert pushed[:2] == pushing.load("other.db", "--dry-run", "--report", form)[:2]
        assert pushed[0] == 3 and "course/notes/day-05.md" in pushed[1]
    assert pushing.push("--strict")[0] == 3
    assert pushing.service.atlas.maps() == []
    assert pushing.push()[0] == 3
    assert pushing.service.atlas["bread"].parts(1) != []


def test_bytes_that_are_no_utf_8_are_refused_in_the_words_of_load(pushing: Pushing) -> None:
    (pushing.folder / "latin.md").write_bytes("## Brötchen\n".encode("latin-1"))
    assert pushing.push("--report", "json")[:2] == pushing.load("other.db", "--report", "json")[:2]


def test_a_busy_service_is_tried_again_and_an_answer_that_got_lost_is_told_as_it_was(pushing: Pushing) -> None:
    pushing.flaky.faults = ["503 0", "429 0", "503 Sun, 06 Nov 1994 08:49:37 GMT", "lost", "502 0"]
    status, text, beside = pushing.push()
    assert (status, pushing.flaky.requests) == (0, 6)
    assert text.splitlines()[0] == "bread: 5 added"
    assert len([one for one in beside.splitlines() if "trying again" in one]) == 5
    assert len(pushing.service.atlas["bread"].lines(limit=100)) == 5


def test_a_service_that_stays_busy_or_is_away_ends_with_status_4_and_says_so(pushing: Pushing) -> None:
    pushing.flaky.faults = ["503 3600"]
    status, text, beside = pushing.push()
    assert (status, text) == (4, "")
    assert beside.splitlines() == ["the service cannot do it now: 503 not now; push again later"]
    away = in_process(["push", "course/notes", "--to", "http://127.0.0.1:9", "--map", "bread", "--wait", "0"], "")
    assert away[0] == 4 and "cannot be reached" in away[2] and "push again later" in away[2]


def test_a_certificate_that_nobody_knows_is_not_tried_again(pushing: Pushing, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise httpx2.ConnectError("[SSL: CERTIFICATE_VERIFY_FAILED] certificate verify failed")

    monkeypatch.setattr(httpx2.HTTPTransport, "handle_request", refuse)
    status, _, beside = pushing.push("--wait", "3")
    assert status == 4 and "certificate verify failed" in beside and "again" not in beside


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        ("301", "elsewhere"),
        ("401", "the token is not good"),
        ("403", "may not"),
        ("404", "before /maps"),
        ("413", "larger"),
        ("500", "refused"),
        ("507", "full"),
        ("200", "no such service"),
    ],
)
def test_a_service_that_refuses_is_told_and_not_asked_again(pushing: Pushing, fault: str, words: str) -> None:
    pushing.flaky.faults = [fault]
    status, _, beside = pushing.push()
    assert (status, pushing.flaky.requests) == (4, 1)
    assert words in beside and f"{fault} not now" in beside


def test_an_answer_of_another_release_is_told_as_that(pushing: Pushing) -> None:
    pushing.flaky.answers = [
        {"parts": [], "notes": [{"path": "a.md"}]},
        {"parts": [], "notes": 7},
        {"problems": [{"file": "a.md"}]},
    ]
    pushing.flaky.faults = ["200", "200", "400"]
    for _ in range(3):
        status, _, beside = pushing.push()
        assert status == 4 and "another release" in beside
    newer = {"file": "a.md", "line": 2, "column": 1, "what": "x", "hint": "", "new": 1}
    pushing.flaky.answers = [{"problems": [newer]}]
    pushing.flaky.faults = ["400"]
    assert pushing.push() == (3, "", "a.md:2:1: x\nnothing was stored\n")


def test_what_another_has_put_is_refused_until_it_is_to_be_overwritten(pushing: Pushing) -> None:
    pushing.service.put_notes(2, "---\nday: 2\n---\n## Bob's work\n", part="day-02.md")
    course = pushing.service.atlas["bread"]
    course.read_notes(PartKey(1, "day-01.md"), b"## Bob's day\n", author="bob").put()
    status, text, beside = pushing.push()
    assert status == 3 and "bread: 3 added, 1 changed" in text
    assert "notes/day-01.md:1:1: 'day-01.md' of day 1 was put by 'bob' (entry 2), and is another; look" in beside
    assert "1 note refused; the others are stored" in beside
    status, text, _ = pushing.push("--overwrite")
    assert status == 0 and "1 changed" in text
    assert pushing.push()[0] == 0


def test_a_token_is_needed_and_never_shown(pushing: Pushing, monkeypatch: pytest.MonkeyPatch) -> None:
    token = pushing.service.tokens["admin"]
    pushing.flaky.faults = ["503 0", "401"]
    _, text, beside = pushing.push()
    assert token not in text + beside + repr(Push(pushing.url, "bread", "notes", token))
    for wrong in ("", "two words", "tökén"):
        monkeypatch.setenv("CONCEPTMAP_TOKEN", wrong)
        status, _, beside = pushing.push()
        assert status == 2 and "CONCEPTMAP_TOKEN" in beside and (not wrong or wrong not in beside)
        assert "conceptmap token create --name ada --scope admin" in beside
    monkeypatch.setenv("CONCEPTMAP_TOKEN", pushing.service.tokens["append"])
    assert pushing.push()[0] == 4


@pytest.mark.parametrize(
    "address", ["maps.example", "ftp://maps.example", "https://", "https://me:secret@maps.example"]
)
def test_an_address_that_is_none_is_wrong_usage(pushing: Pushing, address: str) -> None:
    status, _, beside = in_process(["push", "course/notes", "--to", address], "")
    assert status == 2 and "--to" in beside and "secret" not in beside


def test_the_map_is_named_by_the_option_the_address_or_the_notes(pushing: Pushing) -> None:
    assert in_process(["push", "course/notes", "--to", pushing.url], "")[0] == 2
    assert in_process(["push", "course/notes", "--to", f"{pushing.url}/maps/rye/"], "")[0] == 0
    pushing.write("day-01.md", NOTES["day-01.md"].replace("day: 1", "day: 1\ncourse: wheat"))
    assert in_process(["push", "course/notes", "--to", pushing.url], "")[0] == 0
    assert pushing.service.atlas.maps() == ["rye", "wheat"]


def test_a_folder_that_is_sent_is_checked_at_the_door(pushing: Pushing) -> None:
    def put(*files: Json, **more: Any) -> tuple[int, str]:
        answer = pushing.service.client.put(
            "/maps/bread/folders/notes", json={"files": list(files), **more}, headers=pushing.service.headers("admin")
        )
        return answer.status_code, json.dumps(answer.json()["problems"] if answer.status_code == 400 else answer.json())

    note = {"path": "notes/day-01.md", "text": "## Yeast\n"}
    for wrong in ({"path": "a.md"}, {**note, "base64": "eA=="}, {"path": "a.md", "base64": "%"}, {**note, "day": -1}):
        assert put(wrong)[0] == 400
    assert put()[0] == 400 and put(note, more=1)[0] == 400
    status, told = put(note, note)
    assert status == 400 and "stands there 2 times" in told
    status, told = put({**note, "path": "../../etc/passwd.md", "place": "/etc/passwd.md"})
    assert status in (201, 400) and "root:" not in told
    for name in ("%00", "a%0Ab", "%E2%80%AEa", "x" * 300):
        odd = pushing.service.client.put(
            f"/maps/bread/folders/{name}", json={"files": [note]}, headers=pushing.service.headers("admin")
        )
        assert odd.status_code == 400
    append = pushing.service.client.put(
        "/maps/bread/folders/notes", json={"files": [note]}, headers=pushing.service.headers("append")
    )
    assert append.status_code == 403
