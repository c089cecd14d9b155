"""Which figures of a period moved between two states of knowledge, through which records and commits (DOMAIN §4.7 E7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from hazardctl.language import Text, plain
from hazardctl.reports import frame as frames
from hazardctl.reports.commands import quoted
from hazardctl.reports.frame import Frame
from hazardctl.reports.published import number, said
from hazardctl.sheet import Block, Column, Line, Sheet, Table, Value

TITLE: Final = Text("{name} {period}的数字变动", "{name}: what moved in {period}")
BETWEEN: Final = Text("从 {old} 到 {new}", "from {old} to {new}")
STATE: Final = Text("{commit}（{day}）", "{commit} ({day})")
NOW: Final = Text("工作区", "the work tree")
NOTHING: Final = Text("没有一个数变动", "no figure moved")
UNSAID: Final = Text("没有提交", "not committed")
NO_RECORD: Final = Text(
    "没有记录进出：算法、配置或汇总数变了", "no record came or went: a definition, the configuration or a tally changed"
)
MORE: Final = Text("{ids} 等 {n}", "{ids} and others, {n}")
MOST: Final = 4
MOST_RECORDS: Final = 40


@dataclass(frozen=True, slots=True)
class State:
    """A state of knowledge: its short commit and the day of it; an empty commit means the work tree."""

    commit: str
    day: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """A figure that moved.

    Attributes:
        measure: its id, with its scope.
        label: its name.
        was: as it was, `∅` where nothing told it.
        now: as it is.
        entered: side of the figure → ids that came to it; of a count the side is `members`.
        left: likewise, those that went; a record whose value changed is in both.
    """

    measure: str
    label: Text
    was: str
    now: str
    entered: Mapping[str, Sequence[str]]
    left: Mapping[str, Sequence[str]]


@dataclass(frozen=True, slots=True)
class Touched:
    """A record behind what moved: what it is about, and the commits in between that touched its file, newest first."""

    id: str
    headline: Text
    commits: Sequence[str]


@dataclass(frozen=True, slots=True)
class Commit:
    """A commit in between: who wrote it, when, what it says, how many of the records it touched."""

    oid: str
    author: str
    day: dt.date
    subject: str
    records: int


@dataclass(frozen=True, slots=True)
class Restate:
    """Everything the page says."""

    old: State
    new: State
    moved: Sequence[Moved]
    records: Sequence[Touched]
    commits: Sequence[Commit]


def restate(frame: Frame, it: Restate) -> Sheet:
    """Lay out what moved."""
    period = frame.period.label if frame.period else plain("")
    return Sheet(
        name="restate",
        title=TITLE.of(name=frame.organisation, period=period),
        head=(frames.head(frame), BETWEEN.of(old=_state(it.old), new=_state(it.new))),
        blocks=tuple(_blocks(it)),
        foot=frames.foot(frame, headed=True),
        data=_data(frame, it),
        main="moved",
        stamp=(*frames.stamp(frame), (Column("from", Text("从", "From")), it.old.commit), (Column("to", Text("到", "To")), it.new.commit)),
        hints=tuple(_hints(it)),
    )


def _state(one: State) -> Text:
    return STATE.of(commit=one.commit, day=one.day) if one.commit else NOW


def _blocks(it: Restate) -> Iterator[Block]:
    if not it.moved:
        yield Line(NOTHING)
        return
    yield _figures(it)
    if not it.records:
        yield Line(NO_RECORD)
        return
    yield _records(it)
    if it.commits:
        yield _commits(it)


def _figures(it: Restate) -> Table:
    columns = (
        Column("name", Text("指标", "Figure")),
        Column("was", Text("原数", "Was"), "right"),
        Column("now", Text("现数", "Now"), "right"),
        Column("change", Text("差", "Change"), "right"),
        Column("entered", Text("进", "In"), drop=1),
        Column("left", Text("出", "Out"), drop=1),
        Column("measure", Text("标识", "Measure"), drop=2),
    )
    rows = tuple((one.label, said(one.was), said(one.now), change(one), _ids(one.entered), _ids(one.left), one.measure) for one in it.moved)
    return Table("moved", columns, rows)


def change(one: Moved) -> str:
    """Give the difference with its sign; nothing where one of the two is no exact number.

    Examples:
        >>> change(Moved("hazards.found", plain(""), "79", "80", {}, {}))
        '+1'
    """
    if not (one.was[:1].isdigit() and one.now[:1].isdigit()):
        return ""
    return f"{Decimal(one.now) - Decimal(one.was):+f}"


def _ids(sides: Mapping[str, Sequence[str]]) -> Text:
    ids = _joined(sides)
    shown = Text("{ids}", "{ids}").of(ids=[_short(one) for one in ids[:MOST]])
    return MORE.of(ids=shown, n=len(ids)) if len(ids) > MOST else shown


def _joined(sides: Mapping[str, Sequence[str]]) -> list[str]:
    return sorted({one for ids in sides.values() for one in ids})


def _short(record: str) -> str:
    """Give the end of a dated id, by which it may be named; a key stays whole."""
    return record[-5:] if len(record) > len("00000000-00000") and record[-6] == "-" else record


def _records(it: Restate) -> Table:
    columns = (
        Column("id", Text("记录", "Record"), fixed=True),
        Column("headline", Text("内容", "What")),
        Column("commits", Text("提交", "Commits")),
    )
    rows = tuple(
        (one.id, one.headline, Text("{it}", "{it}").of(it=list(one.commits)) if one.commits else UNSAID)
        for one in it.records[:MOST_RECORDS]
    )
    rest = len(it.records) - MOST_RECORDS
    note = Text("另有 {n} 条，见 --format json", "and {n} more, in --format json").of(n=rest) if rest > 0 else None
    return Table("records", columns, rows, Text("进出的记录", "Records that came or went"), note=note)


def _commits(it: Restate) -> Table:
    columns = (
        Column("commit", Text("提交", "Commit"), fixed=True),
        Column("date", Text("日期", "Date"), fixed=True),
        Column("author", Text("作者", "Author")),
        Column("subject", Text("说明", "Subject")),
        Column("records", Text("记录", "Records"), "right", drop=1),
    )
    rows = tuple((one.oid, one.day, one.author, one.subject, one.records) for one in it.commits)
    return Table("commits", columns, rows, Text("其间的提交", "Commits in between"))


def _hints(it: Restate) -> Iterator[tuple[str, Text]]:
    if it.records:
        yield f"hazardctl show {quoted(_short(it.records[0].id))}", Text("看其中一条", "look at one of them")


def _data(frame: Frame, it: Restate) -> dict[str, Value]:
    return {
        **frames.stated(frame),
        "organisation": frame.organisation,
        "from": {"commit": it.old.commit or None, "date": it.old.day},
        "to": {"commit": it.new.commit or None, "date": it.new.day},
        "moved": [
            {
                "measure": one.measure,
                "name": one.label,
                "was": number(one.was),
                "now": number(one.now),
                "change": change(one) or None,
                "entered": {side: list(ids) for side, ids in one.entered.items()},
                "left": {side: list(ids) for side, ids in one.left.items()},
            }
            for one in it.moved
        ],
        "records": [{"id": one.id, "headline": one.headline, "commits": list(one.commits)} for one in it.records],
        "commits": [
            {"commit": one.oid, "date": one.day, "author": one.author, "subject": one.subject, "records": one.records} for one in it.commits
        ],
        **frames.unread(frame),
    }
