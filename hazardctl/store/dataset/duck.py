"""The relations of a data set asked through DuckDB."""

from __future__ import annotations

import itertools
import shutil
import weakref
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import mkdtemp
from typing import Any, Final

from hazardctl.base import Bound, columns, keys, reads
from hazardctl.errors import SystemFailedError, UnreadableError, lacks
from hazardctl.language import Text, plain

WHAT: Final = Text("DuckDB ", "DuckDB")
CHUNK: Final = 50_000
SETTINGS: Final[Mapping[str, str]] = {
    "autoinstall_known_extensions": "false",  # nothing is ever fetched
    "autoload_known_extensions": "false",
    "preserve_insertion_order": "false",  # every statement that cares says ORDER BY
}
LEAST: Final = 144
"""MB that DuckDB may hold; what does not fit goes to the disk meanwhile, where the statement allows that."""
MOST: Final = 4_608
"""MB up to which a statement that does not fit is tried again with twice as many."""
_FULL: Final = Text("内存不够，用了 {most} MB：{why}", "out of memory at {most} MB: {why}")
_SPOILT: Final = Text("数据集读不出：{why}", "the data set cannot be read: {why}")
_AGAIN: Final = Text("重新导出坏了的台账", "export the damaged ledger again")


class Duck:
    """Relations in Parquet files; a file is looked at when a statement first reads its relation."""

    def __init__(self, files: Mapping[str, Sequence[Path]], declared: Mapping[str, str]) -> None:
        """Take the files of each relation and its columns.

        Raises:
            MissingExtraError: DuckDB is not installed.
        """
        try:
            import duckdb
        except ImportError:
            raise lacks("parquet", WHAT) from None
        room = mkdtemp(prefix="hazardctl-")
        self._database: Any = duckdb.connect(":memory:", config={**SETTINGS, "temp_directory": room, "memory_limit": f"{LEAST}MB"})
        self._memory, self._full, self._damaged = LEAST, duckdb.OutOfMemoryException, (duckdb.IOException, duckdb.InvalidInputException)
        weakref.finalize(self, _ended, self._database, room)
        self._files, self._declared = files, declared
        self._seen: set[str] = set()

    def rows(self, sql: str, bound: Bound) -> list[Any]:
        """Run a statement, again with twice the memory where it does not fit.

        Raises:
            UnreadableError: a data file is damaged or holds something else.
            SystemFailedError: neither memory nor disk suffice.
        """
        try:
            for name in sorted(reads(sql) & self._declared.keys() - self._seen):
                self._look(name)
            rows: list[Any] = self._database.execute(sql, dict(bound)).fetchall()
        except self._full as failure:
            if self._memory >= MOST:
                raise SystemFailedError(_FULL.of(most=MOST, why=_first(failure))) from failure
            self._memory *= 2
            self._database.execute(f"SET memory_limit = '{self._memory}MB'")
            return self.rows(sql, bound)
        except self._damaged as failure:
            raise UnreadableError(_SPOILT.of(why=_first(failure)), _AGAIN) from failure
        return rows

    def each(self, sql: str, bound: Bound) -> Iterator[Any]:
        """Run a statement and give its rows one by one."""
        return iter(self.rows(sql, bound))

    def _look(self, name: str) -> None:
        self._seen.add(name)
        if paths := self._files.get(name):
            these = ", ".join("'" + str(path).replace("'", "''") + "'" for path in paths)
            named = ", ".join(one.name for one in columns(self._declared[name]))
            self._database.execute(f"CREATE VIEW {name} AS SELECT {named} FROM read_parquet([{these}], hive_partitioning = false)")
        else:
            self._database.execute(_made("TABLE", name, self._declared[name]))

    def lay(self, name: str, declared: str, rows: Iterable[Sequence[object]]) -> None:
        """Put rows into a relation of this session."""
        self._database.execute(_made("TEMP TABLE", name, declared))
        width = len(columns(declared))
        text = f"INSERT OR IGNORE INTO {name} SELECT {', '.join(f'UNNEST(${at + 1})' for at in range(width))}"
        coming = iter(rows)
        while chunk := list(itertools.islice(coming, CHUNK)):
            self._database.execute(text, [list(column) for column in zip(*chunk, strict=True)])

    def drop(self, name: str) -> None:
        """Throw a relation of this session away."""
        self._database.execute(f"DROP TABLE IF EXISTS {name}")

    def source(self, part: str, bound: Bound) -> str:  # noqa: ARG002
        """Leave a sub-query where it stands: a statement takes the few columns it needs, which costs less than to lay all of them."""
        return f"({part})"


def _first(failure: Exception) -> Text:
    return plain(str(failure).strip().partition("\n")[0])


def _ended(database: Any, room: str) -> None:  # noqa: ANN401 (a connection of DuckDB)
    database.close()
    shutil.rmtree(room, ignore_errors=True)


def _made(what: str, name: str, declared: str) -> str:
    typed = ", ".join(f"{one.name} {'BIGINT' if one.whole else 'VARCHAR'}" for one in columns(declared))
    key = ", ".join(keys(declared))
    return f"CREATE {what} IF NOT EXISTS {name} ({typed}{f', PRIMARY KEY ({key})' if key else ''})"
