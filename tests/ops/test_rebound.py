"""The report on what came back."""

from __future__ import annotations

from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hazardctl.errors import UsageError
from hazardctl.language import Language
from hazardctl.ledger import Ledger
from hazardctl.measures import DIMENSIONS
from hazardctl.measures.question import Question
from hazardctl.model.raw import Tree
from hazardctl.ops.context import Context
from hazardctl.ops.question import Words
from hazardctl.ops.reporting import call as calling
from hazardctl.ops.reporting import rebound
from hazardctl.ops.reporting.call import Call, Options
from hazardctl.render.formats import rendered
from hazardctl.render.page import Page
from tests import strategies, worked
from tests.measures.made import Maker
from tests.ops.periodical import CONTEXT, body, context, explained, held_pages

__all__ = ["context"]


def said(ledger: Ledger, period: str = "2024H1", options: Options | None = None, **words: Any) -> dict[str, Any]:  # noqa: ANN401
    with patch.object(calling, "opened", lambda *_, **__: ledger):
        return body(rebound.make(Call(CONTEXT, Words(period, **words), options or Options())), (60,))


def figures(data: dict[str, Any]) -> dict[str, Any]:
    return {one["measure"]: one["value"] for one in data["figures"]}


def test_the_worked_example_had_one_reopening_and_one_failed_check(context: Context) -> None:
    data = body(rebound.make(Call(context, Words("2024H1"))))
    found = figures(data)
    assert (found["reopen.lines"], found["reopen.closings"], found["reopen.rate"]["value"]) == (1, 6, "16.67")
    assert (found["first_pass.checked"], found["first_pass"]["value"], found["repeat.found"]) == (6, "83.33", 0)
    (pair,) = data["pairs"]
    assert (worked.LETTER[pair["earlier"]], worked.LETTER[pair["later"]], pair["how"]) == ("N", "N", "reopened")
    assert (pair["settled_on"], pair["came_back_on"], pair["days"]) == ("2024-04-19", "2024-06-01", 43)
    assert [group["by"] for group in data["groups"]] == ["unit", "site"]
    (unit,) = data["groups"][0]["lines"]
    assert (unit["key"], unit["reopened"], unit["checked"] - unit["passed"]) == ("xx-paper", 1, 1)
    assert [(one["key"], one["share"]["value"]) for one in data["causes"]] == [("object", "100.00")]


def lines(day: str, *, closed: str) -> list[dict[str, Any]]:
    return [
        {"date": day, "do": "register", "by": "李四"},
        {"date": day, "do": "rectify", "by": "赵六", "on_spot": True, "note": "当场清理"},
        {"date": day, "do": "verify", "by": "王五", "result": "pass"},
        {"date": closed, "do": "close", "by": "钱七", "reason": "rectified"},
    ]


def test_a_repeat_stands_beside_the_one_closed_last_before_it() -> None:
    make = Maker()
    where = {"unit": "a", "site": "仓库", "category": "object"}
    make.add("hazard", "2023-11-01", history=lines("2023-11-01", closed="2023-11-05"), **where)
    second = make.add("hazard", "2024-01-01", history=lines("2024-01-01", closed="2024-01-09"), **where)
    make.add("hazard", "2024-01-02", history=lines("2024-01-02", closed="2024-01-20"), unit="a", site="车间", category="object")
    third = make.add("hazard", "2024-03-01", history=lines("2024-03-01", closed="2024-03-01"), **where)
    stated = make.add("hazard", "2024-04-01", history=lines("2024-04-01", closed="2024-04-01"), unit="b", recurrence_of="YH-20200101-AAAAA")
    data = said(make.ledger(), "2024-02..2024-06")
    assert [(one["earlier"], one["later"], one["how"], one["settled_on"], one["days"]) for one in data["pairs"]] == [
        (second, third, "alike", "2024-01-09", 52),
        ("YH-20200101-AAAAA", stated, "stated", None, None),
    ]
    assert figures(data)["repeat.rate"]["value"] == "100.00"
    assert [one["share"]["value"] for one in data["causes"]] == ["50.00", "50.00"]


def test_what_is_asked_of_the_lines(context: Context) -> None:
    def make(options: Options) -> Any:  # noqa: ANN401
        return body(rebound.make(Call(context, Words("2024H1"), options)))["groups"]

    assert make(Options(groups=("none",))) == []
    assert [one["by"] for one in make(Options(groups=("sector，month", "campaign")))] == ["sector", "month", "campaign"]
    for sort in ("name", "-name", "reopened", "repeated", "-failed"):
        assert make(Options(sort=sort))
    for bad in (Options(sort="beauty"), Options(groups=("unit,site,sector,month",)), Options(groups=("beauty",))):
        with pytest.raises(UsageError):
            make(bad)


def test_lines_are_sorted_and_the_most_is_named() -> None:
    make = Maker()
    again = {"date": "2024-02-01", "do": "reopen", "by": "王五", "to": "a", "reason": "复发"}
    history = [*lines("2024-01-01", closed="2024-01-02"), again]
    for number in range(35):
        for site in range(1 + number % 3):
            make.add("hazard", "2024-01-01", history=history, unit=f"u{number:02}", site=str(site))
    data = said(make.ledger(), options=Options(groups=("unit",)))
    reopened = [one["reopened"] for one in data["groups"][0]["lines"]]
    assert reopened == sorted(reopened, reverse=True)
    assert [one["key"] for one in said(make.ledger(), options=Options(("unit",), sort="name"))["groups"][0]["lines"]][:2] == ["u00", "u01"]
    with patch.object(calling, "opened", lambda *_, **__: make.ledger()):
        text = rendered(rebound.make(Call(CONTEXT, Words("2024H1"), Options(("unit",), sort="name"))).sheet, "text", Page("zh", 140))
    assert "最多：u02，反弹 3 次" in text
    assert "另有 5 行" in text


def test_nothing_came_back() -> None:
    make = Maker()
    make.hazard("2024-01-01")
    with patch.object(calling, "opened", lambda *_, **__: make.ledger()):
        sheet = rebound.make(Call(CONTEXT, Words("2024H1"))).sheet
    assert "本期没有反弹" in rendered(sheet, "text", Page("zh", 100))


@given(trees=strategies.ledgers(), asked=strategies.questions(), group=st.sampled_from(sorted(DIMENSIONS)))
def test_lines_and_pairs_are_the_figures_and_each_is_explained(trees: list[Tree], asked: Question, group: str) -> None:
    ledger = strategies.loaded(trees)
    words = {"as_of": asked.as_of.isoformat(), "basis": asked.preset}
    data = said(ledger, f"{asked.start}..{asked.end}", Options(groups=(group,)), **words)
    found = figures(data)
    came = [one for one in data["pairs"] if one["how"] == "reopened"]
    assert len(came) == (found["reopen.lines"] or 0)
    assert len(data["pairs"]) - len(came) == (found["repeat.found"] or 0)
    assert all(one["days"] is None or one["days"] >= 0 for one in data["pairs"])
    if not DIMENSIONS[group].many:
        assert sum(one["reopened"] for one in data["groups"][0]["lines"]) == len(came)
    assert sum(one["share"]["numerator"] for one in data["causes"]) == len(data["pairs"])
    days = {"from": asked.start.isoformat(), "to": asked.end.isoformat()}
    explained(ledger, [{**one, "period": days, "as_of": words["as_of"]} for one in data["figures"]], basis=asked.preset)


def test_two_runs_give_the_same_bytes(context: Context) -> None:
    for name in ("text", "md", "csv", "json"):
        pages = [rendered(rebound.make(Call(context, Words("2024H1"))).sheet, name, Page()) for _ in range(2)]
        assert pages[0] == pages[1]


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_is_as_it_was_seen(context: Context, language: Language) -> None:
    held_pages("rebound", rebound.make(Call(context, Words("2024H1"))).sheet, language)
