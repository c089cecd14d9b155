"""Writing workbooks with XlsxWriter: the same content gives the same bytes, and no cell of ours becomes a formula unless we mean it."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from typing import Any, Final

from hazardctl.errors import MissingExtraError
from hazardctl.language import Text

CREATED: Final = dt.datetime(2000, 1, 1)  # noqa: DTZ001 (a workbook keeps no zone)
"""Stands for the day a workbook was made, so that the same content is the same file."""
_OPTIONS: Final = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip
WIDEST: Final = 40


def open_workbook() -> tuple[io.BytesIO, Any]:
    """Give where the bytes will stand, and a workbook to be filled and closed.

    Raises:
        MissingExtraError: the extra `excel` is not installed.
    """
    try:
        import xlsxwriter
    except ImportError:
        raise MissingExtraError(
            Text("读写工作簿的部件没有安装", "what reads and writes workbooks is not installed"),
            Text('安装：pip install "hazardctl[excel]"', 'install it: pip install "hazardctl[excel]"'),
        ) from None
    kept = io.BytesIO()
    book = xlsxwriter.Workbook(kept, dict(_OPTIONS))
    book.set_properties({"created": CREATED})
    return kept, book


def plain_workbook(name: str, rows: Sequence[Sequence[str]]) -> bytes:
    """Write rows of text as one sheet: names bold and frozen, columns as wide as they need, the last one marked."""
    kept, book = open_workbook()
    sheet = book.add_worksheet(name)
    text = book.add_format({"num_format": "@", "text_wrap": True, "valign": "top"})
    bold = book.add_format({"bold": True, "bg_color": "#D9E1F2", "num_format": "@"})
    for column in range(max(map(len, rows), default=0)):
        widths = [2 * max(map(len, (row[column].splitlines() or [""]))) for row in rows[:500] if column < len(row)]
        sheet.set_column(column, column, min(WIDEST, 2 + max(widths, default=8)), text)
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write_string(line, column, cell, text if line else bold)
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows) - 1, 0), max(len(rows[0]) - 1, 0))
    book.close()
    return kept.getvalue()
