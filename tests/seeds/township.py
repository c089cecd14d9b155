"""A town and its half-year (seed 000): what the sample ledger tells in full, in the fewest records that give the figures."""

from __future__ import annotations

from tests.measures.made import Maker
from tests.seeds.common import campaigns, named


def records(make: Maker) -> None:
    """Add the records."""
    runs = campaigns(make)
    for n in range(16):
        units = named("year-end", n * 45 // 16, (n + 1) * 45 // 16)
        make.add("inspection", "2023-02-10", team=f"第{n + 1}组", units=units, people=3, campaign=[runs["year-end"]])
    for n in range(11):
        units = named("qiangan", n * 27 // 11, (n + 1) * 27 // 11)
        make.add("inspection", "2023-05-10", team=f"第{n + 1}组", units=units, people=int(n < 8), campaign=[runs["qiangan"]])
    for n in range(8):
        make.add("inspection", "2023-01-2" + str(n), team="值守组", units=named("key", n * 3, n * 3 + 3), people=2)
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
