"""The list for a meeting: what waits for whom, queue by queue, each with the rule that put it there."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from hazardctl.language import Text, plain
from hazardctl.reports import frame as frames
from hazardctl.reports.commands import same
from hazardctl.reports.figures import Figures, count
from hazardctl.reports.frame import Frame, column
from hazardctl.sheet import Block, Cell, Column, Line, Mark, Sheet, Table, Value
from hazardctl.vocabulary import NOUNS

TITLE: Final = Text("{name}安全生产例会议程（截至 {day}）", "{name}: agenda for the safety meeting (as of {day})")
NUMBERED: Final = Text("{title} {n} 项", "{title}: {n}")
NOTHING: Final = Text("没有要议的事", "nothing waits")
UNITS_TITLE: Final = Text("未办结和逾期：按责任单位", "Open and overdue, by responsible unit")
UNITS_RULE: Final = Text(
    "截至日的存量，逾期为其中未报完成、期限已过的，复查超时为报完成后超过复查时限未复查的",
    "the open stock on the as-of day; overdue: not claimed and past the due day; check overdue: claimed, and unchecked past its limit",
)
LEFT: Final = Text("另有 {n} 项：{command}", "and {n} more: {command}")
LEFT_OUT: Final = Text("这些事不能按所给范围筛选，未列：{queues}", "these cannot be asked by the filters given and are left out: {queues}")
UNSTATED: Final = Text("（未定）", "(nobody named)")
SAYS_NOTHING: Final = Text("", "")
UNIT: Final = Text("单位", "Unit")
WHAT: Final = Text("事项", "Matter")
COMING: Final = Text("还有 {n} 天", "in {n} days")
MOST: Final = 15
BY_UNIT: Final = ("stock.open", "stock.overdue", "verify.overdue")


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits.

    Attributes:
        id: of the record.
        unit: name of the unit whose turn it is; empty where nobody's.
        what: what it is about.
        day: the day that matters: due, received, claimed, valid until.
        days: how many days past that day, or since it; below 0 where it is still to come.
        more: what is missing, or what was said.
    """

    id: str
    unit: str
    what: Text
    day: dt.date | None = None
    days: int | None = None
    more: Text = SAYS_NOTHING


@dataclass(frozen=True, slots=True)
class Queue:
    """Things that wait for the same reason.

    Attributes:
        key: as typed after `--table`.
        title: its name.
        rule: what puts a thing into it.
        day: heading of the day.
        days: heading of the days.
        more: heading of what is said besides.
        measure: id of the measure that counts it; empty where there is none.
    """

    key: str
    title: Text
    rule: Text
    day: Text
    days: Text
    more: Text
    measure: str = ""


@dataclass(frozen=True, slots=True)
class Unit:
    """A responsible unit with its part of the stock."""

    key: str
    name: str
    figures: Figures


@dataclass(frozen=True, slots=True)
class Agenda:
    """What the report prints.

    Attributes:
        units: those with anything open, the most overdue first.
        queues: with what waits in each; none is empty.
        left_out: queues that the filters cannot be asked of.
        alone: one queue was asked for, and is printed to its end.
    """

    units: Sequence[Unit]
    queues: Sequence[tuple[Queue, Sequence[Item]]]
    left_out: Sequence[Queue] = ()
    alone: bool = False


def agenda(frame: Frame, made: Agenda) -> Sheet:
    """Lay out the list."""
    left_out = [LEFT_OUT.of(queues=[queue.title for queue in made.left_out])] if made.left_out else []
    return Sheet(
        name="agenda",
        title=TITLE.of(name=frame.organisation, day=frame.as_of),
        head=(frames.head(frame),),
        blocks=tuple(_blocks(frame, made)),
        foot=(*left_out, *frames.foot(frame, headed=True)),
        data=_data(frame, made),
        main="lines",
        hints=tuple(_hints(frame, made)),
        stamp=frames.stamp(frame),
    )


def _blocks(frame: Frame, made: Agenda) -> Iterator[Block]:
    if not made.queues and not made.units:
        yield Line(NOTHING)
    if made.units:
        yield _units(made.units)
    for queue, items in made.queues:
        yield _queue(frame, queue, items, len(items) if made.alone else MOST)
    yield _lines(made)


def _units(units: Sequence[Unit]) -> Table:
    columns = (
        column("responsible"),
        Column("open", Text("未办结", "Open"), "right", "stock.open"),
        Column("overdue", NOUNS["overdue"].heading, "right", "stock.overdue"),
        Column("check_overdue", Text("复查超时", "Check overdue"), "right", "verify.overdue"),
    )
    rows = tuple(_unit(one) for one in units[:MOST])
    return Table("units", columns, rows, UNITS_TITLE, lead=UNITS_RULE, dots=True)


def _unit(one: Unit) -> tuple[Cell, ...]:
    late = count(one.figures, "stock.overdue")
    open_, checks = (count(one.figures, name) for name in ("stock.open", "verify.overdue"))
    return (plain(one.name) if one.name else UNSTATED, open_, Mark(late, "alarm") if late else 0, checks)


def _queue(frame: Frame, queue: Queue, items: Sequence[Item], most: int) -> Table:
    """Give the table of a queue; a column in which nothing stands is left out."""
    shown = items[:most]
    columns = [column("id", fixed=True), Column("unit", UNIT), Column("what", WHAT)]
    cells: list[list[Cell]] = [[one.id for one in shown], [one.unit for one in shown], [one.what for one in shown]]
    if any(one.day for one in shown):
        columns.append(Column("day", queue.day, fixed=True))
        cells.append([one.day for one in shown])
    if any(one.days is not None for one in shown):
        columns.append(Column("days", queue.days, "right"))
        cells.append([COMING.of(n=-one.days) if one.days is not None and one.days < 0 else one.days for one in shown])
    if any(one.more.say("zh") for one in shown):
        columns.append(Column("more", queue.more))
        cells.append([one.more for one in shown])
    left = len(items) - len(shown)
    note = LEFT.of(n=left, command=f"hazardctl report agenda --table {queue.key} {same(frame)}") if left else None
    title = NUMBERED.of(title=queue.title, n=len(items))
    return Table(queue.key, tuple(columns), tuple(zip(*cells, strict=True)), title, note=note, lead=queue.rule)


def _lines(made: Agenda) -> Table:
    """Give a line for each thing, for programs."""
    heads = {
        "queue": Text("事由", "Queue"),
        "title": Text("名目", "Title"),
        "id": NOUNS["id"].heading,
        "unit": UNIT,
        "what": WHAT,
        "day": NOUNS["date"].heading,
        "days": NOUNS["days"].heading,
        "more": Text("说明", "More"),
    }
    columns = tuple(Column(key, label, data=True) for key, label in heads.items())
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (queue.key, queue.title, one.id, one.unit, one.what, one.day, one.days, one.more) for queue, items in made.queues for one in items
    )
    return Table("lines", columns, rows)


def _hints(frame: Frame, made: Agenda) -> Iterator[tuple[str, Text]]:
    for queue, _ in made.queues[:1]:
        yield f"hazardctl report agenda --table {queue.key} {same(frame)}", Text("只看这一项", "this one alone")
    yield f"hazardctl report agenda {same(frame)} -o agenda.md", Text("存成文件", "keep it as a file")


def _data(frame: Frame, made: Agenda) -> dict[str, Value]:
    return {
        **frames.stated(frame),
        "organisation": frame.organisation,
        "units": [
            {"responsible": one.key, "name": one.name, **{name.replace(".", "_"): count(one.figures, name) for name in BY_UNIT}}
            for one in made.units
        ],
        "queues": [
            {
                "key": queue.key,
                "title": queue.title,
                "rule": queue.rule,
                "measure": queue.measure or None,
                "count": len(items),
                "items": [_item(one) for one in items],
            }
            for queue, items in made.queues
        ],
        "left_out": [queue.key for queue in made.left_out],
        **frames.unread(frame),
    }


def _item(one: Item) -> dict[str, Value]:
    return {"id": one.id, "unit": one.unit, "what": one.what, "day": one.day, "days": one.days, "more": one.more}
