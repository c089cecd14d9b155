"""Which files changed, asked of git: one `git status` instead of a look at every file (docs/adr/0018).

A file that git calls unchanged is the blob of the commit, byte for byte, when nothing converts it on its way; so of two moments
at which git calls it unchanged it says the same when both commits have the same blob. Everything for which that does not hold is
looked at by itself, or the whole ledger is: what git does not track or was told not to look at, what it called changed at either
moment, what was younger than the look, what differs between the commits. Names come and go with the times of their folders.

Line endings may be converted (`text`, `autocrlf`): a record says the same with either. Who must see them asks git closely: which files
have another size or other times than its index has of them. While that index is the same, every other file was not written either.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from hazardctl.errors import SystemFailedError
from hazardctl.store.git import ask, repository
from hazardctl.store.index.attributes import ATTRIBUTES, converted
from hazardctl.store.index.since import Known, known_folders, since
from hazardctl.store.index.watch import TICK, Seen, Stamp, stamped
from hazardctl.store.layout import FOLDERS
from hazardctl.store.status import Standing
from hazardctl.store.worktree import Repository

MOST: Final = 4_000
"""Files looked at by themselves; where there are more, a look at all of them is as quick."""
FEW: Final = 256
"""Files looked at by themselves that git may well track by now; where there are more, it is asked which of them it does."""
_UNHASHED: Final = "0" * 40
_YOUNG: Final = "SELECT path FROM file WHERE folder IN (SELECT path FROM folder WHERE newest >= ?) AND (mtime >= ? OR ctime >= ?)"


class State(NamedTuple):
    """What git said when the index was brought up to date.

    Attributes:
        commit: of the work tree.
        tree: id of the ledger folder in it.
        git_index: the stamp of git's own index, and the hash it ends with.
        aside: files that git cannot vouch for: not tracked, not looked at, or too young.
        differing: files that git called different from the commit.
        touched: files whose size or times were not those in git's index; None where it was not asked for them.
        described: the commit as a report names it.
    """

    commit: str
    tree: str
    git_index: Sequence[int | str]
    aside: list[str]
    differing: list[str]
    touched: list[str] | None = None
    described: str = ""


class Watching:
    """The record folders of a ledger, as git and the index know them together."""

    def __init__(self, root: Path, connection: sqlite3.Connection, standing: Standing) -> None:
        """Take the ledger root, its index, and git's look at the work tree, which began before this."""
        self._root, self._connection, self._standing = root, connection, standing
        here = repository(root)
        self._here = here or Repository(root, root)
        inside = root.absolute().relative_to(self._here.top).as_posix()
        self._prefix = "" if inside == "." else f"{inside}/"

    # ------------------------------------------------------------------------------------------------------- what is there now

    def seen(self) -> Seen | None:
        """Look at what git cannot vouch for, and take the rest as the index has it; None where git cannot help."""
        try:
            was = self.was
            candidates = self._candidates(was) if was else None
        except SystemFailedError:
            return None
        return None if candidates is None else self._looked(candidates)

    @property
    def was(self) -> State | None:
        """Give what was noted."""
        row = self._connection.execute("SELECT value FROM meta WHERE name = 'git'").fetchone()
        return State(*json.loads(row[0])) if row else None

    def _candidates(self, was: State) -> set[str] | None:
        """Give the files that may differ from what the index says of them."""
        found = self._standing.found
        if not found.sure or not found.commit or self._converted():
            return None
        candidates = {*was.aside, *was.differing}
        differing, touched = self._differing(), self._touched()
        if differing is None or (self._standing.closely and (touched is None or was.touched is None or self._index() != was.git_index)):
            return None
        candidates.update(differing, touched or (), was.touched or ())
        tree = was.tree if found.commit == was.commit else self._tree(found.commit)
        if tree != was.tree:
            candidates.update(self._between(was.tree, tree))
        if self._index() != was.git_index:
            aside = self._aside()
            if aside is None:
                return None
            candidates.update(aside)
        return None if len(candidates) > MOST else candidates

    def _differing(self) -> set[str] | None:
        """Give the record files that git calls different now; None where it says no more than that a whole folder is new."""
        found: set[str] = set()
        for path in self._standing.below:
            inner = path.removeprefix(self._prefix)
            if not inner or os.path.basename(path) == ATTRIBUTES:  # noqa: PTH119 (git's path, not one of this system)
                return None
            if inner.partition("/")[0] in FOLDERS:
                found.add(inner)  # of a new folder (`…/`) the files are not tracked, so that each is looked at
        return found

    def _touched(self) -> set[str] | None:
        """Give the record files whose size or times are not those in git's index; None where it was not asked for them."""
        touched = self._standing.touched if self._standing.closely else None
        inner = None if touched is None else (path.removeprefix(self._prefix) for path in touched if path.startswith(self._prefix))
        return None if inner is None else {path for path in inner if path.partition("/")[0] in FOLDERS}

    def _looked(self, candidates: Iterable[str]) -> Seen:
        known = known_folders(self._connection)
        return since(self._root, known, set(self._doubted(candidates, known)))

    def _doubted(self, candidates: Iterable[str], known: Mapping[str, Known]) -> Iterator[str]:
        """Give the folders of the files that are not as the index has them."""
        sql = "SELECT size, mtime, ctime, inode FROM file WHERE path = ?"
        for path in candidates:
            folder = path.rpartition("/")[0]
            row = self._connection.execute(sql, (path,)).fetchone()
            if row is None:
                continue  # no record; names come and go with their folder
            stamp, one = Stamp(*row), known.get(folder)
            if one is None or stamped(self._root / path) != stamp or stamp.newest >= one.probe - TICK:
                yield folder

    # ---------------------------------------------------------------------------------------------------- what git does not see

    def _converted(self) -> bool:
        """Say whether anything but line endings may be converted between a blob and its file."""
        rows = self._connection.execute("SELECT path FROM folder").fetchall()
        inner = [self._root, *(self._root / path for (path,) in rows)]
        above = [self._here.top / part for part in (".", *_heads(self._prefix))]
        return converted(self._here, (*above, *inner))

    def _index(self) -> list[int | str] | None:
        """Say which state git's index is in; None where that cannot be told."""
        path = self._here.folder / "index"
        stamp = stamped(path)
        try:
            with path.open("rb") as file:
                file.seek(-20, os.SEEK_END)
                end = file.read().hex()
        except (OSError, ValueError):
            return None
        return None if stamp is None or end == _UNHASHED else [stamp.size, stamp.mtime, stamp.ctime, stamp.inode, end]

    def _aside(self) -> set[str] | None:
        """Give the files of the index that git does not track, or was told not to look at; None where there are too many."""
        said = ask(self._root, "ls-files", "-v", "-z", "--", str(self._root.absolute()))
        aside = {path for (path,) in self._connection.execute("SELECT path FROM file")}
        head = f"H {self._prefix}"
        for line in _lines(said):  # one by one: there may be a million
            if line.startswith(head):
                aside.discard(line[len(head) :])
            elif line.endswith(ATTRIBUTES):
                return None
        return aside if len(aside) <= MOST else None

    def _tree(self, commit: str) -> str:
        name = f"{commit}:{self._prefix.rstrip('/')}" if self._prefix else f"{commit}^{{tree}}"
        return ask(self._root, "rev-parse", "--verify", "--quiet", "--end-of-options", name).decode().strip()

    def _between(self, was: str, now: str) -> Iterator[str]:
        arguments = ("diff-tree", "-r", "-z", "--no-renames", "--name-only", "--no-ext-diff", "--no-textconv", was, now)
        paths = ask(self._root, *arguments).decode("utf-8", "surrogateescape").split("\0")
        return (path for path in paths if path.partition("/")[0] in FOLDERS)

    # --------------------------------------------------------------------------------------------------------- what is noted

    def told(self, probe: int, at: int, changing: Iterable[str] = (), new: Collection[str] = ()) -> State | None:
        """Give what git said, for the next question; None where it cannot help.

        Args:
            probe: the time of the file system when the folders were looked at.
            at: the same moment, by the clock that only counts.
            changing: files that changed while they were read.
            new: files that the index did not have before.
        """
        with suppress(SystemFailedError):
            return self._told(probe - (at - self._standing.began) - TICK, changing, new)
        return None

    def note(self, told: State | None) -> None:
        """Keep what git said in the index, inside a transaction."""
        self._connection.execute("DELETE FROM meta WHERE name = 'git'")
        if told is not None:
            self._connection.execute("INSERT INTO meta VALUES ('git', ?)", (json.dumps(told),))

    def _told(self, young: int, changing: Iterable[str], new: Collection[str]) -> State | None:
        found, differing, touched, index = self._standing.found, self._differing(), self._touched(), self._index()
        if not found.sure or not found.commit or differing is None or index is None or self._converted():
            return None
        was = self.was
        if was is not None and was.git_index == index and len(was.aside) + len(new) <= FEW:
            aside = {*was.aside, *new}  # of no other file can git know less than it did
        elif (asked := self._aside()) is not None:
            aside = asked
        else:
            return None
        if self._index() != index:
            return None
        aside |= {path for (path,) in self._connection.execute(_YOUNG, (young, young, young))} | set(changing)
        if len(aside) + len(differing) + len(touched or ()) > MOST:
            return None
        if touched is None and was is not None and was.touched is not None and was.git_index == index:
            touched = set(was.touched)  # who asks less closely takes nothing away from what was known
        near = None if touched is None else sorted(touched)
        return State(found.commit, self._tree(found.commit), index, sorted(aside), sorted(differing), near, self._standing.described)

    def stands(self) -> bool:
        """Say whether what was noted is what git says now.

        Raises:
            SystemFailedError: git failed, or was too slow.
        """
        was, now = self.was, self._standing
        return was is not None and (was.commit, was.described) == (now.found.commit, now.described) and was.git_index == self._index()


def _lines(said: bytes) -> Iterator[str]:
    """Give the parts of what git said, each of which ends with a NUL."""
    at = 0
    while (end := said.find(b"\0", at)) >= 0:
        yield said[at:end].decode("utf-8", "surrogateescape")
        at = end + 1


def _heads(prefix: str) -> Sequence[str]:
    """Give every folder above the last one of a path.

    Examples:
        >>> _heads("a/b/"), _heads("")
        (('a',), ())
    """
    parts = prefix.split("/")[:-2]
    return tuple("/".join(parts[: n + 1]) for n in range(len(parts)))
