"""Working days of a ledger: Monday to Friday less holidays, plus make-up days (调休上班), as the yearly notice says (DOMAIN 5.2).

The days of the notices come from the extra `cn` (chinesecalendar) and are read only when a question needs them. A year without a
notice counts plain Monday to Friday, and every answer that used such a day says which years it guessed: never a silent
guess, never a crash.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from types import MappingProxyType
from typing import Final, Literal, NamedTuple

from hazardctl.day import written
from hazardctl.errors import MissingExtraError, UsageError
from hazardctl.language import Text

Kind = Literal["holiday", "workday"]
CN: Final = "cn"
PLAIN: Final = "plain"
NAMES: Final = (CN, PLAIN)
DAY: Final = dt.timedelta(days=1)
NO_YEARS: Final[frozenset[int]] = frozenset()
NO_OVERRIDES: Final[Mapping[dt.date, Kind]] = MappingProxyType({})


class Notices(NamedTuple):
    """What the published notices say.

    Attributes:
        years: the years with a notice.
        holidays: weekdays and weekend days off.
        workdays: weekend days worked instead.
    """

    years: frozenset[int]
    holidays: frozenset[dt.date]
    workdays: frozenset[dt.date]


class Worked(NamedTuple):
    """A day found by counting working days, and the unpublished years that were guessed on the way."""

    day: dt.date
    guessed_years: frozenset[int] = NO_YEARS


class Counted(NamedTuple):
    """A number of working days, and the unpublished years that were guessed on the way."""

    days: int
    guessed_years: frozenset[int] = NO_YEARS


class Calendar:
    """The working days of one ledger.

    Examples:
        >>> Calendar(name="plain").add(dt.date(2024, 3, 1), 1).day
        datetime.date(2024, 3, 4)
    """

    __slots__ = ("_overrides", "name")

    def __init__(self, overrides: Mapping[dt.date, Kind] = NO_OVERRIDES, name: str = CN) -> None:
        """Take single days the ledger decides itself, and the calendar behind them.

        Args:
            overrides: `holiday` or `workday` by date.
            name: `cn`, or `plain` for Monday to Friday without holidays.

        Raises:
            UsageError: there is no calendar of that name.
        """
        if name not in NAMES:
            raise UsageError(
                Text("没有名为“{name}”的日历", 'there is no calendar "{name}"').of(name=name),
                Text("可以用：{names}", "there are: {names}").of(names=NAMES),
            )
        self.name = name
        self._overrides = dict(overrides)

    def is_working(self, day: dt.date) -> bool:
        """Say whether people work on a day; in an unpublished year Monday to Friday.

        Raises:
            MissingExtraError: the notices are needed and the extra `cn` is not installed.
        """
        if (kind := self._overrides.get(day)) is not None:
            return kind == "workday"
        if self.name == PLAIN:
            return day.weekday() < 5
        said = notices()
        return day in said.workdays or (day.weekday() < 5 and day not in said.holidays)

    def unpublished(self, year: int) -> bool:
        """Say whether the year has no notice, so that its working days are a guess (HZ308)."""
        return self.name == CN and year not in notices().years

    def guessed(self, day: dt.date) -> bool:
        """Say whether the answer for a day is a guess: an unpublished year, and the ledger does not decide the day."""
        return day not in self._overrides and self.unpublished(day.year)

    def add(self, day: dt.date, n: int) -> Worked:
        """Give the n-th working day after a day, which itself is not counted; before it when n is negative; the day itself for 0."""
        step = DAY if n > 0 else -DAY
        years: set[int] = set()
        left = abs(n)
        while left:
            day += step
            left -= self._asked(day, years)
        return Worked(day, frozenset(years))

    def between(self, first: dt.date, last: dt.date) -> Counted:
        """Give the number of working days from first to last, both included; 0 when last lies before first."""
        years: set[int] = set()
        count = sum(self._asked(first + n * DAY, years) for n in range((last - first).days + 1))
        return Counted(count, frozenset(years))

    def roll(self, day: dt.date) -> Worked:
        """Give the day if it is a working day, else the next one (`deadlines.roll: next_working_day`)."""
        years: set[int] = set()
        while not self._asked(day, years):
            day += DAY
        return Worked(day, frozenset(years))

    def _asked(self, day: dt.date, years: set[int]) -> bool:
        if self.guessed(day):
            years.add(day.year)
        return self.is_working(day)


def configured(name: str, overrides: Mapping[str, str]) -> Calendar:
    """Give the calendar that a configuration describes: `calendar: {name: cn, overrides: {2024-03-08: holiday}}`.

    Raises:
        UsageError: no such calendar, a key that is no date, a value that is neither `holiday` nor `workday`.
    """
    return Calendar(dict(_override(day, kind) for day, kind in overrides.items()), name)


def _override(day: str, kind: str) -> tuple[dt.date, Kind]:
    on = written(day)
    match kind:
        case "holiday" | "workday" if on is not None:
            return on, kind
        case _:
            raise UsageError(
                Text("日历中的“{day}: {kind}”读不懂", 'the calendar cannot read "{day}: {kind}"').of(day=day, kind=kind),
                Text("写作 2024-03-08: holiday 或 workday", "write 2024-03-08: holiday, or workday"),
            )


@cache
def notices() -> Notices:
    """Give the holidays and make-up days of every published year.

    Source: the yearly notices of the State Council, in the data of chinesecalendar; a year with 1 October among its
    holidays has its notice.

    Raises:
        MissingExtraError: the extra `cn` is not installed.
    """
    try:
        constants = import_module("chinese_calendar.constants")
    except ImportError:
        raise MissingExtraError(
            Text("缺少中国工作日历", "the calendar of Chinese working days is not installed"),
            Text('安装：pip install "hazardctl[cn]"', 'install it: pip install "hazardctl[cn]"'),
            Text("或在配置中写 calendar: {name: plain}，只按周一至周五计", "or configure calendar: {name: plain}, Monday to Friday"),
        ) from None
    holidays: Mapping[dt.date, str] = constants.holidays
    workdays: Mapping[dt.date, str] = constants.workdays
    years = frozenset(day.year for day in holidays if (day.month, day.day) == (10, 1))
    return Notices(years, frozenset(holidays), frozenset(workdays))
