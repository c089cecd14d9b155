"""What a record belongs to: its region and sector with everything above them, its units and their types, its lists of values.

A region or sector that a record does not say is that of the unit it is about, else of the body whose record it is.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from typing import Final

from hazardctl.ledger import Ledger
from hazardctl.measures.relations import above
from hazardctl.model import fields
from hazardctl.model.campaign import Campaign
from hazardctl.model.fact import facts
from hazardctl.model.kinds import Kind
from hazardctl.model.record import Record
from hazardctl.model.resource import Resource
from hazardctl.model.shape import shapes
from hazardctl.model.target import Target
from hazardctl.model.unit import Unit
from hazardctl.pool import ledger_of

ABOUT: Final = ("unit", "units")
BODIES: Final = ("org", "issuer", "responsible")
CONCERNED: Final = (*ABOUT, "party", "counterparts")


@functools.cache
def _own(model: type[Record], names: tuple[str, ...]) -> tuple[str, ...]:
    """Give those of the fields that a class has."""
    return tuple(name for name in names if name in model.model_fields)


def _said(record: Record, names: Iterable[str]) -> tuple[str, ...]:
    """Give what fields say, one value or several, in order."""
    found: list[str] = []
    for name in _own(type(record), tuple(names)):
        value: object = getattr(record, name)
        found += [value] if isinstance(value, str) and value else value if isinstance(value, tuple) else []
    return tuple(dict.fromkeys(found))


def units(ledger: Ledger, record: Record, names: Iterable[str] = ABOUT) -> tuple[str, ...]:
    """Give the keys of the units that fields name, each once; a unit is about itself."""
    if isinstance(record, Unit):
        return (record.id,)
    return tuple(dict.fromkeys(ledger.unit_key(name) for name in _said(record, names)))


def own_sector(record: Record) -> str:
    """Give the sector a record says itself."""
    return str(getattr(record, "sector", ""))


def place(ledger: Ledger, record: Record) -> str:
    """Give the region of a record: its own, else that of its first unit, else of the body whose record it is."""
    return record.region or next(iter(_regions(ledger, record)), "")


def _regions(ledger: Ledger, record: Record) -> tuple[str, ...]:
    if own := record.region or _of_scope(record, "region"):
        return (own,)
    for names in (ABOUT, BODIES):
        known = (ledger.units.get(key) for key in units(ledger, record, names))
        if found := dict.fromkeys(unit.region for unit in known if unit and unit.region):
            return tuple(found)
    return ()


def _of_scope(record: Record, key: str) -> str:
    """Give what the scope of a target says."""
    return (record.scope or {}).get(key, "") if isinstance(record, Target) else ""


def _sectors(ledger: Ledger, record: Record) -> tuple[str, ...]:
    if own := own_sector(record) or _of_scope(record, "sector"):
        return (own,)
    known = (ledger.units.get(key) for key in units(ledger, record))
    return tuple(dict.fromkeys(unit.sector for unit in known if unit and unit.sector))


def facets(ledger: Ledger, kind: Kind, record: Record) -> Iterator[tuple[str, Iterable[str]]]:
    """Give what a record has several of, by field; a value may come twice."""
    words = ledger.words["sectors"]
    yield "region", (one for region in _regions(ledger, record) for one in ledger.config.above(region))
    yield "sector", (one for sector in _sectors(ledger, record) for one in above(words, sector))
    yield "ledger", (ledger_of(record.id),)
    concerned = units(ledger, record, CONCERNED)
    yield "unit", concerned
    yield "unit_type", (word for key in concerned if key in ledger.units for word in ledger.units[key].types)
    yield "about", units(ledger, record)
    yield "org", units(ledger, record, ("org", "orgs", "issuer"))
    if isinstance(record, Campaign):
        yield "campaign", (record.id,)
    if isinstance(record, Resource):
        yield "item", (item.name for item in record.items)
    yield from _lists(ledger, kind, record)


def _lists(ledger: Ledger, kind: Kind, record: Record) -> Iterator[tuple[str, Iterable[str]]]:
    known = facts(kind.model)
    for name, shape in shapes(kind.model).items():
        if shape.reader in {fields.as_texts, fields.as_gainers}:
            values = _said(record, (name,))
            yield name, (ledger.unit_key(value) for value in values) if known[name].ref == "unit" else values
