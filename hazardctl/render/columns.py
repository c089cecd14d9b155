"""Tables on a page of a given width: which columns stand, how wide, and what happens when there is no room.

Room is made in this order: less air in the headings, a shorter bar, no bar, texts over several lines, columns that may
leave, headings over several lines where a table has them, and at last one record a block. A column that is fixed, an id above
all, never wraps.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final

from hazardctl.render.page import Page, said
from hazardctl.render.paint import Paint, painter, tone
from hazardctl.render.width import narrowest, padded, width, wrapped
from hazardctl.sheet import Cell, Column, Rate, Table, bare

GAP: Final = 2
AIR: Final = 2
TALLEST: Final = 7
SQUARE: Final = 4
"""Two characters of a Chinese heading stand side by side."""

BAR: Final = 16
SHORT_BAR: Final = 8
NARROWEST: Final = 12
EIGHTHS: Final = " ▏▎▍▌▋▊▉"


@dataclass(frozen=True, slots=True)
class _Grid:
    """A table as texts: headings, cells and the styles of the cells, by column."""

    columns: tuple[Column, ...]
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    tones: tuple[tuple[str, ...], ...]
    plain: bool
    bar: int = 0

    def chosen(self, keep: Sequence[int]) -> _Grid:
        """Give the grid with some of its columns."""
        return _Grid(
            tuple(self.columns[place] for place in keep),
            tuple(self.heads[place] for place in keep),
            tuple(tuple(row[place] for place in keep) for row in self.rows),
            tuple(tuple(row[place] for place in keep) for row in self.tones),
            self.plain,
            self.bar,
        )

    def needed(self) -> list[int]:
        """Give the cells that each column's own cells take; a bar has room for the whole."""
        cells = [max((width(row[place]) for row in self.rows), default=0) for place in range(len(self.columns))]
        return [self.bar if column.bar else most for column, most in zip(self.columns, cells, strict=True)]


def bar(rate: Rate, cells: int) -> str:
    """Draw a rate as blocks, in eighths of a cell.

    Examples:
        >>> bar(Rate(7, 8), 16), bar(Rate(0, 0), 16)
        ('██████████████', '')
    """
    if rate.denominator == 0:
        return ""
    eighths = int(Decimal(rate.numerator) * cells * 8 / rate.denominator + Decimal("0.5"))
    if rate.numerator < rate.denominator:
        eighths = min(eighths, cells * 8 - 1)
    full, rest = divmod(eighths, 8)
    return "█" * full + EIGHTHS[rest].strip()


def table_lines(table: Table, page: Page) -> list[str]:
    """Lay out a table: headings, a rule, the rows; or blocks where the page is too narrow. One for programs alone gives nothing."""
    if all(column.data for column in table.columns):
        return []
    paint = painter(colour=page.colour)
    for cells, keep in _choices(table):
        grid = _grid(table, page, cells).chosen(keep)
        widths = _fitted(grid, page.width, flexible=cells == 0)
        if widths:
            return _lines(grid, widths, paint)
    if table.tall and (widths := _tall(grid := _grid(table, page, 0).chosen(_choices_without_bars(table)), page.width)):
        return _lines(grid, widths, paint)
    return _blocks(_grid(replace(table, dots=False), page, 0), page.width, paint)


def _choices(table: Table) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Give what may be left out, least first: (cells of a bar, or 0 without bars; the places of the columns that stay)."""
    places = [place for place, column in enumerate(table.columns) if not column.data]
    if any(table.columns[place].bar for place in places):
        yield BAR, tuple(places)
        yield SHORT_BAR, tuple(places)
        places = [place for place in places if not table.columns[place].bar]
    yield 0, tuple(places)
    for level in sorted({table.columns[place].drop for place in places} - {0}, reverse=True):
        places = [place for place in places if table.columns[place].drop < level]
        yield 0, tuple(places)


def _choices_without_bars(table: Table) -> tuple[int, ...]:
    return tuple(place for place, column in enumerate(table.columns) if not (column.data or column.bar))


def _tall(grid: _Grid, page: int) -> list[int] | None:
    """Give widths at which the headings stand on as few lines as fit the page; None where not even their highest do."""
    room = page - GAP * (len(grid.columns) - 1)
    needed = grid.needed()
    for lines in range(2, TALLEST + 1):
        widths = [max(cells, _head_width(head, lines)) for head, cells in zip(grid.heads, needed, strict=True)]
        if sum(widths) <= room:
            return widths
    return None


def _head_width(head: str, lines: int) -> int:
    """Give the least width at which a heading takes at most so many lines, and nothing that belongs together is torn."""
    least = max(narrowest(head), min(width(head), SQUARE))
    return next(cells for cells in range(least, width(head) + 2) if cells > width(head) or len(wrapped(head, cells)) <= lines)


def _grid(table: Table, page: Page, cells: int) -> _Grid:
    heads = tuple("" if column.bar else page.shown(column.label.say(page.language)) for column in table.columns)
    rows = tuple(
        tuple(_cell(table, column, cell, page, cells) for column, cell in zip(table.columns, row, strict=True)) for row in table.rows
    )
    tones = tuple(tuple(map(tone, row)) for row in table.rows)
    return _Grid(table.columns, heads, rows, tones, table.plain, cells)


def _cell(table: Table, column: Column, cell: Cell, page: Page, cells: int) -> str:
    value = bare(cell)
    if column.bar:
        return bar(value, cells) if isinstance(value, Rate) else ""
    if table.dots and isinstance(value, int) and value == 0:
        return "."
    return page.shown(said(value, page.language))


def _fitted(grid: _Grid, page: int, *, flexible: bool) -> list[int] | None:
    """Give the widths of the columns, or None where they do not fit the page."""
    room = page - GAP * (len(grid.columns) - 1)
    needed = grid.needed()
    if grid.plain:
        tight = roomy = needed
    else:
        tight = [max(cell, width(head)) for cell, head in zip(needed, grid.heads, strict=True)]
        roomy = [max(cell, width(head) + AIR * bool(head)) for cell, head in zip(needed, grid.heads, strict=True)]
    for widths in (roomy, tight):
        if sum(widths) <= room:
            return widths
    return _narrowed(grid, list(tight), room) if flexible else None


def _narrowed(grid: _Grid, widths: list[int], room: int) -> list[int] | None:
    """Take cells from the widest text column until all fit."""
    least = [max(NARROWEST, 0 if grid.plain else width(head)) for head in grid.heads]
    soft = [place for place, column in enumerate(grid.columns) if column.align == "left" and not column.fixed and not column.bar]
    while sum(widths) > room:
        place = max(soft, key=lambda one: widths[one] - least[one], default=None)
        if place is None or widths[place] <= least[place]:
            return None
        widths[place] -= 1
    return widths


def _lines(grid: _Grid, widths: Sequence[int], paint: Paint) -> list[str]:
    lines = []
    if not grid.plain:
        lines = [*_heads(grid, widths), _joined("-" * cells for cells in widths)]
    for row, tones in zip(grid.rows, grid.tones, strict=True):
        lines += _row(grid, row, tones, widths, paint)
    return lines


def _heads(grid: _Grid, widths: Sequence[int]) -> Iterator[str]:
    """Give the headings, those of fewer lines at the foot of the others."""
    parts = [wrapped(head, cells) if cells else [head] for head, cells in zip(grid.heads, widths, strict=True)]
    high = max(map(len, parts), default=1)
    for number in range(high):
        heads = [part[number - high + len(part)] if number >= high - len(part) else "" for part in parts]
        yield _joined(padded(head, cells, column.align) for head, cells, column in zip(heads, widths, grid.columns, strict=True))


def _row(grid: _Grid, row: Sequence[str], tones: Sequence[str], widths: Sequence[int], paint: Paint) -> Iterator[str]:
    parts = [[text] if column.fixed else wrapped(text, cells) for text, cells, column in zip(row, widths, grid.columns, strict=True)]
    for number in range(max(map(len, parts), default=0)):
        texts = [part[number] if number < len(part) else "" for part in parts]
        yield _joined(
            _coloured(text, padded(text, cells, column.align), paint, style)
            for text, cells, column, style in zip(texts, widths, grid.columns, tones, strict=True)
        )


def _coloured(text: str, cell: str, paint: Paint, style: str) -> str:
    """Colour the text of a padded cell, not the spaces around it."""
    return cell.replace(text, paint(text, style), 1) if style and text.strip() else cell


def _joined(parts: Iterable[str]) -> str:
    return (" " * GAP).join(parts).rstrip()


def _blocks(grid: _Grid, page: int, paint: Paint) -> list[str]:
    """Give one record a block: its first cell on a line, the others below it with their headings."""
    lines: list[str] = []
    shown = [place for place, column in enumerate(grid.columns) if place and not (column.data or column.bar)]
    for row, tones in zip(grid.rows, grid.tones, strict=True):
        lines += [paint(part, tones[0]) for part in wrapped(row[0], page)]
        pairs = [row[place] if grid.plain else f"{grid.heads[place]} {row[place]}" for place in shown if row[place]]
        lines += [f"  {part}" for part in wrapped("  ".join(pairs), page - 2) if part]
    return lines
