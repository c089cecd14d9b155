"""Writing workbooks with XlsxWriter: the same content gives the same bytes, and no cell of ours becomes a formula unless we mean it.

A large workbook writes its long sheets row by row, so that no more of them is in memory than a row. That has its price: a text stands
in its cell and not once for all cells in a table of texts, so the file unpacks to about half as much again (packed it is hardly
larger), programs take a little longer to open it, and rows are kept in temporary files until the end. So small ones, which are most,
are written as ever, and with them the sheets whose cells are written over, which rows that are gone from memory cannot be.
"""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Container, Mapping, Sequence
from decimal import Decimal
from importlib import import_module
from tempfile import TemporaryDirectory
from typing import Any, Final, NamedTuple, Self

from hazardctl.errors import UsageError, lacks
from hazardctl.language import Text
from hazardctl.sheet import Rate

CREATED: Final = dt.datetime(2000, 1, 1)  # noqa: DTZ001 (a workbook keeps no zone)
"""Stands for the day a workbook was made, so that the same content is the same file."""
_OPTIONS: Final = {
    "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False,
}  # fmt: skip
MOST_ROWS: Final = 1_048_576
"""Rows that a sheet holds, in every program that reads xlsx."""
TOO_LONG: Final = Text("一张工作表最多 {most} 行，放不下 {n} 条", "a sheet has {most} rows at most, {n} do not fit")
NARROW: Final = Text(
    "缩小范围分几次导出（如 found:2026），或用 --format csv、sqlite、parquet",
    "export less at a time (found:2026, for one), or use --format csv, sqlite or parquet",
)
AS_CSV: Final = Text("改存为 csv：文件名以 .csv 结尾", "write csv: a file name that ends in .csv")
WIDEST: Final = 40
LONGEST: Final = 32_767
"""Characters that a cell holds; what is longer is cut with a mark."""
MOST_IN_TAB: Final = 31
_NOT_IN_TABS: Final = re.compile(r"[\[\]:*?/\\]|^'|'$")
_FONT: Final = {"font_name": "宋体", "font_size": 11, "valign": "vcenter"}
_BOXED: Final = {**_FONT, "border": 1, "border_color": "#BFBFBF"}
_LOOKS: Final[Mapping[str, Mapping[str, Any]]] = {
    "title": {**_FONT, "font_size": 16, "bold": True, "align": "center", "text_wrap": True},
    "under": {**_FONT, "align": "center", "text_wrap": True},
    "head": {**_BOXED, "bold": True, "bg_color": "#1F3864", "font_color": "#FFFFFF", "align": "center", "text_wrap": True},
    "text": {**_BOXED, "text_wrap": True, "num_format": "@"},
    "day": {**_BOXED, "num_format": "yyyy-mm-dd", "align": "center"},
    "number": {**_BOXED, "num_format": "#,##0.####", "align": "right"},
    "whole": {**_BOXED, "num_format": "#,##0", "align": "right"},
    "rate": {**_BOXED, "num_format": "0.0%", "align": "right"},
    "exact": {**_BOXED, "num_format": "0.00%", "align": "right"},
    "note": {**_FONT},
    "prose": {**_FONT, "text_wrap": True, "valign": "top"},
    "heading": {**_FONT, "bold": True},
    "total": {"bold": True},
    "right": {"align": "right"},
    "middle": {"align": "center"},
}
_TINTS: Final[Mapping[str, Mapping[str, Any]]] = {
    "red": {"bg_color": "#F8CBAD"}, "amber": {"bg_color": "#FFE699"}, "green": {"bg_color": "#C6E0B4"},
    "alarm": {"bold": True, "font_color": "#C00000"},
}  # fmt: skip


def fits(count: int, above: int = 0, hint: Text = NARROW) -> None:
    """See that rows fit on a sheet, before the first is written: the library would leave out in silence what does not.

    Args:
        count: of the rows.
        above: rows that stand above them.
        hint: how to do without so many.

    Raises:
        UsageError: they do not.
    """
    if above + count > MOST_ROWS:
        raise UsageError(TOO_LONG.of(most=MOST_ROWS, n=count), hint)


class Writer:
    """A workbook being written."""

    def __init__(self, *, large: bool = False) -> None:
        """Begin one; a large one writes its long sheets row by row.

        Raises:
            MissingExtraError: the extra `excel` is not installed.
        """
        try:
            library: Any = import_module("xlsxwriter")
        except ImportError:
            raise lacks("excel", Text("工作簿", "a workbook")) from None
        self._kept = io.BytesIO()
        self._folder = TemporaryDirectory(prefix="hazardctl-", ignore_cleanup_errors=True) if large else None
        place = {"tmpdir": self._folder.name} if self._folder else {"in_memory": True}
        self._book: Any = library.Workbook(self._kept, {**_OPTIONS, **place})
        self._book.set_properties({"created": CREATED})
        self._looks: dict[tuple[str, ...], Any] = {}
        self._long: list[Any] = []

    def __enter__(self) -> Self:
        """Write it in a `with` where it is a large one: its temporary files go, whatever happens."""
        return self

    def __exit__(self, *_: object) -> None:
        """Take the temporary files away."""
        for sheet in self._long:
            sheet.row_data_fh.close()
        if self._folder:
            self._folder.cleanup()

    def sheet(self, name: str, *, long: bool = False) -> Any:  # noqa: ANN401
        """Add a sheet; the rows of a long one are written in their order, and none of them again."""
        by_row = long and self._folder is not None
        self._book.constant_memory = by_row  # a sheet keeps what the workbook says when it is added
        sheet = self._book.add_worksheet(name)
        self._book.constant_memory = False
        self._long += [sheet] if by_row else []
        return sheet

    def chart(self, kind: str, subtype: str = "") -> Any:  # noqa: ANN401
        """Begin a chart."""
        return self._book.add_chart({"type": kind, **({"subtype": subtype} if subtype else {})})

    def closed(self) -> bytes:
        """Give the bytes."""
        self._book.close()
        return self._kept.getvalue()

    def look(self, *names: str) -> Any:  # noqa: ANN401
        """Give a format by its name, or one laid over another, made once."""
        if names not in self._looks:
            parts = (_LOOKS.get(name) or _TINTS[name] for name in names)
            self._looks[names] = self._book.add_format({key: value for part in parts for key, value in part.items()})
        return self._looks[names]

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

    def cell(self, sheet: Any, row: int, column: int, value: object, *over: str) -> None:  # noqa: ANN401
        """Write a value: a day as a day, a number as a number, all else as text; `over` names looks laid over its own."""
        match value:
            case None | "":
                sheet.write_blank(row, column, None, self.look("text", *over))
            case dt.date():
                sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()), self.look("day", *over))
            case bool():
                sheet.write_string(row, column, str(value), self.look("text", *over))
            case int():
                sheet.write_number(row, column, value, self.look("whole", *over))
            case Decimal():
                sheet.write_number(row, column, float(value), self.look("number", *over))
            case Rate(value=None):
                sheet.write_string(row, column, "/", self.look("text", "right", *over))
            case Rate():
                sheet.write_number(row, column, float((value.value or 0) / 100), self.look(rated(value), *over))
            case _:
                text = str(value)
                sheet.write_string(row, column, text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…", self.look("text", *over))

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

    def printed(self, sheet: Any, left: str, middle: str, right: str) -> None:  # noqa: ANN401
        """Set a sheet up for paper: A4 across, one page wide, its foot three texts and never the day of printing.

        In the middle one, `{page}` and `{pages}` stand for the number of the page and of all.
        """
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        left, middle, right = (text.replace("&", "&&") for text in (left, middle, right))
        sheet.set_footer(f"&L{left}&C{middle.format(page='&P', pages='&N')}&R{right}")


def rated(rate: Rate) -> str:
    """Name the look of a rate: as many decimal places as it is printed with."""
    return "rate" if rate.places == 1 else "exact"


class Leaf(NamedTuple):
    """A sheet of plain text.

    Attributes:
        name: as wished; what a workbook does not take in it is replaced.
        rows: titles, column names, lines.
        names: position of the row of column names.
        marked: row and column of the cells that are tinted.
        kept: for the program alone: nobody sees it.
    """

    name: str
    rows: Sequence[Sequence[str]]
    names: int = 0
    marked: Container[tuple[int, int]] = ()
    kept: bool = False


def plain_workbook(leaves: Sequence[Leaf]) -> bytes:
    """Write sheets of text: titles and names frozen, columns as wide as they need.

    Raises:
        UsageError: a sheet would have more rows than any has.
    """
    for leaf in leaves:
        fits(len(leaf.rows), hint=AS_CSV)
    writer, taken = Writer(), set[str]()
    for leaf in leaves:
        sheet = writer.sheet(_tab(leaf.name, taken))
        body = leaf.rows[leaf.names :]
        width = max(map(len, body), default=0)
        for column in range(width):
            widths = [2 * max(map(len, row[column].splitlines() or [""])) for row in body[:500] if column < len(row)]
            sheet.set_column(column, column, min(WIDEST, 2 + max(widths, default=8)))
        for line, row in enumerate(leaf.rows):
            look = "note" if line < leaf.names else "head" if line == leaf.names else "text"
            for column, cell in enumerate(row):
                sheet.write_string(line, column, cell[:LONGEST], writer.look(look, *(["amber"] if (line, column) in leaf.marked else [])))
        sheet.freeze_panes(leaf.names + 1, 0)
        if leaf.kept:
            sheet.very_hidden()
        sheet.autofilter(leaf.names, 0, max(len(leaf.rows) - 1, leaf.names), max(width - 1, 0))
    return writer.closed()


def _tab(name: str, taken: set[str]) -> str:
    """Give a name a sheet may have that no other has: 31 characters, none of those that workbooks keep for themselves.

    Examples:
        >>> taken = set()
        >>> _tab("1/2月", taken), _tab("1:2月", taken), _tab("'", taken)
        ('1_2月', '1_2月 2', '_')
    """
    plain = _NOT_IN_TABS.sub("_", name)[:MOST_IN_TAB] or "_"
    found, n = plain, 1
    while found.casefold() in taken:
        n += 1
        found = f"{plain[: MOST_IN_TAB - 1 - len(str(n))]} {n}"
    taken.add(found.casefold())
    return found
