"""Regions, units or sectors side by side: their figures, their rank, and who reported nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from hazardctl.language import Text
from hazardctl.reports import frame as frames
from hazardctl.reports.frame import Frame
from hazardctl.reports.lines import Figured, Gap, Line, body, cells, not_adding
from hazardctl.reports.told import missing_note
from hazardctl.sheet import Block, Cell, Column, Sheet, Table, Value
from hazardctl.sheet import Line as Sentence
from hazardctl.vocabulary import NOUNS

TITLE: Final = Text("{name} {period}整改情况排名", "{name}: league of rectification, {period}")
COLUMNS: Final = (
    Figured("found", NOUNS["found"].heading, "hazards.found"),
    Figured("rectified", NOUNS["rectified"].heading, "hazards.rectified"),
    Figured("rate", NOUNS["rate"].heading, "hazards.rate"),
    Figured("on_time", NOUNS["on_time"].heading, "due.on_time"),
    Figured("overdue", NOUNS["overdue"].heading, "hazards.overdue"),
    Figured("major", Text("重大", "Major"), "hazards.major.found"),
)
RANK: Final = Text("名次", "Rank")
LAST: Final = Text("最近记录", "Last record")
KEY: Final = Text("键", "Key")
NONE: Final = "-"
MOST_SILENT: Final = 20
RANKED: Final = Text(
    "按{what}排名，相同的并列；发现少于 {n} 项的不排名", "ranked by {what}, equals share a rank; fewer than {n} found: not ranked"
)
SEVERAL: Final = Text(
    "一条隐患可以属于几行，各行相加可能多于合计", "a hazard may stand in several lines: they may add up to more than the total"
)
SILENT: Final = Text(
    "区间内没有任何记录、汇总数或零报告：{what} {n} 个", "neither record, tally nor declaration in the period: {what}, {n}"
)
SINCE: Final = Text("{name}（最近 {day}）", "{name} (last {day})")
NEVER: Final = Text("{name}（从无记录）", "{name} (never)")
MORE: Final = Text("另有 {n} 个", "and {n} more")


@dataclass(frozen=True, slots=True)
class Place:
    """A line with its rank, or None where it is not ranked, and the day of its last record."""

    line: Line
    rank: int | None
    last: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Silent:
    """Who reported nothing, and when last."""

    key: str
    label: Text
    last: dt.date | None


@dataclass(frozen=True, slots=True)
class Standings:
    """What a league lays out.

    Attributes:
        by: key of the dimension.
        what: its heading.
        ranked_by: the column that decides, and its name.
        min_found: fewest found to be ranked.
        places: the ranked in their order, then the others.
        total: over everything, pooled.
        gaps: columns whose lines do not add up to the total.
        several: a hazard may stand in several lines.
        dated: the lines have a day of their last record.
        regions: those that reported nothing.
        units: likewise.
    """

    by: str
    what: Text
    ranked_by: tuple[str, Text]
    min_found: int
    places: Sequence[Place]
    total: Line
    gaps: Sequence[Gap] = ()
    several: bool = False
    dated: bool = False
    regions: Sequence[Silent] = ()
    units: Sequence[Silent] = ()


def league(frame: Frame, standings: Standings) -> Sheet:
    """Lay out a league."""
    period = frame.period.label if frame.period else Text("", "")
    return Sheet(
        name="league",
        title=TITLE.of(name=frame.organisation, period=period),
        head=(frames.head(frame),),
        blocks=tuple(_blocks(standings)),
        foot=frames.foot(frame, headed=True),
        data=_data(frame, standings),
        main="league",
        stamp=frames.stamp(frame),
    )


def _blocks(it: Standings) -> Iterator[Block]:
    columns = (
        Column(it.by, it.what),
        Column("rank", RANK, "right"),
        Column(f"{it.by}_key", KEY, data=True),
        *(one.column() for one in COLUMNS),
        *([Column("last", LAST, fixed=True, drop=1)] if it.dated else []),
    )
    rows = [*(_row(place, it) for place in it.places), _row(Place(it.total, None), it, rank="")]
    yield Table("league", columns, tuple(rows), total=True, dots=True, tall=True, note=RANKED.of(what=it.ranked_by[1], n=it.min_found))
    if it.several:
        yield Sentence(SEVERAL)
    elif it.gaps:
        yield Sentence(not_adding(it.gaps))
    if note := missing_note([told for place in it.places for told in place.line.figures.values()]):
        yield Sentence(note)
    yield from _silent(it.regions, NOUNS["region"].label)
    yield from _silent(it.units, Text("单位", "units"))


def _row(place: Place, it: Standings, rank: str = NONE) -> tuple[Cell, ...]:
    last = [place.last] if it.dated else []
    return (place.line.label, place.rank or rank, place.line.key, *cells(place.line, COLUMNS), *last)


def _silent(silent: Sequence[Silent], what: Text) -> Iterator[Block]:
    if not silent:
        return
    yield Sentence(SILENT.of(what=what, n=len(silent)))
    for one in silent[:MOST_SILENT]:
        yield Sentence((SINCE if one.last else NEVER).of(name=one.label, day=one.last), indent=2)
    if (more := len(silent) - MOST_SILENT) > 0:
        yield Sentence(MORE.of(n=more), indent=2)


def _data(frame: Frame, it: Standings) -> dict[str, Value]:
    return {
        **frames.stated(frame),
        "organisation": frame.organisation,
        "by": it.by,
        "ranked_by": it.ranked_by[0],
        "min_found": it.min_found,
        "lines": [{**body(one.line, COLUMNS), "rank": one.rank, "last": one.last} for one in it.places],
        "total": body(it.total, COLUMNS),
        "silent": {
            name: [{"key": one.key, "name": one.label, "last": one.last} for one in silent]
            for name, silent in (("regions", it.regions), ("units", it.units))
        },
        "measures": {one.key: one.measure for one in COLUMNS},
        **frames.unread(frame),
    }
