"""The main table of a sheet as csv: UTF-8 with a mark so that spreadsheets see Chinese, CRLF, no formula (RELIABILITY O3)."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from decimal import Decimal
from typing import Final

from hazardctl.render.page import Page, said
from hazardctl.render.terminal import clean
from hazardctl.sheet import Cell, Column, Figures, Sheet, Table, bare

MARK: Final = "\ufeff"
_FORMULA: Final = tuple("=+-@\t\r＝＋－＠")


def rendered(sheet: Sheet, page: Page) -> str:
    """Write the main table, each line with what the sheet states: period, as-of day, basis and so on."""
    table = sheet.table(sheet.main)
    columns, rows = _body(table)
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([safe(column.label.say(page.language)) for column in (*columns, *(column for column, _ in sheet.stamp))])
    stamp = [_cell(value, page) for _, value in sheet.stamp]
    writer.writerows([*(_cell(cell, page) for cell in row), *stamp] for row in rows)
    return MARK + out.getvalue()


def safe(text: str) -> str:
    """Give a text that no spreadsheet takes for a formula and no terminal obeys; line breaks stay, quoted."""
    shown = "\n".join(map(clean, text.split("\n")))
    return f"'{shown}" if text.startswith(_FORMULA) else shown


def _body(table: Table | Figures | None) -> tuple[Sequence[Column], Sequence[Sequence[Cell]]]:
    match table:
        case Table():
            keep = [place for place, column in enumerate(table.columns) if not column.bar]
            return [table.columns[place] for place in keep], [[row[place] for place in keep] for row in table.rows]
        case Figures():
            return table.columns, [table.values]
        case None:
            return (), ()


def _cell(cell: Cell, page: Page) -> str:
    value = bare(cell)
    return str(value) if isinstance(value, int | Decimal) else safe(said(value, page.language))
