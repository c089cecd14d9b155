"""What a search looks at in a record, the entries of its mappings, and the records it names: three relations of every kind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import cast

from hazardctl.ledger import Entry, Ledger, folded
from hazardctl.measures.relations import Row
from hazardctl.model.events import amended
from hazardctl.model.fields import Part
from hazardctl.model.kinds import Kind
from hazardctl.model.parts import fields, named, naming, parts
from hazardctl.model.record import Record


def words(_: Kind, ledger: Ledger, key: int, entry: Entry[Record]) -> Iterator[Row]:
    """Give what people wrote in a record, and the names of the units it names, folded for a search."""
    said = [entry.record.id, *(text for holder in parts(entry.record) for text in _said(holder.value, ledger))]
    yield (key, "\n".join(folded(text) for text in said))


def _said(part: Part, ledger: Ledger) -> Iterator[str]:
    for one in fields(type(part)):
        value: object = getattr(part, one.attribute)
        texts = cast("tuple[object, ...]", value) if isinstance(value, tuple) else (value,)
        for text in texts if not one.fact.words else ():
            if isinstance(text, str) and text:
                yield text
                if one.fact.ref == "unit":
                    yield ledger.unit_name(text)


def maps(kind: Kind, ledger: Ledger, key: int, entry: Entry[Record]) -> Iterator[Row]:
    """Give the entries of the mappings with free keys."""
    for one in fields(kind.model):
        value: object = getattr(entry.record, one.attribute)
        pairs = cast("Mapping[str, object]", value).items() if isinstance(value, Mapping) else ()
        unit = one.fact.ref == "unit"
        yield from ((key, one.name, ledger.unit_key(name) if unit else name, str(said)) for name, said in pairs)


def links(kind: Kind, ledger: Ledger, key: int, entry: Entry[Record]) -> Iterator[Row]:
    """Give each record that is named, once a field: its kind, its id or key, the field, and for a line of a history its day.

    What a record of another kind than hazards is withdrawn in favour of is of its own kind.
    """
    rows: dict[Row, None] = {}
    for trail, part in naming(entry.record):
        for one, text in named(part):
            field = ".".join((*(step for step in trail if isinstance(step, str)), one.name)) if trail else one.name
            rows[key, one.fact.ref, ledger.unit_key(text) if one.fact.ref == "unit" else text, field, None] = None
    for act in amended(entry.record.history)[0]:
        for one, text in named(act):
            target = kind.name if one.fact.ref == "hazard" else one.fact.ref
            name = ledger.unit_key(text) if target == "unit" else text
            rows[key, target, name, f"history.{act.do}.{one.name}", act.date.toordinal()] = None
    return iter(rows)
