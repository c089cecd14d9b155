"""The report on risk points, on a ledger made for it."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest

from hazardctl.language import Language
from hazardctl.ledger import Ledger
from hazardctl.ops.question import Words
from hazardctl.ops.reporting import call as calling
from hazardctl.ops.reporting import risk
from hazardctl.ops.reporting.call import Call, Report
from hazardctl.render.formats import rendered
from hazardctl.render.page import Page
from tests.measures.made import Maker
from tests.ops.periodical import CONTEXT, body, explained, held_pages

CONFIG = {"regions": [{"key": "town", "name": "青山镇", "level": "township"}]}
OWNER = {"unit": "xx-food", "post": "设备部"}


def ledger() -> Ledger:
    """Give two units with three points of their own, one reservoir, and the hazards found on them."""
    make = Maker(CONFIG)
    make.add("unit", id="xx-food", name="XX食品", region="town")
    make.add("unit", id="yy-gas", name="YY燃气")
    checks = [
        {"what": "壁厚", "cycle": "monthly", "post": "设备员"},
        {"what": "报警", "method": "现场检查", "cycle": "daily", "post": "制冷工"},
    ]
    first = make.add(
        "risk_point", "2024-01-01", name="制冷机房", type="production", unit="xx-food", method="LEC", inputs={"L": 3, "E": 6, "C": 15},
        grade=None, checks=checks, controls=["浓度监测", "事故风机"], owner=OWNER,
    )  # fmt: skip
    make.add("risk_point", "2024-02-01", name="储罐", type="production", unit="yy-gas", grade="red", controls=["静电接地"])
    make.add("risk_point", "2024-02-01", name="柳河水库", type="reservoir", grade="orange", checks=[{"what": "坝体", "cycle": "yearly"}])
    make.add("risk_point", "2024-02-01", name="旧罐", type="production", grade="red", removed_on="2024-05-01", checks=checks)
    make.add("inspection", "2024-06-20", units=["xx-food"], people=1)
    for control in ("浓度监测", "浓度监测", ""):
        make.hazard("2024-03-01", unit="xx-food", risk_point=first, failed_control=control, done=control != "")
    make.hazard("2024-03-02", unit="yy-gas", failed_control="静电接地", sector="gas")
    make.hazard("2024-03-03", unit="yy-gas", risk_point="FX-20200101-AAAAA")
    make.hazard("2024-03-04", unit="yy-gas")
    return make.ledger()


def report(made: Ledger, *filters: str, period: str = "2024H1") -> Report:
    with patch.object(calling, "opened", lambda *_, **__: made):
        return risk.make(Call(CONTEXT, Words(period, filters)))


def said(*filters: str, period: str = "2024H1") -> dict[str, Any]:
    return body(report(ledger(), *filters, period=period))


def test_points_are_counted_by_type_and_grade() -> None:
    data = said()
    types = {one["measure"].removeprefix("risk_points.count"): one["value"] for one in data["types"]}
    assert types == {
        "[type=production]": 2, "[type=production,grade=red]": 1, "[type=production,grade=orange]": 1,
        "[type=reservoir]": 1, "[type=reservoir,grade=orange]": 1,
        "": 3, "[grade=red]": 1, "[grade=orange]": 2,
    }  # fmt: skip
    days = {"from": "2024-01-01", "to": "2024-06-30"}
    explained(ledger(), [{**one, "period": days, "as_of": "2024-06-30"} for one in (*data["types"], *data["figures"])])
    text = rendered(report(ledger()).sheet, "text", Page("zh", 100))
    assert "生产作业       2     1     1     .     ." in text


def test_a_check_that_was_not_done_in_its_cycle_is_named() -> None:
    (due,) = said()["checks"]
    assert (due["what"], due["method"], due["post"], due["owner"], due["cycle"]) == ("报警", "现场检查", "制冷工", "设备部", "每日")
    assert (due["row"], due["since"], due["days"], due["grade"]) == (2, "2024-06-20", 10, "orange")
    earlier = said(period="2024-02..2024-04")["checks"]
    assert [(one["name"], one["what"], one["days"]) for one in earlier] == [
        ("旧罐", "壁厚", 89), ("旧罐", "报警", 89), ("制冷机房", "壁厚", 120), ("制冷机房", "报警", 120),
    ]  # fmt: skip


def test_hazards_stand_on_their_points_with_the_controls_that_failed() -> None:
    data = said()
    assert (data["hazards"]["found"], data["hazards"]["linked"]) == (6, 4)
    first, unknown = data["hazards"]["points"]
    assert (first["name"], first["found"], first["open"]) == ("制冷机房", 3, 3)
    assert first["failed_controls"] == [{"control": "浓度监测", "times": 2}]
    assert (unknown["risk_point"], unknown["name"], unknown["grade"]) == ("FX-20200101-AAAAA", "", "")
    assert [(one["control"], one["times"], one["points"]) for one in data["failed_controls"]] == [("浓度监测", 2, 1), ("静电接地", 1, 0)]


def test_points_without_checks_or_controls_and_the_units() -> None:
    data = said()
    assert [(one["name"], one["no_checks"], one["no_controls"]) for one in data["bare"]] == [
        ("储罐", True, False),
        ("柳河水库", False, True),
    ]
    assert [(one["name"], one["points"], one["red"], one["orange"], one["checks_due"], one["hazards"]) for one in data["units"]] == [
        ("YY燃气", 1, 1, 0, 0, 0), ("XX食品", 1, 0, 1, 1, 3), ("", 1, 0, 1, 0, 0),
    ]  # fmt: skip


def test_a_filter_holds_for_points_and_hazards() -> None:
    data = said("unit:xx-food")
    assert [one["value"] for one in data["figures"]] == [1, 1, 3]
    assert [one["name"] for one in data["units"]] == ["XX食品"]


def test_a_ledger_without_points_says_so_and_one_checked_throughout_too() -> None:
    make = Maker()
    make.hazard("2024-01-01")
    made = report(make.ledger())
    assert made.flawed
    assert "台账里没有风险点" in rendered(made.sheet, "text", Page("zh", 100))
    make.add("risk_point", "2024-01-01", name="路段", type="road,section", unit="a", grade="blue")
    assert "没有到期未查的排查项" in rendered(report(make.ledger()).sheet, "text", Page("zh", 100))
    assert [one["measure"] for one in body(report(make.ledger()))["types"]] == ["risk_points.count", "risk_points.count[grade=blue]"]


def test_a_tally_tells_how_many_there_are_where_none_is_listed() -> None:
    make = Maker()
    make.tally("2024-06-30", "2024H1", {}, {"measure": "risk_points.count[type=reservoir]", "value": 8})
    data = body(report(make.ledger()))
    assert [(one["measure"], one["value"]) for one in data["types"]] == [("risk_points.count[type=reservoir]", 8)]
    assert "∅" in rendered(report(make.ledger()).sheet, "text", Page("zh", 100))


def test_two_runs_give_the_same_bytes() -> None:
    for name in ("text", "md", "csv", "json"):
        assert rendered(report(ledger()).sheet, name, Page()) == rendered(report(ledger()).sheet, name, Page())


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_is_as_it_was_seen(language: Language) -> None:
    held_pages("risk", report(ledger()).sheet, language)
