"""What stands unseen in an ods file: rows and columns that are collapsed or filtered, groups that are folded, failed formulas."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final
from xml.parsers import expat
from zipfile import ZipFile

from hazardctl.exchange.table import MOST_COLUMNS, MOST_ROWS
from hazardctl.exchange.unseen.what import Unseen

WORKBOOK: Final = "content.xml"
_TABLE: Final = "urn:oasis:names:tc:opendocument:xmlns:table:1.0|"
_TEXT: Final = "urn:oasis:names:tc:opendocument:xmlns:text:1.0|"
_CALC_TYPE: Final = "urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0|value-type"
_GROUPS: Final = frozenset({f"{_TABLE}table-row-group", f"{_TABLE}table-column-group"})
_CELLS: Final = frozenset({f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"})
_SEEN: Final = frozenset({"", "visible"})


def told(archive: ZipFile, names: Sequence[str]) -> Mapping[str, Unseen]:
    """Give what stands unseen in some sheets of a workbook.

    Raises:
        ExpatError, ValueError: its content is off.
    """
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator="|")
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = reader.start, reader.end, reader.data
    parser.Parse(archive.read(WORKBOOK), True)  # noqa: FBT003 (how expat is told that this is all)
    return {name: found for name, found in reader.sheets.items() if name in names}


class _Reader:
    """Walks through the tables, counting rows and columns with their repeats."""

    def __init__(self) -> None:
        self.sheets: dict[str, Unseen] = {}
        self._sheet = Unseen()
        self._line = self._column = self._place = 0
        self._folded: list[bool] = []
        self._failed: list[str] | None = None
        self._text = False

    def start(self, name: str, said: dict[str, str]) -> None:
        if name == f"{_TABLE}table":
            self._sheet = self.sheets.setdefault(said.get(f"{_TABLE}name", ""), Unseen())
            self._line = self._column = 0
        elif name in _GROUPS:
            self._folded.append(said.get(f"{_TABLE}display") == "false")
        elif name == f"{_TABLE}table-column":
            times = int(said.get(f"{_TABLE}number-columns-repeated", 1))
            if self._hidden(said):
                self._sheet.columns.update(range(self._column, min(self._column + times, MOST_COLUMNS)))
            self._column += times
        elif name == f"{_TABLE}table-row":
            times = int(said.get(f"{_TABLE}number-rows-repeated", 1))
            if self._hidden(said):
                self._sheet.rows.update(range(self._line + 1, self._line + 1 + min(times, MOST_ROWS)))
            self._line, self._place = self._line + times, 0
        elif name in _CELLS:
            self._failed = [] if said.get(_CALC_TYPE) == "error" else None
            self._place += int(said.get(f"{_TABLE}number-columns-repeated", 1))
        elif name == f"{_TEXT}p":
            self._text = self._failed is not None

    def _hidden(self, said: Mapping[str, str]) -> bool:
        return any(self._folded) or said.get(f"{_TABLE}visibility", "") not in _SEEN

    def data(self, text: str) -> None:
        if self._text and self._failed is not None:
            self._failed.append(text)

    def end(self, name: str) -> None:
        if name in _GROUPS:
            self._folded.pop()
        elif name == f"{_TEXT}p":
            self._text = False
        elif name in _CELLS and self._failed is not None:
            self._sheet.cells[self._line, self._place - 1] = "".join(self._failed) or "#ERR!"
            self._failed = None
