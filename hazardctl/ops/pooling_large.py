"""Large ledgers of a pool: their rows, under the names and settings of the pool, are kept in the user's cache and brought up to date.

Nothing is written into their folders or repositories. A ledger one of whose hazards stands in another as well is read whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from hazardctl.ledger import Entry, Ledger, Unread
from hazardctl.model.agreed import agreed
from hazardctl.model.config import Config
from hazardctl.model.record import Record
from hazardctl.ops.context import Context
from hazardctl.ops.keeping import keeper
from hazardctl.ops.pooled_places import Listed, Located
from hazardctl.pool import MARK, Large, by_key, ledger_of, own_name, renaming, settings_of
from hazardctl.store.layout import record_files
from hazardctl.store.load import Progress, load_one, said
from hazardctl.store.source import WorkTree

NAMING = frozenset({"unit", "campaign"})
"""Kinds whose records give others their names."""


def shelved(context: Context, here: Listed, progress: Progress | None = None) -> dict[str, Large]:
    """Open the large ledgers of work trees over rows that are kept; those that cannot be are read file by file.

    Args:
        context: whether rows may be kept at all.
        here: the ledgers of the call.
        progress: told (files read, files to be read) of each now and then.
    """
    configs = {one.said.key: one.config for one in here.found if one.config is not None}
    settled = agreed(by_key(here.rollup), configs)
    found: dict[str, Large] = {}
    for one in here.found:
        if one.place is not None and one.place.revision is None and one.config is not None:
            opened = _opened(replace(context, root=one.place.root), one, one.config, settled, tuple(configs), progress)
            found |= {one.said.key: opened} if opened else {}
    return found


def _opened(  # noqa: PLR0917 (one value for each thing the rows depend on)
    context: Context, one: Located, own: Config, settled: Config, keys: tuple[str, ...], progress: Progress | None
) -> Large | None:
    kept = keeper(context)
    if kept is None:
        return None
    from hazardctl.store import index

    root = context.root
    named = (load_one(root, own, file.path) for file in record_files(root) if file.kind in NAMING)
    light = Ledger(own, tuple(entry for entry in named if isinstance(entry, Entry)), commit=WorkTree(root).commit)
    settings, made = settings_of(light, settled), renaming(one.said, light)

    def says(_: Config, path: str, data: bytes) -> Entry[Record] | Unread:
        found = said(own, path, data)
        return found if isinstance(found, Unread) else replace(made(found), path=f"{one.said.key}{MARK}{path}")

    stamp = "\0".join([repr(settings), own.timezone, repr(one.said), own.organisation.region, *_names(light)])
    opened = index.opened(
        root, index.Settings(hashlib.blake2b(stamp.encode()).digest(), lambda: settings), keeper=kept, read=says, progress=progress,
        path=index.place_in_pool(root, keys, one.said.key),
    )  # fmt: skip
    return None if opened is None else Large(light, opened.entries, opened.unread)


def _names(light: Ledger) -> Iterator[str]:
    """Give what the names in other records depend on: a change of any makes all rows anew."""
    for entry in light.entries:
        record = entry.record
        yield repr([getattr(record, name, None) for name in ("id", "name", "alias", "aliases", "region")])


def entangled(read: Mapping[str, Ledger], shelves: Mapping[str, Large]) -> frozenset[str]:
    """Name the large ledgers that must be read whole: a hazard of theirs is said to stand in another ledger, or of another in theirs."""
    if not shelves:
        return frozenset()
    found: set[str] = set()
    for key, text in (*_said_in(read), *_said_on(shelves)):
        others = [ledger_of(text)] if MARK in text else [one for one in (*read, *shelves) if one != key]
        name = own_name(text)
        meant = [one for one in others if one != key and _has(one, name, read, shelves)]
        if meant:
            found |= {key, *meant} & shelves.keys()
    return frozenset(found)


def _has(key: str, name: str, read: Mapping[str, Ledger], shelves: Mapping[str, Large]) -> bool:
    if key in shelves:
        return f"{key}{MARK}{name}" in shelves[key].entries.by_id()
    return key in read and name in read[key].by_id


def _said_in(read: Mapping[str, Ledger]) -> Iterable[tuple[str, str]]:
    return ((key, text) for key, ledger in read.items() for entry in ledger.hazards for text in entry.record.same_as)


def _said_on(shelves: Mapping[str, Large]) -> Iterator[tuple[str, str]]:
    for key, one in shelves.items():
        yield from ((key, str(text)) for (text,) in one.entries.base.rows("SELECT value FROM facet WHERE field = 'same_as'", {}))
