"""HZ206: closed by the one who did the work."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule
from hazardctl.rules.standing import Step


@rule(
    "HZ206",
    verbs=("close",),
    fields=("by",),
    since="0.1",
    title=Text("自己销自己的号", "closed by the one who did the work"),
    why=Text("销号是审批，不能由整改的人自己来", "closing is an approval; the one who did the work cannot give it"),
    repair=Text("由审批人销号", "let an approver close it"),
)
def self_closed(case: Case, step: Step) -> Iterator[Fault]:
    """Whoever closes is not among those who did the work; for a major hazard not among the verifiers either (a warning).

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
          - {date: 2024-03-18, do: rectify, by: 张三, note: 货物移走}
          - {date: 2024-03-19, do: verify, by: 李四, result: pass}
          - {date: 2024-03-20, do: close, by: 张三, reason: rectified}  # HZ206
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
          - {date: 2024-03-18, do: rectify, by: 张三, note: 货物移走}
          - {date: 2024-03-19, do: verify, by: 李四, result: pass}
          - {date: 2024-03-20, do: close, by: 孙八, reason: rectified}
        ```
    """
    closers, trail = case.setting.people_of(step.act.by), ("history", step.position, "by")
    if same := sorted(closers & step.before.rectifiers):
        yield Fault(Text("{who} 既是整改人又来销号", "{who} did the work and closed it").of(who=same), trail)
    elif step.before.grade == "major" and (same := sorted(closers & step.before.verifiers)):
        message = Text("重大隐患：{who} 既复查又销号", "major hazard: {who} verified and closed it").of(who=same)
        yield Fault(message, trail, severity=Severity.WARNING)
