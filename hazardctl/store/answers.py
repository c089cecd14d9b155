"""Whole answers, kept until anything differs that they were made of (docs/adr/0023).

An answer lies in the user's cache folder under the keyed hash of the question, and bears a keyed hash of itself: what is damaged, or
was made elsewhere, is not looked into. It holds what was printed, and what the call that printed it had looked at.
To give it again, all of that is looked at once more, and git is asked once more; any difference, and the question is put anew.

Nothing heavy is imported: this is all that a question needs which was asked before.
"""

from __future__ import annotations

import hashlib
import hmac
import itertools
import marshal
import os
import select
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from typing import Final, NamedTuple, TypeAlias

from hazardctl import __version__
from hazardctl.store import own, system
from hazardctl.store.noting import Look, Noted, Stamp, stamped

Part: TypeAlias = "tuple[int, bytes]"
"""What was written to stdout (1) or stderr (2)."""
FORM: Final = 2
"""Raised when what is kept changes its meaning."""
AT_MOST: Final = 32 << 20
"""Bytes of an answer that is still worth keeping."""
MANY: Final = 64
"""Answers that are kept."""
ROOM: Final = 128 << 20
"""Bytes that all answers together may take."""
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
        asked: how git was asked, each time.
        span: the moments between which it holds.
    """

    code: int
    parts: Sequence[Part]
    looks: Sequence[tuple[Look, Stamp]]
    asked: Sequence[Git]
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
    surroundings = (FORM, __version__, __file__, sys.version, repr(sys.flags), sys.path, folder, system.user(), environ)
    name = hashlib.blake2b(repr((surroundings, question)).encode("utf-8", "surrogatepass"), digest_size=16, key=key).hexdigest()
    return os.path.join(place(), name), key  # noqa: PTH118


def recalled(path: str, key: bytes) -> Answer | None:
    """Give the answer of a file that still holds; None where there is none, or it is not ours, or anything differs."""
    if not system.SPAWNS:
        return None
    try:
        with open(path, "rb") as file:  # noqa: PTH123
            data = file.read()
    except OSError:
        return None
    if not hmac.compare_digest(data[:_SIZE], _signed(path, data[_SIZE:], key)):
        return None
    code, parts, looks, said, (since, until) = marshal.loads(data[_SIZE:])  # noqa: S302 (it bears the user's own key)
    if not since <= time.time() < until or any(stamped(*look) != stamp for look, stamp in looks):  # noqa: TID251 (whether it is still the day of the door)
        return None
    asked = [Git(*one) for one in said]
    return Answer(code, parts, looks, asked, (since, until)) if _confirmed(asked) else None


def _signed(path: str, data: bytes, key: bytes) -> bytes:
    return hashlib.blake2b(os.fsencode(os.path.basename(path)) + data, digest_size=_SIZE, key=key).digest()  # noqa: PTH119


def _confirmed(asked: Sequence[Git]) -> bool:
    """Ask git again, everything at once, and say whether its answers are the same."""
    running: list[tuple[int, int]] = []
    try:
        running.extend(map(_begun, asked))  # those that were begun are in the list when another cannot be
        for one in asked:
            process, reads = running[0]
            output = _heard(reads)
            if output is None or _hashed(output) != one.said:
                return False
            del running[0]
            os.close(reads)
            if os.waitpid(process, 0)[1] != 0:
                return False
    except (OSError, RuntimeError):  # no git, or no groups of processes here
        return False
    finally:
        for process, reads in running:
            os.close(reads)
            _ended(process)
    return True


def _begun(git: Git) -> tuple[int, int]:
    """Start git; give its process, and what its answer can be read from."""
    environ = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")} | git.ours
    words = [git.words[0], "-C", git.folder, *git.words[1:]]
    reads, writes = os.pipe()
    try:
        return system.spawned(words, environ, writes), reads
    except BaseException:
        os.close(reads)
        raise
    finally:
        os.close(writes)


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
        system.killed(process)
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
    asked = _asked(noted)
    if not asked or not system.SPAWNS:
        return False
    looks = {**noted.looks, **{look: stamped(*look) for look in _program()}}
    looks.pop(Look(_clock(noted.beside)), None)  # asked for the time, and for nothing else
    try:
        young = _moment(noted.beside, began) - TICK
        if any(stamped(*look) != stamp or (stamp and len(stamp) > 3 and max(stamp[4:]) >= young) for look, stamp in looks.items()):
            return False
        code, parts = printed
        stood = [((look.path, look.links, look.whole), stamp) for look, stamp in looks.items()]
        data = marshal.dumps((code, list(parts), stood, [tuple(one) for one in asked], noted.span))
        _written(path, _signed(path, data, key) + data)
    except OSError:
        return False  # no place for it
    return True


def _asked(noted: Noted) -> Sequence[Git]:
    """Give how git vouched for the records; nothing where it did not, or a program was started that cannot be asked again."""
    if noted.spoilt or not noted.beside:
        return []
    same = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    asked: list[Git] = []
    for one in noted.started:
        said = noted.said.get(one.words)
        if said is None or any(name not in one.environ for name in same):
            return []
        ours = {name: value for name, value in one.environ.items() if same.get(name) != value}
        asked.append(Git(one.words, one.folder, ours, _hashed(said)))
    return asked


def _program() -> set[Look]:
    """Name the files of every module that had a part in an answer, and the folders in which modules are looked for."""
    files = {str(file) for one in list(sys.modules.values()) if (file := getattr(one, "__file__", None))}
    return {Look(file) for file in files if not file.startswith("<")} | {Look(folder, whole=True) for folder in sys.path if folder}


def _moment(beside: str, began: int) -> int:
    """Say when the noting began, by the clock of the file system or ours, whichever is behind."""
    probe = _clock(beside)
    with open(probe, "ab"):  # noqa: PTH123
        os.utime(probe)
    ago = time.monotonic_ns() - began
    return min(os.stat(probe).st_mtime_ns, time.time_ns()) - ago  # noqa: TID251, PTH116 (files bear this clock)  # noqa: PTH116


def _clock(beside: str) -> str:
    """Name the file by which the file system is asked what time it is (`index.watch.now`)."""
    return f"{beside}.now"


def _written(path: str, data: bytes) -> None:
    """Write an answer where it is looked for, in one step, and let go of the oldest beyond what is kept."""
    folder = os.path.dirname(path)  # noqa: PTH120
    os.makedirs(folder, exist_ok=True)  # noqa: PTH103
    temporary = f"{path}.{os.getpid()}"
    with open(temporary, "wb") as file:  # noqa: PTH123
        file.write(data)
    system.replaced(temporary, path)
    with os.scandir(folder) as entries:
        ages = sorted(((one.stat().st_mtime_ns, one.path, one.stat().st_size) for one in entries), reverse=True)
    taken = itertools.accumulate(size for *_, size in ages)
    for number, ((_, old, _), bytes_so_far) in enumerate(zip(ages, taken, strict=True)):
        if number >= MANY or bytes_so_far > ROOM:
            os.unlink(old)  # noqa: PTH108


def forget() -> None:
    """Throw every answer away."""
    with suppress(OSError), os.scandir(place()) as entries:
        for one in entries:
            os.unlink(one.path)  # noqa: PTH108
