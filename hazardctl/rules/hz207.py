"""HZ207: too few people looked."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule
from hazardctl.rules.standing import Step


@rule(
    "HZ207",
    verbs=("verify",),
    fields=("by",),
    since="0.1",
    title=Text("复查人数不够", "too few verifiers"),
    why=Text(
        "重大隐患和出具文书的复查要两个人一起签字", "a major hazard, and an opinion issued on paper, need two people who sign together"
    ),
    repair=Text("由两人复查，姓名都写进 by", "re-inspect with two people and name both in by"),
)
def too_few_verifiers(case: Case, step: Step) -> Iterator[Fault]:
    """A verification names as many people as the configuration asks for the grade; two where it issued a paper (`number`, `doc`).

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
          - {date: 2024-04-08, do: rectify, by: 赵六, note: 探头已安装}
          - {date: 2024-04-10, do: verify, by: 李四, result: pass}  # HZ207
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
          - {date: 2024-04-08, do: rectify, by: 赵六, note: 探头已安装}
          - {date: 2024-04-10, do: verify, by: [李四, 王五], result: pass}
        ```
    """
    asked = case.setting.config.verifiers
    needed = asked.major if step.before.grade == "major" else asked.general
    on_paper = bool(step.act.number or step.act.doc)
    needed = max(needed, 2) if on_paper else needed
    there = len(case.setting.people_of(step.act.by))
    if 0 < there < needed:
        message = Text("复查要 {needed} 人，这里 {there} 人", "{needed} verifiers are needed, {there} named").of(needed=needed, there=there)
        because = Text("出具了文书（文号或文件）的复查要两人", "a re-inspection that issued a paper needs two people")
        yield Fault(message, ("history", step.position, "by"), because=because if on_paper and step.before.grade != "major" else None)
