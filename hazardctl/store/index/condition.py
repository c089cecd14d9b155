"""How an index stands, looked at without bringing it up to date."""

from __future__ import annotations

import sqlite3
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from hazardctl.store.index import base


@dataclass(frozen=True, slots=True)
class State:
    """The index of a ledger as it stands.

    Attributes:
        path: of its file.
        size: in bytes; None where there is none.
        files: how many files it knows.
        current: it was made by this program, in this form.
        judged: of how many records the findings are kept.
    """

    path: Path
    size: int | None
    files: int
    current: bool
    judged: int = 0


def _judged(connection: sqlite3.Connection) -> int:
    with suppress(sqlite3.OperationalError):  # the table is made when something is first judged
        return int(connection.execute("SELECT COUNT(*) FROM judged").fetchone()[0])
    return 0


def _log(path: Path) -> int:
    """Give the size of what is written and not yet put in its place."""
    with suppress(OSError):
        return path.with_name(path.name + "-wal").stat().st_size
    return 0


def state(root: Path, config: bytes) -> State:
    """Look at the index of a ledger, without bringing it up to date."""
    path = base.place(root)
    try:
        size = path.stat().st_size + _log(path)
        connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True)
    except (OSError, sqlite3.Error):
        return State(path, None, 0, current=False)
    try:
        files = connection.execute("SELECT COUNT(*) FROM file").fetchone()[0]
        return State(path, size, files, current=base.formed(connection) == base.form(config), judged=_judged(connection))
    except (sqlite3.Error, OSError):
        return State(path, size, 0, current=False)
    finally:
        connection.close()
