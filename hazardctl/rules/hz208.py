"""HZ208: handed over without a deadline."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from hazardctl.language import Text
from hazardctl.model.events import Assigned, Reopened
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule
from hazardctl.rules.standing import Step


@rule(
    "HZ208",
    verbs=("assign", "reopen"),
    misfits=True,
    since="0.1",
    title=Text("交办没有期限", "handed over without a deadline"),
    why=Text("没有期限就永远不会逾期，看上去总是好的", "without a deadline it can never be overdue, and looks clean for ever"),
    repair=Text("补上期限  hazardctl correct 编号 --event 行号 --set due=日期", "add it  hazardctl correct ID --event N --set due=DATE"),
)
def no_deadline(case: Case, step: Step) -> Iterator[Fault]:
    """Whoever hands a hazard over names the day it must be done by; a second hand-over may keep the deadline in force.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: xx-paper}  # HZ208
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
        ```
    """
    del case
    act = cast("Assigned | Reopened", step.act)
    if act.due is None and (act.do == "reopen" or step.before.due is None):
        yield Fault(Text("没有写整改期限 due", "no deadline: due is missing"), ("history", step.position, "due"))
