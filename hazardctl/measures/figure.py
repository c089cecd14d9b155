"""What a measure answers: a whole number, a rate as its two parts, or a spread."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TypeAlias

from hazardctl.sheet import Rate


@dataclass(frozen=True, slots=True)
class Spread:
    """How a number of days is spread.

    Attributes:
        n: how many values.
        total: their sum.
        median: the middle value, or the mean of the two middle ones; None without values.
        p90: the nearest-rank 90th percentile, the ⌈0.9 n⌉-th value (DOMAIN §4.2).
        greatest: the largest.
    """

    n: int = 0
    total: int = 0
    median: Decimal | None = None
    p90: int | None = None
    greatest: int | None = None

    @property
    def mean(self) -> Decimal | None:
        """Give the exact mean; None without values."""
        return Decimal(self.total) / Decimal(self.n) if self.n else None


Figure: TypeAlias = int | Rate | Spread


def empty(figure: Figure) -> bool:
    """Say whether there is nothing in it: zero, nothing over nothing, no values."""
    match figure:
        case Rate():
            return figure.numerator == figure.denominator == 0
        case Spread():
            return figure.n == 0
        case _:
            return figure == 0
