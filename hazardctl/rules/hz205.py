"""HZ205: verified by the one who did the work."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule
from hazardctl.rules.standing import Step


@rule(
    "HZ205",
    verbs=("verify",),
    fields=("by",),
    since="0.1",
    title=Text("自己复查自己", "verified by the one who did the work"),
    why=Text("整改的人说了不算，要另一个人看过", "whoever did the work cannot be the one who says it is done"),
    repair=Text("换一个人复查", "let somebody else re-inspect"),
)
def self_verified(case: Case, step: Step) -> Iterator[Fault]:
    """No verifier is among those who claimed the work was done in this cycle; names are compared after aliases.

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
          - {date: 2024-03-19, do: verify, by: 张三, result: pass}  # HZ205
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
        ```
    """
    same = sorted(case.setting.people_of(step.act.by) & step.before.rectifiers)
    if same:
        message = Text("{who} 既是整改人又是复查人", "{who} did the work and verified it").of(who=same)
        yield Fault(message, ("history", step.position, "by"))
