"""Reading the files that changed: what each says, in the form the index keeps it; many of them on all cores."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, TypeAlias

from hazardctl.ledger import Entry, Ledger, Unread, folded
from hazardctl.model.config import Config
from hazardctl.model.record import Record
from hazardctl.model.unit import Unit
from hazardctl.store.index.base import Keeper
from hazardctl.store.index.crew import shared
from hazardctl.store.index.shelf import Kept
from hazardctl.store.index.watch import Stamp
from hazardctl.store.reader import RefusedError, read_file

Says: TypeAlias = Callable[[str, bytes], Entry[Record] | Unread]
"""Gives what a file says, from its path and bytes."""

MANY: Final = 2_000
"""Files from which on it pays to start further processes."""
CHUNK: Final = 250


@dataclass(frozen=True, slots=True)
class File:
    """A file to be read; `key` is the one it had, if it was known."""

    path: str
    folder: str
    kind: str
    stamp: Stamp
    key: int | None


@dataclass(frozen=True, slots=True)
class Read:
    """What a file said.

    Attributes:
        sha: hash of its bytes.
        readable: it holds a record.
        id: of the record; `name` of a unit; `day` of the record, as a whole number.
        names: a unit's name and aliases, folded.
        mentions: the names of units, folded, that its rows lean on.
        rows: (relation, row), with 0 for the key.
    """

    sha: bytes = b""
    readable: bool = False
    id: str = ""
    name: str = ""
    day: int | None = None
    names: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    rows: tuple[tuple[str, tuple[object, ...]], ...] = ()


class Noting(Ledger):
    """A ledger that notes which units were asked of it by name."""

    def unit_keys(self, text: str) -> tuple[str, ...]:
        """Give the keys a text stands for, and note the text."""
        self.noted.add(text)
        return super().unit_keys(text)

    @property
    def noted(self) -> set[str]:
        """Give the texts asked so far."""
        found: set[str] = self.__dict__.setdefault("_noted", set())
        return found


@dataclass(frozen=True, slots=True)
class Reading:
    """How the files of a ledger are read.

    Attributes:
        root: the ledger root.
        config: its configuration.
        keeper: what is kept of a record.
        says: gives what a file says.
        kept: the records that are known already.
    """

    root: Path
    config: Config
    keeper: Keeper
    says: Says
    kept: Kept

    def bare(self, files: Sequence[File]) -> Iterator[tuple[File, Read]]:
        """Read files without their rows, which may lean on units that are not known yet."""
        ledger = Noting(self.config)
        return ((file, self._one(ledger, file, bare=True)) for file in files)

    def whole(self, files: Sequence[File]) -> Iterator[tuple[File, Read]]:
        """Read files; all units are known."""
        if len(files) < MANY or (os.cpu_count() or 1) < 2 or not hasattr(os, "fork"):
            ledger = Noting(self.config, self.kept)
            yield from ((file, self._one(ledger, file)) for file in files)
            return
        inherited = Noting(self.config, tuple(self.kept.of("unit")))
        parts = [files[at : at + CHUNK] for at in range(0, len(files), CHUNK)]
        done = shared(parts, lambda part: [self._one(inherited, file) for file in part])
        for part, said in zip(parts, done, strict=True):
            yield from zip(part, said, strict=True)

    def _one(self, ledger: Noting, file: File, *, bare: bool = False) -> Read:
        try:
            data = read_file(self.root / file.path, self.root)
        except RefusedError:
            return Read()
        entry = self.says(file.path, data)
        if isinstance(entry, Unread):
            return Read(hashed(data))
        record = entry.record
        ledger.noted.clear()
        rows = () if bare else tuple((table, tuple(row)) for table, row in self.keeper.rows(ledger, 0, entry))
        unit = record if isinstance(record, Unit) else None
        return Read(
            sha=hashed(data),
            readable=True,
            id=record.id,
            name=unit.name if unit else "",
            day=record.day.toordinal() if record.day else None,
            names=tuple(sorted({folded(name) for name in (unit.name, *unit.aliases) if name})) if unit else (),
            mentions=tuple(sorted({folded(text) for text in ledger.noted if text})),
            rows=rows,
        )


def hashed(data: bytes) -> bytes:
    """Give the hash by which a file is known again."""
    return hashlib.blake2b(data, digest_size=16).digest()
