"""Writing workbooks with XlsxWriter: the same content gives the same bytes, and no cell of ours becomes a formula unless we mean it."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from importlib import import_module
from typing import Any, Final

from hazardctl.errors import MissingExtraError
from hazardctl.language import Language, Text
from hazardctl.sheet import Figures, Heading, Line, Rate, Sheet, Table, bare

CREATED: Final = dt.datetime(2000, 1, 1)  # noqa: DTZ001 (a workbook keeps no zone)
"""Stands for the day a workbook was made, so that the same content is the same file."""
_OPTIONS: Final = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip
WIDEST: Final = 40
_NUMBER: Final = re.compile(r"\d{1,3}(,\d{3})+|\d+(\.\d+)?%?", re.ASCII)
LONGEST: Final = 32_767
"""Characters that a cell holds; what is longer is cut with a mark."""
_FONT: Final = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
_BOXED: Final = {**_FONT, "border": 1, "border_color": "#BFBFBF"}
_LOOKS: Final[Mapping[str, Mapping[str, Any]]] = {
    "title": {**_FONT, "font_size": 16, "bold": True, "align": "center"},
    "under": {**_FONT, "align": "center"},
    "head": {**_BOXED, "bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF", "align": "center", "text_wrap": True},
    "text": {**_BOXED, "text_wrap": True, "num_format": "@"},
    "day": {**_BOXED, "num_format": "yyyy-mm-dd", "align": "center"},
    "number": {**_BOXED, "num_format": "#,##0.####", "align": "right"},
    "whole": {**_BOXED, "num_format": "#,##0", "align": "right"},
    "rate": {**_BOXED, "num_format": "0.0%", "align": "right"},
    "exact": {**_BOXED, "num_format": "0.00%", "align": "right"},
    "note": {**_FONT},
    "heading": {**_FONT, "bold": True},
}
_TINTS: Final[Mapping[str, Mapping[str, Any]]] = {
    "red": {"bg_color": "#F8CBAD"}, "amber": {"bg_color": "#FFE699"}, "green": {"bg_color": "#C6E0B4"},
    "alarm": {"bold": True, "font_color": "#C00000"},
}  # fmt: skip


class Writer:
    """A workbook being written."""

    def __init__(self) -> None:
        """Begin one.

        Raises:
            MissingExtraError: the extra `excel` is not installed.
        """
        try:
            library: Any = import_module("xlsxwriter")
        except ImportError:
            raise MissingExtraError(
                Text("读写工作簿的部件没有安装", "what reads and writes workbooks is not installed"),
                Text('安装：pip install "hazardctl[excel]"', 'install it: pip install "hazardctl[excel]"'),
            ) from None
        self._kept = io.BytesIO()
        self._book: Any = library.Workbook(self._kept, dict(_OPTIONS))
        self._book.set_properties({"created": CREATED})
        self._looks: dict[str, Any] = {}

    def sheet(self, name: str) -> Any:  # noqa: ANN401
        """Add a sheet."""
        return self._book.add_worksheet(name)

    def chart(self, kind: str, subtype: str = "") -> Any:  # noqa: ANN401
        """Begin a chart."""
        return self._book.add_chart({"type": kind, **({"subtype": subtype} if subtype else {})})

    def closed(self) -> bytes:
        """Give the bytes."""
        self._book.close()
        return self._kept.getvalue()

    def look(self, name: str) -> Any:  # noqa: ANN401
        """Give a format by its name, made once."""
        if name not in self._looks:
            self._looks[name] = self._book.add_format(dict(_LOOKS.get(name) or _TINTS[name]))
        return self._looks[name]

    def tint(self, name: str) -> Any:  # noqa: ANN401
        """Give a format that is laid over others."""
        return self.look(name)

    @staticmethod
    def column(number: int) -> str:
        """Give the letters of a column, counted from 0."""
        letters = ""
        number += 1
        while number:
            number, rest = divmod(number - 1, 26)
            letters = chr(65 + rest) + letters
        return letters

    def cell(self, sheet: Any, row: int, column: int, value: object) -> None:  # noqa: ANN401
        """Write a value: a day as a day, a number as a number, all else as text."""
        match value:
            case None | "":
                sheet.write_blank(row, column, None, self.look("text"))
            case dt.date():
                sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()), self.look("day"))
            case bool():
                sheet.write_string(row, column, str(value), self.look("text"))
            case int():
                sheet.write_number(row, column, value, self.look("whole"))
            case Decimal():
                sheet.write_number(row, column, float(value), self.look("number"))
            case Rate():
                self._rate(sheet, row, column, value)
            case _:
                text = str(value)
                sheet.write_string(row, column, text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…", self.look("text"))

    def _rate(self, sheet: Any, row: int, column: int, rate: Rate) -> None:  # noqa: ANN401
        if rate.value is None:
            sheet.write_string(row, column, "/", self.look("text"))
        else:
            sheet.write_number(row, column, float(rate.value / 100), self.look("rate" if rate.places == 1 else "exact"))

    def titled(self, sheet: Any, title: str, under: str, width: int) -> None:  # noqa: ANN401
        """Write a title and the line below it over the whole width."""
        for row, (text, look) in enumerate(((title, "title"), (under, "under"))):
            if width > 1:
                sheet.merge_range(row, 0, row, width - 1, "", self.look(look))
            sheet.write_string(row, 0, text, self.look(look))

    def names(self, sheet: Any, row: int, names: Sequence[tuple[str, int]], start: int = 0) -> None:  # noqa: ANN401
        """Write column names, each with the width of its column."""
        sheet.set_row(row, 30)
        for column, (name, width) in enumerate(names, start):
            sheet.write_string(row, column, name, self.look("head"))
            sheet.set_column(column, column, width)

    def prose(self, sheet: Any, row: int, lines: Sequence[str]) -> int:  # noqa: ANN401
        """Write lines of text below one another and give the row behind them."""
        for line in lines:
            sheet.write_string(row, 0, line, self.look("note"))
            row += 1
        return row

    def report(self, sheet: Any, made: Sheet, language: Language) -> dict[str, int]:  # noqa: ANN401
        """Write a report and give the first row of the body of each of its tables."""
        tables: dict[str, int] = {}
        sheet.write_string(0, 0, made.title.say(language), self.look("heading"))
        row = self.prose(sheet, 1, [line.say(language) for line in made.head]) + 1
        for block in made.blocks:
            match block:
                case Table():
                    row = self.prose(sheet, row, [line.say(language) for line in (block.title, block.lead) if line])
                    tables[block.key] = row + 1
                    row = self._table(sheet, row, block, language)
                    row = self.prose(sheet, row, [block.note.say(language)] if block.note else []) + 1
                case Figures():
                    pairs = [(column.label.say(language), value) for column, value in block.pairs()]
                    for column, (label, value) in enumerate(pairs):
                        sheet.write_string(row, column, label, self.look("head"))
                        self.cell(sheet, row + 1, column, self._said(value, language))
                    row += 3
                case Heading() | Line():
                    row = self.prose(sheet, row, [block.text.say(language)])
        self.prose(sheet, row + 1, [line.say(language) for line in made.foot])
        sheet.set_column(0, 0, 22)
        sheet.set_column(1, 20, 13)
        return tables

    def _table(self, sheet: Any, row: int, table: Table, language: Language) -> int:  # noqa: ANN401
        shown = [place for place, column in enumerate(table.columns) if not column.data]
        for column, place in enumerate(shown):
            sheet.write_string(row, column, table.columns[place].label.say(language), self.look("head"))
        sheet.set_row(row, 30)
        for line, cells in enumerate(table.rows, row + 1):
            for column, place in enumerate(shown):
                value = self._said(cells[place], language)
                self.cell(sheet, line, column, _figure(value) if table.columns[place].align == "right" else value)
        return row + 1 + len(table.rows)

    @staticmethod
    def _said(cell: Any, language: Language) -> object:  # noqa: ANN401
        value = bare(cell)
        return value.say(language) if isinstance(value, Text) else value

    def printed(self, sheet: Any, left: str, middle: str, right: str) -> None:  # noqa: ANN401
        """Set a sheet up for paper: A4 across, one page wide, its foot three texts and never the day of printing.

        In the middle one, `{page}` and `{pages}` stand for the number of the page and of all.
        """
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        left, middle, right = (text.replace("&", "&&") for text in (left, middle, right))
        sheet.set_footer(f"&L{left}&C{middle.format(page='&P', pages='&N')}&R{right}")


def _figure(value: object) -> object:
    """Give a figure that a report says in words as the number it is; what is more than a number (余, ∅, /) stays as said."""
    if not isinstance(value, str) or not _NUMBER.fullmatch(value):
        return value
    plain = value.replace(",", "")
    if plain.endswith("%"):
        places = len(plain.partition(".")[2]) - 1
        scale = 10 ** max(places, 0)
        return Rate(int(Decimal(plain[:-1]) * scale), 100 * scale, max(places, 0))
    return Decimal(plain) if "." in plain else int(plain)


def plain_workbook(name: str, rows: Sequence[Sequence[str]]) -> bytes:
    """Write rows of text as one sheet: names frozen, columns as wide as they need."""
    writer = Writer()
    sheet = writer.sheet(name)
    for column in range(max(map(len, rows), default=0)):
        widths = [2 * max(map(len, row[column].splitlines() or [""])) for row in rows[:500] if column < len(row)]
        sheet.set_column(column, column, min(WIDEST, 2 + max(widths, default=8)))
    for line, row in enumerate(rows):
        for column, cell in enumerate(row):
            sheet.write_string(line, column, cell[:LONGEST], writer.look("text" if line else "head"))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, max(len(rows) - 1, 0), max(len(rows[0]) - 1, 0))
    return writer.closed()
