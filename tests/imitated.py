"""Windows, imitated: the half of `store.system` that is Windows', and an interpreter without what only POSIX has.

What Windows does itself is told by stand-ins: `msvcrt` locks a byte, `kernel32` knows which processes run, a file that is opened
without `O_BINARY` has its line ends changed. Run as a program it does what `hazardctl` does with the words it is given.
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import importlib.util
import os
import signal
import struct
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any, Final

BINARY: Final = 1 << 30
ABSENT: Final = (
    *("fchmod", "fchown", "fork", "getegid", "geteuid", "getgid", "getuid", "killpg", "mkfifo", "posix_spawn", "posix_spawnp"),
    *("pread", "pwrite", "setsid", "O_CLOEXEC", "O_DIRECTORY", "O_NOFOLLOW", "O_NONBLOCK"),
)
"""What `os` has not there, of what a program may be tempted to use."""


class _Call:
    """A function of a library, to which its types are told."""

    restype: object = None

    def __init__(self, does: Callable[..., object]) -> None:
        self._does = does

    def __call__(self, *values: object) -> object:
        return self._does(*values)


class Kernel:
    """As much of kernel32 as is asked."""

    def __init__(self, runs: frozenset[int], denied: frozenset[int] = frozenset()) -> None:
        """Take the processes that run, and those nobody may ask about."""
        self._runs, self._denied = runs, denied
        self.error = 0
        self.open: list[int] = []
        self.OpenProcess = _Call(self._open)

    def _open(self, _wish: int, _inherit: int, pid: ctypes.c_uint32) -> int | None:
        self.error = 0 if pid.value in self._runs else 5 if pid.value in self._denied else 87
        if self.error:
            return None
        self.open.append(pid.value)
        return pid.value

    def WaitForSingleObject(self, process: ctypes.c_void_p, _patience: int) -> int:  # noqa: N802 (its name)
        """Say that it has not ended; an odd number stands for one that has."""
        return 0 if (process.value or 0) % 2 else 0x102

    def CloseHandle(self, process: ctypes.c_void_p) -> None:  # noqa: N802
        """Let go of it."""
        self.open.remove(process.value or 0)


def _locking(handle: int, _mode: int, count: int) -> None:
    """Lock bytes where the file stands, as `msvcrt` does; this process itself is kept out as well."""
    at = os.lseek(handle, 0, os.SEEK_CUR)
    try:
        fcntl.fcntl(handle, 37, _region(at, count))  # F_OFD_SETLK: of the open file, not of the process
    except OSError as failure:
        raise PermissionError(errno.EACCES, "Permission denied") from failure


def _region(at: int, count: int) -> bytes:
    return struct.pack("hhqqi4x", fcntl.F_WRLCK, os.SEEK_SET, at, count, 0)


@contextmanager
def windows_half(kernel: Kernel | None = None) -> Iterator[Any]:
    """Give `store.system` as it is on Windows."""
    found = importlib.util.find_spec("hazardctl.store.system")
    assert found is not None
    assert found.loader is not None
    stand_in = ModuleType("msvcrt")
    stand_in.__dict__.update(locking=_locking, LK_NBLCK=2)
    known = kernel or Kernel(frozenset())
    here = sys.platform
    half = importlib.util.module_from_spec(found)
    sys.modules["msvcrt"] = stand_in
    for name, stood_in in (("WinDLL", lambda *_, **__: known), ("get_last_error", lambda: known.error)):
        setattr(ctypes, name, stood_in)
    sys.platform = "win32"
    try:
        found.loader.exec_module(half)
    finally:
        sys.platform = here
        del sys.modules["msvcrt"]  # others look for it to tell where they are
    try:
        yield half
    finally:
        for name in ("WinDLL", "get_last_error"):
            delattr(ctypes, name)


def imitate() -> None:
    """Make this interpreter as poor as one on Windows, for good."""
    opens, reads = os.open, os.read
    plain: set[int] = set()

    def opened(path: str | bytes | os.PathLike[str], flags: int, mode: int = 0o777) -> int:
        if os.path.isdir(path):  # noqa: PTH112
            raise PermissionError(errno.EACCES, "Permission denied", path)
        handle = opens(path, flags & ~BINARY, mode)
        plain.discard(handle)
        if not flags & BINARY and path != os.devnull:
            plain.add(handle)
        return handle

    def read(handle: int, size: int) -> bytes:
        return reads(handle, size).replace(b"\r\n", b"\n").partition(b"\x1a")[0] if handle in plain else reads(handle, size)

    os.open, os.read = opened, read  # type: ignore[assignment]
    setattr(os, "O_BINARY", BINARY)  # noqa: B010 (an attribute it does not have here)
    os.supports_follow_symlinks.discard(os.link)
    for name in ABSENT:
        delattr(os, name)
    del signal.SIGKILL


def main() -> None:
    """Run hazardctl on what is left."""
    import hazardctl.store

    imitate()
    with windows_half() as half:
        sys.modules["hazardctl.store.system"] = half
        setattr(hazardctl.store, "system", half)  # noqa: B010 (pyright knows of no such attribute)
        from hazardctl.cli.app import run

        run()


if __name__ == "__main__":
    main()
