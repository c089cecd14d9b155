"""M-12 to M-25: campaigns, key periods, outings of every sort, coverage, sectors, grids (DOMAIN §12.2)."""

from __future__ import annotations

from collections.abc import Callable

from tests.mechanisms.conftest import Make, Program, ledger


def test_m12_a_campaign_is_a_period_and_a_scope(town: Program) -> None:
    for alias, found in (("year-end", 31), ("enforcement-2023", 22)):
        document = town.said("report", "--period", f"campaign:{alias}")
        assert (document["found"], document["rectified"]) == (found, found)
    lines = town.lines("2023H1", "campaign")
    assert sorted(line["found"] for line in lines.values()) == [22, 26, 31]


def test_m13_a_campaign_has_its_phases(town: Program, seed: Callable[..., Program]) -> None:
    assert town.figure("campaign.phases[campaign=year-end]", "2023H1") == "3"
    assert seed("S4").figure("campaign.phases[campaign=centralised-2022]", "2022") == "4"


def test_m14_a_key_period_holds_what_was_found_on_its_days(town: Program) -> None:
    assert len(town.listed("key:labour-day")) == 7
    assert town.said("report", "--period", "key:all")["found"] == 26
    parts = sum(
        int(town.figure(f"hazards.found[key={key}]", "2023H1")) for key in ("spring-festival", "two-sessions", "qingming", "labour-day")
    )
    assert parts == 26 == int(town.figure("hazards.found[key=all]", "2023H1"))


def test_m15_days_of_duty_are_counted_once(town: Program) -> None:
    assert town.figure("duty.days", "2023H1") == "12"
    town.run("new", "activity", "五一假期双岗值班", "--kind", "值班", "--date", "2023-05-01", "--end", "2023-05-04", "--attendees", "2")
    assert town.figure("duty.days", "2023H1") == "13"


def test_m16_a_random_outing_says_how_it_was_drawn(on: Make, town: Program) -> None:
    assert town.figure("inspections.random", "2023H2") == "1"
    make = ledger()
    make.add("inspection", "2024-03-05", units=["xx-paper"], people=2, selection="random")
    made = on(make)
    assert made.figure("inspections.random", "2024H1") == "1"
    assert "HZ006" in made.codes(), "without the record of the draw"


def test_m17_outings_that_nobody_announced(town: Program, seed: Callable[..., Program]) -> None:
    assert seed("S3").figure("inspections.covert_teams", "2016") == "3"
    before = int(town.figure("inspections.covert", "2023"))
    town.run(
        "new",
        "inspection",
        "--date",
        "2023-10-19",
        "--kind",
        "专项",
        "--units",
        "qingshan-paper",
        "--people",
        "2",
        "--covert",
        "--team",
        "夜查组",
    )
    assert int(town.figure("inspections.covert", "2023")) == before + 1
    assert town.figure("inspections.covert_teams", "2023") == "3"


def test_m18_leaders_who_went_themselves_by_rank(town: Program, seed: Callable[..., Program]) -> None:
    assert [town.figure(f"inspections.led_by.{rank}", "2023H1") for rank in ("principal", "leader", "branch")] == ["4", "4", "0"]
    district = seed("S3")
    assert [district.figure(f"inspections.led_by.{rank}", "2016") for rank in ("principal", "leader", "branch")] == ["7", "25", "208"]


def test_m19_several_authorities_go_together(town: Program) -> None:
    assert town.figure("inspections.joint", "2023H1") == "7"
    assert town.figure("inspections.joint[orgs=shili-fire]", "2023H1") == "4"


def test_m20_units_nobody_went_to_are_known(town: Program) -> None:
    assert town.figure("coverage[sector=gas]", "2023H1") == "100.00%"
    went, registered = (set(town.behind("coverage", "2023H1", side)) for side in ("numerator", "denominator"))
    assert went < registered
    assert "yihe-machinery" in registered - went
    assert "qingshan-paper" not in registered - went


def test_m21_a_routine_of_every_quarter_is_met_by_outings(on: Make) -> None:
    make = ledger()
    met_by = {"record": "inspection", "kind": "routine"}
    make.add("target", kind="obligation", name="季度例行检查", period="2023", every="quarter", met_by=met_by)
    for month in ("02", "05", "08"):
        make.add("inspection", f"2023-{month}-10", kind="routine", units=["xx-paper"], people=2)
    town = on(make)
    assert town.figure("obligations.met[name=季度例行检查]", "2023", "2023-12-31", like="/") == "3/4"
    town.run(
        "new",
        "inspection",
        "--date",
        "2023-11-10",
        "--kind",
        "routine",
        "--units",
        "xx-paper",
        "--people",
        "2",
        "--org",
        "qingshan-safety-office",
    )
    assert town.figure("obligations.met[name=季度例行检查]", "2023", "2023-12-31", like="/") == "4/4"


def test_m22_parts_and_steps_that_matter_are_named(on: Make) -> None:
    make = ledger(("xx-gas", "XX加油站"))
    parts, links = ["油罐区", "加油区", "配电室"], ["卸油", "加油", "检修", "施工"]
    outing = make.add("inspection", "2024-03-05", units=["xx-gas"], people=2, parts=parts, links=links)
    make.hazard("2024-03-05", unit="xx-gas", inspection=outing, site="配电室")
    town = on(make)
    assert [town.figure(f"inspections.count[parts={part}]", "2024H1") for part in parts] == ["1"] * 3
    assert [town.figure(f"inspections.count[links={link}]", "2024H1") for link in links] == ["1"] * 4
    assert town.lines("2024H1", "site")["配电室"]["found"] == 1


def test_m23_a_type_of_unit_narrows_every_figure(town: Program) -> None:
    stations = int(town.figure("registry.units[unit_type=gas_station]", "2023H1"))
    assert stations == int(town.figure("inspections.units[unit_type=gas_station]", "2023H1")) == 3
    assert len(town.listed("unit_type:加油站", "found:2023H1")) == int(town.figure("hazards.found[unit_type=gas_station]", "2023H1")) == 8
    assert {"above_scale_industry", "nine_small", "three_in_one"} <= set(town.lines("2023H1", "unit_type"))


def test_m24_lines_of_sectors_add_up_to_the_town(town: Program) -> None:
    lines = town.lines("2023H1", "sector")
    assert sum(line["found"] for line in lines.values()) == 79
    assert {"chem", "industry", "construction", "fire"} <= set(lines)


def test_m25_a_grid_has_its_own_list_and_rate(on: Make) -> None:
    make = ledger()
    first = make.hazard("2024-03-01", grid="G-07")
    make.hazard("2024-03-01", grid="G-08", done=False)
    town = on(make)
    assert town.listed("grid:G-07") == [first]
    assert [(key, line["rate"]["value"]) for key, line in town.lines("2024H1", "grid").items()] == [("G-07", "100.00"), ("G-08", "0.00")]
