"""The summary beside hazards: every family that is known, what a tally leaves blank, and hazards that only tallies tell."""

from __future__ import annotations

import csv
import io
import json
from typing import Any, Final

import pytest
from hypothesis import given, settings

from hazardctl.errors import UsageError
from hazardctl.ledger import Ledger
from hazardctl.measures import Question
from hazardctl.model.raw import Tree
from hazardctl.ops.question import Words
from hazardctl.ops.reporting.families import BY_HEAD, HAZARDS, OTHERS
from hazardctl.render.formats import rendered
from hazardctl.render.page import Page
from tests import strategies, worked
from tests.golden import LANGUAGES, held
from tests.measures.made import Maker
from tests.ops.reported import body, data, explained, made, page

H1: Final = Words("2024H1")


def busy() -> Ledger:
    """Give a half-year with something of every family."""
    make = Maker()
    make.hazard("2024-03-01", sector="fire")
    make.add("campaign", start="2024-03-01", end="2024-05-31", name="春季行动")
    make.add("inspection", "2024-03-01", units=["shop", "mill"], people=4, team="一", covert=True, led_by={"rank": "principal"})
    make.add("enforcement", "2024-03-02", kind="fine", unit="shop", amount="20000.50")
    make.add("enforcement", "2024-03-02", kind="temp_sealed", units=["shop", "mill"])
    make.add("declaration", "2024-07-01", period="2024H1", measure="accidents.count")
    make.add("activity", "2024-04-01", kind="meeting", attendees=20, count=3)
    team = make.add("resource", "2024-01-05", kind="team", count=1, members=30, team_kind="fire", level="township")
    make.add("activity", "2024-04-02", kind="training", attendees=40, teams_covered=[team])
    make.add("target", period="2024H1", kind="figure", measure="trainings.count", value=2)
    make.add("activity", "2024-04-03", kind="drill", attendees=200, approx={"attendees": "over"})
    make.add("activity", "2024-06-03", kind="publicity", theme="safety_month", attendees=90, materials=500)
    make.add("activity", "2024-06-04", kind="warning", count=7)
    make.add("resource", "2024-02-05", kind="fund", purpose="dual_prevention", amount=700000, beneficiaries=12)
    make.add("resource", "2024-02-05", kind="supply", origin="purchased", amount=13800, items=[{"name": "灭火毯", "qty": 20}])
    make.add("document", "2024-01-10", kind="responsibility_letter", year=2024, count=11)
    make.add("document", "2024-02-10", kind="plan", level="special")
    make.add("risk_point", "2023-02-10", type="reservoir", grade="red")
    make.add("tip", "2024-02-11", result="confirmed", reward=300)
    make.tally("2024-06-30", "2024H1", {}, {"measure": "duty.days", "missing": True}, {"measure": "programmes.completed", "value": 2})
    make.tally("2024-06-30", "2024H1", {"sector": "fire"}, {"measure": "enforcement.fine.units", "value": 3})
    return make.ledger()


def rows(said: dict[str, Any]) -> dict[str, tuple[Any, str]]:
    """Give value and state of each figure of the families."""
    return {row["measure"]: (row["value"], row["state"]) for family in said["families"] for row in family["rows"]}


def test_every_family_has_its_block() -> None:
    said = body("summary", busy(), H1)
    assert [one["key"] for one in said["families"]] == [one.key for one in OTHERS if one.key != "resources"]
    found = rows(said)
    assert {name: found[name][0] for name in found if name.startswith("enforcement.")} == {
        "enforcement.times": 2, "enforcement.units": 2, "enforcement.amount": "20000.5", "enforcement.temp_sealed.times": 1,
        "enforcement.temp_sealed.units": 2, "enforcement.fine.times": 1, "enforcement.fine.units": 1, "enforcement.fine.amount": "20000.5",
    }  # fmt: skip
    assert found["accidents.deaths"] == (0, "zero")
    assert found["duty.days"] == (None, "missing")
    assert found["documents.count[kind=plan]"] == (1, "known")
    assert found["risk_points.count[type=reservoir]"] == (1, "known")
    assert found["teams.members[team_kind=fire]"] == (30, "known")
    assert found["publicity.events[theme=safety_month]"] == (1, "known")
    assert found["trainings.planned"] == (2, "known")
    assert "hazards.found" not in found
    assert explained(said, busy(), H1) > 60
    assert made("summary", busy(), H1).flawed


def test_the_page_says_where_each_figure_comes_from() -> None:
    text = page("summary", busy(), H1, table="families")
    lines = [line.split() for line in text.splitlines()]
    for line in (
        ["事故", "事故起数", "0", "起", "零报告"],
        ["值班", "值班天数", "∅", "天", "缺"],
        ["创建", "完成创建", "2", "个", "汇总数"],
        ["应急队伍（消防队伍）", "1", "支", "明细"],
        ["参演人数", "200余", "人", "明细"],
        ["资金", "投入资金", "70", "万元", "明细"],
    ):
        assert line in lines
    assert "存量" not in text
    assert "数据 明细与汇总数（不相加）" in text


def test_a_table_of_its_own_for_a_spreadsheet() -> None:
    sheet = made("summary", busy(), H1, table="各项工作").sheet
    lines = list(csv.DictReader(io.StringIO(rendered(sheet, "csv", Page("en")).lstrip("\ufeff"))))
    assert lines[0]["Measure id"] == "inspections.count"
    assert {line["Period"] for line in lines} == {"2024H1"}
    groups = page("summary", busy(), H1, table="groups")
    assert "行业领域" in groups
    assert "存量" not in groups
    assert "各项工作" not in groups
    with pytest.raises(UsageError):
        made("summary", busy(), H1, table="stock")


def test_a_ledger_of_tallies_alone_shows_them_and_no_zeros() -> None:
    make = Maker()
    make.tally(
        "2024-06-30", "2024H1", {},
        {"measure": "hazards.found", "value": 1317, "unit": "处"}, {"measure": "hazards.rectified", "value": 1299},
        {"measure": "inspections.units", "value": 200, "approx": "over"},
        {"measure": "documents.count[kind=plan,level=special]", "value": 7},
    )  # fmt: skip
    said = body("summary", make.ledger(), H1)
    assert (said["found"], said["rectified"], said["overdue"]) == (1317, 1299, None)
    assert said["rate"] == {"numerator": 1299, "denominator": 1317, "value": "98.63"}
    assert (said["stock"], said["on_time"], said["due"]) == (None, None, None)
    found = rows(said)
    assert found["hazards.rate"][0]["value"] == "98.63"
    assert found["documents.count[kind=plan,level=special]"] == (7, "known")
    text = page("summary", make.ledger(), H1)
    assert "发现" not in text.splitlines()[3]
    assert ["隐患", "排查隐患", "1317", "处", "汇总数"] in [line.split() for line in text.splitlines()]
    assert "文件份数（预案、专项）" in text
    assert "数据 汇总数" in text
    assert explained(said, make.ledger(), H1) > 5
    assert not made("summary", make.ledger(), H1).flawed


def test_what_items_and_a_tally_both_tell_stands_beside_the_page_and_is_never_added() -> None:
    make = Maker()
    make.hazard("2024-03-01", sector="fire")
    make.tally(
        "2024-06-30", "2024H1", {}, {"measure": "hazards.found", "value": 10}, {"measure": "hazards.rate", "value": 90, "stated": True}
    )
    said = body("summary", make.ledger(), H1)
    assert said["found"] == 1
    assert rows(said)["hazards.found"] == (None, "twice")
    assert "明细1、汇总数10（不相加）" in page("summary", make.ledger(), H1)
    assert made("summary", make.ledger(), H1).flawed


def test_a_filter_that_a_family_cannot_be_asked_by_leaves_it_out() -> None:
    said = body("summary", busy(), Words("2024H1", filters=("sector:fire",)))
    assert "enforcement.fine.units" in rows(said)
    assert "tips.received" not in rows(said)
    assert body("summary", busy(), Words("2024H1", filters=("is:overdue",)))["families"] == []


def test_a_scope_of_a_tally_that_names_nothing_here_is_passed_over() -> None:
    make = Maker()
    make.tally("2024-06-30", "2024H1", {"body": "no_such_body"}, {"measure": "meetings.count", "value": 4})
    make.add("resource", "2024-01-05", kind="team", count=1, members=3, level="a=b")
    assert rows(body("summary", make.ledger(), H1)) == {"teams.count": (1, "known"), "teams.members": (3, "known")}


def test_the_worked_example_has_no_other_work() -> None:
    assert body("summary", worked.ledger(), H1)["families"] == []


@settings(max_examples=25)
@given(trees=strategies.ledgers(), question=strategies.questions())
def test_hazards_recorded_one_by_one_need_no_tallies(trees: list[Tree], question: Question) -> None:
    said = data("summary", strategies.loaded(trees), Words(f"{question.start}..{question.end}", as_of=question.as_of.isoformat()))
    assert said["families"] == []
    assert isinstance(said["found"], int)


def test_every_family_speaks_of_measures_of_its_own() -> None:
    for family in (HAZARDS, *OTHERS):
        assert all(BY_HEAD[one.partition(".")[0]] is family for one in (*family.figures, *family.beside))


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("width", [60, 100])
def test_the_page_is_as_it_was_seen(width: int, language: Any) -> None:  # noqa: ANN401
    held(f"report-families-{width}-{language}", page("summary", busy(), H1, width=width, language=language, groups=("none",)))


def test_the_json_of_a_page_is_whole() -> None:
    sheet = made("summary", busy(), H1, table="families").sheet
    assert json.loads(rendered(sheet, "json", Page()))["found"] == 1
