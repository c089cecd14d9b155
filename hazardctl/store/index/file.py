"""A file as the index knows it, and what it is known again by."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

from hazardctl.ledger import Entry, Unread
from hazardctl.model.config import Config
from hazardctl.store.index.watch import Stamp

if TYPE_CHECKING:
    from hazardctl.model.record import Record

Says: TypeAlias = "Callable[[Config, str, bytes], Entry[Record] | Unread]"
"""Gives what a file says, from the configuration, its path and its bytes."""


@dataclass(frozen=True, slots=True)
class File:
    """A file to be read.

    Attributes:
        path: below the ledger root, `folder` the part before its name.
        kind: of the records in that folder.
        stamp: what the file system said of it.
        key: by which its rows know it.
        known: the index has rows of it under that key.
    """

    path: str
    folder: str
    kind: str
    stamp: Stamp
    key: int
    known: bool


def hashed(data: bytes) -> bytes:
    """Give the hash by which a file is known again."""
    return hashlib.blake2b(data, digest_size=16).digest()
