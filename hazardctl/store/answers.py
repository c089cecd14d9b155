"""Whole answers, kept until anything differs that they were made of (docs/adr/0023).

An answer lies in the user's cache folder under the keyed hash of the question, and bears a keyed hash of itself: what is damaged, or
was made elsewhere, is not looked into. It holds what was printed, and what the call that printed it had looked at.
To give it again, all of that is looked at once more, and git is asked once more; any difference, and the question is put anew.

Nothing heavy is imported: this is all that a question needs which was asked before.
"""

from __future__ import annotations

import hashlib
import hmac
import marshal
import os
import select
import signal
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Final, NamedTuple, TypeAlias

from hazardctl import __version__
from hazardctl.store import own
from hazardctl.store.noting import Look, Noted, Stamp, stamped

Part: TypeAlias = "tuple[int, bytes]"
"""What was written to stdout (1) or stderr (2)."""
FORM: Final = 1
"""Raised when what is kept changes its meaning."""
AT_MOST: Final = 8 << 20
"""Bytes of an answer that is still worth keeping."""
MANY: Final = 64
"""Answers that are kept."""
TICK: Final = 2_000_000_000
"""Nanoseconds by which a time must be past to be trusted (`index.watch.TICK`)."""
PATIENCE: Final = 8.0
"""Seconds that git has to answer, as everywhere."""
ANYHOW: Final = frozenset({"_", "SHLVL", "OLDPWD"})
"""Variables that say how a shell came to call; every other one is part of the question, whoever may read it."""
_SIZE: Final = 32


class Git(NamedTuple):
    """How git was asked, and what it said.

    Attributes:
        words: the command.
        folder: in which it ran.
        ours: what its environment had that ours has not; of ours it gets nothing that begins with `GIT_`.
        said: the hash of its answer.
    """

    words: tuple[str, ...]
    folder: str
    ours: dict[str, str]
    said: bytes


class Answer(NamedTuple):
    """An answer, and what it was made of.

    Attributes:
        code: the exit code.
        parts: what was printed, in this order.
        looks: what was looked at, with its stamp.
        git: how git was asked.
        span: the moments between which it holds.
    """

    code: int
    parts: Sequence[Part]
    looks: Sequence[tuple[Look, Stamp]]
    git: Git
    span: tuple[float, float]


def place() -> str:
    """Give the folder in which answers are kept."""
    return os.path.join(own.folder(), "answers")  # noqa: PTH118 (pathlib is more than the rest of this together)


def known_as(question: object) -> tuple[str, bytes] | None:
    """Give the file of an answer and the user's key; None without a key, for nobody has asked an index yet.

    Args:
        question: everything the caller knows of the question; surroundings that are the same for all callers are added here.
    """
    try:
        with open(os.path.join(own.folder(), "key"), "rb") as file:  # noqa: PTH118, PTH123
            key = file.read(own.LENGTH + 1)
        folder = os.getcwd()  # noqa: PTH109
    except OSError:
        return None
    if len(key) != own.LENGTH:
        return None
    environ = sorted((name, value) for name, value in os.environ.items() if name not in ANYHOW)
    user = os.geteuid() if hasattr(os, "geteuid") else 0
    surroundings = (FORM, __version__, __file__, sys.version, repr(sys.flags), sys.path, folder, user, environ)
    name = hashlib.blake2b(repr((surroundings, question)).encode("utf-8", "surrogatepass"), digest_size=16, key=key).hexdigest()
    return os.path.join(place(), name), key  # noqa: PTH118


def recalled(path: str, key: bytes) -> Answer | None:
    """Give the answer of a file that still holds; None where there is none, or it is not ours, or anything differs."""
    if not hasattr(os, "posix_spawnp"):
        return None
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            data = file.read()
    except OSError:
        return None
    if not hmac.compare_digest(data[:_SIZE], _signed(path, data[_SIZE:], key)):
        return None
    code, parts, looks, git, (since, until) = marshal.loads(data[_SIZE:])  # noqa: S302 (it bears the user's own key)
    if not since <= time.time() < until or any(stamped(*look) != stamp for look, stamp in looks):  # noqa: TID251 (whether it is still the day of the door)
        return None
    return Answer(code, parts, looks, Git(*git), (since, until)) if _says(Git(*git)) else None


def _signed(path: str, data: bytes, key: bytes) -> bytes:
    return hashlib.blake2b(os.fsencode(os.path.basename(path)) + data, digest_size=_SIZE, key=key).digest()  # noqa: PTH119


def _says(git: Git) -> bool:
    """Ask git again, and say whether its answer is the same."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | git.ours
    words = [git.words[0], "-C", git.folder, *git.words[1:]]
    reads, writes = os.pipe()
    try:
        try:
            files = [(os.POSIX_SPAWN_OPEN, 0, os.devnull, os.O_RDONLY, 0), (os.POSIX_SPAWN_DUP2, writes, 1)]
            files += [(os.POSIX_SPAWN_OPEN, 2, os.devnull, os.O_WRONLY, 0)]
            process = os.posix_spawnp(words[0], words, environ, file_actions=files, setsid=True)
        finally:
            os.close(writes)
    except (OSError, RuntimeError):  # no git, or no groups of processes here
        os.close(reads)
        return False
    try:
        output = _heard(reads)
    except BaseException:
        _ended(process)
        raise
    finally:
        os.close(reads)
    if output is None:
        _ended(process)
        return False
    return os.waitpid(process, 0)[1] == 0 and _hashed(output) == git.said


def _heard(reads: int) -> bytes | None:
    """Read to the end; None where it takes too long."""
    end, found = time.monotonic() + PATIENCE, b""
    while (left := end - time.monotonic()) > 0 and select.select([reads], [], [], left)[0]:
        part = os.read(reads, 1 << 16)
        if not part:
            return found
        found += part
    return None


def _ended(process: int) -> None:
    with suppress(OSError):
        os.killpg(process, signal.SIGKILL)
    with suppress(OSError):
        os.waitpid(process, 0)


def _hashed(output: bytes) -> bytes:
    return hashlib.blake2b(output, digest_size=_SIZE).digest()


# ------------------------------------------------------------------------------------------------------------- keeping


def keep(path: str, key: bytes, noted: Noted, printed: tuple[int, Sequence[Part]], began: int) -> bool:
    """Keep an answer, if it can be given again; say whether it is kept.

    Args:
        path: the file it is known by.
        key: the user's own.
        noted: what the call looked at.
        printed: the exit code, and what was printed.
        began: when the noting began, by a clock that only counts.
    """
    git = _asked(noted)
    if git is None:
        return False
    looks = {**noted.looks, **{look: stamped(*look) for look in _program()}}
    try:
        young = _moment(noted.beside, began) - TICK
        if any(stamped(*look) != stamp or (stamp and len(stamp) > 3 and max(stamp[4:]) >= young) for look, stamp in looks.items()):
            return False
        code, parts = printed
        stood = [((look.path, look.links, look.whole), stamp) for look, stamp in looks.items()]
        data = marshal.dumps((code, list(parts), stood, (git.words, git.folder, git.ours, git.said), noted.span))
        _written(path, _signed(path, data, key) + data)
    except OSError:
        return False  # no place for it
    return True


def _asked(noted: Noted) -> Git | None:
    """Give how git vouched for the records; None where it did not, or something else was asked as well."""
    if noted.spoilt or not noted.beside or len(noted.started) != 1 or len(noted.said) != 1:
        return None
    (one,), (said,) = noted.started, noted.said
    same = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    if any(name not in one.environ for name in same):
        return None
    ours = {name: value for name, value in one.environ.items() if same.get(name) != value}
    return Git(one.words, one.folder, ours, _hashed(said))


def _program() -> set[Look]:
    """Name the files of every module that had a part in an answer, and the folders in which modules are looked for."""
    files = {str(file) for one in list(sys.modules.values()) if (file := getattr(one, "__file__", None))}
    return {Look(file) for file in files if not file.startswith("<")} | {Look(folder, whole=True) for folder in sys.path if folder}


def _moment(beside: str, began: int) -> int:
    """Say when the noting began, by the clock of the file system or ours, whichever is behind."""
    probe = f"{beside}.now"
    with open(probe, "ab"):  # noqa: PTH123
        os.utime(probe)
    ago = time.monotonic_ns() - began
    return min(os.stat(probe).st_mtime_ns, time.time_ns()) - ago  # noqa: TID251, PTH116 (files bear this clock)  # noqa: PTH116


def _written(path: str, data: bytes) -> None:
    """Write an answer where it is looked for, in one step, and let go of the oldest beyond what is kept."""
    folder = os.path.dirname(path)  # noqa: PTH120
    os.makedirs(folder, exist_ok=True)  # noqa: PTH103
    temporary = f"{path}.{os.getpid()}"
    with open(temporary, "wb") as file:  # noqa: PTH123
        file.write(data)
    os.replace(temporary, path)  # noqa: PTH105
    with os.scandir(folder) as entries:
        ages = sorted((one.stat().st_mtime_ns, one.path) for one in entries)
    for _, old in ages[:-MANY]:
        os.unlink(old)  # noqa: PTH108


def forget() -> None:
    """Throw every answer away."""
    with suppress(OSError), os.scandir(place()) as entries:
        for one in entries:
            os.unlink(one.path)  # noqa: PTH108
