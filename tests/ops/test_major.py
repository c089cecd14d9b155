"""The report on major hazards: figures on the worked example, the lists on a ledger made for them."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given

from hazardctl.language import Language
from hazardctl.ledger import Ledger
from hazardctl.measures.question import Question
from hazardctl.model.raw import Tree
from hazardctl.ops.context import Context
from hazardctl.ops.question import Words
from hazardctl.ops.reporting import call as calling
from hazardctl.ops.reporting import major
from hazardctl.ops.reporting.call import Call
from hazardctl.render.formats import rendered
from hazardctl.render.page import Page
from tests import strategies, worked
from tests.measures.made import Maker
from tests.ops.periodical import CONTEXT, body, context, explained, held_pages

__all__ = ["context"]


def said(ledger: Ledger, period: str = "2024H1", *filters: str, **words: str) -> dict[str, Any]:
    with patch.object(calling, "opened", lambda *_, **__: ledger):
        return body(major.make(Call(CONTEXT, Words(period, filters, **words))), (60,))  # type: ignore[arg-type]


def figures(data: dict[str, Any]) -> dict[str, Any]:
    return {one["measure"]: one["value"] for one in data["figures"]}


def test_the_majors_of_the_worked_example(context: Context) -> None:
    data = body(major.make(Call(context, Words("2024H1", basis="official"))))
    found = figures(data)
    assert (found["hazards.major.found"], found["hazards.major.rectified"], found["plan.planned"]) == (2, 1, 1)
    assert found["hazards.major.rate"] == {"numerator": 1, "denominator": 2, "value": "50.00"}
    assert (found["stock.open[grade=major]"], found["plan.target"], found["plan.funds_planned"]) == (1, 1, "24000")
    assert [worked.LETTER[one["id"]] for one in data["majors"]] == ["H", "I"]
    assert data["majors"][1]["deadlines"] == ["2024-04-15", "2024-06-15"]
    assert [one["decision"] for one in data["majors"][1]["extensions"]] == ["granted"]
    assert data["majors"][0]["plan_done"] == 6
    assert data["majors"][0]["reported_to_regulator"] == "2024-03-01"
    assert data["majors"][0]["reported_to_congress"] is None
    # I was closed on 20 June and nobody went back; the window is 180 days.
    assert [(worked.LETTER[one["id"]], one["until"], one["days_left"]) for one in data["look_backs"]] == [("I", "2024-12-17", 170)]


def closed(day: str) -> list[dict[str, Any]]:
    return [
        {"date": "2024-01-10", "do": "register", "by": "李四"},
        {"date": "2024-01-10", "do": "assign", "by": "李四", "to": "a", "due": "2024-02-10"},
        {"date": "2024-02-01", "do": "rectify", "by": "赵六", "note": "已整改"},
        {"date": "2024-02-02", "do": "verify", "by": ["王五", "张三"], "result": "pass"},
        {"date": day, "do": "close", "by": "钱七", "reason": "rectified"},
    ]


def test_a_revisit_of_the_unit_after_the_closing_meets_the_look_back() -> None:
    make = Maker()
    one = make.add("hazard", "2024-01-10", grade="major", unit="a", history=closed("2024-02-05"))
    make.add("inspection", "2024-02-05", kind="revisit", units=["a"], people=1)  # of the day of the closing: not after it
    make.add("inspection", "2024-03-01", kind="special", units=["a"], people=1)
    assert [it["id"] for it in said(make.ledger())["look_backs"]] == [one]
    assert said(make.ledger(), as_of="2024-09-30")["look_backs"][0]["days_left"] == -58
    make.add("inspection", "2024-03-02", kind="revisit", units=["b", "a"], people=1)
    assert said(make.ledger())["look_backs"] == []
    assert [it["id"] for it in said(make.ledger(), as_of="2024-03-01")["look_backs"]] == [one]


def test_a_major_closed_under_a_seal_is_named() -> None:
    make = Maker()
    one = make.add("hazard", "2024-01-10", grade="major", unit="a", history=closed("2024-02-05"))
    make.add("enforcement", "2024-01-11", kind="temp_sealed", unit="a", hazards=[one], effective_on="2024-01-11", lifted_on="2024-02-06")
    make.add("enforcement", "2024-01-11", kind="sealed", unit="a", hazards=[one], effective_on="2024-01-11", lifted_on="2024-02-05")
    make.add("enforcement", "2024-01-11", kind="fine", unit="a", hazards=[one], amount=5)
    data = said(make.ledger())
    assert [it["since"] for it in data["closed_under_stop"]] == ["2024-01-11"]
    assert said(make.ledger(), "2024H1", "sector:消防")["closed_under_stop"] == []


def test_a_listed_major_owes_a_word_each_quarter() -> None:
    lines = [
        {"date": "2024-01-10", "do": "register", "by": "李四"},
        {"date": "2024-01-12", "do": "supervise", "by": "孙八", "level": "county", "number": "督〔2024〕2号"},
        {"date": "2024-02-20", "do": "progress", "by": "赵六", "note": "设备已到货"},
    ]
    make = Maker()
    one = make.add("hazard", "2024-01-10", grade="major", unit="a", history=lines)
    listed = said(make.ledger())["majors"][0]["listed"]
    assert (listed["level"], listed["number"], listed["last"], listed["next"], listed["days_late"]) == (
        "county", "督〔2024〕2号", "2024-02-20", "2024-05-22", 39,
    )  # fmt: skip
    assert said(make.ledger(), as_of="2024-05-22")["majors"][0]["listed"]["days_late"] is None
    done = [*lines, {"date": "2024-03-01", "do": "assign", "by": "李四", "to": "a", "due": "2024-04-01"},
            {"date": "2024-03-10", "do": "rectify", "by": "赵六", "note": "已装"}]  # fmt: skip
    other = Maker()
    other.add("hazard", "2024-01-10", grade="major", unit="a", history=done)
    assert said(other.ledger())["majors"][0]["listed"]["next"] is None
    assert one


def test_what_is_missing_of_a_major_is_said() -> None:
    make = Maker()
    request = {
        "date": "2024-02-01",
        "do": "extend",
        "by": "赵六",
        "decision": "requested",
        "due": "2024-03-01",
        "reason": "缺件",
        "interim": "停机",
    }
    lines = [
        {"date": "2024-01-10", "do": "register", "by": "李四"},
        {"date": "2024-01-11", "do": "assign", "by": "李四", "to": "a", "due": "2024-02-10"},
        request,
    ]
    plan = {"target": {"done_on": "2024-01-15"}, "funds": {"done_on": "2025-01-01"}, "staff": {"text": "未定"}}
    reports = [{"date": "2024-01-12", "to": "职工代表大会"}, {"to": "县应急局"}]
    make.add("hazard", "2024-01-10", grade="major", unit="a", plan=plan, reports=reports, history=lines)
    one = said(make.ledger())["majors"][0]
    assert (one["plan_done"], one["interim"]) == (1, "停机")
    assert (one["reported_to_regulator"], one["reported_to_congress"], one["staff_told"]) == (None, "2024-01-12", None)
    assert one["days"] == 141
    with patch.object(calling, "opened", lambda *_, **__: make.ledger()):
        text = rendered(major.make(Call(CONTEXT, Words("2024H1"))).sheet, "text", Page("zh", 100))
    assert "未落实" in text
    assert "2024-02-01 申请至 2024-03-01" in text


def test_a_period_without_majors_says_so() -> None:
    make = Maker()
    make.hazard("2024-01-10")
    with patch.object(calling, "opened", lambda *_, **__: make.ledger()):
        sheet = major.make(Call(CONTEXT, Words("2024H1"))).sheet
    assert "没有发现重大隐患" in rendered(sheet, "text", Page("zh", 100))
    assert figures(said(make.ledger()))["hazards.major.found"] == 0
    assert figures(said(Maker().ledger()))["hazards.major.found"] is None


@given(trees=strategies.ledgers(), asked=strategies.questions())
def test_the_list_is_the_cohort_and_the_stock_and_every_figure_is_explained(trees: list[Tree], asked: Question) -> None:
    ledger = strategies.loaded(trees)
    days = {"from": asked.start.isoformat(), "to": asked.end.isoformat()}
    data = said(ledger, f"{asked.start}..{asked.end}", as_of=asked.as_of.isoformat(), cutoff=asked.cutoff)
    found = figures(data)
    assert sum(one["in_period"] for one in data["majors"]) == (found["hazards.major.found"] or 0)
    assert len(data["majors"]) >= (found["stock.open[grade=major]"] or 0)
    explained(ledger, [{**one, "period": days, "as_of": asked.as_of.isoformat()} for one in data["figures"]], cutoff=asked.cutoff)


def test_two_runs_give_the_same_bytes(context: Context) -> None:
    for name in ("text", "md", "csv", "json"):
        pages = [rendered(major.make(Call(context, Words("2024H1"))).sheet, name, Page()) for _ in range(2)]
        assert pages[0] == pages[1]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_is_as_it_was_seen(context: Context, language: Language) -> None:
    held_pages("major", major.make(Call(context, Words("2024H1", basis="official"))).sheet, language)


def test_an_unread_file_makes_it_incomplete(context: Context, tmp_path: Path) -> None:
    (context.root / worked.path("A")).write_text("id: [\n", encoding="utf-8")
    assert major.make(Call(context, Words("2024H1"))).incomplete
