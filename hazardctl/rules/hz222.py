"""HZ222: extended again and again."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.model.events import Extended
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule
from hazardctl.rules.standing import Step


@rule(
    "HZ222",
    verbs=("extend",),
    severity=Severity.WARNING,
    since="0.1",
    title=Text("延期次数过多", "extended too often"),
    why=Text("一延再延，期限就不成其为期限", "a deadline that is moved again and again is none"),
    repair=Text("督办，或查明为什么改不了", "supervise it, or find out why it cannot be done"),
)
def many_extensions(case: Case, step: Step) -> Iterator[Fault]:
    """Within one cycle no more extensions are granted than `extension.max_per_cycle`.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: xx-paper, due: 2024-03-27}
          - {date: 2024-03-20, do: extend, by: 孙八, decision: granted, due: 2024-04-10, reason: 货架晚到}
          - {date: 2024-04-08, do: extend, by: 孙八, decision: granted, due: 2024-04-20, reason: 货架晚到}
          - {date: 2024-04-18, do: extend, by: 孙八, decision: granted, due: 2024-04-30, reason: 货架晚到}  # HZ222
        ```

    Good:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: xx-paper, due: 2024-03-27}
          - {date: 2024-03-20, do: extend, by: 孙八, decision: granted, due: 2024-04-10, reason: 货架晚到}
          - {date: 2024-04-08, do: extend, by: 孙八, decision: granted, due: 2024-04-20, reason: 货架晚到}
        ```
    """
    act, most = step.act, case.setting.config.extension.max_per_cycle
    if isinstance(act, Extended) and act.decision == "granted" and step.before.extensions >= most:
        message = Text("本轮第 {n} 次延期，最多 {most} 次", "extension {n} of this cycle; at most {most}")
        yield Fault(message.of(n=step.before.extensions + 1, most=most), ("history", step.position, "decision"))
