"""The question: which days, which basis, which scope (DOMAIN §4.1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from hazardctl.filters import Clause

Preset = Literal["default", "official", "rectified", "verified", "closed"]


@dataclass(frozen=True, slots=True)
class Question:
    """Everything an answer depends on beside the ledger.

    Attributes:
        start: s, first day of the period.
        end: e, last day.
        as_of: T; acts after it are invisible.
        preset: which step counts as done.
        cutoff: `period` judges a cohort on c, `asof` on T.
        counting: a hazard weighs one, or its `quantity` of places.
        clauses: the scope; all must hold.
        exclude_on_spot: leave out hazards whose standing claim was made on the spot.
        due: the deadline in force, or the first one of the cycle.
        ranges: the days of a key period of several pieces, inside s and e: a hazard belongs to the cohort by the day it was
            found, to the due set by its deadline. The roll-forward of the stock runs from s to e without gaps.
    """

    start: dt.date
    end: dt.date
    as_of: dt.date
    preset: Preset = "default"
    cutoff: Literal["period", "asof"] = "period"
    counting: Literal["records", "places"] = "records"
    clauses: tuple[Clause, ...] = ()
    exclude_on_spot: bool = False
    due: Literal["current", "original"] = "current"
    ranges: tuple[tuple[dt.date, dt.date], ...] | None = None

    @property
    def c(self) -> dt.date:
        """Give the last day of the period that T lets us see."""
        return min(self.end, self.as_of)

    @property
    def kappa(self) -> dt.date:
        """Give κ, the day a cohort is judged on."""
        return self.as_of if self.cutoff == "asof" else self.c

    @property
    def begun(self) -> bool:
        """Say whether the period has begun by T; until then nothing is found and rates are `/`."""
        return self.start <= self.as_of

    def days(self) -> Iterator[tuple[str, dt.date]]:
        """Give the days that are bound in statements: s, c, t, k, o (the eve of the period), and the ends of each range."""
        yield from (("s", self.start), ("c", self.c), ("t", self.as_of), ("k", self.kappa))
        yield "o", min(self.start - dt.timedelta(days=1), self.as_of)
        for number, (first, last) in enumerate(self.ranges or ()):
            yield f"from{number}", first
            yield f"to{number}", last
