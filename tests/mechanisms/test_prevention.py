"""M-26 to M-36: risks, registers, papers, duties, plans, filings, meetings (DOMAIN §12.2)."""

from __future__ import annotations

from collections.abc import Callable

from tests.mechanisms.conftest import Make, Program, ledger


def test_m26_risk_points_are_graded_checked_and_lead_to_their_hazards(town: Program) -> None:
    grades = {grade: town.figure(f"risk_points.count[grade={grade}]", "2023H1") for grade in ("red", "orange", "yellow")}
    assert grades == {"red": "2", "orange": "5", "yellow": "4"}
    (flour,) = town.behind("risk_points.count[unit=jiahe-flour]", "2023H1")
    assert [one[-5:] for one in town.listed(f"risk_point:{flour}")] == ["7XYQ0"]
    assert flour in town.lines("2023", "risk_point")
    assert int(town.figure("risk_points.checks_due", "2023H2", "2023-10-20")) > 0


def test_m26_a_check_of_its_cycle_keeps_a_point_from_being_due(on: Make) -> None:
    make = ledger()
    checks = [{"what": "报警装置", "cycle": "monthly"}, {"what": "管道壁厚", "cycle": "yearly"}]
    make.add("risk_point", "2024-01-01", name="氨机房", type="production", unit="xx-paper", checks=checks)
    town = on(make)
    assert town.figure("risk_points.checks_due", "2024H1", "2024-03-31") == "1"
    town.run("new", "inspection", "--date", "2024-03-20", "--units", "xx-paper", "--people", "2", "--org", "qingshan-safety-office")
    assert town.figure("risk_points.checks_due", "2024H1", "2024-03-31") == "0"


def test_m27_registers_by_type_and_region(town: Program) -> None:
    assert town.figure("risk_points.count[type=confined_space]", "2023H1") == "1"
    assert town.figure("registry.units[sector=noncoal]", "2023H1") == "1"
    assert town.behind("registry.units[sector=noncoal]", "2023H1") == ["dashan-quarry"]
    assert town.figure("risk_points.count[region=qingshan-shiqiao]", "2023H1") == "2"


def test_m28_letters_of_responsibility_by_level(town: Program, on: Make) -> None:
    assert town.figure("documents.count[kind=responsibility_letter,level=village]", "2023H1") == "11"
    make = ledger()
    for level, count in (("township", 9), ("enterprise", 40)):
        make.add(
            "document", "2024-01-10", kind="responsibility_letter", level=level, year=2024, count=count, party="qingshan-safety-office"
        )
    made = on(make)
    assert [made.figure(f"documents.count[kind=责任书,level={level}]", "2024") for level in ("township", "enterprise")] == ["9", "40"]


def test_m29_lists_of_duties_and_powers_and_hazards_by_regulator(town: Program, seed: Callable[..., Program]) -> None:
    assert town.figure("documents.count[kind=duty_list]", "2023H1") == "9"
    assert town.figure("documents.count[kind=power_list]", "2023H1") == "1"
    assert len(town.listed("regulator_industry:示例县商务局", "found:2023H1")) == 8
    assert seed("S1").figure("documents.count[kind=duty_list,level=department]", "2024-01-01..2024-10-16") == "18"


def test_m30_hazards_are_grouped_by_each_of_the_three_regulators(on: Make) -> None:
    regulators = {"industry": "commerce-bureau", "local": "town-office", "general": "safety-bureau"}
    make = ledger(
        ("commerce-bureau", "示例县商务局"), ("town-office", "青山镇政府"), ("safety-bureau", "示例县应急局"),
        also=[{"id": "xx-gas", "name": "XX加油站", "kind": "enterprise", "regulators": regulators}],
    )  # fmt: skip
    make.hazard("2024-03-01", unit="xx-gas")
    make.hazard("2024-03-01")
    town = on(make)
    for kind, office in regulators.items():
        assert town.lines("2024H1", f"regulator_{kind}")[office]["found"] == 1


def test_m31_rosters_are_there_until_they_are_withdrawn(on: Make) -> None:
    make = ledger()
    first = make.add("document", "2024-01-05", kind="roster", title="安委会组成人员名单")
    second = make.add("document", "2024-03-05", kind="roster", title="防汛指挥部名单调整")
    town = on(make)
    assert town.behind("documents.count[kind=roster]", "2024H1") == [first, second]
    assert town.figure("documents.count[kind=roster]", "2024H1", "2024-02-01") == "1"


def test_m32_papers_are_found_by_their_number(town: Program) -> None:
    assert town.figure("documents.count[kind=notice]", "2023H1") == "3"
    (scheme,) = town.behind("documents.count[number=青政办〔2023〕9号]", "2023H1")
    assert scheme.startswith("WJ-20230410-")


def test_m33_a_campaign_has_its_scheme_outings_hazards_and_measures(town: Program) -> None:
    for alias in ("year-end", "enforcement-2023"):
        assert int(town.figure(f"inspections.count[campaign={alias}]", "2023H1")) > 0
        hazards = town.said("list", f"campaign:{alias}", "--columns", "all")["hazards"]
        assert all(one["requirement"] and one["inspection"] for one in hazards)


def test_m34_a_yearly_plan_of_visits_and_what_came_of_it(town: Program) -> None:
    assert town.figure("targets.attainment[name=全年检查家次]", "2023", "2023-10-20", like="/") == "134/160"
    town.run("new", "inspection", "--date", "2023-10-20", "--units", "qingshan-paper", "--units", "lvye-feed", "--people", "2", code=None)
    assert town.figure("targets.attainment[name=全年检查家次]", "2023", "2023-10-20", like="/") != "134/160"


def test_m35_quarterly_and_yearly_duties_to_report(town: Program, seed: Callable[..., Program]) -> None:
    assert town.figure("filings.rate", "2023", "2023-10-20", like="/") == "3/3"
    assert town.figure("filings.missing", "2023", "2023-10-20") == "0"
    district = seed("S3")
    assert district.figure("obligations.met[name=季度报送]", "2016", "2016-12-31", like="/") == "4/4"
    assert district.figure("obligations.met[name=年度报告]", "2016", "2016-12-31", like="/") == "1/1"


def test_m36_the_weekly_meeting_has_its_list_of_what_is_open(town: Program) -> None:
    assert town.figure("meetings.count[body=team_meeting]", "2023H1") == "3"
    assert town.figure("consultations.count", "2023H1") == "2"
    agenda = town.said("overdue", "--within", "7d")
    assert len(agenda["overdue"]) == 3
    assert len(town.listed("is:open")) == 14
