"""Sheets as text: what stands where, and that every line fits its page."""

from __future__ import annotations

from dataclasses import replace

import pytest
from wcwidth import wcswidth

from hazardctl.language import Language, Text, plain
from hazardctl.render.page import Page
from hazardctl.render.text import rendered
from hazardctl.sheet import Column, Line, Rate, Sheet, Table
from tests.render.pages import page

WIDTHS = (20, 40, 60, 80, 100, 140)


@pytest.mark.parametrize("language", ["zh", "en"])
@pytest.mark.parametrize("width", WIDTHS)
def test_every_line_fits_its_page_and_an_old_console(width: int, language: Language) -> None:
    text = rendered(page(), Page(language, width))
    text.encode("gbk")
    assert all(wcswidth(line) <= width for line in text.split("\n"))
    assert all(one in text for one in ("YH-20260516-7K2QF", "YH-20260605-Q4M9D"))
    assert "\x1b" not in text


def test_a_wide_page_has_every_column_and_the_bars() -> None:
    lines = rendered(page(), Page("zh", 100)).split("\n")
    assert "行业领域      发现    已整改    待复查    限期    逾期    整改率" in lines
    assert "危险化学品      12        10         .       1       1    83.33%  █████████████▍" in lines
    assert "YH-20260516-7K2QF  XX加油站    卸油区静电接地报警器失效  重大    2026-06-12      18  王五" in lines


def test_below_eighty_columns_the_bars_go_first() -> None:
    assert "█▍" in rendered(page(), Page("zh", 80))
    narrow = rendered(page(), Page("zh", 60))
    assert "█▍" not in narrow
    assert "危险化学品" in narrow


def test_the_owner_goes_next_and_then_each_record_is_a_block() -> None:
    late = replace(page(), blocks=page().blocks[-1:])
    assert "责任人" not in rendered(late, Page("zh", 70)).split("\n")[3]
    lines = rendered(late, Page("zh", 60)).split("\n")
    start = lines.index("YH-20260516-7K2QF")
    assert lines[start + 1].startswith("  责任单位 XX加油站")
    assert "责任人 王五" in "".join(lines[start : start + 4])


def test_a_zero_is_a_dot_in_a_table_and_a_zero_in_a_block() -> None:
    groups = replace(page(), blocks=page().blocks[2:3])
    assert " . " in rendered(groups, Page("zh", 100))
    assert "待复查 0" in rendered(groups, Page("zh", 30))


def test_the_headline_breaks_into_rows_where_it_must() -> None:
    lines = rendered(page(), Page("en", 40)).split("\n")
    heads = [number for number, line in enumerate(lines) if "Found" in line and "Rectified" in line]
    assert lines[heads[0] + 1].split()[:2] == ["42", "38"]
    assert any("Major closed" in line for line in lines)


def test_labels_that_follow_one_another_are_as_wide_as_the_widest() -> None:
    lines = rendered(page(), Page("zh", 100)).split("\n")
    assert "月度发现  1月 14▆  2月 9▁  3月 16█  4月 12▄  5月 15▇  6月 13▅" in lines
    assert "用时      整改中位 9 天，p90 21 天" in lines


def test_a_sentence_that_wraps_hangs_under_its_beginning() -> None:
    sheet = Sheet("x", plain("题"), blocks=(Line(plain("甲乙丙丁 " * 8), label=plain("标"), indent=2),))
    lines = rendered(sheet, Page("zh", 30)).strip().split("\n")[2:]
    assert lines[0].startswith("  标  甲乙丙丁")
    assert all(line.startswith("      甲") for line in lines[1:])


def test_a_compact_sheet_has_no_empty_line_under_its_heading() -> None:
    assert rendered(replace(page(), compact=True), Page()).split("\n")[2] != ""
    assert rendered(page(), Page()).split("\n")[2] == ""
    assert rendered(Sheet("x", plain("题"), compact=True), Page()) == "题\n"


def test_an_empty_table_says_its_title_and_note_only() -> None:
    table = Table("t", (Column("a", plain("甲")),), (), plain("没有"), note=plain("注"))
    assert rendered(Sheet("x", plain("题"), blocks=(table,)), Page()) == "题\n\n没有\n注\n"


def test_a_table_for_programs_is_not_on_the_page() -> None:
    table = Table("t", (Column("a", plain("甲"), data=True),), (("乙",),))
    assert rendered(Sheet("x", plain("题"), blocks=(table,)), Page()) == "题\n"


def test_a_chronicle_has_no_headings_and_its_blocks_no_labels() -> None:
    columns = (Column("n", plain("#"), "right"), Column("d", plain("日"), fixed=True), Column("w", plain("事")))
    table = Table("t", columns, ((1, "2026-05-16", "交办"),), plain=True)
    sheet = Sheet("x", plain("题"), blocks=(table,), compact=True)
    assert rendered(sheet, Page()) == "题\n1  2026-05-16  交办\n"
    assert rendered(sheet, Page("zh", 12)).split("\n")[1:3] == ["1", "  2026-05-16"]


def test_nothing_over_nothing_is_a_slash_and_no_bar() -> None:
    columns = (Column("a", plain("率"), "right"), Column("b", plain(""), bar=True), Column("c", plain("空")))
    text = rendered(Sheet("x", plain("题"), blocks=(Table("t", columns, ((Rate(0, 0), Rate(0, 0), None), (Rate(1, 1), 7, None))),)), Page())
    assert text.split("\n")[4].strip() == "/"
    assert text.split("\n")[5].strip() == "100.00%"


def test_colour_marks_the_word_and_not_the_spaces_around_it() -> None:
    text = rendered(page(), Page("zh", 100, colour=True))
    assert "\x1b[1;31m重大\x1b[0m    2026" in text
    assert "\x1b[1;31m18\x1b[0m" in text
    assert text.startswith("\x1b[1m青山镇")


def test_a_page_is_the_same_every_time() -> None:
    assert rendered(page(), Page()) == rendered(page(), Page())


def test_texts_are_said_in_the_language_of_the_page() -> None:
    sheet = Sheet("x", Text("题 {n}", "title {n}").of(n=2))
    assert rendered(sheet, Page("en")) == "title 2\n"
