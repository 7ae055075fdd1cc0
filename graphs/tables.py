"""The tables of the store and their version."""

from sqlalchemy import (
    BigInteger,
    Column,
    Connection,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Sequence,
    Table,
    Text,
    UniqueConstraint,
    delete,
    insert,
    inspect,
    select,
)

from ontology.errors import StoreUnavailable

SCHEMA_VERSION = 2

METADATA = MetaData()

# BIGINT PRIMARY KEY would not be SQLite's row number, which is the cheapest key there.
_Number = BigInteger().with_variant(Integer(), "sqlite")

NUMBERS = Sequence("entry_sequence", metadata=METADATA)
"""Where PostgreSQL takes sequence numbers from; SQLite counts on from the last entry."""

STORE = Table("store", METADATA, Column("version", Integer, nullable=False))

MAPS = Table(
    "maps",
    METADATA,
    Column("map", Text, primary_key=True),
    Column("last", _Number, nullable=False),
)
"""One row a map: its last entry. A writer locks the row, so that entries of a map appear in order."""

ENTRIES = Table(
    "entries",
    METADATA,
    Column("sequence", _Number, primary_key=True, autoincrement=False),
    Column("map", Text, nullable=False),
    Column("day", Integer, nullable=False),
    Column("part", Text, nullable=False),
    Column("revision", Integer, nullable=False),
    Column("author", Text, nullable=False),
    Column("time", Text, nullable=False),
    Column("media_type", Text, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    Column("document", Text),
    Column("body", LargeBinary, nullable=False),
    UniqueConstraint("map", "day", "part", "revision"),
    Index("entries_of_map", "map", "sequence"),
)

TOKENS = Table(
    "tokens",
    METADATA,
    Column("digest", LargeBinary, primary_key=True),
    Column("name", Text, nullable=False),
    Column("scope", Text, nullable=False),
    Column("map", Text),
    Column("created", Text, nullable=False),
    Column("expires", Text),
    Column("revoked", Text),
)
"""Who may do what. A token itself is never stored, only its SHA-256."""

ANSWERS = Table(
    "answers",
    METADATA,
    Column("author", Text, primary_key=True),
    Column("key", Text, primary_key=True),
    Column("request", LargeBinary, nullable=False),
    Column("answer", Text, nullable=False),
    Column("time", Text, nullable=False, index=True),
)
"""What a write under an idempotency key was answered, so that its repetition gets the same answer."""


def has_tables(connection: Connection, where: str) -> bool:
    """Whether the store's tables are there, all that this version knows. Raises `StoreUnavailable` for a newer one."""
    names = set(inspect(connection).get_table_names())
    if STORE.name not in names:
        if clash := sorted(names & {MAPS.name, ENTRIES.name}):
            raise StoreUnavailable(f"{where} holds other tables named {', '.join(clash)}; choose another store")
        return False
    version = connection.execute(select(STORE)).scalar()
    if version is None or version > SCHEMA_VERSION:
        raise StoreUnavailable(f"{where} was made by a newer version of this program; update it to open the store")
    return bool(version == SCHEMA_VERSION)


def create_tables(connection: Connection) -> None:
    """Create the tables that are not there and note their version, in the transaction that is open."""
    METADATA.create_all(connection)
    connection.execute(delete(STORE))
    connection.execute(insert(STORE).values(version=SCHEMA_VERSION))
