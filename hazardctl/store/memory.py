"""What was read of many revisions: a record that did not change is read once, however many of them are looked at."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from hazardctl.ledger import Entry, Unread
from hazardctl.model.config import Config
from hazardctl.store.files import RefusedError
from hazardctl.store.source import Source

if TYPE_CHECKING:
    from hazardctl.model.record import Record

Loads: TypeAlias = "Callable[[Source, Config, str], Entry[Record] | Unread]"
"""Reads a record file of a source."""


class Memory:
    """Records by path and blob."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self._known: dict[tuple[object, ...], Entry[Record] | Unread] = {}

    def read(self, source: Source, config: Config, path: str, load: Loads) -> Entry[Record] | Unread:
        """Give what a file says: what is known of its blob, else by reading it."""
        oid = source.key(path) or hashed(source, path)
        if not oid:
            return load(source, config, path)
        key = _key(config, path, oid)
        if key not in self._known:
            self._known[key] = load(source, config, path)
        return self._known[key]

    def lacks(self, source: Source, config: Config, path: str) -> bool:
        """Say whether a file would have to be read."""
        return _key(config, path, source.key(path)) not in self._known


def _key(config: Config, path: str, oid: str) -> tuple[object, ...]:
    """Name a file by all that decides what it says: its path, its bytes, the settings it is read by."""
    return path, oid, config.timezone, tuple(sorted(config.id_prefixes.items()))


def hashed(source: Source, path: str) -> str:
    """Give the id git would give the bytes of a file; nothing where they cannot be read."""
    try:
        data = source.read(path)
    except RefusedError:
        return ""
    return hashlib.sha1(b"blob %d\0%b" % (len(data), data), usedforsecurity=False).hexdigest()
