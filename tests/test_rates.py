"""Rates: counted together by all who share a store, in a file or in a table."""

import fcntl
import json
import os
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphs.log import open_log
from graphs.rates import GROUPS, MAX_CLIENTS, PLACES, OwnRates, Rates, moved_on, open_rates
from servers import Answer, Server, new_token, serving

HOUR = 3600.0
"""Seconds that each request takes: within a test nothing is free again."""


@pytest.fixture(params=["memory", "sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "postgresql":
        store: str = request.getfixturevalue("postgres_store")
        return store
    return "sqlite://" if request.param == "memory" else f"sqlite:///{tmp_path}/store.db"


@pytest.fixture
def rates(url: str) -> Iterator[Rates]:
    with closing(open_log(url)) as log, closing(open_rates(log)) as rates:
        yield rates


def test_so_many_at_once_and_no_more_for_each_client(rates: Rates) -> None:
    waits = [rates.take("ada", HOUR, 3 * HOUR) for _ in range(5)]
    assert waits[:3] == [0.0] * 3
    assert waits[3:] == pytest.approx([HOUR, HOUR], abs=60)
    assert rates.take("bob", HOUR, 3 * HOUR) == 0.0


def test_what_is_free_again_may_be_taken(rates: Rates) -> None:
    assert [rates.take("ada", 1e-9, 1e-9) for _ in range(5)] == [0.0] * 5


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_all_who_share_a_store_count_together(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> None:
    url = request.getfixturevalue("postgres_store") if kind == "postgresql" else f"sqlite:///{tmp_path}/store.db"
    with (
        closing(open_log(url)) as log,
        closing(open_log(url)) as other,
        closing(open_rates(log)) as one,
        closing(open_rates(other)) as two,
        ThreadPoolExecutor(8) as pool,
    ):
        waits = list(pool.map(lambda number: (one, two)[number % 2].take("ada", HOUR, 20 * HOUR), range(60)))
        assert Counter(wait == 0.0 for wait in waits) == {True: 20, False: 40}


@given(steps=st.lists(st.floats(0, 5), max_size=40), burst=st.integers(1, 5))
def test_no_more_than_the_rate_and_what_may_come_at_once(steps: list[float], burst: int) -> None:
    now, busy, taken = 1e9, 0.0, 0
    for step in steps:
        now += step
        busy, wait = moved_on(busy, now, 1.0, float(burst))
        taken += wait == 0.0
    assert taken <= burst + sum(steps) + 0.1


def test_a_clock_that_was_wrong_shuts_nobody_out_for_long() -> None:
    assert moved_on(busy=1e12, now=100.0, each=1.0, most=3.0) == (103.0, 1.0)


def test_clients_are_forgotten_in_order() -> None:
    rates = OwnRates(clock=lambda: 0.0)
    assert [rates.take("ada", 1.0, 1.0) for _ in range(2)] == [0.0, 1.0]
    for number in range(MAX_CLIENTS):
        rates.take(str(number), 1.0, 1.0)
    assert rates.take("ada", 1.0, 1.0) == 0.0


def test_the_file_does_not_grow_with_clients(tmp_path: Path) -> None:
    with closing(open_log(f"sqlite:///{tmp_path}/store.db")) as log, closing(open_rates(log)) as rates:
        for number in range(3000):
            rates.take(str(number), HOUR, HOUR)
        file = tmp_path / "store.db.rates"
        assert file.stat().st_size <= GROUPS * PLACES * 16
        assert file.stat().st_mode & 0o077 == 0
        os.truncate(file, 5)
        assert rates.take("ada", HOUR, HOUR) == 0.0
        assert rates.take("ada", HOUR, HOUR) > 0.0
        file.write_bytes(os.urandom(GROUPS * PLACES * 16))
        assert rates.take("eve", HOUR, HOUR) == 0.0


def test_a_process_that_holds_the_lock_for_long_stops_no_other(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with closing(open_log(f"sqlite:///{tmp_path}/store.db")) as log, closing(open_rates(log)) as rates:
        held = os.open(tmp_path / "store.db.rates", os.O_RDWR)
        fcntl.flock(held, fcntl.LOCK_EX)
        assert [rates.take("ada", HOUR, HOUR) == 0.0 for _ in range(2)] == [True, False]
        slept: list[float] = []
        monkeypatch.setattr("graphs.rates.time.sleep", slept.append)
        assert rates.take("ada", HOUR, HOUR) > 0.0
        assert slept == []  # it was waited for once
        os.close(held)


def test_where_counts_cannot_be_shared_that_is_said(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "store.db.rates").mkdir()
    with closing(open_log(f"sqlite:///{tmp_path}/store.db")) as log, closing(open_rates(log)) as rates:
        assert [rates.take("ada", HOUR, HOUR) == 0.0 for _ in range(2)] == [True, False]
    assert "each process counts by itself" in caplog.text


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_two_services_on_one_store_share_rates_and_what_was_answered_under_a_key(
    kind: str, request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    store = request.getfixturevalue("postgres_store") if kind == "postgresql" else f"sqlite:///{tmp_path}/store.db"
    token = new_token(store, "ada", "append")
    limits = {"write_rate": "0.001", "write_burst": "10"}
    with (
        serving(store, tmp_path, token=token, **limits) as one,
        serving(store, tmp_path, token=token, **limits) as two,
        ThreadPoolExecutor(8) as pool,
    ):
        sent = json.dumps({"nodes": [{"id": "yeast", "kind": "Concept", "label": "Yeast"}]}).encode()

        def appended(server: Server) -> Answer:
            path, kind = "/maps/tea/days/1", "application/json"
            return server.ask(path, "POST", sent, Content_Type=kind, Idempotency_Key="7f3a")

        answers = list(pool.map(appended, [one, two] * 2))
        assert {answer.status for answer in answers} == {201}
        assert len({answer.body for answer in answers}) == 1
        assert len(one.ask("/maps/tea/history").json["entries"]) == 1
        statuses = Counter(pool.map(lambda number: (one, two)[number % 2].append("tea", 1, "n").status, range(20)))
        assert statuses[429] == 14
