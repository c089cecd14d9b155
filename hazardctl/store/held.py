"""The files beside the records as a commit has them: photographs and papers, read from objects."""

from __future__ import annotations

import functools
import hashlib
from pathlib import Path

from hazardctl.store.attached import Attached
from hazardctl.store.memory import hashed
from hazardctl.store.source import Revision, WorkTree


class AttachedAt:
    """The files of a ledger at a commit; one that is the same in the work tree is read there, which starts no process."""

    def __init__(self, root: Path, oid: str) -> None:
        """Take the ledger root and the full id of the commit."""
        self._here, self._root, self._then = Attached(root), root, Revision(root, oid)
        self.sha256 = functools.cache(self._sha256)

    def holds(self, path: str) -> bool:
        """Say whether the commit has a regular file at a path."""
        return bool(self._then.key(path))

    def _sha256(self, path: str) -> str | None:
        oid = self._then.key(path)
        if not oid:
            return None
        if hashed(WorkTree(self._root), path) == oid:
            return self._here.sha256(path)
        return hashlib.sha256(self._then.read(path)).hexdigest()
