"""HZ219: registered, and nobody takes it on."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ219",
    severity=Severity.WARNING,
    states=("registered",),
    since="0.1",
    title=Text("登记后没有交办", "registered, and not assigned"),
    why=Text("没有交办就没有期限，也没有人去改", "until it is assigned there is no deadline and nobody who repairs it"),
    repair=Text("交办  hazardctl assign 编号 --to 单位", "assign it  hazardctl assign ID --to UNIT"),
)
def not_assigned(case: Case) -> Iterator[Fault]:
    """A hazard is assigned (or rectified on the spot) within `policy.assign_days` of being found.

    Bad:
        ```yaml
        # today: 2024-03-22
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}  # HZ219
        ```

    Good:
        ```yaml
        # today: 2024-03-15
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```
    """
    if case.now is None or case.now.state != "registered" or case.replay.misfits:
        return
    days = (case.setting.today - case.hazard.entry).days
    if days > case.setting.config.policy.assign_days:
        trail = ("history", case.steps[-1].position, "do") if case.steps else ("history",)
        yield Fault(Text("登记 {n} 天还没有交办", "registered for {n} days and not assigned").of(n=days), trail)
