"""Working days against the published notices; a year without a notice is said, never guessed in silence."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.calendar import Calendar, Counted, Worked, configured, notices
from hazardctl.errors import MissingExtraError, UsageError

CN = Calendar()
PLAIN = Calendar(name="plain")
published = st.dates(dt.date(2008, 1, 1), dt.date(2025, 12, 31))
numbers = st.integers(-40, 40)


def d(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@pytest.mark.parametrize(
    ("start", "n", "end"),
    [
        ("2024-02-09", 1, "2024-02-18"),
        ("2024-02-09", 5, "2024-02-22"),
        ("2024-09-27", 5, "2024-10-10"),
        ("2024-03-27", -15, "2024-03-06"),
        ("2026-07-01", 15, "2026-07-22"),
        ("2024-02-10", 0, "2024-02-10"),
    ],
)
def test_working_days_are_counted_from_the_day_after(start: str, n: int, end: str) -> None:
    assert CN.add(d(start), n) == Worked(d(end))


def test_the_first_half_of_2024_has_123_working_days() -> None:
    assert CN.between(d("2024-01-01"), d("2024-06-30")) == Counted(123)


def test_nothing_lies_between_a_day_and_an_earlier_one() -> None:
    assert CN.between(d("2024-03-02"), d("2024-03-01")) == Counted(0)


def test_a_day_off_rolls_to_the_next_working_day_and_a_working_day_stays() -> None:
    assert CN.roll(d("2024-05-01")) == Worked(d("2024-05-06"))
    assert CN.roll(d("2024-05-06")) == Worked(d("2024-05-06"))


def test_holidays_rest_and_make_up_days_work() -> None:
    assert not CN.is_working(d("2024-10-01"))
    assert CN.is_working(d("2024-02-18"))
    assert not CN.is_working(d("2024-03-02"))
    assert CN.is_working(d("2024-03-01"))


def test_the_ledger_overrides_single_days() -> None:
    calendar = Calendar({d("2024-03-08"): "holiday", d("2024-03-09"): "workday"})
    assert not calendar.is_working(d("2024-03-08"))
    assert calendar.is_working(d("2024-03-09"))
    assert calendar.add(d("2024-03-07"), 1) == Worked(d("2024-03-09"))


def test_the_plain_calendar_is_monday_to_friday_and_never_a_guess() -> None:
    assert PLAIN.is_working(d("2024-10-01"))
    assert not PLAIN.is_working(d("2024-02-18"))
    assert PLAIN.add(d("2030-01-04"), 1) == Worked(d("2030-01-07"))
    assert not PLAIN.unpublished(2030)


def test_an_unpublished_year_counts_monday_to_friday_and_is_remembered() -> None:
    assert CN.unpublished(2090)
    assert not CN.unpublished(2024)
    assert CN.add(d("2090-10-02"), 1) == Worked(d("2090-10-03"), frozenset({2090}))
    assert CN.between(d("2090-12-31"), d("2091-01-01")).guessed_years == {2090, 2091}
    assert CN.roll(d("2090-10-01")).guessed_years == {2090}


def test_a_day_the_ledger_decides_is_no_guess() -> None:
    calendar = Calendar({d("2090-10-02"): "holiday"})
    assert not calendar.guessed(d("2090-10-02"))
    assert calendar.guessed(d("2090-10-03"))
    assert calendar.between(d("2090-10-02"), d("2090-10-02")) == Counted(0)


def test_an_unknown_calendar_is_refused_by_name() -> None:
    with pytest.raises(UsageError) as caught:
        Calendar(name="us")
    assert "us" in caught.value.what.say("zh")


def test_the_configuration_names_the_calendar_and_single_days() -> None:
    calendar = configured("plain", {"2024-03-08": "holiday", "2024-03-09": "workday"})
    assert calendar.name == "plain"
    assert calendar.add(d("2024-03-07"), 1) == Worked(d("2024-03-09"))


@pytest.mark.parametrize(("day", "kind"), [("8 March", "holiday"), ("2024-03-08", "feast"), ("2024-02-30", "holiday")])
def test_an_override_that_is_none_is_refused(day: str, kind: str) -> None:
    with pytest.raises(UsageError):
        configured("cn", {day: kind})


@pytest.fixture
def without_the_extra(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    notices.cache_clear()
    monkeypatch.setitem(sys.modules, "chinese_calendar", None)
    monkeypatch.setitem(sys.modules, "chinese_calendar.constants", None)
    yield
    notices.cache_clear()


def test_without_the_extra_the_error_says_what_to_install(without_the_extra: None) -> None:
    with pytest.raises(MissingExtraError) as caught:
        CN.add(d("2024-03-01"), 1)
    assert 'pip install "hazardctl[cn]"' in caught.value.hints[0].say("zh")
    assert caught.value.exit_code == 5


def test_without_the_extra_the_plain_calendar_and_overrides_still_answer(without_the_extra: None) -> None:
    assert PLAIN.is_working(d("2024-03-01"))
    assert Calendar({d("2024-03-01"): "holiday"}).is_working(d("2024-03-01")) is False


@pytest.mark.shared
def test_every_published_day_agrees_with_the_public_data(shared: Path) -> None:
    files = sorted((shared / "data" / "holiday_cn").glob("*.json"))
    stated = {d(day["date"]): day["isOffDay"] for file in files for day in json.loads(file.read_bytes())["days"]}
    assert [day for day, off in stated.items() if day.year >= 2023 and CN.is_working(day) == off] == []


@given(published, numbers)
def test_going_and_coming_back_by_working_days_ends_where_it_began(start: dt.date, n: int) -> None:
    begin = CN.roll(start).day
    assert CN.add(CN.add(begin, n).day, -n).day == begin


@given(published, st.integers(1, 40))
def test_so_many_working_days_lie_between(start: dt.date, n: int) -> None:
    assert CN.between(start + dt.timedelta(days=1), CN.add(start, n).day).days == n


@given(st.dates(dt.date(2000, 1, 1), dt.date(2035, 12, 31)), numbers)
def test_the_end_of_a_count_is_a_working_day(start: dt.date, n: int) -> None:
    found = CN.add(start, n)
    assert n == 0 or CN.is_working(found.day)
    assert all(CN.unpublished(year) for year in found.guessed_years)
