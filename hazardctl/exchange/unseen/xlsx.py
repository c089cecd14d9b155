"""What stands unseen in an xlsx file."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Mapping, Sequence
from typing import Final
from xml.parsers import expat
from zipfile import ZipFile

from hazardctl.exchange.table import MOST_COLUMNS
from hazardctl.exchange.unseen.what import LONGEST, Unseen

WORKBOOK: Final = "xl/workbook.xml"
_ID: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships|id"
_YES: Final = frozenset({"1", "true", "on"})
_MARK: Final = re.compile(rb"""<(?:[\w.-]+:)?f[\s/>]|hidden\s*=|\bt\s*=\s*["']e["']""")
_PIECE: Final = 2**20
_REACH: Final = 200
"""Bytes of a piece that are looked at again with the next one: a mark is never as long."""
_PLACE: Final = re.compile(r"([A-Z]{1,3})(\d{1,7})", re.ASCII)

Attributes = Mapping[str, str]


def told(archive: ZipFile, names: Sequence[str]) -> Mapping[str, Unseen]:
    """Give what stands unseen in some sheets of a workbook; one without a mark of it, which most are, is not taken apart at all.

    Raises:
        ExpatError, ValueError: one of its parts is off.
    """
    parts = targets(archive.read("xl/_rels/workbook.xml.rels"), _ids(archive.read(WORKBOOK)))
    held = [name for name in names if parts.get(name) in archive.namelist()]
    return {name: _sheet(archive, parts[name]) if _marked(archive, parts[name]) else Unseen() for name in held}


def _ids(book: bytes) -> dict[str, str]:
    """Give sheet → the id of its relation."""
    ids: dict[str, str] = {}

    def sheet(name: str, said: Attributes) -> None:
        if local(name) == "sheet" and _ID in said:
            ids[said.get("name", "")] = said[_ID]

    walked(book, sheet)
    return ids


def targets(relations: bytes, ids: Mapping[str, str]) -> dict[str, str]:
    """Give sheet → the part of the archive that holds it, from the relations of a workbook."""
    found: dict[str, str] = {}

    def relation(name: str, said: Attributes) -> None:
        if local(name) == "Relationship":
            found[said.get("Id", "")] = posixpath.normpath(posixpath.join("/xl", said.get("Target", "")))[1:]

    walked(relations, relation)
    return {name: found[key] for name, key in ids.items() if key in found}


def walked(data: bytes, start: Callable[[str, dict[str, str]], None]) -> None:
    """Walk through the elements of a part."""
    parser = expat.ParserCreate(namespace_separator="|")
    parser.StartElementHandler = start
    parser.Parse(data, True)  # noqa: FBT003 (how expat is told that this is all)


def local(name: str) -> str:
    """Give the name of an element without its space."""
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
        match local(name):
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
        part = local(name)
        if part == "c":
            self._done()
        elif self._text is not None and part in {"f", "v"}:
            text = "".join(self._text)
            self._text = None
            if part == "f":
                self._formula = text
            else:
                self._value = text

    def _done(self) -> None:
        if self._kind == "e" and self._value:
            self.found.cells[self._place] = self._value
        elif self._formula and not self._value and self._kind != "str":
            self.found.cells[self._place] = f"={self._formula[:LONGEST]}"
        self._kind, self._formula = "", None


def _position(letters: str) -> int:
    found = 0
    for letter in letters:
        found = found * 26 + ord(letter) - 64
    return found - 1


def _sheet(archive: ZipFile, part: str) -> Unseen:
    reader = _Reader()
    parser = expat.ParserCreate(namespace_separator="|")
    parser.StartElementHandler, parser.EndElementHandler, parser.CharacterDataHandler = reader.start, reader.end, reader.data
    with archive.open(part) as data:
        parser.ParseFile(data)
    return reader.found


def _marked(archive: ZipFile, part: str) -> bool:
    """Say whether a sheet may have a hidden row or column, an error or a formula in it; one that is none, or in UTF-16, always may."""
    before = b""
    with archive.open(part) as data:
        while piece := data.read(_PIECE):
            if _MARK.search(before + piece) or b"\0" in piece:
                return True
            before = piece[-_REACH:]
    return not before.rstrip().endswith(b"worksheet>")
