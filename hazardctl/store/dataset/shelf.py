"""The records of a data set: each is made of the text of its file when it is asked for."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, Final, overload

from hazardctl.base import Base, Bound
from hazardctl.errors import ChangedError
from hazardctl.language import Text, plain
from hazardctl.ledger import folded
from hazardctl.model.kinds import BY_FOLDER, BY_NAME
from hazardctl.model.record import Record
from hazardctl.shelf import Entry, Shelf, Unread
from hazardctl.store.dataset.tables import CALLED

MOST: Final = 400
"""Rows of an answer that is still worth keeping."""
PAGE: Final = 2_000
"""Records that are fetched at once where all are walked through."""
SMALL: Final = 20_000
"""Units whose names are fetched all at once."""
_SPOILT: Final = Text("数据集里 {path} 的内容读不懂", "the data set holds a text at {path} that cannot be read")
_AGAIN: Final = Text("重新导出这本台账", "export this ledger again")


class Held(Shelf):
    """The readable records of a data set, by kind and path."""

    def __init__(self, base: Base, says: Callable[[str, bytes], Entry[Record] | Unread]) -> None:
        """Take the relations, and what gives a record from the path and the bytes of its file."""
        self.base = base
        self._says = says
        self._answers: dict[bytes, list[Any]] = {}
        self._at_hand: dict[str, Entry[Record]] = {}

    def _asked(self, sql: str, bound: Bound | None = None) -> list[Any]:
        return self.base.rows(sql, bound or {})

    def entry(self, path: str, data: str) -> Entry[Record]:
        """Give the record that a text says.

        Raises:
            ChangedError: it says none, though it did when it was exported.
        """
        if (found := self._at_hand.get(path)) is not None:
            return found
        made = self._says(path, data.encode())
        if isinstance(made, Unread):
            raise ChangedError(_SPOILT.of(path=plain(path)), _AGAIN)
        if not path.startswith("hazards/"):  # of which there may be millions
            self._at_hand[path] = made
        return made

    def remembered(self, question: bytes) -> list[list[int | str | None]] | None:
        """Give the rows that a statement gave before in this call."""
        return self._answers.get(question)

    def remember(self, question: bytes, rows: Sequence[Sequence[int | str | None]]) -> None:
        """Keep the rows that a statement gave: the data set does not change under a call."""
        if len(rows) <= MOST:
            self._answers[question] = list(rows)

    # ---------------------------------------------------------------------------------------------------- as a sequence

    @functools.cached_property
    def _counts(self) -> Mapping[str, int]:
        return {kind: int(self._asked(f"SELECT COUNT(*) FROM {kind}_file")[0][0]) for kind in BY_NAME}

    def counts(self) -> Mapping[str, int]:
        """Give how many records of each kind there are."""
        return {kind: number for kind, number in self._counts.items() if number}

    def paths(self) -> Sequence[str]:
        """Give the files of all records, in the order of folders and paths."""
        return [path for folder in sorted(BY_FOLDER) for path in self._paths(BY_FOLDER[folder].name)]

    def __len__(self) -> int:
        """Give how many records there are."""
        return sum(self._counts.values())

    @overload
    def __getitem__(self, index: int) -> Entry[Record]: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Entry[Record]]: ...

    def __getitem__(self, index: int | slice) -> Entry[Record] | Sequence[Entry[Record]]:
        """Give the record at a place, in the order of kinds and paths."""
        every = self.paths()
        return [self._at(path) for path in every[index]] if isinstance(index, slice) else self._at(every[index])

    def __iter__(self) -> Iterator[Entry[Record]]:
        """Read every record, in the order of folders and paths."""
        return (entry for folder in sorted(BY_FOLDER) for entry in self.of(BY_FOLDER[folder].name))

    def _paths(self, kind: str) -> list[str]:
        return [str(row[0]) for row in self._asked(f"SELECT path FROM {kind}_file ORDER BY path")]

    def _at(self, path: str) -> Entry[Record]:
        found = self.by_path(path)
        if found is None:
            raise ChangedError(_SPOILT.of(path=plain(path)), _AGAIN)
        return found

    # ------------------------------------------------------------------------------------------------- without all files

    def of(self, kind: str) -> Sequence[Entry[Record]]:
        """Give the entries of a kind, sorted by path; each is read when it is asked for."""
        return _OfKind(self, kind)

    def by_id(self) -> Mapping[str, Entry[Record]]:
        """Give the entries by id; of two files with one id the first by path."""
        return _ById(self)

    def by_path(self, path: str) -> Entry[Record] | None:
        """Give the entry of a file; None where it holds no readable record."""
        kind = BY_FOLDER.get(path.partition("/")[0])
        if kind is None:
            return None
        if path in self._at_hand:
            return self._at_hand[path]
        rows = self._asked(f"SELECT data FROM {kind.name}_file WHERE path = $path ORDER BY key", {"path": path})
        return self.entry(path, rows[0][0]) if rows else None

    def found(self, kind: str, record: str) -> Entry[Record] | None:
        """Give the record of a kind by its id."""
        rows = self._asked(f"SELECT path, data FROM {kind}_file WHERE id = $id ORDER BY path", {"id": record})
        return self.entry(*rows[0]) if rows else None

    @functools.cached_property
    def _names(self) -> Mapping[str, str]:
        return dict(reversed(self._asked("SELECT id, name FROM unit_file ORDER BY path")))

    def name_of(self, unit: str) -> str:
        """Give the registered name of a unit by its key; empty where there is none."""
        if self._counts["unit"] <= SMALL:
            return self._names.get(unit, "")
        rows = self._asked("SELECT name FROM unit_file WHERE id = $id ORDER BY path LIMIT 1", {"id": unit})
        return str(rows[0][0]) if rows else ""

    def unit_names(self) -> Mapping[str, tuple[str, ...]]:
        """Give folded name or alias → keys of the units so called."""
        return _Called(self)

    def ids(self, kind: str) -> Sequence[str]:
        """Give the ids of a kind, in the order of their files."""
        return [str(row[0]) for row in self._asked(f"SELECT id FROM {kind}_file ORDER BY path")]

    def naming(self, kind: str, name: str) -> Sequence[Entry[Record]]:
        """Give the entries of a kind that name a unit of that key or name, sorted by path."""
        sql = f"SELECT f.path, f.data FROM {kind}_file f JOIN {kind}_links l ON l.owner = f.key WHERE l.target = 'unit' AND l.value = $unit"
        keys = dict.fromkeys((name, *_Called(self).get(folded(name), ())))
        found = {path: data for unit in keys for path, data in self._asked(sql, {"unit": unit})}
        return [self.entry(path, found[path]) for path in sorted(found)]

    def days(self) -> tuple[dt.date, dt.date] | None:
        """Give the first and the last day on which a hazard was found; None without hazards."""
        first, last = self._asked("SELECT MIN(found), MAX(found) FROM hazard_file")[0]
        return None if first is None else (dt.date.fromordinal(first), dt.date.fromordinal(last))


class _OfKind(Sequence[Entry[Record]]):
    """The entries of a kind; a walk through them fetches some thousand texts at a time."""

    def __init__(self, shelf: Held, kind: str) -> None:
        self._shelf, self._kind = shelf, kind

    def __len__(self) -> int:
        return len(self._shelf.ids(self._kind))

    @overload
    def __getitem__(self, index: int) -> Entry[Record]: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Entry[Record]]: ...

    def __getitem__(self, index: int | slice) -> Entry[Record] | Sequence[Entry[Record]]:
        rows = self._shelf.base.rows(f"SELECT path FROM {self._kind}_file ORDER BY path, key", {})
        if isinstance(index, slice):
            return [entry for (path,) in rows[index] if (entry := self._shelf.by_path(path)) is not None]
        entry = self._shelf.by_path(rows[index][0])
        assert entry is not None  # noqa: S101 (its path was read this moment)
        return entry

    def __iter__(self) -> Iterator[Entry[Record]]:
        last, key = "", -1
        while True:
            rows = self._shelf.base.rows(
                f"SELECT path, data, key FROM {self._kind}_file WHERE path > $last OR path = $last AND key > $key"
                f" ORDER BY path, key LIMIT {PAGE}",
                {"last": last, "key": key},
            )
            for path, data, _ in rows:
                yield self._shelf.entry(path, data)
            if len(rows) < PAGE:
                return
            last, _, key = rows[-1]


class _ById(Mapping[str, Entry[Record]]):
    """Entries by id, each read when it is asked for."""

    def __init__(self, shelf: Held) -> None:
        self._shelf = shelf
        self._known: dict[str, Entry[Record] | None] = {}

    def _find(self, key: str) -> Entry[Record] | None:
        if key not in self._known:
            found = (self._shelf.found(kind, key) for kind in sorted(BY_NAME, key=lambda one: (one == "hazard", one)))
            self._known[key] = next((one for one in found if one is not None), None)
        return self._known[key]

    def __getitem__(self, key: str) -> Entry[Record]:
        found = self._find(key)
        if found is None:
            raise KeyError(key)
        return found

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._find(key) is not None

    def __iter__(self) -> Iterator[str]:
        return iter(dict.fromkeys(one for folder in sorted(BY_FOLDER) for one in self._shelf.ids(BY_FOLDER[folder].name)))

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Called(Mapping[str, tuple[str, ...]]):
    """Folded names of units, each asked of the data set."""

    def __init__(self, shelf: Held) -> None:
        self._base = shelf.base
        self._found: dict[str, tuple[str, ...]] = {}

    def __getitem__(self, key: str) -> tuple[str, ...]:
        if key not in self._found:
            rows = self._base.rows(f"SELECT unit FROM {CALLED} WHERE called = $called ORDER BY unit", {"called": folded(key)})
            self._found[key] = tuple(dict.fromkeys(str(row[0]) for row in rows))
        if not self._found[key]:
            raise KeyError(key)
        return self._found[key]

    def __iter__(self) -> Iterator[str]:
        return iter([str(row[0]) for row in self._base.rows(f"SELECT DISTINCT called FROM {CALLED} ORDER BY called", {})])

    def __len__(self) -> int:
        return sum(1 for _ in self)
