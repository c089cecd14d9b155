"""What names a record: which records of which kind, by which of their fields (read off `Fact.ref`, no kind is known here)."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hazardctl.language import Text
from hazardctl.ledger import Entry, Ledger
from hazardctl.model.events import EVENTS, amended
from hazardctl.model.fields import Part, facts
from hazardctl.model.kinds import KINDS
from hazardctl.model.parts import Holder, links, parts
from hazardctl.model.record import Record
from hazardctl.model.shape import shapes


@dataclass(frozen=True, slots=True)
class Linked:
    """The records of one kind that name a record in one field.

    Attributes:
        kind: of these records.
        field: the field, `units` or `checks.unit`; `history.assign.to` for a line of their histories.
        label: what the field means.
        ids: of the records, the latest first.
    """

    kind: str
    field: str
    label: Text
    ids: tuple[str, ...]


def linked(ledger: Ledger, entry: Entry[Record], day: dt.date) -> tuple[Linked, ...]:
    """Give what names a record, kind by kind, as of a day: withdrawn records and later ones are left out.

    Args:
        ledger: the whole of it.
        entry: the record that is named; a unit is named by its key, its name or an alias.
        day: the as-of day.
    """
    record, target = entry.record, entry.kind.name
    found: dict[tuple[str, str], list[str]] = {}
    for kind in KINDS:
        for other in ledger.of(kind.name) if names(kind.model, target) or acts_name(target) else ():
            if other.path != entry.path and _seen(other.record, day):
                for field in dict.fromkeys(_fields(other.record, target, ledger, record.id, day)):
                    found.setdefault((kind.name, field), []).append(other.record.id)
    return tuple(
        Linked(kind, field, label(kind, field), tuple(sorted(ids, key=_latest, reverse=True))) for (kind, field), ids in found.items()
    )


def _seen(record: Record, day: dt.date) -> bool:
    own = record.day
    return (own is None or record.planned or own <= day) and not (record.history and record.withdrawn_by(day))


def _latest(record_id: str) -> tuple[str, str]:
    """Sort by the day in an id, whatever its prefix."""
    _, _, rest = record_id.partition("-")
    return rest, record_id


def _fields(record: Record, target: str, ledger: Ledger, wanted: str, day: dt.date) -> Iterator[str]:
    """Give the fields in which a record names another."""
    holders: Iterable[Holder] = parts(record) if names(type(record), target) else ()
    yield from _in(holders, target, ledger, wanted)
    if record.history and acts_name(target):
        acts = (Holder(("history", act.do), act) for act in amended(record.history)[0] if act.date <= day)
        yield from _in(acts, target, ledger, wanted)


def _in(holders: Iterable[Holder], target: str, ledger: Ledger, wanted: str) -> Iterator[str]:
    for holder in holders:
        for link in links(holder):
            if link.kind == target and (ledger.unit_key(link.text) if target == "unit" else link.text) == wanted:
                where = [str(part) for part in holder.trail if isinstance(part, str)]
                yield ".".join((*where, link.field))


@functools.cache
def names(model: type[Part], target: str) -> bool:
    """Say whether a class, or a part of it, has a field that names records of a kind; lines of histories apart."""
    if any(fact.ref == target for fact in facts(model).values()):
        return True
    return any(shape.part is not None and names(shape.part, target) for shape in shapes(model).values())


@functools.cache
def acts_name(target: str) -> bool:
    """Say whether a line of a history may name records of a kind."""
    return any(names(act, target) for act in EVENTS.values())


def label(kind: str, field: str) -> Text:
    """Give what a dotted field of a kind means: the labels on the way to it."""
    model: type[Part] | None = next(one.model for one in KINDS if one.name == kind)
    if field.startswith("history."):
        _, do, last = field.split(".")
        return facts(EVENTS[do])[last].label
    said: list[Text] = []
    for step in field.split("."):
        if model is not None:
            said.append(facts(model)[step].label)
            model = shapes(model)[step].part
    return Text(" / ".join(one.zh for one in said), " / ".join(one.en for one in said))
