"""Key periods (重点时段) and campaigns, as far as their days go (DOMAIN 2.1 configuration, 5.1)."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NoReturn, Protocol

from hazardctl.day import written
from hazardctl.errors import UsageError
from hazardctl.language import Text
from hazardctl.period.span import DAY, Range, clipped, joined, last_of_month

ALL: Final = "all"
_EVERY: Final = re.compile(r"(\d\d)-(\d\d)\.\.(\d\d)-(\d\d)", re.ASCII)
_MONTH_DAY: Final = re.compile(r"(\d\d)-(\d\d)", re.ASCII)


class Campaign(Protocol):
    """What a period needs of a campaign; the records of the ledger have it."""

    @property
    def id(self) -> str:
        """Give the id of the record."""
        ...

    @property
    def name(self) -> str:
        """Give the name as people wrote it."""
        ...

    @property
    def alias(self) -> str | None:
        """Give the short name for the command line, if there is one."""
        ...

    @property
    def start(self) -> dt.date:
        """Give the first day."""
        ...

    @property
    def end(self) -> dt.date | None:
        """Give the last day; None while it runs."""
        ...


@dataclass(frozen=True, slots=True)
class KeyPeriod:
    """A key period of the configuration.

    Attributes:
        id: its key, as in `key:spring-festival`.
        label: its name.
        ranges: days written out, both ends inclusive; a range belongs to the year it begins in.
        every: (month, day, month, day) of a range that returns each year; it may cross the new year.
    """

    id: str
    label: Text
    ranges: tuple[Range, ...] = ()
    every: tuple[int, int, int, int] | None = None

    def in_year(self, year: int) -> tuple[Range, ...]:
        """Give its days that begin in a year; empty means *undefined*, never "no days" (DOMAIN 5.1)."""
        ranges = [found for found in self.ranges if found[0].year == year]
        if self.every is not None:
            month, day, end_month, end_day = self.every
            later = (end_month, end_day) < (month, day)
            ranges.append((_clamped(year, month, day), _clamped(year + later, end_month, end_day)))
        return joined(ranges)

    def contains(self, on: dt.date) -> bool:
        """Say whether a day lies in it: a record is in a key period by its date."""
        return bool(within((self,), on, on))


def key_period(id_: str, label: Text, ranges: Sequence[str] = (), every: str = "") -> KeyPeriod:
    """Read a key period as the configuration writes it: `ranges: [2024-02-03..2024-02-18]`, `every: 06-01..09-15`.

    Raises:
        UsageError: a range that is none, or that ends before it begins.
    """
    return KeyPeriod(id_, label, joined([_range(text) for text in ranges]), _every(every) if every else None)


def within(keys: Sequence[KeyPeriod], first: dt.date, last: dt.date) -> tuple[Range, ...]:
    """Give the days of key periods between two days, whatever year they begin in, each day once."""
    years = range(first.year - 1, last.year + 1)
    return clipped(joined([found for key in keys for year in years for found in key.in_year(year)]), first, last)


def month_day(text: str) -> tuple[int, int]:
    """Read `MM-DD`, a day of every year; 02-29 is one.

    Raises:
        UsageError: no such day.
    """
    found = _MONTH_DAY.fullmatch(text)
    return _checked(int(found[1]), int(found[2]), text) if found else _refuse(text)


def fiscal_year(year: int, start: str) -> Range:
    """Give the days of a fiscal year from `MM-DD` of that year to the day before it comes round."""
    month, day = month_day(start)
    return _clamped(year, month, day), _clamped(year + 1, month, day) - DAY


def _range(text: str) -> Range:
    first, _, last = text.partition("..")
    start, end = written(first), written(last)
    if start is None or end is None or end < start:
        _refuse(text)
    return start, end


def _every(text: str) -> tuple[int, int, int, int]:
    if found := _EVERY.fullmatch(text):
        month, day, end_month, end_day = map(int, found.groups())
        return (*_checked(month, day, text), *_checked(end_month, end_day, text))
    return _refuse(text)


def _checked(month: int, day: int, text: str) -> tuple[int, int]:
    try:
        dt.date(2024, month, day)  # a leap year: 02-29 comes round
    except ValueError:
        _refuse(text)
    return month, day


def _refuse(text: str) -> NoReturn:
    raise UsageError(
        Text("“{text}”不是日期范围", '"{text}" is not a range of days').of(text=text),
        Text("写作 2024-02-03..2024-02-18，每年重复的写作 06-01..09-15", "write 2024-02-03..2024-02-18, or 06-01..09-15 for every year"),
    )


def _clamped(year: int, month: int, day: int) -> dt.date:
    return dt.date(year, month, min(day, last_of_month(year, month).day))
