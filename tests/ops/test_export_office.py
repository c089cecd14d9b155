"""The exported workbook in LibreOffice: it opens, and every value it calculates is the one that was stored (EXPERIENCE §10, 6)."""

from __future__ import annotations

import datetime as dt
import io
import re
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest

from hazardctl.exchange.workbook import workbook
from hazardctl.language import LANGUAGES, Language
from hazardctl.ops.context import Context
from hazardctl.ops.export import Wanted, export
from hazardctl.ops.question import Words
from tests.exchange.test_workbook import xls
from tests.office import converted, soffice

YEAR = Words("2023", as_of="2023-09-30")
WRONG = "-12345"

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]


def made(repository: Path, folder: Path, language: Language) -> bytes:
    soffice()
    shutil.copytree(repository / "ledger", folder / "ledger")
    return export(Context(folder / "ledger", dt.date(2023, 9, 30), language=language), YEAR, Wanted("x.xlsx")).data


def spoilt(data: bytes) -> tuple[bytes, int]:
    """Put a wrong value into every formula: what comes out right was calculated anew."""
    kept, count = io.BytesIO(), 0
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(kept, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            if name.startswith("xl/worksheets/sheet"):
                part, here = re.subn(rb"(</f>)<v>[^<]*</v>", rb"\g<1><v>" + WRONG.encode() + rb"</v>", part)
                count += here
            new.writestr(name, part)
    return kept.getvalue(), count


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_value_is_the_one_that_is_calculated(repository: Path, tmp_path: Path, language: Language) -> None:
    data = made(repository, tmp_path, language)
    wrong, count = spoilt(data)
    assert count > 40
    file = tmp_path / "book.xlsx"
    file.write_bytes(wrong)
    again = openpyxl.load_workbook(converted(file, "xlsx", tmp_path), data_only=True)
    told, formulas = openpyxl.load_workbook(io.BytesIO(data), data_only=True), openpyxl.load_workbook(io.BytesIO(data))
    compared = 0
    for page in formulas:
        for row in page.iter_rows():
            for cell in row:
                value, calculated = told[page.title][cell.coordinate].value, again[page.title][cell.coordinate].value
                if cell.data_type == "f":
                    compared += 1
                    assert calculated == (pytest.approx(value) if isinstance(value, float) else value), (page.title, cell.coordinate)
                elif isinstance(value, float | int):
                    assert calculated == pytest.approx(value), (page.title, cell.coordinate)
    assert compared == count


def test_the_reader_of_import_reads_what_libreoffice_saved(repository: Path, tmp_path: Path) -> None:
    data = made(repository, tmp_path, "zh")
    file = tmp_path / "book.xlsx"
    file.write_bytes(data)
    (ours,) = workbook(data, "x.xlsx", "隐患台账").tables
    for ending in ("xls", "ods"):
        (saved,) = workbook(converted(file, ending, tmp_path).read_bytes(), f"x.{ending}", "隐患台账").tables
        assert [row.cells for row in saved.rows] == [row.cells for row in ours.rows], ending


def test_a_workbook_of_old_becomes_one_of_today(tmp_path: Path) -> None:
    soffice()
    file = tmp_path / "旧台账.xls"
    file.write_bytes(xls([["检查时间", "隐患描述"], [dt.date(2026, 3, 5), "漏电"]]))
    (sheet,) = openpyxl.load_workbook(converted(file, "xlsx", tmp_path), data_only=True).worksheets
    assert [cell.value for cell in sheet[2]] == [dt.datetime(2026, 3, 5), "漏电"]  # noqa: DTZ001
