"""HZ305: written down late."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule
from hazardctl.rules.standing import Step


@rule(
    "HZ305",
    verbs=("register",),
    severity=Severity.INFO,
    since="0.1",
    title=Text("补录太晚", "written down late"),
    why=Text("补录的隐患会改动已经报出的数字", "a hazard written down late changes figures that were reported already"),
    repair=Text("当周登记；补录的写明 recorded", "register in the same week; say recorded where it was later"),
)
def late_entry(case: Case, step: Step) -> Iterator[Fault]:
    """A hazard is registered within `policy.late_entry_days` of being found; the children of a split are not asked.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-04-01, do: register, by: 李四}  # HZ305
        ```

    Good:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-14, do: register, by: 李四}
        ```
    """
    act, hazard = step.act, case.hazard
    name = "recorded" if act.recorded and act.recorded > act.date else "date"
    days = ((act.recorded or act.date) - hazard.found_on).days
    if days > case.setting.config.policy.late_entry_days and not hazard.split_from:
        yield Fault(Text("发现 {n} 天后才登记", "registered {n} days after it was found").of(n=days), ("history", step.position, name))
