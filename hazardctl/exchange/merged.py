"""Cells merged into one: in the column names a name over several columns or rows, in the body a value that holds for every row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from hazardctl.exchange.table import Merge, Row

DEEPEST: Final = 5
"""Rows that column names may take (DOMAIN §9.2)."""


def block(rows: Sequence[Row], merges: Sequence[Merge], row: int) -> tuple[int, int]:
    """Give the first and last row of the column names, of which one row is known.

    A name merged downwards, and one that spans columns and has its parts below it, take further rows; a title over the whole
    width stands above them.
    """
    first = min([row, *(one.top for one in merges if one.top < row <= one.bottom)])
    last = row
    while last - first < DEEPEST - 1:
        inside = [one for one in merges if first <= one.top <= last]
        reach = max([last, *(one.bottom for one in inside)])
        if reach == last and _parted(rows, [one for one in inside if one.bottom == last and one.right > one.left], last + 1):
            reach += 1
        if reach == last:
            break
        last = min(reach, first + DEEPEST - 1)
    return first, last


def _parted(rows: Sequence[Row], spans: Sequence[Merge], below: int) -> bool:
    """Say whether a row holds the parts of spanning names and nothing else."""
    filled = {n for n, cell in enumerate(rows[below].cells) if cell.strip()} if below < len(rows) else set[int]()
    covered = {n for one in spans for n in range(one.left, one.right + 1)}
    return bool(filled) and filled <= covered


def stacked(rows: Sequence[Row], merges: Sequence[Merge], first: int, last: int) -> tuple[str, ...]:
    """Give the name of every column: what stands above it, from top to bottom, joined with "/" (整改责任单位/施工)."""
    width = max(len(rows[position].cells) for position in range(first, last + 1))
    inside = [one for one in merges if first <= one.top and one.bottom <= last]
    width = max([width, *(one.right + 1 for one in inside)])
    grid = [[*rows[position].cells, *[""] * (width - len(rows[position].cells))] for position in range(first, last + 1)]
    for one in inside:
        for line in grid[one.top - first : one.bottom - first + 1]:
            line[one.left : one.right + 1] = [grid[one.top - first][one.left]] * (one.right + 1 - one.left)
    return tuple("/".join(dict.fromkeys(text for text in column if text.strip())) for column in zip(*grid, strict=True))


def repeated(rows: Sequence[Row], merges: Sequence[Merge], start: int) -> tuple[Row, ...]:
    """Repeat what stands in cells merged downwards in every row they cover, from a position on."""
    copies: dict[int, dict[int, str]] = {}
    for one in merges:
        if start <= one.top < len(rows) and one.left < len(rows[one.top].cells):
            for position in range(one.top + 1, min(one.bottom, len(rows) - 1) + 1):
                copies.setdefault(position, {})[one.left] = rows[one.top].cells[one.left]
    return tuple(_filled(row, copies[position]) if position in copies else row for position, row in enumerate(rows))


def _filled(row: Row, copies: dict[int, str]) -> Row:
    cells = [*row.cells, *[""] * (1 + max(copies) - len(row.cells))]
    for column, text in copies.items():
        cells[column] = text
    return row._replace(cells=tuple(cells), repeated=frozenset(copies))
