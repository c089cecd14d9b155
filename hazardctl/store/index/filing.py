"""Putting the rows of records into the data base, many at once, and taking those of some records out again."""

from __future__ import annotations

import functools
import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from typing import Final, TypeAlias

from hazardctl.store.index.base import Keeper

Value: TypeAlias = int | str | bytes | None
Row: TypeAlias = tuple[Value, ...]
Rows: TypeAlias = dict[str, list[Value]]
"""Table → the values of the rows that go into it, one row behind the other: so they go to another process, and into a statement."""

OWN: Final = ("file", "unit_name", "mention")
"""The tables of the index itself that say something of a record, by the column `key`."""
PLACES: Final = 999
"""Values that one statement takes with any SQLite."""


class Filing:
    """The rows of the records in one data base."""

    def __init__(self, connection: sqlite3.Connection, keeper: Keeper) -> None:
        """Take the data base, and what is kept of a record."""
        self._connection = connection
        self._keeper = keeper
        self._widths: dict[str, int] = {}

    def next_key(self) -> int:
        """Give the first key from which on none is taken."""
        return int(self._connection.execute("SELECT COALESCE(MAX(key), 0) + 1 FROM file").fetchone()[0])

    def put(self, rows: Rows) -> None:
        """Put rows in, as many of a table at a time as a statement takes: to run it costs as much as some rows do."""
        for table, values in rows.items():
            width = self._width(table)
            long = PLACES // width * width
            whole = len(values) - len(values) % long
            for first, end, step in ((0, whole, long), (whole, len(values), width)):
                runs = (values[at : at + step] for at in range(first, end, step))
                self._connection.executemany(_insertion(table, width, step // width), runs)

    def take_out(self, keys: Iterable[int]) -> set[str]:
        """Take records out; give the names of the units that went with them."""
        bound = [(key,) for key in keys]
        kinds: defaultdict[str, list[tuple[int]]] = defaultdict(list)
        names: set[str] = set()
        for one in bound:
            kinds[self._connection.execute("SELECT kind FROM file WHERE key = ?", one).fetchone()[0]].append(one)
        for one in kinds["unit"]:
            names |= {str(name) for (name,) in self._connection.execute("SELECT name FROM unit_name WHERE key = ?", one)}
        for table in OWN:
            self._connection.executemany(f"DELETE FROM {table} WHERE key = ?", bound)
        for kind, some in kinds.items():
            for table in self._keeper.relations_of(kind) if some else ():
                self._connection.executemany(f"DELETE FROM {table} WHERE {self._key_of(table)} = ?", some)
        return names

    def _width(self, table: str) -> int:
        """Count the columns of a table."""
        if table not in self._widths:
            self._widths[table] = len(self._connection.execute(f"SELECT * FROM {table} LIMIT 0").description)
        return self._widths[table]

    def _key_of(self, table: str) -> str:
        """Name the column of a relation that holds the key of the record: its first."""
        return str(self._connection.execute("SELECT name FROM pragma_table_info(?) WHERE cid = 0", (table,)).fetchone()[0])


@functools.cache
def _insertion(table: str, width: int, many: int) -> str:
    row = f"({', '.join('?' * width)})"
    return f"INSERT OR IGNORE INTO {table} VALUES {', '.join([row] * many)}"
