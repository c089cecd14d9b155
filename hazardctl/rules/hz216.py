"""HZ216: reopened after the look-back window."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule
from hazardctl.rules.standing import Step


@rule(
    "HZ216",
    verbs=("reopen",),
    since="0.1",
    title=Text("过了反弹观察期才重开", "reopened after the look-back window"),
    why=Text(
        "隔得太久再重开，早先报出的销号就成了假的", "reopening a record from long ago would falsify the closing that was reported then"
    ),
    repair=Text("新登记一条，写 recurrence_of 指向旧记录", "register a new hazard with recurrence_of naming the old one"),
)
def stale_reopen(case: Case, step: Step) -> Iterator[Fault]:
    """A hazard is reopened within `policy.look_back_days` of its closing, or of its pass where it was not closed.

    Bad:
        ```yaml
        id: YH-20230312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2023-03-12
        grade: general
        history:
          - {date: 2023-03-12, do: register, by: 李四}
          - {date: 2023-03-12, do: rectify, by: 赵六, on_spot: true, note: 货物移走}
          - {date: 2023-03-13, do: verify, by: 李四, result: pass}
          - {date: 2023-03-14, do: close, by: 孙八, reason: rectified}
          - {date: 2024-01-08, do: reopen, by: 李四, to: xx-paper, due: 2024-01-22, reason: 再次占用}  # HZ216
        ```

    Good:
        ```yaml
        id: YH-20230312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2023-03-12
        grade: general
        history:
          - {date: 2023-03-12, do: register, by: 李四}
          - {date: 2023-03-12, do: rectify, by: 赵六, on_spot: true, note: 货物移走}
          - {date: 2023-03-13, do: verify, by: 李四, result: pass}
          - {date: 2023-03-14, do: close, by: 孙八, reason: rectified}
          - {date: 2023-06-08, do: reopen, by: 李四, to: xx-paper, due: 2023-06-22, reason: 再次占用}
        ```
    """
    ended = step.before.closed or step.before.passed
    window = case.setting.config.policy.look_back_days
    if ended and (days := (step.act.date - ended).days) > window:
        message = Text(
            "{ended} 办结后 {days} 天才重开，观察期 {window} 天", "settled {ended}, reopened {days} days later; the window is {window} days"
        )
        yield Fault(message.of(ended=ended, days=days, window=window), ("history", step.position, "date"))
