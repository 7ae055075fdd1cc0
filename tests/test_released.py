"""Stores that earlier releases wrote open, keep every entry, and answer as they did."""

import json
import shutil
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

import released
from conceptmap.cli.program import run
from graphs.log import open_log
from graphs.tokens import Tokens
from services import served

STORES = sorted((Path(__file__).parent / "stores").glob("*.db"))


@pytest.fixture(params=STORES, ids=lambda file: file.stem)
def kept(request: pytest.FixtureRequest) -> Path:
    """A store as a release left it."""
    file: Path = request.param
    return file


@pytest.fixture
def store(kept: Path, tmp_path: Path) -> Path:
    """A copy of it, to be opened."""
    return Path(shutil.copy(kept, tmp_path))


@pytest.fixture
def known(kept: Path) -> Any:
    """What its release knew and answered."""
    return json.loads(kept.with_suffix(".json").read_text(encoding="utf-8"))


def test_every_entry_keeps_its_number_its_bytes_its_time_and_its_author(store: Path, known: Any) -> None:
    with closing(open_log(f"sqlite:///{store}")) as log:
        log.verify()
        found = [one for name in log.maps() for one in log.entries(name)]
    found.sort(key=lambda one: one.sequence)
    placed = [[one.sequence, one.map, one.day, one.part, one.revision] for one in found]
    said = [[one.author, one.time, one.media_type, one.body.hex().upper(), one.text] for one in found]
    assert [place + rest for place, rest in zip(placed, said, strict=True)] == known["entries"]


def test_every_question_gets_the_answer_of_the_release(
    store: Path, known: Any, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CONCEPTMAP_STORE", f"sqlite:///{store}")

    def ask(*words: str) -> str:
        assert run(words) in (0, 1)
        return capsys.readouterr().out

    for words, answer in released.answers(ask, known["moments"]).items():
        assert keeps(answer, known["answers"][words]), words


def test_tokens_stand_and_a_repeated_request_is_answered_as_before(store: Path, known: Any) -> None:
    with served(f"sqlite:///{store}", named="new-", reads="token") as service:
        tokens, held = Tokens(service.atlas.ledger.log), known["tokens"]
        assert {name: (grant := tokens.find(token)) and grant.scope for name, token in held.items()} == {
            "ada": "admin",
            "ben": "append",
            "cyd": "read",
            "dan": None,
        }
        headers = {"Authorization": f"Bearer {held['ben']}", "Idempotency-Key": "once"}
        headers["Content-Type"] = "application/json"
        again = service.client.post("/maps/bread/days/2/nodes", content=json.dumps(released.KEYED), headers=headers)
        assert (again.headers["Idempotency-Replayed"], again.status_code) == ("true", 201)
        assert keeps(again.json(), known["keyed"])


def keeps(now: Any, then: Any) -> bool:
    """Whether an answer says all that another said: objects may have more members now."""
    if isinstance(then, dict):
        return isinstance(now, dict) and all(key in now and keeps(now[key], one) for key, one in then.items())
    if isinstance(then, list):
        return isinstance(now, list) and len(now) == len(then) and all(map(keeps, now, then))
    return bool(now == then)
