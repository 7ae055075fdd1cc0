"""No client holds the service: connections are counted, looked at and ended, and the log does not grow with them."""

import json
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from api.observe import configure_logging
from api.repeats import WRITTEN, RepeatFilter
from api.wire import connections, protocol
from api.wire.by_h11 import H11Wire
from servers import Server, new_token, serving
from services import Served, running, served
from wires import Wire, asked

GET = b"GET /health/live HTTP/1.1\r\nHost: a\r\n\r\n"
HALF = b"GET /health/live HTTP/1.1\r\nHost: a\r\nX: "
SLOW_BODY = (
    b"POST /maps/bread/sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\n"
    b"Content-Length: 99\r\n\r\nA"
)
LARGE = "x" * 20_000


@pytest.fixture(params=["httptools", "h11"])
def parser(request: pytest.FixtureRequest) -> Any:
    """Each of the parsers."""
    if request.param == "httptools":
        pytest.importorskip("httptools", reason="there is no wheel of it for this Python")
        return protocol()
    return H11Wire


@pytest.fixture(autouse=True)
def looking_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """Connections of this process are looked at ten times as often, so that no test waits for it."""
    monkeypatch.setattr(connections, "SECOND", 0.1)


@contextmanager
def limited(parser: Any, **settings: Any) -> Iterator[tuple[Served, int]]:
    """A real server with these settings, and its port."""
    with served(write_rate=0, **settings) as one, running(one.app, http=parser) as address:
        yield one, int(str(urlsplit(address).port))


def until(what: Callable[[], bool], seconds: float = 20) -> bool:
    """Whether it becomes true; it is tried again and again."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if what():
            return True
        time.sleep(0.1)
    return False


def ended(one: Served, why: str) -> float:
    """How many connections were ended for a reason."""
    wanted = f'conceptmap_connections_ended_total{{why="{why}"}}'
    lines = one.get("/metrics").text.splitlines()
    return sum(float(line.split()[-1]) for line in lines if line.startswith(wanted))


def test_a_half_sent_head_is_told_that_it_took_too_long(parser: Any) -> None:
    with limited(parser, head_seconds=0.5) as (one, port), Wire(port) as wire:
        wire.send(HALF)
        reply = wire.reply()
        assert (reply.status, reply.ended) == (408, True)
        assert b"the head of the request took more than 0.5 s" in reply.data
        assert ended(one, "head") == 1


def test_a_head_that_drips_takes_no_longer(parser: Any) -> None:
    def dripped() -> bool:
        wire.send(b"a")
        return ended(one, "head") == 1

    with limited(parser, head_seconds=0.5) as (one, port), Wire(port) as wire:
        wire.send(HALF)
        assert until(dripped)
        assert wire.reply().statuses in ([408], [])


def test_a_connection_that_says_nothing_is_ended(parser: Any) -> None:
    with limited(parser, head_seconds=0.5) as (_, port), Wire(port) as wire:
        reply = wire.reply()
        assert (reply.statuses, reply.ended) == ([], True)


def test_a_connection_that_asks_no_more_is_ended(parser: Any) -> None:
    with limited(parser, idle_seconds=1) as (_, port), Wire(port) as wire:
        wire.send(GET)
        assert wire.reply(answers=1).status == 200
        assert wire.reply().ended


def test_a_second_request_has_as_long_as_the_first(parser: Any) -> None:
    with limited(parser, head_seconds=0.5) as (_, port), Wire(port) as wire:
        wire.send(GET)
        assert wire.reply(answers=1).status == 200
        wire.send(HALF)
        assert wire.reply().status == 408


def test_a_body_that_drips_ends_in_time(parser: Any) -> None:
    with limited(parser, body_seconds=0.5) as (_, port), Wire(port) as wire:
        wire.send(SLOW_BODY)
        assert wire.reply(answers=1).status == 408


def test_a_body_that_nobody_reads_does_not_keep_the_connection(parser: Any) -> None:
    with limited(parser, head_seconds=0.5, idle_seconds=1) as (_, port), Wire(port) as wire:
        wire.send(b"GET /health/live HTTP/1.1\r\nHost: a\r\nContent-Length: 1000000\r\n\r\n")
        assert wire.reply(answers=1).status == 200
        for _ in range(100):
            wire.send(b"a")
            if wire.reply(0.1).ended:
                return
        raise AssertionError("the connection is held")


def test_an_answer_that_is_not_taken_is_given_up() -> None:
    with limited(protocol(), answer_seconds=0.5, idle_seconds=1) as (one, port):
        nodes = [{"kind": "Concept", "label": f"N{number}", "text": LARGE} for number in range(400)]
        assert one.append(1, "nodes", nodes).status_code == 201
        with Wire(port, window=4096) as wire:
            wire.send(b"GET /maps/bread/export.trig HTTP/1.1\r\nHost: a\r\n\r\n")
            assert until(lambda: ended(one, "answer") == 1)
            assert not wire.reply(2, answers=1).data.endswith(b"}")


def test_an_answer_that_is_taken_slowly_arrives() -> None:
    with limited(protocol(), answer_seconds=1, idle_seconds=1) as (one, port):
        nodes = [{"kind": "Concept", "label": f"N{number}", "text": LARGE} for number in range(400)]
        assert one.append(1, "nodes", nodes).status_code == 201
        whole = asked(port, b"GET /maps/bread/export.trig HTTP/1.1\r\nHost: a\r\n\r\n").data
        with Wire(port) as wire:
            wire.send(b"GET /maps/bread/export.trig HTTP/1.1\r\nHost: a\r\n\r\n")
            taken = b""
            while len(taken) < len(whole):
                piece = wire.socket.recv(1_500_000)
                assert piece, f"{len(taken)} of {len(whole)} bytes"
                taken += piece
                time.sleep(0.2)
        assert taken[-1000:] == whole[-1000:]


@pytest.mark.parametrize("sent", [b"", HALF, GET], ids=["nothing", "half a head", "a request"])
def test_connections_that_wait_make_room_for_one_that_asks(parser: Any, sent: bytes) -> None:
    with limited(parser, connections=5) as (one, port), ExitStack() as held:
        for _ in range(5):
            held.enter_context(Wire(port)).send(sent)
        assert until(lambda: asked(port, GET).statuses == [200], 10)
        assert ended(one, "room") >= 1


def test_where_all_are_in_use_a_new_one_is_told_so_with_when_to_come_again(parser: Any) -> None:
    with limited(parser, connections=5) as (one, port), ExitStack() as held:
        for _ in range(5):
            held.enter_context(Wire(port)).send(SLOW_BODY)
        time.sleep(0.2)
        reply = asked(port, GET, answers=None)
        assert (reply.status, reply.ended) == (503, True)
        assert b"\r\nretry-after: 1\r\n" in reply.data
        assert b"application/problem+json" in reply.data
        assert ended(one, "limit") >= 1


def test_the_address_with_most_connections_makes_room() -> None:
    with limited(protocol(), connections=6, body_seconds=60) as (one, port), ExitStack() as held:
        one.put_notes(1)
        mine = held.enter_context(Wire(port, "127.0.0.2"))
        mine.send(SLOW_BODY)
        for _ in range(5):
            held.enter_context(Wire(port)).send(SLOW_BODY)
        assert until(lambda: asked(port, GET).statuses == [200], 20)
        assert ended(one, "room") >= 1
        mine.send(b"SK {}" + b" " * 93)
        assert mine.reply(answers=1).status == 200


# --- The program


def appended(server: Server, node: str) -> bool:
    """Whether a write was acknowledged; it may be told to come again."""
    return server.append("bread", 1, node).status in (200, 201)


@pytest.mark.parametrize("options", [(), ("--workers", "2")], ids=["one process", "two"])
def test_with_256_descriptors_300_connections_stop_nobody(tmp_path: Path, options: tuple[str, ...]) -> None:
    store = f"sqlite:///{tmp_path}/store.db"
    token = new_token(store, "ada", "append")
    with ExitStack() as held:
        server = held.enter_context(serving(store, tmp_path, *options, token=token, descriptors="256"))
        for number in range(300):
            held.enter_context(Wire(server.port)).send(HALF if number % 2 else b"")
        for number in range(4):
            assert until(lambda: asked(server.port, GET).statuses == [200])
            assert until(partial(appended, server, f"n-{number}"))
        assert not [line for line in server.lines() if line["level"] == "error"]
        assert server.log.stat().st_size < 100_000


# --- Lines that repeat


def record(text: str, *given: object, name: str = "uvicorn.error", level: int = logging.WARNING) -> logging.LogRecord:
    return logging.LogRecord(name, level, __file__, 1, text, given, None)


def test_of_lines_that_repeat_the_first_are_written_and_the_others_counted() -> None:
    told: list[logging.LogRecord] = []
    repeats = RepeatFilter(told.append)
    passed = [repeats.filter(record("no %s", number)) for number in range(1000)]
    assert passed == [True] * WRITTEN + [False] * (1000 - WRITTEN)
    assert repeats.filter(record("another"))
    repeats.tell()
    (line,) = told
    assert line.getMessage() == "no 999 (the last of 995 more such lines that were counted)"
    assert (line.levelno, line.__dict__["repeated"]) == (logging.WARNING, 995)
    assert repeats.filter(record("no %s", 1))


def test_lines_for_requests_are_all_written() -> None:
    repeats = RepeatFilter(lambda _: None)
    assert all(repeats.filter(record("answered", name="conceptmap.access", level=logging.INFO)) for _ in range(100))


def test_kinds_of_lines_without_end_take_no_memory_without_end() -> None:
    told: list[logging.LogRecord] = []
    repeats = RepeatFilter(told.append)
    passed = [repeats.filter(record(f"line {number}")) for number in range(10_000)]
    assert 500 <= sum(passed) <= 510
    repeats.tell()
    assert sum(line.__dict__["repeated"] for line in told) == passed.count(False)


def test_what_was_counted_is_told_at_the_end(capsys: pytest.CaptureFixture[str]) -> None:
    before, level = logging.root.handlers[:], logging.root.level
    try:
        configure_logging("info")
        for _ in range(20):
            logging.getLogger("conceptmap.connections").warning("again")
        for handler in logging.root.handlers:
            handler.close()
    finally:
        logging.root.handlers[:] = before
        logging.root.setLevel(level)
    lines = [json.loads(line) for line in capsys.readouterr().err.splitlines()]
    assert [line.get("repeated") for line in lines] == [None] * WRITTEN + [20 - WRITTEN]
