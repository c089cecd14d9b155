"""HZ518: a target that was missed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.record import Record
from hazardctl.rules.case import Setting
from hazardctl.rules.registry import Fault, rule
from hazardctl.rules.stated import number

BELOW: Final = Text("实际 {n}，计划 {plan}", "{n}, planned {plan}")
ABOVE: Final = Text("实际 {n}，不得超过 {plan}", "{n}, not to exceed {plan}")


@rule(
    "HZ518",
    scope="ledger",
    severity=Severity.INFO,
    since="0.1",
    title=Text("目标未完成", "a target was missed"),
    why=Text("计划和实际的差要看得见", "the distance between plan and outcome is to be seen"),
    repair=Text("说明原因，或在下期补上", "say why, or make up for it in the next period"),
)
def target_missed(setting: Setting) -> Iterator[tuple[Entry[Record], Fault]]:
    """What came of a target is no less than planned when its period has ended, and never more than a ban allows.

    Bad:
        ```yaml
        # today: 2024-04-10
        id: MB-20240101-G6B7X
        schema: target/1
        kind: figure
        name: 安全教育培训班
        period: 2024Q1
        scope: {}
        measure: trainings.count
        min: 2  # HZ518
        max: 3
        ---
        id: HD-20240328-0B8SE
        schema: activity/1
        date: 2024-03-28
        kind: training
        subject: 有限空间作业培训
        org: qingshan-safety-office
        ```

    Good:
        ```yaml
        # today: 2024-04-10
        id: MB-20240101-G6B7X
        schema: target/1
        kind: figure
        name: 安全教育培训班
        period: 2024Q1
        scope: {}
        measure: trainings.count
        min: 2
        max: 3
        ---
        id: HD-20240328-0B8SE
        schema: activity/1
        date: 2024-03-28
        kind: training
        subject: 有限空间作业培训
        org: qingshan-safety-office
        ---
        id: HD-20240328-9XK4C
        schema: activity/1
        date: 2024-03-28
        kind: training
        subject: 有限空间作业培训
        org: qingshan-safety-office
        ```
    """
    for one in setting.figures.aims():
        plan = "value" if getattr(one.target.record, "value", None) is not None else ""
        if one.actual is None:
            continue
        if one.least is not None and one.actual < one.least and one.end <= setting.today:
            yield one.target, Fault(BELOW.of(n=number(one.actual), plan=number(one.least)), (plan or "min",))
        if one.most is not None and one.actual > one.most and (not plan or one.most == 0):
            yield one.target, Fault(ABOVE.of(n=number(one.actual), plan=number(one.most)), (plan or "max",))
