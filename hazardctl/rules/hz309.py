"""HZ309: found outside its inspection."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.model.inspection import Inspection
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ309",
    severity=Severity.WARNING,
    fields=("inspection",),
    since="0.1",
    title=Text("不在检查当天", "found outside its inspection"),
    why=Text("检查那天没发现的，算不到那次检查头上", "what was not found on the outing cannot be counted as its finding"),
    repair=Text("更正发现日期，或改指另一次检查", "correct the day found, or name the right inspection"),
)
def found_off_inspection(case: Case) -> Iterator[Fault]:
    """A hazard linked to an inspection was found on one of its days.

    Bad:
        ```yaml
        id: YH-20240309-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-09
        inspection: JC-20240305-3M9TX  # HZ309
        grade: general
        history:
          - {date: 2024-03-09, do: register, by: 李四}
        ---
        id: JC-20240305-3M9TX
        schema: inspection/1
        date: 2024-03-05
        kind: special
        org: qingshan-safety-office
        people: 2
        units: [xx-paper]
        ```

    Good:
        ```yaml
        id: YH-20240305-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-05
        inspection: JC-20240305-3M9TX
        grade: general
        history:
          - {date: 2024-03-05, do: register, by: 李四}
        ---
        id: JC-20240305-3M9TX
        schema: inspection/1
        date: 2024-03-05
        kind: special
        org: qingshan-safety-office
        people: 2
        units: [xx-paper]
        ```
    """
    hazard = case.hazard
    target = case.setting.ledger.by_id.get(hazard.inspection) if hazard.inspection else None
    outing = target.record if target else None
    if isinstance(outing, Inspection) and not outing.date <= hazard.found_on <= (outing.end or outing.date):
        message = Text("{found} 发现，检查是 {day}", "found {found}, the inspection was on {day}").of(
            found=hazard.found_on, day=outing.date
        )
        yield Fault(message, ("inspection",))
