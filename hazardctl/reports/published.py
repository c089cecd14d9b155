"""The figures of a period as they were published, and what was restated since (DOMAIN §2.1 "Sealed periods")."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from hazardctl.language import Text, plain
from hazardctl.reports import frame as frames
from hazardctl.reports.frame import Frame
from hazardctl.reports.official import TOTAL, Form
from hazardctl.reports.told import MARKED, MISSING, printed
from hazardctl.sheet import Block, Cell, Column, Line, Sheet, Table, Value

TITLE: Final = Text("{name} {period}公布的数字", "{name}: {period} as published")
SEALED: Final = Text("封存 {day}（{by}）", "sealed {day} ({by})")
RESTATED: Final = Text("{day} {by}  {label}  {was} -> {now}：{reason}", "{day} {by}  {label}  {was} -> {now}: {reason}")
PUBLISHED: Final = Text("公布", "published")
AMENDED: Final = Text("更正后", "restated")
UNKNOWN: Final = plain(MISSING)
YUAN: Final = "元"
UNSEALED: Final = Text("∅ 为没有封存的数，共 {n} 个；各行的数不封存", "∅ is not sealed, {n} in all; figures of lines are not sealed")
STANDS: Final = Text("封存以后没有更正", "nothing was restated since")
HEADING: Final = Text("更正", "Restated")
UNLIKE: Final = Text(
    "{families} 的算法与封存时的版本不同，如今重算未必得同一个数",
    "this version counts {families} otherwise than the one that sealed them: asked again they may differ",
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A sealed figure: id and name of its measure, its unit, as sealed, as last restated (the same where it never was)."""

    measure: str
    label: Text
    unit: Text
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class Restated:
    """A line of the restatements."""

    date: dt.date
    by: tuple[str, ...]
    measure: str
    label: Text
    was: str
    now: str
    reason: str


@dataclass(frozen=True, slots=True)
class Published:
    """A seal, ready to be laid out.

    Attributes:
        path: of its file.
        day: it was sealed on.
        by: who sealed it.
        figures: in the order of the file.
        restated: in the order of the file.
        unlike: families whose definition the program changed since.
    """

    path: str
    day: dt.date
    by: tuple[str, ...]
    figures: Sequence[Figure]
    restated: Sequence[Restated]
    unlike: Sequence[str] = ()


def published(frame: Frame, it: Published, forms: Sequence[Form] = ()) -> Sheet:
    """Lay out what was published: every figure, or the totals of forms."""
    period = frame.period.label if frame.period else plain("")
    return Sheet(
        name="published",
        title=TITLE.of(name=frame.organisation, period=period),
        head=(frames.head(frame), SEALED.of(day=it.day, by=it.by)),
        blocks=(*(_forms(it, forms) if forms else [_table(it)]), *_restated(it)),
        foot=(*([UNLIKE.of(families=list(it.unlike))] if it.unlike else []), *frames.foot(frame, headed=True)),
        data=_data(frame, it),
        main=forms[0].key if forms else "figures",
        stamp=frames.stamp(frame),
    )


def said(value: str) -> Text:
    """Say a published figure: `over 200` is 200余."""
    mark, _, number = value.rpartition(" ")
    return MARKED[mark].of(it=number)


def _table(it: Published) -> Table:
    more = any(one.was != one.now for one in it.figures)
    columns = [
        Column("name", Text("指标", "Figure")),
        Column("published", Text("公布", "Published"), "right"),
        *([Column("now", Text("更正后", "Restated"), "right")] if more else []),
        Column("unit", Text("单位", "Unit"), drop=1),
        Column("measure", Text("标识", "Measure"), drop=2),
    ]
    rows: list[tuple[Cell, ...]] = []
    for one in it.figures:
        now: list[Cell] = [said(one.now) if one.was != one.now else plain("")] if more else []
        rows.append((one.label, said(one.was), *now, one.unit, one.measure))
    return Table("figures", tuple(columns), tuple(rows))


def _forms(it: Published, forms: Sequence[Form]) -> Iterator[Block]:
    """Give the total of each form as published, and below it as restated where it was."""
    known = {one.measure: one for one in it.figures}
    for form in forms:
        found = [next((known[name] for name in _names(column.measure) if name in known), None) for column in form.columns]
        rows: list[tuple[Cell, ...]] = [(PUBLISHED, *(_in_form(one, one.was) if one else UNKNOWN for one in found))]
        if any(one and one.was != one.now for one in found):
            rows.append((AMENDED, *(_in_form(one, one.now) if one else UNKNOWN for one in found)))
        title = Text("（{key}）{name}", "({key}) {name}").of(key=form.key, name=form.name)
        note = UNSEALED.of(n=found.count(None)) if None in found else None
        yield Table(form.key, (Column("name", TOTAL), *(one.column() for one in form.columns)), tuple(rows), title, tall=True, note=note)


def _in_form(one: Figure, value: str) -> Text:
    """Say a figure as a form prints it: money in 万元, a rate with its sign."""
    mark, _, number = value.rpartition(" ")
    if not number[:1].isdigit():
        return said(value)
    if one.unit.zh == YUAN:
        return MARKED[mark].of(it=printed(Decimal(number), money=True))
    return MARKED[mark].of(it=f"{number}%" if one.unit.zh == "%" else number)


def _names(measure: str) -> Iterator[str]:
    """Give the names under which a seal may hold a figure of a form, whose basis is official; a count of what was found has none."""
    yield f"{measure}[basis=official]"
    if not measure.startswith("hazards.") or measure.endswith((".found", ".funds_spent")):
        yield measure


def _restated(it: Published) -> Iterator[Block]:
    if not it.restated:
        yield Line(STANDS)
        return
    columns = (
        Column("date", Text("日期", "Date"), fixed=True),
        Column("by", Text("更正人", "By")),
        Column("name", Text("指标", "Figure")),
        Column("was", Text("原数", "Was"), "right"),
        Column("now", Text("现数", "Now"), "right"),
        Column("reason", Text("理由", "Reason")),
    )
    rows = tuple((one.date, Text("{by}", "{by}").of(by=one.by), one.label, said(one.was), said(one.now), one.reason) for one in it.restated)
    yield Table("restatements", columns, rows, HEADING)


def _data(frame: Frame, it: Published) -> dict[str, Value]:
    return {
        **frames.stated(frame),
        "organisation": frame.organisation,
        "seal": it.path,
        "sealed_on": it.day,
        "by": list(it.by),
        "figures": [
            {"measure": one.measure, "name": one.label, "unit": one.unit, "published": number(one.was), "now": number(one.now)}
            for one in it.figures
        ],
        "restatements": [
            {
                "date": one.date,
                "by": list(one.by),
                "measure": one.measure,
                "was": number(one.was),
                "now": number(one.now),
                "reason": one.reason,
            }
            for one in it.restated
        ],
        "redefined": list(it.unlike),
    }


def number(value: str) -> Value:
    """Give a published figure for programs: a whole number, or its text."""
    return int(value) if value.isdecimal() else str(Decimal(value)) if value[:1].isdigit() else value
