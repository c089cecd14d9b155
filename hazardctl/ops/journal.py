"""The last write of a work tree, kept in the git directory for `undo`: never in the tree, never of any weight elsewhere.

It holds the bytes before and a digest of those after, so that nothing is taken back that somebody has built on.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, cast

from hazardctl.store import git

if TYPE_CHECKING:
    from hazardctl.ops.changes import Change

NAME: Final = "hazardctl/last.json"
LARGEST: Final = 1 << 26


@dataclass(frozen=True, slots=True)
class Kept:
    """One file of the last write: bytes before (None: it was made), SHA-256 of the bytes after."""

    path: str
    before: bytes | None
    after: str


@dataclass(frozen=True, slots=True)
class Last:
    """The last write: the ledger it went to, its files, the commit it was put into or the empty string."""

    root: str
    files: tuple[Kept, ...]
    commit: str


def keep(root: Path, changes: Sequence[Change], commit: str) -> None:
    """Note a write; a full disk or a read-only git directory costs the `undo` and nothing else."""
    folder = _folder(root)
    if folder is None or not changes:
        return
    files = [{"path": one.path, "before": _encoded(one.before), "after": digest(one.after)} for one in changes]
    text = json.dumps({"root": str(root), "commit": commit, "files": files}, ensure_ascii=False)
    path = folder / NAME
    with suppress(OSError):
        path.parent.mkdir(exist_ok=True)
        temporary = path.with_suffix(".tmp")
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(path)


def last(root: Path) -> Last | None:
    """Give the last write to a ledger; None when there is none, or what is kept cannot be understood."""
    folder = _folder(root)
    if folder is None:
        return None
    try:
        path = folder / NAME
        if path.stat().st_size > LARGEST:
            return None
        kept = cast("Mapping[str, Any]", json.loads(path.read_text(encoding="utf-8")))
        files = tuple(Kept(str(one["path"]), _decoded(one["before"]), str(one["after"])) for one in kept["files"])
        found = Last(str(kept["root"]), files, str(kept["commit"]))
    except (OSError, ValueError, KeyError, TypeError, binascii.Error):
        return None
    return found if found.root == str(root) and all(_inside(one.path) for one in files) else None


def forget(root: Path) -> None:
    """Forget the last write, once it is taken back."""
    folder = _folder(root)
    if folder is not None:
        with suppress(OSError):
            (folder / NAME).unlink()


def _folder(root: Path) -> Path | None:
    found = git.repository(root)
    return found.folder if found else None


def digest(data: bytes) -> str:
    """Give the SHA-256 of bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def _encoded(data: bytes | None) -> str | None:
    return None if data is None else base64.b64encode(data).decode("ascii")


def _decoded(text: str | None) -> bytes | None:
    return None if text is None else base64.b64decode(text, validate=True)


def _inside(path: str) -> bool:
    return bool(path) and not path.startswith("/") and ".." not in path.split("/")
