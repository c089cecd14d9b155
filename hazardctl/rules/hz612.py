"""HZ612: an order nobody can check."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.likeness import folded
from hazardctl.rules.registry import Fault, rule

VAGUE: Final = frozenset(
    (
        "整改", "立即整改", "限期整改", "尽快整改", "马上整改", "及时整改", "加强管理", "加强安全管理", "按要求整改",
        "按规定整改", "按标准整改", "落实整改", "抓紧整改", "责令整改", "责令立即整改", "责令限期整改", "注意安全",
        "提高认识", "fix", "repair", "rectify",
    )
)  # fmt: skip


@rule(
    "HZ612",
    severity=Severity.INFO,
    fields=("requirement",),
    since="0.1",
    title=Text("整改要求说不清", "an order nobody can check"),
    why=Text(
        "“立即整改”没有说改成什么样，复查时没有尺子", "“rectify at once” does not say what must be there afterwards, so nobody can check it"
    ),
    repair=Text("写明做到什么程度，如“加装盖板并上锁”", "say what must be there, such as “fit a cover and lock it”"),
)
def vague_requirement(case: Case) -> Iterator[Fault]:
    """What a unit is told to do can be checked.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        requirement: 立即整改  # HZ612
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```

    Good:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        requirement: 清空通道并划线，装可视标识
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```
    """
    text = case.hazard.requirement
    if text and folded(text) in VAGUE:
        yield Fault(Text("整改要求“{it}”无法核对", "“{it}” cannot be checked").of(it=text), ("requirement",))
