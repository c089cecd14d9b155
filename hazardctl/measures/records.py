"""The relations of the kinds other than hazards, made from what the models say of their fields.

A kind has one relation under its name: a row a record, whole-number days (`day` is the record's own date), money in fen,
other decimals in millionths, flags 0 or 1, absent texts empty and absent numbers null. Fields with several values stand in
`KIND_of` (owner, field, value), lists of parts in `KIND_FIELD` (owner, seq, …). A new kind needs no line here.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final, TypeAlias, cast

from hazardctl.ledger import Entry, Ledger
from hazardctl.measures.recordfacets import facets, own_sector, place
from hazardctl.measures.recordtexts import links, maps, words
from hazardctl.measures.relations import MILLION, SEPARATOR, Row, column
from hazardctl.model import fields
from hazardctl.model.events import Withdrawn, amended
from hazardctl.model.fact import facts
from hazardctl.model.fields import Part
from hazardctl.model.kinds import BY_NAME, Kind
from hazardctl.model.record import Record
from hazardctl.model.shape import Reader, Shape, shapes

if TYPE_CHECKING:
    from hazardctl.model.accident import Accident
    from hazardctl.model.activity import Activity
    from hazardctl.model.inspection import Inspection
    from hazardctl.model.resource import Resource
    from hazardctl.model.risk_point import RiskPoint

Value: TypeAlias = int | str | None
HEAD: Final = "key INTEGER PRIMARY KEY, id TEXT, day INTEGER, withdrawn INTEGER, place TEXT, own_sector TEXT"
LEFT_OUT: Final = frozenset({"schema", "approx", "external_ids", "waivers", "date"})
SCALED: Final[Mapping[Reader, int]] = {fields.as_amount: 100, fields.as_measured: MILLION, fields.as_number: MILLION}
WHOLE: Final = frozenset({fields.as_flag, fields.as_count, fields.as_places})
DAYS: Final = frozenset({fields.as_day, fields.as_moment})
NUMBERS: Final = frozenset({fields.as_count, fields.as_places, *SCALED, fields.as_texts, fields.as_gainers})
"""Readers of what can be approximate."""
MANY: Final = frozenset({fields.as_texts, fields.as_gainers, fields.as_open_map, fields.as_numbers, fields.as_raw})
"""Readers of what no column holds."""


@dataclass(frozen=True, slots=True)
class Relation:
    """A relation.

    Attributes:
        columns: as SQL declares them.
        kind: of the records whose rows it holds.
        rows: those of one record, by its key.
    """

    columns: str
    kind: str
    rows: Callable[[Ledger, int, Entry[Record]], Iterator[Row]]


@dataclass(frozen=True, slots=True)
class _Column:
    """A column made of a field, or of a field of the one part it holds."""

    name: str
    trail: tuple[str, ...]
    reader: Reader | None


@functools.cache
def relation(name: str) -> Relation | None:
    """Give a relation of a kind by its name; None where there is none of that name."""
    if name in EXTRA:
        return EXTRA[name]
    if name in BY_NAME:
        return _of_kind(BY_NAME[name])
    head, _, tail = name.rpartition("_")
    if head in BY_NAME and tail in OF_ALL:
        names, rows = OF_ALL[tail]
        return Relation(names, head, functools.partial(rows, BY_NAME[head]))
    return next((_of_parts(kind, name[len(kind.name) + 1 :]) for kind in BY_NAME.values() if _holds(kind, name)), None)


def _holds(kind: Kind, name: str) -> bool:
    shape = shapes(kind.model).get(name.removeprefix(kind.name + "_"))
    return name.startswith(kind.name + "_") and shape is not None and shape.part is not None and shape.many


def attribute(model: type[Part], name: str) -> str:
    """Give the attribute of a field by its name in files."""
    return next((key for key, info in model.model_fields.items() if info.alias == name), name)


@functools.cache
def columns(model: type[Part], head: str = "") -> tuple[_Column, ...]:
    """Give the columns of a class: its fields of one value, and those of the single parts it holds."""
    found: list[_Column] = []
    for name, shape in shapes(model).items():
        if name in LEFT_OUT and not head:
            continue
        if shape.part is not None and not shape.many:
            inner = columns(shape.part, f"{head}{name}_")
            found += (_Column(one.name, (attribute(model, name), *one.trail), one.reader) for one in inner)
        elif _plain(shape):
            found.append(_Column(head + column(name), (attribute(model, name),), shape.reader))
    return tuple(found)


def _plain(shape: Shape) -> bool:
    return shape.part is None and shape.reader not in MANY


@functools.cache
def marked(model: type[Part]) -> tuple[str, ...]:
    """Name the fields that a record may say are approximate."""
    return tuple(name for name, shape in shapes(model).items() if shape.reader in NUMBERS and name not in LEFT_OUT)


def _of_kind(kind: Kind) -> Relation:
    own = (_declared(one) for one in columns(kind.model) if one.name != "id")
    extra = (f"{name} {type_}" for name, type_, _ in COMPUTED.get(kind.name, ()))
    marks = (f"{name}_mark TEXT" for name in marked(kind.model))
    return Relation(", ".join((HEAD, *own, *extra, *marks)), kind.name, functools.partial(_rows, kind))


def _declared(one: _Column) -> str:
    return f"{one.name} {'TEXT' if one.reader in TEXTS else 'INTEGER'}"


def _rows(kind: Kind, ledger: Ledger, key: int, entry: Entry[Record]) -> Iterator[Row]:
    record = entry.record
    yield (
        key,
        record.id,
        _ordinal(record.day),
        withdrawn(record),
        place(ledger, record),
        own_sector(record),
        *(_cell(ledger, record, one) for one in columns(kind.model) if one.name != "id"),
        *(value(ledger, record) for _, _, value in COMPUTED.get(kind.name, ())),
        *(record.approx.get(name, "") for name in marked(kind.model)),
    )


def _cell(ledger: Ledger, record: Part, one: _Column) -> Value:
    holder: Part | None = record
    for step in one.trail[:-1]:
        holder = getattr(holder, step, None)
    if holder is None:
        return "" if one.reader in TEXTS else None
    fact = facts(type(holder)).get(one.trail[-1])
    return _value(ledger, getattr(holder, one.trail[-1]), one.reader, unit=fact is not None and fact.ref == "unit")


TEXTS: Final = frozenset({fields.as_text, fields.as_clock, fields.as_period, None})


def _value(ledger: Ledger, value: object, reader: Reader | None, *, unit: bool) -> Value:
    match value:
        case str():
            return ledger.unit_key(value) if unit else value
        case dt.datetime():
            return value.date().toordinal()
        case dt.date():
            return value.toordinal()
        case Decimal():
            return int(value * (SCALED.get(reader, 1) if reader else 1))
        case int():
            return int(value)
        case _:
            return None


def withdrawn(record: Record) -> int | None:
    """Give the day a record was withdrawn, or None."""
    days = [act.date for act in amended(record.history)[0] if isinstance(act, Withdrawn)] if record.history else []
    return _ordinal(min(days, default=None))


def _ordinal(day: dt.date | None) -> int | None:
    return None if day is None else day.toordinal()


def _facets(kind: Kind, ledger: Ledger, key: int, entry: Entry[Record]) -> Iterator[Row]:
    seen = dict.fromkeys((field, value) for field, values in facets(ledger, kind, entry.record) for value in values if value)
    yield from ((key, field, value) for field, value in seen)


OF_ALL: Final[Mapping[str, tuple[str, Callable[[Kind, Ledger, int, Entry[Record]], Iterator[Row]]]]] = {
    "of": ("owner INTEGER, field TEXT, value TEXT, PRIMARY KEY (owner, field, value)", _facets),
    "words": ("owner INTEGER PRIMARY KEY, text TEXT", words),
    "maps": ("owner INTEGER, field TEXT, name TEXT, value TEXT", maps),
    "links": ("owner INTEGER, target TEXT, value TEXT, field TEXT, on_day INTEGER", links),
}
"""Relations every kind has beside its own, by the end of their names."""


def _of_parts(kind: Kind, name: str) -> Relation:
    part = shapes(kind.model)[name].part
    names = [_declared(one) for one in columns(part, "")] if part else []
    held = ", ".join(("owner INTEGER", "seq INTEGER", *names, "PRIMARY KEY (owner, seq)"))
    return Relation(held, kind.name, functools.partial(_part_rows, kind, name))


def _part_rows(kind: Kind, name: str, ledger: Ledger, key: int, entry: Entry[Record]) -> Iterator[Row]:
    parts: tuple[Part, ...] = getattr(entry.record, attribute(kind.model, name))
    for sequence, part in enumerate(parts):
        yield (key, sequence, *(_cell(ledger, part, one) for one in columns(type(part), "")))


# ------------------------------------------------------------------------------------------------ what a record only implies

Computed: TypeAlias = Callable[[Ledger, Record], Value]


def _person_times(_: Ledger, record: Record) -> Value:
    it = cast("Inspection", record)
    return it.person_times if it.inspectors or it.people is not None else None


def _joint(_: Ledger, record: Record) -> Value:
    return int(cast("Inspection", record).joint)


def _severity(_: Ledger, record: Record) -> Value:
    accident: Accident = cast("Accident", record)
    return accident.severity


def _colour(ledger: Ledger, record: Record) -> Value:
    point: RiskPoint = cast("RiskPoint", record)
    return point.colour(ledger.config.risk_bands)


def _team(ledger: Ledger, record: Record) -> Value:
    """Give what makes a team the same team in a later record: whose it is, its kind and its name."""
    it = cast("Resource", record)
    return SEPARATOR.join((ledger.unit_key(it.org), it.team_kind, it.level, it.name))


def _gainers(_: Ledger, record: Record) -> Value:
    number = cast("Resource", record).beneficiaries
    return number if isinstance(number, int) else None


COMPUTED: Final[Mapping[str, tuple[tuple[str, str, Computed], ...]]] = {
    "inspection": (("person_times", "INTEGER", _person_times), ("joint", "INTEGER", _joint)),
    "accident": (("severity", "TEXT", _severity),),
    "risk_point": (("colour", "TEXT", _colour),),
    "resource": (("team", "TEXT", _team), ("gainers", "INTEGER", _gainers)),
}
"""Kind → column, its type as SQL declares it, and its value."""


def _duty_days(_: Ledger, key: int, entry: Entry[Record]) -> Iterator[Row]:
    record = cast("Activity", entry.record)
    if record.kind == "duty":
        last = max(record.date, record.end or record.date)
        yield from ((key, ordinal) for ordinal in range(record.date.toordinal(), last.toordinal() + 1))


def _stock(_: Ledger, key: int, entry: Entry[Record]) -> Iterator[Row]:
    """Give a row an item of a list of supplies; one row with the totals where items are not listed."""
    record = cast("Resource", entry.record)
    if not record.items:
        yield (key, 0, "", None if record.sets is None else record.sets * MILLION, record.kinds)
    for number, item in enumerate(record.items, 1):
        yield (key, number, item.name, None if item.qty is None else int(item.qty * MILLION), None)


EXTRA: Final[Mapping[str, Relation]] = {
    "activity_duty": Relation("owner INTEGER, on_day INTEGER, PRIMARY KEY (owner, on_day)", "activity", _duty_days),
    "resource_stock": Relation(
        "owner INTEGER, seq INTEGER, item TEXT, qty INTEGER, kinds_stated INTEGER, PRIMARY KEY (owner, seq)", "resource", _stock
    ),
}
"""Relations that no model says."""
