"""HZ107: a living record leans on a withdrawn one."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ107",
    kind="",
    severity=Severity.WARNING,
    since="0.1",
    title=Text("引用了已作废的记录", "a reference to a withdrawn record"),
    why=Text(
        "作废的记录不计入任何数字，靠它汇总就会落空", "a withdrawn record counts nowhere, and what is grouped by it falls out of the totals"
    ),
    repair=Text("改指保留下来的那条记录", "point to the record that stayed"),
)
def withdrawn_reference(case: Case) -> Iterator[Fault]:
    """What a living record refers to is alive; the parent of a split is withdrawn by its nature and does not count.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        campaign: [ZX-20240301-9RWK4]  # HZ107
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ---
        id: ZX-20240301-9RWK4
        schema: campaign/1
        name: 消防通道专项整治
        start: 2024-03-01
        issuer: qingshan-gov
        history:
          - {date: 2024-03-02, do: withdraw, by: [李四, 王五], reason: entry_error}
        ```

    Good:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        campaign: [ZX-20240301-9RWK4]
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ---
        id: ZX-20240301-9RWK4
        schema: campaign/1
        name: 消防通道专项整治
        start: 2024-03-01
        issuer: qingshan-gov
        ```
    """
    known = case.setting.ledger.by_id
    for link in case.links:
        target = known.get(link.text) if link.field != "split_from" else None
        if target and target.record.history and target.record.withdrawn_by(case.setting.today) and case.live:
            yield Fault(Text("{it} 已作废", "{it} is withdrawn").of(it=link.text), link.trail)
