"""HZ415: a local grade nobody mapped."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ415",
    severity=Severity.WARNING,
    fields=("local_grade",),
    since="0.1",
    title=Text("本地分级没有对应", "a local grade nobody mapped"),
    why=Text(
        "法定的只有一般和重大；本地分级不对应，就看不出该按哪种管",
        "the law knows general and major alone; a local grade that is not mapped says nothing of either",
    ),
    repair=Text("在 hazardctl.yaml 的 vocabularies.local_grades 写明对应", "map it in vocabularies.local_grades of hazardctl.yaml"),
)
def local_grade(case: Case) -> Iterator[Fault]:
    """Every local grade in use is mapped to `general` or `major` in the configuration.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        local_grade: 5级  # HZ415
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```

    Good:
        ```yaml
        # file: hazardctl.yaml
        schema: config/1
        vocabularies: {local_grades: {5级: general}}
        ---
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        local_grade: 5级
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```
    """
    grade = case.hazard.local_grade
    if grade and grade not in case.setting.config.vocabularies.local_grades:
        yield Fault(Text("本地分级“{it}”没有对应到一般或重大", "the local grade “{it}” is not mapped").of(it=grade), ("local_grade",))
