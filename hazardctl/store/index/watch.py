"""Which files changed, asked of the file system about the files only: no file is opened that stands as it was known.

A folder of records is one digest over the names of what it holds, with size, both times and inode of each; only a folder
whose digest differs is looked at file by file. A file as young as the look at it may change again within one tick of the
clock of the file system, so it is read again the next time (git's "racy" rule).
"""

from __future__ import annotations

import hashlib
import marshal
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from hazardctl.store.layout import Below, Found, holds_records, inside, scanned, tops

TICK: Final = 2_000_000_000
"""Nanoseconds by which a time must be past to be trusted: the coarsest file systems count whole seconds."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """What the file system says of a file that changes when it is written to, in the order of the index's columns."""

    size: int
    mtime: int
    ctime: int
    inode: int

    @property
    def newest(self) -> int:
        """Give the younger of its times."""
        return max(self.mtime, self.ctime)


@dataclass(frozen=True, slots=True)
class Folder:
    """A folder of records as it stands.

    Attributes:
        below: which folder.
        entries: what it holds, or why it cannot be opened.
        digest: over everything in it.
        newest: the youngest time of a file in it, in nanoseconds.
    """

    below: Below
    entries: Sequence[os.DirEntry[str]] | OSError
    digest: bytes
    newest: int

    def found(self) -> list[Found]:
        """Give its records and what is no record, the folders below left out."""
        return [one for one in inside(self.below, self.entries) if isinstance(one, Found)]

    def stamps(self) -> dict[str, Stamp]:
        """Give path → stamp of what it holds."""
        entries = () if isinstance(self.entries, OSError) else self.entries
        return {f"{self.below.path}/{entry.name}": _stamp(entry) for entry in entries}


@dataclass(slots=True)
class Seen:
    """All record folders of a ledger, and what stands in the place of one."""

    folders: list[Folder] = field(default_factory=list[Folder])
    strays: list[Found] = field(default_factory=list[Found])


def seen(root: Path) -> Seen:
    """Look at every record folder of a ledger."""
    found = Seen()
    for one in tops(root):
        if isinstance(one, Below):
            found.folders += _folders(root, one)
        else:
            found.strays.append(one)
    return found


def _folders(root: Path, below: Below) -> Iterator[Folder]:
    entries = scanned(root, below)
    if isinstance(entries, OSError):
        yield Folder(below, entries, b"", 0)
        return
    rows: list[tuple[str | int, ...]] = []
    further: list[Below] = []
    newest = 0
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            rows.append((entry.name, "folder"))
            if holds_records(below, entry.name):
                further.append(Below(f"{below.path}/{entry.name}", below.kind, below.level + 1))
            continue
        it = entry.stat(follow_symlinks=False)
        rows.append((entry.name, it.st_mode, it.st_size, it.st_mtime_ns, it.st_ctime_ns, it.st_ino))
        newest = max(newest, it.st_mtime_ns, it.st_ctime_ns)
    yield Folder(below, entries, hashlib.blake2b(marshal.dumps(rows, 2), digest_size=16).digest(), newest)
    for one in further:
        yield from _folders(root, one)


def _stamp(entry: os.DirEntry[str]) -> Stamp:
    it = entry.stat(follow_symlinks=False)
    return Stamp(it.st_size, it.st_mtime_ns, it.st_ctime_ns, it.st_ino)


def now(path: Path) -> int:
    """Ask the file system what time it is, in nanoseconds, by touching a file beside the index."""
    probe = path.with_name(path.name + ".now")
    probe.touch()
    os.utime(probe)
    return probe.stat().st_mtime_ns
