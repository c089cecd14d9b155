"""Shares and changes: exact, in percentage points for rates, and none where a part is not known."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.measures import Answer, Known
from hazardctl.measures.change import Change, change, earlier, share
from hazardctl.sheet import Rate
from tests.measures.made import question

NONE: tuple[Answer, ...] = (None, Known(state="missing"), Known(200, mark="over"), Known(1, 2))


def test_a_share_is_a_rate_of_two_figures() -> None:
    assert share(Known(31), Known(79)) == Rate(31, 79)
    assert share(Known(Decimal("0.50")), Known(2)) == Rate(500_000, 2_000_000)
    assert str(share(Known(0), Known(0))) == "/"


@pytest.mark.parametrize("other", NONE)
def test_what_is_not_exactly_known_has_no_share_and_no_change(other: Answer) -> None:
    assert share(other, Known(5)) is share(Known(5), other) is None
    assert change(other, Known(5)) is change(Known(5), other) is None


def test_rates_change_by_points_rounded_once() -> None:
    assert change(Rate(2, 3), Rate(1, 3)) == Change(Decimal("33.33"), points=True)
    assert change(Rate(0, 0), Rate(1, 3)) is None
    assert change(Known(7), Known(9)) == Change(Decimal(-2))


@given(st.integers(0, 99), st.integers(1, 99), st.integers(0, 99), st.integers(1, 99))
def test_a_change_there_and_back_is_none(n: int, d: int, m: int, e: int) -> None:
    there, back = change(Rate(n, d), Rate(m, e)), change(Rate(m, e), Rate(n, d))
    assert there is not None
    assert back is not None
    assert there.value + back.value == 0


def test_a_running_period_is_compared_as_far_as_it_has_come() -> None:
    running = question("2024-01-01", "2024-06-30", "2024-03-31")
    year, before = earlier(running, "yoy"), earlier(running, "pop")
    assert year is not None
    assert before is not None
    assert (str(year.start), str(year.end), year.as_of) == ("2023-01-01", "2023-03-31", running.as_of)
    assert (str(before.start), str(before.end)) == ("2023-10-01", "2023-12-31")


def test_judged_on_the_as_of_day_both_have_as_long() -> None:
    asked = question("2024-01-01", "2024-06-30", "2024-07-31", cutoff="asof")
    year = earlier(asked, "yoy")
    assert year is not None
    assert str(year.as_of) == "2023-07-31"


def test_some_days_have_no_days_before() -> None:
    assert earlier(question("2024-01-01", "2024-06-30", "2023-12-31"), "yoy") is None
    pieces = question("2024-01-01", "2024-06-30", ranges=((question("2024-01-01", "2024-01-02").start,) * 2,))
    assert earlier(pieces, "pop") is None
    week = question("2020-12-28", "2021-01-03")
    assert earlier(week, "yoy") is None
