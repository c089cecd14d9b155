"""The words that mean a period: a closed list (DOMAIN 5.1), read against a reference day that comes from outside."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final

from hazardctl.day import folded, in_words, named, written
from hazardctl.errors import UsageError
from hazardctl.language import Text
from hazardctl.period.keys import Campaign, KeyPeriod, fiscal_year
from hazardctl.period.scopes import Reading, campaign, key_days
from hazardctl.period.span import DAY, QUARTERS, Period, Range, between, last_of_month, moved, week_start

OpenRange = tuple[dt.date | None, dt.date | None]

WORDS: Final = Text(
    "可以写：2024、2024H1、2024上半年、H1、2024Q3、三季度、2024-03、2024M3、5月、M5、1-9月、2024-W12、W12、FY2024、2024-03-12、"
    "2024Q1..2024-05、..2024-06-30、2024-03-01..、本周、上周、本月、上月、本季度、上季度、今年、去年、截至今日、"
    "campaign:编号或简称、key:重点时段、key:2024-重点时段、key:all",
    "write one of 2024, 2024H1, H1, 2024Q3, Q3, 2024-03, 2024M3, M5, 1-9月, 2024-W12, W12, FY2024, 2024-03-12, 2024Q1..2024-05, "
    "..2024-06-30, 2024-03-01.., this-week, last-week, this-month, last-month, this-quarter, last-quarter, this-year, last-year, ytd, "
    "campaign:ID or alias, key:ID, key:2024-ID, key:all",
)
_YEAR: Final = r"(?P<year>[12]\d{3})"
_MONTH: Final = r"(?:0?[1-9]|1[0-2])"
_PATTERNS: Final = tuple(
    re.compile(pattern, re.ASCII)
    for pattern in (
        rf"{_YEAR}年?",
        rf"{_YEAR}?H(?P<half>[12])",
        rf"(?:{_YEAR}年?)?(?P<half>[上下])半年",
        rf"{_YEAR}?Q(?P<quarter>[1-4])",
        rf"(?:{_YEAR}年?)?(?P<quarter>[一二三四])季度",
        rf"{_YEAR}?M(?P<month>{_MONTH})",
        rf"{_YEAR}-(?P<month>0[1-9]|1[0-2])",
        rf"(?:{_YEAR}年)?(?P<month>{_MONTH})(?:-(?P<last>{_MONTH}))?月",
        rf"(?:{_YEAR}-)?W(?P<week>\d\d?)",
        rf"FY{_YEAR}(?P<fiscal>)",
    )
)
_STATED_YEAR: Final = re.compile(r"[12]\d{3}", re.ASCII)


def _whole(first: dt.date, months: int) -> Range:
    return first, moved(first, months) - DAY


def _month(on: dt.date, shift: int) -> Range:
    return _whole(moved(on.replace(day=1), shift), 1)


def _quarter(on: dt.date, shift: int) -> Range:
    return _whole(moved(on.replace(month=(on.month - 1) // 3 * 3 + 1, day=1), 3 * shift), 3)


def _week(on: dt.date, shift: int) -> Range:
    monday = on + (7 * shift - on.weekday()) * DAY
    return monday, monday + 6 * DAY


def _year(on: dt.date, shift: int) -> Range:
    return _whole(dt.date(on.year + shift, 1, 1), 12)


def _so_far(on: dt.date, _: int) -> Range:
    return on.replace(month=1, day=1), on


RELATIVE: Final[Mapping[str, tuple[Callable[[dt.date, int], Range], int]]] = {
    **dict.fromkeys(("本周", "this-week"), (_week, 0)),
    **dict.fromkeys(("上周", "last-week"), (_week, -1)),
    **dict.fromkeys(("本月", "this-month"), (_month, 0)),
    **dict.fromkeys(("上月", "last-month"), (_month, -1)),
    **dict.fromkeys(("本季度", "this-quarter"), (_quarter, 0)),
    **dict.fromkeys(("上季度", "last-quarter"), (_quarter, -1)),
    **dict.fromkeys(("今年", "this-year"), (_year, 0)),
    **dict.fromkeys(("去年", "last-year"), (_year, -1)),
    **dict.fromkeys(("截至今日", "ytd"), (_so_far, 0)),
}


def parse(
    text: str,
    *,
    reference: dt.date,
    fiscal_year_start: str = "01-01",
    campaigns: Collection[Campaign] = (),
    key_periods: Sequence[KeyPeriod] = (),
    first_day: dt.date | None = None,
    as_of: dt.date | None = None,
) -> Period:
    """Read a period word; both ends are inclusive, bare words are of the year of the reference day.

    Raises:
        UsageError: any other spelling, an unknown campaign or key period, a range that ends before it begins.

    Examples:
        >>> june = parse("上月", reference=dt.date(2026, 7, 1))
        >>> june.name, june.label.zh, june.end
        ('2026-06', '2026年6月', datetime.date(2026, 6, 30))
    """
    return read(text, Reading(reference, fiscal_year_start, campaigns, key_periods, first_day, as_of))


def read(text: str, around: Reading) -> Period:
    """Read a period word as `parse` does, with what it is read against in one value."""
    word = folded(text)
    kind, colon, name = word.partition(":")
    if colon and kind == "campaign":
        return campaign(name, around)
    if colon and kind == "key":
        return key_days(name, around)
    if ".." in word:
        return _range(word, around)
    if (days := _days(word, around)) is None:
        raise _not_a_period(text, around)
    if word.startswith("FY") and days[0] != days[0].replace(month=1, day=1):
        return Period(word, *days, Text(f"{word[2:]}财年", f"fiscal year {word[2:]}"))
    return between(*days)


def open_ranges(text: str, around: Reading) -> tuple[OpenRange, ...]:
    """Read the value of a date filter: a period word, where `..2026-06-30` and `2026-03-01..` have no other end.

    Raises:
        UsageError: as `parse`.
    """
    word = folded(text)
    first, dots, last = word.partition("..")
    if dots and not (first and last) and word != "..":
        days = _edge(first or last, around, None)
        return ((days[0], None),) if first else ((None, days[1]),)
    return read(text, around).ranges


def _days(word: str, around: Reading, year: int | None = None) -> Range | None:
    if (on := written(word, year=year) or named(word, today=around.reference)) is not None:
        return on, on
    if word in RELATIVE:
        stretch, shift = RELATIVE[word]
        return stretch(around.reference, shift)
    for pattern in _PATTERNS:
        if found := pattern.fullmatch(word):
            return _calendar(word, found.groupdict(), around)
    return None


def _calendar(word: str, found: Mapping[str, str | None], around: Reading) -> Range:
    year = int(found["year"] or around.reference.year)
    match {key: value for key, value in found.items() if key != "year" and value is not None}:
        case {"half": half}:
            return _whole(dt.date(year, 1 if half in "1上" else 7, 1), 6)
        case {"quarter": quarter}:
            index = QUARTERS.find(quarter) if quarter in QUARTERS else int(quarter) - 1
            return _whole(dt.date(year, 3 * index + 1, 1), 3)
        case {"month": month, "last": last} if int(last) < int(month):
            raise _reversed(word)
        case {"month": month, **rest}:
            return dt.date(year, int(month), 1), last_of_month(year, int(rest.get("last", month)))
        case {"week": week}:
            return _iso_week(year, int(week))
        case {"fiscal": _}:
            return fiscal_year(year, around.fiscal_year_start)
        case _:
            return _whole(dt.date(year, 1, 1), 12)


def _iso_week(year: int, week: int) -> Range:
    if (monday := week_start(year, week)) is not None:
        return monday, monday + 6 * DAY
    weeks = dt.date(year, 12, 28).isocalendar().week
    raise UsageError(
        Text("{year}年没有第{week}周", "{year} has no week {week}").of(year=year, week=week),
        Text("{year}年有{weeks}周", "{year} has {weeks} weeks").of(year=year, weeks=weeks),
    )


def _range(word: str, around: Reading) -> Period:
    first, _, last = word.partition("..")
    if not first and not last:
        raise _not_a_period(word, around)
    if not first:
        return _up_to(_edge(last, around, None)[1], around)
    start, stated = _edge(first, around, None)[0], _STATED_YEAR.match(first)
    if not last:
        return _since(start, around)
    end = _edge(last, around, int(stated[0]) if stated else None)[1]
    if end < start:
        raise _reversed(word)
    return between(start, end)


def _since(start: dt.date, around: Reading) -> Period:
    days = in_words(start)
    return Period(f"{start}..", start, max(start, around.last), Text(f"{days.zh}以来", f"since {days.en}"))


def _up_to(end: dt.date, around: Reading) -> Period:
    days = in_words(end)
    start = end if around.first_day is None else min(end, around.first_day)
    return Period(f"..{end}", start, end, Text(f"截至{days.zh}", f"up to {days.en}"))


def _edge(word: str, around: Reading, year: int | None) -> Range:
    if (days := _days(word, around, year)) is None:
        raise _not_a_period(word, around)
    return days


def _reversed(word: str) -> UsageError:
    return UsageError(
        Text("“{word}”的终点早于起点", '"{word}" ends before it begins').of(word=word),
        Text("先写起点，再写终点", "write the first day first"),
    )


def _not_a_period(text: str, around: Reading) -> UsageError:
    upper = folded(text).upper()
    meant = [word for word in (upper, upper.replace("-", ""), upper.replace(" ", "")) if _readable(word, around)]
    hints = [Text("是不是想写 {word}？", "did you mean {word}?").of(word=meant[0])] if meant else []
    return UsageError(Text("“{text}”不是统计期", '"{text}" is not a period').of(text=text), *hints, WORDS)


def _readable(word: str, around: Reading) -> bool:
    try:
        return _days(word, around) is not None
    except UsageError:
        return False
