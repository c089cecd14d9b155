"""What a person does not see in a sheet, or sees as an error, and the fast reader does not tell (DOMAIN §9.2).

Rows and columns that are hidden, cells whose formula failed, formulas that were written by a program and never calculated: the
parts of an xlsx file say so, and no other format does. The reader gives an empty cell for a failed formula; a deadline lost like
that would be a lost deadline, so the cell gets back what a person sees in it.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final
from xml.parsers import expat

from hazardctl.exchange.table import MOST_COLUMNS

_WORKBOOK: Final = "xl/workbook.xml"
_ID: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships|id"
_YES: Final = frozenset({"1", "true", "on"})
_PLACE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})", re.ASCII)
_LONGEST: Final = 60
"""Letters of a formula that are shown."""

Attributes = Mapping[str, str]


@dataclass(slots=True)
class Unseen:
    """What stands in one sheet unseen.

    Attributes:
        rows: lines of the hidden rows, from 1.
        columns: positions of the hidden columns, from 0.
        cells: (line, position) → what a person sees in a cell the reader takes for empty: an error, or a formula.
    """

    rows: set[int] = field(default_factory=set[int])
    columns: set[int] = field(default_factory=set[int])
    cells: dict[tuple[int, int], str] = field(default_factory=dict[tuple[int, int], str])


NOTHING: Final = Unseen()


def unseen(data: bytes, names: Sequence[str]) -> Mapping[str, Unseen]:
    """Give what stands unseen in some sheets of a workbook; nothing for a file that is not xlsx or whose parts are off.

    Args:
        data: the whole file, already held to be of a bearable size.
        names: of the sheets.
    """
    if not data.startswith(b"PK"):
        return {}
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = _parts(archive) if _WORKBOOK in archive.namelist() else {}
            return {name: _sheet(archive.read(parts[name])) for name in names if parts.get(name) in archive.namelist()}
    except (zipfile.BadZipFile, expat.ExpatError, ValueError, OSError):
        return {}  # what can be read the reader has read; what lies beside it is not worth a refusal


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """Give sheet → the part of the archive that holds it."""
    ids: dict[str, str] = {}
    targets: dict[str, str] = {}

    def sheet(name: str, said: Attributes) -> None:
        if _local(name) == "sheet" and _ID in said:
            ids[said.get("name", "")] = said[_ID]

    def relation(name: str, said: Attributes) -> None:
        if _local(name) == "Relationship":
            targets[said.get("Id", "")] = posixpath.normpath(posixpath.join("/xl", said.get("Target", "")))[1:]

    _walked(archive.read(_WORKBOOK), sheet)
    _walked(archive.read("xl/_rels/workbook.xml.rels"), relation)
    return {name: targets[key] for name, key in ids.items() if key in targets}


def _walked(data: bytes, start: Callable[[str, dict[str, str]], None]) -> None:
    parser = expat.ParserCreate(namespace_separator="|")
    parser.StartElementHandler = start
    parser.Parse(data, True)  # noqa: FBT003 (how expat is told that this is all)


def _local(name: str) -> str:
    return name.rpartition("|")[2]


class _Reader:
    """Walks through the cells of a sheet; only those with an error or a formula cost anything."""

    def __init__(self) -> None:
        self.found = Unseen()
        self._line = 0
        self._place = (0, 0)
        self._kind = ""
        self._formula: str | None = None
        self._value = ""
        self._text: list[str] | None = None

    def start(self, name: str, said: Attributes) -> None:
        match _local(name):
            case "c":
                self._cell(said)
            case "row":
                self._line = int(said.get("r") or self._line + 1)
                self._place = (self._line, -1)
                if said.get("hidden", "") in _YES:
                    self.found.rows.add(self._line)
            case "f" | "v" as part if part == "f" or self._formula is not None or self._kind == "e":
                self._text = []
                self._formula = "" if part == "f" else self._formula
            case "col" if said.get("hidden", "") in _YES:
                first, last = int(said.get("min") or 1), int(said.get("max") or 1)
                self.found.columns.update(range(first - 1, min(last, MOST_COLUMNS)))
            case _:
                pass

    def _cell(self, said: Attributes) -> None:
        place = _PLACE.fullmatch(said.get("r", ""))
        self._place = (int(place[2]), _position(place[1])) if place else (self._line, self._place[1] + 1)
        self._kind, self._formula, self._value = said.get("t", ""), None, ""

    def data(self, text: str) -> None:
        if self._text is not None:
            self._text.append(text)

    def end(self, name: str) -> None:
        local = _local(name)
        if local == "c":
            self._done()
        elif self._text is not None and local in {"f", "v"}:
            text = "".join(self._text)
            self._text = None
            if local == "f":
                self._formula = text
            else:
                self._value = text

    def _done(self) -> None:
        if self._kind == "e" and self._value:
            self.found.cells[self._place] = self._value
        elif self._formula and not self._value and self._kind != "str":
            self.found.cells[self._place] = f"={self._formula[:_LONGEST]}"
        self._kind, self._formula = "", None


def _position(letters: str) -> int:
    found = 0
    for letter in letters:
        found = found * 26 + ord(letter) - 64
    return found - 1


def _sheet(data: bytes) -> Unseen:
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator="|")
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = reader.start, reader.end, reader.data
    parser.Parse(data, True)  # noqa: FBT003 (how expat is told that this is all)
    return reader.found
