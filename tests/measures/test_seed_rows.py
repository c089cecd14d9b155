"""Every row of the seed contract (DOMAIN §12.1): made-up records and tallies that yield the value printed there.

The table below is our own list of measures and numbers. `∅` is blank in the source and must come out missing; `余` and `近` stand
behind a number that is more or nearly so much; `%` a rate; a/b a rate of duties.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any, Final

import pytest

from hazardctl.ledger import Ledger
from hazardctl.measures import Answer, Book, Known, Question, Range, scoped
from hazardctl.sheet import Rate
from tests.measures.made import Maker, question

TABLE: Final = """
S0-01  documents.count[kind=responsibility_letter]            11
S0-02  inspections.unit_visits                                ∅
S0-03a hazards.found                                          ∅
S0-03b hazards.rectified                                      ∅
S0-03c hazards.rate                                           stated 100%
S0-04  publicity.attendees                                    ∅余
S0-05  warnings.issued                                        200余
S0-06a teams.members[team_kind=semi_professional]             363
S0-06b teams.members[team_kind=emergency]                     204
S0-07a trainings.count                                        7
S0-07b trainings.team_coverage                                100.00%
S0-07c trainings.delivery                                     100.00%
S0-08  supplies.amount                                        10000余
S0-09  supplies.received[item=消防车]                          1
S0-10  documents.count[kind=agreement]                        3
S0-11a supplies.kinds[origin=allocated]                       8
S0-11b supplies.sets[origin=allocated]                        302
S0-12a documents.count[kind=plan,level=general]               1
S0-12b documents.count[kind=plan,level=special]               7
S0-13a drills.count                                           58
S0-13b drills.attendees                                       1422
S0-14a inspections.teams[campaign=year-end]                   16
S0-14b inspections.units[campaign=year-end]                   45
S0-14c hazards.found[campaign=year-end]                       31
S0-14d hazards.rectified[campaign=year-end]                   31
S0-14e hazards.rate[campaign=year-end]                        100.00%
S0-15a inspections.teams[campaign=qiangan-2023]               11
S0-15b inspections.person_times[campaign=qiangan-2023]        8
S0-15c inspections.units[campaign=qiangan-2023]               27
S0-15d hazards.found[campaign=qiangan-2023]                   22
S0-15e hazards.rectified[campaign=qiangan-2023]               22
S0-15f hazards.rate[campaign=qiangan-2023]                    100.00%
S0-16a inspections.units[key=all]                             24
S0-16b hazards.found[key=all]                                 26
S0-16c hazards.rectified[key=all]                             26
S0-16d hazards.rate[key=all]                                  100.00%
S0-17  accidents.count                                        0
S1-01  meetings.count                                         20余
S1-02  documents.count[kind=duty_list,level=department]       18
S1-03  funds.amount[purpose=video_conference]                 ∅
S1-04a teams.count[level=township]                            9
S1-04b teams.members[level=township]                          300余
S1-05a teams.count[level=village]                             95
S1-05b teams.members[level=village]                           1800余
S1-06a trainings.count                                        130余
S1-06b trainings.attendees                                    4000余
S1-07a documents.count[kind=plan,level=general]               2
S1-07b documents.count[kind=plan,level=special]               4
S1-07c documents.regions[kind=plan,level=township]            9
S1-07d documents.count[kind=plan,level=township]              30余
S1-08  drills.count                                           40余
S1-09a drills.hosted                                          2
S1-09b drills.teams[hosted=true]                              7
S1-09c drills.attendees[hosted=true]                          110余
S1-10a publicity.events                                       200余
S1-10b publicity.contests                                     4
S1-10c publicity.materials                                    3700余
S1-11a publicity.events[theme=warning_education]              700余
S1-11b publicity.attendees[theme=warning_education]           10000
S1-12a trainings.cost[outsourced=true]                        80000
S1-12b trainings.count[outsourced=true]                       1
S1-12c trainings.attendees[outsourced=true]                   ∅余
S1-13  registry.length_km[sector=road]                        730.485
S1-14a risk_points.count[type=reservoir]                      8
S1-14b risk_points.count[type=check_dam]                      9
S1-14c risk_points.count[type=geo_hazard]                     19
S1-14d risk_points.count[type=flash_flood]                    29
S2-01a accidents.count[sector=road,period=M9]                 3
S2-01b accidents.deaths[sector=road,period=M9]                4
S2-01c accidents.injuries[sector=road,period=M9]              2
S2-02  programmes.completed[theme=safe_community]             3
S2-03  trainings.planned                                      2-3
S3-01  meetings.count[body=party_committee]                   4
S3-02a obligations.met[name=政府常务会议]                       4/4
S3-02b obligations.met[name=安委会全体会议]                     4/4
S3-02c obligations.met[name=副区长研究部署]                     4/4
S3-02d obligations.met[name=季度报送]                          4/4
S3-02e obligations.met[name=年度报告]                          1/1
S3-03a inspections.teams                                      54
S3-03b inspections.covert_teams                               3
S3-04a inspections.led_by.principal                           7
S3-04b inspections.led_by.leader                              25
S3-04c inspections.led_by.branch                              208
S3-05a inspections.person_times                               2150
S3-05b inspections.units                                      1164
S3-06a hazards.found                                          1317
S3-06b hazards.rectified                                      1299
S3-06c hazards.within_due                                     18
S3-06d hazards.overdue                                        0
S3-06e hazards.rate                                           98.63%
S3-07a enforcement.stop_production.units                      1
S3-07b enforcement.closure_requested.units                    2
S3-08a funds.amount[purpose=dual_prevention]                  700000近
S3-08b funds.beneficiaries[purpose=dual_prevention]           28
S3-09  documents.count[kind=duty_list]                        17
S3-10  documents.count[kind=plan]                             61
S3-11a hazards.found[sector=chem+fireworks]                   26
S3-11b enforcement.illegal_activity.times[sector=chem+fireworks] 1
S3-11c coverage[sector=chem+fireworks]                        100.00%
S3-12a inspections.units[sector=fire]                         868
S3-12b hazards.found[sector=fire]                             584
S3-12c hazards.rectified[sector=fire]                         538
S3-12d hazards.rate[sector=fire]                              92.12%
S3-13a enforcement.temp_sealed.units[sector=fire]             61
S3-13b enforcement.three_stops.units[sector=fire]             30
S3-13c enforcement.fine.amount[sector=fire]                   ∅
S3-13d enforcement.detention.persons[sector=fire]             10
S3-14a hazards.found[sector=industry]                         200余
S3-14b enforcement.banned.units[sector=industry]              2
S3-14c enforcement.stop_production.units[sector=industry]     1
S3-15  funds.amount[purpose=publicity]                        20000
S4-01  inspections.units[unit_type=gas_station]               35
S4-02a registry.units[unit_type=above_scale_industry]         ∅
S4-02b registry.units[unit_type=above_quota_commerce]         ∅
S4-03  hazards.found                                          ∅
S4-04a hazards.found[campaign=centralised-2022]               4
S4-04b hazards.rectified[campaign=centralised-2022]           4
S4-05a publicity.units                                        ∅
S4-05b publicity.materials                                    ∅
S4-06  campaign.phases[campaign=centralised-2022]             4
S4-07a obligations.met[name=每月培训]                          12/12
S4-07b obligations.met[name=每季度培训]                        4/4
"""
ROWS: Final = {line.split()[0]: (line.split()[1], " ".join(line.split()[2:])) for line in TABLE.strip().splitlines()}
MARKS: Final = {"余": "over", "近": "nearly"}
SPELLED: Final = {mark: sign for sign, mark in MARKS.items()}

YEARS: Final = {"S0": "2023", "S1": "2024", "S2": "2023", "S3": "2016", "S4": "2022"}
PERIODS: Final = {"S0": "2023H1", "S1": "2024-01-01..2024-10-16", "S2": "2023", "S3": "2016", "S4": "2022"}
QUESTIONS: Final[dict[str, Question]] = {
    "S0": question("2023-01-01", "2023-06-30"),
    "S1": question("2024-01-01", "2024-10-16"),
    "S2": question("2023-01-01", "2023-12-31"),
    "S3": question("2016-01-01", "2016-12-31"),
    "S4": question("2022-01-01", "2022-12-31"),
}
NEXT_YEAR: Final = question("2024-01-01", "2024-12-31", "2023-12-31")
"""The row about a plan asks the year after its document."""


def shown(answer: Answer) -> str:
    """Write an answer as the table does."""
    match answer:
        case None:
            return "/"
        case Range():
            return f"{answer.least}-{answer.most}"
        case Rate():
            return str(answer)
        case Known(missing=True):
            return f"stated {answer.stated}%" if answer.stated is not None else "∅" + SPELLED.get(answer.mark, "")
        case Known():
            return _plain(answer.value) + SPELLED.get(answer.mark, "")
        case _:
            return repr(answer)


def _plain(number: int | Decimal | None) -> str:
    """Write a number without an exponent and without the fen that nobody printed."""
    return f"{number:f}".removesuffix(".00") if isinstance(number, Decimal) else str(number)


def asked(row: str) -> str:
    """Ask a row of the ledger of its seed."""
    measure, value = ROWS[row]
    answer = items(row[:2]).known(NEXT_YEAR if row == "S2-03" else QUESTIONS[row[:2]], [measure])[measure]
    if "/" in value and isinstance(answer, Rate):
        return f"{answer.numerator}/{answer.denominator}"
    return shown(answer)


ONLY_TOLD: Final = ("S3-06", "S3-12", "S3-14a")
"""Hazards of which there are hundreds: the source has totals only, and so have we."""


@pytest.mark.parametrize("row", [row for row in ROWS if not row.startswith(ONLY_TOLD)])
def test_a_row_comes_out_of_records(row: str) -> None:
    assert asked(row) == ROWS[row][1]


PLANNED: Final = ("trainings.team_coverage", "trainings.planned", "trainings.delivery")
"""Made of records of teams and targets, whatever a tally says of the trainings."""


def told_rows() -> Iterator[str]:
    for row, (measure, value) in ROWS.items():
        if not measure.startswith(("obligations.", "coverage", "campaign.")) and measure not in PLANNED and value:
            yield row


@pytest.mark.parametrize("row", list(told_rows()))
def test_a_row_comes_out_of_tallies(row: str) -> None:
    measure, value = ROWS[row]
    assert shown(tallies(row[:2]).known(QUESTIONS[row[:2]], [measure])[measure]) == value


@pytest.mark.parametrize("seed", ["S0", "S1", "S2", "S3", "S4"])
def test_nothing_of_a_seed_is_counted_twice(seed: str) -> None:
    for book in (items(seed), tallies(seed)):
        measures = [measure for row, (measure, _) in ROWS.items() if row.startswith(seed)]
        found = book.known(QUESTIONS[seed], measures)
        assert not [name for name, one in found.items() if isinstance(one, Known) and one.twice]


def test_what_must_add_up_adds_up() -> None:
    town, half = items("S0"), QUESTIONS["S0"]
    scopes = ("campaign=year-end", "campaign=qiangan-2023", "key=all")
    numbers = town.known(half, [f"{name}[{scope}]" for name in ("hazards.found", "inspections.unit_visits") for scope in scopes])
    assert [one.value for one in numbers.values() if isinstance(one, Known)] == [31, 22, 26, 45, 27, 24]
    points = items("S1").known(QUESTIONS["S1"], ["risk_points.count"])["risk_points.count"]
    assert isinstance(points, Known)
    assert points.value == 65
    fire = "enforcement.banned.units[sector=industry]", "enforcement.closure_requested.units"
    assert [shown(one) for one in items("S3").known(QUESTIONS["S3"], fire).values()] == ["2", "2"]


# ------------------------------------------------------------------------------------------------------ the values of others

PRINTED: Final = re.compile(r"(?P<number>[\d.]+)(?P<mark>[余近]?)")


def printed(one: dict[str, Any]) -> str:
    """Write a figure of the shared acceptance data as the table does."""
    value, unit, mark = one.get("value"), one.get("unit", ""), SPELLED.get(one.get("approx", ""), "")
    if one.get("missing"):
        return "∅" + mark
    if isinstance(value, list):
        return "-".join(map(str, value))
    if unit == "%":
        return f"stated {value}%" if one.get("stated") else f"{value}%"
    if "/" in str(value):
        return str(value)
    number = Decimal(str(value)) * (10_000 if unit == "万元" else 1)
    return f"{number:f}{mark}"


@pytest.mark.shared
def test_the_table_is_that_of_the_acceptance_data(shared: Path) -> None:
    from ruamel.yaml import YAML

    seeds = YAML(typ="safe", pure=True).load(shared / "data" / "seed_figures.yaml")
    given = {one["id"]: (one["measure"], printed(one)) for seed in seeds for one in seed["figures"] if one["measure"]}
    assert given == ROWS


# ------------------------------------------------------------------------------------------------------------- the ledgers


@cache
def tallies(seed: str) -> Book:
    """Give the book of `of_tallies`."""
    return Book(of_tallies(seed))


@cache
def of_tallies(seed: str) -> Ledger:
    """Give the ledger that holds the totals of a seed and nothing else."""
    make = Maker(CONFIG)
    _campaigns(make)
    for row, (measure, value) in ROWS.items():
        if row.startswith(seed) and row in set(told_rows()):
            _tell(make, seed, measure, value)
    return make.ledger()


def _tell(make: Maker, seed: str, measure: str, value: str) -> None:
    """Enter a figure as a clerk would: the scope in the tally, the number as it was printed."""
    name, clauses = scoped(measure)
    scope = {clause.key: "+".join(clause.values) for clause in clauses if clause.key != "period"}
    period = "2023-09" if "period=" in measure else PERIODS[seed]
    figure: dict[str, Any] = {"measure": name}
    if value.startswith("∅"):
        figure["missing"] = True
    elif value.startswith("stated"):
        figure |= {"value": value.removeprefix("stated ").rstrip("%"), "stated": True, "unit": "%"}
    elif value.endswith("%") or name == "hazards.overdue":
        return  # it follows from its parts
    else:
        number = value.rstrip("余近")
        figure |= {"value": int(number) // 10_000, "unit": "万元"} if "amount" in name or "cost" in name else {"value": number}
    if value[-1] in MARKS:
        figure["approx"] = MARKS[value[-1]]
    day = QUESTIONS[seed].end.isoformat()
    make.tally(day, period, scope, figure, preset="unknown")


CONFIG: Final = {
    "regions": [
        {"key": "district", "name": "青山区", "level": "district"},
        *({"key": f"town-{n}", "name": f"第{n}镇", "level": "township", "parent": "district"} for n in range(1, 10)),
    ],
    "key_periods": [
        {"id": "spring-festival", "zh": "春节", "ranges": ["2023-01-20..2023-01-28"]},
        {"id": "qingming", "zh": "清明", "ranges": ["2023-04-03..2023-04-06"]},
    ],
}


def _campaigns(make: Maker) -> dict[str, str]:
    return {
        "year-end": make.add("campaign", start="2023-01-01", end="2023-03-31", alias="year-end", name="岁末年初整治"),
        "qiangan": make.add("campaign", start="2023-05-01", end="2023-06-15", alias="qiangan-2023", name="强安行动"),
        "centralised": make.add(
            "campaign",
            start="2022-03-01",
            end="2022-11-30",
            alias="centralised-2022",
            name="集中整治",
            phases=[{"name": name, "start": f"2022-0{n}-01"} for n, name in enumerate(("部署", "检查", "整治", "总结"), 3)],
        ),
    }


@cache
def items(seed: str) -> Book:
    """Give the book of `of_items`."""
    return Book(of_items(seed))


@cache
def of_items(seed: str) -> Ledger:
    """Give the ledger of a seed, one record a thing wherever the source has things to count."""
    make = Maker(CONFIG)
    {"S0": _township, "S1": _district, "S2": _county, "S3": _great_inspection, "S4": _bureau}[seed](make)
    return make.ledger()


def _named(head: str, first: int, last: int) -> list[str]:
    return [f"{head}-{n}" for n in range(first, last)]


def _township(make: Maker) -> None:
    runs = _campaigns(make)
    for n in range(16):
        units = _named("year-end", n * 45 // 16, (n + 1) * 45 // 16)
        make.add("inspection", "2023-02-10", team=f"第{n + 1}组", units=units, people=3, campaign=[runs["year-end"]])
    for n in range(11):
        units = _named("qiangan", n * 27 // 11, (n + 1) * 27 // 11)
        make.add("inspection", "2023-05-10", team=f"第{n + 1}组", units=units, people=int(n < 8), campaign=[runs["qiangan"]])
    for n in range(8):
        make.add("inspection", "2023-01-2" + str(n), team="值守组", units=_named("key", n * 3, n * 3 + 3), people=2)
    for day, count, run in (("2023-02-11", 31, [runs["year-end"]]), ("2023-05-11", 22, [runs["qiangan"]]), ("2023-04-04", 26, [])):
        for _ in range(count):
            make.hazard(day, campaign=run)
    blank = [{"measure": name, "missing": True} for name in ("inspections.unit_visits", "hazards.found", "hazards.rectified")]
    make.tally("2023-06-30", "2023H1", {}, *blank, {"measure": "hazards.rate", "value": 100, "stated": True, "unit": "%"})
    _township_works(make)


def _township_works(make: Maker) -> None:
    make.add("document", "2023-01-10", kind="responsibility_letter", year=2023, count=11)
    for n in range(3):
        make.add("document", "2023-02-01", kind="agreement", party=f"供货商{n}")
    make.add("document", "2023-03-01", kind="plan", level="general")
    make.add("document", "2023-03-01", kind="plan", level="special", count=7)
    make.add("activity", "2023-06-16", kind="publicity", theme="safety_month", approx={"attendees": "over"})
    make.add("activity", "2023-06-30", kind="warning", count=200, approx={"count": "over"})
    make.add("resource", "2022-11-01", kind="team", name="半专业队伍", team_kind="semi_professional", count=1, members=350)
    semi = make.add("resource", "2023-02-01", kind="team", name="半专业队伍", team_kind="semi_professional", count=1, members=363)
    emergency = make.add("resource", "2023-02-01", kind="team", name="应急队伍", team_kind="emergency", count=1, members=204)
    for n in range(7):
        make.add("activity", f"2023-0{n % 6 + 1}-15", kind="training", attendees=30, teams_covered=[semi if n % 2 else emergency])
    make.add("target", kind="figure", period="2023H1", measure="trainings.count", value=7)
    make.add("resource", "2023-04-01", kind="supply", amount=10000, kinds=3, origin="purchased", approx={"amount": "over"})
    goods = [{"name": f"物资{n}", "qty": 37, "unit": "套"} for n in range(7)]
    make.add("resource", "2023-05-01", kind="supply", origin="allocated", items=[*goods, {"name": "铁锹", "qty": 43, "unit": "把"}])
    make.add("resource", "2023-05-02", kind="equipment", origin="allocated", items=[{"name": "消防车", "qty": 1, "unit": "辆"}])
    for n in range(58):
        make.add("activity", "2023-06-0" + str(n % 9 + 1), kind="drill", attendees=24 if n else 54)
    make.add("declaration", "2023-07-01", period="2023H1", measure="accidents.count")


def _district(make: Maker) -> None:
    make.add("activity", "2024-09-30", kind="meeting", count=20, approx={"count": "over"})
    for n in range(18):
        make.add("document", "2024-03-01", kind="duty_list", level="department", party=f"部门{n}")
    make.add("resource", "2024-05-01", kind="fund", purpose="video_conference")
    for n in range(1, 10):
        more = {"members": 30, "approx": {"members": "over"}} if n == 1 else {"members": 30} if n < 9 else {"members": 60}
        make.add("resource", "2024-01-05", kind="team", name=f"第{n}镇队伍", level="township", region=f"town-{n}", count=1, **more)
    make.add("resource", "2024-01-05", kind="team", name="村社区队伍", level="village", count=95, members=1800, approx={"members": "over"})
    over = {"count": "over", "attendees": "over"}
    make.add("activity", "2024-08-01", kind="training", count=129, attendees=4000, approx=over)
    make.add("activity", "2024-08-02", kind="training", outsourced=True, cost=80000, approx={"attendees": "over"})
    for level, count in (("general", 2), ("special", 4)):
        make.add("document", "2024-02-01", kind="plan", level=level, count=count)
    for n in range(1, 10):
        more = {"count": 6, "approx": {"count": "over"}} if n == 1 else {"count": 3}
        make.add("document", "2024-02-01", kind="plan", level="township", region=f"town-{n}", **more)
    make.add("activity", "2024-06-01", kind="drill", count=38, approx={"count": "over"})
    make.add("activity", "2024-07-01", kind="drill", hosted=True, teams=4, attendees=60)
    make.add("activity", "2024-07-02", kind="drill", hosted=True, teams=3, attendees=50, approx={"attendees": "over"})
    _district_publicity(make)
    make.add("unit", id="roads-a", name="县道", kind="network", sector="road", length_km="700.4")
    make.add("unit", id="roads-b", name="乡道", kind="network", sector="road", length_km="30.085")
    for kind, count in (("reservoir", 8), ("check_dam", 9), ("geo_hazard", 19), ("flash_flood", 29)):
        for n in range(count):
            make.add("risk_point", "2024-01-01", name=f"{kind}{n}", type=kind)


def _district_publicity(make: Maker) -> None:
    """Give the lectures a book of their own: 700 of them cannot be part of 200 events."""
    make.tally("2024-10-16", PERIODS["S1"], {}, {"measure": "publicity.events", "value": 200, "approx": "over"})
    make.tally(
        "2024-10-16",
        PERIODS["S1"],
        {"theme": "warning_education"},
        {"measure": "publicity.events", "value": 700, "approx": "over"},
        {"measure": "publicity.attendees", "value": 1, "unit": "万人次"},
    )
    make.tally(
        "2024-10-16",
        PERIODS["S1"],
        {},
        {"measure": "publicity.contests", "value": 4},
        {"measure": "publicity.materials", "value": 3700, "approx": "over", "unit": "本"},
    )


def _county(make: Maker) -> None:
    for n, (deaths, injuries) in enumerate(((2, 1), (1, 0), (1, 1))):
        make.add("accident", f"2023-09-0{n + 1}", sector="road", deaths=deaths, injuries=injuries)
    make.add("accident", "2023-08-30", sector="road", deaths=1)
    make.add("accident", "2023-09-09", sector="fire", deaths=1)
    for n in range(3):
        make.add("activity", f"2023-11-0{n + 1}", kind="programme", theme="safe_community", subject=f"第{n}镇创建")
    make.add("target", kind="figure", period="2024", measure="trainings.count", min=2, max=3)


def _great_inspection(make: Maker) -> None:
    ranks = ["principal"] * 7 + ["leader"] * 25 + ["branch"] * 208
    for n, rank in enumerate(ranks):
        units = [f"unit-{m}" for m in range(n, 1159, len(ranks))] + ([f"chem-{n}"] if n < 5 else [])
        team = n % 54
        led: dict[str, Any] = {"led_by": {"rank": rank}, "team": f"第{team}组", "covert": team < 3}
        make.add("inspection", f"2016-0{n % 9 + 1}-12", units=units, people=9 if n < 230 else 8, **led)
    for n in range(5):
        make.add("unit", id=f"chem-{n}", name=f"XX化工{n}", sector="fireworks" if n % 2 else "chem")
    for n in range(26):
        make.hazard("2016-05-10", done=False, unit=f"chem-{n % 5}", sector="fireworks" if n % 2 else "chem")
    _decisions(make)
    make.add("resource", "2016-04-01", kind="fund", purpose="dual_prevention", amount=700000, beneficiaries=28, approx={"amount": "nearly"})
    make.add("resource", "2016-04-02", kind="fund", purpose="publicity", amount=12000)
    make.add("resource", "2016-09-02", kind="fund", purpose="publicity", amount="8000.00")
    make.add("document", "2016-02-01", kind="duty_list", count=17, party="安委会")
    make.add("document", "2016-02-01", kind="plan", level="department", count=61)
    _duties(make)


def _decisions(make: Maker) -> None:
    make.add("enforcement", "2016-03-01", kind="stop_production", unit="xx-paper", sector="industry", effective_on="2016-03-01")
    for n in range(2):
        make.add("enforcement", "2016-03-02", kind="closure_requested", unit=f"close-{n}", sector="noncoal")
        make.add("enforcement", "2016-03-03", kind="banned", unit=f"ban-{n}", sector="industry")
    make.add("enforcement", "2016-03-04", kind="illegal_activity", unit="chem-1", sector="fireworks")
    make.add("enforcement", "2016-03-05", kind="temp_sealed", units=_named("sealed", 0, 60), sector="fire", effective_on="2016-03-05")
    make.add("enforcement", "2016-03-06", kind="temp_sealed", units=["sealed-59", "sealed-60"], sector="fire", effective_on="2016-03-06")
    make.add("enforcement", "2016-03-06", kind="three_stops", units=_named("stop", 0, 30), sector="fire", effective_on="2016-03-06")
    make.add("enforcement", "2016-03-07", kind="fine", unit="sealed-1", sector="fire")
    make.add("enforcement", "2016-03-08", kind="detention", units=["sealed-2", "sealed-3"], persons=10, sector="fire")


def _duties(make: Maker) -> None:
    quarters = ("2016-03-20", "2016-06-20", "2016-09-20", "2016-12-20")
    for body, name in (("government_executive", "政府常务会议"), ("safety_committee", "安委会全体会议")):
        met_by = {"record": "activity", "kind": "meeting", "body": body}
        make.add("target", kind="obligation", name=name, period="2016", every="quarter", met_by=met_by)
        for day in quarters:
            make.add("activity", day, kind="meeting", body=body)
    met_by = {"record": "activity", "kind": "meeting", "level": "county"}
    duty = make.add("target", kind="obligation", name="副区长研究部署", period="2016", every="quarter", met_by=met_by)
    for day in quarters:
        make.add("activity", day, kind="meeting", body="party_committee", obligation=duty)
    filed = {"record": "document", "kind": "submission", "party": "组织部"}
    make.add("target", kind="obligation", name="季度报送", period="2016", every="quarter", met_by=filed)
    for n, day in enumerate(quarters, 1):
        make.add("document", day, kind="submission", party="组织部", period=f"2016Q{n}", figures={"hazards.found": 300})
    yearly = {"record": "document", "kind": "report"}
    make.add("target", kind="obligation", name="年度报告", period="2016", every="year", met_by=yearly)
    make.add("document", "2016-12-25", kind="report", party="人大")


def _bureau(make: Maker) -> None:
    run = _campaigns(make)["centralised"]
    for n in range(35):
        make.add("unit", id=f"gas-{n}", name=f"第{n}加油站", types=["gas_station"], sector="commerce")
    make.add("inspection", "2022-04-01", units=[*_named("gas", 0, 20), "shop-1"], people=4)
    make.add("inspection", "2022-07-01", units=[*_named("gas", 15, 35), "shop-2"], people=4)
    for _ in range(4):
        make.hazard("2022-05-10", campaign=[run])
    make.tally("2022-12-31", "2022", {}, {"measure": "hazards.found", "missing": True, "unit": "个"})
    make.add("activity", "2022-06-10", kind="publicity")
    for every, name, days in (
        ("month", "每月培训", [f"2022-{n:02}-05" for n in range(1, 13)]),
        ("quarter", "每季度培训", ["2022-01-25", "2022-04-25", "2022-07-25", "2022-10-25"]),
    ):
        level = "county" if every == "month" else "township"
        met_by = {"record": "activity", "kind": "training", "level": level}
        make.add("target", kind="obligation", name=name, period="2022", every=every, met_by=met_by)
        for day in days:
            make.add("activity", day, kind="training", level=level)
