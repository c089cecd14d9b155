"""Hazards as they stand on a day, in the order in which they press: for the overdue list and for `list`."""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

from hazardctl.ledger import Ledger
from hazardctl.ops.question import working_days
from hazardctl.reports.answers import Late
from hazardctl.vocabulary import OPEN_STATES

Row: TypeAlias = Mapping[str, Any]
LAST: Final = dt.date.max
CELLS: Final = 40


def pressing(row: Row) -> tuple[bool, bool, bool, int, dt.date, str]:
    """Give the place of a hazard in a list: open ones first; of these majors, overdue ones (the longest first), due soonest."""
    over = row["state"] not in OPEN_STATES
    return (over, row["grade"] != "major", not row["overdue"], -(row["overdue_days"] or 0), row["due"] or LAST, row["id"])


def late(ledger: Ledger, rows: Sequence[Row], day: dt.date, *, working: bool = False) -> tuple[tuple[Late, ...], frozenset[int]]:
    """Give the rows as lines of an overdue list, majors first, then the longest, and the years whose calendar was guessed."""
    made: list[Late] = []
    guessed: set[int] = set()
    for row in sorted(rows, key=pressing):
        days = _days(row, day)
        if working and row["due"] and row["due"] < day:
            days, years = working_days(ledger, row["due"], day)
            guessed |= years
        made.append(_line(ledger, row, days))
    return tuple(made), frozenset(guessed)


def _days(row: Row, day: dt.date) -> int | None:
    """Days late, days left, or where there is no deadline days since it was found."""
    due: dt.date | None = row["due"]
    return abs((day - due).days) if due else (day - row["found"]).days


def _line(ledger: Ledger, row: Row, days: int | None) -> Late:
    return Late(
        id=row["id"],
        unit=ledger.unit_name(row["owner"] or row["unit"]),
        hazard=headline(row),
        grade=row["grade"],
        due=row["due"],
        days=days,
        person=row["person"],
        found=row["found"],
    )


def headline(row: Row) -> str:
    """Give the short name of a hazard: its title, else the beginning of its description, with dots where that is cut.

    Latin letters take half the room of Chinese ones, so twice as many stand.
    """
    title, description = row["title"], row["description"]
    if not description.startswith(title):
        return str(title)
    if len(description) * 2 <= CELLS:
        return str(description)
    room = itertools.accumulate(1 if character.isascii() else 2 for character in description)
    kept = description[: sum(1 for _ in itertools.takewhile(CELLS.__ge__, room))]
    return description if kept == description else f"{kept.rstrip()}..."
