"""HZ408: a major hazard nobody was told of."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.majors import major_now
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ408",
    grade="major",
    since="0.1",
    title=Text("重大隐患没有报告", "major, and not reported"),
    why=Text(
        "重大隐患要报监管部门和职工代表大会（安全生产法第四十一条）",
        "a major hazard is reported to the regulator and the workers' congress (安全生产法 art. 41)",
    ),
    repair=Text("报告后补 reports：日期和对象", "report it and add reports: day and to whom"),
)
def major_not_reported(case: Case) -> Iterator[Fault]:
    """A major hazard holds the reports that were made of it.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 液氨机房无泄漏报警
        found_on: 2024-03-12
        grade: major  # HZ408
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
        reports: [{date: 2024-03-12, to: 示例县应急管理局, by: 李四}]
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```
    """
    if major_now(case) and not case.hazard.reports:
        yield Fault(Text("重大隐患缺少报告 reports", "a major hazard without reports"), ("grade",))
