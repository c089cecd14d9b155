"""What a person does not see in a sheet is told: hidden rows and columns, formulas without a value (DOMAIN §9.2)."""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Callable
from typing import Any, Final

import openpyxl
import pytest
import xlwt
from odf import table as odf
from odf.namespaces import OFFICENS as OFFICE
from odf.opendocument import OpenDocumentSpreadsheet
from odf.text import P

from hazardctl.errors import MissingExtraError
from hazardctl.exchange.mapping import Plan
from hazardctl.exchange.pages import pages
from hazardctl.exchange.unseen.told import unseen
from hazardctl.exchange.workbook import workbook
from tests.exchange.binary import Failed, xlsb

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'


def book() -> bytes:
    made = openpyxl.Workbook()
    sheet = made.worksheets[0]
    sheet.title = "台账"
    for row in (
        ["检查日期", "受检单位", "隐患描述"],
        ["2026-03-05", "甲厂", "漏电"],
        ["2026-03-06", "甲厂", "=1/0"],
        ["2026-03-07", "乙厂", "#REF!"],
    ):
        sheet.append(row)
    sheet.row_dimensions[2].hidden = True
    sheet.column_dimensions["B"].hidden = True
    made.create_sheet("空")
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


def rewritten(data: bytes, part: str, text: str) -> bytes:
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(kept, "w") as new:
        for name in old.namelist():
            new.writestr(name, text if name == part else old.read(name))
    return kept.getvalue()


def test_hidden_rows_and_columns_and_failed_formulas_are_told() -> None:
    found = unseen(book(), ["台账", "空", "没有"])
    assert set(found) == {"台账", "空"}
    assert (found["台账"].rows, found["台账"].columns) == ({2}, {1})
    assert found["台账"].cells == {(3, 2): "=1/0", (4, 2): "#REF!"}
    assert not found["空"].rows | found["空"].columns


def test_the_rows_of_a_table_carry_it() -> None:
    (page,) = pages(book(), "t.xlsx", Plan()).read
    assert [(row.line, row.hidden, sorted(row.failed)) for row in page.table.rows] == [
        (1, False, []),
        (2, True, []),
        (3, False, [2]),
        (4, False, [2]),
    ]
    assert page.table.rows[2].cells == ("2026-03-06", "甲厂", "=1/0")
    assert page.table.hidden == {1}


def test_rows_and_cells_without_their_place_are_counted() -> None:
    text = f"""<worksheet {MAIN}><cols><col hidden="1"/></cols><sheetData><row><c t="str"><f>1</f><v></v></c>
    <c t="e"><v>#N/A</v></c><c><f>A1</f></c><c><f>A1</f><v>3</v></c><c r="AA1"><f>{"9" * 99}</f></c>
    <c t="inlineStr"><is><t>x</t></is></c></row>
    <row hidden="true"/></sheetData></worksheet>"""
    (found,) = unseen(rewritten(book(), "xl/worksheets/sheet1.xml", text), ["台账"]).values()
    assert (found.rows, found.columns) == ({2}, {0})
    assert found.cells == {(1, 1): "#N/A", (1, 2): "=A1", (1, 26): "=" + "9" * 60}


@pytest.mark.parametrize(
    ("part", "text"),
    [("xl/workbook.xml", "<nonsense"), ("xl/worksheets/sheet1.xml", "<a><row r='x'/></a>"), ("xl/worksheets/sheet1.xml", "<a>")],
)
def test_what_is_off_tells_nothing(part: str, text: str) -> None:
    assert unseen(rewritten(book(), part, text), ["台账"]) == {}


def test_a_file_of_another_kind_tells_nothing() -> None:
    assert unseen(b"\xd0\xcf\x11\xe0", ["台账"]) == {}
    assert unseen(b"PK\x03\x04", ["台账"]) == {}
    kept = io.BytesIO()
    with zipfile.ZipFile(kept, "w") as other:
        other.writestr("content.xml", "<x/>")
    assert unseen(kept.getvalue(), ["台账"]) == {}


def test_a_relation_that_leads_nowhere_tells_nothing() -> None:
    text = '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
    assert unseen(rewritten(book(), "xl/_rels/workbook.xml.rels", text), ["台账"]) == {}


ROWS: Final = (("检查日期", "受检单位", "整改期限"), ("2026-03-05", "甲厂", "2026-04-01"), ("2026-03-06", "乙厂", "#N/A"))


def as_xlsb() -> bytes:
    return xlsb([*ROWS[:2], [*ROWS[2][:2], Failed(0x2A)]], hidden=({1}, {1}))


def as_ods() -> bytes:
    made = OpenDocumentSpreadsheet()
    sheet = odf.Table(name="台账")
    sheet.addElement(odf.TableColumn())
    sheet.addElement(odf.TableColumn(visibility="collapse"))
    folded = odf.TableRowGroup(display="false")
    for number, row in enumerate(ROWS):
        line = odf.TableRow()
        for text in row:
            cell = odf.TableCell(valuetype="string")
            if text == "#N/A":
                cell.setAttrNS("urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0", "value-type", "error")
                cell.setAttrNS(OFFICE, "string-value", "")
            cell.addElement(P(text=text))
            line.addElement(cell)
        (folded if number == 1 else sheet).addElement(line)
        if number == 0:
            sheet.addElement(folded)
    filtered = odf.TableRow(visibility="filter", numberrowsrepeated=2)
    filtered.addElement(odf.TableCell())
    sheet.addElement(filtered)
    spreadsheet: Any = made.spreadsheet  # pyright: ignore[reportAttributeAccessIssue]
    spreadsheet.addElement(sheet)
    kept = io.BytesIO()
    made.write(kept)
    return kept.getvalue()


def as_xls() -> bytes:
    made = xlwt.Workbook()
    sheet = made.add_sheet("台账")
    for line, row in enumerate(ROWS):
        for column, text in enumerate(row):
            if text == "#N/A":
                sheet.row(line).set_cell_error(column, 0x2A)
            else:
                sheet.write(line, column, text)
    sheet.row(1).hidden = True
    sheet.col(1).hidden = True
    kept = io.BytesIO()
    made.save(kept)
    return kept.getvalue()


@pytest.mark.parametrize(("made", "name"), [(as_xlsb, "t.xlsb"), (as_ods, "t.ods"), (as_xls, "t.xls")])
def test_every_format_tells_what_is_hidden_and_what_failed(made: Callable[[], bytes], name: str) -> None:
    (page,) = pages(made(), name, Plan()).read
    assert [(row.cells, row.hidden, sorted(row.failed)) for row in page.table.rows] == [
        (ROWS[0], False, []),
        (ROWS[1], True, []),
        (ROWS[2], False, [2]),
    ]
    assert page.table.hidden == {1}


def test_rows_that_are_filtered_away_are_hidden_rows() -> None:
    (found,) = unseen(as_ods(), ["台账"]).values()
    assert found.rows == {2, 4, 5}
    assert unseen(as_ods(), ["没有"]) == {}


def test_an_error_nobody_named_is_one() -> None:
    (found,) = unseen(xlsb([["a", Failed(99)], ["x" * 200, "b"]]), ["台账"]).values()
    assert found.cells == {(1, 1): "#ERR!"}


def test_a_binary_workbook_that_is_cut_off_tells_nothing() -> None:
    book = as_xlsb()
    kept = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(kept, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"\x00\x02\x00" if name.endswith("sheet1.bin") else old.read(name))
    assert unseen(kept.getvalue(), ["台账"]) == {}


def test_without_its_extra_an_xls_file_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "xlrd", None)
    with pytest.raises(MissingExtraError, match="xls"):
        unseen(as_xls(), ["台账"])


def test_the_reader_is_not_led_astray_by_the_error_of_a_last_row() -> None:
    (table,) = workbook(book(), "t.xlsx").tables
    assert table.rows[-1].cells[2] == "#REF!"
