"""What reports take from measures, and small drawings made of figures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import Final, Protocol, TypeAlias, runtime_checkable

from hazardctl.language import Text
from hazardctl.sheet import Rate, Value

LEVELS: Final = "▁▂▃▄▅▆▇█"


@runtime_checkable
class Spread(Protocol):
    """How a number of days is spread; the measures' own class has these."""

    @property
    def n(self) -> int:
        """Give how many values."""
        ...

    @property
    def total(self) -> int:
        """Give their sum."""
        ...

    @property
    def median(self) -> Decimal | None:
        """Give the middle value; None without values."""
        ...

    @property
    def p90(self) -> int | None:
        """Give the nearest-rank 90th percentile."""
        ...

    @property
    def greatest(self) -> int | None:
        """Give the largest."""
        ...


Figure: TypeAlias = int | Rate | Spread
Figures: TypeAlias = Mapping[str, Figure]


def count(figures: Figures, name: str) -> int:
    """Give a count by the id of its measure; 0 where it was not asked."""
    value = figures.get(name, 0)
    return value if isinstance(value, int) else 0


def rate(figures: Figures, name: str) -> Rate:
    """Give a rate by the id of its measure."""
    value = figures.get(name)
    return value if isinstance(value, Rate) else Rate(0, 0)


def spread(figures: Figures, name: str) -> Spread | None:
    """Give a spread by the id of its measure, or None where nothing is spread."""
    value = figures.get(name)
    return value if value is not None and not isinstance(value, int | Rate) and value.n else None


def short(number: Decimal | int | None) -> str:
    """Give a number of days with at most one place, rounded half up."""
    if number is None:
        return "/"
    rounded = Decimal(number).quantize(Decimal("0.1"), ROUND_HALF_UP)
    return str(int(rounded)) if rounded == int(rounded) else str(rounded)


def equation(value: Rate) -> Text:
    """Give a rate with its parts: 71/79 = 89.87%."""
    return Text("{n}/{d} = {value}", "{n}/{d} = {value}").of(n=value.numerator, d=value.denominator, value=str(value))


def levels(values: Sequence[int]) -> list[str]:
    """Draw each value as a block as high as it lies between the least and the greatest.

    Examples:
        >>> "".join(levels([14, 9, 16, 12, 15, 13])), levels([0, 0])
        ('▆▁█▄▇▅', ['▁', '▁'])
    """
    least, most = min(values, default=0), max(values, default=0)
    if least == most:
        return [LEVELS[0 if most == 0 else 3]] * len(values)
    return [LEVELS[(value - least) * (len(LEVELS) - 1) // (most - least)] for value in values]


def told(figure: Figure) -> Value:
    """Give a figure for programs."""
    return figure if isinstance(figure, int | Rate) else told_spread(figure)


def told_spread(figure: Spread) -> dict[str, Value]:
    """Give a spread for programs: how many, mean (one place), median, p90 and the greatest."""
    mean = (Decimal(figure.total) / figure.n).quantize(Decimal("0.1"), ROUND_HALF_UP) if figure.n else None
    return {"n": figure.n, "mean": mean, "median": figure.median, "p90": figure.p90, "max": figure.greatest}
