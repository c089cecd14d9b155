"""The last write of this work tree, so that it can be taken back while it is not committed.

It is kept inside the git folder, never in the tree: the files, their bytes before, and a digest of their bytes after. It is
a convenience, not a truth: whoever takes it back shows the difference first and goes through the writer, which refuses a
file that changed meanwhile.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final, cast

from hazardctl.errors import HazardctlError
from hazardctl.store import atomic, system
from hazardctl.store.git import repository

_PLACE: Final = "hazardctl"
_NAME: Final = "last-write.json"
_MOST: Final = 1 << 26


@dataclass(frozen=True, slots=True)
class Change:
    """One file of a write.

    Attributes:
        path: relative to the ledger root, with `/`.
        before: its bytes before; None when it did not exist.
        after: digest of its bytes afterwards.
    """

    path: str
    before: bytes | None
    after: str


def digest(data: bytes) -> str:
    """Give the digest by which a file is recognised."""
    return hashlib.blake2b(data, digest_size=32).hexdigest()


def remember(root: Path, changes: Iterable[tuple[str, bytes | None, bytes]]) -> None:
    """Keep (path, bytes before, bytes after) of a write that succeeded; without a git repository nothing is kept.

    Never fails: the write it remembers stands already.
    """
    place = _place(root)
    kept = [
        {"path": path, "before": None if before is None else base64.b64encode(before).decode(), "after": digest(after)}
        for path, before, after in changes
    ]
    with suppress(OSError, HazardctlError):
        if place is not None:
            place.parent.mkdir(exist_ok=True)
            data = json.dumps({"root": str(root.resolve()), "changes": kept}).encode()
            system.replaced(atomic.stage(place, data), place)


def remembered(root: Path) -> tuple[Change, ...]:
    """Give the last write of this work tree; empty when there is none, or when any of its files is no longer what it wrote."""
    place = _place(root)
    try:
        if place is None or place.is_symlink() or place.stat().st_size > _MOST:
            return ()
        said = cast("dict[str, object]", json.loads(place.read_bytes()))
        if said["root"] != str(root.resolve()):
            return ()
        changes = tuple(_change(one) for one in cast("list[dict[str, str | None]]", said["changes"]))
        return changes if all(_stands(root, change) for change in changes) else ()
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return ()


def pending(root: Path) -> bool:
    """Say whether a write is remembered, whatever became of its files since."""
    place = _place(root)
    return place is not None and place.is_file()


def forget(root: Path) -> None:
    """Drop what was remembered, once it was taken back or committed."""
    place = _place(root)
    if place is not None:
        atomic.discard(place)


def _place(root: Path) -> Path | None:
    found = repository(root)
    return found.folder / _PLACE / _NAME if found else None


def _change(one: dict[str, str | None]) -> Change:
    before = one["before"]
    return Change(str(one["path"]), None if before is None else base64.b64decode(before, validate=True), str(one["after"]))


def _stands(root: Path, change: Change) -> bool:
    """Say whether a file is inside the ledger, no link, and still what was written."""
    path = root / change.path
    inside = ".." not in path.parts and path.is_relative_to(root) and path.resolve() == root.resolve() / change.path
    return inside and path.is_file() and digest(path.read_bytes()) == change.after
