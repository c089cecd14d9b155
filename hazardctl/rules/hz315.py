"""HZ315: overdue."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.diagnostics import Severity
from hazardctl.history import OPEN
from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ315",
    severity=Severity.INFO,
    states=OPEN,
    since="0.1",
    title=Text("逾期未整改", "overdue"),
    why=Text(
        "这是实际情况，不是台账的错；要拦截用 --fail-on overdue",
        "a state of the world, not a fault of the ledger; --fail-on overdue lets a check insist",
    ),
    repair=Text(
        "督促整改  hazardctl rectify，或按程序延期  hazardctl extend", "have it done  hazardctl rectify, or extended  hazardctl extend"
    ),
)
def overdue(case: Case) -> Iterator[Fault]:
    """An open hazard without a claim is not past its deadline; the due day itself is not overdue. A warning for majors.

    Bad:
        ```yaml
        # today: 2024-03-31
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: xx-paper, due: 2024-03-27}  # HZ315
        ```

    Good:
        ```yaml
        # today: 2024-03-27
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
    span, today = case.now, case.setting.today
    if span is not None and span.due is not None and span.overdue_on(today):
        message = Text("逾期 {n} 天，期限 {due}", "{n} days overdue, due {due}").of(n=(today - span.due).days, due=span.due)
        yield Fault(message, case.due_trail(span.due), severity=Severity.WARNING if span.grade == "major" else None)
