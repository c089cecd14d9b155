"""The records that others name, each read by the path its id gives: who looks at one record does not read the ledger."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path

from hazardctl.ledger import Entry, Ledger, Unread
from hazardctl.model import ids
from hazardctl.model.config import Config
from hazardctl.model.events import amended
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.parts import Holder, links, parts
from hazardctl.model.record import Record
from hazardctl.ops.lookup import Units
from hazardctl.store.layout import files_of, path_of
from hazardctl.store.load import load_one


def named(root: Path, config: Config, records: Iterable[Record]) -> tuple[Entry[Record] | Unread, ...]:
    """Read every record that some records name, sorted by path.

    Where a unit is named by its name, those so called are looked for; and where none is, all units are read, so that what is said
    of it is what the whole ledger would say.

    Args:
        root: the ledger root.
        config: its configuration.
        records: those that name others.
    """
    found: dict[str, None] = {}
    units = Units(root, config)
    for text, kind in dict.fromkeys(chain.from_iterable(map(_links, records))):
        paths = [path for path in _paths(config, text) if (root / path).exists()]
        if not paths and kind == "unit":
            paths = [path_of("units", key) for key in units.called(text)]
            if not paths and text != config.organisation.name:
                paths = [one.path for one in files_of(root, "unit")]
        found |= dict.fromkeys(paths)
    return tuple(load_one(root, config, path) for path in sorted(found))


def _links(record: Record) -> Iterator[tuple[str, str]]:
    """Give what a record names, and of which kind it is to be; as written, and as corrected."""
    events = [Holder(("history",), act) for act in (*record.history, *amended(record.history)[0])]
    return ((link.text, link.kind) for holder in (*parts(record), *events) for link in links(holder))


def _paths(config: Config, text: str) -> Iterator[str]:
    """Give where a record of an id or key lies, if there is one."""
    if ids.is_id(text):
        kind = Ledger(config).prefixes().get(ids.prefix(text), "")
        if kind in BY_NAME:
            yield path_of(BY_NAME[kind].folder, text)
    elif ids.is_slug(text):
        yield from (path_of(kind.folder, text) for kind in BY_NAME.values() if kind.slug)
