"""The charts of a dashboard, drawn from the JSON of the reports: no figure is counted here but the rest of a long list."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Final, cast

from hazardctl.board import Chart, Meaning, Point, Series
from hazardctl.language import Text, plain
from hazardctl.sheet import Rate, Sheet

Data = Mapping[str, object]
MOST: Final = 8
"""Bars on one chart; what is left is one more, 其他."""

MOST_POINTS: Final = 24
OTHERS: Final = Text("其他", "others")
NOT_STATED: Final = Text("（未填）", "(not stated)")
FOUND: Final = Text("发现", "found")
DONE: Final = Text("已整改", "rectified")
RATE: Final = Text("整改率", "share rectified")
STACK: Final[Sequence[tuple[str, Meaning, Text]]] = (
    ("rectified", "done", DONE),
    ("awaiting", "waiting", Text("待复查", "to verify")),
    ("within_due", "open", Text("限期整改", "within due")),
    ("overdue", "late", Text("逾期", "overdue")),
    ("rest", "rest", Text("其他", "other")),
)
REST: Final = ("no_due", "closed_other")
AGES: Final[Mapping[str, Text]] = {
    "to_7": Text("0-7天", "0-7 days"),
    "to_15": Text("8-15天", "8-15 days"),
    "to_30": Text("16-30天", "16-30 days"),
    "to_90": Text("31-90天", "31-90 days"),
    "over_90": Text("90天以上", "over 90"),
}


def months(trend: Sheet) -> Iterator[Chart]:
    """Draw what was found and rectified in each stretch, and the rate."""
    stretches = cast("Sequence[Data]", trend.data["stretches"])[-MOST_POINTS:]
    if len(stretches) < 2:
        return
    labels = [_stretch(str(one["name"]), [str(other["name"]) for other in stretches]) for one in stretches]
    told = [{str(figure["measure"]): figure["value"] for figure in cast("Sequence[Data]", one["figures"])} for one in stretches]
    found = Series(FOUND, "found", [_point(one["hazards.found"]) for one in told])
    done = Series(DONE, "done", [_point(one["hazards.rectified"]) for one in told])
    rate = Series(RATE, "done", [_point(one["hazards.rate"]) for one in told])
    yield Chart("months", Text("各月发现与整改", "Found and rectified"), "columns", labels, (found, done))
    yield Chart("rates", Text("各月整改率（%）", "Share rectified, %"), "line", labels, (rate,), percent=True)


def _stretch(name: str, all_: Sequence[str]) -> Text:
    """Give a month by its number where all lie in one year."""
    year, _, month = name.partition("-")
    if len({one[:4] for one in all_}) == 1 and month.isdigit():
        return Text(f"{int(month)}月", dt.date(2000, int(month), 1).strftime("%b"))
    return plain(name[2:] if month else year)


def sectors(summary: Sheet) -> Iterator[Chart]:
    """Draw how the found of each sector divide."""
    lines = cast("Sequence[Data]", summary.data["groups"])
    dimensions = cast("Sequence[str]", summary.data["group_by"])
    if not lines or len(dimensions) != 1:
        return
    parts = [(_name(cast("Data", line[dimensions[0]])), _parts(line)) for line in lines]
    kept = sorted(parts, key=lambda one: -sum(one[1]))
    if len(kept) > MOST + 1:
        rest = [sum(values) for values in zip(*(values for _, values in kept[MOST:]), strict=True)]
        kept = [*kept[:MOST], (OTHERS, rest)]
    series = [
        Series(label, meaning, [values[place] for _, values in kept])
        for place, (_, meaning, label) in enumerate(STACK)
        if any(values[place] for _, values in kept)
    ]
    yield Chart("sectors", Text("分行业领域", "By sector"), "stacked", [name for name, _ in kept], series)


def _name(place: Data) -> Text:
    return cast("Text", place["name"]) if place["key"] else NOT_STATED


def _parts(line: Data) -> list[int]:
    counts = {key: cast("int", line[key]) for key, _, _ in STACK if key != "rest"}
    return [*counts.values(), sum(cast("int", line[key]) for key in REST)]


def ages(summary: Sheet) -> Iterator[Chart]:
    """Draw how long those not rectified have stood."""
    counts = summary.data.get("ages")
    if isinstance(counts, Mapping):
        values = [cast("int", cast("Data", counts)[key]) for key in AGES]
        if any(values):
            yield Chart(
                "ages",
                Text("未整改隐患账龄", "Age of those not rectified"),
                "bars",
                list(AGES.values()),
                [Series(Text("未整改", "not rectified"), "open", values)],
            )


def regions(league: Sheet) -> Iterator[Chart]:
    """Draw the found of each region and what of it is rectified; regions with inexact figures are in the table only."""
    found: list[tuple[Text, Point, Point]] = []
    for line in cast("Sequence[Data]", league.data["lines"]):
        figures = cast("Mapping[str, Data]", line["figures"])
        points = [_point(figures[key]["value"]) for key in ("found", "rectified")]
        if None not in points:
            found.append((cast("Text", line["name"]) if line["key"] else NOT_STATED, points[0], points[1]))
    if len(found) < 2:
        return
    kept = sorted(found, key=lambda one: -Decimal(one[1] or 0))[:MOST]
    more = len(found) - len(kept)
    title = Text("各属地发现与整改", "By region: found and rectified")
    if more:
        title = Text("各属地发现与整改（发现最多的 {n} 个）", "The {n} regions with most found").of(n=MOST)
    series = [Series(FOUND, "found", [one[1] for one in kept]), Series(DONE, "done", [one[2] for one in kept])]
    yield Chart("regions", title, "bars", [one[0] for one in kept], series)


def _point(value: object) -> Point:
    return value.value if isinstance(value, Rate) else value if isinstance(value, int | Decimal) else None
