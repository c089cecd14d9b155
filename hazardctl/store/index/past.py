"""The index of a commit: what a tree of git says never changes, so its rows are made once and no file is looked at again.

It lies in a file of its own beside the index of the work tree, named by the id of the ledger folder in that commit: two commits
that did not touch the ledger share one. It is made from the nearest index at hand, of another commit or of the work tree, by
reading the files that differ and no others. The few that were used last are kept.
"""

from __future__ import annotations

import heapq
import itertools
import os
import sqlite3
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from hazardctl.ledger import Entry, Unread
from hazardctl.model.config import Config
from hazardctl.store import noting
from hazardctl.store.index import base
from hazardctl.store.index.base import Keeper
from hazardctl.store.index.file import Says
from hazardctl.store.index.shelf import FEW, TOGETHER, Kept, Reads

if TYPE_CHECKING:
    from hazardctl.model.record import Record
    from hazardctl.store.source import Revision

Progress: TypeAlias = Callable[[int, int], None]
MOST: Final = 3
"""Commits whose rows are kept; one of a large ledger takes about 2 KiB a hazard."""
MOST_IN_POOL: Final = 2
"""The same of a ledger in a pool: the commit of today, and the one before or that of a comparison."""
PATIENCE: Final = 3_600_000_000_000
"""Nanoseconds after which the half-made index of a command that was killed is thrown away."""


@dataclass(frozen=True, slots=True)
class Past:
    """A ledger as a commit has it: its configuration, entries read when asked for, what could not be read."""

    config: Config
    entries: Kept
    unread: tuple[Unread, ...]


@dataclass(frozen=True, slots=True)
class InPool:
    """How a ledger stands in a pool with others.

    Attributes:
        path: of its index.
        stamp: what its rows depend on beside the commit.
    """

    path: Path
    stamp: bytes


def opened(
    source: Revision, *, keeper: Keeper, says: Says, loads: Callable[[Config, str], Entry[Record] | Unread], config: Callable[[], Config],
    progress: Progress | None = None, pool: InPool | None = None,
) -> Past | None:  # fmt: skip
    """Open the ledger of a commit over its index, made where there is none; None where there can be none.

    Args:
        source: the commit.
        keeper: what is kept of a record.
        says: gives what the bytes of a file say.
        loads: gives what a file of the commit says, or why it cannot be read.
        config: reads the configuration of the commit, where the index does not know it.
        progress: told (files read, files to be read) now and then.
        pool: how it stands in a pool; by itself without one.

    Raises:
        UnreadableError: the configuration cannot be read.
        SystemFailedError: git failed.
    """
    connection: sqlite3.Connection | None = None
    path = pool.path if pool else base.place_of_past(source.root, source.tree)
    try:
        form = base.form(source.tree.encode() + (pool.stamp if pool else b""))
        if (settled := _known(path, form)) is None:
            from hazardctl.store.index.growing import Growing  # not on the road of what is known

            base.thrown_away(path)
            settled = config()
            Growing(source, path, settled, keeper, says, progress, pool.stamp if pool else None).made(form, of(path))
        connection = base.connected(path)
        ahead = _Ahead(source, lambda path: loads(settled, path))
        kept = Kept(connection, ahead.read, source.want)
        ahead.paths = kept.paths
        with noting.apart():
            os.utime(path)
            _prune(path, MOST_IN_POOL if pool else MOST)
        connection.execute("BEGIN")
        kept.state = base.changes(connection)
        noting.settled(str(path))
        lost = [str(path) for (path,) in connection.execute("SELECT path FROM file WHERE readable = 0 ORDER BY path")]
        source.want(lost)
        return Past(settled, kept, tuple(one for path in lost if isinstance(one := kept.opened(path), Unread)))
    except (sqlite3.OperationalError, OSError):
        pass  # no place for it here, or another command makes it
    except sqlite3.DatabaseError:
        base.thrown_away(path)  # damaged: the next command makes it anew
    if connection is not None:
        connection.close()
    return None


class _Ahead:
    """Reads the files of a commit; who has read some one by one gets those behind the next along with it, for git is slow to start."""

    def __init__(self, source: Revision, loads: Reads) -> None:
        self.source, self.loads = source, loads
        self.paths: Callable[[], Sequence[str]] = tuple
        self.alone = 0

    def read(self, path: str) -> Entry[Record] | Unread:
        if not self.source.fetched(path):
            self.alone += 1
            if self.alone > FEW:
                paths = self.paths()
                place = bisect_left(paths, path)
                self.source.want([path, *paths[place : place + TOGETHER]])
        return self.loads(path)


def _known(path: Path, form: str) -> Config | None:
    """Give the configuration an index was made with; None where there is none of that form."""
    with noting.apart():
        if not path.exists():
            return None
    with closing(base.connected(path)) as connection:
        return base.config(connection, form)


def of(path: Path) -> list[Path]:
    """Give the kept indexes of commits of the ledger whose commit has its index at a path, those used last in the end."""
    others = [(one.stat().st_mtime_ns, one) for one in path.parent.glob(f"{path.name.rpartition('-')[0]}-*.sqlite")]
    return [one for _, one in sorted(others)]


def _prune(path: Path, most: int) -> None:
    """Throw all but the few away that were used last, and what a killed command left half made."""
    with suppress(OSError):
        for one in of(path)[:-most]:
            base.thrown_away(one)
        for one in path.parent.glob(f"{path.name.rpartition('-')[0]}-*.part"):
            if one.stat().st_mtime_ns < path.stat().st_mtime_ns - PATIENCE:
                base.thrown_away(one)


def unlike(one: Kept, other: Kept) -> Iterator[str]:
    """Give the files, in their order, whose bytes are not the same in two states; one that could not be read is never known."""
    sql = "SELECT path, sha FROM file ORDER BY path"
    both = heapq.merge(one.database.execute(sql), other.database.execute(sql))
    for path, rows in itertools.groupby(both, key=lambda row: str(row[0])):
        hashes = [sha for _, sha in rows]
        if len(hashes) == 1 or hashes[0] != hashes[1] or not hashes[0]:
            yield path


@dataclass(frozen=True, slots=True)
class Held:
    """What is kept of commits: how many have an index, and the bytes these take."""

    commits: int
    size: int


def held(root: Path) -> Held:
    """Look at what is kept of the commits of a ledger."""
    found = of(base.place_of_past(root, "0"))
    return Held(len(found), sum(one.stat().st_size for path in found for one in path.parent.glob(f"{path.name}*")))
