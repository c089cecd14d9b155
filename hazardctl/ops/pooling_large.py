"""Large ledgers of a pool: their rows, under the names and settings of the pool, are kept in the user's cache and brought up to date.

Of a ledger that is read from a commit the rows are made once, from those of another commit where there are any.
Nothing is written into their folders or repositories. A ledger one of whose hazards stands in another as well is read whole.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from contextlib import closing, nullcontext
from dataclasses import replace

from hazardctl.ledger import Entry, Ledger, Unread
from hazardctl.model.agreed import agreed
from hazardctl.model.config import Config
from hazardctl.model.record import Record
from hazardctl.ops.context import Context
from hazardctl.ops.keeping import keeper
from hazardctl.ops.pooled_places import Listed, Located
from hazardctl.pool import MARK, Large, by_key, ledger_of, own_name, renaming, settings_of
from hazardctl.store import index
from hazardctl.store.index import past
from hazardctl.store.layout import files_of
from hazardctl.store.load import Progress, loaded, said
from hazardctl.store.places import Lying
from hazardctl.store.status import Standing

NAMING = frozenset({"unit", "campaign"})
"""Kinds whose records give others their names."""


def shelved(context: Context, here: Listed, progress: Progress | None = None) -> dict[str, Large]:
    """Open the large ledgers over rows that are kept; those that cannot be are read file by file.

    Args:
        context: whether rows may be kept at all.
        here: the ledgers of the call.
        progress: told (files read, files to be read) of each now and then.
    """
    configs = {one.said.key: one.config for one in here.found if one.config is not None}
    settled = agreed(by_key(here.rollup), configs)
    found: dict[str, Large] = {}
    for one in here.found:
        if one.place is not None and one.config is not None:
            opened = _opened(context, one, (one.place, one.config), settled, tuple(configs), progress)
            found |= {one.said.key: opened} if opened else {}
    return found


def _opened(  # noqa: PLR0917 (one value for each thing the rows depend on)
    context: Context, one: Located, its: tuple[Lying, Config], settled: Config, keys: tuple[str, ...], progress: Progress | None
) -> Large | None:
    (place, own), key = its, one.said.key
    kept = keeper(replace(context, root=place.root), place.revision.files() if place.revision else None)
    if kept is None:
        return None
    with closing(Standing(place.root)) if place.revision is None else nullcontext() as look:  # git looks while the names are read
        light = Ledger(own, _naming(place, own), commit=place.revision.commit if place.revision else "")
        settings, made = settings_of(light, settled), renaming(one.said, light)
        stamp = _stamp(settings, own, one, light)

        def placed(found: Entry[Record] | Unread) -> Entry[Record] | Unread:
            return found if isinstance(found, Unread) else replace(made(found), path=f"{key}{MARK}{found.path}")

        def says(_: Config, path: str, data: bytes) -> Entry[Record] | Unread:
            return placed(said(own, path, data))

        opened: index.Opened | past.Past | None
        if place.revision is None:
            opened = index.opened(
                place.root, index.Settings(stamp, lambda: settings), keeper=kept, read=says, progress=progress, standing=look,
                path=index.place_in_pool(place.root, keys, key),
            )  # fmt: skip
        else:
            in_pool = past.InPool(index.place_in_pool(place.root, keys, key, place.revision.tree), stamp)
            opened = past.opened(
                place.revision, keeper=kept, says=says, loads=lambda _, path: placed(loaded(place.source, own, path)),
                config=lambda: settings, progress=progress, pool=in_pool,
            )  # fmt: skip
        commit = look.described if look else light.commit
    return None if opened is None else Large(replace(light, commit=commit), opened.entries, opened.unread)


def _naming(place: Lying, own: Config) -> tuple[Entry[Record], ...]:
    """Read the records that give others their names."""
    source = place.source
    if place.revision:
        found = [file.path for file in place.revision.files() if file.kind in NAMING]
    else:
        found = [file.path for kind in NAMING for file in files_of(place.root, kind)]
    source.want(found)
    entries = (loaded(source, own, path) for path in sorted(found))
    return tuple(entry for entry in entries if isinstance(entry, Entry))


def _stamp(settings: Config, own: Config, one: Located, light: Ledger) -> bytes:
    """Name what the rows of a ledger depend on in a pool beside its files."""
    parts = [repr(settings), own.timezone, repr(one.said), own.organisation.region, *_names(light)]
    return hashlib.blake2b("\0".join(parts).encode()).digest()


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
