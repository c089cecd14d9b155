"""A figure that a record states: what it is about, what number, how exact (DOMAIN §2.13, §4.4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Final, NamedTuple, TypeAlias

from hazardctl.diagnostics import Trail
from hazardctl.language import Text, plain
from hazardctl.ledger import Entry
from hazardctl.model.record import Record

Ranges: TypeAlias = tuple[tuple[dt.date, dt.date], ...]
Scope: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""Keys and their values, both sorted: one spelling for one scope."""

EVERYTHING: Final = Text("全部", "everything")
MARKED: Final[Mapping[str, Text]] = {
    "": plain("{it}"),
    "over": Text("{it}余", "over {it}"),
    "nearly": Text("近{it}", "nearly {it}"),
    "about": Text("约{it}", "about {it}"),
}


@dataclass(frozen=True, slots=True)
class Stated:
    """One figure that a record states.

    Attributes:
        entry: the tally, declaration or filed document.
        trail: where in it.
        measure: its id, without a scope.
        scope: what it is about.
        days: of its period.
        day: the day it is as of.
        basis: preset of the source; empty where it does not say.
        value: exact, money in yuan; None where it is blank in the source.
        mark: `over`, `nearly`, `about`, or empty for an exact figure.
        rate: it is a percentage as printed.
        declared: it is the zero of a declaration.
        filed: it was filed with a superior: said of the figures, no source of them.
    """

    entry: Entry[Record]
    trail: Trail
    measure: str
    scope: Scope
    days: Ranges
    day: dt.date
    basis: str = ""
    value: Decimal | None = None
    mark: str = ""
    rate: bool = False
    declared: bool = False
    filed: bool = False

    @property
    def exact(self) -> Decimal | None:
        """Give the number where it is exact."""
        return None if self.mark else self.value

    @property
    def least(self) -> Decimal:
        """Give the least it may be: 200余 is 200 or more, 近70 and 约70 may be anything."""
        return self.value if self.value is not None and self.mark in {"", "over"} else Decimal(0)

    @property
    def most(self) -> Decimal | None:
        """Give the most it may be; None for no bound."""
        return self.value if self.mark in {"", "nearly"} else None

    @property
    def number(self) -> Text:
        """Give the number as it is printed, with its mark."""
        if self.value is None:
            return plain("∅")
        return MARKED[self.mark].of(it=f"{self.value:f}" if self.rate else number(self.value))

    @property
    def where(self) -> Text:
        """Say what it is about."""
        return scope_words(self.scope)

    @property
    def group(self) -> Group:
        """Give what it belongs to."""
        return Group(self.scope, self.days, self.day, self.basis)

    def covers(self, other: Stated) -> bool:
        """Say whether its scope and period hold those of another figure: a declaration speaks for every part."""
        return set(self.scope) <= set(other.scope) and all(
            any(first <= start and end <= last for first, last in self.days) for start, end in other.days
        )


class Group(NamedTuple):
    """What is said of one scope and period, as of one day, on one basis: these figures belong together."""

    scope: Scope
    days: Ranges
    day: dt.date
    basis: str


def number(value: Decimal) -> str:
    """Write an exact number without an exponent; a whole one without places."""
    return f"{int(value)}" if value == int(value) else f"{value:f}"


def scope_words(scope: Scope) -> Text:
    """Say a scope as it stands in brackets, or that it is everything."""
    said = ",".join(f"{key}={'+'.join(values)}" for key, values in scope)
    return plain(said) if said else EVERYTHING
