"""Periods: the words people say for a stretch of days, read into days and said again (DOMAIN 5.1)."""

from hazardctl.period.keys import Campaign, KeyPeriod, fiscal_year, key_period, month_day, within
from hazardctl.period.scopes import Reading
from hazardctl.period.span import (
    Part,
    Period,
    Range,
    between,
    clipped,
    cumulative,
    joined,
    months,
    parts,
    previous,
    same_last_year,
)
from hazardctl.period.words import RELATIVE, WORDS, OpenRange, open_ranges, parse, read

__all__ = [
    "RELATIVE",
    "WORDS",
    "Campaign",
    "KeyPeriod",
    "OpenRange",
    "Part",
    "Period",
    "Range",
    "Reading",
    "between",
    "clipped",
    "cumulative",
    "fiscal_year",
    "joined",
    "key_period",
    "month_day",
    "months",
    "open_ranges",
    "parse",
    "parts",
    "previous",
    "read",
    "same_last_year",
    "within",
]
