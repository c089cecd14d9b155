"""HZ312: the listing names another deadline."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.model.events import Supervised
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule
from hazardctl.rules.standing import Step


@rule(
    "HZ312",
    verbs=("supervise",),
    severity=Severity.WARNING,
    fields=("due",),
    since="0.1",
    title=Text("挂牌期限与整改期限不同", "the listing names another deadline"),
    why=Text("挂牌不改期限；两个日期不同，就不知道以哪个为准", "a listing moves no deadline; with two days nobody knows which one counts"),
    repair=Text(
        "以批件为准：延期用 hazardctl extend，笔误用 hazardctl correct",
        "follow the paper: hazardctl extend to move the deadline, hazardctl correct for a slip",
    ),
)
def listing_deadline(case: Case, step: Step) -> Iterator[Fault]:
    """The deadline a listing names is the one in force on its day.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 液氨机房无泄漏报警
        found_on: 2024-03-12
        grade: major
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: xx-food, due: 2024-04-11}
          - {date: 2024-03-13, do: supervise, by: 孙八, level: county, number: 督〔2024〕2号, due: 2024-04-30}  # HZ312
        ```

    Good:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 液氨机房无泄漏报警
        found_on: 2024-03-12
        grade: major
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: xx-food, due: 2024-04-11}
          - {date: 2024-03-13, do: supervise, by: 孙八, level: county, number: 督〔2024〕2号, due: 2024-04-11}
        ```
    """
    del case
    act, due = step.act, step.before.due
    if isinstance(act, Supervised) and act.due and due and act.due != due:
        message = Text("挂牌期限 {named}，现期限 {due}", "the listing says {named}, the deadline in force is {due}")
        yield Fault(message.of(named=act.due, due=due), ("history", step.position, "due"))
