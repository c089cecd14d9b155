"""The data base of the index: where it lies, what it holds, and when it is somebody else's.

It stands inside the folder git keeps for the work tree, else in the user's cache folder: never in the ledger, so no clone
brings one along. It holds numbers and texts only; nothing in it is ever run.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import sqlite3
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, Protocol, TypeAlias

import hazardctl
from hazardctl import __version__
from hazardctl.ledger import Entry, Ledger
from hazardctl.model.config import Config
from hazardctl.model.kinds import KINDS
from hazardctl.store import answers, own
from hazardctl.store.worktree import repository

if TYPE_CHECKING:
    from hazardctl.model.record import Record

FORMAT: Final = 2
"""Raised when the tables below change their meaning."""
PATIENCE: Final = 5.0
"""Seconds one command waits for another that brings the index up to date."""
OWN: Final = """
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE folder (path TEXT PRIMARY KEY, digest BLOB, newest INTEGER, probe INTEGER, strays INTEGER,
  size INTEGER, mtime INTEGER, ctime INTEGER, inode INTEGER) WITHOUT ROWID;
CREATE TABLE file (key INTEGER PRIMARY KEY, path TEXT UNIQUE, folder TEXT, kind TEXT, id TEXT, name TEXT, day INTEGER,
  readable INTEGER, size INTEGER, mtime INTEGER, ctime INTEGER, inode INTEGER, sha BLOB);
CREATE TABLE unit_name (name TEXT, called INTEGER, unit TEXT, key INTEGER, PRIMARY KEY (name, called, unit, key)) WITHOUT ROWID;
CREATE TABLE answer (question BLOB PRIMARY KEY, rows TEXT) WITHOUT ROWID;
CREATE TABLE mention (name TEXT, key INTEGER, PRIMARY KEY (name, key)) WITHOUT ROWID;
"""
STATE: Final = "SELECT value FROM {base}.meta WHERE name IN ('changes', 'form') ORDER BY name"
"""Another answer where the rows may be others."""
ROOMS: Final = (".", "history", "measures", "measures/families", "model", "vocabulary")
"""Where the code lies that decides what a row says."""
READING, WRITING = 8_192, 65_536
"""KiB of pages a connection holds while it asks, and while it writes: an index is built in the order of files, not of its keys."""
OWN_INDEXES: Final = (
    "file (folder)",
    "file (kind, readable, path)",
    "file (id, path)",
    "file (kind, day) WHERE readable = 1",
    "file (path) WHERE readable = 0",
    "unit_name (key)",
    "mention (key)",
)


Maker: TypeAlias = "Callable[[Ledger, int, Entry[Any]], Iterator[tuple[int | str | None, ...]]]"
"""Gives the rows of a record in one relation, from the ledger around it and the key by which they know it."""


class Keeper(Protocol):
    """What the index keeps of a record beside its file: the relations that questions are asked of."""

    def indexes(self) -> Sequence[str]:
        """Give what is to be indexed beside the keys: a relation and its columns."""
        ...

    def tables(self) -> Mapping[str, str]:
        """Give every relation made of records: name → its columns; the first is the key of the record."""
        ...

    def relations_of(self, kind: str) -> Sequence[str]:
        """Name the relations in which a record of a kind has rows."""
        ...

    def makers(self, kind: str) -> Mapping[str, Maker]:
        """Give relation → what makes the rows that a record of a kind has in it; they depend on the same three."""
        ...

    def rows(self, ledger: Ledger, key: int, entry: Entry[Record]) -> Iterator[tuple[str, Iterator[tuple[int | str | None, ...]]]]:
        """Give the rows of a record, relation by relation; they depend on its file, the configuration, and the units it names."""
        ...


def place(root: Path) -> Path:
    """Give where the index of a ledger lies: in the folder git keeps for this work tree, else in the user's cache folder."""
    found = repository(root)
    if found is not None:
        inside = root.absolute().relative_to(found.top).as_posix()
        return found.folder / "hazardctl" / f"index-{_short(inside)}.sqlite"
    return own.cache() / f"index-{_short(str(root.absolute()))}.sqlite"


def place_in_pool(root: Path, keys: Sequence[str], key: str, tree: str = "") -> Path:
    """Give where the rows of a ledger lie as they stand in a pool with others: in the user's cache folder, never in its repository.

    Args:
        root: its root.
        keys: of all ledgers of the pool.
        key: its own.
        tree: git's id of the ledger folder, where it is read from a commit.
    """
    name = f"pool-{_short(str(root.absolute()))}-{_short(' '.join([key, *keys]))}"
    return own.cache() / f"{name}-{tree}.sqlite" if tree else own.cache() / f"{name}.sqlite"


def place_of_past(root: Path, tree: str) -> Path:
    """Give where the index of a commit lies, beside that of the work tree, by git's id of the ledger folder in it."""
    here = place(root)
    return here.with_name(f"past-{here.stem.removeprefix('index-')}-{tree}.sqlite")


def _short(text: str) -> str:
    return hashlib.blake2b(os.fsencode(text), digest_size=8).hexdigest()


def form(config: bytes) -> str:
    """Give what must be equal for the rows to be of use: program, tables, configuration, and that they were made here.

    Raises:
        OSError: the user's own key can neither be read nor kept.
    """
    schemas = repr([kind.schema for kind in KINDS])
    parts = (str(FORMAT), __version__, schemas, OWN, repr(OWN_INDEXES), _program())
    return hashlib.blake2b("\0".join(parts).encode() + b"\0" + config, digest_size=16, key=own.key()).hexdigest()


def _program() -> str:
    """Name the code that makes the rows, by its modules as they lie on the disk: for who works on it a version is not enough."""
    top = Path(hazardctl.__file__).parent
    try:
        return repr([(one.name, (it := one.stat()).st_size, it.st_mtime_ns) for room in ROOMS for one in _modules(top / room)])
    except OSError:  # not in files of its own
        return ""


def _modules(folder: Path) -> list[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        return sorted((one for one in entries if one.name.endswith(".py")), key=lambda one: one.name)


def connected(path: Path) -> sqlite3.Connection:
    """Open the file of an index, which need not be there yet.

    Raises:
        sqlite3.Error: it cannot be opened here, or is no data base.
        OSError: its folder cannot be made.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
    try:
        connection.execute("PRAGMA page_size = 8192")
        if connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
            raise sqlite3.OperationalError("no write-ahead log here")
        connection.execute("PRAGMA trusted_schema = OFF")
        connection.execute("PRAGMA synchronous = OFF")  # what a crash damages is thrown away
        connection.execute("PRAGMA temp_store = MEMORY")
        connection.execute(f"PRAGMA cache_size = -{READING}")  # the system keeps the file at hand: no need to hold it twice, or to map it
    except sqlite3.Error:
        connection.close()
        raise
    return connection


def again(path: Path) -> sqlite3.Connection:
    """Open the file of an index once more, to read from it beside another connection.

    Raises:
        sqlite3.Error: it is no longer there.
    """
    connection = sqlite3.connect(f"{path.as_uri()}?mode=rw", uri=True, isolation_level=None, check_same_thread=False)
    connection.execute("PRAGMA temp_store = MEMORY")
    connection.execute(f"PRAGMA cache_size = -{READING}")
    return connection


def config(connection: sqlite3.Connection, form: str) -> Config | None:
    """Give the configuration the tables were made with; None where there are none of that form."""
    if formed(connection) != form:
        return None
    plain = connection.execute("SELECT value FROM meta WHERE name = 'config'").fetchone()[0]
    return Config.of_plain(json.loads(plain))


def formed(connection: sqlite3.Connection) -> str:
    """Give the form the tables were made in; empty where there are none."""
    try:
        row = connection.execute("SELECT value FROM meta WHERE name = 'form'").fetchone()
    except sqlite3.OperationalError:
        return ""
    return str(row[0]) if row else ""


@contextmanager
def writing(connection: sqlite3.Connection, *, patience: float = PATIENCE) -> Generator[None]:
    """Hold the index for writing; what fails half way leaves it as it was.

    Args:
        connection: to it.
        patience: seconds to wait for another command that writes.

    Raises:
        sqlite3.OperationalError: the other one took longer.
    """
    connection.execute(f"PRAGMA busy_timeout = {round(1000 * patience)}")
    connection.execute("PRAGMA temp_store = FILE")  # to sort a million rows takes no more memory than to sort a thousand
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(f"PRAGMA cache_size = -{WRITING}")
    try:
        yield
    except BaseException:
        connection.execute("ROLLBACK")
        raise
    else:
        connection.execute("COMMIT")
    finally:
        connection.execute(f"PRAGMA cache_size = -{READING}")
        connection.execute("PRAGMA temp_store = MEMORY")


def remade(connection: sqlite3.Connection, keeper: Keeper, now: str, config: Config) -> None:
    """Throw everything away and make the tables anew, inside a transaction."""
    sql = "SELECT type, name FROM sqlite_master WHERE type <> 'index' AND name NOT LIKE 'sqlite_%' ORDER BY type DESC"
    for kind, name in connection.execute(sql).fetchall():  # views, then triggers, then tables
        quoted = name.replace('"', '""')
        connection.execute(f'DROP {kind} IF EXISTS "{quoted}"')
    for statement in OWN.split(";"):
        if statement.strip():
            connection.execute(statement)
    for name, columns in keeper.tables().items():
        rowid = " WITHOUT ROWID" if "PRIMARY KEY (" in columns else ""
        connection.execute(f"CREATE TABLE {name} ({columns}){rowid}")
    connection.executemany(
        "INSERT INTO meta VALUES (?, ?)", [("form", now), ("changes", "0"), ("config", json.dumps(config.plain(), ensure_ascii=False))]
    )


def changes(connection: sqlite3.Connection) -> str:
    """Say which state of the files the data base describes: a number that grows with every change."""
    row = connection.execute("SELECT value FROM meta WHERE name = 'changes'").fetchone()
    return str(row[0]) if row else ""


def changed(connection: sqlite3.Connection) -> None:
    """Note that records changed: what was answered over the old ones is forgotten."""
    connection.execute("UPDATE meta SET value = value + 1 WHERE name = 'changes'")
    connection.execute("DELETE FROM answer")


def indexed(connection: sqlite3.Connection, keeper: Keeper) -> None:
    """Make the indexes that large ledgers need, once their rows are in: sorting them then is much quicker than keeping them sorted."""
    for number, columns in enumerate((*OWN_INDEXES, *keeper.indexes())):
        connection.execute(f"CREATE INDEX IF NOT EXISTS kept_{number} ON {columns}")


def drop(root: Path) -> bool:
    """Throw the index of a ledger away; say whether there was one."""
    answers.forget()
    others = (own.cache().glob(f"pool-{_short(str(root.absolute()))}-*.sqlite"), place(root).parent.glob(place_of_past(root, "*").name))
    for one in itertools.chain(*others):
        thrown_away(one)
    return thrown_away(place(root))


def thrown_away(path: Path) -> bool:
    """Throw an index away by its file; say whether there was one."""
    there = path.exists()
    for one in (path, *(path.with_name(path.name + suffix) for suffix in ("-wal", "-shm", ".now"))):
        with suppress(OSError):
            one.unlink()
    return there
