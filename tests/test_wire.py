"""HTTP/1.1 over the wire: what could be read in two ways is refused, by both parsers alike; answers keep order."""

import gzip
import json
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest

from api.errors import ApiError
from api.wire import protocol
from api.wire.by_h11 import H11Wire
from api.wire.heads import checked_target
from services import MAP, Served, running, served
from wires import Wire, asked

GET = b"GET /health/live HTTP/1.1\r\nHost: a\r\n"
POST = b"POST /maps/bread/sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\n"
CHUNKED = POST + b"Transfer-Encoding: chunked\r\n"
QUERY = b"ASK {}"

TAKEN = {
    "a request": GET + b"\r\n",
    "empty lines before it": b"\r\n\r\n" + GET + b"\r\n",
    "an absolute address": b"GET http://maps.example/health/live HTTP/1.1\r\nHost: maps.example\r\n\r\n",
    "an absolute address with a port": b"GET https://maps.example:8443/health/live?a=b HTTP/1.1\r\nHost: x\r\n\r\n",
    "an empty Host": b"GET /health/live HTTP/1.1\r\nHost:\r\n\r\n",
    "a Host with a port": b"GET /health/live HTTP/1.1\r\nHost: [::1]:8000\r\n\r\n",
    "Latin letters in a value": GET + b"X: caf\xe9\r\n\r\n",
    "a long address": b"GET /health/live?" + b"a" * 50_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n",
    "many fields": GET + b"".join(b"X-%d: a\r\n" % one for one in range(90)) + b"\r\n",
    "a body where none is read": GET + b"Content-Length: 5\r\n\r\nhello",
    "chunks": CHUNKED + b"\r\n3\r\nASK\r\n3\r\n {}\r\n0\r\n\r\n",
    "extensions of chunks": CHUNKED + b'\r\n6;a=b;c="d;e"\r\nASK {}\r\n0;x\r\n\r\n',
    "trailers": CHUNKED + b"\r\n6\r\nASK {}\r\n0\r\nAuthorization: Bearer x\r\n\r\n",
    "an upgrade that is not done": GET + b"Connection: upgrade\r\nUpgrade: websocket\r\n\r\n",
    "HTTP/2 offered": GET + b"Connection: Upgrade, HTTP2-Settings\r\nUpgrade: h2c\r\nHTTP2-Settings: AA\r\n\r\n",
}

REFUSED = {
    "two lengths of the body": (
        400,
        POST + b"Content-Length: 6\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + GET + b"\r\n",
    ),
    "two lengths, the other way": (400, CHUNKED + b"Content-Length: 6\r\n\r\n0\r\n\r\n" + GET + b"\r\n"),
    "chunks in HTTP/1.0": (400, b"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    "another coding": (501, POST + b"Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n"),
    "a coding that is none": (501, POST + b"Transfer-Encoding: identity\r\n\r\n"),
    "a coding that is nearly chunked": (501, POST + b"Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
    "the coding twice": (400, CHUNKED + b"Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
    "the length twice": (400, POST + b"Content-Length: 6\r\nContent-Length: 6\r\n\r\nASK {}"),
    "two different lengths": (400, POST + b"Content-Length: 6\r\nContent-Length: 5\r\n\r\nASK {}"),
    "a list of lengths": (400, POST + b"Content-Length: 6, 6\r\n\r\nASK {}"),
    "a length with a sign": (400, POST + b"Content-Length: +6\r\n\r\nASK {}"),
    "a length below nothing": (400, POST + b"Content-Length: -6\r\n\r\nASK {}"),
    "a length in hexadecimal": (400, POST + b"Content-Length: 0x6\r\n\r\nASK {}"),
    "a length without end": (400, POST + b"Content-Length: " + b"9" * 30 + b"\r\n\r\nASK {}"),
    "bare line feeds": (400, b"GET /health/live HTTP/1.1\nHost: a\n\n"),
    "a bare line feed after the request line": (400, b"GET /health/live HTTP/1.1\nHost: a\r\n\r\n"),
    "a bare line feed after a field": (400, GET + b"X: a\nY: b\r\n\r\n"),
    "a bare line feed at the end": (400, GET + b"\n"),
    "a bare line feed before all": (400, b"\n" + GET + b"\r\n"),
    "a bare carriage return": (400, GET + b"X: a\rY: b\r\n\r\n"),
    "a bare line feed after a chunk's size": (400, CHUNKED + b"\r\n6\nASK {}\r\n0\r\n\r\n"),
    "a bare line feed after a chunk": (400, CHUNKED + b"\r\n6\r\nASK {}\n0\r\n\r\n"),
    "a bare line feed in an extension": (400, CHUNKED + b"\r\n6;a=\nb\r\nASK {}\r\n0\r\n\r\n"),
    "a bare carriage return in an extension": (400, CHUNKED + b"\r\n6;a=\rb\r\nASK {}\r\n0\r\n\r\n"),
    "a bare line feed in trailers": (400, CHUNKED + b"\r\n6\r\nASK {}\r\n0\r\nX: a\n\r\n"),
    "a chunk's size with a sign": (400, CHUNKED + b"\r\n+6\r\nASK {}\r\n0\r\n\r\n"),
    "a chunk's size with a space": (400, CHUNKED + b"\r\n6 \r\nASK {}\r\n0\r\n\r\n"),
    "a chunk's size without end": (400, CHUNKED + b"\r\nffffffffffffffffffff\r\nASK {}\r\n0\r\n\r\n"),
    "a chunk that is longer than it says": (400, CHUNKED + b"\r\n3\r\nASK {}\r\n0\r\n\r\n"),
    "a folded line": (400, GET + b"X: a\r\n b\r\n\r\n"),
    "NUL in a value": (400, GET + b"X: a\0b\r\n\r\n"),
    "NUL in a name": (400, GET + b"X\0: a\r\n\r\n"),
    "NUL in the address": (400, b"GET /health\0 HTTP/1.1\r\nHost: a\r\n\r\n"),
    "a control character": (400, GET + b"X: a\x01b\r\n\r\n"),
    "a space before a colon": (400, GET + b"X : a\r\n\r\n"),
    "a field without a colon": (400, GET + b"X\r\n\r\n"),
    "a field without a name": (400, GET + b": a\r\n\r\n"),
    "no Host": (400, b"GET /health/live HTTP/1.1\r\n\r\n"),
    "two Hosts": (400, GET + b"Host: b\r\n\r\n"),
    "a Host that is none": (400, b"GET /health/live HTTP/1.1\r\nHost: a/b@c\r\n\r\n"),
    "many more fields": (431, GET + b"".join(b"X-%d: a\r\n" % one for one in range(200)) + b"\r\n"),
    "a flood of fields": (431, GET + b"".join(b"X-%d: a\r\n" % one for one in range(50_000)) + b"\r\n"),
    "a giant value": (431, GET + b"X: " + b"a" * 500_000 + b"\r\n\r\n"),
    "a giant address": (414, b"GET /" + b"a" * 500_000 + b" HTTP/1.1\r\nHost: a\r\n\r\n"),
    "two spaces": (400, b"GET  /health/live HTTP/1.1\r\nHost: a\r\n\r\n"),
    "tabs": (400, b"GET\t/health/live\tHTTP/1.1\r\nHost: a\r\n\r\n"),
    "letters that are no ASCII in the address": (400, b"GET /maps/\xc3\xa9 HTTP/1.1\r\nHost: a\r\n\r\n"),
    "a fragment": (400, b"GET /health/live#x HTTP/1.1\r\nHost: a\r\n\r\n"),
    "an address without a slash": (400, b"GET health/live HTTP/1.1\r\nHost: a\r\n\r\n"),
    "an address of another scheme": (400, b"GET ftp://a/health/live HTTP/1.1\r\nHost: a\r\n\r\n"),
    "an address with a password": (400, b"GET http://u:p@a/health/live HTTP/1.1\r\nHost: a\r\n\r\n"),
    "a star": (400, b"GET * HTTP/1.1\r\nHost: a\r\n\r\n"),
    "a tunnel": (501, b"CONNECT a:80 HTTP/1.1\r\nHost: a\r\n\r\n"),
    "a method that nobody knows": (501, b"FROB / HTTP/1.1\r\nHost: a\r\n\r\n"),
    "a method in small letters": (501, b"get / HTTP/1.1\r\nHost: a\r\n\r\n"),
    "HTTP/0.9": (400, b"GET /health/live\r\n\r\n"),
    "HTTP/1.2": (400, b"GET /health/live HTTP/1.2\r\nHost: a\r\n\r\n"),
    "HTTP/2": (505, b"GET /health/live HTTP/2.0\r\nHost: a\r\n\r\n"),
    "the preface of HTTP/2": (505, b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    "TLS": (400, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"a" * 50),
    "bytes": (400, b"\0\1\2\r\n\r\n"),
}


@pytest.fixture(scope="module", params=["httptools", "h11"])
def service(request: pytest.FixtureRequest) -> Iterator[tuple[Served, int]]:
    """A real server with each of the parsers, and its port."""
    if request.param == "httptools":
        pytest.importorskip("httptools", reason="there is no wheel of it for this Python")
    parser = protocol() if request.param == "httptools" else H11Wire
    with served(write_rate=0) as one, running(one.app, http=parser) as address:
        assert one.put_notes(1).status_code == 201
        yield one, int(str(urlsplit(address).port))


@pytest.fixture
def port(service: tuple[Served, int]) -> int:
    return service[1]


@pytest.mark.parametrize("sent", TAKEN.values(), ids=TAKEN)
def test_what_is_clear_is_answered_and_the_connection_stays(port: int, sent: bytes) -> None:
    reply = asked(port, sent + GET + b"\r\n", answers=2)
    assert (reply.statuses, reply.ended) == ([200, 200], False)


@pytest.mark.parametrize(("status", "sent"), REFUSED.values(), ids=REFUSED)
def test_what_is_not_clear_is_refused_as_a_problem_and_ends_the_connection(port: int, status: int, sent: bytes) -> None:
    reply = asked(port, sent, answers=None)
    assert (reply.statuses, reply.ended) == ([status], True)
    head, _, body = reply.data.partition(b"\r\n\r\n")
    assert b"content-type: application/problem+json" in head
    assert b"connection: close" in head
    assert json.loads(body)["status"] == status


@pytest.mark.parametrize("step", [1, 7])
@pytest.mark.parametrize(
    "what", ["a request", "chunks", "extensions of chunks", "trailers", "a body where none is read"]
)
def test_a_request_may_come_in_pieces(port: int, what: str, step: int) -> None:
    sent = TAKEN[what]
    with Wire(port) as wire:
        for at in range(0, len(sent), step):
            wire.send(sent[at : at + step])
        assert wire.reply(answers=1).status == 200


@pytest.mark.parametrize(
    "what",
    [one for one in REFUSED if "giant" not in one and "flood" not in one and one not in ("tabs", "TLS", "two spaces")],
)
def test_what_is_refused_is_refused_in_pieces_too(port: int, what: str) -> None:
    status, sent = REFUSED[what]
    with Wire(port) as wire:
        for at in range(0, len(sent), 5):
            wire.send(sent[at : at + 5])
        reply = wire.reply()
    assert set(reply.statuses) <= {status, 400}
    assert reply.statuses != [200]


# --- One after the other on a connection


def test_answers_come_in_the_order_of_requests(port: int) -> None:
    paths = [b"/maps/bread/nodes/yeast", b"/health/live", b"/nothing", b"/maps/bread/export.trig", b"/health/ready"] * 6
    reply = asked(port, b"".join(b"GET %s HTTP/1.1\r\nHost: a\r\n\r\n" % one for one in paths), answers=len(paths))
    assert reply.statuses == [200, 200, 404, 200, 200] * 6


def test_a_write_before_garbage_is_answered_as_what_it_did(service: tuple[Served, int]) -> None:
    one, port = service
    body = json.dumps({"nodes": [{"kind": "Concept", "label": "Rye"}]}).encode()
    write = (
        f"POST {MAP}/days/2/nodes HTTP/1.1\r\nHost: a\r\nAuthorization: Bearer {one.tokens['append']}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    reply = asked(port, write.encode() + body + b"GARBAGE\r\n\r\n", answers=None)
    assert reply.statuses in ([201, 400], [200, 400])
    assert reply.ended


def test_a_body_that_breaks_is_told_to_the_one_that_sent_it(port: int) -> None:
    reply = asked(port, GET + b"\r\n" + CHUNKED + b"\r\n6\r\nASK {}\r\nno\r\n" + GET + b"\r\n", answers=None)
    assert (reply.statuses, reply.ended) == ([200, 400], True)


def test_after_an_answer_that_is_the_last_nothing_is_done(port: int) -> None:
    reply = asked(port, GET + b"Connection: close\r\n\r\n" + GET + b"\r\n", answers=None)
    assert (reply.statuses, reply.ended) == ([200], True)


def test_a_thousand_requests_at_once_are_answered_or_the_connection_ends(port: int) -> None:
    reply = asked(port, (GET + b"\r\n") * 1000, answers=1000)
    assert reply.statuses in ([200] * 1000, [*[200] * reply.statuses.count(200), 429])
    assert reply.statuses.count(200) >= 100


# --- HTTP/1.0


@pytest.mark.parametrize("path", ["/maps/bread/nodes/yeast", "/maps/bread/export.trig", "/nothing"])
def test_http_1_0_gets_no_chunks_and_the_connection_ends(port: int, path: str) -> None:
    reply = asked(port, f"GET {path} HTTP/1.0\r\nConnection: keep-alive\r\n\r\n".encode(), answers=None)
    assert len(reply.statuses) == 1
    assert reply.ended
    assert b"transfer-encoding" not in reply.data.lower()


def test_a_streamed_answer_to_http_1_0_ends_with_the_connection(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("api.service.STREAMED", 0)
    head = b"GET /maps/bread/export.trig?as_of=%d HTTP/1.%d\r\nHost: a\r\nConnection: close\r\n%s\r\n"
    old = asked(port, head % (1, 0, b""), answers=None).data.partition(b"\r\n\r\n")
    new = asked(port, head % (1, 1, b""), answers=None).data.partition(b"\r\n\r\n")
    packed = asked(port, head % (1, 0, b"Accept-Encoding: gzip\r\n"), answers=None).data.partition(b"\r\n\r\n")
    assert b"transfer-encoding: chunked" in new[0].lower()
    assert b"transfer-encoding" not in old[0].lower()
    assert old[2].rstrip().endswith(b"}")
    assert old[2] in (new[2], gzip.decompress(packed[2])) or b"".join(new[2].split(b"\r\n")[1::2]) == old[2]
    assert asked(port, b"HEAD" + head[3:] % (1, 0, b""), answers=None).data.endswith(b"\r\n\r\n")


# --- Heads as values


@pytest.mark.parametrize(
    ("target", "path"),
    [(b"/a", b"/a"), (b"http://a", b"/"), (b"HTTP://a:80/b?c", b"/b?c"), (b"http://a?b", b"/?b"), (b"//b/c", b"//b/c")],
)
def test_an_address_is_taken_with_or_without_the_machine(target: bytes, path: bytes) -> None:
    assert checked_target(b"GET", target, "1.1", [(b"host", b"a")]) == path


@pytest.mark.parametrize("host", [b"a b", b"a,b", b"a\x00", b"\xff", b"a/", b"[", b"a:b", b"a" * 300])
def test_a_host_that_is_none_is_refused(host: bytes) -> None:
    with pytest.raises(ApiError, match="no name of a machine"):
        checked_target(b"GET", b"/", "1.1", [(b"host", host)])
