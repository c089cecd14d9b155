"""What stands unseen in an xlsb file: the few of its records that say so ([MS-XLSB] 2.1.4, 2.4)."""

from __future__ import annotations

import struct
from collections.abc import Iterator, Mapping, Sequence
from typing import Final
from zipfile import ZipFile

from hazardctl.exchange.table import MOST_COLUMNS
from hazardctl.exchange.unseen.what import ERRORS, Unseen
from hazardctl.exchange.unseen.xlsx import targets

WORKBOOK: Final = "xl/workbook.bin"
_SHEET: Final = 156
_ROW_HIDDEN: Final = 0x10
_COLUMN_HIDDEN: Final = 1
_MORE: Final = 0x80


def told(archive: ZipFile, names: Sequence[str]) -> Mapping[str, Unseen]:
    """Give what stands unseen in some sheets of a workbook.

    Raises:
        ExpatError, ValueError, struct.error: one of its parts is off.
    """
    ids = dict(_bundle(body) for kind, body in _records(archive.read(WORKBOOK)) if kind == _SHEET)
    parts = targets(archive.read("xl/_rels/workbook.bin.rels"), ids)
    return {name: _sheet(archive.read(parts[name])) for name in names if parts.get(name) in archive.namelist()}


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Give the records of a part: their number, and their body."""
    place = 0
    while place < len(data):
        kind, place = _number(data, place, 2)
        size, place = _number(data, place, 4)
        yield kind, data[place : place + size]
        place += size


def _number(data: bytes, place: int, most: int) -> tuple[int, int]:
    """Read a number of some bytes that carry seven bits each; give it and where it ends."""
    value = 0
    for n, byte in enumerate(data[place : place + most]):
        value |= (byte & ~_MORE) << 7 * n
        if not byte & _MORE:
            return value, place + n + 1
    return value, place + most


def _bundle(body: bytes) -> tuple[str, str]:
    """Give name and id of a sheet."""
    key, end = _wide(body, 8)
    return _wide(body, end)[0], key


def _wide(body: bytes, place: int) -> tuple[str, int]:
    (size,) = struct.unpack_from("<I", body, place)
    end = place + 4 + 2 * size
    return body[place + 4 : end].decode("utf-16-le"), end


def _sheet(data: bytes) -> Unseen:
    found, line = Unseen(), 0
    for kind, body in _records(data):
        match kind:
            case 0:  # a row begins
                line = struct.unpack_from("<I", body)[0] + 1
                if body[11] & _ROW_HIDDEN:
                    found.rows.add(line)
            case 60:  # how some columns look
                first, last, _, _, flags = struct.unpack_from("<IIIIH", body)
                if flags & _COLUMN_HIDDEN:
                    found.columns.update(range(first, min(last + 1, MOST_COLUMNS)))
            case 3 | 11:  # a cell that holds an error, and a formula that gave one
                found.cells[line, struct.unpack_from("<I", body)[0]] = ERRORS.get(body[8], "#ERR!")
            case _:
                pass
    return found
