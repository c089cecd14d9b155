"""HZ508: one scope told by records and by a tally."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.record import Record
from hazardctl.rules.case import Setting
from hazardctl.rules.registry import Fault, rule
from hazardctl.rules.stated import Group, Stated, number

TREE: Final = "registry.regions"
"""Counted in the configuration, not among records (HZ519)."""

TWICE: Final = Text("{measure}：汇总数 {n}，明细 {items}", "{measure}: {n} by this tally, {items} by records")
DECLARED: Final = Text("{measure}：声明为零，明细 {items}", "{measure}: declared nil, {items} by records")


@rule(
    "HZ508",
    scope="ledger",
    since="0.1",
    title=Text("明细和汇总数重复", "told by records and by a tally"),
    why=Text("同一范围同一时期两处都有，相加就数了两遍，报表不相加也不取舍", "added up they count twice, and no report adds or chooses"),
    repair=Text("留下一种，作废另一种", "keep one of them and withdraw the other"),
)
def items_and_tally(setting: Setting) -> Iterator[tuple[Entry[Record], Fault]]:
    """One scope and period is told by records one by one, or by a tally, never by both (DOMAIN §4.6, E22).

    A declaration of nil beside records that say otherwise is the same fault.

    Bad:
        ```yaml
        id: TJ-20240630-2JW9D
        schema: tally/1
        date: 2024-06-30
        period: 2024H1
        scope: {sector: fire}
        preset: unknown
        figures:
          - {measure: hazards.found, value: 584}  # HZ508
        source: {title: 半年小结}
        by: 李四
        ---
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        sector: fire
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```

    Good:
        ```yaml
        id: TJ-20240630-2JW9D
        schema: tally/1
        date: 2024-06-30
        period: 2024H1
        scope: {sector: fire}
        preset: unknown
        figures:
          - {measure: hazards.found, value: 584}
        source: {title: 半年小结}
        by: 李四
        ---
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        sector: gas
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```
    """
    figures = setting.figures
    asked: dict[Group, list[Stated]] = {}
    for one in figures.stated:
        if one.value is not None and not one.rate and not one.filed and figures.counts(one.measure) and one.measure != TREE:
            asked.setdefault(one.group, []).append(one)
    for group, told in asked.items():
        items = figures.items(group, dict.fromkeys(one.measure for one in told))
        for one in told:
            if one.measure in items and (items[one.measure] or not one.declared):
                message = DECLARED if one.declared else TWICE
                values = {"measure": figures.label(one.measure), "n": one.number, "items": number(items[one.measure])}
                yield one.entry, Fault(message.of(**values), one.trail)
