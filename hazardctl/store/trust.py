"""Which repositories this user lets run a program of their own: the monitor that tells git which files changed (docs/adr/0025).

A mark lies in the user's own folder, never in the repository: a clone, or a folder that was handed over, is not trusted by anything it
carries. It holds for one value of `core.fsmonitor`, for the bytes of the files that value names, and for this very folder: its path, its
inode, and a random stamp that lies inside it too. Where any of that differs nothing of the repository runs.

While nothing differs no program is asked: the lines of the settings that name a monitor are compared with those that were read. And
where nothing is trusted nothing is imported for it, since git's look at the work tree waits for this.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from hazardctl.errors import SystemFailedError
from hazardctl.language import Text
from hazardctl.store import own
from hazardctl.store.git import ask, hooked
from hazardctl.store.worktree import Repository, mentions, settings_of

NAME: Final = "core.fsmonitor"
OFF: Final = frozenset({"", "false", "no", "off", "0"})
BUILT_IN: Final = frozenset({"true", "yes", "on", "1"})
"""Values that mean git's own watcher, and no program of the repository."""
PROTOCOL: Final = "2"
"""The only one in which a monitor says since when it has looked."""
UNKNOWN: Final = "hazardctl:0"
"""A moment that no monitor knows."""
SINCE: Final = b"FSMN"
"""With this begins the part of git's index that says since when a monitor has looked."""
TAIL: Final = 1 << 20
"""Bytes at the end of git's index among which it is: enough for millions of files."""

_SILENT: Final = Text("这个程序没有按 git 的约定作答（第 2 版）", "the program does not answer as git wants it to (version 2)")
_LIES: Final = Text("改了一个文件，这个程序没有说", "a file was changed, and the program did not tell")
_NOT_TRUSTED: Final = Text("没有信任；一切照常，只是慢一些", "it is not trusted; everything works as before, only slower")


class Mark(NamedTuple):
    """What a user trusted.

    Attributes:
        folder: the folder git keeps for the work tree, its real path.
        inode: of that folder.
        stamp: lies inside it too.
        value: the monitor that may run.
        lines: those of the settings that name a monitor, with the heading each stands under; None where only git can tell.
        programs: path and digest of each file that the value names.
    """

    folder: str
    inode: int
    stamp: str
    value: str
    lines: Sequence[str] | None
    programs: Sequence[Sequence[str]]


class State(NamedTuple):
    """How a repository stands.

    Attributes:
        value: the monitor that its own settings name; empty where they name none.
        was: the one that was trusted; empty where none was.
        trusted: it may run.
        remembered: git knows since when it has looked.
    """

    value: str
    was: str
    trusted: bool
    remembered: bool


# ---------------------------------------------------------------------------------------------------------------- asking


def monitor(here: Repository) -> str:
    """Give the monitor that may run in a repository and is of use there; empty where there is none."""
    value = _allowed(here)
    return value if value and remembers(here) else ""


def remembers(here: Repository) -> bool:
    """Say whether git's index tells since when a monitor has looked: without that it names every file, each time anew."""
    try:
        with (here.folder / "index").open("rb") as file:
            file.seek(-min(TAIL, file.seek(0, os.SEEK_END)), os.SEEK_END)
            return SINCE in file.read()
    except OSError:
        return False


def _allowed(here: Repository) -> str:
    mark = _mark(here)
    with suppress(SystemFailedError, OSError, ValueError, TypeError):
        return mark.value if mark is not None and _covers(mark, here) else ""
    return ""


def settings(value: str) -> tuple[str, ...]:
    """Give the settings with which git asks a monitor, and no other than this."""
    return f"{NAME}={value}", f"core.fsmonitorHookVersion={PROTOCOL}"


def setting(here: Repository) -> str:
    """Give the monitor that the repository's own settings name, as git reads them; empty where they name none.

    Raises:
        SystemFailedError: git failed.
    """
    said = ask(here.top, "config", "-z", "--show-scope", "--get-all", NAME, within=here).decode("utf-8", "surrogateescape").split("\0")
    # Ours, by which it is off, is always among them: it is of the command line.
    values = [value for scope, value in zip(said[::2], said[1::2], strict=False) if scope != "command"]
    return "" if not values or values[-1].lower() in OFF else values[-1]


def state(here: Repository) -> State:
    """Say how a repository stands.

    Raises:
        SystemFailedError: git failed.
    """
    mark, value = _mark(here), setting(here)
    return State(value, mark.value if mark else "", bool(value) and _allowed(here) == value, remembers(here))


def _covers(mark: Mark, here: Repository) -> bool:
    """Say whether a mark holds for the repository as it is now."""
    lines = _lines(here)
    return (
        (mark.folder, mark.inode) == (_folder(here), _inode(here))
        and _stamp(here).read_text(encoding="utf-8") == mark.stamp
        and all(_digest(path) == digest for path, digest in mark.programs)
        and ((lines is not None and lines == mark.lines) or setting(here) == mark.value)
    )


def _lines(here: Repository) -> list[str] | None:
    """Give the lines that name a monitor, each behind its heading; None where only git can tell: a file is included, a line goes on."""
    files = settings_of(here)
    if mentions(files, b"include", b"\\\n", b"\\\r\n"):
        return None
    found: list[str] = []
    for path in files:
        with suppress(FileNotFoundError):
            heading = ""
            for line in path.read_text(encoding="utf-8", errors="surrogateescape").splitlines():
                heading = line if line.lstrip().startswith("[") else heading
                if "fsmonitor" in line.lower():
                    found += [heading, line]
    return found


# --------------------------------------------------------------------------------------------------------------- marking


def give(here: Repository, value: str) -> None:
    """Let a repository run this monitor.

    Raises:
        SystemFailedError: the mark cannot be kept.
    """
    import json
    import secrets

    from hazardctl.store import atomic

    stamp, path = secrets.token_hex(16), place(here)
    mark = Mark(_folder(here), _inode(here), stamp, value, _lines(here), [(one, _digest(one)) for one in _named(here, value)])
    for file, data in ((_stamp(here), stamp), (path, json.dumps(mark._asdict(), indent=1))):
        with atomic.spoken(file):
            file.parent.mkdir(parents=True, exist_ok=True)
            fresh = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
            fresh.touch(0o600, exist_ok=False)
            fresh.write_text(data, encoding="utf-8")
            fresh.replace(file)


def revoke(here: Repository) -> bool:
    """Let a repository run nothing; say whether it could before.

    Raises:
        SystemFailedError: the mark cannot be taken away.
    """
    from hazardctl.store import atomic

    any_ = place(here).exists()
    with atomic.spoken(place(here)):
        place(here).unlink(missing_ok=True)
    with suppress(OSError):
        _stamp(here).unlink()
    return any_


def tried(root: Path, here: Repository, value: str) -> None:
    """See that a monitor tells of a change: a file of ours comes and goes in the ledger folder meanwhile.

    Raises:
        SystemFailedError: it does not run, answers in another way than git wants, or did not tell.
    """
    from hazardctl.store import atomic

    if value.lower() in BUILT_IN:
        return
    try:
        since, _ = _told(here, value, UNKNOWN)
        probe = root.absolute() / f".trust.{os.getpid()}.tmp"
        with atomic.spoken(probe):
            probe.touch()
        try:
            _, changed = _told(here, value, since)
        finally:
            probe.unlink(missing_ok=True)
    except SystemFailedError as failure:
        raise SystemFailedError(failure.what, _NOT_TRUSTED) from failure
    name = probe.relative_to(here.top).as_posix()
    if not any(path in {"/", name} or (path.endswith("/") and name.startswith(path)) for path in changed):
        raise SystemFailedError(_LIES, _NOT_TRUSTED)


def _told(here: Repository, value: str, since: str) -> tuple[str, list[str]]:
    """Ask a monitor itself, and give the moment it names and the paths it tells of."""
    said = hooked(here, os.path.expanduser(value), PROTOCOL, since).decode("utf-8", "surrogateescape")  # noqa: PTH111 (as git does)
    moment, zero, paths = said.partition("\0")
    if not moment or not zero:
        raise SystemFailedError(_SILENT)
    return moment, [path for path in paths.split("\0") if path]


# ---------------------------------------------------------------------------------------------------------------- places


def place(here: Repository) -> Path:
    """Give where the mark of a repository lies: in this user's own folder."""
    return own.cache() / "trust" / hashlib.blake2b(os.fsencode(_folder(here)), digest_size=16).hexdigest()


def _mark(here: Repository) -> Mark | None:
    with suppress(OSError, ValueError, TypeError):
        text = place(here).read_text(encoding="utf-8")
        import json

        return Mark(**json.loads(text))
    return None


def _stamp(here: Repository) -> Path:
    return here.folder / "hazardctl" / "trusted"


def _folder(here: Repository) -> str:
    return os.path.realpath(here.folder)


def _inode(here: Repository) -> int:
    return here.folder.stat().st_ino


def _named(here: Repository, value: str) -> list[str]:
    """Give the files that a monitor's words name by their path: the program itself, and what it is told to run."""
    import shlex

    try:
        words = shlex.split(value)
    except ValueError:
        words = value.split()
    paths = (here.top / os.path.expanduser(word) for word in words if "/" in word)  # noqa: PTH111 (as git does)
    return [str(path) for path in paths if path.is_file()]


def _digest(path: str) -> str:
    return hashlib.blake2b(Path(path).read_bytes(), digest_size=32).hexdigest()
