"""The rules about figures, on the figures of the seeds and of published tables, and where they must be silent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given, settings

from hazardctl.ledger import Ledger
from hazardctl.model.raw import Tree
from hazardctl.ops.figures import BookFigures
from hazardctl.rules.case import Beyond
from hazardctl.rules.engine import Verdict, check
from hazardctl.rules.registry import registry
from tests.measures.made import Maker
from tests.strategies import ledgers, loaded

ABOUT: Final = frozenset(code for code in registry() if code.startswith("HZ5"))
REGIONS: Final = [
    {"key": "county", "name": "示例县", "level": "county"},
    {"key": "town", "name": "青山镇", "level": "township", "parent": "county"},
    {"key": "village", "name": "东村", "level": "village", "parent": "town"},
]


def judged(ledger: Ledger, today: str = "2025-01-31", codes: frozenset[str] = ABOUT) -> list[Verdict]:
    day = dt.date.fromisoformat(today)
    return check(ledger, day, codes, beyond=Beyond(figures=BookFigures(ledger, day)))


def codes(ledger: Ledger, today: str = "2025-01-31") -> list[str]:
    return sorted(one.finding.code for one in judged(ledger, today))


def said(ledger: Ledger, code: str, today: str = "2025-01-31") -> list[str]:
    return [one.finding.message.say("en") for one in judged(ledger, today) if one.finding.code == code]


def figure(measure: str, value: object = None, **more: Any) -> Mapping[str, Any]:  # noqa: ANN401 (any field of a figure)
    return {"measure": measure, **({"missing": True} if value is None else {"value": value}), **more}


def told(*figures: Mapping[str, Any], scope: Mapping[str, str] | None = None, config: Mapping[str, Any] | None = None) -> Ledger:
    make = Maker(config)
    make.tally("2024-06-30", "2024H1", scope or {}, *figures)
    return make.ledger()


# --------------------------------------------------------------------------------------------------------- published tables


def table(shared: Path, which: str) -> list[dict[str, Any]]:
    from ruamel.yaml import YAML

    fixtures = YAML(typ="safe", pure=True).load(shared / "data" / "official_fixtures.yaml")
    return next(one["rows"] for one in fixtures if one["id"] == which)


COLUMNS: Final = {
    "units": "inspections.units", "found": "hazards.found", "rectified": "hazards.rectified", "rate": "hazards.rate",
    "major_found": "hazards.major.found", "major_rectified": "hazards.major.rectified", "major_rate": "hazards.major.rate",
    "planned": "plan.planned", "funds_wan": "plan.funds_planned", "plans_emergency": "plan.emergency",
}  # fmt: skip
SECTORS: Final = {
    "工矿商贸企业": "industry+commerce", "交通运输等重点行业企业": "road+rail+aviation", "重大基础设施": "water+power",
    "工矿企业": "industry", "交通运输等": "road",
}  # fmt: skip


def entered(rows: list[dict[str, Any]], day: str, period: str) -> Ledger:
    """Enter a table as a clerk would: a tally a row."""
    make = Maker()
    for row in rows:
        scope = {} if row["sector"] == "合计" else {"sector": SECTORS[row["sector"]]}
        figures = [_cell(COLUMNS[name], row[name], name) for name in COLUMNS if name in row]
        make.tally(day, period, scope, *figures, preset="official")
    return make.ledger()


def _cell(measure: str, value: object, name: str) -> Mapping[str, Any]:
    if measure.endswith(".rate"):
        return figure(measure, value, stated=True, unit="%")
    return figure(measure, value, unit="万元") if name == "funds_wan" else figure(measure, value)


@pytest.mark.shared
def test_the_national_table_agrees_with_itself(shared: Path) -> None:
    assert codes(entered(table(shared, "national-2007-10"), "2007-10-31", "2007-01-01..2007-10-31")) == []


@pytest.mark.shared
def test_the_rate_of_the_provincial_notice_is_wrong_and_outside_its_parts(shared: Path) -> None:
    ledger = entered(table(shared, "sichuan-jan-sep"), "2008-09-30", "2008-01-01..2008-09-30")
    (wrong,) = [one for one in judged(ledger) if one.finding.code == "HZ507"]
    assert wrong.finding.message.say("en") == "stated 97.28 %, and 137354/141911 is 96.79 %"
    assert "96.61%, 96.93%" in wrong.finding.notes[0].say("en")
    assert {one.finding.code for one in judged(ledger)} == {"HZ507", "HZ521"}, "the rates of the parts stand without their own parts"


# --------------------------------------------------------------------------------------------------------------- the seeds


def district() -> Maker:
    make = Maker()
    make.tally(
        "2016-12-31", "2016", {}, figure("inspections.units", 1164), figure("hazards.found", 1317), figure("hazards.rectified", 1299),
        figure("hazards.within_due", 18), figure("inspections.teams", 54), figure("inspections.person_times", 2150),
    )  # fmt: skip
    return make


def test_a_fire_line_has_more_open_than_the_whole_district() -> None:
    make = district()
    make.tally(
        "2016-12-31", "2016", {"sector": "fire"}, figure("inspections.units", 868), figure("hazards.found", 584),
        figure("hazards.rectified", 538),
    )  # fmt: skip
    (found,) = judged(make.ledger())
    assert (found.finding.code, found.finding.trail) == ("HZ503", ("figures", 2, "value"))
    assert found.finding.message.say("en") == "46 of sector=fire are not rectified, and only 18 of everything, which holds it"


def test_the_other_lines_of_that_summary_are_sound() -> None:
    make = district()
    make.tally("2016-12-31", "2016", {"sector": "chem+fireworks"}, figure("hazards.found", 26))
    make.tally("2016-12-31", "2016", {"sector": "industry"}, figure("hazards.found", 200, approx="over"))
    assert codes(make.ledger()) == []


def test_a_fine_without_its_amount_is_missing_until_it_is_declared_nil() -> None:
    make = Maker()
    make.tally("2016-12-31", "2016", {"sector": "fire"}, figure("enforcement.fine.amount", unit="万元"))
    assert codes(make.ledger()) == ["HZ511"]
    make.add("declaration", "2017-01-05", period="2016", scope={}, measure="enforcement.fine.amount")
    assert codes(make.ledger()) == []


def test_eleven_teams_are_more_than_eight_people_in_a_tally_and_in_records() -> None:
    assert codes(told(figure("inspections.teams", 11), figure("inspections.person_times", 8))) == ["HZ504"]
    make = Maker()
    drive = make.add("campaign", "2023-05-01", name="强安行动", alias="qiangan", doc=make.add("document", "2023-04-28", kind="scheme"))
    for n in range(11):
        make.add("inspection", "2023-05-10", team=f"第{n}组", people=int(n < 8), units=["xx-paper"], campaign=[drive])
    (found,) = [one for one in judged(make.ledger(), "2023-06-30") if one.finding.code == "HZ504"]
    assert (found.record, found.finding.message.say("en")) == (drive, "8 people, 11 teams")


def test_an_outing_that_does_not_say_how_many_went_leaves_the_sum_open() -> None:
    make = Maker()
    drive = make.add("campaign", "2023-05-01", doc=make.add("document", "2023-04-28", kind="scheme"))
    for n in range(3):
        more = {"approx": {"people": "over"}} if n else {"people": 1}
        make.add("inspection", "2023-05-10", team=f"第{n}组", units=["xx-paper"], campaign=[drive], **{"people": 0, **more})
    assert codes(make.ledger(), "2023-06-30") == []


def test_a_hundred_per_cent_of_nobody_knows_what() -> None:
    blank = told(figure("hazards.found"), figure("hazards.rectified"), figure("hazards.rate", 100, stated=True))
    assert codes(blank) == ["HZ511", "HZ511", "HZ521"]
    assert said(blank, "HZ521") == ["stated 100 %, without rectified, found"]


def test_a_title_of_another_year_than_the_period() -> None:
    make = Maker()
    make.tally("2023-06-30", "2023H1", {}, figure("hazards.found", 79), source={"title": "青山镇2024上半年安全生产工作总结"})
    assert codes(make.ledger()) == ["HZ513"]


def test_the_title_of_the_paper_a_tally_names_is_read_too() -> None:
    make = Maker()
    paper = make.add(
        "document", "2023-07-03", kind="submission", title="2023年第一季度统计表", period="2023H1", figures={"hazards.found": 79}
    )
    make.tally("2023-06-30", "2023H1", {}, figure("hazards.found", 79), source={"doc": paper})
    make.add("document", "2023-01-05", kind="responsibility_letter", title="2023年度责任书〔2022〕3号", year=2023)
    make.add("document", "2023-01-06", kind="notice", title="关于开展2021年检查的通知")
    make.tally("2023-06-30", "2023H1", {}, figure("hazards.found", 79), source={"title": "Safety summary, H1 2023"})
    assert codes(make.ledger()) == ["HZ513", "HZ513"]


def test_a_share_above_a_hundred_is_none() -> None:
    assert codes(told(figure("coverage", 104, stated=True))) == ["HZ506", "HZ521"]


def test_classes_cannot_be_told_from_three_accidents_with_four_dead() -> None:
    sums = [figure("accidents.count", 3), figure("accidents.deaths", 4)]
    assert codes(told(*sums, figure("accidents.class.larger", 1), scope={"sector": "road"})) == ["HZ522"]
    assert codes(told(*sums, scope={"sector": "road"})) == []
    assert codes(told(figure("accidents.count", 1), figure("accidents.class.larger", 1))) == [], "one accident, one class"


# -------------------------------------------------------------------------------------------------------- each rule closer


@pytest.mark.parametrize(
    ("figures", "found"),
    [
        ({"found": 10, "rectified": 8}, []),
        ({"found": 10, "rectified": 8, "overdue": 1}, []),
        ({"found": 10, "rectified": 8, "overdue": 3}, ["HZ501"]),
        ({"found": 10, "rectified": 8, "within_due": 1}, ["HZ501"]),
        ({"found": 10, "rectified": 4, "awaiting": 1, "within_due": 1, "overdue": 1, "no_due": 1, "closed_other": 1}, ["HZ501"]),
        ({"found": 10, "rectified": 5, "awaiting": 1, "within_due": 1, "overdue": 1, "no_due": 1, "closed_other": 1}, []),
        ({"found": 10, "general.found": 7, "major.found": 2}, ["HZ501"]),
        ({"found": 10, "general.found": 8, "major.found": 2}, []),
        ({"found": 10, "rectified": 11}, ["HZ506"]),
        ({"major.found": 1, "major.rectified": 2}, ["HZ506"]),
    ],
)
def test_what_was_found_is_divided_without_rest(figures: dict[str, int], found: list[str]) -> None:
    assert codes(told(*[figure(f"hazards.{name}", value) for name, value in figures.items()])) == found


def test_an_approximate_part_bounds_from_one_side_only() -> None:
    assert codes(told(figure("hazards.found", 10), figure("hazards.rectified", 8, approx="over"), figure("hazards.within_due", 1))) == []
    assert codes(told(figure("hazards.found", 10), figure("hazards.rectified", 10, approx="over"), figure("hazards.within_due", 1))) == [
        "HZ501"
    ]
    assert codes(told(figure("inspections.teams", 9), figure("inspections.person_times", 8, approx="over"))) == []
    assert codes(told(figure("inspections.teams", 9), figure("inspections.person_times", 8, approx="nearly"))) == ["HZ504"]


def test_what_flows_in_and_out_of_a_stock_adds_up() -> None:
    flows = {"opening": 1, "found": 15, "reopened": 1, "resolved": 7, "resolved_other": 1, "withdrawn": 0, "transferred": 1}
    figures = [figure(f"stock.{name}", value) for name, value in flows.items()]
    assert codes(told(*figures, figure("stock.closing", 8))) == []
    assert said(told(*figures, figure("stock.closing", 9)), "HZ502") == ["closes with 9; opening, in and out give 8"]


def test_the_last_word_on_a_closing_is_compared_with_the_next_opening() -> None:
    make = Maker()
    make.tally("2024-03-31", "2024Q1", {}, figure("stock.closing", 18))
    make.tally("2024-04-10", "2024Q1", {}, figure("stock.closing", 17))
    make.tally("2024-06-30", "2024Q2", {}, figure("stock.opening", 17))
    assert codes(make.ledger()) == []


def test_a_part_lies_below_in_the_tree_or_has_more_conditions() -> None:
    def at(*scopes: tuple[Mapping[str, str], int]) -> list[str]:
        make = Maker({"regions": REGIONS})
        for scope, number in scopes:
            make.tally("2024-06-30", "2024H1", scope, figure("hazards.found", number))
        return codes(make.ledger())

    assert at(({"region": "town"}, 5), ({"region": "village"}, 6)) == ["HZ503"]
    assert at(({"region": "county"}, 5), ({"region": "village"}, 6)) == ["HZ503"]
    assert at(({"region": "town"}, 5), ({"region": "village", "sector": "fire"}, 6)) == ["HZ503"]
    assert at(({"region": "village"}, 5), ({"region": "town"}, 6)) == []
    assert at(({"sector": "chem+fire"}, 5), ({"sector": "chem"}, 6)) == ["HZ503"]
    assert at(({"sector": "chem"}, 5), ({"sector": "fire"}, 6)) == []


def test_records_are_the_whole_where_no_source_tells_it() -> None:
    make = Maker()
    make.hazard("2024-03-01", sector="gas")
    make.tally("2024-06-30", "2024H1", {"sector": "fire"}, figure("hazards.found", 584))
    assert said(make.ledger(), "HZ503") == ["sector=fire has 584, and everything, which holds it, only 1"]
    make.tally("2024-06-30", "2024H1", {}, figure("hazards.found", 585))
    assert codes(make.ledger()) == ["HZ508"]


def test_a_rate_is_rounded_half_up_at_its_own_places_and_kept_from_a_hundred() -> None:
    def rate(of: int, over: int, stated: str) -> list[str]:
        parts = figure("hazards.found", over), figure("hazards.rectified", of)
        return codes(told(*parts, figure("hazards.rate", stated, stated=True, unit="%")))

    assert rate(1299, 1317, "98.63") == rate(1299, 1317, "98.6") == rate(1299, 1317, "99") == []
    assert rate(1299, 1317, "98.62") == ["HZ507"]
    assert rate(29999, 30000, "100.00") == rate(29999, 30000, "99.99") == []
    assert rate(1, 30000, "0.00") == rate(1, 30000, "0.01") == []
    assert rate(0, 0, "100") == []


def test_a_rate_between_those_of_the_grades() -> None:
    grades = figure("hazards.general.rate", "96.0", stated=True), figure("hazards.major.rate", "80.0", stated=True)
    found = [one for one in judged(told(*grades, figure("hazards.rate", "97.0", stated=True))) if one.finding.code == "HZ507"]
    assert [one.finding.message.say("en") for one in found] == ["stated 97.0 %, outside the rates of its parts: 96.0%, 80.0%"]
    assert "HZ507" not in codes(told(*grades, figure("hazards.rate", "95.0", stated=True)))


def test_the_parts_of_a_rate_may_be_records() -> None:
    make = Maker()
    make.hazard("2024-03-01")
    make.hazard("2024-03-02", done=False)
    make.tally("2024-06-30", "2024H1", {}, figure("hazards.rate", "50.00", stated=True))
    assert codes(make.ledger()) == []
    make.tally("2024-06-30", "2024H1", {}, figure("hazards.rate", "100", stated=True))
    assert codes(make.ledger()) == ["HZ507", "HZ509"]


def test_a_declaration_is_contradicted_by_records_and_by_tallies() -> None:
    make = Maker()
    make.add("declaration", "2024-07-01", period="2024H1", scope={}, measure="accidents.count")
    assert codes(make.ledger()) == []
    make.tally("2024-03-31", "2024Q1", {}, figure("accidents.count", 2))
    make.add("accident", "2024-05-01")
    assert codes(make.ledger()) == ["HZ508", "HZ509"]


def test_what_was_filed_may_repeat_what_records_say() -> None:
    make = Maker()
    make.hazard("2024-03-01")
    make.add("document", "2024-04-10", kind="submission", period="2024Q1", figures={"hazards.found": 1, "hazards.rate": 100})
    assert codes(make.ledger()) == []
    make.add("document", "2024-04-11", kind="submission", period="2024Q1", figures={"hazards.found": 1, "hazards.rectified": 2})
    assert codes(make.ledger()) == ["HZ506"]


@pytest.mark.parametrize(
    ("measure", "scope", "why"),
    [
        ("hazards.fond", {}, 'there is no measure "hazards.fond"'),
        ("hazards.found", {"sector": "fyre"}, 'this ledger has no "fyre"'),
        ("hazards.found", {"team": "一组"}, 'no scope can be given by "team"'),
        ("hazards.found", {"key": "carnival"}, 'this ledger has no "carnival"'),
        ("inspections.units", {"colour": "red"}, 'no scope can be given by "colour"'),
        ("hazards.found[period=never]", {}, '"never" is not a period'),
        ("hazards.found[basis=mine]", {}, 'there is no basis "mine"'),
    ],
)
def test_a_figure_of_nothing_this_ledger_knows(measure: str, scope: Mapping[str, str], why: str) -> None:
    assert said(told(figure(measure, 3), scope=scope), "HZ512") == [why]


def test_a_withdrawn_tally_says_nothing() -> None:
    make = Maker()
    make.tally("2024-06-30", "2024H1", {}, figure("hazards.found", 31))
    gone = [{"date": "2024-07-02", "do": "withdraw", "by": ["李四", "王五"], "reason": "entry_error"}]
    make.tally("2024-06-30", "2024H1", {}, figure("hazards.found", 33), figure("hazards.fond", 1), history=gone)
    assert codes(make.ledger(), "2024-07-31") == []
    assert codes(make.ledger(), "2024-07-01") == ["HZ509", "HZ512"]


def test_no_accidents_in_words_needs_a_declaration_too() -> None:
    make = Maker()
    make.add("document", "2024-07-05", kind="submission", title="上半年总结：全镇无事故", period="2024H1", figures={"hazards.found": 0})
    make.add("document", "2024-01-05", kind="responsibility_letter", title="责任书", year=2024, remark="全年未发生生产安全事故")
    make.add("document", "2024-07-05", kind="notice", title="事故通报：无较大事故")
    assert codes(make.ledger()) == ["HZ514", "HZ514"]
    make.add("declaration", "2024-12-31", period="2024", scope={}, measure="accidents.count")
    assert codes(make.ledger()) == []


def filings(**more: Any) -> Maker:  # noqa: ANN401 (any field of a target)
    make = Maker()
    make.add(
        "target", "2024-01-01", kind="obligation", period="2024", every="quarter", met_by={"record": "document", "kind": "submission"},
        **{"due_days": 15, **more},
    )  # fmt: skip
    return make


def test_a_filing_is_late_from_the_day_after_the_last() -> None:
    make = filings()
    assert codes(make.ledger(), "2024-04-14") == []
    assert said(make.ledger(), "HZ516", "2024-04-15") == ["2024Q1 was due on 2024-04-15 and was not filed"]
    late = make.add("document", "2024-04-16", kind="submission", period="2024Q1", figures={"hazards.found": 0})
    assert said(make.ledger(), "HZ516", "2024-04-30") == [f"2024Q1 was due on 2024-04-15; {late} is of 2024-04-16"]
    assert said(filings(due_days=20).ledger(), "HZ516", "2024-04-16") == [], "a ledger sets its own day"


@pytest.mark.parametrize(
    ("period", "day", "late"),
    [
        ("2024Q1", "2024-04-15", 0),
        ("2024Q1", "2024-04-16", 1),
        ("2024", "2025-01-31", 0),
        ("2024", "2025-02-01", 1),
        ("2024H1", "2024-09-01", 0),
    ],
)
def test_without_a_duty_of_its_own_the_days_of_the_regulation_hold(period: str, day: str, late: int) -> None:
    make = Maker()
    make.add("document", day, kind="submission", period=period, figures={"hazards.found": 0})
    assert codes(make.ledger(), "2025-12-31") == ["HZ516"] * late


def test_a_ban_is_broken_at_once_and_a_plan_missed_at_its_end() -> None:
    make = Maker()
    make.add("target", "2024-01-01", kind="figure", period="2024", measure="accidents.count", max=0)
    make.add("target", "2024-01-01", kind="figure", period="2024", measure="trainings.count", value=2)
    make.add("target", "2024-01-01", kind="figure", period="2024", measure="hazards.rate", min=90)
    make.add("target", "2024-01-01", kind="figure", period="2024", measure="publicity.events", value=3)
    make.hazard("2024-05-01")
    make.add("accident", "2024-05-01")
    make.add("activity", "2024-05-01", kind="training")
    assert said(make.ledger(), "HZ518", "2024-06-30") == ["1, not to exceed 0"]
    assert said(make.ledger(), "HZ518", "2024-12-31") == ["1, not to exceed 0", "1, planned 2"]


def test_the_tree_of_regions_counts_what_a_source_counts() -> None:
    def level(measure: str, number: int, **scope: str) -> list[str]:
        return codes(told(figure(measure, number), scope={"level": "township", **scope}, config={"regions": REGIONS}))

    assert level("registry.regions", 1) == level("registry.regions", 1, region="county") == []
    assert level("registry.regions", 2) == ["HZ519"]
    assert level("documents.regions", 1, kind="plan") == []
    assert level("documents.regions", 2, kind="plan") == ["HZ519"]
    assert codes(told(figure("registry.regions", 9), scope={"level": "township"})) == [], "where there is no tree, nothing is known"


def test_a_campaign_told_by_tallies_has_its_outings_and_hazards() -> None:
    make = Maker()
    drive = make.add("campaign", "2023-05-01", end="2023-06-15", doc=make.add("document", "2023-04-28", kind="scheme"))
    assert said(make.ledger(), "HZ520", "2023-06-15") == []
    assert said(make.ledger(), "HZ520") == ["it lacks outings, hazards"]
    make.tally("2023-06-30", "2023H1", {"campaign": drive}, figure("inspections.units", 27), figure("hazards.found", 22))
    assert codes(make.ledger()) == []


def test_a_hazard_of_a_campaign_needs_measures_in_words() -> None:
    make = Maker()
    drive = make.add("campaign", "2023-05-01", end="2023-06-15", doc=make.add("document", "2023-04-28", kind="scheme"))
    make.add("inspection", "2023-05-10", people=3, units=["xx-paper"], campaign=[drive])
    make.hazard("2023-05-10", done=False, campaign=[drive])
    assert said(make.ledger(), "HZ520") == ["it lacks measures"]
    make.hazard("2023-05-11", campaign=[drive])
    assert codes(make.ledger()) == []


# ---------------------------------------------------------------------------------------------------------- where all is well


@given(ledgers())
@settings(max_examples=25)
def test_hazards_alone_have_no_finding_about_figures(trees: list[Tree]) -> None:
    assert codes(loaded(trees)) == []


def test_a_thousand_tallies_of_years_without_records_are_read_in_a_breath() -> None:
    make = Maker()
    make.hazard("2024-03-01")
    for n in range(1000):
        make.tally("2010-12-31", "2010", {"sector": "fire", "unit": f"甲{n}"}, figure("hazards.found", n))
    asked: list[object] = []

    class Watched(BookFigures):
        def _question(self, group: Any) -> Any:  # noqa: ANN401 (a group, a question)
            asked.append(group)
            return super()._question(group)

    ledger = make.ledger()
    assert check(ledger, dt.date(2025, 1, 1), {"HZ508"}, beyond=Beyond(figures=Watched(ledger, dt.date(2025, 1, 1)))) == []
    assert asked == []
