"""M-37 to M-45: trainings, publicity, warnings, plans, drills, teams, supplies, systems, money (DOMAIN §12.2)."""

from __future__ import annotations

from collections.abc import Callable

from tests.mechanisms.conftest import Make, Program, ledger


def test_m37_trainings_of_every_month_and_every_quarter(town: Program, seed: Callable[..., Program]) -> None:
    bureau = seed("S4")
    assert bureau.figure("obligations.met[name=每月培训]", "2022", "2022-12-31", like="/") == "12/12"
    assert bureau.figure("obligations.met[name=每季度培训]", "2022", "2022-12-31", like="/") == "4/4"
    assert town.figure("trainings.delivery", "2023H1") == town.figure("trainings.team_coverage", "2023H1") == "100.00%"


def test_m38_publicity_adds_up_by_theme_and_venue(town: Program) -> None:
    whole = int(town.figure("publicity.events", "2023H1"))
    venues = [
        town.figure(f"publicity.events[venue={venue}]", "2023H1") for venue in ("enterprise", "village", "school", "family", "public")
    ]
    assert sum(map(int, venues)) == whole == 17
    assert town.figure("publicity.events[theme=safety_month]", "2023H1") == "2"
    assert town.figure("publicity.contests[theme=安康杯]", "2023H1") == "1"
    assert town.figure("publicity.attendees", "2023H1") == "∅余"


def test_m39_warnings_that_only_a_total_tells(town: Program) -> None:
    assert town.figure("warnings.issued", "2023H1") == "200余"


def test_m40_plans_by_level_and_those_that_run_out(town: Program) -> None:
    levels = {level: town.figure(f"documents.count[kind=plan,level={level}]", "2023") for level in ("general", "special", "enterprise")}
    assert levels == {"general": "1", "special": "7", "enterprise": "2"}
    (expiring,) = town.behind("documents.count[kind=plan,valid_until=2023Q4]", "2023")
    assert expiring.startswith("WJ-20230306-")


def test_m41_plans_that_were_never_drilled(town: Program) -> None:
    plans = set(town.behind("documents.count[kind=plan]", "2023"))
    drilled = {plan for plan in plans if town.figure(f"drills.count[plan={plan}]", "2023H1") not in {"0", "∅"}}
    (idle,) = plans - drilled
    assert town.figure(f"drills.count[plan={idle}]", "2023") == "1", "the landslide plan was drilled in September"


def test_m41_drills_staged_for_a_higher_level(seed: Callable[..., Program]) -> None:
    assert seed("S1").figure("drills.hosted", "2024-01-01..2024-10-16") == "2"


def test_m42_teams_count_as_they_last_were(town: Program) -> None:
    members = "teams.members[team_kind=emergency]"
    assert [town.figure(members, "2023H1", day) for day in ("2023-01-31", "2023-06-30")] == ["30", "204"]
    team = ("--kind", "team", "--team-kind", "emergency", "--level", "township", "--count", "1", "--members", "40")
    town.run("new", "resource", "镇应急救援队", "--org", "qingshan-gov", "--date", "2023-10-01", *team)
    assert town.figure(members, "2023", "2023-10-20") == "208"
    assert town.figure(members, "2023H1") == "204"


def test_m43_supplies_by_origin_stores_and_agreements(town: Program) -> None:
    assert town.figure("resources.count[kind=warehouse]", "2023H1") == "1"
    assert [town.figure(f"supplies.{what}[origin=allocated]", "2023H1") for what in ("kinds", "sets")] == ["8", "302"]
    assert town.figure("supplies.received[item=消防车]", "2023H1") == "1"
    assert town.figure("documents.count[kind=agreement]", "2023H1") == "3"


def test_m44_systems_are_counted_and_a_major_is_reported_at_once(town: Program, on: Make) -> None:
    assert town.figure("funds.amount[purpose=video_conference]", "2023H2") == "32000"
    assert town.figure("resources.count[kind=system]", "2023H1") == "1"
    make = ledger()
    make.hazard("2024-03-01", done=False, grade="major")
    assert "HZ408" in on(make).codes()


def test_m45_money_by_purpose(seed: Callable[..., Program]) -> None:
    assert seed("S1").figure("trainings.cost[outsourced=true]", "2024-01-01..2024-10-16") == "80000"
    district = seed("S3")
    assert district.figure("funds.amount[purpose=dual_prevention]", "2016") == "700000近"
    assert district.figure("funds.amount[purpose=publicity]", "2016") == "20000"
