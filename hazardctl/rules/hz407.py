"""HZ407: danger goes on meanwhile."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.majors import major_now
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ407",
    grade="major",
    since="0.1",
    title=Text("重大隐患没有临时管控措施", "major without an interim control"),
    why=Text("消除之前危险一直在，要先有人看住它", "until it is removed the danger goes on, and somebody must keep it in check"),
    repair=Text("写明 interim：停用、警戒、专人值守", "say in interim what keeps it in check"),
)
def major_no_interim(case: Case) -> Iterator[Fault]:
    """A major hazard says what keeps people safe until it is removed.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 液氨机房无泄漏报警
        found_on: 2024-03-12
        grade: major  # HZ407
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```

    Good:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 液氨机房无泄漏报警
        found_on: 2024-03-12
        grade: major
        interim: 停用机房，专人值守
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```
    """
    if major_now(case) and not case.hazard.interim:
        yield Fault(Text("重大隐患缺少临时管控措施 interim", "a major hazard without interim"), ("grade",))
