"""Days as cells of real tables write them: a closed list, and a question for everything else (DOMAIN §9.2).

Always read, because the year comes first: `2025-07-17 2025-7-17 2025/7/17 2025.7.17 20250717 2025年7月17日 二〇二五年七月十七日`, each
also with a time of day behind it, which is cut. `03/05/2025` is the fifth of March here and the third of May there: such a form is read
only where the mapping file names it.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final, NamedTuple

from hazardctl import day as days
from hazardctl.errors import UsageError
from hazardctl.exchange.claims.numerals import spelled
from hazardctl.language import Text
from hazardctl.model.days import FIRST_YEAR, LAST_YEAR

_LOOSE: Final = re.compile(r"([12]\d{3})[-/.](\d{1,2})[-/.](\d{1,2})[日号]?|([12]\d{3})年(\d{1,2})月(\d{1,2})[日号]?", re.ASCII)
_CLOCK: Final = re.compile(r"[T ]?\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?", re.ASCII)
_OFFSET: Final = re.compile(r":\d{2}(\.\d+)?\s*(Z|[+-]\d{2}:?\d{2})$", re.ASCII)
_NO_YEAR: Final = re.compile(r"(\d{1,2})月(\d{1,2})[日号]?|(\d{1,2})[-/.](\d{1,2})", re.ASCII)
_SERIAL: Final = re.compile(r"[2-6]\d{4}(\.\d+)?", re.ASCII)
_EITHER_WAY: Final = re.compile(r"\d{1,2}([-/.])\d{1,2}\1(\d{2}|\d{4})", re.ASCII)
_SPELLED: Final = re.compile(
    r"(?:([〇○零一二三四五六七八九]{4})年)?([元一二三四五六七八九十]{1,2})月([一二三四五六七八九十廿卅]{1,3})[日号]"
)
_BLANKS: Final = re.compile(r"(?<=\d)\.$|\s*([年月./-])\s*|\s+(?=[日号])")
"""Blanks inside a day, as people type them in cells: 2025 年 7 月 17 日; and a full stop behind it."""
_FIRST_MONTH: Final = re.compile(r"(?:(?<=年)|^)元月(?=\d)")
_WEEKDAY: Final = re.compile(r"[(\s]*(?:星期|周|礼拜)([一二三四五六日天])\)?$")
"""The day of the week behind a day; one that is not that day's is asked about."""
_HALF: Final = re.compile(r"(?<=[日号\d])\s?[上下]午(?:\d{1,2}[时点:](?:\d{1,2}分?)?)?$")
_BY: Final = re.compile(r"(?<=[日号])(?:以前|之前|前)$")
"""A deadline 3月15日前 ends with that day, which 前 includes (Civil Code, article 1259)."""
_NOUGHTS: Final = str.maketrans("零○", "〇〇")
_DASHES: Final = str.maketrans("—–−", "---")
_EPOCH_1900: Final = dt.date(1899, 12, 30)
_EPOCH_1904: Final = dt.date(1904, 1, 1)
FAR: Final = Text("年份应在 {first} 至 {last} 之间：{day}", "the year is not in {first} to {last}: {day}")
SAME_DAY: Final = frozenset(
    {"立即", "立即整改", "当场", "当场整改", "当日", "当天", "立行立改", "马上", "immediately", "immediate", "at once"}
)


def _parts(pattern: str, order: Sequence[int]) -> Callable[[str], dt.date | None]:
    compiled = re.compile(pattern, re.ASCII)

    def read(text: str) -> dt.date | None:
        found = compiled.fullmatch(text)
        return dt.date(*(int(found[position]) for position in order)) if found else None

    return read


def _serial(epoch: dt.date) -> Callable[[str], dt.date | None]:
    return lambda text: epoch + dt.timedelta(days=int(float(text))) if _SERIAL.fullmatch(text) else None


FORMS: Final[Mapping[str, Callable[[str], dt.date | None]]] = {
    "MM/DD/YYYY": _parts(r"(\d{1,2})/(\d{1,2})/(\d{4})", (3, 1, 2)),
    "DD/MM/YYYY": _parts(r"(\d{1,2})/(\d{1,2})/(\d{4})", (3, 2, 1)),
    "MM-DD-YYYY": _parts(r"(\d{1,2})-(\d{1,2})-(\d{4})", (3, 1, 2)),
    "DD-MM-YYYY": _parts(r"(\d{1,2})-(\d{1,2})-(\d{4})", (3, 2, 1)),
    "DD.MM.YYYY": _parts(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", (3, 2, 1)),
    "excel-1900": _serial(_EPOCH_1900),
    "excel-1904": _serial(_EPOCH_1904),
}
"""Forms that are read only where the mapping file names them, under `dates:`."""


class Doubt(NamedTuple):
    """Why a cell gives no day, and what would settle it.

    Attributes:
        reason: why.
        remedy: what would settle it.
        final: only the cell itself can be put right.
        word: the table of values in the mapping file can say what it means.
    """

    reason: Text
    remedy: Text | None = None
    final: bool = False
    word: bool = False


class Manner(NamedTuple):
    """How the days of a file are read.

    Attributes:
        forms: named by the mapping, beside those that are always read.
        year: of days that state none; None to ask.
        same_day: 立即 as a deadline is the day found.
        zone: of the ledger; an instant with an offset is the day it was there.
    """

    forms: tuple[str, ...] = ()
    year: int | None = None
    same_day: bool = False
    zone: dt.tzinfo | None = None


def cell_day(text: str, manner: Manner, *, found: dt.date | None = None, working: days.WorkingDays | None = None) -> dt.date | Doubt:
    """Read the day of a cell, or say why it cannot be read.

    Args:
        text: the cell, not empty.
        manner: what the mapping and the options say.
        found: the day the hazard was found, for deadlines (`立即`, and `15d` in a table of values); None elsewhere.
        working: adds working days, for `15wd`.
    """
    it = _HALF.sub("", _BLANKS.sub(r"\1", days.folded(text).translate(_DASHES)))
    it, weekday = _without_weekday(it if found is None else _BY.sub("", it))
    it = _in_figures(_FIRST_MONTH.sub("1月", it))
    try:
        read = _instant(it, manner.zone)
        it = _without_clock(it)
        read = read or _read(it, manner)
        if read is None and found is not None:
            read = _counted(it, manner, found, working)
    except (ValueError, OverflowError, UsageError):
        return Doubt(Text("日历上没有这一天", "no such day of the calendar"), final=True)
    if read is None:
        return doubt(it, deadline=found is not None)
    if weekday and days.weekday(read) != weekday:
        return Doubt(Text("{day} 是{week}", "{day} is a {week}").of(day=read, week=days.weekday(read)), final=True)
    return read if FIRST_YEAR <= read.year <= LAST_YEAR else Doubt(FAR.of(day=read, first=FIRST_YEAR, last=LAST_YEAR), final=True)


def _without_weekday(it: str) -> tuple[str, Text | None]:
    """Take the day of the week from behind a day.

    Examples:
        >>> head, weekday = _without_weekday("2025年7月17日(星期四)")
        >>> head, weekday.say("en")
        ('2025年7月17日', 'Thu')
    """
    found = _WEEKDAY.search(it)
    return (it[: found.start()], days.WEEKDAYS[min("一二三四五六日天".index(found[1]), 6)]) if found else (it, None)


def _in_figures(it: str) -> str:
    """Give a day in characters as one in figures, anything else as it is.

    Examples:
        >>> _in_figures("二〇二五年十一月廿三日"), _in_figures("三月二十日"), _in_figures("二五年")
        ('2025年11月23日', '3月20日', '二五年')
    """
    said = _SPELLED.fullmatch(it)
    month, of_month = (spelled(said[part].replace("元", "一")) for part in (2, 3)) if said else (None, None)
    if said is None or month is None or of_month is None:
        return it
    year = "".join(str("〇一二三四五六七八九".index(one)) for one in said[1].translate(_NOUGHTS)) if said[1] else ""
    return f"{year}年{month}月{of_month}日" if year else f"{month}月{of_month}日"


def _instant(it: str, zone: dt.tzinfo | None) -> dt.date | None:
    """Give the day of an instant with its offset in the ledger's zone (E23), None for anything else."""
    if zone is None or not _OFFSET.search(it):
        return None
    try:
        moment = dt.datetime.fromisoformat(it)
    except ValueError:
        return None
    return moment.astimezone(zone).date() if moment.tzinfo else None


def _without_clock(text: str) -> str:
    """Cut a time of day behind a day: the ledger keeps days."""
    head, blank, tail = text.replace("T", " ", 1).partition(" ")
    if blank and _CLOCK.fullmatch(tail.strip()):
        return head
    return text


def _read(it: str, manner: Manner) -> dt.date | None:
    if found := _LOOSE.fullmatch(it):
        return dt.date(*(int(part) for part in found.groups() if part))
    for form in manner.forms:
        if (read := FORMS[form](it)) is not None:
            return read
    if manner.year and (found := _NO_YEAR.fullmatch(it)):
        month, of_month = [int(part) for part in found.groups() if part]
        return dt.date(manner.year, month, of_month)
    return days.written(it)


def _counted(it: str, manner: Manner, found: dt.date, working: days.WorkingDays | None) -> dt.date | None:
    """Give a deadline that is counted from the day found."""
    if it == "found" or (manner.same_day and it.casefold() in SAME_DAY):
        return found
    if days.length(it) is None:
        return None
    return days.day(it, today=found, working=working)


def doubt(it: str, *, deadline: bool = False) -> Doubt:
    """Say why a text is no day that may be taken as it stands."""
    if _NO_YEAR.fullmatch(it):
        return Doubt(Text("缺年份", "the year is missing"), Text("加 --assume-year 年份", "add --assume-year YEAR"))
    if _SERIAL.fullmatch(it):
        seen = _EPOCH_1900 + dt.timedelta(days=int(float(it)))
        return Doubt(
            Text("是数字格式，按 Excel 算是 {day}", "a bare number; as a spreadsheet counts it is {day}").of(day=seen),
            Text("映射文件 dates: [excel-1900]", "dates: [excel-1900] in the mapping file"),
        )
    if _EITHER_WAY.fullmatch(it):
        return Doubt(
            Text("日、月、年的次序不明", "day, month and year may stand in more than one order"),
            Text("映射文件 dates: [MM/DD/YYYY] 或 [DD/MM/YYYY]", "dates: [MM/DD/YYYY] or [DD/MM/YYYY] in the mapping file"),
        )
    if it.casefold() in SAME_DAY and deadline:
        return Doubt(Text("期限 = 发现日？", "deadline = the day found?"), Text("加 --immediate same-day", "add --immediate same-day"))
    return Doubt(
        Text("不是日期", "not a date"),
        Text(
            "在映射文件 values: 里写明它的含义，或改正这一格", "say under values: of the mapping file what it means, or put the cell right"
        ),
        word=True,
    )
