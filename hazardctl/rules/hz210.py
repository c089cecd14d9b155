"""HZ210: a deadline moved without an extension."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.language import Text
from hazardctl.model.events import Assigned
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule
from hazardctl.rules.standing import Step


@rule(
    "HZ210",
    verbs=("assign",),
    fields=("due",),
    since="0.1",
    title=Text("未经延期就改晚了期限", "a deadline moved without an extension"),
    why=Text(
        "改期限只有延期一条路，否则逾期会悄悄消失",
        "only an extension moves a deadline; otherwise an overdue hazard would vanish in silence",
    ),
    repair=Text("需要延期就批延期  hazardctl extend", "grant an extension if one is due  hazardctl extend"),
)
def silent_deadline(case: Case, step: Step) -> Iterator[Fault]:
    """Handing a hazard over again may shorten its deadline and never lengthens it: the later day has no effect.

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
          - {date: 2024-03-26, do: assign, by: 李四, to: xx-paper, due: 2024-04-10}  # HZ210
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
          - {date: 2024-03-26, do: extend, by: 孙八, decision: granted, due: 2024-04-10, reason: 货架到货晚}
        ```
    """
    del case
    act, due = step.act, step.before.due
    if isinstance(act, Assigned) and act.due and due and act.due > due:
        message = Text("期限从 {old} 改到 {new}，不算数", "{new} is later than the deadline in force, {old}, and has no effect")
        yield Fault(message.of(old=due, new=act.due), ("history", step.position, "due"))
