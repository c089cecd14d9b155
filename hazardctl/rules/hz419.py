"""HZ419: money that does not fit."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ419",
    severity=Severity.INFO,
    fields=("funds_spent",),
    since="0.1",
    title=Text("资金对不上", "money that does not fit"),
    why=Text(
        "实际远超计划，多半是单位写错（元与万元）", "money spent far beyond the plan is often a wrong unit, yuan for ten thousand yuan"
    ),
    repair=Text("核对金额，以元计", "check the amounts; they are in yuan"),
)
def funds(case: Case) -> Iterator[Fault]:
    """Money spent is at most one and a half times the money planned.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 液氨机房无泄漏报警
        found_on: 2024-03-12
        grade: general
        funds_planned: 12
        funds_spent: 120000  # HZ419
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```

    Good:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 液氨机房无泄漏报警
        found_on: 2024-03-12
        grade: general
        funds_planned: 120000
        funds_spent: 118600.00
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```
    """
    planned, spent = case.hazard.funds_planned, case.hazard.funds_spent
    if planned is not None and spent is not None and 2 * spent > 3 * planned:
        message = Text("实际 {spent} 元，计划 {planned} 元", "spent {spent}, planned {planned} yuan").of(spent=spent, planned=planned)
        yield Fault(message, ("funds_spent",))
