"""HZ520: a campaign without one of the four."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Final, cast

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.campaign import Campaign
from hazardctl.model.events import Event
from hazardctl.model.hazard import Hazard
from hazardctl.model.inspection import Inspection
from hazardctl.model.record import Record
from hazardctl.rules.briefs import bucket
from hazardctl.rules.case import Setting
from hazardctl.rules.registry import Fault, rule

NAMES: Final[Mapping[str, Text]] = {
    "scheme": Text("方案", "a scheme"),
    "outings": Text("检查记录", "outings"),
    "hazards": Text("隐患台账", "hazards"),
    "measures": Text("整改措施", "measures"),
}


def _part(entry: Entry[Record], setting: Setting) -> Iterable[tuple[str, None]]:
    """Give the campaigns a record belongs to, and as what."""
    match entry.record:
        case Hazard() as hazard if hazard.campaign and not setting.replay(cast("Entry[Hazard]", entry)).withdrawn:
            parts = ("hazards", "measures") if _acted(hazard) else ("hazards",)
            yield from ((bucket(part, campaign), None) for campaign in hazard.campaign for part in parts)
        case Inspection() as outing if not outing.withdrawn_by(setting.today):
            yield from ((bucket("outings", campaign), None) for campaign in outing.campaign)
        case _:
            return


@rule(
    "HZ520",
    scope="ledger",
    brief=_part,
    severity=Severity.WARNING,
    since="0.1",
    title=Text("专项行动“四有”不全", "a campaign that lacks one of the four"),
    why=Text(
        "有方案、有记录、有台账、有措施，缺一样就说不清做了什么",
        "scheme, outings, hazards, measures: without one of them nobody can say what was done",
    ),
    repair=Text("补上文书、检查、隐患或整改措施", "record the paper, the outings, the hazards or what was done about them"),
)
def four_haves(setting: Setting) -> Iterator[tuple[Entry[Record], Fault]]:
    """A campaign has its scheme when it begins, and outings, hazards and measures against them when it has ended.

    Totals told by tallies of the campaign count as outings and hazards.

    Bad:
        ```yaml
        id: ZX-20240301-9RWK4
        schema: campaign/1
        name: 消防通道整治  # HZ520
        start: 2024-03-01
        end: 2024-03-31
        issuer: qingshan-safety-office
        ---
        id: JC-20240312-4T7QA
        schema: inspection/1
        date: 2024-03-12
        kind: special
        org: qingshan-safety-office
        people: 3
        units: [xx-paper]
        campaign: [ZX-20240301-9RWK4]
        ---
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        campaign: [ZX-20240301-9RWK4]
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: rectify, by: 赵六, on_spot: true, note: 货物移走，通道划线}
        ```

    Good:
        ```yaml
        id: ZX-20240301-9RWK4
        schema: campaign/1
        name: 消防通道整治
        start: 2024-03-01
        end: 2024-03-31
        issuer: qingshan-safety-office
        doc: WJ-20240228-1FJ7A
        ---
        id: WJ-20240228-1FJ7A
        schema: document/1
        date: 2024-02-28
        kind: scheme
        title: 消防通道整治方案
        issuer: qingshan-safety-office
        ---
        id: JC-20240312-4T7QA
        schema: inspection/1
        date: 2024-03-12
        kind: special
        org: qingshan-safety-office
        people: 3
        units: [xx-paper]
        campaign: [ZX-20240301-9RWK4]
        ---
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        campaign: [ZX-20240301-9RWK4]
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: rectify, by: 赵六, on_spot: true, note: 货物移走，通道划线}
        ```
    """
    there = setting.briefs.counted("HZ520")
    told = _told(setting)
    for entry in setting.ledger.of("campaign"):
        campaign = cast("Campaign", entry.record)
        if campaign.id in setting.ended or campaign.start > setting.today:
            continue
        has = {
            "scheme": bool(campaign.doc),
            "outings": bucket("outings", campaign.id) in there or "inspections" in told.get(campaign.id, ()),
            "hazards": bucket("hazards", campaign.id) in there or "hazards" in told.get(campaign.id, ()),
            "measures": bucket("measures", campaign.id) in there or bucket("hazards", campaign.id) not in there,
        }
        over = campaign.end is not None and campaign.end < setting.today
        lacking = [NAMES[name] for name, held in has.items() if not held and (over or name == "scheme")]
        if lacking:
            yield entry, Fault(Text("缺{it}", "it lacks {it}").of(it=lacking), ("name",))


def _acted(hazard: Hazard) -> bool:
    """Say whether something was done about a hazard, in words."""
    return any(act.do == "rectify" and (act.note or getattr(act, "on_spot", False)) for act in cast("tuple[Event, ...]", hazard.history))


def _told(setting: Setting) -> Mapping[str, set[str]]:
    """Give the families of figures that tallies tell of each campaign."""
    found: dict[str, set[str]] = {}
    for one in setting.figures.stated:
        for campaign in dict(one.scope).get("campaign", ()):
            found.setdefault(campaign, set()).add(one.measure.partition(".")[0])
    return found
