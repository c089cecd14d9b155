"""The files beside the records: photographs and papers. Looked at only when a record names one, each once."""

from __future__ import annotations

import functools
import hashlib
import os
import stat
from pathlib import Path
from typing import Final

from hazardctl.store import system
from hazardctl.store.files import RefusedError, below

TICK: Final = 2_000_000_000
"""Nanoseconds by which a time must be past to be trusted: the coarsest file systems count whole seconds."""


class Attached:
    """The files of a ledger by their path below its root; links are not followed, and nothing outside is looked at."""

    def __init__(self, root: Path) -> None:
        """Take the ledger root."""
        self._root = root
        self.holds = functools.cache(self._holds)
        self.sha256 = functools.cache(self._sha256)

    def _holds(self, path: str) -> bool:
        place = self._place(path)
        try:
            return place is not None and stat.S_ISREG(os.lstat(place).st_mode)
        except (OSError, ValueError):
            return False

    def _sha256(self, path: str) -> str | None:
        """Read a file piece by piece: a film is as long as it is."""
        place = self._place(path)
        if place is None or not self._holds(path):
            return None
        try:
            with open(system.opened(place, os.O_RDONLY | system.AT_ONCE), "rb") as file:  # noqa: PTH123 (a path has no open without following links)
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return None

    def stamp(self, path: str, now: int, *, bytes_too: bool) -> str:
        """Say what a file is like, in words that change when it does.

        Args:
            path: below the ledger root.
            now: the time of the file system, in nanoseconds. A file as young as the look at it may change again within a tick of
                the clock: what is said of it then is never said again.
            bytes_too: what it holds matters too, not only whether it is there.
        """
        if not bytes_too:
            return str(int(self.holds(path)))
        place = self._place(path)
        try:
            it = os.lstat(place) if place is not None and self.holds(path) else None
        except OSError:
            it = None
        if it is None:
            return "gone"
        young = max(it.st_mtime_ns, it.st_ctime_ns) > now - TICK
        return f"{it.st_size} {it.st_mtime_ns} {it.st_ctime_ns} {it.st_ino}{f' young {now}' if young else ''}"

    def _place(self, path: str) -> Path | None:
        place = self._root / path
        try:
            below(place, self._root)
        except RefusedError:
            return None
        return place
