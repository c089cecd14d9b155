"""The dashboard laid out: key figures, charts, what is overdue, the league, campaigns, records, definitions (EXPERIENCE §8.7)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from hazardctl.board import Board, Definition, Section, Unit
from hazardctl.language import Text
from hazardctl.reports.dashboard import charts
from hazardctl.reports.dashboard.cards import adding, cards
from hazardctl.sheet import Block, Figures, Line, Sheet, Table

TITLE: Final = Text("{name} 隐患治理看板", "{name}: hazard dashboard")
FIGURES: Final = Text("表中数字", "the figures in a table")
NOT_SHOWN: Final = Text("还有 {n} 条未展开，见 hazardctl list", "{n} more are not laid out here: hazardctl list")
SCOPE: Final = Text(
    "截至日的逾期隐患，不论何时发现；重大在前，拖得最久的在前", "overdue on the as-of day, whenever found; majors first, then the longest"
)
NOTHING_LATE: Final = Text("没有逾期未整改的隐患", "nothing is overdue")


@dataclass(frozen=True, slots=True)
class Made:
    """The sheets a dashboard is made of, by report, and the records below them.

    Attributes:
        summary: of the period.
        league: by region.
        trend: of its months.
        coverage: with the campaigns.
        units: those with hazards, the most pressing first.
        left_out: hazards that are not laid out.
    """

    summary: Sheet
    league: Sheet
    trend: Sheet
    coverage: Sheet
    units: Sequence[Unit]
    left_out: int


def dashboard(made: Made, definitions: Sequence[Definition]) -> Board:
    """Lay out the page."""
    summary = made.summary
    return Board(
        title=TITLE.of(name=summary.data["organisation"]),
        head=summary.head,
        sum=adding(summary),
        cards=tuple(cards(summary)),
        sections=tuple(one for one in _sections(made) if one.charts or one.blocks),
        units=made.units,
        more=NOT_SHOWN.of(n=made.left_out) if made.left_out else None,
        definitions=definitions,
        foot=summary.foot,
        sheets=(summary, made.league, made.trend, made.coverage),
    )


def _sections(made: Made) -> Iterator[Section]:
    summary, trend = made.summary, made.trend
    yield Section("trend", Text("逐月", "Month by month"), tuple(charts.months(trend)), _tables(trend, "series"), folded=FIGURES)
    yield Section("sectors", Text("行业领域", "Sectors"), tuple(charts.sectors(summary)), _tables(summary, "groups"), folded=FIGURES)
    yield Section("ages", Text("账龄与存量", "Age and stock"), tuple(charts.ages(summary)), _lines(summary, ("stock", "ages", "ttr")))
    yield Section("regions", Text("属地", "Regions"), tuple(charts.regions(made.league)))
    late = _tables(summary, "overdue")
    yield Section("overdue", Text("逾期未整改", "Overdue"), blocks=(Line(SCOPE if late else NOTHING_LATE), *late), filtered=bool(late))
    ranked, silent = _parted(made.league)
    yield Section("league", Text("通报排名", "League"), blocks=ranked)
    yield Section("silent", Text("没有报数的", "Who reported nothing"), blocks=silent, folded=Text("名单", "names"))
    yield Section("campaigns", Text("专项行动", "Campaigns"), blocks=_tables(made.coverage, "campaigns"))
    yield Section("families", Text("各项工作", "Other work"), blocks=_tables(summary, "families"), folded=FIGURES)


def _tables(sheet: Sheet, key: str) -> tuple[Block, ...]:
    return tuple(one for one in sheet.blocks if isinstance(one, Table | Figures) and one.key == key)


def _lines(sheet: Sheet, keys: Sequence[str]) -> tuple[Block, ...]:
    return tuple(one for one in sheet.blocks if isinstance(one, Line) and one.key in keys)


def _parted(league: Sheet) -> tuple[tuple[Block, ...], tuple[Block, ...]]:
    """Part the ranking from those it found silent, whose names are indented below their number; no ranking of one."""
    blocks = league.blocks
    ends = (place for place, one in enumerate(blocks[1:]) if isinstance(one, Line) and one.indent)
    end = next(ends, len(blocks))
    ranked = any(isinstance(one, Table) and len(one.rows) > 2 for one in blocks)
    return (blocks[:end] if ranked else (), blocks[end:])


def measures(sheets: Sequence[Sheet], also: Sequence[str]) -> Iterator[str]:
    """Give the ids of the measures on a page, each once, in reading order."""
    seen: dict[str, None] = dict.fromkeys(also)
    for sheet in sheets:
        for block in sheet.blocks:
            if isinstance(block, Table | Figures):
                seen |= dict.fromkeys(column.measure for column in block.columns if column.measure)
    yield from seen
