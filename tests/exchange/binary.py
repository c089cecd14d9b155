"""A workbook in the binary format of spreadsheets (xlsb), the little of it that a table needs: no library writes it.

The records are those of [MS-XLSB]: a number of the record, the length of its body, the body; numbers of one or two and lengths of one
to four bytes that carry seven bits each.
"""

from __future__ import annotations

import datetime as dt
import io
import struct
import zipfile
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

EPOCH: Final = dt.date(1899, 12, 30)
ROW, BLANK, ERROR, REAL, TEXT, COLUMN = 0, 1, 3, 5, 6, 60
BEGIN_SHEET, END_SHEET, BEGIN_BOOK, END_BOOK, BEGIN_DATA, END_DATA = 129, 130, 131, 132, 145, 146
BEGIN_BUNDLES, END_BUNDLES, BUNDLE, DIMENSION = 143, 144, 156, 148
BEGIN_MERGES, END_MERGES, MERGE = 177, 178, 176
BEGIN_STYLES, END_STYLES, BEGIN_XFS, END_XFS, XF = 278, 279, 617, 618, 47
SHORT_DATE: Final = 14
_TYPES: Final = (
    ("/xl/workbook.bin", "application/vnd.ms-excel.sheet.binary.macroEnabled.main"),
    ("/xl/worksheets/sheet1.bin", "application/vnd.ms-excel.worksheet"),
    ("/xl/styles.bin", "application/vnd.ms-excel.styles"),
)
_OFFICE: Final = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE: Final = "http://schemas.openxmlformats.org/package/2006"


@dataclass(frozen=True, slots=True)
class Failed:
    """A cell whose formula failed, by the number of its error."""

    error: int


def xlsb(
    rows: Sequence[Sequence[object]],
    name: str = "台账",
    merges: Sequence[tuple[int, int, int, int]] = (),
    hidden: tuple[Collection[int], Collection[int]] = ((), ()),
) -> bytes:
    """Write rows of texts, numbers and days as one sheet; merges as top, left, bottom, right, hidden rows and columns, all from 0."""
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as parts:
        overrides = "".join(f'<Override PartName="{part}" ContentType="{kind}"/>' for part, kind in _TYPES)
        relations = '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        parts.writestr("[Content_Types].xml", f'<Types xmlns="{_PACKAGE}/content-types">{relations}{overrides}</Types>')
        parts.writestr("_rels/.rels", _relations(("officeDocument", "xl/workbook.bin")))
        parts.writestr("xl/_rels/workbook.bin.rels", _relations(("worksheet", "worksheets/sheet1.bin"), ("styles", "styles.bin")))
        bundle = struct.pack("<II", 0, 1) + _wide("rId1") + _wide(name)
        book = (BEGIN_BOOK, b""), (BEGIN_BUNDLES, b""), (BUNDLE, bundle), (END_BUNDLES, b""), (END_BOOK, b"")
        parts.writestr("xl/workbook.bin", _stream(book))
        parts.writestr("xl/styles.bin", _stream(_styles()))
        parts.writestr("xl/worksheets/sheet1.bin", _stream(_sheet(rows, merges, *hidden)))
    return kept.getvalue()


def _relations(*targets: tuple[str, str]) -> str:
    each = (f'<Relationship Id="rId{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>' for n, (kind, target) in enumerate(targets, 1))
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{"".join(each)}</Relationships>'


def _styles() -> Iterator[tuple[int, bytes]]:
    """Give two formats: as it is, and a day."""
    yield BEGIN_STYLES, b""
    yield BEGIN_XFS, struct.pack("<I", 2)
    for form in (0, SHORT_DATE):
        yield XF, struct.pack("<HHHHHBBHBB", 0, form, 0, 0, 0, 0, 0, 0, 0, 0)
    yield END_XFS, b""
    yield END_STYLES, b""


def _sheet(
    rows: Sequence[Sequence[object]], merges: Sequence[tuple[int, int, int, int]], dark: Collection[int], columns: Collection[int]
) -> Iterator[tuple[int, bytes]]:
    yield BEGIN_SHEET, b""
    yield DIMENSION, struct.pack("<IIII", 0, len(rows) - 1, 0, max(map(len, rows)) - 1)
    for column in columns:
        yield COLUMN, struct.pack("<IIIIH", column, column, 2560, 0, 1)
    yield BEGIN_DATA, b""
    for line, row in enumerate(rows):
        yield ROW, struct.pack("<IIHBBBI", line, 0, 300, 0, 0x10 if line in dark else 0, 0, 0)
        for column, value in enumerate(row):
            yield from _cell(column, value)
    yield END_DATA, b""
    if merges:
        yield BEGIN_MERGES, struct.pack("<I", len(merges))
        for top, left, bottom, right in merges:
            yield MERGE, struct.pack("<IIII", top, bottom, left, right)
        yield END_MERGES, b""
    yield END_SHEET, b""


def _cell(column: int, value: object) -> Iterator[tuple[int, bytes]]:
    match value:
        case None:
            yield BLANK, struct.pack("<II", column, 0)
        case dt.date():
            yield REAL, struct.pack("<IId", column, 1, float((value - EPOCH).days))
        case Failed(error=error):
            yield ERROR, struct.pack("<IIB", column, 0, error)
        case int() | float():
            yield REAL, struct.pack("<IId", column, 0, float(value))
        case _:
            yield TEXT, struct.pack("<II", column, 0) + _wide(str(value))


def _wide(text: str) -> bytes:
    data = text.encode("utf-16-le")
    return struct.pack("<I", len(data) // 2) + data


def _stream(records: Sequence[tuple[int, bytes]] | Iterator[tuple[int, bytes]]) -> bytes:
    return b"".join(_number(kind) + _length(len(body)) + body for kind, body in records)


def _number(kind: int) -> bytes:
    return bytes([kind]) if kind < 128 else bytes([kind & 0x7F | 0x80, kind >> 7])


def _length(count: int) -> bytes:
    found = bytearray()
    while True:
        found.append(count & 0x7F | (0x80 if count > 0x7F else 0))
        count >>= 7
        if not count:
            return bytes(found)
