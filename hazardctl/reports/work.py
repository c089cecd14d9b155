"""The other work of a period as one compact table: family, figure, number, unit, and what tells it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from hazardctl.language import Text
from hazardctl.reports.told import Told, cell, data, missing_note, source
from hazardctl.sheet import Cell, Column, Rate, Table, Value

TITLE: Final = Text("各项工作", "The work of the period")
COLUMNS: Final = (
    Column("family", Text("类别", "Kind")),
    Column("measure_name", Text("指标", "Measure")),
    Column("value", Text("数值", "Figure"), "right"),
    Column("unit", Text("单位", "Unit")),
    Column("source", Text("来源", "Source")),
    Column("measure", Text("指标编号", "Measure id"), data=True),
)


@dataclass(frozen=True, slots=True)
class Block:
    """A family with the figures that stand on the page."""

    key: str
    label: Text
    rows: tuple[Told, ...]


def table(blocks: Sequence[Block]) -> Table:
    """Give the table of all families; the name of a family stands on its first line."""
    rows = tuple(_row(block, place, one) for block in blocks for place, one in enumerate(block.rows))
    return Table("families", COLUMNS, rows, TITLE, note=missing_note([one for block in blocks for one in block.rows]))


def _row(block: Block, place: int, one: Told) -> tuple[Cell, ...]:
    unit = Text("", "") if isinstance(one.answer, Rate) else one.printed_unit
    return (block.label if place == 0 else "", one.label, cell(one), unit, source(one), one.id)


def families(blocks: Sequence[Block]) -> list[Value]:
    """Give the families for programs."""
    return [{"key": one.key, "name": one.label, "rows": [data(row) for row in one.rows]} for one in blocks]
