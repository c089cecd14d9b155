"""The lines of a table whose figures are told by records or tallies: as rows of cells, for programs, and whether they add up."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from hazardctl.language import Text
from hazardctl.reports.told import Told, cell, data, printed
from hazardctl.sheet import Cell, Column, Rate, Value

SUMS: Final = Text("各行相加与合计不同：{parts}", "the lines do not add up to the total: {parts}")
SUM: Final = Text("{name} {lines}（合计 {total}）", "{name} {lines} (total {total})")


@dataclass(frozen=True, slots=True)
class Line:
    """One line.

    Attributes:
        key: of its sector, region or unit; empty for what is not stated.
        label: its name.
        filters: the words that ask for it after any command.
        figures: by the id of the measure without a scope; each names its own with it.
    """

    key: str
    label: Text
    filters: Sequence[str]
    figures: Mapping[str, Told]

    @property
    def anything(self) -> bool:
        """Say whether any figure is known and not nil, or is told though it is."""
        return any(_anything(told) for told in self.figures.values())


def _anything(told: Told) -> bool:
    if isinstance(told.answer, Rate):
        return told.answer.denominator != 0
    return told.by_tally or not (told.missing or told.exact == 0)


@dataclass(frozen=True, slots=True)
class Figured:
    """A column of figures: key, heading, measure, the decimal places of a percentage where they are fixed, what stands over it."""

    key: str
    label: Text
    measure: str
    places: int | None = None
    over: Text | None = None

    def column(self) -> Column:
        """Give it as a column of a table."""
        return Column(self.key, self.label, "right", self.measure, over=self.over)


def cells(line: Line, columns: Iterable[Figured]) -> tuple[Cell, ...]:
    """Give the figures of a line."""
    return tuple(cell(line.figures[one.measure], one.places) for one in columns)


def body(line: Line, columns: Iterable[Figured]) -> dict[str, Value]:
    """Give a line for programs: each figure with the id of its measure, its state, and what tells it."""
    return {
        "key": line.key,
        "name": line.label,
        "filters": list(line.filters),
        "figures": {one.key: data(line.figures[one.measure], one.places) for one in columns},
    }


@dataclass(frozen=True, slots=True)
class Gap:
    """A column whose lines do not add up to its total."""

    column: Figured
    lines: Decimal
    total: Decimal
    money: bool


def gaps(lines: Sequence[Line], total: Line, columns: Iterable[Figured]) -> Iterator[Gap]:
    """Give the columns whose lines, all of them exact, do not add up to the exact total."""
    for one in columns:
        parts = [line.figures[one.measure].certain for line in lines]
        known = [Decimal(part) for part in parts if part is not None]
        whole = total.figures[one.measure].certain
        if len(known) == len(parts) and whole is not None and known and sum(known) != whole:
            yield Gap(one, sum(known, Decimal(0)), Decimal(whole), total.figures[one.measure].money)


def not_adding(found: Sequence[Gap]) -> Text:
    """Say which columns do not add up."""
    return SUMS.of(parts=[_sum(one) for one in found])


def _sum(gap: Gap) -> Text:
    lines, total = (printed(number, money=gap.money) for number in (gap.lines, gap.total))
    return SUM.of(name=gap.column.label, lines=lines, total=total)
