"""The closed list of forms a day may be typed in; everything else is refused with a hint."""

from __future__ import annotations

import contextlib
import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.day import FORMS, Length, day, in_words, length, named, weekday, written
from hazardctl.errors import UsageError

TODAY = dt.date(2026, 7, 1)
days = st.dates(dt.date(1000, 1, 1), dt.date(2999, 12, 31))


def refusal(text: str, **around: int) -> UsageError:
    with pytest.raises(UsageError) as caught:
        day(text, today=TODAY, **around)  # type: ignore[arg-type]
    return caught.value


@pytest.mark.parametrize(
    "text",
    [
        "2026-03-05",
        "2026/3/5",
        "2026/03/05",
        "2026.3.5",
        "2026.03.05",
        "20260305",
        "2026年3月5日",
        "2026年03月05日",
        " ２０２６－０３－０５ ",
        "２０２６年３月５日",
    ],
)
def test_every_form_of_a_written_day_is_read(text: str) -> None:
    assert day(text, today=TODAY) == dt.date(2026, 3, 5)


@pytest.mark.parametrize(("text", "shift"), [("today", 0), ("今天", 0), ("昨天", -1), ("明天", 1)])
def test_named_days_are_counted_from_today(text: str, shift: int) -> None:
    assert day(text, today=TODAY) == TODAY + dt.timedelta(days=shift)
    assert named(text, today=TODAY) == TODAY + dt.timedelta(days=shift)


@pytest.mark.parametrize("text", ["15d", "+15d", "＋１５ｄ"])
def test_calendar_days_are_counted_from_the_day_after(text: str) -> None:
    assert day(text, today=TODAY) == dt.date(2026, 7, 16)
    assert day(text, today=TODAY, base=dt.date(2026, 7, 3)) == dt.date(2026, 7, 18)


def test_working_days_are_counted_by_the_calendar_that_is_passed_in() -> None:
    asked: list[tuple[dt.date, int]] = []

    def working(start: dt.date, count: int) -> dt.date:
        asked.append((start, count))
        return dt.date(2026, 7, 22)

    assert day("15wd", today=TODAY, working=working) == dt.date(2026, 7, 22)
    assert day("+3wd", today=TODAY, base=dt.date(2026, 6, 1), working=working) == dt.date(2026, 7, 22)
    assert asked == [(TODAY, 15), (dt.date(2026, 6, 1), 3)]


def test_working_days_without_a_calendar_are_refused() -> None:
    assert "15wd" in refusal("15wd").what.say("zh")


def test_month_and_day_need_a_stated_year() -> None:
    assert day("3月5日", today=TODAY, year=2025) == dt.date(2025, 3, 5)
    assert written("3月5日") is None
    assert refusal("3月5日").hints[0].say("en") == "the year is missing"


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("26-03-05", "write the year with four digits"),
        ("26/3/5", "write the year with four digits"),
        ("260305", "write the year with four digits"),
        ("26年3月5日", "write the year with four digits"),
        ("5/3/2026", "the year comes first, then month, then day"),
        ("05-03-2026", "the year comes first, then month, then day"),
        ("5.3.2026", "the year comes first, then month, then day"),
        ("3/5", "the year is missing"),
        ("2026-3-5", "write month and day with two digits: 2026-03-05"),
    ],
)
def test_a_day_that_would_be_a_guess_is_refused_with_the_repair(text: str, hint: str) -> None:
    assert refusal(text).hints[0].say("en") == hint


@pytest.mark.parametrize("text", ["", "下周", "2026-03", "yesterday", "15", "-15d", "15 d", "15m", "2026-3/5", "3026-01-01", "²026-03-05x"])
def test_anything_else_is_refused_with_the_whole_list(text: str) -> None:
    assert FORMS in refusal(text).hints


@pytest.mark.parametrize("text", ["2023-02-29", "2026/13/1", "20260431", "2026年2月30日"])
def test_a_day_the_calendar_does_not_have_is_named(text: str) -> None:
    assert text in refusal(text).what.say("zh")


def test_the_leap_day_is_a_day() -> None:
    assert day("2024-02-29", today=TODAY) == dt.date(2024, 2, 29)


def test_a_stretch_past_the_end_of_the_calendar_is_refused() -> None:
    with pytest.raises(UsageError):
        day("9999d", today=dt.date(9990, 1, 1))


def test_lengths_are_calendar_or_working_days() -> None:
    assert length("7d") == Length(7, working=False)
    assert length("+15wd") == Length(15, working=True)
    assert length("7") is None


def test_days_are_said_in_both_languages() -> None:
    assert (weekday(TODAY).say("zh"), weekday(TODAY).say("en")) == ("周三", "Wed")
    assert (in_words(TODAY).say("zh"), in_words(TODAY).say("en")) == ("2026年7月1日", "1 July 2026")


@given(days)
def test_every_form_of_a_day_means_that_day(on: dt.date) -> None:
    forms = [on.isoformat(), f"{on:%Y%m%d}", f"{on.year}/{on.month}/{on.day}", f"{on.year}.{on.month}.{on.day}", in_words(on).zh]
    assert {day(form, today=TODAY) for form in forms} == {on}


@given(st.text(max_size=12))
def test_any_text_is_a_day_or_a_usage_error(text: str) -> None:
    with contextlib.suppress(UsageError):
        assert isinstance(day(text, today=TODAY), dt.date)
