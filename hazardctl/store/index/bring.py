"""Bringing the index up to date, and opening a ledger over it.

Everything happens inside one transaction that begins with a look at the files, so what is written belongs together; then the
data base is read as it stood at that moment, whoever writes to it meanwhile. Whatever goes wrong with the index, the ledger
is read without it.
"""

from __future__ import annotations

import itertools
import os
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from hazardctl.ledger import Entry, Unread
from hazardctl.model.config import Config
from hazardctl.model.kinds import BY_FOLDER
from hazardctl.store import noting
from hazardctl.store.files import Files, RefusedError, read_file
from hazardctl.store.index import base
from hazardctl.store.index.base import Keeper
from hazardctl.store.index.bygit import Watching
from hazardctl.store.index.file import File, Says, hashed
from hazardctl.store.index.filing import Filing
from hazardctl.store.index.shelf import Kept
from hazardctl.store.index.watch import TICK, Folder, Seen, Stamp, now, seen, stamped
from hazardctl.store.layout import Found
from hazardctl.store.status import Standing

if TYPE_CHECKING:
    from hazardctl.model.record import Record

Progress: TypeAlias = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Opened:
    """A ledger over its index: its configuration, entries read when asked for, what could not be read, what is no record."""

    config: Config
    entries: Kept
    unread: tuple[Unread, ...]
    strays: tuple[Found, ...]


@dataclass(frozen=True, slots=True)
class Settings:
    """The configuration of a ledger: the bytes of its file, and how they are read."""

    raw: bytes
    read: Callable[[], Config]


def opened(
    root: Path, settings: Settings, *, keeper: Keeper, read: Says, progress: Progress | None = None, standing: Standing | None = None,
    path: Path | None = None,
) -> Opened | None:  # fmt: skip
    """Open a ledger over its index, brought up to date; None where there can be none, and the ledger is read without it.

    Args:
        root: the ledger root.
        settings: its configuration, which is read only where the index does not know it.
        keeper: what is kept of a record.
        read: gives what a file says.
        progress: told (files read, files to be read) now and then.
        standing: git's look at the work tree, where it may say which files changed; else every file is looked at.
        path: the file of the index; that of the ledger by itself without one.
    """
    connection: sqlite3.Connection | None = None
    path = path or base.place(root)
    try:
        connection = base.connected(path)
        bringing = Bringing(root, path, connection, keeper, read, progress)
        return bringing.done(base.form(settings.raw), settings, Watching(root, connection, standing) if standing else None)
    except (sqlite3.OperationalError, OSError):
        pass  # no place for it here, or another command holds it
    except sqlite3.DatabaseError:
        base.thrown_away(path)  # damaged: the next command makes it anew
    if connection is not None:
        connection.close()
    return None


class Bringing:
    """One look at the files, and what follows from it."""

    def __init__(  # noqa: PLR0917 (one value for each part of `opened`)
        self,
        root: Path,
        path: Path,
        connection: sqlite3.Connection,
        keeper: Keeper,
        read: Says,
        progress: Progress | None,
    ) -> None:
        """Take a connection to the index, and what `opened` takes."""
        self.root, self.path, self.connection = root, path, connection
        self.keeper, self.read, self.progress = keeper, read, progress
        self.files = Files(root)
        self.filing = Filing(connection, keeper)

    def done(self, form: str, settings: Settings, git: Watching | None) -> Opened:
        """Bring the index up to date if anything changed, and read from it as it then stands."""
        known = base.config(self.connection, form)
        self.config = known or settings.read()
        self.kept = Kept(self.connection, self._said)
        vouched = git.seen() if git and known else None
        found = vouched or (seen(self.root) if known else None)
        if found is None or self._changed(found):
            with base.writing(self.connection):
                if known is None:
                    base.remade(self.connection, self.keeper, form, self.config)
                del found  # of two looks at a million files only one is to be in memory
                found = (git.seen() if git and vouched else None) or seen(self.root)
                probe, at = now(self.path), time.monotonic_ns()
                files = self._bring(found, probe)
                if git:
                    root = os.fspath(self.root)  # a million paths as plain text
                    changing = [one.path for one in files if stamped(f"{root}/{one.path}") != one.stamp]
                    git.note(git.told(probe, at, changing, [one.path for one in files if not one.known]))
        elif git and vouched and git.stands():
            self._noted(found)
        elif git and (told := git.told(now(self.path), time.monotonic_ns())) != git.was:
            with suppress(sqlite3.OperationalError), base.writing(self.connection, patience=0.0):
                git.note(told)
        self.connection.execute("BEGIN")
        self.kept.state = base.changes(self.connection)  # from here on the data base stands still for us
        strays = sorted((*found.strays, *self._strays(found)), key=lambda one: one.path)
        return Opened(self.config, self.kept, tuple(self._unread()), tuple(strays))

    def as_it_stands(self, form: str) -> Opened | None:
        """Read from the index without a look at the files; None where it is of another form, or knows of what is no record."""
        self.connection.execute("BEGIN")
        known = base.config(self.connection, form)
        if known is None or self._rows("SELECT 1 FROM folder WHERE strays > 0 LIMIT 1"):
            return None
        self.config = known
        self.kept = Kept(self.connection, self._said)
        self.kept.state = base.changes(self.connection)
        return Opened(self.config, self.kept, tuple(self._unread()), ())

    def vouched(self, git: Watching) -> bool:
        """Say whether git vouches for the index as it stands, with nothing to be noted anew; waits for git."""
        found = git.seen() if git.stands() else None
        if found is None or found.strays or self._changed(found):
            return False
        self._noted(found)
        return True

    def _noted(self, found: Seen) -> None:
        """Note that git vouches for every record of what was seen."""
        noting.vouched(str(self.path), (str(self.root / folder.below.path) for folder in found.folders))

    def _said(self, path: str) -> Entry[Record] | Unread:
        """Give what a file says, or why it is not read."""
        try:
            data = self.files.read(path)
        except RefusedError as refusal:
            return Unread(path, BY_FOLDER[path.partition("/")[0]].name, (refusal.finding,))
        return self.read(self.config, path, data)

    def _changed(self, found: Seen) -> bool:
        known = {
            path: (digest, newest, probe) for path, digest, newest, probe in self._rows("SELECT path, digest, newest, probe FROM folder")
        }
        if len(known) != len(found.folders):
            return True
        return any(_stale(folder, known.get(folder.below.path)) for folder in found.folders)

    def _rows(self, sql: str, *bound: object) -> list[tuple[object, ...]]:
        return self.connection.execute(sql, bound).fetchall()

    def _bring(self, found: Seen, probe: int) -> Sequence[File]:
        """Bring the index up to date with what was seen; give the files that were read."""
        known = {
            str(path): (digest, newest, int(str(was)))
            for path, digest, newest, was in self._rows("SELECT path, digest, newest, probe FROM folder")
        }
        gone = [key for path in set(known) - {folder.below.path for folder in found.folders} for key in self._emptied(str(path))]
        files: list[File] = []
        free = itertools.count(self.filing.next_key())
        for folder in found.each():
            before = known.get(folder.below.path)
            if _stale(folder, before):
                new, removed = self._compared(folder, before[2] if before else 0, free)
                files += new
                gone += removed
                self._note(folder, probe)
        if gone or files:  # else young files stayed as they were
            base.changed(self.connection)
            touched = self.filing.take_out([*gone, *(one.key for one in files if one.known)])
            touched |= self._taken(files)
            again = self._leaning(touched, files)
            if again:
                self.filing.take_out(one.key for one in again)
                self._taken(again)
        base.indexed(self.connection, self.keeper)
        return files

    def _note(self, one: Folder, probe: int) -> None:
        """Write down how a folder stood when it was looked at."""
        strays = sum(file.finding is not None for file in one.found())
        row = (one.below.path, one.digest, one.newest, probe, strays, one.stamp.size, one.stamp.mtime, one.stamp.ctime, one.stamp.inode)
        self.connection.execute("INSERT OR REPLACE INTO folder VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)

    def _emptied(self, folder: str) -> list[int]:
        self.connection.execute("DELETE FROM folder WHERE path = ?", (folder,))
        return [key for (key,) in self._rows("SELECT key FROM file WHERE folder = ?", folder)]  # type: ignore[misc]

    def _compared(self, folder: Folder, probe: int, free: Iterator[int]) -> tuple[list[File], list[int]]:
        """Give the files of a folder that are to be read, new ones under a free key, and the keys of those that are gone."""
        sql = "SELECT path, key, size, mtime, ctime, inode, sha FROM file WHERE folder = ?"
        known = {path: (key, Stamp(*stamp), sha) for path, key, *stamp, sha in self._rows(sql, folder.below.path)}  # type: ignore[arg-type]
        stamps = folder.stamps()
        files: list[File] = []
        for one in folder.found():
            if one.finding is not None:
                continue
            stamp = stamps[one.path]
            key, was, sha = known.pop(one.path, (None, None, None))
            if stamp == was and (stamp.newest < probe - TICK or self._same(one.path, sha)):
                continue
            files.append(File(one.path, folder.below.path, one.kind, stamp, next(free) if key is None else int(str(key)), key is not None))
        return files, [key for key, _, _ in known.values()]  # type: ignore[misc]

    def _same(self, path: str, sha: object) -> bool:
        with suppress(RefusedError):
            return hashed(read_file(self.root / path, self.root)) == sha
        return False

    def _taken(self, files: Sequence[File]) -> set[str]:
        """Read files and put what they say in, units first: the rows of all others lean on them; give the names of units."""
        units = [one for one in files if one.kind == "unit"]
        others = [one for one in files if one.kind != "unit"]
        names: set[str] = set()
        self.kept.forget()
        from hazardctl.store.index.reading import Reading

        reading = Reading(Files(self.root), self.config, self.keeper, self.read, self.kept)
        for called, rows in reading.bare(units):
            names |= called
            self.filing.put(rows)
        done = 0
        for number, rows in reading.whole([*units, *others]):
            self.filing.put(rows)
            if self.progress:
                self.progress(done, len(files))
            done += number
        self.kept.forget()
        return names

    def _leaning(self, names: set[str], fresh: Sequence[File]) -> list[File]:
        """Give the files, not read just now, whose records name a unit that changed: their rows are made again."""
        read = {one.path for one in fresh}
        found: dict[str, File] = {}
        if self._rows("SELECT COUNT(*) FROM file") == [(len(read),)]:
            return []  # every file was read just now
        sql = (
            "SELECT f.path, f.folder, f.kind, f.size, f.mtime, f.ctime, f.inode, f.key"
            " FROM mention m JOIN file f ON f.key = m.key WHERE m.name = ?"
        )
        for name in names:
            for path, folder, kind, *stamp, key in self._rows(sql, name):
                if path not in read:
                    found[str(path)] = File(str(path), str(folder), str(kind), Stamp(*stamp), key, known=True)  # type: ignore[arg-type]
        return list(found.values())

    def _unread(self) -> Iterator[Unread]:
        for (path,) in self._rows("SELECT path FROM file WHERE readable = 0 ORDER BY path"):
            one = self.kept.opened(str(path))
            if isinstance(one, Unread):
                yield one

    def _strays(self, found: Seen) -> Iterator[Found]:
        with_strays = {path for (path,) in self._rows("SELECT path FROM folder WHERE strays > 0")}
        for folder in found.folders:
            if folder.below.path in with_strays or isinstance(folder.entries, OSError):
                yield from (one for one in folder.found() if one.finding is not None)


def _stale(folder: Folder, known: Sequence[object] | None) -> bool:
    """Say whether a folder may hold what the index does not know: it differs, or it was as young as the look at it."""
    if known is None or isinstance(folder.entries, OSError):
        return True
    digest, newest, probe = known
    return digest != folder.digest or int(str(newest)) >= int(str(probe)) - TICK
