"""HZ209: handed over to nobody."""

from __future__ import annotations

from collections.abc import Iterator
from typing import cast

from hazardctl.language import Text
from hazardctl.model.events import Assigned, Reopened
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule
from hazardctl.rules.standing import Step


@rule(
    "HZ209",
    verbs=("assign", "reopen"),
    misfits=True,
    since="0.1",
    title=Text("没有责任单位", "handed over to nobody"),
    why=Text("没有人答应的隐患没有人去改", "what nobody answers for, nobody repairs"),
    repair=Text("写明责任单位 to，最好也写责任人 person", "name the responsible unit in to, and a person if you can"),
)
def no_responsible(case: Case, step: Step) -> Iterator[Fault]:
    """Whoever hands a hazard over names the unit that must remove it.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, due: 2024-03-27}  # HZ209
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
          - {date: 2024-03-12, do: assign, by: 李四, to: xx-paper, person: 赵六, due: 2024-03-27}
        ```
    """
    del case
    if not cast("Assigned | Reopened", step.act).to.strip():
        yield Fault(Text("没有写责任单位 to", "no responsible unit: to is missing"), ("history", step.position, "to"))
