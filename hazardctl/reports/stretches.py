"""What a trend is made of: stretches of days with their figures, each beside the same a year before and the one before."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal

from hazardctl.language import Text
from hazardctl.reports.told import Told

HAZARDS: Final[Mapping[str, str]] = {
    "found": "hazards.found",
    "rectified": "hazards.rectified",
    "rate": "hazards.rate",
    "on_time": "due.on_time",
    "opening": "stock.opening",
    "closing": "stock.closing",
    "overdue": "stock.overdue",
}
"""Column → measure."""


@dataclass(frozen=True, slots=True)
class Moved:
    """What moved: `known`; `missing` where a side is; `none` where there is nothing to compare.

    Attributes:
        state: which of these.
        value: the difference.
        percent: the difference as a percentage of the earlier figure.
        points: the difference is in percentage points.
    """

    state: Literal["known", "missing", "none"]
    value: Decimal | None = None
    percent: Decimal | None = None
    points: bool = False


@dataclass(frozen=True, slots=True)
class Earlier:
    """The stretch compared with: its name, what it says, what moved since, and the day it was seen on."""

    name: str | None
    told: Told | None
    moved: Moved
    as_of: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure of a stretch, the day it is seen on, the same a year before, and the one before."""

    now: Told
    as_of: dt.date
    year: Earlier
    before: Earlier


@dataclass(frozen=True, slots=True)
class Stretch:
    """A stretch of days as far as the as-of day sees, with its figures by the ids of their measures."""

    name: str
    label: Text
    start: dt.date
    end: dt.date
    as_of: dt.date
    figures: Mapping[str, Figure]


@dataclass(frozen=True, slots=True)
class Trend:
    """What the report prints.

    Attributes:
        every: `month`, `quarter`, `half` or `year`.
        stretches: in order.
        compared: the halves of a longer period, and the period itself last.
        others: ids of the measures of other families that are known of any stretch.
    """

    every: str
    stretches: Sequence[Stretch]
    compared: Sequence[Stretch]
    others: tuple[str, ...] = ()

    def shown(self, one: Stretch) -> Iterator[Figure]:
        """Give the figures of a stretch that are printed."""
        yield from (one.figures[name] for name in (*HAZARDS.values(), *self.others))


def others(stretches: Sequence[Stretch]) -> tuple[str, ...]:
    """Name the measures of other families that are known of any stretch."""
    wanted = [name for name in (stretches[0].figures if stretches else ()) if name not in HAZARDS.values()]
    return tuple(name for name in wanted if any(not one.figures[name].now.missing for one in stretches))
