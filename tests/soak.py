"""Long trials of a running service, by hand: `make soak` (`python tests/soak.py [NAME]... [--rounds N] [--minutes N]`).

Each says what it found and ends with an error where a promise was broken.
"""

import argparse
import itertools
import json
import logging
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing, contextmanager
from http.client import HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import quote

import httpx2

from clusters import Node, cluster_folder, pair, pgbouncer, wait_until
from conceptmap.atlas import open_atlas
from gaps import probing
from graphs.log import open_log
from mutated_queries import LIMITS, PIECES, SEEDS, WAYS, changed
from servers import Server, new_token, serving
from test_api_loop import READS, bodies, documents
from wires import Wire
from writers import started

CLIENTS = 8
MOST_CUTS = 20
"""Power cuts of a trial: each takes some seconds, and the store grows from one to the next."""
LARGE = 3_000
"""Nodes of one day, on which each reader and writer of the trial of waits works for some seconds."""
MOST_FAILOVERS = 5
"""Failovers of a trial: each takes a new pair of servers, and some fifteen seconds."""
GONE = (OSError, HTTPException)
QUESTIONS = ("what supports c-1-1?", "what is c-2-2?", "what leads to c-3-3?", "which concepts came on day 1?")


def killed(folder: Path, rounds: int, _minutes: float) -> None:
    """SIGKILL in the middle of appends: every acknowledged node is there, the store opens, no entry is damaged."""
    store = f"sqlite:///{folder}/killed.db"
    token = new_token(store, "ada", "append")
    acknowledged: set[str] = set()
    for number in range(rounds):
        with (
            serving(store, folder, token=token, write_rate="0", log_level="error") as server,
            ThreadPoolExecutor(4) as pool,
        ):
            writers = [pool.submit(_append_until_gone, server, f"r{number}-{one}") for one in range(4)]
            time.sleep(random.uniform(0.05, 0.4))
            server.kill()
            for writer in writers:
                acknowledged |= writer.result()
        with closing(open_log(store)) as log:
            log.verify()
            stored = {node.id for entry in log.entries("soak") if entry.document for node in entry.document.nodes}
        _require(acknowledged <= stored, f"round {number}: {len(acknowledged - stored)} acknowledged nodes are gone")
    print(f"killed: {rounds} rounds, {len(acknowledged)} acknowledged appends, none lost, every digest right")


def full(folder: Path, _rounds: int, _minutes: float) -> None:
    """A full disk: 507, reads go on, writes too once there is room, without a restart. Needs root, to mount 8 MB."""
    disk = folder / "disk"
    with _small_disk(disk):
        store = f"sqlite:///{disk}/full.db"
        token = new_token(store, "ada", "append")
        with serving(store, folder, token=token, write_rate="0", log_level="error") as server:
            _require(server.append("soak", 1, "first").status < 300, "the first append failed")
            ballast = disk / "ballast"
            _fill(ballast)
            statuses = Counter(server.append("soak", 2 + one, f"n-{one}").status for one in range(300))
            _require(507 in statuses and set(statuses) <= {200, 201, 507}, f"a full disk was answered {statuses}")
            _require(server.ask("/maps/soak/nodes/first").status == 200, "reading stopped on a full disk")
            _require(server.ask("/health/ready").status == 200, "a full disk made the service unready")
            ballast.unlink()
            _require(server.append("soak", 900, "last").status < 300, "writing did not go on when there was room")
        with closing(open_log(store)) as log:
            log.verify()
    print(f"full: {statuses[507]} appends were answered 507, reads went on, writes went on once there was room")


def mixed(folder: Path, _rounds: int, minutes: float) -> None:
    """Eight clients that read, ask, draw, query and write: no error, and memory is flat after the first quarter."""
    store = f"sqlite:///{folder}/mixed.db"
    token = new_token(store, "ada", "append")
    with serving(store, folder, token=token, write_rate="0", log_level="error") as server:
        for number in range(40):
            server.append("soak", 1 + number % 5, f"c-{number % 7}-{number % 5}")
        stop = time.monotonic() + minutes * 60
        counts: Counter[tuple[str, int]] = Counter()
        lock, sizes = threading.Lock(), []
        with ThreadPoolExecutor(CLIENTS) as pool:
            clients = [pool.submit(_use, server, one, stop, counts, lock) for one in range(CLIENTS)]
            while time.monotonic() < stop:
                sizes.append(_memory(server.process.pid))
                time.sleep(min(2.0, minutes * 3))
            for client in clients:
                client.result()
    bad = {what: count for what, count in counts.items() if what[1] >= 400}
    quarter = sizes[len(sizes) // 4]
    print(
        f"mixed: {sum(counts.values())} requests of {CLIENTS} clients in {minutes:g} min; "
        f"MB: {sizes[0] >> 20} at first, {quarter >> 20} after a quarter, {sizes[-1] >> 20} at the end"
    )
    _require(not bad, f"errors: {bad}")
    _require(sizes[-1] < quarter * 1.25 + 20_000_000, "memory grows")


def together(folder: Path, rounds: int, _minutes: float) -> None:
    """Eight writers on one day, through two workers: nothing is lost."""
    store = f"sqlite:///{folder}/together.db"
    tokens = [new_token(store, f"w{one}", "append") for one in range(CLIENTS)]
    with serving(store, folder, "--workers", "2", write_rate="0", log_level="error") as server:
        start = time.monotonic()
        with ThreadPoolExecutor(CLIENTS) as pool:
            jobs = [
                pool.submit(_append_many, Server(server.process, server.port, server.log, token), f"w{one}", rounds)
                for one, token in enumerate(tokens)
            ]
            wanted = {node for job in jobs for node in job.result()}
        seconds = time.monotonic() - start
        found = {node["id"] for node in server.ask("/maps/soak/days/1").json["nodes"]}
    _require(wanted <= found, f"{len(wanted - found)} of {len(wanted)} nodes are gone")
    print(f"together: {len(wanted)} appends by {CLIENTS} writers on one day in {seconds:.1f} s, none lost")


def cut(folder: Path, rounds: int, _minutes: float) -> None:
    """Power cuts: what a disk holds at a moment opens without alarm, with every entry acknowledged. Needs root."""
    disk, mounted = folder / "disk.img", folder / "disk"
    mounted.mkdir()
    with disk.open("wb") as file:
        file.truncate(96 << 20)
    subprocess.run(["mkfs.ext4", "-q", disk], check=True)
    store, told = f"sqlite:///{mounted}/cut.db", _Told()
    logging.getLogger("graphs").addHandler(told)
    acknowledged: set[tuple[str, int]] = set()
    cuts = min(rounds, MOST_CUTS)
    for number in range(cuts):
        left = folder / "left.img"
        with _loop_disk(disk, mounted):
            running = [(name, started(store, name, f"{part}.md")) for part, name in enumerate(("one", "two", "two"))]
            said = [(name, writer.stdout.readline()) for name, writer in running if writer.stdout]
            time.sleep(random.uniform(0.3, 6))  # the system itself writes what is not waited for every five seconds
            for _, writer in running:
                writer.send_signal(signal.SIGSTOP)
            subprocess.run(["cp", "--sparse=always", disk, left], check=True)
            for name, writer in running:
                writer.kill()
                said += [(name, line) for line in writer.communicate()[0].splitlines()]
        acknowledged |= {(name, int(line)) for name, line in said if line.strip()}
        left.replace(disk)
        with _loop_disk(disk, mounted), closing(open_log(store)) as log:
            log.verify()
            stored = {(name, entry.sequence) for name in log.maps() for entry in log.entries(name)}
        _require(acknowledged <= stored, f"round {number}: {sorted(acknowledged - stored)[:9]} are gone")
        _require(not told.lines, f"round {number}: {told.lines}")
    print(f"cut: {cuts} power cuts, {len(acknowledged)} acknowledged entries, none lost, no alarm, no warning")


def mutated(folder: Path, _rounds: int, minutes: float) -> None:
    """SPARQL that is changed at random: every answer is one, or says what is wrong; only limits end in 503."""
    store = f"sqlite:///{folder}/mutated.db"
    token = new_token(store, "ada", "append")
    counts: Counter[int] = Counter()
    with serving(store, folder, token=token, sparql_seconds="1", log_level="error") as server:
        server.append("soak", 1, "yeast")
        stop = time.monotonic() + minutes * 60
        while time.monotonic() < stop:
            changes = [
                (random.randrange(60), random.choice(WAYS), random.choice(PIECES)) for _ in range(random.randrange(9))
            ]
            text = changed(random.choice(SEEDS), changes, random.choice((" ", "", "\r\n")))
            answer = server.ask("/maps/soak/sparql", "POST", text.encode(), Content_Type="application/sparql-query")
            counts[answer.status] += 1
            is_limit = any(one.encode() in answer.body for one in LIMITS)
            _require(answer.status < 500 or is_limit, f"{answer.status} {answer.body!r} for {text!r}")
    print(f"mutated: {counts.total()} queries, {dict(sorted(counts.items()))}, each told as what it is")


def pooled(folder: Path, rounds: int, _minutes: float) -> None:
    """Eight writers through two workers and a PgBouncer that has four connections to give: nothing is lost."""
    with cluster_folder() as place:
        node = Node(place)
        try:
            node.start()
            node.new_database("maps")
            with pgbouncer(node, pool=4) as port:
                _write_pooled(f"postgresql+psycopg://postgres@127.0.0.1:{port}/maps", folder, rounds)
        finally:
            node.stop()


def _write_pooled(store: str, folder: Path, rounds: int) -> None:
    token = new_token(store, "ada", "append")
    with (
        serving(store, folder, "--workers", "2", token=token, write_rate="0", log_level="error") as server,
        ThreadPoolExecutor(CLIENTS) as pool,
    ):
        jobs = [pool.submit(_append_many, server, f"p{one}", rounds) for one in range(CLIENTS)]
        wanted = {node for job in jobs for node in job.result()}
        found = {node["id"] for node in server.ask("/maps/soak/days/1").json["nodes"]}
    _require(wanted <= found, f"{len(wanted - found)} of {len(wanted)} nodes are gone")
    print(f"pooled: {len(wanted)} appends by {CLIENTS} writers through PgBouncer, none failed, none lost")


def failover(folder: Path, rounds: int, _minutes: float) -> None:
    """A primary is killed under load and its standby promoted: nothing acknowledged is lost, nothing is restarted."""
    told: list[float] = []
    acknowledged = 0
    failovers = min(rounds, MOST_FAILOVERS)
    for _ in range(failovers):
        with pair(synchronous=True) as (primary, standby):
            primary.new_database("maps")
            store = f"postgresql+psycopg://postgres@127.0.0.1:{primary.port},127.0.0.1:{standby.port}/maps"
            token = new_token(store, "ada", "append")
            with (
                serving(store, folder, "--workers", "2", token=token, write_rate="0", log_level="error") as server,
                ThreadPoolExecutor(CLIENTS) as pool,
            ):
                stop, written = threading.Event(), list[tuple[str, float]]()
                writers = [
                    pool.submit(_append_whatever_comes, server, f"w{one}", stop, written) for one in range(CLIENTS)
                ]
                wait_until(lambda: len(written) > 50)  # noqa: B023 (it is waited for here)
                primary.kill()
                killed_at = time.monotonic()
                time.sleep(1)  # until somebody finds out
                standby.promote()
                wait_until(lambda: max(at for _, at in written) > killed_at + 2)  # noqa: B023 (likewise)
                stop.set()
                for writer in writers:
                    writer.result()
                _require(server.process.poll() is None, "the service ended")
                told.append(min(at for _, at in written if at > killed_at) - killed_at)
                _find_each_once(store, {node for node, _ in written})
                acknowledged += len(written)
    print(
        f"failover: {failovers} primaries killed under load, {acknowledged} acknowledged appends, none lost, none "
        f"done twice; the next one after {min(told):.1f} to {max(told):.1f} s, of which 1 s until the promotion"
    )


def behind(folder: Path, _rounds: int, minutes: float) -> None:
    """Readers at a replica that pauses and dies while others write: no read fails, none is older than is set."""
    most = 3
    with pair() as (primary, standby):
        store = primary.new_database("maps").replace("postgresql:", "postgresql+psycopg:")
        replica = standby.url("maps")
        token = new_token(store, "ada", "append")
        settings = {"replica": replica, "replica_seconds": str(most), "log_level": "error"}
        wait_until(lambda: standby.ask("SELECT 1 FROM pg_database WHERE datname = 'maps'"))
        with (
            serving(store, folder, "--workers", "2", **settings) as server,
            serving(store, folder, token=token, write_rate="0", log_level="error") as other,
            ThreadPoolExecutor(CLIENTS) as pool,
        ):
            stop, written, seen = threading.Event(), [("", 0.0)], list[tuple[int, float]]()
            jobs = [pool.submit(_append_counting, other, stop, written)]
            jobs += [pool.submit(_read_behind, server, stop, written, seen) for _ in range(CLIENTS - 1)]
            until = time.monotonic() + min(60, minutes * 60)
            while time.monotonic() < until:
                time.sleep(4)
                standby.ask("SELECT pg_wal_replay_pause()")
                time.sleep(2 * most)
                standby.ask("SELECT pg_wal_replay_resume()")
                time.sleep(4)
                standby.kill()
                time.sleep(3)
                standby.start()
            stop.set()
            for job in jobs:
                job.result()
    near = [late for age, late in seen if age]
    _require(bool(near) and len(near) < len(seen), "not both the replica and the primary were read")
    print(
        f"behind: {len(seen)} reads, {len(near)} of them at the replica, none failed; what was read there was up to "
        f"{max(near):.1f} s behind what was acknowledged, and none more than it said"
    )


def _append_counting(server: Server, stop: threading.Event, written: list[tuple[str, float]]) -> None:
    for number in itertools.count(1):
        if stop.is_set():
            return
        answer = server.append("soak", 1, f"n-{number}")
        _require(answer.status in (200, 201), f"an append was answered {answer.status}: {answer.body[:300]!r}")
        written.append((f"n-{number}", time.monotonic()))
        time.sleep(0.05)


def _read_behind(
    server: Server, stop: threading.Event, written: list[tuple[str, float]], seen: list[tuple[int, float]]
) -> None:
    """Read as anybody does; note how old the answer may be, and for how long the first that it lacks was there."""
    while not stop.is_set():
        began = time.monotonic()
        answer = server.ask("/maps/soak/days/1")
        if len(written) < 3:
            continue
        _require(answer.status == 200, f"a read was answered {answer.status}: {answer.body[:300]!r}")
        found = {node["id"] for node in answer.json["nodes"]}
        age = int(answer.headers.get("age", 0))
        late = max((began - at for node, at in list(written)[1:] if node not in found and at < began), default=0.0)
        _require(late <= age, f"an answer that says it is {age} s old lacks what was acknowledged {late:.1f} s before")
        seen.append((age, late))


def _append_whatever_comes(server: Server, name: str, stop: threading.Event, written: list[tuple[str, float]]) -> None:
    """Append until told to stop, each until it is acknowledged, under a key; notes the nodes, and when they were."""
    for number in itertools.count():
        node = f"{name}-{number}"
        said = json.dumps({"nodes": [{"id": node, "kind": "Concept", "label": node}]}).encode()
        path, kind = f"/maps/soak/days/{number % 7}/nodes", "application/json"
        while (answer := server.ask(path, "POST", said, Content_Type=kind, Idempotency_Key=node)).status != 201:
            _require(answer.status == 503, f"an append was answered {answer.status}: {answer.body[:300]!r}")
            if stop.is_set():
                return
            time.sleep(0.05)
        written.append((node, time.monotonic()))
        if stop.is_set():
            return


def _find_each_once(store: str, wanted: set[str]) -> None:
    with closing(open_log(store)) as log:
        log.verify()
        found = Counter(node.id for entry in log.entries("soak") if entry.document for node in entry.document.nodes)
    _require(wanted <= found.keys(), f"{len(wanted - found.keys())} acknowledged nodes are gone")
    twice = [node for node in wanted if found[node] > 1]
    _require(not twice, f"done twice: {sorted(twice)[:9]}")


def held(folder: Path, _rounds: int, minutes: float) -> None:
    """With 256 descriptors, 300 connections that are idle, half-sent, slow or not read: everybody else is answered."""
    for workers in ("1", "2"):
        store = f"sqlite:///{folder}/held-{workers}.db"
        token = new_token(store, "ada", "append")
        stop = time.monotonic() + minutes * 30
        waits, statuses, acknowledged = [], Counter[int](), set[str]()
        with serving(
            store, folder, "--workers", workers, token=token, descriptors="256", log_level="warning"
        ) as server:
            for number in range(40):
                acknowledged |= _acknowledged(server, f"c-{number}", statuses)
            with ThreadPoolExecutor(4) as pool:
                holders = [pool.submit(_hold, server.port, stop, 75, kind) for kind in range(4)]
                for number in itertools.count():
                    if time.monotonic() > stop:
                        break
                    began = time.monotonic()
                    acknowledged |= _acknowledged(server, f"n-{number}", statuses)
                    waits.append(time.monotonic() - began)
                    time.sleep(0.1)
                for holder in holders:
                    holder.result()
            size = server.log.stat().st_size
            server.process.terminate()
            _require(server.process.wait(60) == 0, "SIGTERM did not end it with 0")
        with closing(open_log(store)) as log:
            log.verify()
            stored = {node.id for entry in log.entries("soak") if entry.document for node in entry.document.nodes}
        _require(acknowledged <= stored, f"{len(acknowledged - stored)} acknowledged nodes are gone")
        print(
            f"held: {workers} workers, {sum(statuses.values())} appends beside 300 connections: {dict(statuses)} "
            f"(0: reset); longest {max(waits):.2f} s; the log has {size / 1000:.0f} kB; none lost"
        )
        _require(len(acknowledged) == 40 + len(waits), "others were held off")
        _require(size < 200_000 * max(minutes, 1), "the log grows without end")


def _acknowledged(server: Server, node: str, statuses: Counter[int]) -> set[str]:
    """Append a node, coming again after a second as `Retry-After` says, ten times at most; the node if it is there."""
    for _ in range(10):
        try:
            status = server.append("soak", 1, node, timeout=20).status
        except GONE:
            status = 0
        statuses[status] += 1
        if status in (200, 201):
            return {node}
        time.sleep(1)
    return set()


def _hold(port: int, stop: float, count: int, kind: int) -> None:
    """Keep so many connections of a kind that asks for nothing, or does not take what it asked for."""
    begin = (
        b"",
        b"GET /maps HTTP/1.1\r\nHost: a\r\nX: ",
        b"POST /maps/soak/sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\n"
        b"Content-Length: 9999\r\n\r\n",
        b"GET /maps/soak/export.trig HTTP/1.1\r\nHost: a\r\n\r\n" * 50,
    )[kind]
    wires: list[Wire] = []
    while time.monotonic() < stop:
        while len(wires) < count:
            wires.append(Wire(port, window=4096))
            wires[-1].send(begin)
        for wire in wires:
            if kind in (1, 2):
                wire.send(b"a")
        gone = [wire for wire in wires if kind != 3 and wire.reply(0.001).ended]
        for wire in gone:
            wire.socket.close()
        wires = [wire for wire in wires if wire not in gone]
        if kind == 3 and wires:
            wires.pop(0).socket.close()
        time.sleep(0.2)
    for wire in wires:
        wire.socket.close()


def free(folder: Path, _rounds: int, _minutes: float) -> None:
    """Somebody reads or sends what is large: health is told within 200 ms all the while (the least of three tries)."""
    store = f"sqlite:///{folder}/free.db"
    token = new_token(store, "ada")
    with open_atlas(store) as atlas:
        atlas["bread"].replace(documents(LARGE))
    longest: dict[str, float] = {}
    with serving(store, folder, cache_bytes="0", write_rate="0", log_level="error") as server:
        time.sleep(10)  # until the maps are warm
        sent = {"Authorization": f"Bearer {token}"}
        requests: list[tuple[str, str, Any]] = [("GET", path, {}) for path in [*READS, "/diagram.png", "/page"]]
        for line, body in bodies(LARGE // 2).items():
            method, path = line.split()
            requests.append((method, path, body))
        with (
            probing(server.port) as gaps,
            httpx2.Client(base_url=f"http://127.0.0.1:{server.port}", timeout=120) as client,
        ):
            for method, path, body in requests:
                tries = []
                for _ in range(3):
                    gaps.longest()
                    more = {**body, "headers": {**body.get("headers", {}), **(sent if method != "GET" else {})}}
                    client.request(method, f"/maps/bread{path}", **more)
                    tries.append(gaps.longest())
                longest[f"{method} {path}"] = min(tries)
    what, most = max(longest.items(), key=lambda one: one[1])
    print(f"free: {len(longest)} requests on {LARGE:,} nodes; health waited {most * 1000:.0f} ms at most ({what})")
    _require(most < 0.2, f"{[(name, round(gap, 3)) for name, gap in longest.items() if gap >= 0.2]}")


TRIALS: dict[str, Callable[[Path, int, float], None]] = {
    "killed": killed,
    "cut": cut,
    "full": full,
    "together": together,
    "mixed": mixed,
    "held": held,
    "mutated": mutated,
    "free": free,
    "pooled": pooled,
    "failover": failover,
    "behind": behind,
}


def _append_until_gone(server: Server, name: str) -> set[str]:
    """Append one node after another until the server is gone; those that it acknowledged."""
    acknowledged: set[str] = set()
    for number in itertools.count():
        try:
            answer = server.append("soak", number % 7, f"{name}-{number}", timeout=10)
        except GONE:
            return acknowledged
        _require(answer.status in (200, 201), f"an append was answered {answer.status}: {answer.body[:300]!r}")
        acknowledged.add(f"{name}-{number}")
    raise AssertionError


def _append_many(server: Server, name: str, count: int) -> list[str]:
    for number in range(count):
        answer = server.append("soak", 1, f"{name}-{number}")
        _require(answer.status in (200, 201), f"an append was answered {answer.status}: {answer.body[:300]!r}")
    return [f"{name}-{number}" for number in range(count)]


def _use(server: Server, own: int, stop: float, counts: Counter[tuple[str, int]], lock: threading.Lock) -> None:
    chance = random.Random(own)
    number = 0
    while time.monotonic() < stop:
        number += 1
        what, path = chance.choice(
            [
                ("ask", f"/maps/soak/ask?q={quote(chance.choice(QUESTIONS))}"),
                ("node", f"/maps/soak/nodes/c-{chance.randrange(7)}-{chance.randrange(5)}"),
                ("nodes", f"/maps/soak/nodes?limit={chance.randrange(1, 50)}"),
                ("days", "/maps/soak/days"),
                ("svg", "/maps/soak/diagram.svg?focus=c-1-1"),
                ("sparql", "/maps/soak/sparql?query=" + quote("SELECT * { ?s ?p ?o } LIMIT 20")),
                ("append", ""),
            ]
        )
        label = f"c-{chance.randrange(7)}-{chance.randrange(5)}"
        answer = server.ask(path) if path else server.append("soak", 1 + number % 5, label)
        is_missing = answer.status == 404 and what in ("node", "svg")  # a node that nobody has appended yet
        with lock:
            counts[what, 200 if is_missing else answer.status] += 1


class _Told(logging.Handler):
    """What was warned of."""

    def __init__(self) -> None:
        super().__init__()
        self.lines: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep it."""
        self.lines.append(record.getMessage())


@contextmanager
def _loop_disk(image: Path, folder: Path) -> Iterator[None]:
    if os.geteuid() != 0:
        raise SystemExit("the trial of power cuts mounts images of disks, and so needs root")
    subprocess.run(["mount", "-o", "loop", image, folder], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


@contextmanager
def _small_disk(folder: Path) -> Iterator[None]:
    folder.mkdir()
    if os.geteuid() != 0:
        raise SystemExit("the trial of a full disk mounts a small one, and so needs root")
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", folder], check=True)
    try:
        yield
    finally:
        subprocess.run(["umount", folder], check=True)


def _fill(file: Path) -> None:
    """Write until the disk is full."""
    with file.open("wb", buffering=0) as ballast:
        for size in (1 << 16, 1 << 12, 1):
            try:
                while True:
                    ballast.write(b"x" * size)
            except OSError:
                continue


def _memory(leader: int) -> int:
    """The resident bytes of a process and those that it started."""
    children = Path(f"/proc/{leader}/task/{leader}/children").read_text().split()
    own = int(Path(f"/proc/{leader}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
    total = own
    for child in children:
        try:
            total += _memory(int(child))
        except (FileNotFoundError, ProcessLookupError):
            continue
    return total


def _require(holds: bool, what: str) -> None:
    if not holds:
        raise SystemExit(f"BROKEN: {what}")


def main() -> None:
    """Run the trials that were named, or all."""
    parser = argparse.ArgumentParser(prog="make soak", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(TRIALS)}")
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--minutes", type=float, default=10)
    chosen = parser.parse_args()
    for name in chosen.names or TRIALS:
        with TemporaryDirectory(prefix="conceptmap-soak-") as folder:
            TRIALS[name](Path(folder), chosen.rounds, chosen.minutes)
            sys.stdout.flush()


if __name__ == "__main__":
    main()
