"""What came and went since the index was brought up to date, by the times of folders: a name that comes or goes changes them."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from hazardctl.store.index.watch import TICK, Folder, Seen, Stamp, folders, looked, stamped
from hazardctl.store.layout import Below, tops


@dataclass(frozen=True, slots=True)
class Known:
    """A folder as the index has it."""

    digest: bytes
    newest: int
    probe: int
    strays: int
    stamp: Stamp


def known_folders(connection: sqlite3.Connection) -> dict[str, Known]:
    """Give path → folder of an index."""
    rows = connection.execute("SELECT path, digest, newest, probe, strays, size, mtime, ctime, inode FROM folder").fetchall()
    return {path: Known(digest, newest, probe, strays, Stamp(*stamp)) for path, digest, newest, probe, strays, *stamp in rows}


def since(root: Path, known: Mapping[str, Known], doubted: Collection[str] = ()) -> Seen:
    """Look at the folders that are not as the index has them, and take the rest from it.

    Args:
        root: the ledger root.
        known: path → folder of the index.
        doubted: folders that are looked at in any case.
    """
    found = Seen()
    for one in tops(root):
        if isinstance(one, Below):
            found.folders += _folders(root, one, known, doubted)
        else:
            found.strays.append(one)
    return found


def _folders(root: Path, below: Below, known: Mapping[str, Known], doubted: Collection[str]) -> Iterator[Folder]:
    """Give a folder and those below it: as the index has it where nothing in it is in doubt, else looked at."""
    one = known.get(below.path)
    if one is None:
        yield from folders(root, below)
        return
    stamp = stamped(root / below.path)
    if stamp is None or stamp != one.stamp or stamp.newest >= one.probe - TICK or one.strays or not one.digest or below.path in doubted:
        folder, further = looked(root, below)
        yield folder
    else:
        yield Folder(below, (), one.digest, 0, one.stamp)
        head = f"{below.path}/"
        inner = (path for path in known if path.startswith(head) and "/" not in path[len(head) :])
        further = [Below(path, below.kind, below.level + 1) for path in sorted(inner)]
    for more in further:
        yield from _folders(root, more, known, doubted)
