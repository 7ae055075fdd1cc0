"""Every SQL statement: each on entries names the map that it is about, so that maps can be spread over machines."""

import re
import sqlite3

import pytest

from graphs.statements import OLD, TABLE_NAMES, TABLES, Statement

KNOWN = TABLE_NAMES | {"rates", "learned"}
"""Those of every store, the one that only PostgreSQL has, and the one of learners, which has a file of its own else."""
SMALL = KNOWN - {"entries"}
"""Tables that may be read across maps."""


def tables_of(text: str) -> set[str]:
    """The tables that a statement reads or writes."""
    text = re.sub(r"extract\(epoch FROM now\(\)\)|DO UPDATE SET", "", text)
    return set(re.findall(r"\b(?:FROM|INTO|UPDATE|JOIN)\s+(\w+)", text))


@pytest.mark.parametrize("statement", Statement, ids=lambda one: one.name)
def test_a_statement_on_entries_binds_its_map(statement: Statement) -> None:
    tables = {table.removeprefix(OLD) for table in tables_of(statement)}
    assert tables <= KNOWN
    if statement in (Statement.OLD_COUNT, Statement.ADD_ENTRY):
        return  # the one counts while a store is brought forward; the other's row has the map, see below
    if tables - SMALL:
        assert re.search(r"WHERE (?:maps\.)?map = :map\b", statement)


def test_an_entry_that_is_added_has_its_map() -> None:
    assert re.fullmatch(r"INSERT INTO entries \(map, .*\) VALUES \(:map, .*\)", Statement.ADD_ENTRY)


def test_no_statement_is_declared_twice() -> None:
    assert len({str(statement) for statement in Statement}) == len(Statement.__members__)


def test_all_tables_are_known_by_name() -> None:
    made = {found[1] for text in TABLES if (found := re.match(r"CREATE TABLE (\w+)", text))}
    assert made == TABLE_NAMES


@pytest.mark.parametrize("statement", [Statement.MARKS_OF_PART, Statement.LINES_OF_DAYS, Statement.HEAD])
def test_the_entries_of_a_day_are_found_without_passing_over_all_that_the_map_says(statement: Statement) -> None:
    store = sqlite3.connect(":memory:")
    for table in TABLES:
        store.execute(table)
    names = dict.fromkeys(re.findall(r":(\w+)", statement), "1")
    steps = [row[3] for row in store.execute(f"EXPLAIN QUERY PLAN {statement}", names)]
    store.close()
    assert len(steps) == 1
    assert "USING INDEX" in steps[0]
