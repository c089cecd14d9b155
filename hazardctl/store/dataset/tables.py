"""The relations of a data set: those that questions are asked of, and the records themselves."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from hazardctl.ledger import folded
from hazardctl.model.kinds import BY_NAME
from hazardctl.model.record import Record
from hazardctl.model.unit import Unit
from hazardctl.shelf import Entry
from hazardctl.store.index import Keeper

FILE: Final = "key INTEGER PRIMARY KEY, id TEXT, path TEXT, name TEXT, found INTEGER, data TEXT"
"""A record as its file says it: `name` of a unit, `found` the day of the record, `data` the text of the file."""
CALLED: Final = "unit_called"
OWN: Final[Mapping[str, str]] = {**{f"{kind}_file": FILE for kind in BY_NAME}, CALLED: "key INTEGER, unit TEXT, called TEXT"}
"""Relations of a data set alone; `called` is a folded name or alias of a unit."""


def tables(keeper: Keeper) -> dict[str, str]:
    """Give every relation of a data set: name → its columns as SQL declares them."""
    return {**keeper.tables(), **OWN}


def rows(key: int, entry: Entry[Record], data: bytes) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    """Give the rows of a record that only a data set has, relation by relation."""
    record = entry.record
    unit = record if isinstance(record, Unit) else None
    day = record.day.toordinal() if record.day else None
    yield f"{entry.kind.name}_file", [(key, record.id, entry.path, unit.name if unit else "", day, data.decode())]
    if unit:
        yield CALLED, [(key, record.id, name) for name in sorted({folded(name) for name in (unit.name, *unit.aliases) if name})]
