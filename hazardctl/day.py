"""How people write a day, and how we say one: a closed list of forms, nothing guessed (EXPERIENCE 2.1, 4.7).

A two-digit year and a day before its month are refused with the right spelling as a hint: 5/3 is the third of May in one
office and the fifth of March in the next, and a wrong deadline is worse than a question.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Callable
from typing import Final, NamedTuple

from hazardctl.errors import UsageError
from hazardctl.language import Text

WorkingDays = Callable[[dt.date, int], dt.date]

FORMS: Final = Text(
    "可以写 2026-03-05、2026/3/5、2026.3.5、20260305、2026年3月5日、today、今天、昨天、明天、15d（自然日）、15wd（工作日）",
    "write 2026-03-05, 2026/3/5, 2026.3.5, 20260305, 2026年3月5日, today, 今天, 昨天, 明天, 15d (calendar days) or 15wd (working days)",
)
NAMED: Final = {"today": 0, "今天": 0, "昨天": -1, "明天": 1}
WEEKDAYS: Final = (
    Text("周一", "Mon"),
    Text("周二", "Tue"),
    Text("周三", "Wed"),
    Text("周四", "Thu"),
    Text("周五", "Fri"),
    Text("周六", "Sat"),
    Text("周日", "Sun"),
)
MONTHS: Final = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

# Years 1000 to 2999: a typed year with a slipped digit is then a mistake and not a day of the Middle Ages.
_WRITTEN: Final = re.compile(
    r"([12]\d{3})(?:-(\d\d)-(\d\d)|/(\d\d?)/(\d\d?)|\.(\d\d?)\.(\d\d?)|(\d\d)(\d\d)|年(\d\d?)月(\d\d?)日)", re.ASCII
)
_WITHOUT_YEAR: Final = re.compile(r"(\d\d?)月(\d\d?)日", re.ASCII)
_LENGTH: Final = re.compile(r"\+?(\d{1,4})(wd|d)", re.ASCII)
_YEAR_LAST: Final = re.compile(r"\d\d?([-/.])\d\d?\1\d{4}", re.ASCII)
_SHORT_YEAR: Final = re.compile(r"\d\d(?:([-/.])\d\d?\1\d\d?|\d{4}|年\d\d?月\d\d?日)", re.ASCII)
_NO_YEAR: Final = re.compile(r"\d\d?(?:[-/.]\d\d?|月\d\d?日)", re.ASCII)
_UNPADDED: Final = re.compile(r"([12]\d{3})-(\d\d?)-(\d\d?)", re.ASCII)


class Length(NamedTuple):
    """A number of days: `15d` or `15wd`."""

    days: int
    working: bool


def folded(text: str) -> str:
    """Give the text as it is compared: full-width digits and marks folded (NFKC), trimmed."""
    return unicodedata.normalize("NFKC", text).strip()


def length(text: str) -> Length | None:
    """Read `15d`, `+15d` (calendar days) or `15wd` (working days); None when it is something else."""
    found = _LENGTH.fullmatch(folded(text))
    return Length(int(found[1]), found[2] == "wd") if found else None


def written(text: str, *, year: int | None = None) -> dt.date | None:
    """Read a day that is written out; None when the text is something else.

    Args:
        text: one of the written forms; `3月5日` is one only where a year is stated.
        year: the stated year, if there is one.

    Raises:
        UsageError: the form is right, but the calendar has no such day.
    """
    text = folded(text)
    if found := _WRITTEN.fullmatch(text):
        numbers = [int(part) for part in found.groups() if part]
    elif year is not None and (found := _WITHOUT_YEAR.fullmatch(text)):
        numbers = [year, int(found[1]), int(found[2])]
    else:
        return None
    try:
        return dt.date(*numbers)
    except ValueError:
        raise UsageError(Text("没有 {text} 这一天", "there is no such day as {text}").of(text=text)) from None


def named(text: str, *, today: dt.date) -> dt.date | None:
    """Read `today`, `今天`, `昨天` or `明天`; None when it is something else."""
    shift = NAMED.get(folded(text))
    return None if shift is None else today + dt.timedelta(days=shift)


def day(
    text: str,
    *,
    today: dt.date,
    base: dt.date | None = None,
    year: int | None = None,
    working: WorkingDays | None = None,
) -> dt.date:
    """Read a day as people type it on the command line.

    Args:
        text: one form of the closed list (`FORMS`).
        today: the day `today` and its like are counted from.
        base: the day `15d` is counted from, itself not counted; `today` if not given.
        year: the year of a `3月5日`; where none is stated that form is refused.
        working: adds working days to a day (`hazardctl.calendar`); without it `15wd` is refused.

    Raises:
        UsageError: anything else, with the repair as a hint.

    Examples:
        >>> day("2026年3月5日", today=dt.date(2026, 7, 1)), day("+15d", today=dt.date(2026, 7, 1))
        (datetime.date(2026, 3, 5), datetime.date(2026, 7, 16))
    """
    if (found := written(text, year=year) or named(text, today=today)) is not None:
        return found
    if (stretch := length(text)) is None:
        raise not_a_day(text)
    start = today if base is None else base
    try:
        if not stretch.working:
            return start + dt.timedelta(days=stretch.days)
        if working is not None:
            return working(start, stretch.days)
    except OverflowError:
        raise not_a_day(text) from None
    raise UsageError(Text("这里不能用工作日：{text}", "working days cannot be used here: {text}").of(text=folded(text)), FORMS)


def not_a_day(text: str) -> UsageError:
    """Give the error for a text that is no day, with a hint at what was probably meant."""
    it = folded(text)
    hints = [FORMS]
    if found := _UNPADDED.fullmatch(it):
        year, month, of_month = found.groups()
        hints = [Text("月、日写两位：{day}", "write month and day with two digits: {day}").of(day=f"{year}-{month:0>2}-{of_month:0>2}")]
    elif _YEAR_LAST.fullmatch(it):
        hints = [Text("年在前，依次写年、月、日", "the year comes first, then month, then day"), FORMS]
    elif _SHORT_YEAR.fullmatch(it):
        hints = [Text("年份要写四位", "write the year with four digits"), FORMS]
    elif _NO_YEAR.fullmatch(it):
        hints = [Text("要写出年份", "the year is missing"), FORMS]
    return UsageError(Text("“{text}”不是日期", '"{text}" is not a date').of(text=text), *hints)


def weekday(on: dt.date) -> Text:
    """Give the short name of the weekday: 周三, Wed."""
    return WEEKDAYS[on.weekday()]


def in_words(on: dt.date) -> Text:
    """Give a day as headings and letters write it: 2026年6月30日, 30 June 2026."""
    return Text(f"{on.year}年{on.month}月{on.day}日", f"{on.day} {MONTHS[on.month - 1]} {on.year}")
