"""A county bureau and its year, most totals blank in the source (seed 004)."""

from __future__ import annotations

from tests.measures.made import Maker
from tests.seeds.common import campaigns, named


def records(make: Maker) -> None:
    """Add the records."""
    run = campaigns(make)["centralised"]
    for n in range(35):
        make.add("unit", id=f"gas-{n}", name=f"第{n}加油站", types=["gas_station"], sector="commerce")
    make.add("inspection", "2022-04-01", units=[*named("gas", 0, 20), "shop-1"], people=4)
    make.add("inspection", "2022-07-01", units=[*named("gas", 15, 35), "shop-2"], people=4)
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
