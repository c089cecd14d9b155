"""Workbooks as rows: what a person reads in a cell, names over several rows, merged cells, several sheets."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Mapping, Sequence
from typing import Any

import openpyxl
import pytest
import xlwt
from odf.opendocument import OpenDocumentSpreadsheet
from odf.table import Table as OdfTable
from odf.table import TableCell, TableRow
from odf.text import P

from hazardctl.errors import UsageError
from hazardctl.exchange.mapping import Plan
from hazardctl.exchange.merged import block, stacked
from hazardctl.exchange.pages import Pages, pages
from hazardctl.exchange.table import Merge, Row
from hazardctl.exchange.workbook import workbook, written

Cells = Sequence[Sequence[object]]

TOWNSHIP: Cells = [
    ["柳林镇事故隐患排查治理台账"],
    ["填报单位：安监办"],
    ["序号", "检查时间", "受检单位", "隐患\n描述", "整改责任单位", None, "整改时限"],
    [None, None, None, None, "建设", "施工", None],
    [1, "2026.3.5", "顺发加油站", "静电接地失效", "甲", "乙", dt.date(2026, 3, 15)],
    [2, 46089, "顺发加油站", "灭火器过期", "甲", None, "立即"],
    ["合计", 2],
]


def xlsx(sheets: Mapping[str, Cells], merges: Sequence[str] = (), hidden: Sequence[str] = ()) -> bytes:
    book = openpyxl.Workbook()
    book.remove(book.active)  # type: ignore[arg-type]
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
        for one in merges:
            sheet.merge_cells(one)
        if name in hidden:
            sheet.sheet_state = "hidden"
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def xls(rows: Cells) -> bytes:
    book = xlwt.Workbook()
    sheet = book.add_sheet("台账")
    days = xlwt.easyxf(num_format_str="yyyy-mm-dd")
    for line, row in enumerate(rows):
        for column, value in enumerate(row):
            if isinstance(value, dt.date):
                sheet.write(line, column, value, days)
            elif value is not None:
                sheet.write(line, column, value)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def ods(rows: Cells) -> bytes:
    book = OpenDocumentSpreadsheet()
    sheet = OdfTable(name="台账")
    for row in rows:
        line = TableRow()
        for value in row:
            line.addElement(_ods_cell(value))
        sheet.addElement(line)
    spreadsheet: Any = book.spreadsheet  # pyright: ignore[reportAttributeAccessIssue]
    spreadsheet.addElement(sheet)
    kept = io.BytesIO()
    book.save(kept)
    return kept.getvalue()


def _ods_cell(value: object) -> Any:  # noqa: ANN401
    if isinstance(value, dt.date):
        return TableCell(valuetype="date", datevalue=value.isoformat())
    if isinstance(value, int):
        return TableCell(valuetype="float", value=str(value))
    cell = TableCell(valuetype="string") if value is not None else TableCell()
    if value is not None:
        cell.addElement(P(text=str(value).replace("\n", "")))
    return cell


def texts(rows: Cells) -> bytes:
    text = io.StringIO(newline="")
    csv.writer(text).writerows([["" if value is None else str(value) for value in row] for row in rows])
    return text.getvalue().encode("gb18030")


def read(data: bytes, name: str = "台账.xlsx", plan: Plan | None = None, prefer: str = "") -> Pages:
    return pages(data, name, plan or Plan(), prefer)


def body(found: Pages) -> list[tuple[str, ...]]:
    (page,) = found.read
    return [tuple(page.cells(row).values()) for row in page.table.rows[page.head.start :]]


MERGES = ("A1:G1", "A3:A4", "B3:B4", "C3:C4", "D3:D4", "E3:F3", "G3:G4")


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (xlsx({"台账": TOWNSHIP}, MERGES), "t.xlsx"),
        (xlsx({"台账": TOWNSHIP}), "t.xlsx"),
        (xls(TOWNSHIP), "t.xls"),
        (ods(TOWNSHIP), "t.ods"),
        (texts(TOWNSHIP), "t.csv"),
    ],
    ids=["xlsx", "xlsx without merges", "xls", "ods", "csv"],
)
def test_one_sheet_gives_the_same_rows_in_every_format(data: bytes, name: str) -> None:
    found = read(data, name)
    assert found.names == ("序号", "检查时间", "受检单位", "隐患描述", "整改责任单位/建设", "整改责任单位/施工", "整改时限")
    assert body(found)[:2] == [
        ("1", "2026.3.5", "顺发加油站", "静电接地失效", "甲", "乙", "2026-03-15"),
        ("2", "46089", "顺发加油站", "灭火器过期", "甲", "", "立即"),
    ]
    assert found.read[0].head.titles == 2


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (1.0, "1"),
        (0.1 + 0.2, "0.3"),
        (3.5e20, "3.5e+20"),
        (True, "TRUE"),
        ("0012", "0012"),
        ("漏\u200b电", "漏电"),
        (dt.datetime(2026, 3, 5), "2026-03-05"),  # noqa: DTZ001
        (dt.datetime(2026, 3, 5, 14, 30), "2026-03-05 14:30:00"),  # noqa: DTZ001
        (dt.date(2026, 3, 5), "2026-03-05"),
        (dt.time(8, 30), "08:30:00"),
        ("", ""),
    ],
)
def test_a_value_is_what_a_person_reads(value: object, text: str) -> None:
    assert written(value) == text


def test_cells_merged_downwards_hold_for_every_row_and_a_row_of_nothing_else_is_blank() -> None:
    rows: Cells = [["序号", "受检单位", "隐患描述"], [1, "甲厂", "漏电"], [None, None, "积油"], [None, None, None], [2, "乙厂", "堵塞"]]
    (page,) = read(xlsx({"a": rows}, ["A2:A4", "B2:B4"])).read
    assert [row.cells for row in page.table.rows[1:]] == [
        ("1", "甲厂", "漏电"),
        ("1", "甲厂", "积油"),
        ("1", "甲厂"),
        ("2", "乙厂", "堵塞"),
    ]
    assert [row.blank for row in page.table.rows] == [False, False, False, True, False]


def test_names_over_three_rows_are_joined_from_top_to_bottom() -> None:
    rows = [
        Row(1, ("题",)),
        Row(2, ("序号", "整改", "", "描述")),
        Row(3, ("", "单位", "", "")),
        Row(4, ("", "建设", "施工", "")),
        Row(5, ("1", "甲")),
    ]
    merges = [Merge(0, 0, 0, 3), Merge(1, 0, 3, 0), Merge(1, 1, 1, 2), Merge(2, 1, 2, 2), Merge(1, 3, 3, 3)]
    assert block(rows, merges, 1) == (1, 3)
    assert stacked(rows, merges, 1, 3) == ("序号", "整改/单位/建设", "整改/单位/施工", "描述")


def test_a_name_over_two_columns_of_data_has_no_parts_below() -> None:
    rows = [Row(1, ("序号", "备注", "")), Row(2, ("1", "甲", "乙"))]
    assert block(rows, [Merge(0, 1, 0, 2)], 0) == (0, 0)
    assert block(rows[:1], [Merge(0, 1, 0, 2)], 0) == (0, 0)


def test_every_sheet_with_names_we_know_is_read_and_the_others_are_named() -> None:
    table = [["检查时间", "受检单位", "隐患描述"], ["2026-03-05", "甲厂", "漏电"]]
    data = xlsx({"一季度": table, "二季度": table, "通讯录": [["姓名", "电话"], ["张三", "1"]], "旧": table, "空": []}, hidden=["旧"])
    found = read(data)
    assert [page.table.sheet for page in found.read] == ["一季度", "二季度"]
    assert (found.left, found.hidden) == (("通讯录",), ("旧",))
    assert read(data, plan=Plan(sheet="一季度")).hidden == ()
    assert [page.table.sheet for page in read(data, prefer="二季度").read] == ["二季度", "一季度"]
    assert [page.table.sheet for page in read(data, plan=Plan(sheet="旧")).read] == ["旧"]
    assert [page.table.sheet for page in read(data, plan=Plan(sheet="3", header=1)).read] == ["通讯录"]
    with pytest.raises(UsageError, match="no sheet"):
        read(data, plan=Plan(sheet="三季度"))
    with pytest.raises(UsageError, match="no sheet"):
        read(data, prefer="旧")


def test_of_our_own_workbook_the_ledger_is_read() -> None:
    table = [["检查时间", "受检单位", "隐患描述"], ["2026-03-05", "甲厂", "漏电"]]
    assert [page.table.sheet for page in read(xlsx({"说明": [["x"]], "隐患台账": table, "逾期清单": table})).read] == ["隐患台账"]


def test_a_formula_is_its_last_value() -> None:
    import xlsxwriter

    kept = io.BytesIO()
    with xlsxwriter.Workbook(kept) as book:
        sheet = book.add_worksheet("a")
        sheet.write_row(0, 0, ["检查时间", "隐患描述"])
        write: Any = sheet.write_formula
        write(1, 1, '="漏"&"电"', None, "漏电")
    assert body(read(kept.getvalue())) == [("", "漏电")]


@pytest.mark.parametrize("data", [b"PK\x03\x04nonsense", b"\xd0\xcf\x11\xe0" + b"\0" * 600])
def test_what_is_no_workbook_is_said_in_a_line(data: bytes) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        workbook(data, "x.xlsx")


def test_a_file_that_was_cut_off_is_said_to_be() -> None:
    whole = xlsx({"一月": [["检查时间"], ["2026-03-05"]]})
    with pytest.raises(UsageError) as failure:
        workbook(whole[: len(whole) // 2], "x.xlsx")
    assert failure.value.lines("zh")[0] == "工作簿读不出来：不是完整的工作簿，可能没有传完，或已损坏"


def test_a_workbook_without_anything_says_so_and_names_what_is_hidden() -> None:
    with pytest.raises(UsageError, match="nothing in the workbook") as failure:
        read(xlsx({"空": [], "旧": [["检查时间"], ["2026-03-05"]]}, hidden=["旧"]))
    assert failure.value.lines("zh") == ["工作簿里没有内容", "有隐藏的工作表：旧（要读用 --sheet）"]
    with pytest.raises(UsageError) as failure:
        read(xlsx({"空": []}))
    assert failure.value.lines("zh") == ["工作簿里没有内容"]


def test_too_many_columns_are_refused() -> None:
    with pytest.raises(UsageError, match="columns"):
        read(xlsx({"a": [["x"] * 201]}))
