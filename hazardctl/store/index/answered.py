"""What statements gave before, kept in the index until a record changes."""

from __future__ import annotations

import functools
import json
import sqlite3
import weakref
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final

Rows = Sequence[Sequence[int | str | None]]
MOST: Final = 400
"""Rows of an answer that is still worth keeping."""
_REMEMBER: Final = """INSERT OR IGNORE INTO answer SELECT ?, ? WHERE (SELECT value FROM meta WHERE name = 'changes') = ?"""


class Answered:
    """The answers kept in an index."""

    def __init__(self, database: sqlite3.Connection) -> None:
        """Take the data base, which reads as it stood when it was opened."""
        self._database = database
        self._withheld: list[tuple[bytes, Rows]] | None = None
        self._state = ""

    def remembered(self, question: bytes) -> list[list[int | str | None]] | None:
        """Give the rows that a statement gave before, over the very same records; None where it was not asked."""
        row = self._database.execute("SELECT rows FROM answer WHERE question = ?", (question,)).fetchone()
        found: list[list[int | str | None]] | None = json.loads(row[0]) if row else None
        return found

    def remember(self, question: bytes, rows: Rows, state: str) -> None:
        """Keep the rows that a statement gave over a state of the files, while it lasts.

        Where another command writes just now, they are not kept.
        """
        if self._withheld is not None:
            self._withheld.append((question, rows))
            self._state = state
        elif len(rows) <= MOST:
            with suppress(sqlite3.Error):
                self._aside.execute(_REMEMBER, (question, json.dumps(rows, ensure_ascii=False), state))

    def withhold(self) -> None:
        """Keep nothing before `release`."""
        self._withheld = []

    def release(self) -> None:
        """Keep what was withheld, and from now on what comes."""
        withheld, self._withheld = self.withheld, None
        for question, rows in withheld:
            self.remember(question, rows, self._state)

    @property
    def withheld(self) -> Sequence[tuple[bytes, Rows]]:
        """Give what is withheld: questions, and the rows of each."""
        return self._withheld or ()

    @functools.cached_property
    def _aside(self) -> sqlite3.Connection:
        """Give a connection that writes while the other one goes on reading what it began with."""
        path = Path(self._database.execute("PRAGMA database_list").fetchone()[2])
        where = f"{path.as_uri()}?mode=rw"  # one that was thrown away meanwhile is not made again
        made = sqlite3.connect(where, uri=True, timeout=0, isolation_level=None, check_same_thread=False)
        weakref.finalize(self, made.close)
        made.execute("PRAGMA synchronous = OFF")  # an answer that a crash loses is given again
        return made
