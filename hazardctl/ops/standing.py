"""Hazards as they stand on a day, in the order in which they press: for the overdue list and for `list`."""

from __future__ import annotations

import datetime as dt
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
    names = _Names(ledger)
    for row in sorted(rows, key=pressing):
        days = _days(row, day)
        if working and row["due"] and row["due"] < day:
            days, years = working_days(ledger, row["due"], day)
            guessed |= years
        unit = row["owner"] or row["unit"]  # a key already, where a unit of that name is registered
        made.append(Late(row["id"], names[unit], headline(row), row["grade"], row["due"], days, row["person"], row["found"]))
    return tuple(made), frozenset(guessed)


class _Names(dict[str, str]):
    """What units are called, each asked for once."""

    def __init__(self, ledger: Ledger) -> None:
        super().__init__()
        self._ledger = ledger

    def __missing__(self, unit: str) -> str:
        name = self[unit] = self._ledger.registered(unit) or unit
        return name


def _days(row: Row, day: dt.date) -> int | None:
    """Days late, days left, or where there is no deadline days since it was found."""
    due: dt.date | None = row["due"]
    return abs((day - due).days) if due else (day - row["found"]).days


def headline(row: Row) -> str:
    """Give the short name of a hazard: its title, else the beginning of its description, with dots where that is cut.

    Latin letters take half the room of Chinese ones, so twice as many stand.
    """
    title, description = row["title"], row["description"]
    if not description.startswith(title):
        return str(title)
    if len(description) * 2 <= CELLS:
        return str(description)
    kept, room = "", CELLS
    while len(kept) < len(description) and (step := description[len(kept) : len(kept) + max(room // 2, 1)]) and width(step) <= room:
        kept += step
        room -= width(step)
    return description if kept == description else f"{kept.rstrip()}..."


def width(text: str) -> int:
    """Give the cells of a text, two for each character that is not ASCII."""
    return 2 * len(text) - len(text.encode("ascii", "ignore"))
