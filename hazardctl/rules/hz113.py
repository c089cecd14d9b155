"""HZ113: a person nobody has listed."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ113",
    kind="",
    severity=Severity.WARNING,
    since="0.1",
    title=Text("人员不在名单内", "a person nobody has listed"),
    why=Text("名字写错一字，就看不出复查人正是整改人", "with a slip in a name nobody sees that the verifier is the one who did the work"),
    repair=Text("改正姓名，或在 hazardctl.yaml 的 people 里补上", "correct the name, or add the person to people in hazardctl.yaml"),
)
def unknown_person(case: Case) -> Iterator[Fault]:
    """Where the configuration lists people, those who act are among them, by name or alias.

    Bad:
        ```yaml
        # file: hazardctl.yaml
        schema: config/1
        people: [{name: 李四}, {name: 王五}]
        ---
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四四}  # HZ113
        ```

    Good:
        ```yaml
        # file: hazardctl.yaml
        schema: config/1
        people: [{name: 李四, aliases: [小李]}, {name: 王五}]
        ---
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 小李}
        ```
    """
    known = case.setting.people
    if not known:
        return
    for position, act in case.acts:
        for number, name in enumerate(act.by):
            if case.setting.person(name) not in known and name.strip():
                near = case.setting.meant("people", known, name)
                repair = Text("是不是 {it}？", "did you mean {it}?").of(it=near) if near else None
                message = Text("“{it}”不在人员名单内", "“{it}” is not among the people of this ledger").of(it=name)
                yield Fault(message, ("history", position, "by", number), repair)
