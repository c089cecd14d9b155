"""M-01 to M-11: the closed loop, deadlines, who answers, what comes back, what is listed (DOMAIN §12.2)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from tests.mechanisms.conftest import Make, Program, ledger

EXTRA: Final = {"site": "一号车间"}


def state(program: Program, day: str) -> list[str]:
    return [one["state"] for one in program.said("list", "--as-of", day)["hazards"]]


def test_m01_a_hazard_goes_round_the_loop_and_is_seen_on_every_day(on: Make) -> None:
    town = on(ledger(), today="2024-03-01")
    town.run(
        "add",
        "-u",
        "xx-paper",
        "-m",
        "消防通道被货物占用，无法通行",
        "--site",
        "一号车间",
        "--sector",
        "fire",
        "--org",
        "qingshan-safety-office",
    )
    (hazard,) = town.listed()
    town.run("assign", hazard, "--to", "xx-paper", "--person", "赵六", "--due", "2024-03-16", today="2024-03-02")
    town.run("rectify", hazard, "-m", "货物清空，通道划线", by="赵六", today="2024-03-10")
    town.run("verify", hazard, "--pass", by="王五", today="2024-03-12")
    town.run("close", hazard, by="孙八", today="2024-03-14")
    days = ("2024-02-29", "2024-03-01", "2024-03-02", "2024-03-10", "2024-03-12", "2024-03-14")
    town.today = "2024-06-30"
    assert [state(town, day) for day in days] == [[], ["registered"], ["assigned"], ["rectified"], ["verified"], ["closed"]]
    assert [town.figure("hazards.rate", "2024H1", day) for day in days[3:5]] == ["0.00%", "100.00%"]


def test_m02_a_ledger_is_valid_and_its_regions_add_up(town: Program) -> None:
    town.run("validate")
    whole = int(town.figure("hazards.found", "2023"))
    lines = town.lines("2023", "region")
    assert sum(line["found"] for line in lines.values()) == whole == int(town.figure("hazards.found[region=qingshan]", "2023"))
    assert int(town.figure("hazards.found[region=qingshan-east]", "2023")) == lines["qingshan-east"]["found"] > 0


def test_m02_the_ledgers_of_a_county_are_pooled_and_the_silent_one_is_named(on: Make) -> None:
    own = ledger()
    own.hazard("2024-03-01")
    own.hazard("2024-03-05", done=False)
    other = ledger()
    other.hazard("2024-01-02")
    town = on(own, today="2024-06-30")
    for key in ("east", "west"):
        other.write(town.root / "towns" / key)
    words = [word for key in ("east", "west") for word in ("--ledger", str(town.root / "towns" / key))]
    pooled = town.said("report", "ledgers", "-p", "2024H1", "--ledger", str(town.root), *words)
    assert pooled["total"]["figures"]["rate"]["value"] == {"numerator": 3, "denominator": 4, "value": "75.00"}
    assert len(pooled["silent"]) == 3
    gone = town.said("report", "ledgers", "-p", "2024H1", *words, "--ledger", str(town.root / "gone"), code=1)
    assert [one["figures"]["found"]["state"] for one in gone["lines"] if not one["read"]] == ["missing"]


def test_m03_what_is_not_yet_due_is_counted_apart(on: Make, seed: Callable[..., Program]) -> None:
    assert seed("S3", "tallies").figure("hazards.within_due", "2016", "2016-12-31") == "18"
    make = ledger()
    hazard = make.hazard("2024-06-20", done=False)
    town = on(make)
    town.run("assign", hazard, "--to", "xx-paper", "--due", "2024-07-05", today="2024-06-21")
    assert town.figure("hazards.within_due", "2024H1", "2024-06-30") == "1"
    assert town.figure("hazards.overdue", "2024H1", "2024-07-06") == "0", "the half-year is judged on its last day"
    assert town.listed("is:overdue", today="2024-07-06") == [hazard]


def test_m04_what_is_put_right_at_once_is_counted_apart(town: Program) -> None:
    assert int(town.figure("on_spot.found", "2023H1")) >= 10
    above, below = map(int, town.figure("on_spot.rate", "2023H1", like="/").split("/"))
    assert (above, below) == (int(town.figure("on_spot.found", "2023H1")), 79)
    assert town.said("list", "id:EB1DQ", "--columns", "all")["hazards"][0]["requirement"]


def test_m05_a_hazard_is_handed_over_under_a_supervisor(on: Make) -> None:
    make = ledger(("commerce-bureau", "示例县商务局"), ("xx-gas", "XX加油站"))
    first, second = make.hazard("2024-03-01", done=False), make.hazard("2024-03-02", done=False)
    town = on(make, today="2024-03-03")
    town.run("assign", first, "--to", "xx-gas", "--due", "2024-03-20", "--supervisor", "commerce-bureau")
    town.run("assign", second, "--to", "xx-paper", "--due", "2024-03-20")
    assert town.listed("to:XX加油站") == [first]
    assert {key: line["found"] for key, line in town.lines("2024", "responsible").items()} == {"xx-gas": 1, "xx-paper": 1}
    assert town.lines("2024", "supervisor")["commerce-bureau"]["found"] == 1


def test_m06_closed_majors_wait_for_somebody_to_look_back(town: Program) -> None:
    assert {one[-5:] for one in town.listed("grade:major", "is:closed")} == {"36ZWA", "A9R6Q"}
    assert town.figure("inspections.count[kind=revisit]", "2023") == "2"
    assert [town.figure(f"inspections.units[kind=revisit,unit={key}]", "2023") for key in ("qingshan-food", "dongjie-house")] == ["1", "1"]


def test_m07_what_comes_back_is_reopened_or_named_as_a_repetition(town: Program) -> None:
    assert town.figure("reopen.rate", "2023H2", like="/") == "2/91"
    assert town.figure("repeat.rate", "2023H2", like="/") == "2/27"
    assert "HZ217" in town.codes()
    assert town.listed("is:reopened")


def test_m08_the_bureau_that_urges_is_the_one_that_looks(on: Make, seed: Callable[..., Program]) -> None:
    assert seed("S4").figure("hazards.rectified[campaign=centralised-2022]", "2022") == "4"
    make = ledger(("commerce-bureau", "示例县商务局"))
    hazard = make.hazard("2024-03-01", done=False, **EXTRA)
    town = on(make, today="2024-03-02")
    town.run("assign", hazard, "--to", "xx-paper", "--due", "2024-03-20", "--supervisor", "commerce-bureau")
    town.run("rectify", hazard, "-m", "更换线路，测试合格", by="赵六")
    town.run("verify", hazard, "--pass", by="赵六", code=3)
    town.run("verify", hazard, "--pass", by="王五")
    town.run("close", hazard, by="孙八")
    assert town.listed("is:closed") == [hazard]


def test_m09_what_belongs_to_another_office_is_moved_and_shown_as_moved(on: Make, town: Program) -> None:
    assert "移送 1" in town.run("report", "--period", "2023H2")
    assert len(town.listed("is:transferred")) == 1
    make = ledger()
    hazard = make.hazard("2024-03-01", done=False)
    other = on(make, today="2024-03-02")
    other.run("transfer", hazard, "--to", "示例县住建局", "--reason", "职责在县局", "--number", "青安移〔2024〕1号")
    assert other.figure("hazards.found", "2024H1") == "0"
    assert other.figure("hazards.transferred", "2024H1") == "1"


def test_m10_a_major_is_listed_reported_on_and_released(town: Program) -> None:
    (listed,) = town.listed("is:listed")
    assert "HZ406" not in town.codes()
    assert "HZ406" in town.codes(today="2023-12-31"), "a quarter without a word"
    town.run("rectify", listed, "-m", "泄爆装置安装并试验合格", by="冯十二")
    town.run("verify", listed, "--pass", "--by", "李四,王五", "--number", "青安复〔2023〕9号")
    town.run("close", listed, by="孙八")
    assert "HZ223" in town.codes(), "over, and not released"
    town.run("release", listed, "--number", "县安委办摘〔2023〕9号", by="孙八")
    assert "HZ223" not in town.codes()
    assert town.listed("is:listed") == []


def test_m11_a_major_needs_its_criterion(on: Make) -> None:
    make = ledger()
    make.hazard("2024-03-01", done=False, grade="major")
    assert "HZ405" in on(make).codes()


def test_m11_words_of_a_criterion_under_the_grade_general_are_asked_about(on: Make) -> None:
    make = ledger()
    make.hazard("2024-03-01", done=False, description="涉氨制冷机房属重大事故隐患，未装报警装置")
    assert "HZ414" in on(make).codes()
