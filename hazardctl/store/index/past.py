"""The index of a commit: what a tree of git says never changes, so its rows are made once and no file is looked at again.

It lies in a file of its own beside the index of the work tree, named by the id of the ledger folder in that commit: two commits
that did not touch the ledger share one. It is made from the nearest index at hand, of another commit or of the work tree, by
reading the files that differ and no others. The few that were used last are kept.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from hazardctl.ledger import Entry, Unread
from hazardctl.model.config import Config
from hazardctl.store.index import base
from hazardctl.store.index.base import Keeper
from hazardctl.store.index.file import Says
from hazardctl.store.index.shelf import Kept

if TYPE_CHECKING:
    from hazardctl.model.record import Record
    from hazardctl.store.source import Revision

Progress: TypeAlias = Callable[[int, int], None]
MOST: Final = 3
"""Commits whose rows are kept; one of a large ledger takes about 2 KiB a hazard."""
PATIENCE: Final = 3_600_000_000_000
"""Nanoseconds after which the half-made index of a command that was killed is thrown away."""


@dataclass(frozen=True, slots=True)
class Past:
    """A ledger as a commit has it: its configuration, entries read when asked for, what could not be read."""

    config: Config
    entries: Kept
    unread: tuple[Unread, ...]


def opened(
    source: Revision, *, keeper: Keeper, says: Says, loads: Callable[[Config, str], Entry[Record] | Unread], config: Callable[[], Config],
    progress: Progress | None = None,
) -> Past | None:  # fmt: skip
    """Open the ledger of a commit over its index, made where there is none; None where there can be none.

    Args:
        source: the commit.
        keeper: what is kept of a record.
        says: gives what the bytes of a file say.
        loads: gives what a file of the commit says, or why it cannot be read.
        config: reads the configuration of the commit, where the index does not know it.
        progress: told (files read, files to be read) now and then.

    Raises:
        UnreadableError: the configuration cannot be read.
        SystemFailedError: git failed.
    """
    connection: sqlite3.Connection | None = None
    path = base.place_of_past(source.root, source.tree)
    try:
        form = base.form(source.tree.encode())
        if (settled := _known(path, form)) is None:
            from hazardctl.store.index.growing import Growing  # not on the road of what is known

            base.thrown_away(path)
            settled = config()
            Growing(source, path, settled, keeper, says, progress).made(form)
        connection = base.connected(path)
        kept = Kept(connection, lambda path: loads(settled, path))
        os.utime(path)
        _prune(path)
        connection.execute("BEGIN")
        kept.state = base.changes(connection)
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


def _known(path: Path, form: str) -> Config | None:
    """Give the configuration an index was made with; None where there is none of that form."""
    if not path.exists():
        return None
    with closing(base.connected(path)) as connection:
        return base.config(connection, form)


def of(path: Path) -> list[Path]:
    """Give the kept indexes of commits of the ledger whose commit has its index at a path, those used last in the end."""
    others = [(one.stat().st_mtime_ns, one) for one in path.parent.glob(f"{path.name.rpartition('-')[0]}-*.sqlite")]
    return [one for _, one in sorted(others)]


def _prune(path: Path) -> None:
    """Throw all but the few away that were used last, and what a killed command left half made."""
    with suppress(OSError):
        for one in of(path)[:-MOST]:
            base.thrown_away(one)
        for one in path.parent.glob(f"{path.name.rpartition('-')[0]}-*.part"):
            if one.stat().st_mtime_ns < path.stat().st_mtime_ns - PATIENCE:
                base.thrown_away(one)


@dataclass(frozen=True, slots=True)
class Held:
    """What is kept of commits: how many have an index, and the bytes these take."""

    commits: int
    size: int


def held(root: Path) -> Held:
    """Look at what is kept of the commits of a ledger."""
    found = of(base.place_of_past(root, "0"))
    return Held(len(found), sum(one.stat().st_size for path in found for one in path.parent.glob(f"{path.name}*")))
