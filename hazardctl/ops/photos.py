"""The files a record names as evidence: are they there, are they still what was recorded, and how they look (DOMAIN §2.2 `evidence`)."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Final

from hazardctl.exchange.pictures import small
from hazardctl.language import Text, plain
from hazardctl.ledger import Ledger
from hazardctl.model.hazard import Evidence
from hazardctl.reports.frame import spaced
from hazardctl.sheet import Picture
from hazardctl.store import system

MOST_BYTES: Final = 256 << 20
"""A larger file is not read."""
MOST_SHOWN: Final = 50 << 20
"""A larger one is no photograph."""


@dataclass(frozen=True, slots=True)
class Filed:
    """A file as it is now.

    Attributes:
        check: `ok`, `changed`, `missing`, `unread`, `unknown` without a checksum, `url` for what lies elsewhere.
        sha256: what it has now; empty where nothing could be read.
        picture: how it looks; None for what is no picture, or was not asked for.
    """

    check: str
    sha256: str = ""
    picture: Picture | None = None


def filed(root: Path, ledger: Ledger, one: Evidence, *, shown: bool = False) -> Filed:
    """Look at a file that a record names.

    A path that leaves the ledger, a link on the way, a folder or a device is `unread`: nothing behind it is opened.

    Args:
        root: the ledger root.
        ledger: whose words name kinds.
        one: as recorded.
        shown: the picture is wanted.

    Raises:
        MissingExtraError: a picture is wanted, and the extra `photo` is not installed.
    """
    if not one.path:
        return Filed("url")
    place = _place(root, one.path)
    if place is None:
        return Filed("unread")
    try:
        sha256, data = _read(place, keep=shown)
    except FileNotFoundError:
        return Filed("missing")
    except (OSError, ValueError):
        return Filed("unread")
    check = "unknown" if not one.sha256 else "ok" if sha256 == one.sha256.lower() else "changed"
    made = small(data) if shown and data else None
    return Filed(check, sha256, Picture(made.data, made.width, made.height, caption(ledger, one)) if made else None)


def pictures(files: Sequence[Filed]) -> tuple[Picture, ...]:
    """Give those that can be shown."""
    return tuple(one.picture for one in files if one.picture)


def caption(ledger: Ledger, one: Evidence) -> Text:
    """Say what a picture shows: before or after, which day, by whom, and its file."""
    parts = [ledger.label("evidence_kinds", one.kind), *([plain(one.date.isoformat())] if one.date else [])]
    return spaced([*parts, *([plain(one.by)] if one.by else []), plain(PurePosixPath(one.path).name)])


def _place(root: Path, path: str) -> Path | None:
    parts = PurePosixPath(path).parts
    if path.startswith(("/", "\\")) or ".." in parts or not parts:
        return None
    place = root
    for part in parts:
        place /= part
        if place.is_symlink():
            return None
    return place


def _read(path: Path, *, keep: bool) -> tuple[str, bytes]:
    """Give the SHA-256 of a regular file, and its bytes where they are wanted and not too many."""
    handle = system.opened(path, os.O_RDONLY | system.AT_ONCE)
    with os.fdopen(handle, "rb") as file:
        status = os.fstat(file.fileno())
        if not stat.S_ISREG(status.st_mode) or status.st_size > MOST_BYTES:
            raise ValueError(path)
        if not keep or status.st_size > MOST_SHOWN:
            return hashlib.file_digest(file, "sha256").hexdigest(), b""
        data = file.read()
        return hashlib.sha256(data).hexdigest(), data
