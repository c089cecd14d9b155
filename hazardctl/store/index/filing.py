"""Putting the rows of records into the data base, many at once, and taking those of some records out again."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Final, TypeAlias

from hazardctl.store.index.base import Keeper

Row: TypeAlias = tuple[int | str | bytes | None, ...]
Rows: TypeAlias = dict[str, list[Row]]
"""Table → rows that go into it."""

OWN: Final = ("file", "unit_name", "mention")
"""The tables of the index itself that say something of a record, by the column `key`."""


class Filing:
    """The rows of the records in one data base."""

    def __init__(self, connection: sqlite3.Connection, keeper: Keeper) -> None:
        """Take the data base, and what is kept of a record."""
        self._connection = connection
        self._keeper = keeper

    def next_key(self) -> int:
        """Give the first key from which on none is taken."""
        return int(self._connection.execute("SELECT COALESCE(MAX(key), 0) + 1 FROM file").fetchone()[0])

    def put(self, rows: Mapping[str, Sequence[Row]]) -> None:
        """Put rows in, one statement a table."""
        for table, some in rows.items():
            if some:
                marks = ", ".join("?" * len(some[0]))
                self._connection.executemany(f"INSERT OR IGNORE INTO {table} VALUES ({marks})", some)

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

    def _key_of(self, table: str) -> str:
        """Name the column of a relation that holds the key of the record: its first."""
        return str(self._connection.execute("SELECT name FROM pragma_table_info(?) WHERE cid = 0", (table,)).fetchone()[0])
