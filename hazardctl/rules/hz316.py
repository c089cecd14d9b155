"""HZ316: due soon."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.diagnostics import Severity
from hazardctl.history import OPEN
from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ316",
    severity=Severity.INFO,
    states=OPEN,
    since="0.1",
    title=Text("临期", "due soon"),
    why=Text("还来得及的时候提醒一声", "a reminder while there is time"),
    repair=Text("催办", "remind the responsible unit"),
)
def due_soon(case: Case) -> Iterator[Fault]:
    """A hazard without a claim is due more than `policy.due_soon_days` from today.

    Bad:
        ```yaml
        # today: 2024-03-24
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: xx-paper, due: 2024-03-27}  # HZ316
        ```

    Good:
        ```yaml
        # today: 2024-03-14
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: xx-paper, due: 2024-03-27}
        ```
    """
    span = case.now
    if span is None or not span.open or span.claimed is not None or span.due is None:
        return
    days = (span.due - case.setting.today).days
    if 0 <= days <= case.setting.config.policy.due_soon_days:
        message = Text("还有 {n} 天到期，期限 {due}", "due in {n} days, on {due}").of(n=days, due=span.due)
        yield Fault(message, case.due_trail(span.due))
