"""Entries of an index by their place, their id or their name: each file is read when its record is asked for."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol, overload

from hazardctl.ledger import Entry

if TYPE_CHECKING:
    from hazardctl.model.record import Record


class Opens(Protocol):
    """What finds and reads the files of an index."""

    def entry(self, path: str) -> Entry[Record]:
        """Give the entry of a file that is known to be readable."""
        ...

    def each(self, paths: Sequence[str]) -> Iterator[Entry[Record]]:
        """Read files one after the other."""
        ...

    def path_of(self, record: str) -> str | None:
        """Give the first file of an id."""
        ...

    def all_ids(self) -> Sequence[str]:
        """Give every id, in the order of files."""
        ...


class Some(Sequence["Entry[Record]"]):
    """Entries of some files, each read when it is asked for."""

    def __init__(self, shelf: Opens, paths: Sequence[str]) -> None:
        """Take where it is asked for."""
        self._shelf, self._paths = shelf, paths

    def __len__(self) -> int:
        """Give how many there are."""
        return len(self._paths)

    @overload
    def __getitem__(self, index: int) -> Entry[Record]: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Entry[Record]]: ...

    def __getitem__(self, index: int | slice) -> Entry[Record] | Sequence[Entry[Record]]:
        """Give what is asked for."""
        return Some(self._shelf, self._paths[index]) if isinstance(index, slice) else self._shelf.entry(self._paths[index])

    def __iter__(self) -> Iterator[Entry[Record]]:
        """Give one after the other."""
        return self._shelf.each(self._paths)


class ById(Mapping[str, "Entry[Record]"]):
    """Entries by id, each read when it is asked for."""

    def __init__(self, shelf: Opens) -> None:
        """Take where it is asked for."""
        self._shelf = shelf

    def __getitem__(self, key: str) -> Entry[Record]:
        """Give what is asked for."""
        path = self._shelf.path_of(key)
        if path is None:
            raise KeyError(key)
        return self._shelf.entry(path)

    def __contains__(self, key: object) -> bool:
        """Say whether it is there."""
        return isinstance(key, str) and self._shelf.path_of(key) is not None

    def __iter__(self) -> Iterator[str]:
        """Give one after the other."""
        return iter(self._shelf.all_ids())

    def __len__(self) -> int:
        """Give how many there are."""
        return len(self._shelf.all_ids())


class Names(Mapping[str, tuple[str, ...]]):
    """Folded names of units, each asked of the data base."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Take where it is asked for."""
        self._database = database
        self._found: dict[str, tuple[str, ...]] = {}

    def __getitem__(self, key: str) -> tuple[str, ...]:
        """Give what is asked for."""
        if key not in self._found:
            sql = "SELECT n.unit FROM unit_name n JOIN file f ON f.key = n.key WHERE n.name = ? AND n.called = 1 ORDER BY f.path"
            rows = self._database.execute(sql, (key,)).fetchall()
            self._found[key] = tuple(dict.fromkeys(str(row[0]) for row in rows))
        if not self._found[key]:
            raise KeyError(key)
        return self._found[key]

    def __iter__(self) -> Iterator[str]:
        """Give one after the other."""
        return iter([str(row[0]) for row in self._database.execute("SELECT DISTINCT name FROM unit_name WHERE called = 1 ORDER BY name")])

    def __len__(self) -> int:
        """Give how many there are."""
        return int(self._database.execute("SELECT COUNT(DISTINCT name) FROM unit_name WHERE called = 1").fetchone()[0])
