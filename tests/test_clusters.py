"""A store on PostgreSQL as it is run in earnest: behind PgBouncer, and on a primary with a standby that takes over."""

import re
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import uuid4

import psycopg
import pytest

from clusters import Node, cluster_folder, pair, pgbouncer, wait_until
from conceptmap.atlas import Atlas, open_atlas
from graphs.log import Behind, Log, open_log
from graphs.rates import open_rates
from graphs.statements import OLD, SCHEMA_VERSION, TABLES, Statement
from machine import need_postgres
from ontology.errors import StoreCorrupted, StoreUnavailable
from services import MAP, served
from test_log import put, write

Nodes = tuple[Node, Node]


@pytest.fixture(scope="module")
def node() -> Iterator[Node]:
    need_postgres()
    with cluster_folder() as folder:
        node = Node(folder)
        try:
            node.start()
            yield node
        finally:
            node.stop()


@pytest.fixture(scope="module")
def pooler(node: Node) -> Iterator[int]:
    """The port of PgBouncer, which has two connections to the server for all its clients."""
    with pgbouncer(node, pool=2) as port:
        yield port


@pytest.fixture
def nodes() -> Iterator[Nodes]:
    """A primary, and a standby that has on disk what the primary acknowledges; to be killed."""
    need_postgres()
    with pair(synchronous=True) as nodes:
        yield nodes


@pytest.fixture(scope="module")
def steady_nodes() -> Iterator[Nodes]:
    """The same, which stay as they are."""
    need_postgres()
    with pair(synchronous=True) as nodes:
        yield nodes


def new_store(node: Node, port: int | None = None) -> str:
    name = f"maps_{uuid4().hex}"
    return node.new_database(name).replace(f":{node.port}/", f":{port or node.port}/")


def of_both(nodes: Nodes, name: str) -> str:
    """The URL of a database that names both hosts."""
    hosts = ",".join(f"127.0.0.1:{node.port}" for node in nodes)
    return f"postgresql://postgres@{hosts}/{name}"


def put_until_done(log: Log, number: int, map: str = "bread") -> None:
    for _ in range(100):
        try:
            put(log, write(part=f"{number}.md"), map=map)
            return
        except Behind:
            continue
    raise AssertionError


# --- PgBouncer


def test_writers_behind_a_pooler_of_transactions_lose_nothing(node: Node, pooler: int) -> None:
    with closing(open_log(new_store(node, pooler))) as log:
        with ThreadPoolExecutor(6) as pool:
            list(pool.map(lambda number: put_until_done(log, number), range(60)))
        log.verify()
        assert log.last("bread") == 60


def test_a_map_is_read_and_asked_behind_a_pooler(node: Node, pooler: int, tmp_path: Path) -> None:
    with open_atlas(new_store(node, pooler)) as atlas:
        put(atlas.ledger.log, write())
        assert atlas["bread"].node("Yeast").label == "Yeast"
        assert atlas.back_up(tmp_path / "copy.db") == 1
        atlas.tokens.create("ada", "append")
        assert [grant.name for grant in atlas.tokens.grants()] == ["ada"]


def test_a_lock_behind_a_pooler_is_waited_for_no_longer_than_is_set(node: Node, pooler: int) -> None:
    store = new_store(node, pooler)
    with (
        closing(open_log(store, timeout=0.2)) as log,
        closing(psycopg.connect(store.replace(str(pooler), str(node.port)))) as other,
    ):
        put(log, write())
        other.execute("SELECT last FROM maps FOR UPDATE")
        with pytest.raises(StoreUnavailable, match="locked by another writer"):
            put(log, write(text="Again."))
        other.rollback()
        assert put(log, write(text="Again."))


# --- A standby


def test_after_a_failover_all_that_was_acknowledged_is_there_and_writing_goes_on(nodes: Nodes) -> None:
    primary, standby = nodes
    primary.new_database("maps")
    with open_atlas(of_both(nodes, "maps")) as atlas:
        log = atlas.ledger.log
        for number in range(5):
            put_until_done(log, number)
        assert len(atlas["bread"].view().parts()) == 5
        primary.kill()
        with pytest.raises(StoreUnavailable):
            put(log, write(part="5.md"))
        standby.promote()
        wait_until(lambda: _writes(log))
        assert len(atlas["bread"].view().parts()) == log.last("bread") == 6
        log.verify()
        with closing(open_log(of_both(nodes, "maps"))) as again:
            assert again.witness == log.witness


def _writes(log: Log) -> bool:
    try:
        put(log, write(part="5.md"))
    except StoreUnavailable:
        return False
    return True


def test_a_standby_is_told_from_a_primary(steady_nodes: Nodes) -> None:
    primary, standby = steady_nodes
    store = new_store(primary)
    with closing(open_log(store)) as log:
        put(log, write())
    name = store.rpartition("/")[2]
    wait_until(lambda: standby.ask(f"SELECT 1 FROM pg_database WHERE datname = '{name}'"))
    with closing(open_log(standby.url(name))) as log, pytest.raises(StoreUnavailable, match="so it is a standby"):
        put(log, write(text="Again."))


def test_a_write_of_which_the_standby_heard_nothing_is_not_acknowledged(steady_nodes: Nodes) -> None:
    primary, standby = steady_nodes
    with closing(open_log(new_store(primary))) as log, ThreadPoolExecutor(1) as pool:
        put(log, write())
        rates = open_rates(log)
        standby.stop()
        assert rates.take("ada", 1.0, 1.0) == 0.0  # which waits for nobody
        waiting = "SELECT pg_cancel_backend(pid) FROM pg_stat_activity WHERE wait_event = 'SyncRep'"
        writing = pool.submit(put, log, write(text="Again."))
        wait_until(lambda: primary.ask(waiting))
        with pytest.raises(StoreUnavailable, match="has not confirmed that the write is on all disks"):
            writing.result()
    standby.start()


def test_what_an_asynchronous_standby_never_got_is_missed_not_written_over(nodes: Nodes) -> None:
    primary, standby = nodes
    primary.configure(synchronous_standby_names="")
    primary.new_database("maps")
    wait_until(lambda: primary.ask("SHOW synchronous_standby_names") == [("",)])
    with open_atlas(of_both(nodes, "maps")) as atlas:
        log = atlas.ledger.log
        for number in range(3):
            put_until_done(log, number)
        wait_until(lambda: standby.ask("SELECT datname FROM pg_database WHERE datname = 'maps'") == [("maps",)])
        wait_until(lambda: standby.ask("SELECT last FROM maps", "maps") == [(3,)])
        standby.kill()
        put_until_done(log, 3)
        assert len(atlas["bread"].view().parts()) == 4
        primary.kill()
        standby.start()
        standby.promote()
        wait_until(lambda: standby.ask("SELECT pg_is_in_recovery()") == [(False,)])
        with pytest.raises(StoreCorrupted, match="entry 4 of map 'bread' is missing"):
            atlas["bread"].view()
        with closing(open_log(standby.url("maps"), check=False)) as other:  # which never saw what is gone
            put_until_done(other, 8)
            put_until_done(other, 9)
        with pytest.raises(StoreCorrupted, match="entry 4 of map 'bread' is missing"):
            atlas["bread"].view()


# --- A read replica


@pytest.fixture
def followed(steady_nodes: Nodes) -> Iterator[tuple[str, str]]:
    """The URLs of a new store and of its replica, which goes on afterwards if it was told to pause."""
    primary, standby = steady_nodes
    store = new_store(primary)
    yield store, store.replace(str(primary.port), str(standby.port))
    standby.ask("SELECT pg_wal_replay_resume()")


def pause(standby: Node) -> None:
    """Let it go on receiving, so that the primary need not wait, but show nothing new."""
    standby.ask("SELECT pg_wal_replay_pause()")
    wait_until(lambda: standby.ask("SELECT pg_get_wal_replay_pause_state()") == [("paused",)])


def follows(atlas: Atlas) -> bool:
    return atlas.near().age is not None


def test_a_reading_is_as_old_as_it_says_and_what_this_process_wrote_is_in_it(
    steady_nodes: Nodes, followed: tuple[str, str]
) -> None:
    store, replica = followed
    with open_atlas(store) as other, open_atlas(store, replica=replica, replica_seconds=60) as atlas:
        put(other.ledger.log, write(part="1.md"))
        wait_until(lambda: follows(atlas) and len(atlas.near()["bread"].view().parts()) == 1)
        age = atlas.near().age
        assert age is not None and 0 <= age < 60
        pause(steady_nodes[1])
        put(other.ledger.log, write(part="2.md"))
        near = atlas.near()
        assert (len(near["bread"].view().parts()), near.age is None) == (1, False)
        assert len(atlas["bread"].view().parts()) == 2
        assert len(atlas.near()["bread"].view().parts()) == 2, "it goes back"
        assert atlas.near()["bread"].hold().parts_of(1, "2.md").newest == 2
        put(atlas.ledger.log, write(part="3.md"))
        near = atlas.near()
        assert (len(near["bread"].view().parts()), near.age) == (3, None)


def test_a_replica_that_is_too_far_behind_or_away_is_not_asked(steady_nodes: Nodes, followed: tuple[str, str]) -> None:
    (_, standby), (store, replica) = steady_nodes, followed
    with open_atlas(store) as other, open_atlas(store, replica=replica, replica_seconds=1.5) as atlas:
        put(other.ledger.log, write(part="1.md"))
        wait_until(lambda: follows(atlas))
        pause(standby)
        put(other.ledger.log, write(part="2.md"))
        wait_until(lambda: not follows(atlas))
        assert len(atlas.near()["bread"].view().parts()) == 2
        standby.ask("SELECT pg_wal_replay_resume()")
        wait_until(lambda: follows(atlas))
        near = atlas.near()
        standby.stop()
        assert (len(near["bread"].view().parts()), near.age) == (2, None)
        assert not follows(atlas)
        standby.start()
        wait_until(lambda: follows(atlas))


def test_over_http_who_cannot_write_reads_at_the_replica(steady_nodes: Nodes, followed: tuple[str, str]) -> None:
    store, replica = followed
    with served(store, replica=replica, replica_seconds=60) as service, open_atlas(store) as other:
        assert service.append(1, "nodes", [{"id": "yeast", "kind": "Concept", "label": "Yeast"}]).status_code == 201
        wait_until(lambda: "age" in service.get("/maps").headers)
        for path in ("/maps", f"{MAP}/history", f"{MAP}/nodes/yeast", f"{MAP}/export.json"):
            assert int(service.get(path).headers["age"]) <= 60
            assert "age" not in service.get(path, headers=service.headers("append")).headers
            assert "age" in service.get(path, headers=service.headers("read")).headers
        pause(steady_nodes[1])
        put(other.ledger.log, write(part="2.md"))
        assert service.get(f"{MAP}/days").json() != service.get(f"{MAP}/days", headers=service.headers()).json()
        assert service.append(3, "nodes", [{"id": "rye", "kind": "Concept", "label": "Rye"}]).status_code == 201
        answer = service.get(f"{MAP}/nodes/rye")
        assert (answer.status_code, "age" in answer.headers) == (200, False)


def test_another_store_is_no_replica(steady_nodes: Nodes, node: Node) -> None:
    store, other = new_store(steady_nodes[0]), new_store(node)
    for url, text in ((store, "One."), (other, "Another.")):
        with closing(open_log(url)) as log:
            put(log, write(text=text))
    with pytest.raises(StoreUnavailable, match="is no replica of"):
        open_atlas(store, replica=other)
    with pytest.raises(StoreUnavailable, match="only a store on PostgreSQL has"):
        open_atlas("sqlite://", replica=other)


def test_an_atlas_on_a_server_that_is_restarted_goes_on(node: Node) -> None:
    with open_atlas(new_store(node)) as atlas:
        put(atlas.ledger.log, write())
        node.stop()
        with pytest.raises(StoreUnavailable):
            atlas["bread"].view()
        node.start()
        assert atlas["bread"].size == 1


# --- Spread over machines by the map

SPREAD = ("maps", "entries", "answers")
"""Tables that would be distributed by their column `map`; the others are small, and would be on every machine."""
OF_ALL_MAPS = {
    Statement.MAPS,
    Statement.ANSWERS,
    Statement.FORGET_ALL_OLD_ANSWERS,
    Statement.FORGET_ALL_ANSWERS_TO,
}
"""Statements that ask every machine: the list of maps, a backup, a sweep once an hour, and the end of a token."""


def spread_store(node: Node) -> str:
    """A store whose tables are partitioned by the map, as a distributed engine would spread them."""
    store = new_store(node)
    with closing(psycopg.connect(store, autocommit=True)) as connection:
        for text in TABLES:
            name = text.split()[2]
            made = text.removesuffix(" WITHOUT ROWID").replace(" BLOB", " BYTEA")
            by = " PARTITION BY HASH (map)" if name in SPREAD and text.startswith("CREATE TABLE") else ""
            connection.execute(f"{made}{by}".encode())
            for rest in range(4) if by else ():
                part = f"CREATE TABLE {name}_{rest} PARTITION OF {name} FOR VALUES WITH (MODULUS 4, REMAINDER {rest})"
                connection.execute(part.encode())
        connection.execute(f"INSERT INTO store VALUES ({SCHEMA_VERSION})".encode())
    return store


def partitions(connection: "psycopg.Connection[Any]", statement: Statement) -> Counter[str]:
    """How many partitions of each table the server would ask for a statement on one map."""
    values = {name: VALUES.get(name, 1) for name in re.findall(r":(\w+)", statement)}
    text = re.sub(r":(\w+)", r"%(\1)s", statement.value)
    (plan,), *_ = psycopg.ClientCursor(connection).execute(f"EXPLAIN (FORMAT JSON) {text}".encode(), values).fetchall()
    asked = set(re.findall(rf"'Relation Name': '((?:{'|'.join(SPREAD)})_\d)'", str(plan)))
    return Counter(name.rpartition("_")[0] for name in asked)


VALUES: dict[str, Any] = {
    **dict.fromkeys(("map", "part", "time", "author", "key", "kind", "answer", "reader", "root"), "a"),
    **dict.fromkeys(("media_type", "document", "erased"), "a"),
    "after": 0,
    "before": "9",  # a number, or a time
    **dict.fromkeys(("digest", "chain", "body", "nothing", "request"), b"a"),
}


@pytest.mark.parametrize(
    "statement", [one for one in Statement if re.search(rf"\b({'|'.join(SPREAD)})\b", one) and OLD not in one]
)
def test_a_statement_on_a_map_asks_the_machine_of_that_map_alone(spread: str, statement: Statement) -> None:
    with closing(psycopg.connect(spread)) as connection:
        asked = partitions(connection, statement)
    if statement in OF_ALL_MAPS:
        assert max(asked.values()) == 4
    elif not statement.startswith("INSERT"):  # which goes where its row belongs
        assert set(asked.values()) == {1}


@pytest.fixture(scope="module")
def spread(node: Node) -> str:
    return spread_store(node)


def test_a_store_that_is_spread_by_the_map_is_one(spread: str, tmp_path: Path) -> None:
    with open_atlas(spread) as atlas:
        for name in ("bread", "tea", "rice", "salt", "soup"):
            put(atlas.ledger.log, write(), map=name)
        assert atlas.living_maps() == ["bread", "rice", "salt", "soup", "tea"]
        atlas.verify()
        assert atlas.back_up(tmp_path / "copy.db") == 5
