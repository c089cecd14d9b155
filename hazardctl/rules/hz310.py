"""HZ310: outside the days of its campaign."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ310",
    severity=Severity.WARNING,
    fields=("campaign",),
    since="0.1",
    title=Text("不在专项行动期间", "outside the days of its campaign"),
    why=Text("行动期外的隐患会把专项行动的成绩撑大", "what was found outside its days makes a campaign look larger than it was"),
    repair=Text("去掉关联，或更正发现日期、行动起止", "remove the link, or correct the day found or the days of the campaign"),
)
def off_campaign(case: Case) -> Iterator[Fault]:
    """A hazard linked to a campaign was found between its first and its last day.

    Bad:
        ```yaml
        id: YH-20240712-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-07-12
        campaign: [ZX-20240301-9RWK4]  # HZ310
        grade: general
        history:
          - {date: 2024-07-12, do: register, by: 李四}
        ---
        id: ZX-20240301-9RWK4
        schema: campaign/1
        name: 消防通道专项整治
        start: 2024-03-01
        end: 2024-06-30
        ```

    Good:
        ```yaml
        id: YH-20240512-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-05-12
        campaign: [ZX-20240301-9RWK4]
        grade: general
        history:
          - {date: 2024-05-12, do: register, by: 李四}
        ---
        id: ZX-20240301-9RWK4
        schema: campaign/1
        name: 消防通道专项整治
        start: 2024-03-01
        end: 2024-06-30
        ```
    """
    hazard = case.hazard
    for position, name in enumerate(hazard.campaign):
        campaign = case.setting.ledger.campaigns.get(name)
        if campaign and not (campaign.start <= hazard.found_on and (campaign.end is None or hazard.found_on <= campaign.end)):
            message = Text("{found} 发现，行动期 {start}..{end}", "found {found}; the campaign ran {start}..{end}")
            yield Fault(message.of(found=hazard.found_on, start=campaign.start, end=campaign.end or ""), ("campaign", position))
