"""HZ211: an extension that does not extend."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.language import Text
from hazardctl.model.events import Extended
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule
from hazardctl.rules.standing import Step


@rule(
    "HZ211",
    verbs=("extend",),
    fields=("due",),
    since="0.1",
    title=Text("延期没有更晚", "an extension that does not extend"),
    why=Text("延期后的日期要晚于原期限，否则这一步不起作用", "the new day must be later than the old one, or the extension does nothing"),
    repair=Text("核对批件，更正日期；要提前期限就重新交办", "look at the paper and correct the day; to shorten a deadline, assign again"),
)
def extension_not_later(case: Case, step: Step) -> Iterator[Fault]:
    """A day asked for or granted lies after the deadline in force.

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
          - {date: 2024-03-20, do: extend, by: 孙八, decision: granted, due: 2024-03-25, reason: 货架到货晚}  # HZ211
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
          - {date: 2024-03-20, do: extend, by: 孙八, decision: granted, due: 2024-04-10, reason: 货架到货晚}
        ```
    """
    del case
    act, due = step.act, step.before.due
    if isinstance(act, Extended) and act.decision != "refused" and act.due and due and act.due <= due:
        message = Text("延期至 {new}，不晚于现期限 {old}", "extended to {new}, not later than the deadline in force, {old}")
        yield Fault(message.of(new=act.due, old=due), ("history", step.position, "due"))
