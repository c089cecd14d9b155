"""The steps of a write that a crash cannot halve: temporary file, fsync, link or rename, fsync of the folder (RELIABILITY 5.1).

Plain steps on paths; what may be written where is decided in `writer.py`. Every failure of the system comes out as
`SystemFailedError` with the words of errno, and nothing of ours is left behind.
"""

from __future__ import annotations

import errno
import hashlib
import os
import re
import stat
from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from hazardctl.errors import SystemFailedError, reason
from hazardctl.language import Text
from hazardctl.store import system

_TEMPORARY: Final = re.compile(r"\..+\.(\d{1,10})\.tmp")
_NEW: Final = os.O_WRONLY | os.O_CREAT | os.O_EXCL
_LONGEST_NAME: Final = 200
_NO_LINKS: Final = frozenset({errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS, errno.EMLINK, errno.EINVAL})

_FAILED: Final = Text("{path} 没有写入：{why}", "{path} was not written: {why}")
_UNSAME: Final = Text("{path} 没有写入：磁盘读回的内容不同", "{path} was not written: the disk gave other bytes back")
_OLD_STAYS: Final = Text("原文件未动；排除故障后再试", "the old file is as it was; try again when the fault is mended")


@contextmanager
def spoken(path: Path) -> Generator[None]:
    """Turn a failure of the system inside into one line about `path`."""
    try:
        yield
    except OSError as failure:
        raise SystemFailedError(_FAILED.of(path=str(path), why=reason(failure)), _OLD_STAYS) from failure


def stage(path: Path, data: bytes, *, mode: int | None = None) -> Path:
    """Write a synced temporary file beside `path` and read it back; give its path.

    Args:
        path: the file it will become.
        data: all of its bytes.
        mode: permission bits to keep; None for those of a new file.
    """
    temporary = temporary_of(path)
    handle = _opened(temporary)
    try:
        try:
            if mode is not None:
                system.permit(handle, mode)
            _write(handle, data)
            os.fsync(handle)
        finally:
            os.close(handle)
        _compare(temporary, data, path)
    except BaseException:
        discard(temporary)
        raise
    return temporary


def temporary_of(path: Path) -> Path:
    """Give the name of the temporary file of this process for a path."""
    name = path.name
    if len(os.fsencode(name)) > _LONGEST_NAME:
        name = hashlib.blake2b(os.fsencode(name), digest_size=16).hexdigest()
    return path.with_name(f".{name}.{os.getpid()}.tmp")


def _opened(temporary: Path) -> int:
    try:
        return system.opened(temporary, _NEW)
    except FileExistsError:
        temporary.unlink()  # of a dead process that had our number
        return system.opened(temporary, _NEW)


def _write(handle: int, data: bytes) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _compare(temporary: Path, data: bytes, path: Path) -> None:
    if temporary.read_bytes() != data:
        raise SystemFailedError(_UNSAME.of(path=str(path)), _OLD_STAYS)


def discard(*temporaries: Path) -> None:
    """Remove temporary files, whatever the disk says: hidden names are never records."""
    for temporary in temporaries:
        with suppress(OSError):
            temporary.unlink()


def publish(temporary: Path, path: Path) -> None:
    """Make a staged file appear under its new name; FileExistsError if the name is taken. The temporary one stays."""
    try:
        system.linked(temporary, path)
    except FileExistsError:
        raise
    except OSError as failure:
        if failure.errno not in _NO_LINKS:
            raise
        _publish_without_links(temporary, path)


def _publish_without_links(temporary: Path, path: Path) -> None:
    """Do the same where the file system knows no hard links (exFAT): the lock keeps other writers away meanwhile."""
    data = temporary.read_bytes()
    handle = system.opened(path, _NEW)
    try:
        try:
            _write(handle, data)
            os.fsync(handle)
        finally:
            os.close(handle)
    except BaseException:
        path.unlink()  # closed: Windows keeps a file that is open
        raise


def make_folders(folder: Path) -> list[Path]:
    """Make a folder and its missing parents; give those made, outermost first."""
    missing: list[Path] = []
    while not folder.is_dir():
        missing.append(folder)
        folder = folder.parent
    made: list[Path] = []
    try:
        for one in reversed(missing):
            with suppress(FileExistsError):
                one.mkdir()
                made.append(one)
    except BaseException:
        remove_folders(made)
        raise
    return made


def remove_folders(made: list[Path]) -> None:
    """Take back folders that were made for a write that failed; a folder somebody uses meanwhile stays."""
    for one in reversed(made):
        with suppress(OSError):
            one.rmdir()


def sweep(folder: Path) -> None:
    """Remove temporary files that writers left behind when they died."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            found = _TEMPORARY.fullmatch(entry.name)
            if found and not system.alive(int(found[1])) and not entry.is_dir(follow_symlinks=False):
                discard(Path(entry.path))


def mode_of(path: Path) -> int:
    """Give the permission bits of a file."""
    return stat.S_IMODE(os.lstat(path).st_mode)
