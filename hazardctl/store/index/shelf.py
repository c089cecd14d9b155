"""The entries of an indexed ledger: each file is read when its record is asked for, and then kept at hand."""

from __future__ import annotations

import datetime as dt
import os
import sqlite3
import weakref
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias, overload

from hazardctl.base import Lite
from hazardctl.errors import ChangedError
from hazardctl.language import Text, plain
from hazardctl.ledger import Entry, Shelf, Unread, folded
from hazardctl.store.index import base
from hazardctl.store.index.answered import Answered, Rows
from hazardctl.store.index.entries import ById, Names, Some

if TYPE_CHECKING:
    from hazardctl.model.record import Record

_CHANGED: Final = Text("{path} 在读取台账时被改动了", "{path} was changed while the ledger was read")
_AGAIN: Final = Text("再运行一次", "run the command again")

Reads: TypeAlias = "Callable[[str], Entry[Record] | Unread]"
FEW: Final = 16
"""Units whose names are asked for one by one; who asks for more gets them all."""
TOGETHER: Final = 1_000
"""Files of a commit that are fetched from git in one go."""
LARGE: Final = 8_000
"""Pages of an index (64 MiB of it) from which on two connections answer sooner than one."""
AT_HAND: Final = 20_000
"""Records kept at hand: about 100 MiB of them, however large the ledger is."""


class Kept(Shelf):
    """The readable records of an index, by path.

    Attributes:
        state: which state of the files the data base describes.
    """

    state = ""

    def __init__(
        self,
        database: sqlite3.Connection,
        read: Callable[[str], Entry[Record] | Unread],
        want: Callable[[Sequence[str]], None] | None = None,
    ) -> None:
        """Take the data base, how a file is read, and how many are fetched at once where that is quicker."""
        self.database = database
        self.base = Lite(database, temporary=True, state=base.STATE)
        weakref.finalize(self, database.close)
        self._answered = Answered(database)
        self._read, self._want = read, want
        self._at_hand: dict[str, Entry[Record]] = {}
        self._names: dict[str, str] = {}
        self._order: Sequence[str] | None = None
        self._all_named = False
        self._beside: list[Kept] = []

    def opened(self, path: str, *, hold: bool = True) -> Entry[Record] | Unread:
        """Read a file, or give what was read before; hold it, or not where it is not wanted again."""
        found = self._at_hand.get(path)
        if found is not None:
            return found
        made = self._read(path)
        if hold and isinstance(made, Entry):
            if len(self._at_hand) >= AT_HAND:
                self._at_hand.clear()
            self._at_hand[path] = made
        return made

    def entry(self, path: str, *, hold: bool = True) -> Entry[Record]:
        """Give the entry of a file that is known to be readable.

        Raises:
            ChangedError: it is no longer.
        """
        found = self.opened(path, hold=hold)
        if isinstance(found, Unread):
            raise ChangedError(_CHANGED.of(path=plain(path)), _AGAIN)
        return found

    def hold(self, entry: Entry[Record]) -> None:
        """Keep an entry at hand that was read just now."""
        self._at_hand[entry.path] = entry

    def twin(self) -> Kept:
        """Give the same records over a connection of their own, for another process.

        Raises:
            ChangedError: the data base describes other files by now.
            sqlite3.Error: it cannot be opened.
        """
        path = self.database.execute("PRAGMA database_list").fetchone()[2]
        other = Kept(base.again(Path(path)), self._read, self._want)
        other.state = self.state
        if not other.renewed():
            raise ChangedError(_CHANGED.of(path=plain(path)), _AGAIN)
        return other

    def beside(self) -> Kept | None:
        """Give the same records over a connection of their own, for another thread; None where that is not worth it."""
        if (os.cpu_count() or 1) < 2 or self.database.execute("PRAGMA page_count").fetchone()[0] < LARGE:
            return None
        with suppress(ChangedError, sqlite3.Error):
            other = self.twin()
            other.withhold()
            self._beside.append(other)
            return other
        return None

    def join(self, other: Shelf) -> None:
        """Take back what `beside` gave, and keep the answers that were kept there."""
        for question, rows in other.withheld if isinstance(other, Kept) else ():
            self.remember(question, rows)

    def let_go(self) -> None:
        """Close the data base, and stop what is asked beside it."""
        for other in self._beside:
            other.database.interrupt()
        self.database.close()

    def renewed(self) -> bool:
        """Look at the data base as it stands now; say whether it still describes the same files."""
        if self.database.in_transaction:
            self.database.execute("COMMIT")
        self.database.execute("BEGIN")
        return base.changes(self.database) == self.state

    def forget(self) -> None:
        """Drop what is remembered of the data base and of files: it is about to change."""
        self._at_hand.clear()
        self._names.clear()
        self._order = None
        self._all_named = False

    @property
    def _paths(self) -> Sequence[str]:
        if self._order is None:
            self._order = self._asked("SELECT path FROM file WHERE readable = 1 ORDER BY path")
        return self._order

    def _asked(self, sql: str, *bound: object) -> list[str]:
        return [str(row[0]) for row in self.database.execute(sql, bound)]

    # --------------------------------------------------------------------------------------------------------- answers

    def remembered(self, question: bytes) -> list[list[int | str | None]] | None:
        """Give the rows that a statement gave before, over the very same records; None where it was not asked."""
        return self._answered.remembered(question)

    def remember(self, question: bytes, rows: Rows) -> None:
        """Keep the rows that a statement gave, until a record changes; where another command writes just now, they are not kept."""
        self._answered.remember(question, rows, self.state)

    def withhold(self) -> None:
        """Keep no answer before `release`: nobody has vouched for the files yet."""
        self._answered.withhold()

    @property
    def withheld(self) -> Sequence[tuple[bytes, Rows]]:
        """Give the answers that are withheld: questions, and their rows."""
        return self._answered.withheld

    def release(self) -> None:
        """Keep the answers that were withheld, and those to come."""
        self._answered.release()

    # ---------------------------------------------------------------------------------------------------- as a sequence

    def __len__(self) -> int:
        """Give how many records there are."""
        return int(self.database.execute("SELECT COUNT(*) FROM file WHERE readable = 1").fetchone()[0])

    @overload
    def __getitem__(self, index: int) -> Entry[Record]: ...

    @overload
    def __getitem__(self, index: slice) -> Sequence[Entry[Record]]: ...

    def __getitem__(self, index: int | slice) -> Entry[Record] | Sequence[Entry[Record]]:
        """Give the record at a place, in the order of paths."""
        if isinstance(index, slice):
            return Some(self, self._paths[index])
        return self.entry(self._paths[index])

    def __iter__(self) -> Iterator[Entry[Record]]:
        """Read every record, in the order of paths."""
        return self.each(self._paths)

    def each(self, paths: Sequence[str], *, hold: bool = True) -> Iterator[Entry[Record]]:
        """Read files that are known to be readable one after the other, fetched together where that is quicker."""
        for some in (paths[at : at + TOGETHER] for at in range(0, len(paths), TOGETHER)):
            if self._want is not None:
                self._want([path for path in some if path not in self._at_hand])
            yield from (self.entry(path, hold=hold) for path in some)

    def passing(self, paths: Sequence[str]) -> Iterator[Entry[Record]]:
        """Read files that are known to be readable one after the other, and keep none of them."""
        return self.each(paths, hold=False)

    # ------------------------------------------------------------------------------------------------- without all files

    def of(self, kind: str) -> Sequence[Entry[Record]]:
        """Give the entries of a kind, sorted by path; each is read when it is asked for."""
        return Some(self, self._asked("SELECT path FROM file WHERE kind = ? AND readable = 1 ORDER BY path", kind))

    def by_id(self) -> Mapping[str, Entry[Record]]:
        """Give the entries by id; of two files with one id the first by path."""
        return ById(self)

    def by_path(self, path: str) -> Entry[Record] | None:
        """Give the entry of a file; None where it holds no readable record."""
        known = self._asked("SELECT path FROM file WHERE path = ? AND readable = 1", path)
        return self.entry(path) if known else None

    def name_of(self, unit: str) -> str:
        """Give the registered name of a unit by its key; empty where there is none."""
        if unit not in self._names and len(self._names) < FEW:
            found = self._asked("SELECT name FROM file WHERE id = ? AND kind = 'unit' AND readable = 1 ORDER BY path LIMIT 1", unit)
            self._names[unit] = found[0] if found else ""
        elif unit not in self._names and not self._all_named:
            sql = "SELECT id, name FROM file WHERE kind = 'unit' AND readable = 1 ORDER BY path DESC"  # of two with one id the first
            self._names |= {str(key): str(name) for key, name in self.database.execute(sql)}
            self._all_named = True
        return self._names.get(unit, "")

    def unit_names(self) -> Mapping[str, tuple[str, ...]]:
        """Give folded name or alias → keys of the units so called."""
        return Names(self.database)

    def ids(self, kind: str) -> Sequence[str]:
        """Give the ids of a kind, in the order of their files."""
        return self._asked("SELECT id FROM file WHERE kind = ? AND readable = 1 ORDER BY path", kind)

    def all_ids(self) -> Sequence[str]:
        """Give every id, in the order of files."""
        return list(dict.fromkeys(self._asked("SELECT id FROM file WHERE readable = 1 ORDER BY path")))

    def path_of(self, record: str) -> str | None:
        """Give the first file of an id."""
        found = self._asked("SELECT path FROM file WHERE id = ? AND readable = 1 ORDER BY path LIMIT 1", record)
        return found[0] if found else None

    def naming(self, kind: str, name: str) -> Sequence[Entry[Record]]:
        """Give the entries of a kind whose rows lean on a unit of that key or name, sorted by path."""
        sql = "SELECT path FROM mention JOIN file USING (key) WHERE mention.name = ? AND kind = ? AND readable = 1 ORDER BY path"
        return Some(self, self._asked(sql, folded(name), kind))

    def paths(self) -> Sequence[str]:
        """Give the files of all records, in their order."""
        return self._paths

    def counts(self) -> Mapping[str, int]:
        """Give how many records of each kind there are."""
        return dict(self.database.execute("SELECT kind, COUNT(*) FROM file WHERE readable = 1 GROUP BY kind").fetchall())

    def days(self) -> tuple[dt.date, dt.date] | None:
        """Give the first and the last day on which a hazard was found; None without hazards."""
        sql = "SELECT (SELECT MIN(day) {of}), (SELECT MAX(day) {of})".format(of="FROM file WHERE kind = 'hazard' AND readable = 1")
        first, last = self.database.execute(sql).fetchone()  # each at one end of its index
        return None if first is None else (dt.date.fromordinal(first), dt.date.fromordinal(last))
