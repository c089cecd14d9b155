"""HZ221: passed, and not struck off."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ221",
    severity=Severity.WARNING,
    states=("verified",),
    since="0.1",
    title=Text("复查合格，没有销号", "passed, and not closed"),
    why=Text("不销号，闭环就一直开着", "until it is closed the loop stays open"),
    repair=Text("销号  hazardctl close 编号", "close it  hazardctl close ID"),
)
def not_closed(case: Case) -> Iterator[Fault]:
    """A hazard that passed is closed within `policy.close_days`.

    Bad:
        ```yaml
        # today: 2024-04-10
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: rectify, by: 赵六, on_spot: true, note: 货物移走}
          - {date: 2024-03-21, do: verify, by: 李四, result: pass}  # HZ221
        ```

    Good:
        ```yaml
        # today: 2024-04-10
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: rectify, by: 赵六, on_spot: true, note: 货物移走}
          - {date: 2024-03-21, do: verify, by: 李四, result: pass}
          - {date: 2024-03-22, do: close, by: 孙八, reason: rectified}
        ```
    """
    span = case.now
    if span is None or span.state != "verified" or span.passed is None or case.replay.misfits:
        return
    days = (case.setting.today - span.passed).days
    if days > case.setting.config.policy.close_days:
        position = max(step.position for step in case.steps if step.act.do == "verify" and step.act.date == span.passed)
        yield Fault(Text("复查合格 {n} 天还没有销号", "passed {n} days ago and not closed").of(n=days), ("history", position, "do"))
