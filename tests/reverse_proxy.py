"""A small reverse proxy as one before the service: it shows it under a prefix, and notes what is asked elsewhere."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

HOP_BY_HOP = frozenset(("connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade", "content-length"))


@dataclass
class ReverseProxy:
    """A proxy that runs: where it is, under which prefix it shows the service, and what was asked for elsewhere."""

    prefix: str
    upstream: int
    strips: bool
    says: bool
    port: int = 0
    outside: list[str] = field(default_factory=list)

    @property
    def address(self) -> str:
        """Where the service is for clients of the proxy."""
        return f"http://127.0.0.1:{self.port}{self.prefix}"


@contextmanager
def proxying(upstream: int, prefix: str, *, strips: bool = True, says: bool = True) -> Iterator[ReverseProxy]:
    """Run a proxy before the service at a port.

    It takes the prefix off a path, or leaves it there (`strips`), and says in headers who asks, where and under which
    prefix (`says`), or nothing.
    """
    proxy = ReverseProxy(prefix, upstream, strips, says)

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, *_: object) -> None:
            pass

        def do_GET(self) -> None:
            _pass_on(self, proxy)

        do_HEAD = do_PUT = do_POST = do_DELETE = do_OPTIONS = do_GET

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        proxy.port = server.server_address[1]
        thread = Thread(target=server.serve_forever)
        thread.start()
        try:
            yield proxy
        finally:
            server.shutdown()
            thread.join()


def _pass_on(client: BaseHTTPRequestHandler, proxy: ReverseProxy) -> None:
    if client.path != proxy.prefix and not client.path.startswith((f"{proxy.prefix}/", f"{proxy.prefix}?")):
        proxy.outside.append(client.path)
        client.send_error(418, "outside of the prefix")
        return
    path = client.path.removeprefix(proxy.prefix) if proxy.strips else client.path
    headers = {name: value for name, value in client.headers.items() if name.lower() not in HOP_BY_HOP}
    if proxy.says:
        headers |= {
            "X-Forwarded-For": client.client_address[0],
            "X-Forwarded-Proto": "http",
            "X-Forwarded-Host": client.headers["Host"],
            "X-Forwarded-Prefix": proxy.prefix,
        }
    headers["Host"] = "inner.example"
    body = client.rfile.read(int(client.headers.get("Content-Length", 0)))
    with closing(HTTPConnection("127.0.0.1", proxy.upstream, timeout=30)) as connection:
        connection.request(client.command, path or "/", body or None, headers)
        answer = connection.getresponse()
        data = answer.read()
    client.send_response(answer.status)
    for name, value in answer.getheaders():
        if name.lower() not in HOP_BY_HOP | {"date", "server"}:
            client.send_header(name, value)
    client.send_header("Content-Length", str(len(data)))
    client.end_headers()
    if client.command != "HEAD":
        client.wfile.write(data)
