"""The files beside the records: photographs and papers. Looked at only when a record names one, each once."""

from __future__ import annotations

import functools
import hashlib
import os
import stat
from pathlib import Path
from typing import Final

from hazardctl.store.files import RefusedError, below

FLAGS: Final = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)


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
            with open(os.open(place, FLAGS), "rb") as file:  # noqa: PTH123 (a path has no open without following links)
                return hashlib.file_digest(file, "sha256").hexdigest()
        except OSError:
            return None

    def _place(self, path: str) -> Path | None:
        place = self._root / path
        try:
            below(place, self._root)
        except RefusedError:
            return None
        return place
