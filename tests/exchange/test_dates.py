"""Days of cells: a closed list, a question for everything else."""

from __future__ import annotations

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.exchange.dates import FORMS, Doubt, Manner, cell_day

JULY = dt.date(2025, 7, 17)
PLAIN = Manner()


@pytest.mark.parametrize(
    "text",
    [
        "2025-07-17", "2025-7-17", "2025/7/17", "2025.7.17", "20250717", "2025年7月17日", "２０２５．７．１７",
        "二〇二五年七月十七日", "二零二五年七月十七号", "2025 年 7 月 17 日", "2025. 7. 17",
        "2025.7.17.", "2025-7-17 上午", "2025年7月17日下午3时",
        "二○二五年七月十七日", "2025年7月17", "2025.7.17日", "2025-07-17号", "2025年7月17日星期四",
        "2025—7—17", "2025–07–17", "2025/7/17 周四", "2025年7月17日（星期四）",
        "2025-07-17 00:00:00", "2025-07-17T08:30:00", "2025/7/17 8:30", "2025-07-17T08:30:00+08:00",
    ],
)  # fmt: skip
def test_a_day_whose_year_comes_first_is_read(text: str) -> None:
    assert cell_day(text, PLAIN) == JULY


@pytest.mark.parametrize("text", ["2025年元月5日", "二〇二五年元月五日", "2025 年元月 5 日"])
def test_the_first_month_has_a_name_of_its_own(text: str) -> None:
    assert cell_day(text, PLAIN) == dt.date(2025, 1, 5)


@pytest.mark.parametrize("text", ["2025年7月17日 星期五", "2025-07-17（周日）"])
def test_a_day_of_the_week_that_is_not_that_days_is_asked_about(text: str) -> None:
    found = cell_day(text, PLAIN)
    assert isinstance(found, Doubt)
    assert found.final
    assert found.reason.say("zh") == "2025-07-17 是周四"


@pytest.mark.parametrize("text", ["1904-01-02", "1989年12月31日", "2101-01-01"])
def test_a_year_no_record_may_hold_is_the_cells_own_fault(text: str) -> None:
    found = cell_day(text, PLAIN)
    assert isinstance(found, Doubt)
    assert found.final
    assert "年份应在 1990 至 2100 之间" in found.reason.say("zh")


@pytest.mark.parametrize(
    ("form", "text"),
    [
        ("MM/DD/YYYY", "07/17/2025"), ("MM/DD/YYYY", "7/17/2025"), ("DD/MM/YYYY", "17/07/2025"), ("MM-DD-YYYY", "07-17-2025"),
        ("DD-MM-YYYY", "17-07-2025"), ("DD.MM.YYYY", "17.7.2025"),
        ("excel-1900", "45855"), ("excel-1904", "44393"), ("excel-1900", "45855.75"),
    ],
)  # fmt: skip
def test_other_forms_are_read_only_where_they_are_named(form: str, text: str) -> None:
    assert cell_day(text, Manner((form,))) == JULY
    assert isinstance(cell_day(text, PLAIN), Doubt)


@pytest.mark.parametrize("text", ["2025年7月17日前", "2025年7月17日之前", "二〇二五年七月十七日以前"])
def test_a_deadline_includes_the_day_it_names(text: str) -> None:
    assert cell_day(text, PLAIN, found=JULY) == JULY
    assert isinstance(cell_day(text, PLAIN), Doubt)  # found before a day says no day


@pytest.mark.parametrize("text", ["二〇二五年七月三十二日", "二〇二五年十十月一日", "二〇二五年七月十十日", "二〇二五年七月"])
def test_characters_that_make_no_day_are_none(text: str) -> None:
    assert isinstance(cell_day(text, PLAIN), Doubt)


@pytest.mark.parametrize("text", ["7月17日", "七月十七日", "7 月 17 日", "7月17号", "7月17", "7.17", "7/17"])
def test_a_day_without_its_year_is_asked_about_unless_the_year_is_stated(text: str) -> None:
    found = cell_day(text, PLAIN)
    assert isinstance(found, Doubt)
    assert found.reason.say("zh") == "缺年份"
    assert cell_day(text, Manner(year=2025)) == JULY


def test_at_once_is_the_day_found_only_when_somebody_says_so() -> None:
    found = cell_day("立即", PLAIN, found=JULY)
    assert isinstance(found, Doubt)
    assert found.remedy is not None
    assert "--immediate same-day" in found.remedy.say("en")
    assert cell_day("立即", Manner(same_day=True), found=JULY) == JULY
    assert isinstance(cell_day("立即", Manner(same_day=True)), Doubt)


def test_a_deadline_may_be_counted_where_the_table_of_values_says_so() -> None:
    assert cell_day("15d", PLAIN, found=JULY) == dt.date(2025, 8, 1)
    assert cell_day("found", PLAIN, found=JULY) == JULY
    assert cell_day("2wd", PLAIN, found=JULY, working=lambda day, n: day + dt.timedelta(days=n + 2)) == dt.date(2025, 7, 21)
    assert isinstance(cell_day("15d", PLAIN), Doubt)


@pytest.mark.parametrize("text", ["2025-02-30", "20251301", "2025年2月30日"])
def test_a_day_the_calendar_does_not_have_can_only_be_put_right(text: str) -> None:
    found = cell_day(text, PLAIN)
    assert isinstance(found, Doubt)
    assert found.final


def test_a_bare_number_is_shown_as_the_day_it_may_be() -> None:
    found = cell_day("46089", PLAIN)
    assert isinstance(found, Doubt)
    assert "2026-03-08" in found.reason.say("en")


def test_a_day_that_reads_two_ways_is_asked_about() -> None:
    found = cell_day("03/05/2025", PLAIN)
    assert isinstance(found, Doubt)
    assert "order" in found.reason.say("en")


def test_an_instant_is_the_day_it_was_in_the_ledgers_zone() -> None:
    zone = dt.timezone(dt.timedelta(hours=8))
    assert cell_day("2025-07-16T18:30:00Z", Manner(zone=zone)) == JULY
    assert cell_day("2025-07-17T18:30:00+08:00", Manner(zone=zone)) == JULY
    assert isinstance(cell_day("2025-07-17T99:30:00Z", Manner(zone=zone)), dt.date)
    assert isinstance(cell_day("neulich 18:30Z", Manner(zone=zone)), Doubt)


@given(st.text(max_size=20), st.booleans(), st.sampled_from([None, 2025]))
def test_any_text_is_a_day_or_a_doubt(text: str, deadline: bool, year: int | None) -> None:
    found = cell_day(text, Manner(tuple(FORMS), year, deadline), found=JULY if deadline else None)
    assert isinstance(found, dt.date | Doubt)


@given(st.dates(dt.date(1990, 1, 1), dt.date(2100, 12, 31)))
def test_every_day_is_read_in_every_spelling(day: dt.date) -> None:
    spellings = [
        day.isoformat(),
        f"{day:%Y/%m/%d}",
        f"{day.year}.{day.month}.{day.day}",
        f"{day.year}年{day.month}月{day.day}日",
        f"{day:%Y%m%d}",
    ]
    assert {cell_day(text, PLAIN) for text in spellings} == {day}
    assert cell_day(f"{day:%m/%d/%Y}", Manner(("MM/DD/YYYY",))) == day
