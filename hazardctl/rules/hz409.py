"""HZ409: staff that was not told."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.majors import major_now
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ409",
    severity=Severity.WARNING,
    grade="major",
    since="0.1",
    title=Text("没有向从业人员通报", "staff that was not told"),
    why=Text(
        "排查治理情况要向从业人员通报（安全生产法第四十一条）", "staff is told of hazards and what is done about them (安全生产法 art. 41)"
    ),
    repair=Text("通报后补 notices：日期和方式", "tell them and add notices: day and way"),
)
def staff_not_told(case: Case) -> Iterator[Fault]:
    """A major hazard says when and how the staff was told.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 液氨机房无泄漏报警
        found_on: 2024-03-12
        grade: major  # HZ409
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
        notices: [{date: 2024-03-13, way: 信息公示栏}]
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```
    """
    if major_now(case) and not case.hazard.notices:
        yield Fault(Text("重大隐患没有通报记录 notices", "a major hazard without notices"), ("grade",))
