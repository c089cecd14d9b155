"""Every period word of the closed list, and what is refused."""

from __future__ import annotations

import contextlib
import datetime as dt
from dataclasses import dataclass
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.errors import UsageError
from hazardctl.language import Text, plain
from hazardctl.period import WORDS, KeyPeriod, Period, Reading, key_period, open_ranges, parse

REFERENCE = dt.date(2026, 7, 1)


def d(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


@dataclass(frozen=True)
class Action:
    id: str
    name: str
    start: dt.date
    end: dt.date | None = None
    alias: str | None = ""


AMMONIA = Action("ZX-20240301-9RWK4", "涉氨制冷企业专项整治", d("2024-03-01"), d("2024-06-30"), "ammonia")
RUNNING = Action("ZX-20260301-4NR8C", "{执法}行动", d("2026-03-01"))
FUTURE = Action("ZX-20270101-0000C", "明年行动", d("2027-01-01"))
SPRING = key_period("spring-festival", Text("春节", "Spring Festival"), ["2023-01-14..2023-01-29", "2024-02-03..2024-02-18"])
FLOOD = key_period("flood-season", plain("汛期"), every="06-01..09-15")
WINTER = key_period("winter", plain("冬季雨雪"), every="11-15..02-29")
AROUND: dict[str, Any] = {
    "reference": REFERENCE,
    "campaigns": (AMMONIA, RUNNING, FUTURE),
    "key_periods": (SPRING, FLOOD, WINTER),
    "first_day": d("2023-01-05"),
}


def period(text: str, **other: object) -> Period:
    return parse(text, **{**AROUND, **other})


def refusal(text: str, **other: object) -> UsageError:
    with pytest.raises(UsageError) as caught:
        period(text, **other)
    return caught.value


WRITTEN = [
    ("2024", "2024-01-01", "2024-12-31", "2024年", "2024"),
    ("2024年", "2024-01-01", "2024-12-31", "2024年", "2024"),
    ("2024H1", "2024-01-01", "2024-06-30", "2024年上半年", "H1 2024"),
    ("2024上半年", "2024-01-01", "2024-06-30", "2024年上半年", "H1 2024"),
    ("2024年下半年", "2024-07-01", "2024-12-31", "2024年下半年", "H2 2024"),
    ("H1", "2026-01-01", "2026-06-30", "2026年上半年", "H1 2026"),
    ("Ｈ２", "2026-07-01", "2026-12-31", "2026年下半年", "H2 2026"),
    ("上半年", "2026-01-01", "2026-06-30", "2026年上半年", "H1 2026"),
    ("2024Q3", "2024-07-01", "2024-09-30", "2024年三季度", "Q3 2024"),
    ("2024年三季度", "2024-07-01", "2024-09-30", "2024年三季度", "Q3 2024"),
    ("Q1", "2026-01-01", "2026-03-31", "2026年一季度", "Q1 2026"),
    ("三季度", "2026-07-01", "2026-09-30", "2026年三季度", "Q3 2026"),
    ("2024-03", "2024-03-01", "2024-03-31", "2024年3月", "March 2024"),
    ("2024M2", "2024-02-01", "2024-02-29", "2024年2月", "February 2024"),
    ("2024年12月", "2024-12-01", "2024-12-31", "2024年12月", "December 2024"),
    ("M5", "2026-05-01", "2026-05-31", "2026年5月", "May 2026"),
    ("5月", "2026-05-01", "2026-05-31", "2026年5月", "May 2026"),
    ("1-9月", "2026-01-01", "2026-09-30", "2026年1-9月", "January to September 2026"),
    ("2024年1-9月", "2024-01-01", "2024-09-30", "2024年1-9月", "January to September 2024"),
    ("2024-W12", "2024-03-18", "2024-03-24", "2024年第12周", "week 12 of 2024"),
    ("W12", "2026-03-16", "2026-03-22", "2026年第12周", "week 12 of 2026"),
    ("2020-W53", "2020-12-28", "2021-01-03", "2020年第53周", "week 53 of 2020"),
    ("2026-W53", "2026-12-28", "2027-01-03", "2026年第53周", "week 53 of 2026"),
    ("FY2024", "2024-01-01", "2024-12-31", "2024年", "2024"),
    ("2024-03-12", "2024-03-12", "2024-03-12", "2024年3月12日", "12 March 2024"),
    ("今天", "2026-07-01", "2026-07-01", "2026年7月1日", "1 July 2026"),
    ("2024Q1..2024-05", "2024-01-01", "2024-05-31", "2024年1-5月", "January to May 2024"),
    ("2023..2024", "2023-01-01", "2024-12-31", "2023年1月至2024年12月", "January 2023 to December 2024"),
    ("3-3月", "2026-03-01", "2026-03-31", "2026年3月", "March 2026"),
    ("2024-03-12..2024-03-12", "2024-03-12", "2024-03-12", "2024年3月12日", "12 March 2024"),
    ("2024-03-01..2024-05-02", "2024-03-01", "2024-05-02", "2024年3月1日至5月2日", "1 March to 2 May 2024"),
    ("2024年3月1日..5月2日", "2024-03-01", "2024-05-02", "2024年3月1日至5月2日", "1 March to 2 May 2024"),
    ("2023-12-30..2024-01-01", "2023-12-30", "2024-01-01", "2023年12月30日至2024年1月1日", "30 December 2023 to 1 January 2024"),
    ("..2024-06-30", "2023-01-05", "2024-06-30", "截至2024年6月30日", "up to 30 June 2024"),
    ("..2022", "2022-12-31", "2022-12-31", "截至2022年12月31日", "up to 31 December 2022"),
    ("2024-03-01..", "2024-03-01", "2026-07-01", "2024年3月1日以来", "since 1 March 2024"),
    ("2027..", "2027-01-01", "2027-01-01", "2027年1月1日以来", "since 1 January 2027"),
    ("本周", "2026-06-29", "2026-07-05", "2026年第27周", "week 27 of 2026"),
    ("last-week", "2026-06-22", "2026-06-28", "2026年第26周", "week 26 of 2026"),
    ("本月", "2026-07-01", "2026-07-31", "2026年7月", "July 2026"),
    ("上月", "2026-06-01", "2026-06-30", "2026年6月", "June 2026"),
    ("this-quarter", "2026-07-01", "2026-09-30", "2026年三季度", "Q3 2026"),
    ("上季度", "2026-04-01", "2026-06-30", "2026年二季度", "Q2 2026"),
    ("今年", "2026-01-01", "2026-12-31", "2026年", "2026"),
    ("last-year", "2025-01-01", "2025-12-31", "2025年", "2025"),
    ("截至今日", "2026-01-01", "2026-07-01", "2026年1月1日至7月1日", "1 January to 1 July 2026"),
]
WORDS_OF_THE_LEDGER = [
    "campaign:ammonia",
    "campaign:9RWK4",
    "campaign:4nr8c",
    "key:winter",
    "key:2023-spring-festival",
    "key:2024-all",
    "key:汛期",
]


@pytest.mark.parametrize(("word", "start", "end", "zh", "en"), WRITTEN)
def test_every_word_means_its_days_and_says_its_name(word: str, start: str, end: str, zh: str, en: str) -> None:
    found = period(word)
    assert (found.start, found.end) == (d(start), d(end))
    assert (found.label.say("zh"), found.label.say("en")) == (zh, en)
    assert found.filter is None


@pytest.mark.parametrize("word", [row[0] for row in WRITTEN] + WORDS_OF_THE_LEDGER)
def test_the_name_of_a_period_reads_back_as_the_same_period(word: str) -> None:
    found = period(word)
    assert period(found.name) == found
    assert found.contains(found.start)
    assert found.contains(found.end)


def test_year_to_date_is_the_other_name_of_so_far() -> None:
    assert period("ytd") == period("截至今日")


def test_a_fiscal_year_begins_on_the_configured_day_of_its_year() -> None:
    found = period("FY2024", fiscal_year_start="04-01")
    assert (found.name, found.start, found.end) == ("FY2024", d("2024-04-01"), d("2025-03-31"))
    assert (found.label.say("zh"), found.label.say("en")) == ("2024财年", "fiscal year 2024")
    assert period("FY2023", fiscal_year_start="02-29").start == d("2023-02-28")


@pytest.mark.parametrize("start", ["4-1", "13-01", "02-30"])
def test_a_fiscal_year_start_that_is_no_day_is_refused(start: str) -> None:
    assert start in refusal("FY2024", fiscal_year_start=start).what.say("en")


@pytest.mark.parametrize(
    "word",
    [
        "",
        "..",
        "二〇二四",
        "2024-13",
        "2024Q5",
        "2024H3",
        "24",
        "15d",
        "下周",
        "2024-3",
        "H1..x",
        "x..H1",
        "x..",
        "..x",
        "W1a",
        "0000",
        "other:x",
    ],
)
def test_anything_else_is_refused_with_the_words(word: str) -> None:
    assert WORDS in refusal(word).hints


@pytest.mark.parametrize(("word", "meant"), [("2024-h1", "2024H1"), ("q3", "Q3"), ("2024 Q3", "2024Q3"), ("fy2024", "FY2024")])
def test_a_spelling_that_is_nearly_right_is_corrected_in_the_hint(word: str, meant: str) -> None:
    assert meant in refusal(word).hints[0].say("en")


@pytest.mark.parametrize("word", ["2024-06..2024-05", "9-1月", "2024-03-12..2024-03-11"])
def test_a_range_that_ends_before_it_begins_is_refused(word: str) -> None:
    assert "ends before it begins" in refusal(word).what.say("en")


@pytest.mark.parametrize("word", ["2024-W53", "W0", "2024-W54", "2024-w53"])
def test_a_week_the_year_does_not_have_is_refused(word: str) -> None:
    assert isinstance(refusal(word), UsageError)


def test_a_week_53_that_does_not_exist_says_how_many_there_are() -> None:
    error = refusal("2024-W53")
    assert error.lines("zh") == ["2024年没有第53周", "2024年有52周"]
    assert refusal("2025-W53").lines("en") == ["2025 has no week 53", "2025 has 52 weeks"]


def test_a_day_that_does_not_exist_is_named() -> None:
    assert "2023-02-29" in refusal("2023-02-29").what.say("zh")
    assert period("2024-02-29").start == d("2024-02-29")


@pytest.mark.parametrize("name", ["ammonia", "ZX-20240301-9RWK4", "9rwk4", "wk4", "涉氨制冷企业专项整治"])
def test_a_campaign_brings_its_days_and_its_records(name: str) -> None:
    found = period(f"campaign:{name}")
    assert (found.name, found.start, found.end) == ("campaign:ammonia", d("2024-03-01"), d("2024-06-30"))
    assert found.filter == ("campaign", "ZX-20240301-9RWK4")
    assert found.label.say("en") == "涉氨制冷企业专项整治"


def test_a_campaign_without_an_end_runs_to_the_as_of_day() -> None:
    assert period("campaign:4NR8C").end == REFERENCE
    assert period("campaign:4NR8C", as_of=d("2026-05-31")).end == d("2026-05-31")
    assert period("campaign:4NR8C").label.say("zh") == "{执法}行动"


def test_a_campaign_that_has_not_begun_is_one_day_and_not_begun() -> None:
    found = period("campaign:0000C")
    assert (found.start, found.end) == (d("2027-01-01"), d("2027-01-01"))
    assert not found.begun(REFERENCE)


@pytest.mark.parametrize(("name", "count"), [("x", 0), ("0C", 0), ("", 0)])
def test_an_unknown_campaign_is_refused_with_those_there_are(name: str, count: int) -> None:
    error = refusal(f"campaign:{name}")
    assert f"means {count} campaigns" in error.what.say("en")
    assert "ammonia" in error.hints[0].say("en")


def test_an_ambiguous_campaign_is_refused_with_the_candidates() -> None:
    twins = (Action("ZX-20240101-AAAAB", "甲", d("2024-01-01")), Action("ZX-20240102-AAAAB", "乙", d("2024-01-02")), AMMONIA)
    error = refusal("campaign:AAAAB", campaigns=twins)
    assert "means 2 campaigns" in error.what.say("en")
    assert "ammonia" not in error.hints[0].say("en")


def test_a_bare_key_period_is_of_the_year_of_the_reference_day() -> None:
    assert period("key:flood-season").start == d("2026-06-01")
    assert period("key:spring-festival", reference=d("2024-05-01")).end == d("2024-02-18")
    assert period("key:Spring Festival", reference=d("2024-05-01")).name == "key:2024-spring-festival"
    assert period("key:2024-spring-festival").label.say("zh") == "2024年春节"


def test_a_year_without_a_range_is_undefined_not_empty() -> None:
    assert "undefined" in refusal("key:spring-festival").what.say("en")


def test_all_key_periods_are_their_union_and_say_what_is_undefined() -> None:
    found = period("key:all")
    assert found.ranges == ((d("2026-06-01"), d("2026-09-15")), (d("2026-11-15"), d("2027-02-28")))
    assert found.undefined == ("spring-festival",)
    assert not found.contains(d("2026-10-01"))


def test_a_key_period_may_carry_digits_in_its_id() -> None:
    games = KeyPeriod("2026-games", plain("运动会"), ((d("2026-05-01"), d("2026-05-03")),))
    assert period("key:2026-games", key_periods=(games,)).name == "key:2026-2026-games"


def test_an_unknown_key_period_is_refused_with_those_configured() -> None:
    error = refusal("key:2024-spring")
    assert "spring-festival" in error.hints[0].say("en")


@pytest.mark.parametrize(
    ("word", "ranges"),
    [
        ("..2026-06-30", ((None, d("2026-06-30")),)),
        ("2026-06..", ((d("2026-06-01"), None),)),
        ("H1", ((d("2026-01-01"), d("2026-06-30")),)),
        ("2026-05-01..2026-06-30", ((d("2026-05-01"), d("2026-06-30")),)),
        ("key:flood-season", ((d("2026-06-01"), d("2026-09-15")),)),
    ],
)
def test_a_filter_leaves_the_other_end_open(word: str, ranges: object) -> None:
    assert open_ranges(word, Reading(REFERENCE, key_periods=(FLOOD,))) == ranges


@pytest.mark.parametrize("word", ["..", "x.."])
def test_a_filter_refuses_what_a_period_refuses(word: str) -> None:
    with pytest.raises(UsageError):
        open_ranges(word, Reading(REFERENCE))


@given(st.text(max_size=12), st.dates(d("2000-01-01"), d("2100-01-01")))
def test_any_text_is_a_period_or_a_usage_error(text: str, reference: dt.date) -> None:
    with contextlib.suppress(UsageError):
        found = parse(text, reference=reference)
        assert found.start <= found.end


@given(st.sampled_from([row[0] for row in WRITTEN]), st.dates(d("2000-01-01"), d("2100-12-31")))
def test_a_name_means_the_same_days_whatever_today_is(word: str, reference: dt.date) -> None:
    try:
        found = parse(word, reference=reference, as_of=REFERENCE)
    except UsageError:  # a bare week 53
        return
    assert parse(found.name, reference=REFERENCE, as_of=REFERENCE) == found


def test_a_key_period_of_several_ranges_goes_from_the_first_to_the_last_of_its_year() -> None:
    rains = key_period("rains", plain("雨季"), ["2024-04-01..2024-04-05", "2024-06-10..2024-06-20", "2024-09-01..2024-09-09"])
    found = period("key:2024-rains", key_periods=(rains,))
    assert (found.start, found.end) == (d("2024-04-01"), d("2024-09-09"))


def test_nobody_is_asked_whether_they_meant_a_day_that_is_none() -> None:
    assert all("did you mean" not in hint.say("en") for hint in refusal("2024 -02-30").hints)
    assert any("did you mean" in hint.say("en") for hint in refusal("2024 -02-20").hints)
