"""HZ306: a deadline longer than the policy gives."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.deadlines import latest, sets_deadline
from hazardctl.rules.registry import Fault, rule
from hazardctl.rules.standing import Step


@rule(
    "HZ306",
    verbs=("assign", "reopen", "verify"),
    severity=Severity.WARNING,
    fields=("due",),
    since="0.1",
    title=Text("期限超过规定天数", "a deadline longer than the policy gives"),
    why=Text("期限定得过长，逾期就永远不会出现", "where the deadline is far enough away nothing is ever overdue"),
    repair=Text("缩短期限，或在该行 note 写明理由", "shorten it, or give the reason in the note of the line"),
)
def long_deadline(case: Case, step: Step) -> Iterator[Fault]:
    """A deadline lies within the days the configuration gives for grade, sector and source, or the line says why not (`note`).

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: xx-paper, due: 2024-06-10}  # HZ306
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
    due = sets_deadline(step)
    if due is None or step.act.note:
        return
    last = latest(case, step)
    if last and due > last.day:
        message = Text("期限 {due}，按规定最迟 {last}", "due {due}; the policy gives until {last}").of(due=due, last=last.day)
        yield Fault(message, ("history", step.position, "due"))
