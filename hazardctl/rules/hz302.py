"""HZ302: a deadline before the day it is set."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule
from hazardctl.rules.standing import Step
from hazardctl.vocabulary import ACTS


@rule(
    "HZ302",
    verbs=("assign", "reopen", "verify"),
    misfits=True,
    fields=("due",),
    since="0.1",
    title=Text("期限早于交办日期", "due before it was assigned"),
    why=Text(
        "期限已过才交办，一交办就逾期，说的是经办人而不是责任单位", "a deadline already past makes the hazard overdue as it is handed over"
    ),
    repair=Text("核对文书，更正期限或日期  hazardctl correct", "look at the paper and put deadline or day right  hazardctl correct"),
)
def due_before_assign(case: Case, step: Step) -> Iterator[Fault]:
    """A deadline lies on or after the day it is set.

    A deadline already past makes the hazard overdue as it is handed over: the overdue count would then speak of the clerk, not of
    the responsible unit.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 配电箱未上锁
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: xx-paper, due: 2024-03-01}  # HZ302
        ```

    Good:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 配电箱未上锁
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: xx-paper, due: 2024-03-27}
        ```
    """
    del case
    act, due = step.act, getattr(step.act, "due", None)
    if due is not None and due < act.date:
        label = ACTS[act.do]
        message = Text(f"期限 {due} 早于{label.zh} {act.date}", f"due {due}, {label.en} {act.date}")
        yield Fault(message, ("history", step.position, "due"), title=Text(f"期限早于{label.zh}日期", "due before the day it was set"))
