"""A workbook as rows: xlsx, xls, xlsb and ods by python-calamine, every cell the text a person reads in it (DOMAIN §9.2).

A formula is the value that was calculated last; a day is a day, whichever epoch the file counts from; a number that was
formatted as a number stays one, even where it may be meant as a day: `dates.py` asks. Hidden sheets are left out unless they
are named; hidden rows are rows like any other, and it is told which they are (`unseen/`).
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Generator, Sequence
from contextlib import contextmanager
from typing import Any, Final, NamedTuple

from hazardctl.errors import MissingExtraError, UsageError
from hazardctl.exchange.table import MOST_BYTES, MOST_COLUMNS, MOST_ROWS, Merge, Row, Table
from hazardctl.exchange.unseen.told import unseen
from hazardctl.exchange.unseen.what import NOTHING, Unseen
from hazardctl.language import Text, plain

_ZIP: Final = b"PK\x03\x04"
_OLE: Final = b"\xd0\xcf\x11\xe0"
_LARGEST: Final = 2**30
_EXACT: Final = 15
"""Digits a spreadsheet keeps of a number; an id with more has lost its end already and shows it."""
_NO_WIDTH: Final = {0x200B: None, 0xFEFF: None}
"""Blanks of no width, which web pages leave in cells: nobody reads them. All else that cannot be seen is refused later."""
_NO_FORM: Final = "Cannot detect file format"
_CUT_OFF: Final = Text("不是完整的工作簿，可能没有传完，或已损坏", "it is no whole workbook, perhaps cut off on its way or damaged")
_MIDNIGHT: Final = dt.time()


class NoSheetError(UsageError):
    """The workbook has no sheet of that name."""

    def __init__(self, sheet: str, names: Sequence[str]) -> None:
        """Take the name that is wanted and those there are."""
        super().__init__(
            Text("没有工作表“{it}”", "there is no sheet “{it}”").of(it=sheet),
            Text("工作簿里有：{names}", "the workbook has: {names}").of(names=list(names)),
        )


def is_workbook(data: bytes) -> bool:
    """Say whether the bytes begin like a workbook, whatever the file is called."""
    return data.startswith((_ZIP, _OLE))


class Sheets(NamedTuple):
    """The sheets of a workbook that were read, and of those that nobody asked for by name the ones that a person hid."""

    tables: tuple[Table, ...]
    hidden: tuple[str, ...] = ()


def workbook(data: bytes, name: str, sheet: str = "", most: int = MOST_ROWS) -> Sheets:
    """Read the sheets of a workbook that hold anything.

    Args:
        data: the whole file.
        name: of the file; its ending names the format in what people read.
        sheet: name or number (from 1) of the one sheet that is wanted; empty for all that are not hidden.
        most: rows that a sheet may hold.

    Raises:
        NoSheetError: it has no such sheet.
        UsageError: it is no workbook, is protected by a password, or is too large.
        MissingExtraError: the extra `excel` is not installed.
    """
    calamine = _calamine()
    with readable():
        book = opened(data)
        found = [(one.name, one.visible == calamine.SheetVisibleEnum.Visible) for one in book.sheets_metadata]
        names = [_named(sheet, [each for each, _ in found])] if sheet else [each for each, seen in found if seen]
        dark = unseen(data, names)
        form = _format(name, data)
        tables = tuple(table for each in names if (table := _table(book, each, form, dark.get(each, NOTHING), most)).rows or sheet)
        away = (one.name for one in book.sheets_metadata if one.visible == calamine.SheetVisibleEnum.Hidden)
        return Sheets(tables, () if sheet else tuple(away))


def opened(data: bytes) -> Any:  # noqa: ANN401
    """Open a workbook.

    Raises:
        UsageError: it is none, is protected by a password, or is too large.
        MissingExtraError: the extra `excel` is not installed.
    """
    calamine = _calamine()
    _bounded(data)
    with readable():
        return calamine.CalamineWorkbook.from_filelike(io.BytesIO(data))


@contextmanager
def readable() -> Generator[None]:
    """Say in our words why the reader gave up.

    Raises:
        UsageError: it did.
    """
    calamine = _calamine()
    try:
        yield
    except calamine.PasswordError as failure:
        raise UsageError(
            Text("工作簿有密码", "the workbook is protected by a password"),
            Text("请在表格软件里取消密码后另存", "take the password off in the spreadsheet program and save it again"),
        ) from failure
    except (calamine.CalamineError, zipfile.BadZipFile, OSError, ValueError) as failure:
        raise UsageError(
            Text("工作簿读不出来：{why}", "the workbook cannot be read: {why}").of(why=_why(failure)),
            Text("请在表格软件里打开后另存为 xlsx", "open it in the spreadsheet program and save it as xlsx"),
        ) from failure


def _why(failure: Exception) -> Text:
    """Give the reader's reason; the commonest in our words."""
    return _CUT_OFF if _NO_FORM in str(failure) else plain(str(failure))


def _calamine() -> Any:  # noqa: ANN401 (the extra is imported where it is used)
    try:
        import python_calamine
    except ImportError:
        raise MissingExtraError(
            Text("读写工作簿的部件没有安装", "what reads and writes workbooks is not installed"),
            Text('安装：pip install "hazardctl[excel]"', 'install it: pip install "hazardctl[excel]"'),
            Text("或在表格软件里另存为 CSV UTF-8", "or save it as csv UTF-8 in the spreadsheet program"),
        ) from None
    return python_calamine


def _bounded(data: bytes) -> None:
    """Refuse a file that is, or unpacks to, more than anybody means."""
    size = len(data)
    if data.startswith(_ZIP):
        try:
            size = max(size, sum(one.file_size for one in zipfile.ZipFile(io.BytesIO(data)).infolist()) * MOST_BYTES // _LARGEST)
        except zipfile.BadZipFile:
            return  # the reader says what is wrong with it
    if size > MOST_BYTES:
        raise UsageError(Text("文件太大，请分成几份", "the file is too large: split it"))


def _format(name: str, data: bytes) -> str:
    ending = name.rpartition(".")[2].lower()
    return ending if ending in {"xlsx", "xlsm", "xlsb", "ods", "xls"} else "xls" if data.startswith(_OLE) else "xlsx"


def _named(sheet: str, names: Sequence[str]) -> str:
    if sheet in names:
        return sheet
    if sheet.isascii() and sheet.isdigit() and 1 <= int(sheet) <= len(names):
        return names[int(sheet) - 1]
    raise NoSheetError(sheet, names)


def _table(book: Any, name: str, form: str, dark: Unseen, most: int) -> Table:  # noqa: ANN401
    sheet = book.get_sheet_by_name(name)
    if sheet.height > 4 * most:
        raise too_long(name, 4 * most)
    rows = [cells_of(row) for row in sheet.to_python(skip_empty_area=False)]
    for (line, position), text in dark.cells.items():
        rows[line - 1 : line] = [told(rows[line - 1], position, text)] if line <= len(rows) else []
    while rows and not any(rows[-1]):
        rows.pop()
    if sum(1 for row in rows if row) > most:
        raise too_long(name, most)
    if widest := next((n for n, row in enumerate(rows, 1) if len(row) > MOST_COLUMNS), 0):
        raise too_wide(widest)
    failed: dict[int, frozenset[int]] = {}
    for line, position in dark.cells:
        failed[line] = failed.get(line, frozenset()) | {position}
    made = tuple(
        Row(number, cells, name, hidden=number in dark.rows, failed=failed.get(number, frozenset())) for number, cells in enumerate(rows, 1)
    )
    return Table(form, "", made, name, merges_of(sheet), frozenset(dark.columns))


def merges_of(sheet: Any) -> tuple[Merge, ...]:  # noqa: ANN401
    """Give the cells of a sheet that are merged."""
    ranges: list[tuple[tuple[int, int], tuple[int, int]]] = list(sheet.merged_cell_ranges or [])
    return tuple(Merge(*top, *bottom) for top, bottom in sorted(ranges))


def too_long(sheet: str, most: int) -> UsageError:
    """Refuse a sheet with too many rows."""
    return UsageError(Text("“{it}”超过 {n} 行，请分成几份", "“{it}” has more than {n} rows: split it").of(it=sheet, n=most))


def too_wide(line: int) -> UsageError:
    """Refuse a row with too many cells."""
    return UsageError(Text("第 {line} 行超过 {n} 列", "line {line} has more than {n} columns").of(line=line, n=MOST_COLUMNS))


def told(cells: tuple[str, ...], position: int, text: str) -> tuple[str, ...]:
    """Put what a person sees into a cell that was read as empty."""
    row = [*cells, *[""] * (position + 1 - len(cells))]
    row[position] = row[position] or text
    return tuple(row)


def cells_of(row: Sequence[object]) -> tuple[str, ...]:
    """Give the cells of a row as a person reads them, those behind the last one that is filled left out."""
    cells = [written(value) for value in row]
    while cells and not cells[-1].strip():
        cells.pop()
    return tuple(cells)


def written(value: object) -> str:
    """Give a value as a person reads it: a whole number without a fraction, a day without its midnight."""
    match value:
        case bool():
            return "TRUE" if value else "FALSE"
        case float() if value.is_integer() and abs(value) < 10**_EXACT:
            return str(int(value))
        case float():
            return f"{value:.{_EXACT}g}"
        case dt.datetime():
            return value.date().isoformat() if value.time() == _MIDNIGHT else value.isoformat(" ", "seconds")
        case dt.date() | dt.time():
            return value.isoformat()
        case _:
            return str(value).translate(_NO_WIDTH)
