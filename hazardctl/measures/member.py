"""What stands behind a figure: the records it is made of, and the checks that were not done."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Member:
    """A record behind a figure.

    Attributes:
        id: of the record.
        value: what it adds: 1, places, days, fen; below 0 where the figure takes it away.
        day: the day that puts it there: found, due, or the day of the act.
        measure: id of the count it is part of.
    """

    id: str
    value: int
    day: dt.date
    measure: str


@dataclass(frozen=True, slots=True)
class Lapsed:
    """A check row of a risk point whose cycle has passed.

    Attributes:
        point: id of the risk point.
        row: its place among the checks of the point, from 0.
        since: the day of the last outing that met it, else the day the point was identified.
        days: from then to the cut-off day.
    """

    point: str
    row: int
    since: dt.date
    days: int
