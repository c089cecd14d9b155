"""The rows that were not imported, as their sender sees them: put right where they stand, they come back without a second question."""

from __future__ import annotations

import io
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from hazardctl.exchange.delimited import csv_of
from hazardctl.language import Language
from hazardctl.ops.context import Context
from hazardctl.ops.import_ import Result, run
from hazardctl.ops.import_asked import Asked
from hazardctl.ops.import_kept import keep, reject_rows
from hazardctl.store.load import load
from tests.exchange.test_workbook import xlsx
from tests.ops.test_import import registered

openpyxl: Any = pytest.importorskip("openpyxl")

TITLES = [["某镇台账"], [""]]
HEAD = ["序号", "检查日期", "受检单位", "隐患部位", "隐患描述", "隐患等级", "行业领域", "隐患来源", "检查单位", "整改期限"]
OTHER = ["编号", "发现日期", "单位名称", "地点", "问题描述", "级别", "领域", "来源", "检查单位", "整改时限"]
ROW = ["1", "2026-03-05", "xx-paper", "一车间", "配电箱门敞开", "一般", "工贸", "执法检查", "qingshan-office", "2026-03-15"]
UNDATED = ["2", "3月6日", "xx-paper", "二车间", "灭火器过期", "一般", "工贸", "执法检查", "qingshan-office", "2026-03-16"]
NAMELESS = ["3", "2026-03-07", "xx-paper", "三车间", "", "一般", "工贸", "执法检查", "qingshan-office", "2026-03-17"]
ADDED = ["原表行", "未导入原因"]


@pytest.fixture
def ledger(tmp_path: Path) -> Context:
    return registered(tmp_path / "ledger")


def came(ledger: Context, data: bytes, name: str = "台账.xlsx") -> Asked:
    """Put a file beside the ledger."""
    file = ledger.root.parent / name
    file.write_bytes(data)
    return Asked(file, by="李四")


def back(ledger: Context, result: Result, name: str = "待改.xlsx", language: Language = "zh") -> Path:
    """Write the rows that were not imported."""
    place = ledger.root.parent / name
    keep(ledger.root, [result], None, place, language)
    return place


def cells(book: Any, name: str) -> list[list[str]]:  # noqa: ANN401 (openpyxl tells no types)
    """Give the cells of a sheet as text."""
    return [[str(cell or "") for cell in row] for row in book[name].iter_rows(values_only=True)]


def put_right(place: Path, sheet: str, **texts: str) -> None:
    """Write into cells, named as people name them: B4."""
    book = openpyxl.load_workbook(place)
    for at, text in texts.items():
        book[sheet][at].value = text
    book.save(place)


def told(result: Result) -> list[tuple[str, int, str]]:
    return [(one.row.sheet, one.row.line, one.fate) for one in result.outcomes]


def test_they_stand_where_their_sender_knows_them_with_what_is_asked_about_marked(ledger: Context) -> None:
    result = run(ledger, came(ledger, xlsx({"一月": [*TITLES, HEAD, ROW, UNDATED, NAMELESS], "二月": [OTHER, ROW]})))
    book = openpyxl.load_workbook(back(ledger, result))
    assert book.sheetnames == ["一月"]  # nothing of the other sheet waits
    rows = cells(book, "一月")
    assert [row[0] for row in rows] == ["某镇台账", "", "序号", "2", "3"]
    assert rows[2] == [*HEAD, *ADDED]
    assert [row[-2:] for row in rows[3:]] == [["5", "检查日期：缺年份"], ["6", "隐患描述：缺隐患描述"]]
    marked = [cell.coordinate for row in book["一月"].iter_rows() for cell in row if cell.fill.fgColor.rgb == "FFFFE699"]
    assert marked == ["B4", "E5"]
    assert (book["一月"].freeze_panes, book["一月"].auto_filter.ref) == ("A4", "A3:L5")


def test_two_sheets_that_name_their_columns_differently_come_back_as_two(ledger: Context) -> None:
    result = run(ledger, came(ledger, xlsx({"一月": [*TITLES, HEAD, ROW, UNDATED], "二月": [OTHER, NAMELESS]})))
    assert [fate for _, _, fate in told(result)] == ["imported", "asked", "refused"]
    place = back(ledger, result)
    assert openpyxl.load_workbook(place).sheetnames == ["一月", "二月"]
    put_right(place, "一月", B4="2026-03-06")
    put_right(place, "二月", E2="通道堵塞")
    again = run(ledger, Asked(place, by="李四"))
    assert told(again) == [("一月", 4, "imported"), ("二月", 2, "imported")]
    assert all("未导入原因" not in path.read_text(encoding="utf-8") for path in ledger.root.rglob("YH-*.yaml"))
    assert len(load(ledger.root).hazards) == 3
    assert {fate for _, _, fate in told(run(ledger, Asked(place, by="李四")))} == {"duplicate"}


def test_the_mapping_file_of_the_table_fits_what_came_back(ledger: Context) -> None:
    data = xlsx({"一月": [*TITLES, HEAD, ROW, UNDATED]})
    result = run(ledger, came(ledger, data))
    assert result.mapping
    assert "file: {sheet: 一月, header: 3}" in result.mapping.read_text(encoding="utf-8")
    place = back(ledger, result)
    put_right(place, "一月", B4="2026-03-06")
    again = run(ledger, Asked(place, result.mapping, by="李四"))
    assert told(again) == [("一月", 4, "imported")]
    assert all("未导入原因" not in path.read_text(encoding="utf-8") for path in ledger.root.rglob("YH-*.yaml"))


def test_a_mapping_that_speaks_of_a_sheet_that_did_not_come_back_fits_too(ledger: Context) -> None:
    result = run(ledger, came(ledger, xlsx({"一月": [HEAD, UNDATED], "二月": [OTHER, ROW]})))
    place = back(ledger, result)
    put_right(place, "一月", B2="2026-03-06")
    assert result.mapping
    assert told(run(ledger, Asked(place, result.mapping, by="李四"))) == [("一月", 2, "imported")]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_what_is_still_wrong_goes_back_with_one_column_of_reasons(ledger: Context, language: Language) -> None:
    first = run(ledger, came(ledger, xlsx({"一月": [HEAD, UNDATED, NAMELESS]})))
    place = back(ledger, first, language=language)
    put_right(place, "一月", B2="2026-03-06")
    second = run(ledger, Asked(place, by="李四"))
    assert [fate for _, _, fate in told(second)] == ["imported", "refused"]
    rows = cells(openpyxl.load_workbook(back(ledger, second, "再改.xlsx")), "一月")
    assert rows[0] == [*HEAD, *ADDED]
    assert [row[-2] for row in rows[1:]] == ["3"]


def test_a_text_file_comes_back_as_it_came(ledger: Context) -> None:
    text = csv_of([*TITLES, HEAD, ROW, UNDATED], ";").decode("utf-8-sig")
    result = run(ledger, replace(came(ledger, text.encode("gb18030"), "台账.csv"), encoding="gb18030"))
    assert result.mapping
    assert "file: {encoding: gb18030, delimiter: semicolon, header: 3}" in result.mapping.read_text(encoding="utf-8")
    place = back(ledger, result, "待改.csv")
    place.write_bytes(place.read_bytes().replace("3月6日".encode(), b"2026-03-06"))
    assert told(run(ledger, Asked(place, result.mapping, by="李四"))) == [("", 4, "imported")]


def test_a_workbook_as_one_text_file_has_one_column_for_one_field(ledger: Context) -> None:
    result = run(ledger, came(ledger, xlsx({"一月": [*TITLES, HEAD, UNDATED], "二月": [[*OTHER, "领导批示"], [*NAMELESS, "从速"]]})))
    rows = reject_rows(result, "zh")
    assert rows[0] == [*HEAD, "领导批示", *ADDED]
    place = back(ledger, result, "待改.csv")
    text = place.read_text(encoding="utf-8-sig").replace("3月6日", "2026-03-06").replace("三车间,", "三车间,漏水")
    place.write_bytes(text.encode("utf-8-sig"))
    assert [row[-2:] for row in rows[1:]] == [["一月!4", "检查日期：缺年份"], ["二月!2", "问题描述：缺隐患描述"]]
    assert [fate for _, _, fate in told(run(ledger, Asked(place, by="李四")))] == ["imported", "imported"]


def test_a_name_that_is_no_name_of_a_sheet_gets_one(ledger: Context) -> None:
    result = run(ledger, came(ledger, xlsx({"甲": [HEAD, UNDATED]})))
    (page,) = result.pages.read
    long = replace(page.table, sheet="a/b" * 20, rows=tuple(row._replace(sheet="a/b" * 20) for row in page.table.rows))
    pages = result.pages._replace(read=(page._replace(table=long),))
    moved = replace(result, pages=pages, outcomes=tuple(replace(one, row=one.row._replace(sheet="a/b" * 20)) for one in result.outcomes))
    assert openpyxl.load_workbook(io.BytesIO(back(ledger, moved).read_bytes())).sheetnames == [("a_b" * 20)[:31]]
