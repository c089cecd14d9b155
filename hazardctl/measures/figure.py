"""What a measure answers: a whole number, a rate as its two parts, or a spread."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import Final, Literal, TypeAlias

from hazardctl.errors import UsageError
from hazardctl.language import Text
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


Mark: TypeAlias = Literal["", "over", "nearly", "about"]
State: TypeAlias = Literal["known", "zero", "missing"]


@dataclass(frozen=True, slots=True)
class Known:
    """A figure that records, tallies or declarations tell, or that nothing tells (DOMAIN §4.6 "Known, zero, missing").

    Attributes:
        items: what the records add up to; None where there is none of the kind in scope and period.
        told: what a tally says for the very same scope and period; None where none does, or where it is blank there.
        mark: of an approximate figure: 余 `over`, 近 `nearly`, 约 `about`; empty for an exact one.
        state: `zero` is nil by a declaration, or because what it is part of is nil; `missing` prints ∅, never 0.
        unit: unit of count, as 家, 次, 人; money is 元, whole fen made exact yuan.
        stated: for a rate whose parts are missing: the percentage as the source prints it.
        unsaid: of the records counted, how many do not say the value added up.
        rival: several tallies of one day say different things.
        blank: it is missing although something speaks of it: a source leaves it blank, or records of money or of an approximate
            number do not say how much.
        inherited: it is blank because what it derives from is, not by itself.
        silent: of a pool the ledgers in which nothing tells it: the figure is that of the others, at least so much in all.
        tallied: of a pool what of it tallies of some ledgers tell, where records of others tell the rest.
    """

    items: int | Decimal | None = None
    told: int | Decimal | None = None
    mark: Mark = ""
    state: State = "known"
    unit: str = ""
    stated: Decimal | None = None
    unsaid: int = 0
    rival: bool = False
    blank: bool = False
    inherited: bool = False
    silent: tuple[str, ...] = ()
    tallied: int | Decimal | None = None

    @property
    def missing(self) -> bool:
        """Say whether nothing tells it: ∅."""
        return self.state == "missing"

    @property
    def twice(self) -> bool:
        """Say whether it is counted twice, by records and by a tally (HZ508), or by rival tallies (HZ509)."""
        return self.rival or (self.items is not None and self.told is not None)

    @property
    def exact(self) -> bool:
        """Say whether it may be part of a rate (DOMAIN §4.7 E21)."""
        return not self.missing and not self.mark and not self.silent

    @property
    def value(self) -> int | Decimal | None:
        """Give the number, 0 when declared nil, None when missing.

        Raises:
            TwiceError: records and a tally both tell it; they are never added (DOMAIN §4.7 E22).
        """
        if self.twice:
            raise TwiceError
        if self.missing:
            return None
        return self.told if self.items is None else self.items


@dataclass(frozen=True, slots=True)
class Range:
    """A planned figure: at least, at most, or both; equal ends for a plain number (DOMAIN §2.15)."""

    least: Decimal | None = None
    most: Decimal | None = None
    unit: str = ""


Part: TypeAlias = Literal["members", "numerator", "denominator"]
"""The sides of a figure that records stand behind."""

Answer: TypeAlias = Known | Rate | Range | Spread | None
"""What a question about one measure is answered with. None is a rate with an approximate part: it prints `/` (E21)."""


class TwiceError(UsageError):
    """A figure that records and tallies both tell, or rival tallies, has no value; one of them must go."""

    def __init__(self) -> None:
        """Say which of them may stay."""
        super().__init__(TWICE, ONE_OF_THEM)


TWICE: Final = Text("同一范围、同一时期既有明细又有汇总数", "one scope and period is told by records and by tallies")
ONE_OF_THEM: Final = Text("留下其中一种，作废另一种；两者从不相加", "keep one of them, withdraw the other; they are never added")
