"""One writer at a time: a lock of the system on one file in the ledger root (RELIABILITY 5.2).

The lock dies with its process, so nothing is to be mended after a crash. Readers take none: a rename gives them the old
file or the new one. The file holds the writer's process id for people to read; nobody trusts it.
"""

from __future__ import annotations

import errno
import os
import stat
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from hazardctl.errors import LockedError, SystemFailedError, reason
from hazardctl.language import Text
from hazardctl.store import batch, system

NAME: Final = ".lock"
PATIENCE: Final = 30.0
"""Seconds a writer waits for another one."""
_PAUSE: Final = 0.01

_HELD: Final = Text(
    "台账正被另一进程写入（进程号 {pid}），等了 {n} 秒", "another process (pid {pid}) is writing to the ledger; waited {n} s"
)
_WAIT: Final = Text("等它结束再试", "try again when it has ended")
_NO_LOCK: Final = Text("无法锁定台账 {path}：{why}", "the ledger cannot be locked at {path}: {why}")
_ODD_LOCK: Final = Text("{path} 不是普通文件，无法用作写入锁", "{path} is not a regular file and cannot be the writer's lock")
_DELETE: Final = Text("删掉它再试", "delete it and try again")


@contextmanager
def lock(root: Path, *, patience: float = PATIENCE) -> Generator[None]:
    """Hold the ledger for writing; what a writer that died left half done is finished first.

    Args:
        root: the ledger root.
        patience: seconds to wait for another writer.

    Raises:
        LockedError: another writer did not end in time.
        SystemFailedError: the folder cannot be written to, or the lock is no regular file.
    """
    handle = _opened(root / NAME)
    try:
        _wait(handle, patience)
        _sign(handle)
        batch.recover(root)
        yield
    finally:
        os.close(handle)


def holder(root: Path) -> str | None:
    """Say who holds the ledger for writing, without taking the lock or making its file.

    Returns:
        The process id the writer left; None where the lock is free; the empty string where it could not be taken at all.
    """
    path = root / NAME
    if not os.path.lexists(path):
        return None if os.access(root, os.W_OK) else ""
    try:
        handle = system.opened(path, os.O_RDWR | system.AT_ONCE)
    except OSError:
        return ""
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            return ""
        return None if system.locked(handle) else _writer(handle)
    except OSError:
        return ""
    finally:
        os.close(handle)


def _writer(handle: int) -> str:
    os.lseek(handle, 0, os.SEEK_SET)
    return os.read(handle, 20).decode("ascii", "replace").strip() or "?"


def _opened(path: Path) -> int:
    try:
        handle = system.opened(path, os.O_RDWR | os.O_CREAT | system.AT_ONCE)
    except OSError as failure:
        if failure.errno in {errno.ELOOP, errno.ENXIO, errno.EISDIR}:
            raise SystemFailedError(_ODD_LOCK.of(path=str(path)), _DELETE) from failure
        raise SystemFailedError(_NO_LOCK.of(path=str(path), why=reason(failure))) from failure
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise SystemFailedError(_ODD_LOCK.of(path=str(path)), _DELETE)
    return handle


def _wait(handle: int, patience: float) -> None:
    end = time.monotonic() + patience
    while True:
        try:
            if system.locked(handle):
                return
        except OSError as failure:
            raise SystemFailedError(_NO_LOCK.of(path=NAME, why=reason(failure))) from failure
        if time.monotonic() >= end:
            raise LockedError(_HELD.of(pid=_writer(handle), n=round(patience)), _WAIT)
        time.sleep(_PAUSE)


def _sign(handle: int) -> None:
    try:
        os.ftruncate(handle, 0)
        os.lseek(handle, 0, os.SEEK_SET)
        os.write(handle, f"{os.getpid()}\n".encode())
    except OSError:
        return  # a full disk takes no pid; the lock is held all the same, and the write itself will say what is wrong
