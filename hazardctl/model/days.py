"""The days a period word in a record means, the same whatever today is (DOMAIN §5.1), and the zone they are days of."""

from __future__ import annotations

import datetime as dt
import functools
import re
from typing import Final

from hazardctl.errors import HazardctlError

FIRST_YEAR: Final = 1990
LAST_YEAR: Final = 2100
_OF_LEDGER: Final = re.compile(r"FY\d{4}|campaign:\S+|key:\d{4}-\S+", re.ASCII)
_ANY_TWO_DAYS: Final = (dt.date(1996, 2, 29), dt.date(2095, 11, 6))


@functools.lru_cache(maxsize=4096)
def days_of(period: str) -> tuple[dt.date, dt.date] | None:
    """Give the first and last day of a period word; None where they depend on today or on the ledger, or it is none."""
    from hazardctl.period import parse

    if period.strip().startswith(("FY", "..")) or period.strip().endswith(".."):
        return None
    try:
        found = {(one.start, one.end) for one in (parse(period, reference=day) for day in _ANY_TWO_DAYS)}
    except HazardctlError:
        return None
    first, last = found.pop()
    return None if found or not FIRST_YEAR <= first.year <= last.year <= LAST_YEAR else (first, last)


def of_ledger(period: str) -> bool:
    """Say whether only the ledger knows the days of a word: a fiscal year, a campaign, a key period of a stated year."""
    return _OF_LEDGER.fullmatch(period) is not None


def zone_of(name: str) -> dt.tzinfo:
    """Give a time zone by name; +08:00 where the machine has no zone data (RELIABILITY §5.10).

    Raises:
        ZoneInfoNotFoundError: an unknown name other than Asia/Shanghai.
    """
    from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

    try:
        return ZoneInfo(name)
    except ZoneInfoNotFoundError:
        if name == "Asia/Shanghai":
            return dt.timezone(dt.timedelta(hours=8))
        raise
