"""The entries of ledgers some of which are read only when asked for, one ledger after the other."""

from __future__ import annotations

import datetime as dt
import weakref
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, overload

from hazardctl.base import Lite
from hazardctl.ledger import Entry, Ledger, Shelf
from hazardctl.pool.names import MARK, ledger_of

if TYPE_CHECKING:
    from hazardctl.model.record import Record


class Shelves(Shelf):
    """The entries of several ledgers, in the order of their keys and paths."""

    def __init__(self, shares: Mapping[str, Ledger]) -> None:
        """Take the ledgers by their keys; the rows of all of them are put together in memory, when a question needs them."""
        import sqlite3  # not on the road of commands that ask for no figure

        connection = sqlite3.connect(":memory:", uri=True, isolation_level=None, check_same_thread=False)
        weakref.finalize(self, connection.close)
        self.base = Lite(connection)
        self._shares = shares

    def remembered(self, question: bytes) -> None:  # noqa: ARG002
        """Give nothing: each ledger remembers for itself."""
        return

    def remember(self, question: bytes, rows: Sequence[Sequence[int | str | None]]) -> None:
        """Keep nothing."""

    def of(self, kind: str) -> Sequence[Entry[Record]]:
        """Give the entries of a kind; each is read when it is asked for."""
        return _Chained([_of(key, ledger, kind) for key, ledger in self._shares.items()])

    def by_id(self) -> Mapping[str, Entry[Record]]:
        """Give the entries by id."""
        return _ById(self._shares)

    def by_path(self, path: str) -> Entry[Record] | None:
        """Give the entry of a file, by its path in the pool."""
        key, _, own = path.partition(MARK)
        ledger = self._shares.get(key)
        found = None if ledger is None else ledger.by_path(own if ledger.shelf is not None else path)
        return None if found is None else placed(key, found)

    def unit_names(self) -> Mapping[str, tuple[str, ...]]:
        """Give folded name or alias → keys of the units so called, in every ledger."""
        return _Names([ledger.unit_spellings for ledger in self._shares.values()])

    def name_of(self, unit: str) -> str:
        """Give the registered name of a unit by its key; empty where there is none."""
        ledger = self._shares.get(ledger_of(unit))
        if ledger is None:
            return ""
        if ledger.shelf is not None:
            return ledger.shelf.name_of(unit)
        return ledger.units[unit].name if unit in ledger.units else ""

    def ids(self, kind: str) -> Sequence[str]:
        """Give the ids of a kind, in the order of their files."""
        return [one for ledger in self._shares.values() for one in ledger.ids(kind)]

    def paths(self) -> Sequence[str]:
        """Give the files of all records, under their paths in the pool."""
        return [path if MARK in path else f"{key}{MARK}{path}" for key, one in self._shares.items() for path in one.paths]

    def counts(self) -> Mapping[str, int]:
        """Give how many records of each kind there are."""
        found: Counter[str] = Counter()
        for ledger in self._shares.values():
            found.update(ledger.counts)
        return found

    def days(self) -> tuple[dt.date, dt.date] | None:
        """Give the first and the last day on which a hazard was found; None without hazards."""
        days = [day for ledger in self._shares.values() for day in ledger.found or ()]
        return (min(days), max(days)) if days else None

    def __len__(self) -> int:
        """Give how many records there are."""
        return sum(len(ledger.entries) for ledger in self._shares.values())

    @overload
    def __getitem__(self, index: int) -> Entry[Record]: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Entry[Record]]: ...

    def __getitem__(self, index: int | slice) -> Entry[Record] | Sequence[Entry[Record]]:
        """Give the record at a place."""
        return _Chained([_Placed(key, ledger.entries) for key, ledger in self._shares.items()])[index]

    def __iter__(self) -> Iterator[Entry[Record]]:
        """Read every record."""
        return (placed(key, entry) for key, ledger in self._shares.items() for entry in ledger.entries)


def placed(key: str, entry: Entry[Record]) -> Entry[Record]:
    """Give an entry under its path in the pool."""
    return entry if MARK in entry.path else replace(entry, path=f"{key}{MARK}{entry.path}")


def _of(key: str, ledger: Ledger, kind: str) -> Sequence[Entry[Record]]:
    return _Placed(key, ledger.shelf.of(kind) if ledger.shelf is not None else tuple(ledger.of(kind)))


class _Placed(Sequence["Entry[Record]"]):
    """Entries of one ledger, under their paths in the pool."""

    def __init__(self, key: str, entries: Sequence[Entry[Record]]) -> None:
        self._key, self._entries = key, entries

    def __len__(self) -> int:
        return len(self._entries)

    @overload
    def __getitem__(self, index: int) -> Entry[Record]: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Entry[Record]]: ...

    def __getitem__(self, index: int | slice) -> Entry[Record] | Sequence[Entry[Record]]:
        found = self._entries[index]
        return placed(self._key, found) if isinstance(found, Entry) else _Placed(self._key, found)

    def __iter__(self) -> Iterator[Entry[Record]]:
        return (placed(self._key, entry) for entry in self._entries)


class _Chained(Sequence["Entry[Record]"]):
    """Sequences one after the other."""

    def __init__(self, parts: Sequence[Sequence[Entry[Record]]]) -> None:
        self._parts = parts

    def __len__(self) -> int:
        return sum(map(len, self._parts))

    @overload
    def __getitem__(self, index: int) -> Entry[Record]: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Entry[Record]]: ...

    def __getitem__(self, index: int | slice) -> Entry[Record] | Sequence[Entry[Record]]:
        if isinstance(index, slice):
            return [self[place] for place in range(*index.indices(len(self)))]
        place = index if index >= 0 else len(self) + index
        for part in self._parts:
            if 0 <= place < len(part):
                return part[place]
            place -= len(part)
        raise IndexError(index)

    def __iter__(self) -> Iterator[Entry[Record]]:
        return (entry for part in self._parts for entry in part)


class _ById(Mapping[str, "Entry[Record]"]):
    """Entries by their ids in the pool, each asked of its ledger."""

    def __init__(self, shares: Mapping[str, Ledger]) -> None:
        self._shares = shares

    def __getitem__(self, key: str) -> Entry[Record]:
        name = ledger_of(key)
        if name not in self._shares:
            raise KeyError(key)
        return placed(name, self._shares[name].by_id[key])

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and ledger_of(key) in self._shares and key in self._shares[ledger_of(key)].by_id

    def __iter__(self) -> Iterator[str]:
        return (name for ledger in self._shares.values() for name in ledger.by_id)

    def __len__(self) -> int:
        return sum(len(ledger.by_id) for ledger in self._shares.values())


class _Names(Mapping[str, tuple[str, ...]]):
    """Names of units, each asked of every ledger."""

    def __init__(self, parts: Sequence[Mapping[str, tuple[str, ...]]]) -> None:
        self._parts = parts

    def __getitem__(self, key: str) -> tuple[str, ...]:
        found = tuple(unit for part in self._parts if key in part for unit in part[key])
        if not found:
            raise KeyError(key)
        return found

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(name for part in self._parts for name in part))

    def __len__(self) -> int:
        return len(list(iter(self)))
