"""An index that is asked as it stands, while git still looks at the files (docs/adr/0031).

Whether anything changed since is git's to say. It is listened to between two statements as soon as it speaks, and waited for at the
end. Where it vouches for the index, what was asked so far counts as if it had been asked afterwards: the data base is read as it stood
at one moment throughout. Where it does not, nothing of it is used.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hazardctl.base import Bound, Lite
from hazardctl.store import noting
from hazardctl.store.index import base
from hazardctl.store.index.base import Keeper
from hazardctl.store.index.bring import Bringing, Opened, Settings
from hazardctl.store.index.bygit import Watching
from hazardctl.store.index.file import Says

if TYPE_CHECKING:
    from hazardctl.store.status import Standing


class OutdatedError(Exception):
    """Git does not vouch for the index: what it was asked is to be asked again."""


class Ahead:
    """An index as it stands, and what git says of it.

    Attributes:
        opened: the ledger over it, before anybody vouched for that.
        described: the commit as it was when the index was brought up to date.
    """

    def __init__(self, bringing: Bringing, opened: Opened, described: str, git: Watching, standing: Standing) -> None:
        """Take the ledger, and git's look at the work tree, which began before it was opened."""
        self.opened, self.described = opened, described
        self._bringing, self._git, self._standing = bringing, git, standing
        self._sure = False
        opened.entries.withhold()
        opened.entries.base = _Heeding(self, opened.entries.database)

    def close(self) -> None:
        """Let go of the index, unless it is vouched for."""
        if not self._sure:
            self.opened.entries.let_go()

    def listen(self) -> None:
        """Hear whether git vouches for the index, if it has spoken by now.

        Raises:
            OutdatedError: it does not.
            SystemFailedError: git failed, or was too slow.
        """
        if not self._sure and self._standing.spoken:
            self.confirm()

    def confirm(self) -> None:
        """Wait until git vouches for the index; what was withheld is kept then.

        Raises:
            OutdatedError: it does not.
            SystemFailedError: git failed, or was too slow.
        """
        if not self._sure:
            if not self._bringing.vouched(self._git):
                raise OutdatedError
            self._sure = True
            self.opened.entries.release()


class _Heeding(Lite):
    """Relations that are asked no further once git does not vouch for them."""

    def __init__(self, ahead: Ahead, connection: sqlite3.Connection) -> None:
        super().__init__(connection, temporary=True, state=base.STATE)
        self._ahead = ahead

    def rows(self, sql: str, bound: Bound) -> list[Any]:
        self._ahead.listen()
        return super().rows(sql, bound)

    def each(self, sql: str, bound: Bound) -> Iterator[Any]:
        self._ahead.listen()
        return super().each(sql, bound)


def ahead(root: Path, settings: Settings, *, keeper: Keeper, read: Says, standing: Standing) -> Ahead | None:
    """Open a ledger over its index as it stands; None where there is none of its form, or git has not vouched for it before.

    Args:
        root: the ledger root.
        settings: its configuration, which is not read: the index knows it.
        keeper: what is kept of a record.
        read: gives what a file says.
        standing: git's look at the work tree.

    Raises:
        sqlite3.Error: the index is damaged, or cannot be opened.
    """
    path = base.place(root)
    with noting.apart():
        if not path.exists():
            return None
    connection = base.connected(path)
    git = Watching(root, connection, standing)
    bringing = Bringing(root, path, connection, keeper, read, None)
    opened = bringing.as_it_stands(base.form(settings.raw))
    was = git.was if opened else None
    if opened and was and was.described:
        return Ahead(bringing, opened, was.described, git, standing)
    connection.close()
    return None
