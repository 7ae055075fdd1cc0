"""The service for tests: on a store in memory, with tokens of every scope; and a real server on loopback."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Thread
from time import monotonic, sleep
from typing import Any

import httpx2
import uvicorn
from fastapi import FastAPI
from starlette.testclient import TestClient

from api.app import create_app
from api.serving import server_config
from api.settings import Settings
from conceptmap.atlas import Atlas, open_atlas
from graphs.tokens import Scope, Tokens

Json = dict[str, Any]
MAP = "/maps/bread"
NOTES = """---
title: Why bread rises
course: bread
---
## Fermentation
Yeast turns sugar into carbon dioxide and alcohol.
- requires:: [[Yeast]]

## Yeast
A fungus.
- kind:: Concept

## Claim: Time beats kneading
- about:: [[Fermentation]]
- Evidence:
  - Bakery: A no-knead dough rose as high after 18 hours

```
Yeast
│
└── Fermentation
```
"""


@dataclass
class Served:
    """A service, a client of it, and a token for each scope."""

    app: FastAPI
    atlas: Atlas
    client: TestClient
    tokens: dict[str, str] = field(default_factory=dict)

    def headers(self, scope: Scope = "admin", **more: str) -> dict[str, str]:
        """The headers of a request with the token of a scope; `_` in names stands for `-`."""
        named = {name.replace("_", "-"): value for name, value in more.items()}
        return {"Authorization": f"Bearer {self.tokens[scope]}", **named}

    def get(self, path: str, **options: Any) -> httpx2.Response:
        return self.client.get(path, **options)

    def put_notes(self, day: int, notes: str = NOTES, *, part: str = "", **headers: str) -> httpx2.Response:
        """Put notes with the admin's token."""
        query = f"?part={part}" if part else ""
        sent = self.headers("admin", Content_Type="text/markdown", **headers)
        return self.client.put(f"{MAP}/days/{day}{query}", content=notes.encode(), headers=sent)

    def append(self, day: int, kind: str, items: list[Json], query: str = "", **headers: str) -> httpx2.Response:
        """Append nodes or edges with the append token."""
        sent = self.headers("append", **headers)
        return self.client.post(f"{MAP}/days/{day}/{kind}{query}", json={kind: items}, headers=sent)


@contextmanager
def served(store: str = "sqlite://", named: str = "", **settings: Any) -> Iterator[Served]:
    """A service on a store, called in process; `named` is what its token holders' names begin with."""
    followed = {name: settings[name] for name in ("vocabulary", "replica", "replica_seconds") if name in settings}
    with open_atlas(store, **followed) as atlas:
        app = create_app(atlas, Settings(store=store, **settings))
        tokens = Tokens(atlas.ledger.log)
        made = {scope: tokens.create(f"{named}{scope}", scope) for scope in ("admin", "append", "read")}
        with TestClient(app, raise_server_exceptions=False) as client:
            yield Served(app, atlas, client, made)


@contextmanager
def running(app: FastAPI, **options: Any) -> Iterator[str]:
    """The app behind a real server on loopback, in a thread; gives its address. The options are those of uvicorn."""
    config = server_config(app, app.state.service.settings, log_level="error", **options)
    server = uvicorn.Server(config)
    bound = socket.socket()
    bound.bind(("127.0.0.1", 0))
    bound.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    thread = Thread(target=server.run, kwargs={"sockets": [bound]})
    thread.start()
    until = monotonic() + 10
    while not server.started and thread.is_alive() and monotonic() < until:
        sleep(0.01)
    try:
        yield f"http://127.0.0.1:{bound.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        bound.close()
