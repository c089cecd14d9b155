"""A period: named days, both ends inclusive, and what can be asked of them (DOMAIN 4.1, 5.1)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final, Literal

from hazardctl.day import MONTHS, in_words
from hazardctl.language import Text

Range = tuple[dt.date, dt.date]
Part = Literal["month", "quarter", "half", "year"]
DAY: Final = dt.timedelta(days=1)
MONTHS_IN: Final[dict[Part, int]] = {"month": 1, "quarter": 3, "half": 6, "year": 12}
QUARTERS: Final = "一二三四"


@dataclass(frozen=True, slots=True)
class Period:
    """Days under a name.

    Attributes:
        name: the word that means these days whatever today is, e.g. `2026H1`; read again it gives an equal period.
        start: first day.
        end: last day.
        label: the name as a heading says it: 2026年上半年, H1 2026.
        filter: the scope that comes with the word, (key, value): a campaign brings its own records only; else None.
        ranges: the days, as ascending ranges apart from each other; more than one for a key period of several ranges.
        undefined: ids of key periods that were asked for and have no days in the year.
    """

    name: str
    start: dt.date
    end: dt.date
    label: Text
    filter: tuple[str, str] | None = None
    ranges: tuple[Range, ...] = ()
    undefined: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Let a period of one piece be written without its ranges."""
        if not self.ranges:
            object.__setattr__(self, "ranges", ((self.start, self.end),))

    @property
    def plain(self) -> bool:
        """Say whether it is a stretch of the calendar, which has a period before and a year before."""
        return ":" not in self.name and len(self.ranges) == 1

    def contains(self, on: dt.date) -> bool:
        """Say whether a day belongs to the period."""
        return any(start <= on <= end for start, end in self.ranges)

    def begun(self, as_of: dt.date) -> bool:
        """Say whether the period has begun; one that has not prints its name, found 0 and rates "/"."""
        return self.start <= as_of

    def cut(self, as_of: dt.date) -> dt.date:
        """Give c = min(e, T), the last day of the period that a cohort as of T may hold."""
        return min(self.end, as_of)

    def until(self, as_of: dt.date) -> tuple[Range, ...]:
        """Give the ranges as far as the as-of day; empty when the period has not begun."""
        return clipped(self.ranges, self.start, as_of)

    def default_as_of(self, today: dt.date) -> dt.date:
        """Give the as-of day of a question that names none: the last day of the period if that is past, else today."""
        return min(self.end, today)


def clipped(ranges: tuple[Range, ...], first: dt.date, last: dt.date) -> tuple[Range, ...]:
    """Give the parts of the ranges that lie between two days, both included."""
    return tuple((max(start, first), min(end, last)) for start, end in ranges if start <= last and end >= first)


def joined(ranges: list[Range]) -> tuple[Range, ...]:
    """Give the union: ascending, a day once, neighbours joined."""
    union: list[Range] = []
    for start, end in sorted(ranges):
        if union and start <= union[-1][1] + DAY:
            union[-1] = (union[-1][0], max(union[-1][1], end))
        else:
            union.append((start, end))
    return tuple(union)


def between(start: dt.date, end: dt.date) -> Period:
    """Give the period of these days under its shortest name: a month that was written as two days is a month."""
    months = whole_months(start, end)
    if start == end:
        return Period(start.isoformat(), start, end, in_words(start))
    if months:
        return _months(start, end, months)
    if is_week(start, end):
        year, week, _ = start.isocalendar()
        return Period(f"{year}-W{week:02}", start, end, Text(f"{year}年第{week}周", f"week {week} of {year}"))
    if start.year == end.year:
        label = Text(f"{in_words(start).zh}至{end.month}月{end.day}日", f"{_without_year(start)} to {in_words(end).en}")
    else:
        label = Text(f"{in_words(start).zh}至{in_words(end).zh}", f"{in_words(start).en} to {in_words(end).en}")
    return Period(f"{start}..{end}", start, end, label)


def _months(start: dt.date, end: dt.date, months: int) -> Period:
    year, first = start.year, start.month
    month, last = MONTHS[first - 1], MONTHS[end.month - 1]
    if months == 12 and first == 1:
        name, zh, en = f"{year}", f"{year}年", f"{year}"
    elif months == 6 and first in {1, 7}:
        half = 1 if first == 1 else 2
        name, zh, en = f"{year}H{half}", f"{year}年{'上下'[half - 1]}半年", f"H{half} {year}"
    elif months == 3 and first % 3 == 1:
        quarter = first // 3 + 1
        name, zh, en = f"{year}Q{quarter}", f"{year}年{QUARTERS[quarter - 1]}季度", f"Q{quarter} {year}"
    elif months == 1:
        name, zh, en = f"{start:%Y-%m}", f"{year}年{first}月", f"{month} {year}"
    elif year == end.year:
        name, zh, en = f"{start:%Y-%m}..{end:%Y-%m}", f"{year}年{first}-{end.month}月", f"{month} to {last} {year}"
    else:
        name = f"{start:%Y-%m}..{end:%Y-%m}"
        zh, en = f"{year}年{first}月至{end.year}年{end.month}月", f"{month} {year} to {last} {end.year}"
    return Period(name, start, end, Text(zh, en))


def _without_year(on: dt.date) -> str:
    return f"{on.day} {MONTHS[on.month - 1]}"


def whole_months(start: dt.date, end: dt.date) -> int:
    """Give how many whole months the days are; 0 when they are not whole months."""
    if start.day != 1 or (end + DAY).day != 1:
        return 0
    return (end.year - start.year) * 12 + end.month - start.month + 1


def is_week(start: dt.date, end: dt.date) -> bool:
    """Say whether the days are one week from Monday to Sunday (ISO 8601)."""
    return start.weekday() == 0 and (end - start).days == 6


def moved(on: dt.date, months: int) -> dt.date:
    """Give the day so many months later (earlier when negative); the last day of a month where there is no such day."""
    index = on.year * 12 + on.month - 1 + months
    year, month = index // 12, index % 12 + 1
    return dt.date(year, month, min(on.day, last_of_month(year, month).day))


def last_of_month(year: int, month: int) -> dt.date:
    """Give the last day of a month."""
    return (dt.date(year, month, 28) + 4 * DAY).replace(day=1) - DAY


def parts(period: Period, every: Part) -> tuple[Period, ...]:
    """Give the months, quarters, halves or years of the calendar that the period touches, each cut to its days.

    Every day of the period is in exactly one part; a part without a day of the period is left out.
    """
    step = MONTHS_IN[every]
    first = period.start.replace(month=(period.start.month - 1) // step * step + 1, day=1)
    found: list[Period] = []
    while first <= period.end:
        last = moved(first, step) - DAY
        ranges = clipped(period.ranges, first, last)
        if len(ranges) == 1:
            found.append(between(*ranges[0]))
        elif ranges:
            whole = between(first, last)
            found.append(Period(whole.name, ranges[0][0], ranges[-1][1], whole.label, ranges=ranges))
        first = last + DAY
    return tuple(found)


def months(period: Period) -> tuple[Period, ...]:
    """Give the months of a period, each cut to its days."""
    return parts(period, "month")


def previous(period: Period) -> Period | None:
    """Give the period before of the same length (环比): as many months where it is whole months, else as many days.

    None for campaigns and key periods: there is no such thing as the one before.
    """
    if not period.plain:
        return None
    count = whole_months(period.start, period.end)
    start = moved(period.start, -count) if count else period.start - (period.end - period.start) - DAY
    return between(start, period.start - DAY)


def same_last_year(period: Period) -> Period | None:
    """Give the same period a year before (同比): the same week for a week; None for campaigns, key periods and a week 53 without one."""
    if not period.plain:
        return None
    if is_week(period.start, period.end):
        year, week, _ = period.start.isocalendar()
        start = week_start(year - 1, week)
        return None if start is None else between(start, start + 6 * DAY)
    if whole_months(period.start, period.end):
        return between(moved(period.start, -12), moved(period.end + DAY, -12) - DAY)
    return between(moved(period.start, -12), moved(period.end, -12))


def week_start(year: int, week: int) -> dt.date | None:
    """Give the Monday of an ISO week; None when the year has no such week (only some years have a week 53)."""
    try:
        return dt.date.fromisocalendar(year, week, 1)
    except ValueError:
        return None


def cumulative(period: Period) -> Period:
    """Give the year so far: from 1 January to the last day of the period (`--cumulative`)."""
    return between(period.end.replace(month=1, day=1), period.end)
