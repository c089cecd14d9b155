"""Sheets: what reports hand to renderers."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.language import Text, plain
from hazardctl.sheet import Column, Figures, Line, Mark, Rate, Sheet, Table, bare


@pytest.mark.parametrize(
    ("numerator", "denominator", "places", "shown"),
    [
        (1299, 1317, 2, "98.63%"),
        (29999, 30000, 2, "99.99%"),
        (29999, 30000, 1, "99.9%"),
        (1, 30000, 2, "0.01%"),
        (1, 30000, 1, "0.1%"),
        (1, 8, 2, "12.50%"),
        (5, 1000, 1, "0.5%"),
        (0, 7, 2, "0.00%"),
        (7, 7, 2, "100.00%"),
        (3, 2, 2, "150.00%"),
        (0, 0, 2, "/"),
    ],
)
def test_a_rate_is_rounded_half_up_and_never_whole_unless_equal(numerator: int, denominator: int, places: int, shown: str) -> None:
    assert str(Rate(numerator, denominator, places)) == shown


def test_nothing_over_nothing_is_no_rate() -> None:
    assert Rate(0, 0).value is None


@given(st.integers(0, 10_000), st.integers(1, 10_000), st.integers(0, 4))
def test_a_part_is_never_printed_as_none_or_all_of_its_whole(numerator: int, denominator: int, places: int) -> None:
    numerator = min(numerator, denominator)
    value = Rate(numerator, denominator, places).value
    assert value is not None
    assert (value == 100) == (numerator == denominator)
    assert (value == 0) == (numerator == 0)
    if 0 < numerator < denominator:
        assert abs(value - Decimal(numerator) * 100 / denominator) <= Decimal(1).scaleb(-places)


def test_a_marked_cell_is_its_value_in_a_tone() -> None:
    assert bare(Mark(18, "alarm")) == 18
    assert bare("王芳") == "王芳"


def test_figures_pair_each_label_with_its_value() -> None:
    column = Column("found", Text("发现", "Found"))
    assert Figures("cohort", (column,), (79,)).pairs() == ((column, 79),)


def test_a_sheet_finds_its_tables_and_figures_by_key_and_not_its_lines() -> None:
    table = Table("groups", (), ())
    figures = Figures("cohort", (), ())
    sheet = Sheet("report", plain("题"), blocks=(Line(plain("句"), key="line"), figures, table))
    assert sheet.table("groups") is table
    assert sheet.table("cohort") is figures
    assert sheet.table("line") is None
