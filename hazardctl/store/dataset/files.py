"""Writing Parquet: rows in, a file for each year out, in memory that does not grow with them."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from types import TracebackType
from typing import Any, Final, Self

from hazardctl.base import Column
from hazardctl.errors import lacks
from hazardctl.language import Text
from hazardctl.store import atomic, system
from hazardctl.store.dataset.page import File, folder

CHUNK: Final = 4_096
"""Rows that are put into columns at once."""
GROUP: Final = 65_536
"""Rows of a row group, the least that is read."""
MOST: Final = 400_000
"""Rows that wait for their row group, in all files."""
WHAT: Final = Text("写 Parquet ", "writing Parquet")
TEMPORARY: Final = ".part-"


def arrow() -> Any:  # noqa: ANN401 (pyarrow ships no types)
    """Give what writes Parquet.

    Raises:
        MissingExtraError: the extra `parquet` is not installed.
    """
    try:
        import_module("pyarrow.parquet")
        return import_module("pyarrow")
    except ImportError:
        raise lacks("parquet", WHAT) from None


class _Part:
    """One data file while it is written."""

    def __init__(self, library: Any, place: Path, columns: Sequence[Column]) -> None:  # noqa: ANN401
        self._library, self._folder, self._columns = library, place, columns
        types = (library.field(one.name, library.int64() if one.whole else library.string()) for one in columns)
        self._schema = library.schema(list(types))
        self._waiting: list[Sequence[object]] = []
        self._batches: list[Any] = []
        self._writer: Any = None
        self._temporary = place / f"{TEMPORARY}{os.getpid()}.tmp"
        self.rows = 0
        self.held = 0

    def add(self, row: Sequence[object]) -> None:
        self._waiting.append(row)
        self.rows += 1
        self.held += 1
        if len(self._waiting) == CHUNK:
            self._put_in_columns()
        if self.held == GROUP:
            self.write()

    def _put_in_columns(self) -> None:
        if self._waiting:
            arrays = [
                self._library.array(values, type=field.type)
                for values, field in zip(zip(*self._waiting, strict=True), self._schema, strict=True)
            ]
            self._batches.append(self._library.record_batch(arrays, schema=self._schema))
            self._waiting.clear()

    def write(self) -> None:
        """Write what waits as one row group."""
        self._put_in_columns()
        if not self._batches:
            return
        if self._writer is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            self._writer = self._library.parquet.ParquetWriter(self._temporary, self._schema, compression="zstd")
        self._writer.write_table(self._library.Table.from_batches(self._batches), row_group_size=GROUP)
        self._batches.clear()
        self.held = 0

    def closed(self) -> Path:
        """End the file and name it by its content."""
        self.write()
        self._writer.close()
        with self._temporary.open("rb") as file:
            digest = hashlib.file_digest(file, lambda: hashlib.blake2b(digest_size=6)).hexdigest()
            os.fsync(file.fileno())
        final = self._folder / f"part-{digest}.parquet"
        system.replaced(self._temporary, final)
        system.sync_folder(self._folder)
        return final

    def drop(self) -> None:
        """Throw a file away that was not closed."""
        with suppress(Exception):
            self._writer.close()
        atomic.discard(self._temporary)


class Files:
    """The data files of one ledger while they are written; what is not ended is thrown away."""

    def __init__(self, data: Path, key: str, columns: Mapping[str, Sequence[Column]]) -> None:
        """Take the data set, the name of the ledger, and the columns of every relation."""
        self._library = arrow()
        self._data, self._key, self._columns = data, key, columns
        self._open: dict[tuple[str, str], _Part] = {}
        self._done: dict[str, list[File]] = {}
        self._held = 0

    def __enter__(self) -> Self:
        """Begin."""
        return self

    def __exit__(self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None) -> None:
        """Throw away what was not ended."""
        for part in self._open.values():
            part.drop()
        self._open.clear()

    def add(self, year: str, rows: Iterable[tuple[str, Iterable[Sequence[object]]]]) -> None:
        """Add the rows of a record, relation by relation."""
        for name, found in rows:
            for row in found:
                part = self._open.get((name, year))
                if part is None:
                    place = self._data / folder(name, self._key, year)
                    part = self._open[name, year] = _Part(self._library, place, self._columns[name])
                part.add(row)
                self._held += 1
        if self._held >= MOST:
            self._held = 0
            for part in self._open.values():
                part.write()

    def end(self) -> None:
        """End the files that are open: no row will be added to them."""
        with atomic.spoken(self._data):
            for (name, _), part in sorted(self._open.items()):
                self._done.setdefault(name, []).append(File(part.closed().relative_to(self._data).as_posix(), part.rows))
        self._open.clear()
        self._held = 0

    def files(self) -> dict[str, tuple[File, ...]]:
        """Give what was written: relation → its files."""
        return {name: tuple(sorted(files, key=lambda one: one.path)) for name, files in sorted(self._done.items())}


def sweep(data: Path, key: str, relations: Iterable[str], kept: Iterable[str]) -> None:
    """Remove the data files of a ledger that its page does not name."""
    named = frozenset(kept)
    for name in relations:
        top = data / folder(name, key)
        for path in _below(top):
            if path.relative_to(data).as_posix() not in named:
                atomic.discard(path)
        for place in [*top.glob("year=*"), top]:
            with suppress(OSError):
                place.rmdir()  # only one that is empty goes


def _below(top: Path) -> Iterator[Path]:
    return (path for path in sorted(top.glob("year=*/*")) if path.name.startswith(("part-", TEMPORARY)))
