"""Sheets of a workbook as large as the ledger, read one at a time and row by row (`hazardctl.exchange.workbook` reads whole ones)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from hazardctl.exchange.table import MOST_COLUMNS, Merge, Row
from hazardctl.exchange.unseen.told import unseen
from hazardctl.exchange.unseen.what import NOTHING, Unseen
from hazardctl.exchange.workbook import NoSheetError, cells_of, merges_of, opened, readable, told, too_long, too_wide


class Roll(NamedTuple):
    """A sheet: the cells that are merged, and its rows, blank ones included, each once."""

    merges: tuple[Merge, ...]
    rows: Iterator[Row]


class Scroll:
    """A workbook whose sheets are read when they are asked for; none is held."""

    def __init__(self, data: bytes, most: int) -> None:
        """Open it.

        Args:
            data: the whole file.
            most: rows that a sheet may hold.

        Raises:
            UsageError: it is no workbook, is protected by a password, or is too large.
            MissingExtraError: the extra `excel` is not installed.
        """
        self._data, self._most = data, most
        self._book = opened(data)
        self.names: Sequence[str] = [one.name for one in self._book.sheets_metadata]

    def roll(self, name: str, *, plain: bool = False) -> Roll:
        """Read a sheet.

        Args:
            name: of the sheet.
            plain: nothing in it can be unseen: a program wrote it, and nobody else.

        Raises:
            NoSheetError: there is none.
            UsageError: it cannot be read, or holds too many rows or columns; of those, it is the walk that says so.
        """
        sheet = self._sheet(name)
        dark = NOTHING if plain else unseen(self._data, [name]).get(name, NOTHING)
        return Roll(merges_of(sheet), self._rows(sheet, name, dark))

    def _rows(self, sheet: Any, name: str, dark: Unseen) -> Iterator[Row]:  # noqa: ANN401
        failed: dict[int, dict[int, str]] = {}
        for (line, position), text in dark.cells.items():
            failed.setdefault(line, {})[position] = text
        before, filled = ("",) * (sheet.start[1] if sheet.start else 0), 0
        for number, values in enumerate(_each(sheet), 1):
            cells = cells_of(values)
            cells = (*before, *cells) if cells else cells
            for position, text in failed.get(number, {}).items():
                cells = told(cells, position, text)
            filled += bool(cells)
            if filled > self._most:
                raise too_long(name, self._most)
            if len(cells) > MOST_COLUMNS:
                raise too_wide(number)
            yield Row(number, cells, name, hidden=number in dark.rows, failed=frozenset(failed.get(number, ())))

    def _sheet(self, name: str) -> Any:  # noqa: ANN401
        if name not in self.names:
            raise NoSheetError(name, self.names)
        with readable():
            sheet = self._book.get_sheet_by_name(name)
        if sheet.height > 4 * self._most:
            raise too_long(name, 4 * self._most)
        return sheet


def _each(sheet: Any) -> Iterator[list[object]]:  # noqa: ANN401
    with readable():
        yield from sheet.iter_rows()
