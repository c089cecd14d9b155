"""HZ212: an extension asked for too late."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.model.events import Extended
from hazardctl.rules.case import Case
from hazardctl.rules.deadlines import ask_by
from hazardctl.rules.registry import Fault, rule
from hazardctl.rules.standing import Step


@rule(
    "HZ212",
    verbs=("extend",),
    severity=Severity.WARNING,
    since="0.1",
    title=Text("延期申请晚了", "an extension asked for too late"),
    why=Text("过期再延，期间的逾期照样算", "an extension after expiry does not undo the days that were overdue"),
    repair=Text("期限前提出申请  hazardctl extend --request", "ask before the deadline  hazardctl extend --request"),
)
def late_extension(case: Case, step: Step) -> Iterator[Fault]:
    """An extension is asked for before the deadline, with as many days' notice as the policy wants.

    A grant that answers a request is not asked again: the request was. Listed hazards have a notice of their own
    (`extension.ask_before_listed`), counted in working days unless the configuration says otherwise.

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
          - {date: 2024-04-01, do: extend, by: 孙八, decision: granted, due: 2024-04-10, reason: 货架到货晚}  # HZ212
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
          - {date: 2024-03-26, do: extend, by: 赵六, decision: requested, due: 2024-04-10, reason: 货架到货晚, interim: 专人值守}
          - {date: 2024-03-29, do: extend, by: 孙八, decision: granted, due: 2024-04-10, reason: 同意}
        ```
    """
    act, before = step.act, step.before
    if not isinstance(act, Extended) or before.due is None or act.decision == "refused":
        return
    if act.decision == "granted" and before.request is not None:
        return
    last = ask_by(case, before, before.due).day
    if act.date > last:
        message = Text("期限 {due}，最迟 {last} 提出，这里是 {day}", "due {due}: to be asked for by {last}, not on {day}")
        yield Fault(message.of(due=before.due, last=last, day=act.date), ("history", step.position, "date"))
