"""What one call looked at: noted while it looks, so that no list of it can be forgotten to be kept up (docs/adr/0023).

While a call is noted, every file it opens, every folder it lists and every path it asks the file system about is written down with
its stamp, and every program it starts. What cannot be held against the world later, such as a file that was written, spoils the note:
the answer is given, and not kept.

`open`, `scandir` and other programs are heard of from the interpreter (PEP 578), whoever calls them. Of `stat` it says nothing, so for
that while `os.stat` and `os.lstat` are ours; what asks the system past them (the entries of `scandir`, SQLite, imports) is named
where it matters: by `vouched`, and by the modules that are loaded when the call ends.
"""

from __future__ import annotations

import os
import stat as modes
import sys
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from typing import Any, Final, NamedTuple, TypeAlias

Stamp: TypeAlias = "tuple[int, ...] | None"
"""What tells whether something was changed; None where there is nothing."""
MOST: Final = 4_000
"""Paths that may be noted: who looked at more has not asked an index."""
_WRITES: Final = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
_LISTS: Final = frozenset({"os.scandir", "os.listdir"})
_SPOILS: Final = frozenset(
    {"os.remove", "os.rename", "os.link", "os.symlink", "os.truncate", "os.chmod", "os.chown", "os.rmdir", "os.system", "os.exec"}
    | {"os.spawn", "os.posix_spawn", "os.startfile", "os.chdir", "os.putenv", "os.unsetenv", "socket.connect", "socket.bind"},
)
_stat, _lstat = os.stat, os.lstat


class Look(NamedTuple):
    """A path that was looked at.

    Attributes:
        path: as it was named, from the folder the call is made in.
        links: symbolic links are followed.
        whole: of a folder, what it holds counts too, and not only that it is one.
    """

    path: str
    links: bool = True
    whole: bool = False


def stamped(path: str, links: bool, whole: bool) -> Stamp:  # noqa: FBT001 (a `Look`, its parts without the cost of naming them)
    """Say how a path stands."""
    try:
        it = _stat(path) if links else _lstat(path)
    except (OSError, ValueError):
        return None
    if modes.S_ISDIR(it.st_mode) and not whole:
        return (it.st_mode, it.st_dev, it.st_ino)
    return (it.st_mode, it.st_dev, it.st_ino, it.st_size, it.st_mtime_ns, it.st_ctime_ns)


class Started(NamedTuple):
    """A program that was started.

    Attributes:
        words: the command.
        folder: in which it runs.
        environ: its environment.
    """

    words: tuple[str, ...]
    folder: str
    environ: dict[str, str]


class Noted:
    """What one call looked at.

    Attributes:
        looks: path and manner → the stamp when it was first looked at.
        started: the programs that were started.
        said: the words of a program that was waited for, and given nothing to read → what it said.
        beside: the file of the index by which all records are vouched for; empty where nothing does.
        watched: it is that of a work tree, for which git vouches.
        span: the moments, in seconds, between which today is the same day.
        spoilt: it cannot be held against the world later.
        apart: what is looked at just now has no part in the answer.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self.looks: dict[Look, Stamp] = {}
        self.started: list[Started] = []
        self.said: dict[tuple[str, ...], bytes] = {}
        self.beside = ""
        self.watched = False
        self.span = (float("-inf"), float("inf"))
        self.spoilt = False
        self.apart = False

    def look(self, path: object, *, links: bool = True, whole: bool = False) -> None:
        """Note a path; what is no path is an open file, which was noted when it was opened."""
        if self.spoilt or self.apart or isinstance(path, int):
            return
        try:
            one = Look(os.fsdecode(path), links, whole)  # type: ignore[arg-type]
        except TypeError:
            self.spoilt = True
            return
        if one not in self.looks:
            self.looks[one] = stamped(*one)
            self.spoilt |= len(self.looks) > MOST

    def heard(self, event: str, values: tuple[Any, ...]) -> None:
        """Note what the interpreter says is about to be done."""
        if self.spoilt or self.apart:
            return  # of a million files that are read nothing is written down
        if event == "open":
            path, _, flags = values
            if not isinstance(flags, int) or (flags & _WRITES and path != os.devnull):
                self.spoilt = True
            elif not str(path).endswith(".pyc"):  # made of its source, which is noted as a module
                self.look(path)
        elif event in _LISTS:
            self.look("." if values[0] is None else values[0], whole=True)
        elif event == "subprocess.Popen":
            _, words, folder, environ = values
            self.started.append(Started(tuple(map(os.fsdecode, words)), os.fsdecode(folder or "."), dict(environ or os.environ)))
        elif event in _SPOILS:
            self.spoilt = True


_now: list[Noted] = []
"""The call that is noted, if one is."""
_hears: list[bool] = []


def _hear(event: str, values: tuple[Any, ...]) -> None:
    if _now:
        _now[0].heard(event, values)


@contextmanager
def noting() -> Generator[Noted]:
    """Note what is looked at meanwhile."""
    if not _hears:  # who hears once hears for ever
        sys.addaudithook(_hear)
        _hears.append(True)
    noted = Noted()

    def stat(path: int | str | bytes | os.PathLike[str], *, dir_fd: int | None = None, follow_symlinks: bool = True) -> os.stat_result:
        noted.spoilt |= dir_fd is not None
        noted.look(path, links=follow_symlinks)
        return _stat(path, dir_fd=dir_fd, follow_symlinks=follow_symlinks)

    def lstat(path: int | str | bytes | os.PathLike[str], *, dir_fd: int | None = None) -> os.stat_result:
        noted.spoilt |= dir_fd is not None
        noted.look(path, links=False)
        return _lstat(path, dir_fd=dir_fd)  # type: ignore[arg-type]

    _now.append(noted)
    os.stat, os.lstat = stat, lstat  # type: ignore[assignment]
    try:
        yield noted
    finally:
        os.stat, os.lstat = _stat, _lstat
        _now.clear()


def said(words: Iterable[str], output: bytes) -> None:
    """Note what a program said that was asked in these words, and given nothing to read."""
    if _now:
        command = tuple(words)
        _now[0].spoilt |= _now[0].said.setdefault(command, output) != output


def vouched(beside: str, folders: Iterable[str]) -> None:
    """Note that git, asked as noted, and the times of these folders vouch for every record of an index."""
    if _now:
        _now[0].spoilt |= _now[0].watched
        _now[0].beside, _now[0].watched = beside, True
        for folder in folders:
            _now[0].look(folder, links=False, whole=True)


def settled(beside: str) -> None:
    """Note that an index is of a commit: it says what the name of that commit says, for ever."""
    if _now:
        _now[0].beside = _now[0].beside or beside


@contextmanager
def apart() -> Generator[None]:
    """Leave out what is looked at meanwhile: it is of an index, and has no part in an answer."""
    noted = _now[0] if _now else Noted()
    noted.apart = True
    try:
        yield
    finally:
        noted.apart = False


def unsure() -> None:
    """Note that something was looked at which nobody can vouch for."""
    if _now:
        _now[0].spoilt = True


def holds(since: float, until: float) -> None:
    """Note that the clock was read, and between which moments it says the same day."""
    if _now:
        first, last = _now[0].span
        _now[0].span = (max(first, since), min(last, until))
