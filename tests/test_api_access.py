"""Who may do what over HTTP, how often, and how much at once."""

import asyncio
import gzip
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx2
import pytest
from starlette.types import Message

from graphs.log import open_log
from graphs.tokens import Grant, Scope, Tokens
from ontology.errors import RefusedWrite, StoreCorrupted, UnknownToken
from services import MAP, Served, served
from small_maps import Clock

YEAST = {"id": "yeast", "kind": "Concept", "label": "Yeast"}
WRITES = (
    ("PUT", MAP),
    ("DELETE", MAP),
    ("PUT", f"{MAP}/days/2"),
    ("DELETE", f"{MAP}/days/2"),
    ("PUT", f"{MAP}/rdf-graphs?graph=days/2"),
    ("POST", f"{MAP}/days/2/nodes"),
    ("POST", f"{MAP}/days/2/edges"),
    ("POST", f"{MAP}/history/1/revert"),
)
APPENDS = ("/nodes", "/edges", "/revert")


@pytest.fixture(scope="module")
def service() -> Iterator[Served]:
    with served() as service:
        service.put_notes(2)
        yield service


@pytest.fixture(scope="module")
def closed() -> Iterator[Served]:
    """A service that asks readers for a token too."""
    with served(reads="token") as service:
        service.put_notes(2)
        yield service


def bearer(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


@pytest.mark.parametrize(("method", "path"), WRITES)
def test_writing_needs_a_token(service: Served, method: str, path: str) -> None:
    answer = service.client.request(method, path)
    assert answer.status_code == 401
    assert answer.headers["www-authenticate"] == 'Bearer realm="conceptmap"'


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer ", "Basic YTpi", "Bearer wrong", "Bearer " + "x" * 5000, "cmap_1", "Bearer \x00"]
)
def test_a_token_that_does_not_stand_is_refused_for_reading_and_writing(service: Served, header: str) -> None:
    for method, path in (("GET", MAP), *WRITES[:1]):
        answer = service.client.request(method, path, headers={"Authorization": header})
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith('Bearer realm="conceptmap", error="invalid_')


@pytest.mark.parametrize(("method", "path"), WRITES)
@pytest.mark.parametrize("scope", ["read", "append"])
def test_a_scope_does_not_reach_beyond_itself(service: Served, method: str, path: str, scope: Scope) -> None:
    if scope == "append" and path.endswith(APPENDS):
        return
    answer = service.client.request(method, path, headers=service.headers(scope))
    assert answer.status_code == 403
    assert "insufficient_scope" in answer.headers["www-authenticate"]


def test_a_token_for_one_map_does_not_write_to_another(service: Served) -> None:
    token = Tokens(service.atlas.ledger.log).create("baker", "admin", map="bread")
    sent = {**bearer(token), "Content-Type": "text/markdown"}
    assert service.client.put("/maps/wine/days/1", content="## Claim: A\n", headers=sent).status_code == 403
    assert service.client.put(f"{MAP}/days/9", content="## Claim: A\n", headers=sent).status_code == 201


def test_who_appends_may_undo_in_the_own_part_only(service: Served) -> None:
    entry = service.append(2, "nodes", [YEAST]).json()["entries"][0]
    undo = service.client.post(f"{MAP}/history/{entry}/revert", headers=service.headers("append"))
    assert undo.status_code == 201
    other = service.client.post(f"{MAP}/history/1/revert", headers=service.headers("append"))
    assert other.status_code == 403


def test_the_author_is_the_tokens_name_and_nothing_the_client_says(service: Served) -> None:
    assert service.append(7, "nodes", [YEAST], "?by=mallory&author=mallory").status_code == 400
    service.append(7, "nodes", [YEAST])
    (part,) = service.get(f"{MAP}/days/7").json()["parts"]
    assert (part["part"], part["author"]) == ("by:append", "append")


@pytest.mark.parametrize(
    "path", ["/maps", MAP, f"{MAP}/days/2", f"{MAP}/nodes", f"{MAP}/diagram.txt", f"{MAP}/history"]
)
def test_reading_can_be_closed(closed: Served, path: str) -> None:
    with_token = closed.get(path, headers=closed.headers("read"))
    assert with_token.status_code == 200
    assert "Authorization" in with_token.headers["vary"]
    assert with_token.headers["cache-control"] == "private, no-cache"
    for _ in range(2):  # also when the answer is ready
        assert closed.get(path).status_code == 401
    assert closed.get(path, headers={"If-None-Match": with_token.headers["etag"]}).status_code == 401


def test_a_reader_of_one_map_sees_no_other(closed: Served) -> None:
    token = Tokens(closed.atlas.ledger.log).create("wine-lover", "read", map="wine")
    assert closed.get(MAP, headers=bearer(token)).status_code == 403
    assert closed.get("/maps", headers=bearer(token)).json()["maps"] == []
    assert "bread" not in closed.get("/", headers=bearer(token)).text
    assert closed.get("/metrics", headers=bearer(token)).status_code == 403


def test_an_error_names_no_map_that_the_token_does_not_open(closed: Served) -> None:
    token = Tokens(closed.atlas.ledger.log).create("wine-maker", "admin", map="wine")
    for method, path in (("GET", "/maps/wine?at=1"), ("GET", "/maps/wine"), ("DELETE", "/maps/wine")):
        answer = closed.client.request(method, path, headers=bearer(token))
        assert answer.status_code == 404
        assert "bread" not in answer.text


def test_a_revoked_token_is_refused_at_once(service: Served) -> None:
    tokens = Tokens(service.atlas.ledger.log)
    token = tokens.create("guest", "append")
    assert service.client.post(f"{MAP}/days/2/nodes", headers=bearer(token)).status_code == 415
    tokens.revoke("guest")
    assert service.client.post(f"{MAP}/days/2/nodes", headers=bearer(token)).status_code == 401


def test_a_token_ends_with_its_time_and_its_name_is_free_again() -> None:
    log, clock = open_log("sqlite://"), Clock()
    tokens = Tokens(log, clock)
    token = tokens.create("ada", "append", days=1)
    assert isinstance(tokens.find(token), Grant)
    with pytest.raises(RefusedWrite, match="revoke it first"):
        tokens.create("ada", "read")
    clock.now += timedelta(days=1)
    assert tokens.find(token) is None
    assert tokens.create("ada", "read") != token
    log.close()


def test_of_a_token_only_its_digest_is_stored(tmp_path: Path) -> None:
    log = open_log(f"sqlite:///{tmp_path / 'maps.db'}")
    token = Tokens(log).create("ada", "append")
    log.close()
    with closing(sqlite3.connect(tmp_path / "maps.db")) as raw, raw:
        rows = str(raw.execute("SELECT * FROM tokens").fetchall())
    raw.close()
    assert token not in rows and token.removeprefix("cmap_") not in rows
    assert all(token.encode() not in file.read_bytes() for file in tmp_path.iterdir())


@pytest.mark.parametrize(
    "change", ["scope = 'admin'", "map = NULL", "expires = NULL", "revoked = NULL", "name = 'eve'"]
)
def test_a_token_that_was_changed_in_the_store_is_named_and_lets_nobody_in(tmp_path: Path, change: str) -> None:
    with closing(open_log(f"sqlite:///{tmp_path / 'maps.db'}")) as log:
        tokens = Tokens(log)
        token = tokens.create("ada", "append", map="bread", days=1)
        tokens.revoke("ada")
        with closing(sqlite3.connect(tmp_path / "maps.db")) as raw, raw:
            raw.execute(f"UPDATE tokens SET {change}")
        with pytest.raises(StoreCorrupted, match=r"the token named '(ada|eve)' is not what was written"):
            tokens.find(token)
        with pytest.raises(StoreCorrupted):
            tokens.grants()


def test_nobody_can_be_revoked_who_has_no_token() -> None:
    log = open_log("sqlite://")
    with pytest.raises(UnknownToken):
        Tokens(log).revoke("ada")
    log.close()


def test_times_of_grants_are_compared_as_utc() -> None:
    grant = Grant("ada", "read", None, "2026-01-01T00:00:00.000000Z", "2026-01-02T00:00:00.000000Z")
    assert grant.stands(datetime(2026, 1, 1, 23, tzinfo=UTC))
    assert not grant.stands(datetime(2026, 1, 2, tzinfo=UTC))


def test_too_many_writes_are_told_to_wait() -> None:
    with served(write_rate=1, write_burst=3) as service:
        answers = [service.append(2, "nodes", [YEAST]) for _ in range(5)]
        assert [answer.status_code for answer in answers] == [201, 200, 200, 429, 429]
        assert answers[-1].headers["retry-after"] == "1"
        assert service.get(MAP).status_code == 200


def test_too_many_reads_are_told_to_wait_where_that_is_set() -> None:
    with served(read_rate=1, read_burst=3) as service:
        service.put_notes(2)
        assert [service.get(MAP).status_code for _ in range(5)] == [200, 200, 200, 429, 429]


def test_guessing_tokens_is_slowed_down() -> None:
    with served() as service:
        statuses = [service.get(MAP, headers=bearer(f"guess-{number}")).status_code for number in range(35)]
        assert statuses[:30] == [401] * 30 and statuses[-1] == 429
        assert service.client.get("/maps").status_code == 200


def test_a_body_may_be_so_large_and_no_larger() -> None:
    with served(max_body=1000) as service:
        assert service.put_notes(2, "## Claim: A\n" + "x" * 900).status_code == 201
        assert service.put_notes(3, "x" * 1001).status_code == 413


def chunks(*bodies: bytes) -> Iterator[Message]:
    for body in bodies:
        yield {"type": "http.request", "body": body, "more_body": True}
    while True:
        yield {"type": "http.request", "body": b"", "more_body": False}


def call(service: Served, messages: Iterator[Message], **headers: str) -> tuple[int, int]:
    """Put with a body in pieces; the status, and how many pieces were taken."""
    taken, sent = 0, []
    named = {"authorization": f"Bearer {service.tokens['admin']}", "content-type": "text/markdown", **headers}
    scope = {
        "type": "http",
        "method": "PUT",
        "path": f"{MAP}/days/4",
        "raw_path": f"{MAP}/days/4".encode(),
        "root_path": "",
        "query_string": b"",
        "headers": [(name.replace("_", "-").encode(), value.encode()) for name, value in named.items()],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
        "scheme": "http",
        "http_version": "1.1",
    }

    async def receive() -> Message:
        nonlocal taken
        taken += 1
        message = next(messages)
        if message["type"] == "wait":
            await asyncio.sleep(60)
        return message

    async def send(message: Message) -> None:
        sent.append(message)

    portal = service.client.portal
    assert portal is not None
    portal.call(service.app, scope, receive, send)
    return sent[0]["status"], taken


def test_a_large_body_is_refused_while_it_streams() -> None:
    with served(max_body=1000) as service:
        status, taken = call(service, chunks(*[b"x" * 400] * 1000))
        assert (status, taken) == (413, 3)
        assert call(service, chunks(b"x"), content_length="1001") == (413, 0)


def test_a_body_that_dawdles_is_given_up() -> None:
    def dawdling() -> Iterator[Message]:
        yield {"type": "http.request", "body": b"x", "more_body": True}
        yield {"type": "wait"}

    with served(body_seconds=0.05) as service:
        assert call(service, dawdling())[0] == 408


def test_a_client_that_goes_away_stores_nothing() -> None:
    with served() as service:
        gone: Iterator[Message] = iter(
            [*[{"type": "http.request", "body": b"#", "more_body": True}], {"type": "http.disconnect"}]
        )
        assert call(service, gone)[0] == 400
        assert service.get(MAP).status_code == 404


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({"Content_Encoding": "gzip"}, 415),
        ({"Content_Encoding": "identity"}, 201),
        ({"Content_Type": "text/markdown; charset=latin-1"}, 415),
        ({"Content_Type": 'text/markdown; charset="UTF-8"'}, 201),
        ({"Content_Type": "application/xml"}, 415),
        ({"Content_Type": "application/rdf+xml"}, 415),
        ({"Content_Type": ""}, 415),
    ],
)
def test_forms_and_encodings_of_bodies(headers: dict[str, str], status: int) -> None:
    with served() as service:
        body = gzip.compress(b"## Claim: A\n") if headers.get("Content_Encoding") == "gzip" else b"## Claim: A\n"
        sent = service.headers("admin", **{"Content_Type": "text/markdown", **headers})
        answer = service.client.put(f"{MAP}/days/2", content=body, headers=sent)
        assert answer.status_code == status, answer.text


def test_the_next_holder_of_a_name_is_not_answered_what_the_former_one_was() -> None:
    with served() as service:
        tokens = Tokens(service.atlas.ledger.log)
        body = {"nodes": [{"id": "yeast", "kind": "Concept", "label": "Yeast"}]}

        def send(token: str) -> httpx2.Response:
            headers = {"Authorization": f"Bearer {token}", "Idempotency-Key": "k1"}
            return service.client.post(f"{MAP}/days/1/nodes", json=body, headers=headers)

        first = tokens.create("ada", "append")
        assert "idempotency-replayed" not in send(first).headers
        assert send(first).headers["idempotency-replayed"] == "true"
        tokens.revoke("ada")
        answer = send(tokens.create("ada", "append"))
        assert (answer.status_code, "idempotency-replayed" in answer.headers) == (200, False)
        assert send(first).status_code == 401
