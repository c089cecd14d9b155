"""A district and nine months of its year (seed 001)."""

from __future__ import annotations

from tests.measures.made import Maker
from tests.seeds.table import PERIODS


def records(make: Maker) -> None:
    """Add the records."""
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
