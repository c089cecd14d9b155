"""Making the index of a commit from the nearest one at hand: its rows are taken over, and only files that differ are read.

Rows hang on a file, the configuration and the units a record names (docs/adr/0009). So an index made with the same
configuration tells the same of every file that both have, but for the records that lean on a unit which differs.
"""

from __future__ import annotations

import itertools
import re
import secrets
import sqlite3
from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, TypeAlias

from hazardctl.errors import SystemFailedError
from hazardctl.ledger import Entry, Unread
from hazardctl.model.config import Config
from hazardctl.store.files import RefusedError
from hazardctl.store.index import base
from hazardctl.store.index.base import Keeper
from hazardctl.store.index.file import File, Says, hashed
from hazardctl.store.index.filing import Filing
from hazardctl.store.index.reading import Reading
from hazardctl.store.index.shelf import Kept
from hazardctl.store.index.watch import NO_STAMP
from hazardctl.store.objects import between_trees
from hazardctl.store.root import CONFIG_FILE

if TYPE_CHECKING:
    from hazardctl.model.record import Record
    from hazardctl.store.source import Revision

Progress: TypeAlias = Callable[[int, int], None]
FEW: Final = 16
"""Files from which on the units that they may name are fetched with them."""
MANY: Final = 4_000
"""Files whose bytes are held at a time while they are compared."""
_TABLES: Final = frozenset(re.findall(r"CREATE TABLE (\w+)", base.OWN))


class Growing:
    """One index on its way."""

    def __init__(  # noqa: PLR0917 (one value for each part of `past.opened`)
        self,
        source: Revision,
        path: Path,
        config: Config,
        keeper: Keeper,
        says: Says,
        progress: Progress | None,
        pooled: bytes | None = None,
    ) -> None:
        """Take the commit, where its index is to lie, its configuration, how files are read and kept, and its stamp in a pool."""
        self.source, self.path, self.config = source, path, config
        self.keeper, self.says, self.progress = keeper, says, progress
        self.pooled = pooled

    def made(self, form: str, others: Sequence[Path]) -> None:
        """Make the index in a file beside its place, and put it there whole; of two commands that make one the first has it.

        Args:
            form: what it is known again by.
            others: the indexes that are kept of other commits.

        Raises:
            OSError, sqlite3.Error: there can be none.
            SystemFailedError: git failed.
        """
        self.path.parent.mkdir(parents=True, exist_ok=True)
        part = self.path.with_name(f"{self.path.stem}.{secrets.token_hex(4)}.part")
        try:
            near = self._nearest(others)
            if near is not None:
                _copied(near[0], part)
            with closing(base.connected(part)) as connection:
                kept, filing = Kept(connection, self._unknown), Filing(connection, self.keeper)
                with base.writing(connection):
                    if near is None:
                        base.remade(connection, self.keeper, form, self.config)
                        self._taken(kept, filing, self._files(filing))
                    else:
                        self._stripped(connection, form)
                        self._followed(kept, filing, near[1])
                    base.indexed(connection, self.keeper)
                _tightened(connection)
            with suppress(FileExistsError):
                self.path.hardlink_to(part)
        finally:
            base.thrown_away(part)

    def _unknown(self, path: str) -> Entry[Record] | Unread:
        return self.says(self.config, path, self.source.read(path))

    # ------------------------------------------------------------------------------------------------------- what is near

    def _nearest(self, others: Sequence[Path]) -> tuple[Path, Collection[str]] | None:
        """Give the index from which the fewest steps lead to this commit, and the files that differ; None where none is near."""
        found: list[tuple[int, Path, Collection[str]]] = []
        for one in others:
            tree = one.stem.rpartition("-")[2]
            if self._alike(one, tree.encode() + (self.pooled or b"")):
                with suppress(SystemFailedError):  # the commit may be gone
                    differing = between_trees(self.source.root, tree, self.source.tree, self.source.within)
                    found.append((len(differing), one, differing))
        here = base.place(self.source.root)
        if not found and self.pooled is None and self._alike(here, _read(self.source.root / CONFIG_FILE)):
            unlike = set(self._unlike(here))
            found.append((len(unlike), here, unlike))
        if not found:
            return None
        number, path, other = min(found, key=lambda one: one[0])
        with closing(sqlite3.connect(path)) as connection:
            known = int(connection.execute("SELECT COUNT(*) FROM file").fetchone()[0])
        return (path, other) if 2 * number <= known else None

    def _alike(self, path: Path, said: bytes) -> bool:
        """Say whether an index was made here, by this program, with the very configuration of this commit."""
        if not path.exists():
            return False
        with suppress(sqlite3.Error), closing(sqlite3.connect(path)) as connection:
            known = base.config(connection, base.form(said))
            return known is not None and known.plain() == self.config.plain()
        return False

    def _unlike(self, path: Path) -> Iterator[str]:
        """Give the files of which the index of the work tree has not the bytes of this commit."""
        with closing(sqlite3.connect(path)) as connection:
            known: dict[str, bytes] = dict(connection.execute("SELECT path, sha FROM file").fetchall())
        names = [one.path for one in self.source.files() if one.finding is None]
        for some in (names[at : at + MANY] for at in range(0, len(names), MANY)):
            self.source.want(some)
            yield from (name for name in some if known.pop(name, b"") != self._hash(name))
        yield from known

    def _hash(self, path: str) -> bytes:
        try:
            return hashed(self.source.read(path))
        except RefusedError:
            return b""

    # ---------------------------------------------------------------------------------------------------- what is put in

    def _stripped(self, connection: sqlite3.Connection, form: str) -> None:
        """Take from a copy what is not of records: findings, the looks at folders, what git said."""
        kept = _TABLES | self.keeper.tables().keys()
        sql = "SELECT type, name FROM sqlite_master WHERE type IN ('table', 'trigger') AND name NOT LIKE 'sqlite_%' ORDER BY type DESC"
        for kind, name in connection.execute(sql).fetchall():
            if name not in kept:
                quoted = name.replace('"', '""')
                connection.execute(f'DROP {kind} "{quoted}"')
        connection.execute("DELETE FROM folder")
        connection.execute("DELETE FROM meta WHERE name NOT IN ('form', 'changes', 'config')")
        connection.execute("UPDATE meta SET value = ? WHERE name = 'form'", (form,))
        base.changed(connection)

    def _followed(self, kept: Kept, filing: Filing, differing: Collection[str]) -> None:
        """Take the files out that differ, put in what the commit has of them, and make the rows anew that lean on units among them."""
        names = self._out(kept, filing, differing)
        files = self._files(filing, differing)
        names |= self._taken(kept, filing, files)
        fresh = {one.path for one in files}
        sql = "SELECT path FROM mention JOIN file USING (key) WHERE mention.name = ?"
        again = {str(path) for name in names for (path,) in kept.database.execute(sql, (name,))} - fresh
        self._out(kept, filing, again)
        self._taken(kept, filing, self._files(filing, again))

    def _out(self, kept: Kept, filing: Filing, paths: Collection[str]) -> set[str]:
        asked = (kept.database.execute("SELECT key FROM file WHERE path = ?", (path,)).fetchone() for path in sorted(paths))
        return filing.take_out([row[0] for row in asked if row])

    def _files(self, filing: Filing, among: Collection[str] | None = None) -> list[File]:
        """Give the records of the commit, all or some of them, each under a key that is free."""
        keys = itertools.count(filing.next_key())
        found = self.source.files() if among is None else self.source.among(among)
        records = (one for one in found if one.finding is None)
        return [File(one.path, one.path.rpartition("/")[0], one.kind, NO_STAMP, next(keys), known=False) for one in records]

    def _taken(self, kept: Kept, filing: Filing, files: list[File]) -> set[str]:
        """Read files and put what they say in, units first: the rows of all others lean on them; give the names of units."""
        reading = Reading(self.source, self.config, self.keeper, self.says, kept)
        self.source.want([*(one.path for one in files), *(_units(kept) if len(files) > FEW else ())])
        names: set[str] = set()
        kept.forget()
        units = [one for one in files if one.kind == "unit"]
        for called, rows in reading.bare(units):
            names |= called
            filing.put(rows)
        done = 0
        for number, rows in reading.whole([*units, *(one for one in files if one.kind != "unit")]):
            filing.put(rows)
            done += number
            if self.progress:
                self.progress(done, len(files))
        kept.forget()
        return names


def _units(kept: Kept) -> list[str]:
    return [str(path) for (path,) in kept.database.execute("SELECT path FROM file WHERE kind = 'unit' AND readable = 1")]


def _copied(path: Path, to: Path) -> None:
    with closing(sqlite3.connect(path)) as one, closing(sqlite3.connect(to)) as other:
        other.execute("PRAGMA synchronous = OFF")
        one.backup(other)


def _tightened(connection: sqlite3.Connection) -> None:
    """Give back the room of what was taken out, where it is much of the file."""
    free, pages = (int(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("freelist_count", "page_count"))
    if 4 * free > pages:
        connection.execute("VACUUM")


def _read(path: Path) -> bytes:
    with suppress(OSError):
        return path.read_bytes()
    return b""
