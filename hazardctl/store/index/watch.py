"""Which files changed, asked of the file system about the files only: no file is opened that stands as it was known.

A folder of records is one digest over the names of what it holds, with size, both times and inode of each; only a folder
whose digest differs is looked at file by file. A file as young as the look at it may change again within one tick of the
clock of the file system, so it is read again the next time (git's "racy" rule).
"""

from __future__ import annotations

import functools
import hashlib
import marshal
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final, TypeAlias

from hazardctl.store import noting, system
from hazardctl.store.layout import Below, Found, holds_records, inside, scanned, tops

Entry: TypeAlias = tuple[str, int, int, int, int, int]
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


NO_STAMP: Final = Stamp(-1, -1, -1, -1)
"""The stamp of what cannot be looked at."""


@dataclass(frozen=True)
class Folder:
    """A folder of records as it stands.

    Attributes:
        below: which folder.
        entries: name, mode, size, both times and inode of what it holds, all but the first two 0 for a folder; or why it cannot
            be opened.
        digest: over everything in it, and its own stamp.
        newest: the youngest time of a file in it, or of itself, in nanoseconds.
        stamp: of the folder itself, which changes when a name in it comes or goes; taken before it was looked into.
    """

    below: Below
    entries: Sequence[Entry] | OSError
    digest: bytes
    newest: int
    stamp: Stamp

    def found(self) -> list[Found]:
        """Give its records and what is no record, the folders below left out."""
        return self._found

    @functools.cached_property
    def _found(self) -> list[Found]:
        entries = self.entries if isinstance(self.entries, OSError) else [(name, mode) for name, mode, *_ in self.entries]
        return [one for one in inside(self.below, entries) if isinstance(one, Found)]

    def stamps(self) -> dict[str, Stamp]:
        """Give path → stamp of what it holds."""
        entries = () if isinstance(self.entries, OSError) else self.entries
        return {f"{self.below.path}/{name}": Stamp(*stamp) for name, _, *stamp in entries}


@dataclass(slots=True)
class Seen:
    """All record folders of a ledger, and what stands in the place of one."""

    folders: list[Folder] = field(default_factory=list[Folder])
    strays: list[Found] = field(default_factory=list[Found])

    def each(self) -> Iterator[Folder]:
        """Give folder after folder, and let go of names and times that have been looked through: there may be a million files."""
        for at, one in enumerate(self.folders):
            yield one
            if all(file.finding is None for file in one.found()):
                self.folders[at] = replace(one, entries=())


def seen(root: Path) -> Seen:
    """Look at every record folder of a ledger."""
    found = Seen()
    for one in tops(root):
        if isinstance(one, Below):
            found.folders += folders(root, one)
        else:
            found.strays.append(one)
    return found


def looked(root: Path, below: Below) -> tuple[Folder, list[Below]]:
    """Look at one folder of records: what it holds, and the folders of records in it."""
    noting.unsure()
    stamp = stamped(root / below.path) or NO_STAMP
    entries = scanned(root, below)
    if isinstance(entries, OSError):
        return Folder(below, entries, b"", 0, stamp), []
    found: list[Entry] = []
    further: list[Below] = []
    newest = stamp.newest
    for entry in entries:
        if entry.is_dir(follow_symlinks=False):
            found.append((entry.name, stat.S_IFDIR, 0, 0, 0, 0))
            if holds_records(below, entry.name):
                further.append(Below(f"{below.path}/{entry.name}", below.kind, below.level + 1))
            continue
        it = entry.stat(follow_symlinks=False)
        found.append((entry.name, it.st_mode, it.st_size, it.st_mtime_ns, it.st_ctime_ns, it.st_ino))
        newest = max(newest, it.st_mtime_ns, it.st_ctime_ns)
    said = marshal.dumps(((stamp.size, stamp.mtime, stamp.ctime, stamp.inode), found), 2)
    return Folder(below, found, hashlib.blake2b(said, digest_size=16).digest(), newest, stamp), further


def folders(root: Path, below: Below) -> Iterator[Folder]:
    """Look at a folder of records and at all below it."""
    folder, further = looked(root, below)
    yield folder
    for one in further:
        yield from folders(root, one)


def _stamp_of(it: os.stat_result) -> Stamp:
    return Stamp(it.st_size, it.st_mtime_ns, it.st_ctime_ns, it.st_ino if system.NUMBERED else 0)


def stamped(path: Path | str) -> Stamp | None:
    """Give the stamp of a file or folder; None where there is none, or it cannot be looked at."""
    try:
        return _stamp_of(os.lstat(path))
    except OSError:
        return None


def now(path: Path) -> int:
    """Ask the file system what time it is, in nanoseconds, by touching a file beside the index."""
    probe = path.with_name(path.name + ".now")
    probe.touch()
    os.utime(probe)
    return probe.stat().st_mtime_ns
