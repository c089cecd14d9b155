"""Widths and line breaks: every line fits, nothing is lost, no id is cut."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from wcwidth import wcswidth

from hazardctl.render.terminal import clean
from hazardctl.render.width import padded, width, wrapped

TEXTS = st.text(st.sampled_from("隐患整改，。（）“” abc012-/:.  \u0301é한ﾊ√×█"), max_size=120)


@pytest.mark.parametrize(("text", "cells"), [("abc", 3), ("隐患", 4), ("〔17〕", 6), ("e\u0301", 1), ("√×█", 3), ("", 0)])
def test_a_wide_character_takes_two_cells(text: str, cells: int) -> None:
    assert width(text) == cells


@pytest.mark.parametrize(("align", "shown"), [("left", "隐患  "), ("right", "  隐患")])
def test_a_text_is_filled_to_its_cells(align: str, shown: str) -> None:
    assert padded("隐患", 6, align) == shown
    assert padded("隐患", 3, align) == "隐患"


def test_a_line_breaks_first_where_groups_stand_apart() -> None:
    assert wrapped("区间 1..2   截至 3   台账 abc", 20) == ["区间 1..2   截至 3", "台账 abc"]


def test_a_line_breaks_at_spaces_before_it_breaks_between_characters() -> None:
    assert wrapped("期初 6 + 新增 79 - 作废 0 = 期末 8", 26) == ["期初 6 + 新增 79 - 作废 0", "= 期末 8"]


def test_a_closing_mark_never_begins_a_line_and_an_opening_one_never_ends_it() -> None:
    for columns in range(6, 30):
        for line in wrapped("储物间存放醇基燃料，未分隔（老街饭店），应当清理。", columns):
            assert line[0] not in "，。）"
            assert line[-1] != "（"


def test_an_id_is_never_cut_where_it_fits_a_line() -> None:
    text = "见hazards/2026/05/YH-20260516-7K2QF.yaml与YH-20260605-Q4M9D，两条同一部位"
    for columns in range(17, 60):
        lines = wrapped(text, columns)
        assert all(any(one in line for line in lines) for one in ("YH-20260516-7K2QF", "YH-20260605-Q4M9D")), columns


def test_a_word_longer_than_a_line_is_torn() -> None:
    assert wrapped("a" * 25, 10) == ["a" * 10, "a" * 10, "a" * 5]
    assert wrapped("见" + "a" * 12, 10) == ["见", "a" * 10, "aa"]


@given(TEXTS, st.integers(2, 60))
def test_every_line_fits_and_nothing_is_lost(text: str, columns: int) -> None:
    lines = wrapped(text, columns)
    assert all(width(line) <= columns for line in lines), lines
    assert re.sub(r"\s", "", "".join(lines)) == re.sub(r"\s", "", text)


@given(st.text(max_size=60), st.integers(2, 60))
def test_a_terminal_never_needs_more_cells_than_were_counted(text: str, columns: int) -> None:
    for line in wrapped(clean(text), columns):
        assert wcswidth(line) <= max(columns, 2)
