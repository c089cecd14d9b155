"""A large workbook is written row by row, and nobody who opens it can tell: same cells, same looks, same lists, same formulas."""

from __future__ import annotations

import datetime as dt
import errno
import io
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from hazardctl.errors import FINE, SystemFailedError, UsageError
from hazardctl.exchange.table import MOST_ROWS
from hazardctl.language import Language
from hazardctl.ledger import Entry, Ledger
from hazardctl.model.hazard import Hazard
from hazardctl.ops import export_book, export_lines, export_rows, import_sent
from hazardctl.ops.context import Context
from hazardctl.ops.export import Wanted, export
from hazardctl.ops.export_rows import KEYS, Line
from hazardctl.ops.import_update import update
from hazardctl.ops.question import Words
from hazardctl.ops.standing import Row
from hazardctl.render import workbook

LONG = ("隐患台账", "逾期清单", "导出时")


@pytest.fixture
def here(tmp_path: Path, repository: Path) -> Context:
    """Give the sample ledger, with texts in it that need care in a workbook."""
    root = tmp_path / "ledger"
    shutil.copytree(repository / "ledger", root)
    path = min(root.rglob("YH-*.yaml"))
    text = path.read_text(encoding="utf-8")
    start = text.index("description: ")
    end = text.index("\n", start)
    path.write_text(f'{text[:start]}description: "=1+1 <b>&amp;  两行\\n第二行 "{text[end:]}', encoding="utf-8")
    return Context(root, dt.date(2023, 9, 30), language="zh")


def made(context: Context) -> bytes:
    """Export the whole ledger."""
    return export(context, Words(), Wanted("x.xlsx")).data


@pytest.fixture
def row_by_row(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """Write every workbook row by row, and give the folder its temporary files lie in."""
    folder = tmp_path / "temporary"
    folder.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(folder))
    monkeypatch.setattr(export_book, "MANY", 0)
    return folder


def told(data: bytes) -> Iterator[tuple[object, ...]]:
    """Tell everything of a workbook that people see, and what they do not."""
    book = openpyxl.load_workbook(io.BytesIO(data))
    values = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
    for name in book.sheetnames:
        sheet: Any = book[name]
        counted: Any = values[name]
        yield name, sheet.sheet_state, sheet.freeze_panes, sheet.auto_filter.ref, sheet.dimensions, sheet.print_title_rows
        yield sheet.protection.sheet, sheet.page_setup.orientation, sheet.oddFooter.left.text, len(sheet._charts)
        yield tuple(sorted(str(one) for one in sheet.merged_cells.ranges))
        yield tuple((key, one.width, one.hidden) for key, one in sorted(sheet.column_dimensions.items()))
        yield tuple((key, one.height) for key, one in sorted(sheet.row_dimensions.items()) if one.height)
        yield tuple((str(one.sqref), one.type, one.formula1) for one in sheet.data_validations.dataValidation)
        yield tuple(
            (str(area.sqref), rule.formula, rule.dxf.fill and rule.dxf.fill.bgColor.rgb)
            for area in sheet.conditional_formatting
            for rule in area.rules
        )
        for row in sheet.iter_rows():
            for cell in row:
                looks = (
                    cell.number_format,
                    cell.font.b,
                    cell.font.name,
                    cell.fill.fgColor.rgb,
                    cell.border.left.style,
                    cell.alignment.horizontal,
                )
                yield cell.coordinate, cell.value, counted[cell.coordinate].value, cell.alignment.wrap_text, looks


def test_a_workbook_written_row_by_row_is_the_same_to_whoever_opens_it(here: Context, request: pytest.FixtureRequest) -> None:
    whole = made(here)
    folder = request.getfixturevalue("row_by_row")
    rows = made(here)
    assert list(told(rows)) == list(told(whole))
    assert made(here) == rows
    assert list(folder.iterdir()) == []


def test_its_long_sheets_keep_their_texts_in_their_cells_and_the_others_do_not(here: Context, row_by_row: Path) -> None:
    assert row_by_row.is_dir()
    book = zipfile.ZipFile(io.BytesIO(made(here)))
    names = openpyxl.load_workbook(io.BytesIO(made(here))).sheetnames
    inline = {name for number, name in enumerate(names, 1) if b'"inlineStr"' in book.read(f"xl/worksheets/sheet{number}.xml")}
    assert inline == set(LONG)


def test_an_edited_one_comes_back(here: Context, row_by_row: Path) -> None:
    place = row_by_row.parent / "台账.xlsx"
    place.write_bytes(made(here))
    assert (update(here, place).edits, update(here, place).exit_code) == ((), FINE)
    book = openpyxl.load_workbook(place)
    page: Any = book["隐患台账"]
    page.cell(4, KEYS.index("remark") + 1).value = "催过"
    book.save(place)
    assert [one.sets for one in update(here, place).proposals] == [("remark=催过",)]


def test_the_writing_is_told_as_the_reading_is(here: Context, row_by_row: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert row_by_row.is_dir()
    monkeypatch.setattr(export_book, "STEP", 50)
    seen: list[tuple[int, int]] = []
    count = export(here, Words(), Wanted("x.xlsx"), lambda done, total: seen.append((done, total))).count
    assert [done for done, total in seen if total == 2 * count] == [*range(0, count, 50), *range(count, 2 * count, 50)]


def test_nothing_is_left_where_a_workbook_comes_to_grief(here: Context, row_by_row: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def failing(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(export_book, "_overdue", failing)
    with pytest.raises(KeyboardInterrupt):
        made(here)
    assert list(row_by_row.iterdir()) == []


def test_what_went_out_is_not_too_many_rows_to_come_back(here: Context, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    place = tmp_path / "台账.xlsx"
    place.write_bytes(made(here))
    assert import_sent.MOST_ROWS > MOST_ROWS  # a table made by others is refused sooner
    monkeypatch.setattr(import_sent, "MOST_ROWS", 20)
    with pytest.raises(
        UsageError, match="more than 80 rows"
    ):  # and where it is too many (blank ones between them counted), that is what is said
        update(here, place)


def test_every_row_of_a_large_workbook_is_made_once(here: Context, row_by_row: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert row_by_row.is_dir()
    monkeypatch.setattr(export_lines, "STEP", 7)
    made_of: list[str] = []

    def counted(*given: *tuple[Ledger, Row, Entry[Hazard], dt.date, Language]) -> Line:
        made_of.append(given[2].record.id)
        return export_rows.line(*given)

    monkeypatch.setattr(export_lines, "line", counted)
    assert export(here, Words(), Wanted("x.xlsx")).count == len(made_of) > 30
    assert made_of == sorted(set(made_of))


@pytest.mark.parametrize("ending", ["csv", "json", "sqlite", "xlsx", "ics"])
def test_the_same_bytes_with_an_index_and_without(here: Context, ending: str, row_by_row: Path) -> None:
    assert row_by_row.is_dir()
    without = replace(here, index=False)
    assert export(here, Words(), Wanted(f"x.{ending}")).data == export(without, Words(), Wanted(f"x.{ending}")).data


def test_json_of_rows_reads_as_it_was_meant(here: Context) -> None:
    for words, count in ((Words(), True), (Words(filters=("found:1999",)), False)):
        data = export(here, words, Wanted("x.json")).data.decode()
        read = json.loads(data)
        assert json.dumps(read, ensure_ascii=False, indent=2) + "\n" == data
        assert len(read["hazards"]) == read["count"]
        assert bool(read["count"]) is count


def test_more_hazards_than_a_sheet_has_rows_are_refused_before_one_is_written(here: Context, monkeypatch: pytest.MonkeyPatch) -> None:
    count = export(here, Words(), Wanted("x.csv")).count
    monkeypatch.setattr(workbook, "MOST_ROWS", count + 3)
    assert export(here, Words(), Wanted("x.xlsx")).count == count
    monkeypatch.setattr(workbook, "MOST_ROWS", count + 2)
    with pytest.raises(UsageError, match=rf"has {count + 2} rows at most, {count} do not fit") as failure:
        export(here, Words(), Wanted("x.xlsx"))
    assert [one.say("zh") for one in failure.value.hints] == ["缩小范围分几次导出（如 found:2026），或用 --format csv、sqlite、parquet"]


def test_a_disk_without_room_for_the_rows_is_told(here: Context, row_by_row: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("pickle.dump", full)
    with pytest.raises(SystemFailedError) as failure:
        made(here)
    assert failure.value.what.say("zh").startswith("临时文件写不进去")
    assert list(row_by_row.iterdir()) == []


def test_a_report_of_rows_that_no_sheet_holds_is_to_be_csv(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)
    assert workbook.plain_workbook([workbook.Leaf("a", [["名"], ["1"]])]).startswith(b"PK")
    with pytest.raises(UsageError, match="has 2 rows at most, 3 do not fit") as failure:
        workbook.plain_workbook([workbook.Leaf("a", [["名"]]), workbook.Leaf("b", [["名"], ["1"], ["2"]])])
    assert failure.value.lines("zh") == ["一张工作表最多 2 行，放不下 3 条", "改存为 csv：文件名以 .csv 结尾"]
