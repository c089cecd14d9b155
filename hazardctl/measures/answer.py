"""From measures to the counts behind them, and from whole numbers back to figures."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Final, TypeAlias

from hazardctl.errors import BugError
from hazardctl.language import Text
from hazardctl.measures import identities
from hazardctl.measures.definition import Count, Measure, Rate, terms
from hazardctl.measures.figure import Figure, Spread
from hazardctl.measures.registry import REGISTRY
from hazardctl.sheet import Rate as RateFigure

Figures: TypeAlias = dict[str, Figure]

RECORDED: Final = "hazards.recorded"
MOVED: Final = ("stock.opening", "stock.found", "stock.reopened", "stock.resolved", "stock.resolved_other")
"""Any of these above 0 says that hazards are kept one by one in the scope and period, though none of the period is recorded."""


def counts(wanted: Iterable[str]) -> dict[str, list[Count]]:
    """Give the counts that measures need, by view, with those that guard the view."""
    needed = dict.fromkeys(part for name in wanted for part in parts(REGISTRY[name]))
    views = sorted({one.view for one in map(count, needed)})
    found: dict[str, list[Count]] = {}
    for name in dict.fromkeys((*needed, *(guard for view in views for guard in identities.GUARDS.get(view, ())))):
        found.setdefault(count(name).view, []).append(count(name))
    return found


def parts(measure: Measure) -> tuple[str, ...]:
    """Give the ids of the counts a measure is made of; a spread is made of none."""
    match measure:
        case Count():
            return (measure.id,)
        case Rate():
            return tuple(name for side in (measure.of, measure.over) for _, name in terms(side))
        case _:
            return ()


def count(name: str) -> Count:
    """Give a count by its id.

    Raises:
        BugError: a definition names another form as its part.
    """
    one = REGISTRY[name]
    if not isinstance(one, Count):
        raise BugError(Text("{name} 不是计数", "{name} is no count").of(name=name))
    return one


def answered(wanted: Iterable[str], known: Mapping[str, int | Spread], places: int, *, by_time: bool = False) -> Figures:
    """Make figures of what the engine counted on one line; what is absent is 0.

    Args:
        wanted: ids of measures.
        known: what was counted, by id.
        places: decimal places of a percentage.
        by_time: the line is a month, a quarter or a year.

    Raises:
        BugError: the counts do not add up (DOMAIN §4.3).
    """
    if broken := identities.check(known, by_time=by_time):
        raise BugError(identities.sentence(broken))
    return {name: _figure(REGISTRY[name], known, places) for name in wanted}


def _figure(measure: Measure, known: Mapping[str, int | Spread], places: int) -> Figure:
    match measure:
        case Count():
            return known.get(measure.id, 0)
        case Rate():
            return RateFigure(_sum(measure.of, known), _sum(measure.over, known), places)
        case _:
            return known.get(measure.id, Spread())


def _sum(expression: str, known: Mapping[str, int | Spread]) -> int:
    return sum(sign * number for sign, name in terms(expression) if isinstance(number := known.get(name, 0), int))


def spread(numbers: Sequence[int | None]) -> Spread:
    """Make a spread of n, sum, greatest, the two middle values (one and the same of an odd number), and p90."""
    n, total, greatest, lower, upper, p90 = numbers
    if not n:
        return Spread()
    return Spread(n, total or 0, Decimal((lower or 0) + (upper or 0)) / 2, p90, greatest)
