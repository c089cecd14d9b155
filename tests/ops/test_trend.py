"""The trend of a period, on the worked example of DOMAIN §4.5."""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given

from hazardctl.errors import UsageError
from hazardctl.language import Language
from hazardctl.measures import Known
from hazardctl.measures.change import growth
from hazardctl.measures.question import Question
from hazardctl.model.raw import Tree
from hazardctl.ops.context import Context
from hazardctl.ops.question import Words
from hazardctl.ops.reporting import call as calling
from hazardctl.ops.reporting import trend
from hazardctl.ops.reporting.call import Call, Options
from hazardctl.render.formats import rendered
from hazardctl.render.page import Page
from hazardctl.reports.stretches import HAZARDS
from tests import strategies
from tests.measures.made import Maker
from tests.ops import periodical
from tests.ops.periodical import CONTEXT, body, context, held_pages

__all__ = ["context"]


def said(context: Context, period: str = "2024H1", every: str = "", **words: str) -> dict[str, Any]:
    return body(trend.make(Call(context, Words(period, **words), Options(every=every))))  # type: ignore[arg-type]


def column(said: Mapping[str, Any], measure: str, name: str = "value") -> list[Any]:
    figures = [next(one for one in stretch["figures"] if one["measure"] == measure) for stretch in said["stretches"]]
    return [one[name] for one in figures]


def test_the_months_of_the_worked_example(context: Context) -> None:
    months = said(context)
    assert months["every"] == "month"
    assert [one["name"] for one in months["stretches"]] == [f"2024-0{month}" for month in range(1, 7)]
    # Found: A, BI, GHKN, E, CL, DFOP; J is of December, M left in April.
    assert column(months, "hazards.found") == [1, 2, 4, 1, 2, 4]
    # Done by the end of its own month: A, B, K.
    assert column(months, "hazards.rectified") == [1, 1, 1, 0, 0, 0]
    assert column(months, "stock.opening") == [1, 0, 1, 4, 3, 4]
    assert column(months, "stock.closing") == [0, 1, 4, 3, 4, 8]
    # Overdue on the last day: G in March, E from April, L in May, N in June.
    assert column(months, "stock.overdue") == [0, 0, 1, 1, 2, 3]
    assert column(months, "stock.overdue", "as_of")[:2] == ["2024-01-31", "2024-02-29"]
    assert set(column(months, "hazards.found", "as_of")) == {"2024-06-30"}


def test_a_change_is_a_difference_and_a_percentage_of_a_rate_points(context: Context) -> None:
    months = said(context)
    before = column(months, "hazards.found", "pop")
    assert [one["change"] for one in before] == ["0", "1", "2", "-3", "1", "2"]  # December found J
    assert [one["percent"] for one in before] == ["0.00", "100.00", "100.00", "-75.00", "100.00", "100.00"]
    assert before[0]["name"] == "2023-12"
    rate = column(months, "hazards.rate", "pop")[2]
    assert (rate["change"], rate["points"], rate["percent"]) == ("-25.00", True, None)  # 1/4 after 1/2
    year = column(months, "hazards.found", "yoy")[0]
    assert (year["name"], year["state"], year["value"], year["change"]) == ("2023-01", "missing", None, None)


def test_the_period_stands_beside_its_year_before_and_the_one_before(context: Context) -> None:
    whole = said(context)["compared"]
    assert [one["name"] for one in whole] == ["2024H1"]
    found = next(one for one in whole[0]["figures"] if one["measure"] == "hazards.found")
    assert (found["value"], found["pop"]["value"], found["pop"]["change"], found["pop"]["percent"]) == (14, 1, "13", "1300.00")
    halves = said(context, "2024", as_of="2024-08-31")
    assert [(one["name"], one["to"]) for one in halves["compared"]] == [
        ("2024H1", "2024-06-30"),
        ("2024H2", "2024-08-31"),
        ("2024", "2024-08-31"),
    ]


@pytest.mark.parametrize(
    ("period", "every", "usual"),
    [("2024Q1", "", "month"), ("2023..2024", "", "half"), ("2010..2024", "", "year"), ("2024", "季度", "quarter")],
)
def test_the_step_is_the_usual_one_or_the_one_asked(context: Context, period: str, every: str, usual: str) -> None:
    assert said(context, period, every)["every"] == usual


@pytest.mark.parametrize("every", ["week", "2", "-", "每天"])
def test_a_step_that_is_none_is_refused(context: Context, every: str) -> None:
    with pytest.raises(UsageError, match=r"--every"):
        said(context, every=every)


@pytest.mark.parametrize(("period", "every"), [("1000..2999", ""), ("1000..2999", "month"), ("1960..2024", "month")])
def test_more_stretches_than_a_page_holds_are_refused(context: Context, period: str, every: str) -> None:
    with pytest.raises(UsageError, match="480"):
        said(context, period, every)


def test_twenty_years_of_months_are_laid_out(context: Context) -> None:
    report = trend.make(Call(context, Words("2005..2024", as_of="2024-08-31"), Options(every="month")))
    months = json.loads(rendered(report.sheet, "json", Page()))
    assert len(months["stretches"]) == 236
    assert sum(one or 0 for one in column(months, "hazards.found")) == 14  # L is withdrawn by then, J is in


def test_a_key_period_has_nothing_to_be_compared_with(context: Context) -> None:
    config = context.root / "hazardctl.yaml"
    spring = "key_periods:\n  - {id: spring, zh: 春, en: spring, ranges: [2024-03-01..2024-03-05, 2024-06-10..2024-06-12]}\n"
    config.write_text(config.read_text(encoding="utf-8") + spring, encoding="utf-8")
    pieces = said(context, "key:2024-spring", "quarter")
    assert column(pieces, "hazards.found") == [2, 2]  # G H, O P
    assert [one["name"] for one in column(pieces, "hazards.found", "yoy")] == ["2023-03-01..2023-03-05", "2023-06-10..2023-06-12"]
    (whole,) = pieces["compared"]
    assert {one["yoy"]["state"] for one in whole["figures"]} == {"none"}


def test_a_period_still_to_come_has_no_stretch(context: Context) -> None:
    sheet = trend.make(Call(context, Words("2026"), Options())).sheet
    assert "尚未开始" in rendered(sheet, "text", Page("zh", 100))
    assert body(trend.make(Call(context, Words("2026"), Options())))["stretches"] == []


def test_judged_on_the_as_of_day_the_year_before_has_as_long(context: Context) -> None:
    months = said(context, as_of="2024-07-31", cutoff="asof")
    assert column(months, "hazards.rectified") == [1, 2, 2, 0, 1, 0]
    assert column(months, "hazards.found", "pop")[1]["as_of"] == "2024-07-02"


def test_other_work_stands_where_any_stretch_knows_it(tmp_path: Path) -> None:
    make = Maker()
    make.add("inspection", "2023-02-01", units=["a"], people=1)
    make.add("inspection", "2024-02-01", units=["a"], people=1)
    make.add("inspection", "2024-02-02", units=["b"], people=1)
    make.tally("2024-03-31", "2024-03", {}, {"measure": "drills.count", "value": 40, "approx": "over"})
    make.hazard("2024-01-05")
    with patch.object(calling, "opened", lambda *_, **__: make.ledger()):
        report = trend.make(Call(CONTEXT, Words("2024Q1"), Options()))
    data = body(report)
    assert report.flawed  # January knows of no inspection
    assert column(data, "inspections.count") == [None, 2, None]
    assert [one["change"] for one in column(data, "inspections.count", "yoy")] == [None, "1", None]
    assert column(data, "drills.count", "mark") == ["", "", "over"]
    assert column(data, "drills.count", "pop")[2]["state"] == "missing"
    text = rendered(report.sheet, "text", Page("zh", 100))
    assert "40余" in text
    assert "+1（+100.00%）" in text
    with patch.object(calling, "opened", lambda *_, **__: make.ledger()):
        narrowed = body(trend.make(Call(CONTEXT, Words("2024Q1", ("state:closed",)), Options())))
    assert {one["measure"] for stretch in narrowed["stretches"] for one in stretch["figures"]} == set(HAZARDS.values())


def test_growth_is_none_where_there_is_no_share() -> None:
    assert growth(Known(9), Known(8)) == Decimal("12.50")
    assert growth(Known(1), Known(0)) is growth(Known(1), None) is growth(None, Known(1)) is None


@given(trees=strategies.ledgers(), asked=strategies.questions())
def test_joints_hold_flows_add_up_and_every_figure_is_explained(trees: list[Tree], asked: Question) -> None:
    ledger = strategies.loaded(trees)
    words = Words(f"{asked.start}..{asked.end}", as_of=asked.as_of.isoformat(), cutoff=asked.cutoff)
    with patch.object(calling, "opened", lambda *_, **__: ledger):
        data = body(trend.make(Call(CONTEXT, words, Options(every="month"))), (60,))
    opening, closing = (column(data, f"stock.{end}") for end in ("opening", "closing"))
    for one, other in itertools.pairwise(zip(opening, closing, strict=True)):
        assert one[1] in {other[0], None}
    figures = [figure | {"period": one} for one in data["stretches"] for figure in one["figures"]]
    periodical.explained(ledger, figures, cutoff=asked.cutoff)


def test_two_runs_give_the_same_bytes_and_the_csv_has_a_line_a_figure(context: Context) -> None:
    for name in ("text", "md", "csv", "json"):
        pages = [rendered(trend.make(Call(context, Words("2024H1"), Options())).sheet, name, Page()) for _ in range(2)]
        assert pages[0] == pages[1]
    assert rendered(trend.make(Call(context, Words("2024H1"), Options())).sheet, "csv", Page()).count("\r\n") == 1 + 6 * 7


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_is_as_it_was_seen(context: Context, language: Language) -> None:
    held_pages("trend", trend.make(Call(context, Words("2024H1"), Options())).sheet, language)


def test_json_is_json(context: Context) -> None:
    sheet = trend.make(Call(context, Words("2024H1"), Options())).sheet
    assert json.loads(rendered(sheet, "json", Page()))["schema"] == "hazardctl/trend/1"
