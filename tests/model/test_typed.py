"""From what a file says to a record: what is wrong is told, and only what decides figures refuses a record."""

from __future__ import annotations

import datetime as dt

import pytest

from hazardctl.model.hazard import Hazard
from hazardctl.model.kinds import BY_FOLDER, BY_NAME, KINDS
from hazardctl.model.raw import Raw, Tree
from hazardctl.model.typed import Typed, stripped, typed
from tests.model.samples import hazard, history

HAZARD = BY_NAME["hazard"]


def read(tree: Tree) -> Typed:
    return typed(HAZARD, tree)


def codes(made: Typed) -> list[tuple[str, tuple[str | int, ...]]]:
    return [(finding.code, finding.trail) for finding in made.findings]


def test_a_sound_record_has_no_findings() -> None:
    made = read(hazard())
    assert made.findings == ()
    assert isinstance(made.record, Hazard)
    assert made.record.found_on == dt.date(2024, 3, 12)
    assert made.record.history[2].by == ("赵六", "孙八")


def test_x_fields_are_kept_beside_the_record() -> None:
    made = read({**hazard(), "x-import": {"列": "值"}})
    assert made.extras == {"x-import": {"列": "值"}}
    assert made.findings == ()


@pytest.mark.parametrize(
    ("more", "code", "trail"),
    [
        ({"requirment": "清理"}, "HZ005", ("requirment",)),
        ({"status": "closed"}, "HZ014", ("status",)),
        ({"quantity": "3处"}, "HZ007", ("quantity",)),
        ({"quantity": "0"}, "HZ007", ("quantity",)),
        ({"funds_spent": "2万元"}, "HZ007", ("funds_spent",)),
        ({"site": ["一", "二"]}, "HZ007", ("site",)),
        ({"description": "长" * 8001}, "HZ007", ("description",)),
        ({"external_ids": "x"}, "HZ007", ("external_ids",)),
        ({"basis": "消防法"}, "HZ007", ("basis",)),
        ({"plan": {"target": {"text": "消除", "done_on": "2023-02-29"}}}, "HZ007", ("plan", "target", "done_on")),
        ({"plan": {"aim": "消除"}}, "HZ005", ("plan", "aim")),
        ({"unit": None}, "HZ006", ("unit",)),
        ({"sector": ""}, "HZ006", ("sector",)),
    ],
)
def test_what_decides_no_figure_is_a_finding_and_the_record_counts(more: dict[str, Raw], code: str, trail: tuple[str, ...]) -> None:
    made = read(hazard(**more))
    assert (code, trail) in codes(made)
    assert made.record is not None


@pytest.mark.parametrize(
    ("more", "code", "trail"),
    [
        ({"schema": "hazard/9"}, "HZ009", ("schema",)),
        ({"schema": None}, "HZ006", ("schema",)),
        ({"id": None}, "HZ006", ("id",)),
        ({"found_on": None}, "HZ006", ("found_on",)),
        ({"found_on": "2024.3.12"}, "HZ007", ("found_on",)),
        ({"found_on": "1989-12-31"}, "HZ007", ("found_on",)),
        ({"found_on": "2024-03-12\n"}, "HZ007", ("found_on",)),
        ({"found_on": "2024-03-12T25:00"}, "HZ007", ("found_on",)),
        ({"grade": "critical"}, "HZ008", ("grade",)),
        ({"history": "无"}, "HZ012", ("history",)),
        ({"history": ["登记"]}, "HZ012", ("history", 0)),
        ({"history": [{"date": "2024-03-12", "do": "accept"}]}, "HZ013", ("history", 0, "do")),
        ({"history": [{"date": "2024-03-12"}]}, "HZ013", ("history", 0)),
        ({"history": [{"date": "三月", "do": "register"}]}, "HZ007", ("history", 0, "date")),
        ({"history": [{"do": "register"}]}, "HZ006", ("history", 0, "date")),
        ({"history": [{"date": "2024-03-12", "do": "rectify", "on_spot": "是"}]}, "HZ007", ("history", 0, "on_spot")),
    ],
)
def test_what_decides_figures_refuses_the_record(more: dict[str, Raw], code: str, trail: tuple[str | int, ...]) -> None:
    made = read(hazard(**more))
    assert (code, trail) in codes(made)
    assert made.record is None


def test_an_unknown_field_of_an_event_is_told_and_an_x_field_is_not() -> None:
    lines = history()
    assert isinstance(lines[1], dict)
    lines[1] |= {"duee": "2024-03-28", "x-sms": "1"}
    made = read(hazard(history=lines))
    assert codes(made) == [("HZ013", ("history", 1, "duee"))]
    assert made.record is not None


def test_an_empty_line_of_the_history_is_told() -> None:
    lines = history()
    made = read(hazard(history=[*lines, None]))
    assert codes(made) == [("HZ012", ("history", len(lines)))]
    assert made.record is not None


def test_everything_wrong_is_told_at_once() -> None:
    made = read(hazard(bogus="1", quantity="x", unit=None, funds_planned="-1"))
    assert {code for code, _ in codes(made)} == {"HZ005", "HZ006", "HZ007"}
    assert len(made.findings) == 4


def test_two_bad_items_of_one_list_are_both_left_out() -> None:
    notices: list[Raw] = [{"date": "x", "way": "会"}, {"date": "2024-03-13", "way": "会"}, {"date": "y", "way": "栏", "who": "z"}]
    made = read(hazard(notices=notices))
    assert isinstance(made.record, Hazard)
    assert [notice.date for notice in made.record.notices] == [None, dt.date(2024, 3, 13), None]


def test_a_record_that_still_does_not_fit_without_its_faults_is_refused() -> None:
    made = read(hazard(basis=["消防法", {"doc": ["a"]}]))
    assert made.findings


def test_absent_values_say_nothing() -> None:
    assert stripped({"a": None, "b": [None, {"c": None}]}) == {"b": [{}]}


def test_a_time_of_day_is_cut_to_its_day_in_the_zone_of_the_ledger() -> None:
    east = dt.timezone(dt.timedelta(hours=8))
    made = typed(HAZARD, hazard(found_on="2024-03-11T23:30:00Z"), east)
    assert isinstance(made.record, Hazard)
    assert made.record.found_on == dt.date(2024, 3, 12)
    made = typed(HAZARD, hazard(found_on="2024-03-12T23:59+08:00"))
    assert isinstance(made.record, Hazard)
    assert made.record.found_on == dt.date(2024, 3, 12)


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_says_its_schema_and_orders_its_keys(kind: object) -> None:
    assert kind in BY_FOLDER.values()
    order = BY_NAME["unit"].model.order()
    assert order[:6] == ("id", "schema", "number", "external_ids", "region", "grid")
    assert order[-1] == "history"
    assert BY_NAME["unit"].schema == "unit/1"
