"""A list of records without a life cycle: the columns are the fields of the model, their headings its labels (EXPERIENCE §2.3)."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from hazardctl.errors import UsageError
from hazardctl.language import Text, plain
from hazardctl.ledger import Entry, Ledger
from hazardctl.model import fields as f
from hazardctl.model.fact import Fact, facts
from hazardctl.model.fields import Part
from hazardctl.model.kinds import Kind
from hazardctl.model.record import Record
from hazardctl.model.shape import Shape, shapes
from hazardctl.reports import frame as frames
from hazardctl.reports.facts import FIRST, approximate, words
from hazardctl.reports.frame import Frame
from hazardctl.sheet import Cell, Column, Sheet, Table, Value
from hazardctl.vocabulary import KIND_NAMES, NOUNS, nearest

TITLE: Final = Text("{kind} {n} 条（截至 {day}）", "{n} {kind} records (as of {day})")
NOTHING: Final = Text("没有符合条件的{kind}（截至 {day}）", "no {kind} fits (as of {day})")
MORE: Final = Text("还有 {n} 条未列出（--limit {limit}）", "{n} more not shown (--limit {limit})")
ALL: Final = Text("可以用：{all}", "there are: {all}")
NO_COLUMN: Final = Text("没有名为“{name}”的列", 'there is no column "{name}"')
NO_FIELDS: Final = Text("--json 后面要写字段名", "--json needs the names of fields")
SCOPE: Final = Text("范围 {scope}", "scope {scope}")
EVERYTHING: Final = Text("全部", "everything")
CHECKED: Final = Text("上次检查", "Last checked")
FELL_DUE: Final = Text("应查日期", "Fell due")

ASIDE: Final = frozenset({"schema", "history"})
ABOUT: Final = ("unit", "units", "sector", "region")
"""What most records are about; shown after what is always said."""
USUAL: Final = 7
NUMBERS: Final = frozenset({f.as_count, f.as_amount, f.as_measured, f.as_number, f.as_nil, f.as_places})
DAYS: Final = frozenset({f.as_day, f.as_moment})
LONG: Final = frozenset({f.as_open_map, f.as_numbers, f.as_raw})


@dataclass(frozen=True, slots=True)
class Check:
    """A check row that fell due: its place in the record, when it was last looked at, the last day of its cycle."""

    row: int
    checked: dt.date
    due: dt.date


@dataclass(frozen=True, slots=True)
class Item:
    """A record in a list, with what is computed of it and the check rows that brought it there."""

    entry: Entry[Record]
    computed: Mapping[str, str] = field(default_factory=dict[str, str])
    checks: tuple[Check, ...] = ()

    def value(self, name: str) -> object:
        """Give a field by its name in files; what is computed stands where nothing is stored."""
        record = self.entry.record
        stored: object = getattr(record, "schema_" if name == "schema" else attribute(type(record), name))
        return stored or self.computed.get(name) or stored


@functools.cache
def attribute(model: type[Part], name: str) -> str:
    """Give the attribute of a field by its name in files."""
    return next((key for key, info in model.model_fields.items() if info.alias == name), name)


@functools.cache
def columns(kind: Kind) -> Mapping[str, Fact]:
    """Give every column of a kind: id, own day and name first, then the fields in the order of the model."""
    known = facts(kind.model)
    first = ["id", kind.model.own_date, *(name for name in FIRST if name in known)]
    own = [name for name in kind.model.order() if name in known and name not in ASIDE]
    return {name: known[name] for name in dict.fromkeys([*first, *own]) if name in known}


@functools.cache
def usual(kind: Kind) -> tuple[str, ...]:
    """Give the columns that stand when none is asked for: id, own day, name, what is always said, what it is about."""
    known, forms = columns(kind), shapes(kind.model)
    flat = [name for name in known if _flat(forms[name])]
    first = [name for name in known if name in {"id", kind.model.own_date}]
    names = [name for name in FIRST if name in known][:1]
    said = [name for name in flat if known[name].need == "always"]
    wanted = [*first, *names, *said, *(name for name in ABOUT if name in known)]
    return tuple(dict.fromkeys(wanted))[:USUAL]


def _flat(shape: Shape) -> bool:
    return shape.part is None and shape.reader not in LONG


def chosen(kind: Kind, text: str) -> tuple[str, ...]:
    """Read `--columns id,date,units`, by names or labels; `all` is every column.

    Raises:
        UsageError: a column that the kind does not have.
    """
    known = columns(kind)
    names = [name.strip().lower().replace("-", "_") for name in text.replace("，", ",").split(",") if name.strip()]
    if names == ["all"]:
        return tuple(known)
    spelt = {spelling: key for key in reversed(tuple(known)) for spelling in (heading(kind, key).en.lower(), heading(kind, key).zh, key)}
    found: list[str] = []
    for name in names:
        key = spelt.get(name, spelt.get(name.replace("_", " "), ""))
        if not key:
            near = nearest(spelt, name)
            meant = [Text("是不是想写 {near}？", "did you mean {near}?").of(near=near)] if near else []
            raise UsageError(NO_COLUMN.of(name=name), *meant, ALL.of(all=list(known)))
        found.append(key)
    return tuple(dict.fromkeys(found)) or usual(kind)


def only(kind: Kind, text: str) -> tuple[str, ...]:
    """Read `--json FIELDS`; nothing names the fields there are.

    Raises:
        UsageError: no field, or one that does not exist.
    """
    if not text.strip(" ,，"):
        raise UsageError(NO_FIELDS, ALL.of(all=list(columns(kind))))
    return chosen(kind, text)


def heading(kind: Kind, name: str) -> Text:
    """Give the heading of a column."""
    if name in {"id", "number"}:
        return NOUNS[name].heading
    label = columns(kind)[name].label
    return Text(label.zh, label.en[:1].upper() + label.en[1:])


def listing(  # noqa: PLR0917 (it lays out what the list found)
    kind: Kind,
    ledger: Ledger,
    frame: Frame,
    items: Sequence[Item],
    names: Sequence[str],
    fields: Sequence[str] = (),
    limit: int | None = None,
) -> Sheet:
    """Lay out a list.

    Args:
        kind: of the records.
        ledger: whose words, units and regions name things.
        frame: as-of day, scope, commit.
        items: in the order of the page; a record with check rows that fell due takes a line for each.
        names: the columns that stand.
        fields: those for programs; all without them.
        limit: the most records to show.
    """
    kept = items if limit is None else items[:limit]
    rest = len(items) - len(kept)
    due = any(item.checks for item in kept)
    rows = tuple(row for item in kept for row in _rows(item, kind, ledger, names, due=due))
    note = MORE.of(n=rest, limit=limit) if rest else None
    title = (TITLE if items else NOTHING).of(kind=KIND_NAMES[kind.name].label, n=len(items), day=frame.as_of)
    return Sheet(
        name="list",
        title=title,
        blocks=(Table("records", tuple(_columns(kind, names, due=due)), rows, note=note),) if kept or note else (),
        foot=(frames.spaced([frames.sources(frame), _scope(frame)]), *frames.limits(frame)),
        data={
            "ledger": frame.commit,
            "known_at": frame.known_at or None,
            "as_of": frame.as_of,
            "kind": kind.name,
            "scope": list(frame.scope),
            "count": len(items),
            "records": [_data(item, kind, fields) for item in kept],
            "unread": frames.unread(frame)["unread"],
        },
        main="records",
        stamp=tuple((column, value) for column, value in frames.stamp(frame) if column.key in {"as_of", "scope", "ledger"}),
        compact=bool(kept),
    )


def _scope(frame: Frame) -> Text:
    return SCOPE.of(scope=plain(" ".join(frame.scope)) if frame.scope else EVERYTHING)


def _columns(kind: Kind, names: Sequence[str], *, due: bool) -> Iterator[Column]:
    forms = shapes(kind.model)
    for number, name in enumerate(names):
        reader = forms[name].reader
        align: Literal["left", "right"] = "right" if reader in NUMBERS else "left"
        yield Column(name, heading(kind, name), align, drop=max(0, number - 4), fixed=name == "id" or reader in DAYS)
    if due:
        part = _part(kind)
        for name, fact in facts(part).items():
            yield Column(f"checks.{name}", Text(fact.zh, fact.en[:1].upper() + fact.en[1:]))
        yield Column("checked", CHECKED, fixed=True)
        yield Column("fell_due", FELL_DUE, fixed=True)


def _part(kind: Kind) -> type[Part]:
    return shapes(kind.model)["checks"].part or Part


def _rows(item: Item, kind: Kind, ledger: Ledger, names: Sequence[str], *, due: bool) -> Iterator[tuple[Cell, ...]]:
    known = columns(kind)
    cells = tuple(_marked(item, name, cell(item.value(name), known[name], ledger)) for name in names)
    for check in item.checks:
        row = _checked(item, check)
        said = (cell(getattr(row, name), fact, ledger) for name, fact in facts(type(row)).items())
        yield (*cells, *said, check.checked, check.due)
    if not item.checks:
        yield (*cells, *[None] * (len(facts(_part(kind))) + 2 if due else 0))


def _marked(item: Item, name: str, found: Cell) -> Cell:
    """Put 余, 近 or 约 to a number that is no exact one."""
    if found is None or name not in item.entry.record.approx:
        return found
    return approximate(item.entry.record, name).of(it=found)


def _checked(item: Item, check: Check) -> Part:
    held: tuple[Part, ...] = getattr(item.entry.record, "checks")  # noqa: B009 (a field of the only kind that has such rows)
    return held[check.row]


def cell(value: object, fact: Fact, ledger: Ledger) -> Cell:
    """Give a value as it stands in a column: days and numbers as they are, everything else in words, nothing where nothing is said."""
    match value:
        case None | "" | ():
            return None
        case bool():
            return words(value, fact, ledger)
        case dt.datetime():
            return value.isoformat(timespec="minutes", sep=" ")
        case dt.date() | int():
            return value
        case _:
            return words(value, fact, ledger) if value else None


def _data(item: Item, kind: Kind, fields: Sequence[str]) -> dict[str, Value]:
    dumped = item.entry.record.model_dump(by_alias=True)
    data: dict[str, Value] = {name: dumped[name] or item.computed.get(name) or dumped[name] for name in fields or columns(kind)}
    if item.checks:
        rows = [(check, _checked(item, check).model_dump(by_alias=True)) for check in item.checks]
        data["due"] = [{**row, "checked": check.checked, "fell_due": check.due} for check, row in rows]
    return data
