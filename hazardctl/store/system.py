"""What the system this runs on offers for files, locks and processes, in one place: nobody else asks which one it is.

POSIX is where it is at home. What Windows has otherwise (RELIABILITY §5.1, §5.2) is said here, call by call: files are opened as
text unless told not to, a folder cannot be synced, an open file cannot be replaced, locks are on bytes, and no signal asks a
process whether it lives.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

_FOLLOWS_NONE: Final = getattr(os, "O_NOFOLLOW", 0)
_PLAIN: Final = _FOLLOWS_NONE | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOINHERIT", 0)
AT_ONCE: Final = getattr(os, "O_NONBLOCK", 0)
"""The flag by which opening a pipe does not wait for its other end."""
NUMBERED: Final = sys.platform != "win32"
"""Whether a look into a folder tells the inodes of its files; where it does not, no look at a file may go by them."""
FORKS: Final = hasattr(os, "fork")
"""Whether a process can be begun that inherits what this one has."""
SPAWNS: Final = hasattr(os, "posix_spawnp")
"""Whether programs can be started without what `subprocess` takes to load."""
_TRIES: Final = 5
_PAUSE: Final = 0.05


def opened(path: str | Path, flags: int, mode: int = 0o666) -> int:
    """Open a file for its bytes as they are; no link is followed, and no child inherits it.

    Args:
        path: the file.
        flags: as of `os.open`.
        mode: the permission bits of a file that is made.

    Raises:
        OSError: it cannot be opened; ELOOP where it is a link.
    """
    if not _FOLLOWS_NONE and os.path.islink(path):  # noqa: PTH114 (a path, as it was given)
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path))
    return os.open(path, flags | _PLAIN, mode)


def linked(source: Path, target: Path) -> None:
    """Give a file a second name; a link is not followed where the system can be told so.

    Raises:
        OSError: the name is taken, or the file system knows no second names.
    """
    os.link(source, target, follow_symlinks=os.link not in os.supports_follow_symlinks)


if sys.platform == "win32":
    import ctypes
    import msvcrt

    _LOCKED: Final = 1 << 30
    """The byte that is locked: far behind the words of the file, which others may read meanwhile."""
    _MAY_WAIT_FOR: Final = 0x00100000
    _DENIED: Final = 5
    _STILL_RUNS: Final = 0x00000102

    def replaced(source: Path | str, target: Path | str) -> None:
        """Put a file in the place of another in one step; who has the old one open (a virus scanner) is given a moment.

        Raises:
            OSError: as of `os.replace`.
        """
        for _ in range(_TRIES - 1):
            try:
                os.replace(source, target)  # noqa: PTH105 (the call the protocol names)
            except PermissionError:
                time.sleep(_PAUSE)
            else:
                return
        os.replace(source, target)  # noqa: PTH105

    def locked(handle: int) -> bool:
        """Take the lock on an open file if it is free, until the file is closed."""
        os.lseek(handle, _LOCKED, os.SEEK_SET)
        try:
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        except PermissionError:
            return False
        return True

    def permit(handle: int, mode: int) -> None:
        """Leave permissions as those of the folder make them: bits say nothing here."""

    def sync_folder(folder: Path) -> None:
        """Leave it to the file system to keep names: a folder cannot be synced here."""

    def lengthen(handle: int, size: int) -> None:
        """Leave a pipe as long as it is."""

    def user() -> int:
        """Give 0: users have no numbers here."""
        return 0

    def alive(pid: int) -> bool:
        """Say whether a process runs here; one we may not ask about counts as running."""
        kernel = ctypes.WinDLL("kernel32", use_last_error=True)
        kernel.OpenProcess.restype = ctypes.c_void_p
        if not 0 < pid < 1 << 32:
            return pid > 0
        process = kernel.OpenProcess(_MAY_WAIT_FOR, 0, ctypes.c_uint32(pid))
        if process is None:
            return ctypes.get_last_error() == _DENIED
        try:
            return bool(kernel.WaitForSingleObject(ctypes.c_void_p(process), 0) == _STILL_RUNS)
        finally:
            kernel.CloseHandle(ctypes.c_void_p(process))

    def spawned(words: list[str], _environ: Mapping[str, str], _writes: int) -> int:
        """Refuse: not here.

        Raises:
            OSError: always.
        """
        raise OSError(errno.ENOSYS, os.strerror(errno.ENOSYS), words[0])

    def killed(process: int) -> None:
        """End a program that was started; what it started itself ends with its pipes."""
        os.kill(process, signal.SIGTERM)  # which nobody can hear there: the process is ended

else:
    import fcntl

    def replaced(source: Path | str, target: Path | str) -> None:
        """Put a file in the place of another in one step.

        Raises:
            OSError: as of `os.replace`.
        """
        os.replace(source, target)  # noqa: PTH105 (the call the protocol names)

    def locked(handle: int) -> bool:
        """Take the lock on an open file if it is free, until the file is closed."""
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def permit(handle: int, mode: int) -> None:
        """Set the permission bits of an open file."""
        os.fchmod(handle, mode)

    def sync_folder(folder: Path) -> None:
        """Make names in a folder survive a power cut; a file system that cannot sync folders is left alone."""
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | _PLAIN)
        try:
            os.fsync(handle)
        except OSError as failure:
            if failure.errno != errno.EINVAL:
                raise
        finally:
            os.close(handle)

    def lengthen(handle: int, size: int) -> None:
        """Let a pipe hold so many bytes, where that is known here and allowed."""
        with suppress(AttributeError, OSError):
            fcntl.fcntl(handle, fcntl.F_SETPIPE_SZ, size)

    def user() -> int:
        """Give the number of the user this runs as."""
        return os.geteuid()

    def alive(pid: int) -> bool:
        """Say whether a process runs here; one we may not ask about counts as running."""
        try:
            os.kill(pid, 0)
        except ProcessLookupError:
            return False
        except (OSError, OverflowError):
            return True
        return pid > 0

    def spawned(words: list[str], environ: Mapping[str, str], writes: int) -> int:
        """Start a program in a session of its own, that reads nothing and whose complaints go nowhere.

        Args:
            words: the command.
            environ: its environment.
            writes: what it says goes there.

        Returns:
            The number of its process.

        Raises:
            OSError: it cannot be started.
        """
        files = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0), (os.POSIX_SPAWN_DUP2, writes, 1)]
        files += [(os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)]
        return os.posix_spawnp(words[0], words, environ, file_actions=files, setsid=True)

    def killed(process: int) -> None:
        """End a program that was started, and whatever it started; it was given a session of its own for that."""
        os.killpg(process, signal.SIGKILL)
