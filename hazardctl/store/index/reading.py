"""Reading the files that changed: what each says, in the form the index keeps it; many of them on all cores."""

from __future__ import annotations

import functools
import marshal
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from typing import Final, Protocol

from hazardctl.ledger import Entry, Ledger, folded
from hazardctl.model.config import Config
from hazardctl.model.record import Record
from hazardctl.model.unit import Unit
from hazardctl.store.files import RefusedError
from hazardctl.store.index.base import Keeper
from hazardctl.store.index.crew import hands, shared
from hazardctl.store.index.file import File, Says, hashed
from hazardctl.store.index.filing import Row, Rows, Value
from hazardctl.store.index.shelf import Kept

MANY: Final = 2_000
"""Files from which on it pays to start further processes."""
CHUNK: Final = 128
"""Files whose rows are put in together: few enough for a cache of the processor."""


@dataclass(slots=True)
class Asked:
    """The units asked for by name while the rows of a record are made."""

    names: set[str] = field(default_factory=set[str])


@dataclass(frozen=True)
class Noting(Ledger):
    """A ledger of units that makes the rows of other records.

    Attributes:
        asked: takes the name of every unit that is asked for.
        keys: what was found for the names asked so far; `key` the one that each of them stands for.
    """

    asked: Asked = field(default_factory=Asked, compare=False)
    keys: dict[str, tuple[str, ...]] = field(default_factory=dict[str, tuple[str, ...]], compare=False)
    key: dict[str, str] = field(default_factory=dict[str, str], compare=False)

    def unit_keys(self, text: str) -> tuple[str, ...]:
        """Give the keys a text stands for, and note the text."""
        self.asked.names.add(text)
        found = self.keys.get(text)
        if found is None:
            found = self.keys[text] = super().unit_keys(text)
        return found

    def unit_key(self, text: str) -> str:
        """Give the one key a text stands for, and note the text."""
        self.asked.names.add(text)
        found = self.key.get(text)
        if found is None:
            found = self.key[text] = super().unit_key(text)
        return found

    def forget(self) -> None:
        """Forget what was folded."""
        self._replayed.clear()


class Readable(Protocol):
    """Files by their path below the ledger root: of the work tree, or as a commit has them."""

    def read(self, path: str) -> bytes:
        """Give the bytes of a file; RefusedError when it is no readable file."""
        ...


class Reading:
    """How the files of a ledger are read."""

    def __init__(self, files: Readable, config: Config, keeper: Keeper, says: Says, kept: Kept) -> None:
        """Take the files, the configuration, what is kept of a record, what gives a file's meaning, and the known records."""
        self._files = files
        self._config, self._keeper, self._says, self._kept = config, keeper, says, kept

    def bare(self, units: Sequence[File]) -> Iterator[tuple[set[str], Rows]]:
        """Read the files of units, and keep them at hand: give what they are called, which the rows of every record lean on.

        Yields:
            The names of some of them, and their rows.
        """
        for part in _parts(units):
            files: list[Value] = []
            called: list[Row] = []
            for file in part:
                sha, entry = self._opened(file)
                files += _row(file, sha, entry)
                if entry is not None and isinstance(unit := entry.record, Unit):
                    self._kept.hold(entry)
                    called += (
                        (name, 1, unit.id, file.key) for name in sorted({folded(name) for name in (unit.name, *unit.aliases) if name})
                    )
                    called.append((folded(unit.id), 0, unit.id, file.key))
            yield {str(name) for name, *_ in called}, {"file": files, "unit_name": list(chain.from_iterable(called))}

    def whole(self, files: Sequence[File]) -> Iterator[tuple[int, Rows]]:
        """Give the rows of files in the relations; all units are known, and those of these files are at hand.

        Yields:
            How many files were read, and their rows.
        """
        parts = _parts(files)
        units = self._kept.of("unit")
        few = len(files) < len(units)  # then the units they name are asked for one by one
        ledger = Noting(self._config, self._kept if few else tuple(units))
        if few or len(files) < MANY or hands() < 2:
            yield from ((len(part), self._rows(ledger, part)) for part in parts)
            return
        done = shared(parts, lambda part: marshal.dumps(self._rows(ledger, part)))
        yield from ((len(part), marshal.loads(rows)) for part, rows in zip(parts, done, strict=True))  # noqa: S302 (made by a process of ours)

    def _rows(self, ledger: Noting, part: Sequence[File]) -> Rows:
        """Give the rows of some files: one thing is done for all of them before the next, while its code is in the processor's cache."""
        rows: Rows = {"file": [], "mention": []}
        read: defaultdict[str, list[tuple[int, Entry[Record], set[str]]]] = defaultdict(list)
        for file in part:
            if file.kind == "unit":
                said = self._kept.opened(file.path)
                entry = said if isinstance(said, Entry) else None
            else:
                sha, entry = self._opened(file)
                rows["file"] += _row(file, sha, entry)
            if entry is not None:
                read[file.kind].append((file.key, entry, set()))
        for kind, entries in read.items():
            for table, made in self._keeper.makers(kind).items():
                into = rows.setdefault(table, [])
                for key, entry, names in entries:
                    ledger.asked.names = names  # of each record apart
                    into += chain.from_iterable(made(ledger, key, entry))
            for key, _, names in entries:
                for name in sorted({_called(text) for text in names if text}):
                    rows["mention"] += name, key
        ledger.forget()
        return rows

    def _opened(self, file: File) -> tuple[bytes, Entry[Record] | None]:
        """Read a file: the hash of its bytes, and its record where it holds one."""
        try:
            data = self._files.read(file.path)
        except RefusedError:
            return b"", None
        said = self._says(self._config, file.path, data)
        return hashed(data), said if isinstance(said, Entry) else None


def _parts(files: Sequence[File]) -> list[Sequence[File]]:
    return [files[at : at + CHUNK] for at in range(0, len(files), CHUNK)]


def _row(file: File, sha: bytes, entry: Entry[Record] | None) -> Row:
    """Give the row of a file in the table of files."""
    record, stamp = entry.record if entry else None, file.stamp
    day = record.day if record else None
    return (
        file.key, file.path, file.folder, file.kind, record.id if record else "", record.name if isinstance(record, Unit) else "",
        day.toordinal() if day else None, int(entry is not None), stamp.size, stamp.mtime, stamp.ctime, stamp.inode, sha,
    )  # fmt: skip


@functools.lru_cache(1 << 14)
def _called(name: str) -> str:
    """Fold the name of a unit; a ledger speaks of few."""
    return folded(name)
