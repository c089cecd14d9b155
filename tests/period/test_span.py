"""What can be asked of a period, and the laws its parts keep."""

from __future__ import annotations

import datetime as dt
import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.errors import UsageError
from hazardctl.language import plain
from hazardctl.period import (
    Part,
    Period,
    between,
    cumulative,
    joined,
    key_period,
    month_day,
    months,
    parse,
    parts,
    previous,
    same_last_year,
    within,
)

DAY = dt.timedelta(days=1)
days = st.dates(dt.date(1990, 1, 1), dt.date(2060, 12, 31))
ranges = st.tuples(days, st.integers(0, 900)).map(lambda pair: (pair[0], pair[0] + pair[1] * DAY))
unions = st.lists(ranges, min_size=1, max_size=4).map(joined)


def d(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def of(text: str) -> Period:
    return parse(text, reference=d("2026-07-01"))


def name(period: Period | None) -> str | None:
    return None if period is None else period.name


def test_the_cohort_ends_with_the_period_or_the_as_of_day() -> None:
    half = of("2024H1")
    assert half.cut(d("2024-03-31")) == d("2024-03-31")
    assert half.cut(d("2024-12-31")) == d("2024-06-30")
    assert half.until(d("2024-03-31")) == ((d("2024-01-01"), d("2024-03-31")),)
    assert half.until(d("2023-12-31")) == ()


def test_a_period_has_begun_on_its_first_day() -> None:
    half = of("2024H2")
    assert half.begun(d("2024-07-01"))
    assert not half.begun(d("2024-06-30"))


def test_a_question_without_an_as_of_day_asks_about_the_last_day_or_today() -> None:
    assert of("2024H1").default_as_of(d("2026-07-01")) == d("2024-06-30")
    assert of("2026H2").default_as_of(d("2026-07-15")) == d("2026-07-15")


@pytest.mark.parametrize(
    ("word", "before", "year_before"),
    [
        ("2026", "2025", "2025"),
        ("2026H1", "2025H2", "2025H1"),
        ("2026Q1", "2025Q4", "2025Q1"),
        ("2024-03", "2024-02", "2023-03"),
        ("2024-02", "2024-01", "2023-02"),
        ("2023-02", "2023-01", "2022-02"),
        ("2024年1-9月", "2023-04..2023-12", "2023-01..2023-09"),
        ("2023..2024", "2021-01..2022-12", "2022-01..2023-12"),
        ("2024-W12", "2024-W11", "2023-W12"),
        ("2026-W53", "2026-W52", None),
        ("2024-02-29", "2024-02-28", "2023-02-28"),
        ("2024-03-11..2024-03-20", "2024-03-01..2024-03-10", "2023-03-11..2023-03-20"),
    ],
)
def test_a_period_knows_the_one_before_and_the_one_a_year_before(word: str, before: str, year_before: str | None) -> None:
    assert name(previous(of(word))) == before
    assert name(same_last_year(of(word))) == year_before


def test_a_key_period_has_no_period_before() -> None:
    flood = parse("key:flood", reference=d("2026-07-01"), key_periods=[key_period("flood", plain("汛期"), every="06-01..09-15")])
    assert previous(flood) is None
    assert same_last_year(flood) is None


def test_the_year_so_far_ends_with_the_period() -> None:
    assert cumulative(of("2026-06")).name == "2026H1"
    assert cumulative(of("2026-05")).name == "2026-01..2026-05"


def test_parts_of_several_ranges_keep_their_gaps() -> None:
    split = Period(
        "key:2026-x",
        d("2026-01-02"),
        d("2026-03-05"),
        plain("x"),
        ranges=joined([(d("2026-01-02"), d("2026-01-03")), (d("2026-01-20"), d("2026-01-21")), (d("2026-03-01"), d("2026-03-05"))]),
    )
    first, second = months(split)
    assert first.ranges == ((d("2026-01-02"), d("2026-01-03")), (d("2026-01-20"), d("2026-01-21")))
    assert (first.name, first.start, first.end) == ("2026-01", d("2026-01-02"), d("2026-01-21"))
    assert second.name == "2026-03-01..2026-03-05"


def test_quarters_halves_and_years_are_parts_too() -> None:
    year = of("2024")
    assert [part.name for part in parts(year, "quarter")] == ["2024Q1", "2024Q2", "2024Q3", "2024Q4"]
    assert [part.name for part in parts(year, "half")] == ["2024H1", "2024H2"]
    assert [part.name for part in parts(of("2023..2025"), "year")] == ["2023", "2024", "2025"]
    assert len(months(year)) == 12


def test_a_key_period_may_cross_the_new_year() -> None:
    winter = key_period("winter", plain("冬季"), every="11-15..02-29")
    assert winter.in_year(2023) == ((d("2023-11-15"), d("2024-02-29")),)
    assert winter.in_year(2024) == ((d("2024-11-15"), d("2025-02-28")),)
    assert winter.contains(d("2025-01-01"))
    assert not winter.contains(d("2025-03-01"))


def test_a_range_belongs_to_the_year_it_begins_in() -> None:
    new_year = key_period("new-year", plain("元旦"), ["2023-12-30..2024-01-01", "2025-01-01..2025-01-01"])
    assert new_year.in_year(2023) == ((d("2023-12-30"), d("2024-01-01")),)
    assert new_year.in_year(2024) == ()
    assert new_year.in_year(2025) == ((d("2025-01-01"), d("2025-01-01")),)


def test_a_yearly_key_period_may_be_one_day() -> None:
    assert key_period("day", plain("安全日"), every="10-01..10-01").in_year(2024) == ((d("2024-10-01"), d("2024-10-01")),)


def test_days_within_a_window_come_from_every_year_and_once_each() -> None:
    flood = key_period("flood", plain("汛期"), every="06-01..09-15")
    heat = key_period("heat", plain("高温"), ["2024-07-01..2024-09-20"])
    assert within((flood, heat), d("2023-09-01"), d("2024-12-31")) == (
        (d("2023-09-01"), d("2023-09-15")),
        (d("2024-06-01"), d("2024-09-20")),
    )


@pytest.mark.parametrize("text", ["2024-02-03", "x..2024-02-03", "2024-02-03..", "2024-02-18..2024-02-03"])
def test_a_key_period_refuses_a_range_that_is_none(text: str) -> None:
    with pytest.raises(UsageError):
        key_period("x", plain("x"), [text])


@pytest.mark.parametrize("text", ["06-01", "6-1..9-15", "06-31..09-15", "06-01..13-15"])
def test_a_key_period_refuses_a_yearly_range_that_is_none(text: str) -> None:
    with pytest.raises(UsageError):
        key_period("x", plain("x"), every=text)


def test_a_day_of_every_year_may_be_the_leap_day() -> None:
    assert month_day("02-29") == (2, 29)


@given(unions, st.sampled_from(["month", "quarter", "half", "year"]))
def test_parts_partition_the_period(union: tuple[tuple[dt.date, dt.date], ...], every: Part) -> None:
    whole = Period("key:x", union[0][0], union[-1][1], plain("x"), ranges=union)
    cut = parts(whole, every)
    assert joined([found for part in cut for found in part.ranges]) == union
    assert all(one.end < other.start for one, other in itertools.pairwise(cut))


@given(ranges)
def test_a_period_contains_its_ends_and_nothing_beyond(found: tuple[dt.date, dt.date]) -> None:
    period = between(*found)
    assert period.contains(period.start)
    assert period.contains(period.end)
    assert not period.contains(period.start - DAY)
    assert not period.contains(period.end + DAY)


@given(ranges, days)
def test_the_name_of_days_reads_back_as_those_days(found: tuple[dt.date, dt.date], reference: dt.date) -> None:
    period = between(*found)
    assert parse(period.name, reference=reference) == period


@given(ranges)
def test_the_period_before_ends_the_day_before(found: tuple[dt.date, dt.date]) -> None:
    period = between(*found)
    before = previous(period)
    assert before is not None
    assert before.end + DAY == period.start


@given(st.lists(ranges, max_size=6), days)
def test_a_union_holds_a_day_exactly_when_a_range_does(many: list[tuple[dt.date, dt.date]], on: dt.date) -> None:
    union = joined(many)
    assert any(start <= on <= end for start, end in union) == any(start <= on <= end for start, end in many)
    assert all(one[1] + DAY < other[0] for one, other in itertools.pairwise(union))


def test_a_whole_february_is_compared_with_a_whole_one_and_days_of_it_with_the_same_days() -> None:
    assert name(same_last_year(of("2025-02"))) == "2024-02"
    days = same_last_year(of("2025-02-10..2025-02-28"))
    assert days is not None
    assert (days.start, days.end) == (d("2024-02-10"), d("2024-02-28"))
