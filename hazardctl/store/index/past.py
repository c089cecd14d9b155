"""The index of a commit: what a tree of git says never changes, so its rows are made once and no file is looked at again.

It lies in a file of its own beside the index of the work tree, named by the id of the ledger folder in that commit: two commits
that did not touch the ledger share one. The few that were used last are kept.
"""

from __future__ import annotations

import itertools
import os
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from hazardctl.ledger import Entry, Unread
from hazardctl.model.config import Config
from hazardctl.store.index import base
from hazardctl.store.index.base import Keeper
from hazardctl.store.index.file import File, Says
from hazardctl.store.index.filing import Filing
from hazardctl.store.index.shelf import Kept
from hazardctl.store.index.watch import NO_STAMP

if TYPE_CHECKING:
    from hazardctl.model.record import Record
    from hazardctl.store.index.reading import Reading
    from hazardctl.store.source import Revision

Progress: TypeAlias = Callable[[int, int], None]
MOST: Final = 3
"""Commits whose rows are kept; one of a large ledger takes about 2 KiB a hazard."""


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
        connection = base.connected(path)
        form = base.form(source.tree.encode())
        known = base.config(connection, form)
        settled = known or config()
        kept = Kept(connection, lambda path: loads(settled, path))
        if known is None:
            from hazardctl.store.index.reading import Reading  # not on the road of what is known

            with base.writing(connection):
                base.remade(connection, keeper, form, settled)
                _fill(kept, source, Reading(source, settled, keeper, says, kept), Filing(connection, keeper), progress)
                base.indexed(connection, keeper)
        os.utime(path)
        _prune(path)
        connection.execute("BEGIN")
        kept.state = base.changes(connection)
        lost = connection.execute("SELECT path FROM file WHERE readable = 0 ORDER BY path").fetchall()
        return Past(settled, kept, tuple(one for (path,) in lost if isinstance(one := kept.opened(path), Unread)))
    except (sqlite3.OperationalError, OSError):
        pass  # no place for it here, or another command makes it
    except sqlite3.DatabaseError:
        base.thrown_away(path)  # damaged: the next command makes it anew
    if connection is not None:
        connection.close()
    return None


def _fill(kept: Kept, source: Revision, reading: Reading, filing: Filing, progress: Progress | None) -> None:
    """Put the rows of every record of a commit into empty tables, units first: the rows of all others lean on them."""
    keys = itertools.count(1)
    records = (one for one in source.files() if one.finding is None)
    files = [File(one.path, one.path.rpartition("/")[0], one.kind, NO_STAMP, next(keys), known=False) for one in records]
    source.want(one.path for one in files)
    units = [one for one in files if one.kind == "unit"]
    for rows in reading.bare(units):
        filing.put(rows)
    done = 0
    for number, rows in reading.whole([*units, *(one for one in files if one.kind != "unit")]):
        filing.put(rows)
        done += number
        if progress:
            progress(done, len(files))
    kept.forget()


def _prune(path: Path) -> None:
    """Throw all but the few away that were used last."""
    with suppress(OSError):
        others = sorted(path.parent.glob(f"{path.name.rpartition('-')[0]}-*.sqlite"), key=lambda one: one.stat().st_mtime_ns)
        for one in others[:-MOST]:
            base.thrown_away(one)
