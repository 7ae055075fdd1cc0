"""The witness: it says what was acknowledged, whatever a power cut leaves of its last lines."""

import logging
import os
import stat
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from graphs.witness import GROWN, Seen, Witness

NOON = "2026-03-01T12:00:00.000000Z"


def seen(sequence: int, name: str = "bread") -> Seen:
    return Seen(name, sequence, f"{sequence:064x}", NOON)


def filled(file: Path, *names: str, until: int = 3) -> Witness:
    witness = Witness(file)
    for sequence in range(1, until + 1):
        for name in names or ("bread",):
            witness.add(seen(sequence, name))
    return witness


def test_the_last_entry_of_each_map_is_known(tmp_path: Path) -> None:
    filled(tmp_path / "w", "bread", "tea", 'with "signs"\n')
    assert Witness(tmp_path / "w").read() == {name: seen(3, name) for name in ("bread", "tea", 'with "signs"\n')}


def test_lines_need_not_come_in_the_order_of_entries(tmp_path: Path) -> None:
    witness = filled(tmp_path / "w")
    witness.add(seen(2))
    assert witness.read() == {"bread": seen(3)}


def test_without_a_file_nothing_is_known(tmp_path: Path) -> None:
    assert Witness(tmp_path / "w").read() == {}


def test_what_is_written_anew_is_all_that_is_known(tmp_path: Path) -> None:
    witness = filled(tmp_path / "w", "bread", "tea")
    witness.write([seen(1)])
    assert Witness(tmp_path / "w").read() == {"bread": seen(1)}
    assert [file.name for file in tmp_path.iterdir()] == ["w"]


@given(cut=st.integers(0, 400), rest=st.binary(max_size=200))
def test_what_a_power_cut_leaves_of_the_tail_is_passed_over(
    cut: int, rest: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    file = tmp_path_factory.mktemp("witness") / "w"
    whole = (filled(file), file.read_bytes())[1]
    file.write_bytes(whole[: len(whole) - cut] + rest)
    found = Witness(file).read()
    assert found.keys() <= {"bread"}
    assert all(one in (seen(1), seen(2), seen(3)) for one in found.values())
    Witness(file).add(seen(4))
    assert Witness(file).read() == {"bread": seen(4)}


@pytest.mark.parametrize("garbage", [b"\0" * 4096, b"\xff" * 100, b"00000000 \n00000000 []\n", b"x" * 8 + b" {"])
def test_garbage_is_no_line(garbage: bytes, tmp_path: Path) -> None:
    file = tmp_path / "w"
    filled(file)
    file.write_bytes(garbage + file.read_bytes() + garbage)
    assert Witness(file).read() == {"bread": seen(3)}


def _add_many(file: Path, name: str, count: int) -> None:
    for sequence in range(1, count + 1):
        Witness(file).add(seen(sequence, name))


def test_several_processes_add_at_once(tmp_path: Path) -> None:
    file = tmp_path / "w"
    filled(file)
    spawn = get_context("spawn")
    processes = [spawn.Process(target=_add_many, args=(file, f"m{one}", 100)) for one in range(4)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()
    assert Witness(file).read() == {"bread": seen(3), **{f"m{one}": seen(100, f"m{one}") for one in range(4)}}
    assert file.read_bytes().count(b"[") == 403


def test_a_file_that_has_grown_keeps_the_last_line_of_each_map(tmp_path: Path) -> None:
    file = tmp_path / "w"
    filled(file, "tea")
    with file.open("ab") as opened:
        opened.write(b"\n" * GROWN)
    Witness(file).add(seen(9))
    assert file.stat().st_size < 1000
    assert Witness(file).read() == {"bread": seen(9), "tea": seen(3, "tea")}


def test_where_it_cannot_be_written_that_is_said_once(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    (tmp_path / "no folder").touch()
    witness = Witness(tmp_path / "no folder" / "w")
    with caplog.at_level(logging.WARNING):
        for sequence in (1, 2):
            witness.add(seen(sequence))
        witness.write([seen(3)])
    assert [record.message for record in caplog.records] == [
        f"{witness.file} cannot be written (not a directory): a loss of entries might not be noticed"
    ]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_a_file_that_is_read_only_fails_no_write(tmp_path: Path) -> None:
    witness = filled(tmp_path / "w")
    witness.file.chmod(stat.S_IRUSR)
    witness.add(seen(4))
    assert witness.read() == {"bread": seen(3)}
