"""How much was looked at and how deep: units inspected of units registered, those never seen, campaigns, what the findings are like."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hazardctl.language import Text, plain
from hazardctl.reports import frame as frames
from hazardctl.reports.frame import Frame
from hazardctl.reports.lines import Figured, Line, body, cells
from hazardctl.reports.told import Told, cell, data, missing_note
from hazardctl.sheet import Block, Cell, Column, Figures, Sheet, Table, Value
from hazardctl.sheet import Line as Sentence
from hazardctl.vocabulary import NOUNS

TITLE: Final = Text("{name} {period}检查覆盖情况", "{name}: coverage of inspections, {period}")
COLUMNS: Final = (
    Figured("registered", Text("在册单位", "Registered"), "registry.units"),
    Figured("inspected", Text("检查过", "Inspected"), "coverage.inspected"),
    Figured("coverage", Text("覆盖率", "Coverage"), "coverage"),
    Figured("visited", Text("检查单位", "Units visited"), "zero_hazard.inspected"),
    Figured("clean", Text("零隐患", "Without hazards"), "zero_hazard.units"),
    Figured("clean_rate", Text("零隐患率", "Share without"), "zero_hazard.rate"),
)
CAMPAIGN: Final = (
    Figured("outings", Text("检查次数", "Outings"), "inspections.count"),
    Figured("units", Text("检查单位", "Units visited"), "inspections.units"),
    Figured("coverage", Text("覆盖率", "Coverage"), "coverage"),
    Figured("found", NOUNS["found"].heading, "hazards.found"),
    Figured("rate", NOUNS["rate"].heading, "hazards.rate"),
)
DEPTH: Final = (
    Figured("major", Text("重大占比", "Major"), "depth.major"),
    Figured("without_basis", Text("无依据占比", "Without a basis"), "depth.without_basis"),
    Figured("self_found", Text("自查占比", "Self-found"), "depth.self_found"),
    Figured("top_texts", Text("雷同描述占比", "Worded alike"), "depth.top_texts"),
)
BY: Final = Text("分类", "By")
NAME: Final = Text("名称", "Name")
KEY: Final = Text("键", "Key")
CAMPAIGNS: Final = Text("专项行动", "Campaigns")
FINDINGS: Final = Text("排查深度（占排查隐患）", "Depth of the findings (shares of the hazards found)")
MOST: Final = 20
NEVER: Final = Text("区间内没有检查过的在册单位 {n} 家", "Registered units never inspected in the period: {n}")
ALL: Final = Text("在册单位都检查过", "every registered unit was inspected")
UNKNOWN: Final = Text("区间内没有检查记录，说不出哪些单位没有检查过", "no outing is recorded: who was never inspected cannot be said")
MORE: Final = Text("另有 {n} 家：--format json 全部列出", "and {n} more: --format json lists them all")
TEXTS: Final = Text("重复最多的描述", "Texts that repeat most")
TIMES: Final = Text("次数", "Times")
SEVERAL: Final = Text(
    "一个单位可以有几种类型，按类型的各行相加可能多于合计", "a unit may be of several types: those lines may add up to more than the total"
)


@dataclass(frozen=True, slots=True)
class Group:
    """The lines of one dimension."""

    by: str
    label: Text
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Unseen:
    """A registered unit that no outing of the period visited."""

    key: str
    name: str
    sector: Text
    region: Text


@dataclass(frozen=True, slots=True)
class Seen:
    """What the coverage of a period is made of.

    Attributes:
        total: over everything.
        groups: by region, sector and type of unit.
        campaigns: one line each.
        depth: figures by measure id.
        never: registered units never inspected; None where no outing tells.
        texts: (description, how often) of those that repeat, the most frequent first.
    """

    total: Line
    groups: Sequence[Group]
    campaigns: Sequence[Line]
    depth: Mapping[str, Told]
    never: Sequence[Unseen] | None
    texts: Sequence[tuple[str, int]]

    @property
    def figures(self) -> tuple[Told, ...]:
        """Give every figure of the page."""
        lines = (self.total, *(line for group in self.groups for line in group.lines), *self.campaigns)
        return (*(told for line in lines for told in line.figures.values()), *self.depth.values())


def coverage(frame: Frame, seen: Seen) -> Sheet:
    """Lay out the coverage of a period."""
    period = frame.period.label if frame.period else Text("", "")
    return Sheet(
        name="coverage",
        title=TITLE.of(name=frame.organisation, period=period),
        head=(frames.head(frame),),
        blocks=tuple(_blocks(seen)),
        foot=frames.foot(frame, headed=True),
        data=_data(frame, seen),
        main="coverage",
        stamp=frames.stamp(frame),
    )


def _blocks(seen: Seen) -> Iterator[Block]:
    yield Figures("total", tuple(one.column() for one in COLUMNS), cells(seen.total, COLUMNS))
    columns = (Column("by", BY), Column("name", NAME), Column("key", KEY, data=True), *(one.column() for one in COLUMNS))
    rows: list[tuple[Cell, ...]] = [
        (group.label, line.label, line.key, *cells(line, COLUMNS)) for group in seen.groups for line in group.lines
    ]
    rows.append((NOUNS["total"].heading, "", "", *cells(seen.total, COLUMNS)))
    yield Table("coverage", columns, tuple(rows), total=True, dots=True, tall=True, note=SEVERAL if _several(seen) else None)
    if seen.campaigns:
        yield _campaigns(seen.campaigns)
    yield Sentence(FINDINGS)
    yield Figures("depth", tuple(one.column() for one in DEPTH), tuple(cell(seen.depth[one.measure]) for one in DEPTH))
    if seen.texts:
        heads = (Column("text", NOUNS["description"].heading), Column("times", TIMES, "right", "depth.alike"))
        yield Table("texts", heads, tuple(seen.texts), TEXTS)
    yield from _never(seen.never)
    if note := missing_note(seen.figures):
        yield Sentence(note)


def _several(seen: Seen) -> bool:
    return any(group.by == "unit_type" and group.lines for group in seen.groups)


def _campaigns(lines: Sequence[Line]) -> Table:
    columns = (Column("name", NAME), Column("key", NOUNS["id"].heading, data=True), *(one.column() for one in CAMPAIGN))
    rows = tuple((line.label, line.key, *cells(line, CAMPAIGN)) for line in lines)
    return Table("campaigns", columns, rows, CAMPAIGNS, dots=True, tall=True)


def _never(never: Sequence[Unseen] | None) -> Iterator[Block]:
    if never is None:
        yield Sentence(UNKNOWN)
    elif not never:
        yield Sentence(ALL)
    else:
        columns = (Column("unit", NAME), Column("sector", NOUNS["sector"].heading), Column("region", NOUNS["region"].heading))
        rows = tuple((plain(one.name), one.sector, one.region) for one in never[:MOST])
        more = len(never) - MOST
        yield Table("never", columns, rows, NEVER.of(n=len(never)), note=MORE.of(n=more) if more > 0 else None)


def _data(frame: Frame, seen: Seen) -> dict[str, Value]:
    never = (
        None
        if seen.never is None
        else [{"key": one.key, "name": one.name, "sector": one.sector, "region": one.region} for one in seen.never]
    )
    return {
        **frames.stated(frame),
        "organisation": frame.organisation,
        "total": body(seen.total, COLUMNS),
        "groups": [{"by": one.by, "name": one.label, "lines": [body(line, COLUMNS) for line in one.lines]} for one in seen.groups],
        "campaigns": [body(line, CAMPAIGN) for line in seen.campaigns],
        "depth": {one.key: data(seen.depth[one.measure]) for one in DEPTH},
        "texts": [{"text": text, "times": times, "measure": "depth.alike"} for text, times in seen.texts],
        "never_inspected": never,
        **frames.unread(frame),
    }
