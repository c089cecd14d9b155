"""Sheets as a workbook: figures are numbers, formulas carry the value of the report, and nothing that was typed becomes one."""

from __future__ import annotations

import datetime as dt
import io
import re
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any, Final
from unittest.mock import patch

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.errors import MissingExtraError, UsageError
from hazardctl.language import Text, plain
from hazardctl.render import xlsx
from hazardctl.render.formats import document
from hazardctl.render.neighbours import figure
from hazardctl.render.page import Page
from hazardctl.render.terminal import clean
from hazardctl.sheet import Block, Column, Heading, Line, Mark, Rate, Sheet, Table
from tests.golden import LANGUAGES
from tests.office import converted
from tests.payloads import EVERY
from tests.render.pages import page, poisoned
from tests.render.test_documents import cells

FOUND, DONE, RATE = (Column(key, plain(key), "right", over=plain("组")) for key in ("found", "rectified", "rate"))
NAME: Final = Column("name", plain("名"))


def book(sheets: list[Sheet], language: Any = "zh", *, values: bool = True) -> openpyxl.Workbook:  # noqa: ANN401 (a language)
    return openpyxl.load_workbook(io.BytesIO(document(sheets, "xlsx", Page(language))), data_only=values)


def texts(found: openpyxl.Workbook) -> Iterator[str]:
    """Give every value as the report would print it."""
    for paper in found:
        for row in paper.iter_rows():
            for cell in row:
                value: Any = cell.value
                if isinstance(value, dt.datetime):
                    yield value.date().isoformat()
                elif isinstance(value, int | float) and "%" in str(cell.number_format):
                    yield f"{Decimal(str(value)) * 100:.{2 if '00%' in str(cell.number_format) else 1}f}%"
                elif value is not None:
                    yield str(value)


def formulas(found: openpyxl.Workbook) -> dict[tuple[str, str], str]:
    return {
        (paper.title, cell.coordinate): str(cell.value)
        for paper in found
        for row in paper.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


def form(*rows: tuple[Any, ...], key: str = "a", total: bool = True) -> Table:
    return Table(key, (NAME, FOUND, DONE, RATE), rows, plain(f"表{key}"), total=total, tall=True)


def lines(*parts: tuple[int, int]) -> tuple[tuple[Any, ...], ...]:
    """Give lines of a form with their total."""
    body = [(f"行{n}", found, done, Rate(done, found)) for n, (found, done) in enumerate(parts)]
    found, done = (sum(part[side] for part in parts) for side in (0, 1))
    return (*body, ("合计", found, done, Rate(done, found)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_has_every_word_and_figure(language: Any) -> None:  # noqa: ANN401 (a language)
    sheet = page()
    found = list(texts(book([sheet], language)))
    joined = "\n".join(found)
    for text in (sheet.title, *sheet.head, *sheet.foot):
        assert text.say(language) in found
    for cell in cells(sheet, language):
        assert cell in joined
    assert "YH-20260516-7K2QF" in found


@pytest.mark.parametrize("payload", EVERY)
def test_a_payload_is_text_and_no_formula(payload: str) -> None:
    found = book([poisoned(payload)], values=False)
    assert not formulas(found)
    if payload.strip():
        shown = "\n".join(map(clean, payload.split("\n")))
        seen = [str(cell.value) for row in found.worksheets[0].iter_rows() for cell in row if cell.value is not None]
        assert any(shown in one for one in seen)
        assert all(cell.hyperlink is None for row in found.worksheets[0].iter_rows() for cell in row)


@given(st.text(max_size=60))
def test_whatever_is_typed_comes_back_and_names_a_worksheet(text: str) -> None:
    sheet = Sheet("x", plain(text), blocks=(Table("t", (Column("a", plain("a")),), ((f"|{text}",),)),))
    found = book([sheet, sheet])
    assert len(found.sheetnames) == 2
    kept = [str(cell.value) for row in found.worksheets[0].iter_rows() for cell in row if cell.value is not None]
    assert "\n".join(map(clean, f"|{text}".split("\n"))) in kept


def test_made_twice_it_is_the_same_bytes() -> None:
    assert document([page()], "xlsx", Page()) == document([page()], "xlsx", Page())


def test_rates_and_totals_are_formulas_with_the_value_of_the_report() -> None:
    rows = lines((3, 1), (0, 0), (7, 7))
    written, told = (book([Sheet("x", plain("x"), blocks=(form(*rows),))], values=values) for values in (False, True))
    body = list(written.worksheets[0].iter_rows(min_row=6, max_row=9, max_col=4))
    assert [cell.value for cell in body[0]] == ["行0", 3, 1, '=IF(B6=0,"/",C6/B6)']
    assert [cell.value for cell in body[3]] == ["合计", "=SUM(B6:B8)", "=SUM(C6:C8)", '=IF(B9=0,"/",C9/B9)']
    values = [[cell.value for cell in row] for row in told.worksheets[0].iter_rows(min_row=6, max_row=9, max_col=4)]
    assert values[1][3] == "/"
    assert values[3] == ["合计", 10, 8, pytest.approx(0.8)]


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (("合计", 4, 1, Rate(1, 4)), "a total that was asked apart is no sum"),
        (("合计", plain("约4"), 1, Rate(1, 4)), "what is told in words is no number"),
        (("合计", 4, 1, Rate(2, 4)), "a rate of other parts is no quotient of these"),
    ],
)
def test_what_does_not_follow_is_a_value(row: tuple[Any, ...], why: str) -> None:
    sheet = Sheet("x", plain("x"), blocks=(form(("行", 3, 1, Rate(1, 3)), row),))
    written = formulas(book([sheet], values=False))
    assert not {place for _, place in written if place == "B7"}, why
    assert [cell for row in cells(sheet, "zh") for cell in [row]]


def test_a_rate_that_a_spreadsheet_would_round_to_all_is_a_value() -> None:
    rows = (("行", 30_000, 29_999, Rate(29_999, 30_000)),)
    written = book([Sheet("x", plain("x"), blocks=(form(*rows, total=False),))], values=False)
    assert not formulas(written)
    assert "99.99%" in list(texts(written))


def test_each_form_has_a_worksheet_with_two_rows_of_heads_and_numbered_columns() -> None:
    blocks: tuple[Block, ...] = (form(*lines((1, 1))), Line(plain("注")), form(*lines((2, 1)), key="b"), Line(plain("又注")))
    found = book([Sheet("official", plain("题"), blocks=blocks, data={"as_of": dt.date(2026, 6, 30)})])
    assert found.sheetnames == ["表a", "表b"]
    paper = found["表a"]
    assert [cell.value for cell in paper[3]] == ["名", "组", None, None]
    assert [cell.value for cell in paper[4]] == [None, "found", "rectified", "rate"]
    assert [cell.value for cell in paper[5]] == [None, 1, 2, 3]
    assert {"A3:A4", "B3:D3", "A1:D1"} <= {str(area) for area in paper.merged_cells.ranges}
    assert paper.freeze_panes == "B6"
    assert paper.print_title_rows == "$3:$5"
    assert paper.page_setup.orientation == "landscape"
    assert paper.oddFooter is not None
    assert "截至 2026-06-30" in str(paper.oddFooter.right)
    assert "又注" not in [cell.value for row in paper.iter_rows() for cell in row]


def test_several_sheets_are_several_worksheets_and_no_two_have_one_name() -> None:
    long = Sheet("x", plain("很长的题目" * 9 + "[]:*?/\\'"), blocks=(Heading(plain("章")), Line(plain("")), page().blocks[0]))
    found = book([page(), long, long, Sheet("x", plain(""))])
    assert len(set(found.sheetnames)) == 4
    assert all(len(name) <= 31 and not re.search(r"[\[\]:*?/\\']", name) for name in found.sheetnames)


def test_a_late_one_is_red_and_a_long_text_has_the_room_it_needs() -> None:
    long = "很长的一句话，" * 30
    table = Table("t", (NAME, FOUND), (("甲", Mark(3, "alarm")), (long, 1)), plain=True)
    paper = book([Sheet("x", plain("x"), blocks=(table,))]).worksheets[0]
    assert paper["B2"].font.color.rgb == "FFC00000"
    assert paper.row_dimensions[3].height > 100
    assert paper.column_dimensions["A"].width < 60


def test_more_rows_than_a_worksheet_holds_are_refused() -> None:
    with patch.object(xlsx, "MOST_ROWS", 3), pytest.raises(UsageError, match="csv"):
        book([page()])


def test_a_missing_extra_is_one_line() -> None:
    with patch.dict(sys.modules, {"xlsxwriter": None}), pytest.raises(MissingExtraError) as caught:
        document([page()], "xlsx", Page())
    assert len(caught.value.lines("zh")) == 1
    assert caught.value.exit_code == 5


def test_a_figure_in_words_is_a_number_where_it_is_one() -> None:
    figures = ("1,234", "12.50", "98.63%", "90%", "余3", "/", "∅", Text("a", "b"))
    assert [figure(one) for one in figures[:2]] == [1234, Decimal("12.50")]
    assert [str(figure(one)) for one in figures[2:4]] == ["98.63%", "90%"]
    assert [figure(one) for one in figures[4:]] == list(figures[4:])


def test_an_office_program_counts_to_the_same_values(tmp_path: Path) -> None:
    rows = lines(*((n * 7, n * 3) for n in range(12)))
    blocks: tuple[Block, ...] = (form(*rows), form(*lines((5, 5)), key="b"))
    path = tmp_path / "x.xlsx"
    path.write_bytes(document([Sheet("x", plain("x"), blocks=blocks)], "xlsx", Page()))
    again = converted(path, "xlsx:Calc MS Excel 2007 XML", tmp_path / "office")
    ours, theirs = (openpyxl.load_workbook(place, data_only=True) for place in (path, again))
    places = formulas(openpyxl.load_workbook(path))
    assert len(places) == 19
    for name, place in places:
        told, counted = ours[name][place].value, theirs[name][place].value
        assert told is not None
        assert counted == (told if isinstance(told, str) else pytest.approx(told)), (name, place)
