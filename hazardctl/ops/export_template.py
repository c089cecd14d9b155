"""A superior's workbook filled in: the names of its columns say what goes where, everything else in it stays (EXPERIENCE §2.3)."""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from copy import copy
from decimal import Decimal
from pathlib import Path
from typing import Any, Final

from hazardctl.errors import MissingExtraError, UsageError, reason
from hazardctl.exchange.headers import recognised
from hazardctl.exchange.mapping import Plan
from hazardctl.exchange.pages import Page, pages
from hazardctl.language import Text
from hazardctl.ops.export_rows import FIELDS, Written
from hazardctl.ops.export_subject import Subject
from hazardctl.render.workbook import CREATED, fits

NOT_OPENED: Final = Text("{path} 打不开：{why}", "{path} cannot be opened: {why}")
ONLY_XLSX: Final = Text("模板要是 xlsx 文件", "a template is an xlsx file")
NO_NAMES: Final = Text("模板里没有认得的表头", "the template has no column names we know")
NO_ROOM: Final = Text(
    "模板第 {line} 行有内容，只容得下 {room} 条，要填 {count} 条",
    "line {line} of the template holds something: room for {room}, {count} to be filled in",
)
MAKE_ROOM: Final = Text("在模板里插入空行，或缩小筛选范围", "insert empty rows into the template, or filter more narrowly")
SERIAL: Final = "external_ids.row"
_MODIFIED: Final = re.compile(rb"(<dcterms:modified\b[^>]*>)[^<]*(</dcterms:modified>)")
_STAMP: Final = (2000, 1, 1, 0, 0, 0)


def filled(subject: Subject, template: Path) -> bytes:
    """Fill a workbook in: a row a hazard, below the names of its columns.

    Args:
        subject: what is exported.
        template: the workbook; its first sheet with names we know is filled.

    Raises:
        UsageError: it cannot be opened, or its column names are not known.
        MissingExtraError: the extra `excel` is not installed.
    """
    try:
        data = template.read_bytes()
    except OSError as failure:
        raise UsageError(NOT_OPENED.of(path=str(template), why=reason(failure))) from failure
    if template.suffix.lower() != ".xlsx":
        raise UsageError(ONLY_XLSX)
    page = pages(data, template.name, Plan()).read[0]
    keys = _keys(page)
    if not keys:
        raise UsageError(NO_NAMES)
    book = _opened(data)
    sheet = book[page.table.sheet]
    first = page.head.line + 1
    fits(len(subject.lines), page.head.line)
    _roomy(page, len(subject.lines))
    others = [column for column, name in enumerate(page.head.names) if name and column not in keys]
    for number, one in enumerate(subject.lines):
        for column in others:
            example = sheet.cell(first + number, column + 1)
            if example.data_type != "f":
                example.value = None
        for column, key in keys.items():
            cell = sheet.cell(first + number, column + 1)
            _written(cell, number + 1 if key == SERIAL else one.cells[key])
            if number:
                above = sheet.cell(first, column + 1)
                cell.border, cell.font, cell.alignment = copy(above.border), copy(above.font), copy(above.alignment)
    return _saved(book)


def _keys(page: Page) -> dict[int, str]:
    """Give the position of each column that is filled → the field that goes there; a number of the row is counted anew."""
    targets = recognised(page.head.names)
    ours: dict[str, str] = {}
    for field in FIELDS:
        ours.setdefault(recognised([field.label.zh])[field.label.zh], field.key)
    ours["result"], ours["external_ids.source"] = "state", "id"
    found: dict[int, str] = {}
    for position, name in enumerate(page.head.names):
        target = targets.get(name, "")
        key = SERIAL if target == SERIAL else ours.get(target, "")
        if key and key not in found.values():
            found[position] = key
    return found if set(found.values()) - {SERIAL} else {}


def _roomy(page: Page, count: int) -> None:
    """Refuse to write over what stands further below; the first row below the names may hold an example.

    Raises:
        UsageError: there is too little room.
    """
    below = [row.line for row in page.table.rows[page.head.start + 1 :] if not row.blank]
    room = below[0] - page.head.line - 1 if below else count
    if count > room:
        raise UsageError(NO_ROOM.of(line=below[0], room=room, count=count), MAKE_ROOM)


def _opened(data: bytes) -> Any:  # noqa: ANN401
    try:
        import openpyxl
    except ImportError:
        raise MissingExtraError(
            Text("填写工作簿的部件没有安装", "what fills in workbooks is not installed"),
            Text('安装：pip install "hazardctl[excel]"', 'install it: pip install "hazardctl[excel]"'),
        ) from None
    return openpyxl.load_workbook(io.BytesIO(data))


def _written(cell: Any, value: Written) -> None:  # noqa: ANN401
    """Write a value; a text stays a text, whatever it begins with."""
    if isinstance(value, str):
        cell.value = value
        cell.data_type = "s"
        cell.number_format = "@"
    elif isinstance(value, dt.date):
        cell.value = value
        cell.number_format = "yyyy-mm-dd"
    else:
        cell.value = float(value) if isinstance(value, Decimal) else value


def _saved(book: Any) -> bytes:  # noqa: ANN401
    """Give the bytes, the same for the same content: neither the file nor its parts tell when they were written."""
    book.properties.created = book.properties.modified = CREATED
    written, kept = io.BytesIO(), io.BytesIO()
    book.save(written)
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name == "docProps/core.xml":
                part = _undated(part)
            new.writestr(zipfile.ZipInfo(name, _STAMP), part, zipfile.ZIP_DEFLATED)
    return kept.getvalue()


def _undated(part: bytes) -> bytes:
    """Put the fixed day where the library wrote the moment of saving; with another XML library the element names its spaces itself."""
    return _MODIFIED.sub(rb"\g<1>" + CREATED.strftime("%Y-%m-%dT%H:%M:%SZ").encode() + rb"\g<2>", part)
