"""HZ605: it cannot be found again."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ605",
    severity=Severity.INFO,
    since="0.1",
    title=Text("没有写部位", "no place is named"),
    why=Text("复查时找不到在哪里", "whoever re-inspects it cannot find it again"),
    repair=Text("补 site：部位、场所或设备", "add site: part, place or equipment"),
)
def no_site(case: Case) -> Iterator[Fault]:
    """A hazard names the part of the unit, the place or the equipment.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        unit: xx-paper  # HZ605
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```

    Good:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        unit: xx-paper
        site: 一号仓库
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```
    """
    if not case.hazard.site.strip():
        yield Fault(Text("没有写隐患部位 site", "site is missing"), ("unit",))
