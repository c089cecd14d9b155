"""The trend of a period: one line a stretch, how each changed, and the period beside its year before and the one before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Final

from hazardctl.language import Text, plain
from hazardctl.reports import frame as frames
from hazardctl.reports.commands import same
from hazardctl.reports.figures import levels
from hazardctl.reports.frame import Frame
from hazardctl.reports.stretches import HAZARDS, Earlier, Figure, Moved, Stretch, Trend
from hazardctl.reports.told import MISSING, Told, data, number
from hazardctl.sheet import Block, Cell, Column, Line, Mark, Sheet, Table, Value
from hazardctl.vocabulary import NOUNS

TITLE: Final = Text("{name} {period}事故隐患治理趋势", "{name}: trend of hazard rectification, {period}")
NOT_BEGUN: Final = Text("统计期尚未开始：截至 {day}，{period}还没有到", "the period has not begun: on {day} {period} is still to come")
STEPS: Final[Mapping[str, Text]] = {
    "month": Text("月份", "Month"),
    "quarter": Text("季度", "Quarter"),
    "half": Text("半年", "Half"),
    "year": Text("年份", "Year"),
}
SHOWN: Final = ("found", "rectified", "rate", "on_time", "closing", "overdue")
LABELS: Final[Mapping[str, Text]] = {
    "closing": Text("期末存量", "Closing stock"),
    "opening": Text("期初存量", "Opening stock"),
    "overdue": Text("期末逾期", "Overdue at end"),
}
DROPS: Final[Mapping[str, int]] = {"overdue": 1, "closing": 2, "rectified": 3}
YEAR: Final = Text("同比：比上年同期", "Against the same days a year before")
BEFORE: Final = Text("环比：比前一段", "Against the stretch before")
NOTHING: Final = Text("{what}：没有可比的数字", "{what}: no figures to compare with")
OTHERS: Final = Text("其他工作", "Other work")
COMPARED: Final = Text("{period}：同比和环比", "{period}: a year before, and the stretch before")
RULES: Final = (
    Text(
        "同比：与上年同期比；环比：与前一段等长的日子比；还没过完的一段，两边都比到同样的日子",
        "a year before: the same days; before: as many days just before; a stretch that still runs is compared as far as it has come",
    ),
    Text(
        "个数记增减数和增减幅，率记个百分点；“/”表示有一方没有率或不能相比，“∅”表示有一方缺数",
        "numbers change by so many and a percentage, rates by percentage points (pp); / where a side has no rate, ∅ where one is missing",
    ),
    Text(
        "期末逾期为各段最后一天的存量逾期；其余各数按本表截至日所知",
        "overdue at end is the overdue stock on the last day of a stretch; everything else is as known on the as-of day",
    ),
)
IN_A_TABLE: Final = 6
LINE: Final[Mapping[str, Text]] = {
    "stretch": Text("段", "Stretch"),
    "from": Text("从", "From"),
    "to": Text("到", "To"),
    "seen_on": Text("看到哪天", "Seen on"),
    "measure": Text("指标", "Measure"),
    "figure": Text("数字", "Figure"),
    "value": Text("值", "Value"),
    "unit": Text("单位", "Unit"),
    "yoy": Text("上年同期", "A year before"),
    "yoy_value": Text("上年同期值", "Value a year before"),
    "yoy_change": Text("同比增减", "Change on the year"),
    "yoy_percent": Text("同比增减%", "Change on the year, %"),
    "pop": Text("上期", "Before"),
    "pop_value": Text("上期值", "Value before"),
    "pop_change": Text("环比增减", "Change on before"),
    "pop_percent": Text("环比增减%", "Change on before, %"),
}
"""Columns of the csv."""


def trend(frame: Frame, made: Trend) -> Sheet:
    """Lay out the trend of a period."""
    name = frame.period.label if frame.period else Text("", "")
    return Sheet(
        name="trend",
        title=TITLE.of(name=frame.organisation, period=name),
        head=(frames.head(frame), *(() if frame.begun else (NOT_BEGUN.of(day=frame.as_of, period=name),))),
        blocks=tuple(_blocks(made)),
        foot=(*RULES, *frames.foot(frame, headed=True)),
        data=_data(frame, made),
        main="lines",
        hints=_hints(frame),
        stamp=frames.stamp(frame),
    )


def _blocks(made: Trend) -> Iterator[Block]:
    if made.stretches:
        yield _series(made)
        if len(made.stretches) > 1:
            yield from _courses(made)
        for key, title in (("yoy", YEAR), ("pop", BEFORE)):
            told = any(_against(figure, key).state == "known" for one in made.stretches for figure in made.shown(one))
            yield _changes(made, key, title) if told else Line(NOTHING.of(what=title), key)
        for first in range(0, len(made.others), IN_A_TABLE):
            yield _others(made, first)
    for number_, one in enumerate(made.compared):
        yield _compared(made, one, f"compared_{number_}")
    yield _lines(made)


def _head(key: str, *, drop: bool = False) -> Column:
    label = LABELS.get(key) or NOUNS[key].heading
    return Column(key, label, "right", HAZARDS[key], DROPS.get(key, 0) if drop else 0)


def _first(made: Trend) -> Column:
    return Column("stretch", STEPS[made.every], fixed=True)


def _series(made: Trend) -> Table:
    columns = (_first(made), *(replace(_head(key), drop=int(key == "on_time")) for key in SHOWN))
    return Table("series", columns, tuple((one.name, *(_now(one, key) for key in SHOWN)) for one in made.stretches))


def _now(one: Stretch, key: str) -> Cell:
    told = one.figures[HAZARDS[key]].now
    return Mark(number(told), "alarm") if key == "overdue" and told.exact else number(told)


def _courses(made: Trend) -> Iterator[Line]:
    """Draw how the found and the stock went, where every stretch says a number."""
    for key in ("found", "closing"):
        told = [one.figures[HAZARDS[key]].now.exact for one in made.stretches]
        values = [int(one) for one in told if one is not None]
        if len(values) == len(told):
            least, most = (values.index(end(values)) for end in (min, max))
            said = Text("{course}  最少 {least}（{a}），最多 {most}（{b}）", "{course}  least {least} ({a}), most {most} ({b})").of(
                course="".join(levels(values)),
                least=values[least],
                a=made.stretches[least].name,
                most=values[most],
                b=made.stretches[most].name,
            )
            yield Line(said, key, LABELS.get(key) or NOUNS[key].heading)


def _changes(made: Trend, key: str, title: Text) -> Table:
    columns = (_first(made), *(_head(one, drop=True) for one in SHOWN))
    rows: tuple[tuple[Cell, ...], ...] = tuple(
        (one.name, *(changed(_against(one.figures[HAZARDS[name]], key)) for name in SHOWN)) for one in made.stretches
    )
    return Table(key, columns, rows, title)


def _against(figure: Figure, key: str) -> Moved:
    return (figure.year if key == "yoy" else figure.before).moved


def changed(moved: Moved) -> Text:
    """Say a change: +3（+25.00%）, -5.00个百分点, / where there is none, ∅ where a side is missing."""
    if moved.state != "known" or moved.value is None:
        return plain(MISSING if moved.state == "missing" else "/")
    if moved.points:
        return Text("{by}个百分点", "{by} pp").of(by=_signed(moved.value))
    percent = "/" if moved.percent is None else f"{_signed(moved.percent)}%"
    return Text("{by}（{percent}）", "{by} ({percent})").of(by=_signed(moved.value), percent=percent)


def _signed(value: Decimal) -> str:
    text = f"{value:f}"
    return f"+{text}" if value > 0 else text.removeprefix("-") if not value else text


def _others(made: Trend, first: int) -> Table:
    names = made.others[first : first + IN_A_TABLE]
    figures = [made.stretches[0].figures[name].now for name in names]
    heads = (Column(told.id, told.label, "right", told.id) for told in figures)
    rows: tuple[tuple[Cell, ...], ...] = tuple((one.name, *(number(one.figures[name].now) for name in names)) for one in made.stretches)
    return Table(f"others_{first // IN_A_TABLE}", (_first(made), *heads), rows, None if first else OTHERS)


def _compared(made: Trend, one: Stretch, key: str) -> Table:
    names = [name for name in (*HAZARDS.values(), *made.others) if name in one.figures]
    columns = (
        Column("figure", Text("数字", "Figure")),
        Column("now", Text("本期", "This"), "right"),
        Column("year", Text("上年同期", "A year before"), "right"),
        Column("yoy", Text("同比", "Change"), "right"),
        Column("before", Text("上期", "Before"), "right"),
        Column("pop", Text("环比", "Change"), "right"),
    )
    rows = tuple(_row(one.figures[name]) for name in names)
    return Table(key, columns, rows, COMPARED.of(period=one.label))


def _row(figure: Figure) -> tuple[Cell, ...]:
    cells: list[Cell] = [_label(figure.now), number(figure.now)]
    for other in (figure.year, figure.before):
        cells += [plain("/") if other.told is None else number(other.told), changed(other.moved)]
    return tuple(cells)


def _label(told: Told) -> Text:
    short = {measure: key for key, measure in HAZARDS.items()}.get(told.id)
    return (LABELS.get(short) or NOUNS[short].heading) if short else Text(told.label.zh, told.label.en[:1].upper() + told.label.en[1:])


def _lines(made: Trend) -> Table:
    """Give a line for each stretch and figure, for programs."""
    columns = tuple(Column(key, label, data=True) for key, label in LINE.items())
    rows = tuple(_line(one, figure) for one in made.stretches for figure in made.shown(one))
    return Table("lines", columns, rows)


def _line(one: Stretch, figure: Figure) -> tuple[Cell, ...]:
    now = figure.now
    cells: list[Cell] = [one.name, one.start, one.end, figure.as_of, now.id, now.label, number(now), now.printed_unit]
    for other in (figure.year, figure.before):
        cells += [other.name, None if other.told is None else number(other.told), other.moved.value, other.moved.percent]
    return tuple(cells)


def _data(frame: Frame, made: Trend) -> dict[str, Value]:
    return {
        **frames.stated(frame),
        "organisation": frame.organisation,
        "every": made.every,
        "stretches": [_told(made, one) for one in made.stretches],
        "compared": [_told(made, one) for one in made.compared],
        **frames.unread(frame),
    }


def _told(made: Trend, one: Stretch) -> dict[str, Value]:
    return {"name": one.name, "from": one.start, "to": one.end, "figures": [_figure(figure) for figure in made.shown(one)]}


def _figure(figure: Figure) -> dict[str, Value]:
    return {**data(figure.now), "as_of": figure.as_of, "yoy": _compare(figure.year), "pop": _compare(figure.before)}


def _compare(other: Earlier) -> dict[str, Value]:
    moved = other.moved
    return {
        "name": other.name,
        "as_of": other.as_of,
        "value": None if other.told is None else data(other.told)["value"],
        "state": moved.state,
        "change": moved.value,
        "percent": moved.percent,
        "points": moved.points,
    }


def _hints(frame: Frame) -> tuple[tuple[str, Text], ...]:
    asked = same(frame)
    return (
        (f"hazardctl report {asked}", Text("这一期的汇总", "the summary of this period")),
        (f"hazardctl report trend {asked} -o trend.csv", Text("存成一行一个数字的表", "keep it as a table with a line a figure")),
    )
