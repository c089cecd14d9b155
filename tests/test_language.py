"""A sentence stands in both languages, and data in it is only data."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from hazardctl import errors
from hazardctl.diagnostics import START, Diagnostic, Finding, Place, Severity
from hazardctl.language import LANGUAGES, Text, plain, spoken


def test_braces_typed_by_people_are_harmless() -> None:
    text = Text("隐患{it}", "hazard {it}").of(it="{0.__class__}{x}")
    assert text.say("zh") == "隐患{0.__class__}{x}"
    assert plain("{a}").say("en") == "{a}"


def test_a_sentence_may_hold_sentences_days_numbers_and_lists() -> None:
    inner = Text("逾期", "overdue")
    text = Text(
        "{a}：{b}，{c}，{d}", "{a}: {b}, {c}, {d}", {"a": inner, "b": dt.date(2024, 3, 12), "c": [inner, "x"], "d": Decimal("1.50")}
    )
    assert text.say("zh") == "逾期：2024-03-12，逾期、x，1.50"
    assert text.say("en") == "overdue: 2024-03-12, overdue, x, 1.50"


@pytest.mark.parametrize("language", LANGUAGES)
def test_any_value_can_be_said(language: str) -> None:
    assert spoken(None, language) == ""  # type: ignore[arg-type]
    assert spoken(Ellipsis, language) == "Ellipsis"  # type: ignore[arg-type]
    assert spoken(3, language) == "3"  # type: ignore[arg-type]


def test_a_failure_says_what_and_how_to_repair() -> None:
    failure = errors.UsageError(Text("没有这天", "no such day"), Text("写成 2024-03-12", "write 2024-03-12"))
    assert failure.lines("zh") == ["没有这天", "写成 2024-03-12"]
    assert str(failure) == "no such day\nwrite 2024-03-12"


def test_every_failure_has_its_exit_code() -> None:
    classes = errors.HazardctlError.__subclasses__()
    assert {kind.exit_code for kind in classes} == {2, 3, 4, 5, 70}


def test_findings_are_reported_by_place() -> None:
    one = Diagnostic("a.yaml", Place(2, 1), "HZ001", Severity.ERROR, plain("x"))
    two = Diagnostic("a.yaml", START, "HZ302", Severity.ERROR, plain("x"))
    assert sorted([one, two], key=Diagnostic.key) == [two, one]
    assert Finding("HZ001", plain("x")).trail == ()
