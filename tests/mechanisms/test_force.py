"""M-46 to M-60: decisions, tips, accidents, targets, depth, summaries, the two lists (DOMAIN §12.2)."""

from __future__ import annotations

from collections.abc import Callable

from tests.mechanisms.conftest import Make, Program, ledger


def test_m46_a_stop_is_in_force_from_its_day_until_it_is_lifted(town: Program) -> None:
    stopped = "enforcement.stop_production.in_force"
    assert [town.figure(stopped, "2023H2", day) for day in ("2023-08-28", "2023-08-29", "2023-10-20")] == ["0", "1", "1"]
    sealed = "enforcement.temp_sealed.in_force"
    assert [town.figure(sealed, "2023H1", day) for day in ("2023-03-08", "2023-05-11", "2023-05-12")] == ["1", "1", "0"]


def test_m47_four_sorts_of_shutting_stay_four(seed: Callable[..., Program]) -> None:
    district = seed("S3")
    kinds = ("closure_requested", "banned", "temp_sealed", "three_stops")
    assert [district.figure(f"enforcement.{kind}.units", "2016") for kind in kinds] == ["2", "2", "61", "30"]
    assert district.figure("enforcement.units", "2016") not in {"95", "2"}, "units of all decisions are counted once each"


def test_m48_money_persons_and_acts_against_the_law(seed: Callable[..., Program]) -> None:
    district = seed("S3")
    assert district.figure("enforcement.fine.amount[sector=fire]", "2016") == "∅"
    assert district.figure("enforcement.detention.persons[sector=fire]", "2016") == "10"
    assert district.figure("enforcement.illegal_activity.times", "2016") == "1"


def test_m49_what_people_do_wrong_is_a_share_of_what_was_found(town: Program) -> None:
    lines = town.lines("2023H1", "category")
    assert sum(line["found"] for line in lines.values()) == 79
    assert set(lines) == {"person", "object", "environment", "management"}
    before = town.figure("enforcement.illegal_activity.times", "2023H2")
    town.run(
        "new",
        "enforcement",
        "--date",
        "2023-10-19",
        "--kind",
        "illegal_activity",
        "--unit",
        "hongyun-fireworks",
        "--org",
        "shili-emergency",
    )
    assert (before, town.figure("enforcement.illegal_activity.times", "2023H2")) == ("0", "1")


def test_m50_talks_notices_and_vetoes_by_whom_they_concern(town: Program) -> None:
    for kind in ("veto", "circular"):
        town.run("new", "enforcement", "--date", "2023-10-19", "--kind", kind, "--unit", "jiahe-flour", "--org", "shili-emergency")
    for kind in ("summons", "veto", "circular"):
        assert town.figure(f"enforcement.{kind}.times[unit=jiahe-flour]", "2023") == "1"
        assert town.figure(f"enforcement.{kind}.times[unit=qingshan-paper]", "2023") == "∅", "no decision at all concerns it"


def test_m51_work_is_taken_up_again_after_an_acceptance(town: Program) -> None:
    accepted = set(town.behind("inspections.units[kind=restart]", "2023H1"))
    assert len(accepted) == int(town.figure("documents.count[kind=acceptance]", "2023H1")) == 2
    assert town.figure("inspections.units[kind=restart,unit=dashan-quarry]", "2023H1") == "1"
    assert town.figure("inspections.units[kind=restart,unit=tengfei-foundry]", "2023H1") == "∅", "nobody was there for that"


def test_m52_programmes_that_were_completed(town: Program, seed: Callable[..., Program]) -> None:
    assert town.figure("programmes.completed[theme=safe_community]", "2023") == "1"
    assert seed("S2").figure("programmes.completed[theme=safe_community]", "2023") == "3"


def test_m53_tips_are_checked_and_rewarded_without_a_name(town: Program) -> None:
    assert [town.figure(f"tips.{what}", "2023H2") for what in ("received", "verified", "rewards")] == ["8", "7", "2800"]
    assert len(town.listed("source:tip")) == 7
    assert "HZ608" not in town.codes()
    town.run("new", "tip", "--date", "2023-10-19", "--channel", "12350", "--content", "反映三楼堆物，联系 13800138000")
    assert "HZ608" in town.codes()


def test_m54_how_much_enterprises_find_themselves(town: Program) -> None:
    sources = town.lines("2023H2", "source")
    own = sources["self_check"]["found"]
    assert own == len(town.listed("source:自查", "found:2023H2", "not:is:withdrawn", "not:is:transferred")) > 0
    assert town.figure("inspections.count[kind=self_check]", "2023H1") == "1"


def test_m55_of_an_accident_all_four_are_asked(town: Program) -> None:
    (accident,) = town.behind("accidents.count", "2023H2")
    told = (town.root / "accidents" / "2023" / "08" / f"{accident}.yaml").read_text(encoding="utf-8")
    assert "cause_found: 2023-09-05" in told
    assert "measures_done" not in told
    assert town.figure("accidents.injuries", "2023H2") == "1"


def test_m56_a_ban_on_accidents_of_a_class_is_a_target_of_none(town: Program) -> None:
    (ban,) = town.behind("targets.attainment[name=杜绝较大以上事故]", "2023")
    assert ban.startswith("MB-")
    assert town.figure("accidents.class.larger", "2023", "2023-10-20") == "0"


def test_m57_no_accident_is_a_figure_only_when_somebody_says_so(town: Program, on: Make) -> None:
    assert town.figure("accidents.count", "2023H1") == "0"
    assert town.figure("accidents.class.general", "2023H2") == "1"
    make = ledger()
    assert on(make).figure("accidents.count", "2024H1", "2024-06-30") == "∅"


def test_m57_the_class_is_that_of_each_accident(seed: Callable[..., Program]) -> None:
    county = seed("S2")
    assert county.figure("accidents.deaths[sector=road]", "2023-09") == "4"
    assert county.figure("accidents.class.larger[sector=road]", "2023-09") == "0"
    assert county.figure("accidents.class.general[sector=road]", "2023-09") == "3"


def test_m58_many_small_ones_and_no_major_is_seen(town: Program) -> None:
    assert town.figure("depth.major", "2023H1", like="/") == "2/79"
    assert town.figure("depth.with_basis", "2023H1") == "100.00%"
    assert town.figure("depth.top_texts", "2023H1") == "0.00%"


def test_m59_a_half_year_and_what_it_leaves_open(town: Program) -> None:
    first, second = (town.said("report", "--period", period) for period in ("2023H1", "2023H2"))
    assert (first["stock"]["closing"], second["stock"]["opening"]) == (0, 0)
    assert second["stock"]["closing"] == len(town.listed("is:open")) == 14
    assert town.figure("trainings.planned", "2023H1") == town.figure("trainings.count", "2023H1") == "7"
    assert "2023年上半年" in town.run("report", "--period", "2023H1")


def test_m60_two_lists_what_is_wrong_and_what_is_done_about_it(town: Program) -> None:
    hazards = town.said("list", "found:2023H1", "--columns", "id,description,requirement")["hazards"]
    assert len(hazards) == 79
    assert all(one["description"] and one["requirement"] for one in hazards)
