"""Every number of the worked example of DOMAIN §4.5, with the ids where it prints them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from hazardctl.measures import REGISTRY, Question, Spread
from hazardctl.sheet import Rate
from tests.measures.asked import behind, book, half_year

LINE = ("found", "rectified", "awaiting", "within_due", "overdue", "no_due", "closed_other", "withdrawn", "transferred")
ROLL = ("opening", "found", "reopened", "resolved", "resolved_other", "withdrawn", "transferred", "closing")


def rate(text: str, question: Question) -> str:
    figure = book().total(question, [text])[text]
    assert isinstance(figure, Rate)
    return f"{figure.numerator}/{figure.denominator} {figure.value}"


def spread(text: str, question: Question) -> Spread:
    figure = book().total(question, [text])[text]
    assert isinstance(figure, Spread)
    return figure


COHORTS = [
    ("2024-06-30", "period", "default", (14, 5, 2, 2, 3, 1, 1, 0, 1), "35.71"),
    ("2024-06-30", "period", "official", (14, 6, 1, 2, 3, 1, 1, 0, 1), "42.86"),
    ("2024-06-30", "period", "rectified", (14, 7, 0, 2, 3, 1, 1, 0, 1), "50.00"),
    ("2024-06-30", "period", "verified", (14, 5, 2, 2, 3, 1, 1, 0, 1), "35.71"),
    ("2024-06-30", "period", "closed", (14, 4, 3, 2, 3, 1, 1, 0, 1), "28.57"),
    ("2024-07-31", "period", "default", (13, 5, 2, 2, 2, 1, 1, 1, 1), "38.46"),
    ("2024-07-31", "asof", "default", (13, 6, 1, 0, 4, 1, 1, 1, 1), "46.15"),
    ("2024-07-31", "asof", "official", (13, 7, 0, 0, 4, 1, 1, 1, 1), "53.85"),
]


@pytest.mark.parametrize(("as_of", "cutoff", "preset", "numbers", "percent"), COHORTS)
def test_the_cohort_line_is_the_one_printed(as_of: str, cutoff: str, preset: str, numbers: tuple[int, ...], percent: str) -> None:
    question = half_year(as_of, preset=preset, cutoff=cutoff)
    figures = book().total(question, [*(f"hazards.{part}" for part in LINE), "hazards.rate"])
    assert tuple(figures[f"hazards.{part}"] for part in LINE) == numbers
    found = figures["hazards.rate"]
    assert isinstance(found, Rate)
    assert (found.numerator, found.denominator, str(found.value)) == (numbers[1], numbers[0], percent)


COHORT_IDS = [
    ("2024-06-30", "period", "default", "rectified", "A B H I K"),
    ("2024-06-30", "period", "default", "awaiting", "C P"),
    ("2024-06-30", "period", "default", "within_due", "D O"),
    ("2024-06-30", "period", "default", "overdue", "E L N"),
    ("2024-06-30", "period", "default", "no_due", "F"),
    ("2024-06-30", "period", "default", "closed_other", "G"),
    ("2024-06-30", "period", "default", "withdrawn", ""),
    ("2024-06-30", "period", "default", "transferred", "M"),
    ("2024-06-30", "period", "default", "found", "A B C D E F G H I K L N O P"),
    ("2024-06-30", "period", "official", "rectified", "A B C I K P"),
    ("2024-06-30", "period", "official", "awaiting", "H"),
    ("2024-06-30", "period", "closed", "rectified", "A B I K"),
    ("2024-06-30", "period", "closed", "awaiting", "C H P"),
    ("2024-07-31", "period", "default", "overdue", "E N"),
    ("2024-07-31", "period", "default", "withdrawn", "L"),
    ("2024-07-31", "asof", "default", "rectified", "A B C H I K"),
    ("2024-07-31", "asof", "default", "awaiting", "P"),
    ("2024-07-31", "asof", "default", "overdue", "D E N O"),
    ("2024-07-31", "asof", "official", "rectified", "A B C H I K P"),
]


@pytest.mark.parametrize(("as_of", "cutoff", "preset", "part", "letters"), COHORT_IDS)
def test_the_cohort_names_the_records_printed(as_of: str, cutoff: str, preset: str, part: str, letters: str) -> None:
    assert behind(f"hazards.{part}", half_year(as_of, preset=preset, cutoff=cutoff)) == letters


STOCKS = [
    ("default", (1, 15, 1, 7, 1, 0, 1, 8), "7/16 43.75"),
    ("official", (1, 15, 2, 9, 1, 0, 1, 7), "9/17 52.94"),
]


@pytest.mark.parametrize(("preset", "numbers", "percent"), STOCKS)
def test_the_stock_rolls_forward_as_printed(preset: str, numbers: tuple[int, ...], percent: str) -> None:
    question = half_year(preset=preset)
    figures = book().total(question, [f"stock.{part}" for part in ROLL])
    assert tuple(figures[f"stock.{part}"] for part in ROLL) == numbers
    assert rate("stock.rate", question) == percent


STOCK_IDS = [
    ("default", "opening", "J"),
    ("default", "reopened", "N"),
    ("default", "resolved", "A B H I J K N"),
    ("default", "resolved_other", "G"),
    ("default", "transferred", "M"),
    ("default", "closing", "C D E F L N O P"),
    ("official", "opening", "J"),
    ("official", "reopened", "N N"),
    ("official", "resolved", "A B C I J K N N P"),
    ("official", "resolved_other", "G"),
    ("official", "transferred", "M"),
    ("official", "closing", "D E F H L N O"),
]


@pytest.mark.parametrize(("preset", "part", "letters"), STOCK_IDS)
def test_the_stock_names_the_records_printed(preset: str, part: str, letters: str) -> None:
    assert behind(f"stock.{part}", half_year(preset=preset)) == letters


@pytest.mark.parametrize(("preset", "days"), [("default", ["06-01"]), ("official", ["04-06", "06-01"])])
def test_the_returns_of_n_carry_their_days(preset: str, days: list[str]) -> None:
    members = book().members(half_year(preset=preset), "stock.reopened")["members"]
    assert [one.day for one in members] == [dt.date.fromisoformat("2024-" + day) for day in days]


DUES = [
    (("default", "2024-06-30", "current"), (11, 4, 5, 2, 1), "4/11 36.36", "5/11 45.45"),
    (("default", "2024-06-30", "original"), (11, 3, 6, 2, 1), "3/11 27.27", "6/11 54.55"),
    (("default", "2024-07-31", "current"), (11, 5, 5, 1, 0), "5/11 45.45", "5/11 45.45"),
    (("official", "2024-06-30", "current"), (11, 5, 5, 1, 1), "5/11 45.45", "5/11 45.45"),
]


@pytest.mark.parametrize(("asked", "numbers", "on_time", "late"), DUES)
def test_the_due_set_is_judged_as_printed(asked: tuple[str, str, str], numbers: tuple[int, ...], on_time: str, late: str) -> None:
    preset, as_of, due = asked
    question = half_year(as_of, preset=preset, due=due)
    names = ["due.total", "due.met", "due.late", "due.unconfirmed", "due.undecided"]
    figures = book().total(question, names)
    assert tuple(figures[name] for name in names) == numbers
    assert rate("due.on_time", question) == on_time
    assert rate("overdue.rate_due", question) == late


DUE_IDS = [
    ("default", "2024-06-30", "current", "total", "A B C E G H I J L N P"),
    ("default", "2024-06-30", "current", "met", "A H I J"),
    ("default", "2024-06-30", "current", "late", "B E G L N"),
    ("default", "2024-06-30", "current", "unconfirmed", "C P"),
    ("default", "2024-06-30", "current", "undecided", "O"),
    ("default", "2024-06-30", "original", "total", "A B C E G H I J L N P"),
    ("default", "2024-06-30", "original", "met", "A H J"),
    ("default", "2024-06-30", "original", "late", "B E G I L N"),
    ("default", "2024-07-31", "current", "total", "A B C E G H I J N O P"),
    ("default", "2024-07-31", "current", "met", "A C H I J"),
    ("default", "2024-07-31", "current", "late", "B E G N O"),
    ("default", "2024-07-31", "current", "unconfirmed", "P"),
    ("official", "2024-06-30", "current", "met", "A C I J P"),
    ("official", "2024-06-30", "current", "unconfirmed", "H"),
]


@pytest.mark.parametrize(("preset", "as_of", "due", "part", "letters"), DUE_IDS)
def test_the_due_set_names_the_records_printed(preset: str, as_of: str, due: str, part: str, letters: str) -> None:
    assert behind(f"due.{part}", half_year(as_of, preset=preset, due=due)) == letters


RATES = [
    ("hazards.general.rate", "default", "3/12 25.00"),
    ("hazards.major.rate", "default", "2/2 100.00"),
    ("hazards.general.rate", "official", "5/12 41.67"),
    ("hazards.major.rate", "official", "1/2 50.00"),
    ("first_pass", "default", "5/6 83.33"),
    ("extension.rate", "default", "1/14 7.14"),
    ("on_spot.rate", "default", "1/14 7.14"),
    ("closure.rate", "default", "5/14 35.71"),
    ("reopen.rate", "default", "1/6 16.67"),
    ("overdue.rate_stock", "default", "3/8 37.50"),
]


@pytest.mark.parametrize(("measure", "preset", "expected"), RATES)
def test_the_rates_of_the_paragraph_are_the_ones_printed(measure: str, preset: str, expected: str) -> None:
    assert rate(measure, half_year(preset=preset)) == expected


def test_the_plan_of_the_paragraph_holds_h() -> None:
    assert behind("plan.planned", half_year(preset="official")) == "H"
    assert behind("plan.planned", half_year()) == ""


def test_the_times_of_the_paragraph_are_the_ones_printed() -> None:
    time = spread("ttr", half_year())
    assert (time.n, time.mean, time.median, time.p90, time.greatest) == (5, Decimal("46.4"), Decimal(24), 118, 118)
    assert book().total(half_year(), ["ttr.censored"]) == {"ttr.censored": 9}


def test_the_verifications_of_the_paragraph_are_the_ones_printed() -> None:
    lag = spread("verify.lag", half_year())
    assert (lag.median, lag.p90) == (Decimal(2), 6)
    assert behind("verify.overdue", half_year()) == "C"


def test_the_extension_of_the_paragraph_added_61_days() -> None:
    days = spread("extension.days", half_year())
    assert (days.n, days.total, days.mean) == (1, 61, Decimal(61))
    assert behind("extension.days", half_year()) == "I"
    assert book().total(half_year(), ["extension.granted", "extension.added"]) == {"extension.granted": 1, "extension.added": 61}


def test_the_reopening_rate_looks_back_on_six_closings() -> None:
    assert behind("reopen.rate", half_year(), "numerator") == "N"
    assert behind("reopen.rate", half_year(), "denominator") == "A B I J K N"


def test_the_days_overdue_of_the_paragraph_are_the_ones_printed() -> None:
    found = book().members(half_year(), "overdue.days")["members"]
    assert [(one.id[-1], one.value) for one in sorted(found, key=lambda one: -one.value)] == [("E", 75), ("7", 40), ("N", 15)]


def test_every_rate_explains_both_its_parts() -> None:
    figures = book().total(half_year("2024-07-31"), REGISTRY)
    for name, figure in figures.items():
        if isinstance(figure, Rate):
            parts = book().members(half_year("2024-07-31"), name)
            assert sum(one.value for one in parts["numerator"]) == figure.numerator, name
            assert sum(one.value for one in parts["denominator"]) == figure.denominator, name
        else:
            members = book().members(half_year("2024-07-31"), name)["members"]
            told = sum(one.value for one in members)
            assert told == (figure if isinstance(figure, int) else figure.total), name
