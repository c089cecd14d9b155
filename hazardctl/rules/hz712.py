"""HZ712: the grade was lowered shortly before the deadline."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, cast

from hazardctl.between import Between, Change
from hazardctl.diagnostics import Severity
from hazardctl.history import replay
from hazardctl.language import Text
from hazardctl.model.events import Regraded
from hazardctl.model.hazard import Hazard
from hazardctl.rules.past import new_lines
from hazardctl.rules.registry import Fault, rule
from hazardctl.rules.standing import steps

SOON: Final = Text("离期限 {due} 还有 {n} 天时降级（{who}）", "the grade was lowered {n} days before the deadline {due} ({who})")
LATE: Final = Text("期限 {due} 已过 {n} 天才降级（{who}）", "the grade was lowered {n} days after the deadline {due} ({who})")


@rule(
    "HZ712",
    scope="range",
    kind="hazard",
    severity=Severity.INFO,
    since="0.2",
    title=Text("临近期限降级", "the grade was lowered shortly before the deadline"),
    why=Text("一降级，重大隐患的期限和要求就不见了", "with a lower grade the deadline and the demands of a major hazard vanish"),
    repair=Text("及早降级，理由写明依据", "lower it early, and say on what grounds"),
)
def lowered_before_due(change: Change, span: Between) -> Iterator[Fault]:
    """A regrading from major to general is written more than `policy.due_soon_days` before the deadline in force.

    Bad:
        ```yaml
        # before: 2024-03-12
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        site: 一号库
        grade: major
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: 某厂, due: 2024-03-27}
        ---
        # then: 2024-03-24 钱七
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        site: 一号库
        grade: major
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: 某厂, due: 2024-03-27}
          - {date: 2024-03-24, do: regrade, by: [钱七, 孙八], was: major, now: general, reason: 复核}  # HZ712
        ```

    Good:
        ```yaml
        # before: 2024-03-12
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        site: 一号库
        grade: major
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: 某厂, due: 2024-03-27}
        ---
        # then: 2024-03-14 钱七
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        site: 一号库
        grade: major
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: 某厂, due: 2024-03-27}
          - {date: 2024-03-14, do: regrade, by: [钱七, 孙八], was: major, now: general, reason: 专家现场复核}
        ```
    """
    new = {place: touch for place, event, touch in new_lines(change, span) if isinstance(event, Regraded) and event.now == "general"}
    hazard = change.after.record
    if not new or hazard is None:
        return
    hazard = cast("Hazard", hazard)
    for step in steps(hazard, replay(hazard).acts, frozenset):
        if step.position in new and step.fits and step.before.grade == "major" and step.before.due:
            left = (step.before.due - step.act.date).days
            if left <= span.config.policy.due_soon_days:
                message = SOON if left >= 0 else LATE
                told = message.of(due=step.before.due, n=abs(left), who=new[step.position].who)
                yield Fault(told, ("history", step.position, "now"))
