"""Stores as releases wrote them: `python tests/released.py PROGRAM STORE` makes one, and what its release answered.

PROGRAM is a release's own `conceptmap`; beside STORE (a file) comes STORE's `.json`, which the tests compare with
what is answered now.
"""

import contextlib
import http.client
import json
import os
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

Run = Callable[..., str]
"""Runs a command of the program and gives what it prints."""

PORT = 8417
FLOUR = "## Flour\nGround wheat.\n\n## Dough\nFlour and water.\n- requires:: [[Flour]]\n"
RISE = """## Yeast
Eats sugar.

## Fermentation
- requires:: [[Yeast]]

## Claim: Time beats kneading
- about:: [[Fermentation]]

## Evidence: A loaf rose overnight
- supports:: [[Time beats kneading]]
"""
LEAVES = "## Black tea\nOxidised leaves.\n\n## Green tea\nLeaves that were steamed.\n- contrasts with:: [[Black tea]]\n"
QUESTIONS = (
    ("bread", "what is Yeast?"),
    ("bread", "what does Fermentation require?"),
    ("bread", "what supports Time beats kneading?"),
    ("bread", "which concepts came on day 2?"),
    ("tea", "what is Green tea?"),
)
MAPS = ("bread", "tea", "milk")
KEYED = {"nodes": [{"id": "salt", "kind": "Concept", "label": "Salt", "text": "Slows the yeast."}]}
"""What was sent under the idempotency key `once`, by ben, to day 2."""


def make(run: Run, serve: Callable[[], Any], store: Path) -> dict[str, Any]:
    """Fill a new store through a release's commands and service; gives its tokens, and what a keyed write was told."""
    with TemporaryDirectory() as folder:
        write = _Notes(Path(folder), run)
        write("bread", 1, FLOUR)
        write("bread", 2, RISE)
        write("bread", 3, "## Oven\nHot and steamy.\n")
        write("bread", 2, RISE.replace("Eats sugar.", "A fungus that eats sugar."))
        write("tea", 1, LEAVES)
        write("milk", 1, "## Cream\nFloats.\n")
        tokens = {
            name: run("token", "create", "--name", name, "--scope", scope).strip()
            for name, scope in (("ada", "admin"), ("ben", "append"), ("cyd", "read"), ("dan", "append"))
        }
        with serve() as ask:
            ada, ben = tokens["ada"], tokens["ben"]
            _sent(ask, ben, "POST", "/maps/bread/days/2/nodes", _concept("poolish", "A wet starter."))
            _sent(ask, ben, "POST", "/maps/bread/days/2/nodes", _concept("biga", "A stiff starter."))
            starter = {"source": "poolish", "relation": "contrasts with", "target": "biga"}
            _sent(ask, ben, "POST", "/maps/bread/days/2/edges", {"edges": [starter]})
            keyed = _sent(ask, ben, "POST", "/maps/bread/days/2/nodes", KEYED, Idempotency_Key="once")
            _sent(ask, ben, "POST", "/maps/bread/days/2/nodes", _concept("poolish", "A starter as wet as batter."))
            _sent(ask, ada, "POST", "/maps/bread/days/3/nodes", _concept("steam", "Keeps the crust soft."))
            _sent(ask, ada, "POST", "/maps/tea/days/1/nodes", _concept("oolong", "Half oxidised."))
            _sent(ask, ada, "DELETE", "/maps/bread/days/3?part=day-03.md", None, If_Match="*")
            _sent(ask, ada, "DELETE", "/maps/milk", None, If_Match="*")
        run("--map", "bread", "revert", str(newest(store, "by:ben")))  # poolish has its first text again
        run("--map", "bread", "revert", str(newest(store, "day-02.md")))  # the first put of day 2 stands again
        run("--map", "bread", "revert", str(newest(store, "by:ada")))  # the part had nothing before it: it ends
        run("--map", "bread", "revert", str(newest(store, "day-02.md")))  # and the second once more
        run("token", "revoke", "dan")
    return {"tokens": tokens, "keyed": keyed}


def newest(store: Path, part: str) -> int:
    """The number of the newest entry of a part of the map `bread`."""
    with contextlib.closing(sqlite3.connect(store)) as raw:
        query = "SELECT max(sequence) FROM entries WHERE map = 'bread' AND part = ?"
        number: int = raw.execute(query, [part]).fetchone()[0]
        return number


def answers(run: Run, moments: list[str]) -> dict[str, Any]:
    """What the commands answer, by command line; `moments` are points of the map `bread` as `--at` takes them."""
    asked = [
        ("maps", "--json"),
        ("token", "list", "--json"),
        *(("--map", name, "history", "--json") for name in MAPS),
        *(("--map", name, "export") for name in MAPS),
        *(("--map", "bread", "export", "--as-of", str(day)) for day in range(4)),
        *(("--map", "bread", "export", "--at", moment) for moment in moments),
        *(("--map", "bread", "ask", "--json", question) for name, question in QUESTIONS if name == "bread"),
        *(("--map", "tea", "ask", "--json", question) for name, question in QUESTIONS if name == "tea"),
        ("--map", "bread", "ask", "--json", "--at", moments[1], "what is Yeast?"),
        ("--map", "bread", "show", "yeast", "--json", "--history"),
        ("--map", "bread", "diff", "1", "2", "--format", "json"),
    ]
    return {" ".join(words): json.loads(run(*words)) for words in asked}


def entries(store: Path) -> list[list[str | int | None]]:
    """The entries as they lie in the store: number, map, day, part, revision, author, time, form, bytes, document."""
    columns = "sequence, map, day, part, revision, author, time, media_type, hex(body), document"
    with contextlib.closing(sqlite3.connect(f"file:{store}?mode=ro", uri=True)) as raw:
        return [list(row) for row in raw.execute(f"SELECT {columns} FROM entries ORDER BY sequence")]


class _Notes:
    """Loads notes of a day under its file's name."""

    def __init__(self, folder: Path, run: Run) -> None:
        self._folder, self._run = folder, run

    def __call__(self, name: str, day: int, text: str) -> None:
        file = self._folder / f"day-{day:02}.md"
        file.write_text(f"---\nday: {day}\ncourse: {name}\n---\n{text}")
        self._run("--map", name, "load", str(file))
        file.unlink()


def _concept(name: str, text: str) -> dict[str, Any]:
    return {"nodes": [{"id": name, "kind": "Concept", "label": name.capitalize(), "text": text}]}


def _sent(ask: Any, token: str, method: str, path: str, body: Any, **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    if body is not None:
        named["Content-Type"] = "application/json"
    ask.request(method, path, body and json.dumps(body), {"Authorization": f"Bearer {token}", **named})
    response = ask.getresponse()
    said = json.loads(response.read())
    if response.status >= 300:
        raise RuntimeError(f"{method} {path}: {response.status} {said}")
    return said


def main(program: str, store: Path) -> None:
    """Make the store with a release's program, and write down what that answers."""
    url = {"CONCEPTMAP_STORE": f"sqlite:///{store}"}

    def run(*words: str) -> str:
        done = subprocess.run([program, *words], env={**os.environ, **url}, capture_output=True, text=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{words}: {done.stderr}")
        return done.stdout

    @contextlib.contextmanager
    def serve() -> Iterator[http.client.HTTPConnection]:
        process = subprocess.Popen([program, "serve", "--port", str(PORT)], env={**os.environ, **url})
        try:
            time.sleep(5)
            with contextlib.closing(http.client.HTTPConnection("127.0.0.1", PORT)) as ask:
                yield ask
        finally:
            process.terminate()
            process.wait()

    kept = make(run, serve, store)
    rows = entries(store)
    moments = [*[str(row[0]) for row in rows if row[1] == "bread"][1::3], str(rows[10][6])]
    kept |= {"moments": moments, "entries": rows, "answers": answers(run, moments)}
    with contextlib.closing(sqlite3.connect(store)) as raw:
        raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.with_suffix(".json").write_text(_lines(kept) + "\n", encoding="utf-8")


def _lines(value: Any, depth: int = 2) -> str:
    """JSON text of which each member, or entry, has a line."""
    if not depth or not isinstance(value, dict | list):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict):
        return "{\n" + ",\n".join(f"{json.dumps(key)}: {_lines(one, depth - 1)}" for key, one in value.items()) + "\n}"
    return "[\n" + ",\n".join(_lines(one, 0) for one in value) + "\n]"


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]).resolve())
