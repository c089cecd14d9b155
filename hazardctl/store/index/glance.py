"""A glance at an index as it stands: where to look for a record, without a look at every file (docs/adr/0026).

For one record nobody asks a hundred thousand files whether they changed. The times of folders say which names came and went; what
is found in the index or in such a folder is then read from its file, so that nothing outdated is believed. Only a file that was
written over in place, and says something else since the index was brought up to date, may be missed: who cannot bear that looks
at every file where this finds nothing.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Final

from hazardctl.ledger import folded
from hazardctl.store.files import RefusedError, read_file
from hazardctl.store.index import base
from hazardctl.store.index.since import known_folders, since
from hazardctl.store.index.watch import Stamp
from hazardctl.store.root import CONFIG_FILE

MOST: Final = 256
"""Files that are new to the index; where there are more, it is worth to bring it up to date."""
_HAZARDS: Final = "SELECT path FROM mention CROSS JOIN file USING (key) WHERE mention.name = ? AND kind = 'hazard' AND readable = 1"
_UNITS: Final = "SELECT path FROM unit_name CROSS JOIN file USING (key) WHERE unit_name.name = ?"
"""`CROSS` has SQLite begin with the name: it has no figures by which it would know that few records bear one."""


def hazards_naming(root: Path, unit: str, among: str = "", *bound: int) -> Sequence[str] | None:
    """Give the files of hazards that may name a unit of that key or name, in their order; None where no index is of use.

    Args:
        root: the ledger root.
        unit: its key, or what it is called.
        among: what must hold of `file.key` in the relations that are kept, as SQL; files that are new to the index are given all the same.
        bound: a value for each `?` in it.
    """
    return _paths(root, f"{_HAZARDS} AND {among}" if among else _HAZARDS, "hazard", unit, *bound)


def units_called(root: Path, text: str) -> Sequence[str] | None:
    """Give the files of units that may be known by a key, name or alias, in their order; None where no index is of use."""
    return _paths(root, _UNITS, "unit", text)


def _paths(root: Path, sql: str, kind: str, text: str, *bound: int) -> Sequence[str] | None:
    path = base.place(root)
    if not path.exists():
        return None
    try:
        with closing(base.connected(path)) as connection:
            if base.formed(connection) != base.form(read_file(root / CONFIG_FILE, root)):
                return None
            connection.execute("BEGIN")
            fresh = list(_fresh(root, connection, kind))
            return None if len(fresh) > MOST else sorted({*fresh, *(path for (path,) in connection.execute(sql, (folded(text), *bound)))})
    except (sqlite3.Error, OSError, RefusedError):
        return None


def _fresh(root: Path, connection: sqlite3.Connection, kind: str) -> Iterator[str]:
    """Give the files of a kind that are not as the index has them, as far as their folders tell."""
    for folder in since(root, known_folders(connection)).folders:
        if folder.entries and folder.below.kind == kind:
            rows = connection.execute("SELECT path, size, mtime, ctime, inode FROM file WHERE folder = ?", (folder.below.path,))
            known, stamps = {path: Stamp(*stamp) for path, *stamp in rows}, folder.stamps()
            yield from (one.path for one in folder.found() if one.finding is None and known.get(one.path) != stamps[one.path])
