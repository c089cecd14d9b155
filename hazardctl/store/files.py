"""The bytes of a record, and never anything else's: no link, no pipe, nothing outside the ledger, no more than a record may have."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from hazardctl.diagnostics import START, Finding
from hazardctl.errors import SystemFailedError, UnreadableError, reason
from hazardctl.language import Text
from hazardctl.store import system

MAX_BYTES: Final = 1 << 20
"""The largest record read, 1 MiB."""

_LINK: Final = Text("{path} 是符号链接，不跟随", "{path} is a symbolic link and is not followed")
_REPLACE_LINK: Final = Text("换成文件本身", "put the file itself there")
_OUTSIDE: Final = Text("{path} 不在台账目录内", "{path} lies outside the ledger")
_MOVE_INSIDE: Final = Text("把文件放进台账目录", "move the file into the ledger")
_NO_FILE: Final = Text("{path} 不是普通文件", "{path} is not a regular file")
_REMOVE: Final = Text("把它移出台账目录", "move it out of the ledger")
_TOO_LARGE: Final = Text("{path} 有 {size} 字节，记录最多 1 MiB", "{path} has {size} bytes; a record has at most 1 MiB")
_NOT_OPENED: Final = Text("{path} 打不开：{why}", "{path} cannot be opened: {why}")
_CHECK_ACCESS: Final = Text("检查文件权限和磁盘", "check the permissions and the disk")
_EXHAUSTED: Final = Text("系统不给打开文件：{why}", "the system opens no more files: {why}")
_FLAGS: Final = os.O_RDONLY | system.AT_ONCE
_OF_SYSTEM: Final = frozenset({errno.EMFILE, errno.ENFILE, errno.ENOMEM})


class RefusedError(UnreadableError):
    """A file that is not read at all; the finding says why."""

    def __init__(self, finding: Finding) -> None:
        """Take the finding, whose message is the fault and whose repair is the hint."""
        super().__init__(finding.message, *([finding.repair] if finding.repair else []))
        self.finding = finding


def read_file(path: Path, root: Path, most: int = MAX_BYTES) -> bytes:
    """Give the bytes of a record, and never anything else's.

    A link, a pipe, a device, a folder, something outside `root` or larger than 1 MiB (or `most`) is refused; nothing blocks.

    Raises:
        RefusedError: with HZ016 for links and places outside, HZ001 for the rest.
        SystemFailedError: the process may open no more files.
    """
    below(path, root)
    return _opened(os.fspath(path), most)


class Files:
    """Reads many files below a root: the way to a folder is looked at once for all the files read there in a row."""

    def __init__(self, root: Path) -> None:
        """Take the root, below which nothing is reached through a link."""
        self._root = root
        self._prefix = f"{os.fspath(root)}{os.sep}"
        self._folder = ""

    def read(self, path: str) -> bytes:
        """Give the bytes of a record by its path below the root, with `/`; refusals and errors as of `read_file`."""
        whole = self._prefix + path
        folder = path.rpartition("/")[0]
        if folder != self._folder or not folder or ".." in path:
            below(self._root / path, self._root)
            self._folder = folder
        return _opened(whole, MAX_BYTES)


def _opened(path: str, most: int) -> bytes:
    try:
        handle = system.opened(path, _FLAGS)
    except (OSError, ValueError) as failure:
        raise _refusal(path, failure) from failure
    try:
        return _regular(handle, path, most)
    except OSError as failure:
        raise _refusal(path, failure) from failure
    finally:
        os.close(handle)


def _regular(handle: int, path: str, most: int) -> bytes:
    status = os.fstat(handle)
    if not stat.S_ISREG(status.st_mode):
        raise _refused("HZ001", _NO_FILE, path, _REMOVE)
    size = status.st_size
    if size > most:
        raise _refused("HZ001", _TOO_LARGE.of(size=size), path, _REMOVE)
    data = os.read(handle, size + 1)
    while len(data) != size and (more := os.read(handle, most + 1 - len(data))):  # it came in pieces, or grew meanwhile
        data += more
    return data


def below(path: Path, root: Path) -> None:
    """Refuse a path that is not below the root by its own words, or reaches its place through a linked folder.

    Raises:
        RefusedError: with HZ016; with HZ001 where a folder on the way cannot be looked at.
    """
    folder = os.fspath(root)
    for part in _parts_below(path, root)[:-1]:
        folder = f"{folder}{os.sep}{part}"
        try:
            linked = stat.S_ISLNK(os.lstat(folder).st_mode)
        except (OSError, ValueError) as failure:
            raise _refusal(os.fspath(path), failure) from failure
        if linked:
            raise _refused("HZ016", _LINK, folder, _REPLACE_LINK)


def _parts_below(path: Path, root: Path) -> Sequence[str]:
    """Give the parts of a path below the root; in plain text where that will do, for this runs once a record."""
    whole, prefix = os.fspath(path), f"{os.fspath(root)}{os.sep}"
    try:
        parts = whole.removeprefix(prefix).split("/") if whole.startswith(prefix) else path.relative_to(root).parts
    except ValueError:
        parts = ()
    if ".." in parts or not parts:
        raise _refused("HZ016", _OUTSIDE, whole, _MOVE_INSIDE)
    return parts


def _refusal(path: str, failure: Exception) -> RefusedError | SystemFailedError:
    number = failure.errno if isinstance(failure, OSError) else None
    if number in _OF_SYSTEM:
        return SystemFailedError(_EXHAUSTED.of(why=reason(failure)))
    if number == errno.ELOOP:
        return _refused("HZ016", _LINK, path, _REPLACE_LINK)
    if number == errno.ENXIO:
        return _refused("HZ001", _NO_FILE, path, _REMOVE)
    return _refused("HZ001", _NOT_OPENED.of(why=reason(failure)), path, _CHECK_ACCESS)


def _refused(code: str, message: Text, path: str, repair: Text) -> RefusedError:
    return RefusedError(Finding(code, message.of(path=Path(path).name), place=START, repair=repair))
