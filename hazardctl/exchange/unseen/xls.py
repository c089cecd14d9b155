"""What stands unseen in an xls file, as xlrd reads it: the fast reader tells neither what is hidden nor what failed."""

from __future__ import annotations

import io
from collections.abc import Mapping, Sequence
from typing import Any, Final

from hazardctl.errors import MissingExtraError
from hazardctl.exchange.table import MOST_COLUMNS
from hazardctl.exchange.unseen.what import ERRORS, Unseen
from hazardctl.language import Text

MAGIC: Final = b"\xd0\xcf\x11\xe0"


def told(data: bytes, names: Sequence[str]) -> Mapping[str, Unseen]:
    """Give what stands unseen in some sheets of a workbook; nothing where the file is off.

    Raises:
        MissingExtraError: the extra `excel` is not installed.
    """
    try:
        import xlrd
    except ImportError:
        raise MissingExtraError(
            Text("读取 xls 的部件没有安装", "what reads xls is not installed"),
            Text('安装：pip install "hazardctl[excel]"', 'install it: pip install "hazardctl[excel]"'),
        ) from None
    try:
        with xlrd.open_workbook(file_contents=data, formatting_info=True, on_demand=True, logfile=io.StringIO()) as book:
            return {name: _sheet(book.sheet_by_name(name), xlrd.XL_CELL_ERROR) for name in names if name in book.sheet_names()}
    except Exception:  # noqa: BLE001 (what a damaged file raises is not one class; what can be read the reader has read)
        return {}


def _sheet(sheet: Any, failed: int) -> Unseen:  # noqa: ANN401
    found = Unseen({line + 1 for line, row in sheet.rowinfo_map.items() if row.hidden})
    found.columns = {place for place, column in sheet.colinfo_map.items() if column.hidden and place < MOST_COLUMNS}
    for line in range(sheet.nrows):
        for place, kind in enumerate(sheet.row_types(line)):
            if kind == failed:
                found.cells[line + 1, place] = ERRORS.get(sheet.cell_value(line, place), "#ERR!")
    return found
