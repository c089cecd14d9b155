"""A great inspection of a whole district (seed 003): hundreds of hazards are totals, the rest is there one by one."""

from __future__ import annotations

from typing import Any

from tests.measures.made import Maker
from tests.seeds.common import named


def records(make: Maker) -> None:
    """Add the records."""
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
    make.add("enforcement", "2016-03-05", kind="temp_sealed", units=named("sealed", 0, 60), sector="fire", effective_on="2016-03-05")
    make.add("enforcement", "2016-03-06", kind="temp_sealed", units=["sealed-59", "sealed-60"], sector="fire", effective_on="2016-03-06")
    make.add("enforcement", "2016-03-06", kind="three_stops", units=named("stop", 0, 30), sector="fire", effective_on="2016-03-06")
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
