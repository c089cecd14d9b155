"""HZ303: a day that has not come yet."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator
from typing import Final

from hazardctl.language import Text
from hazardctl.model.campaign import Phase
from hazardctl.rules.case import Case
from hazardctl.rules.parts import SHAPES, Holder, Said, fields
from hazardctl.rules.registry import Fault, rule

PAST: Final = ("date", "recorded", "found_on", "done_on", "start")


@rule(
    "HZ303",
    kind="",
    since="0.1",
    title=Text("日期在今天之后", "a day that has not come yet"),
    why=Text("还没发生的事不能写成已经发生", "what has not happened yet cannot be written as a fact"),
    repair=Text("核对日期；计划写进期限、方案或备注", "check the day; plans belong into deadlines, plans or notes"),
)
def future_date(case: Case) -> Iterator[Fault]:
    """Days on which something happened lie today or earlier.

    Deadlines, ends, phases and validity may lie ahead (DOMAIN §4.7, E24).

    Bad:
        ```yaml
        # today: 2024-03-15
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: xx-paper, due: 2024-03-27}
          - {date: 2024-03-20, do: rectify, by: 赵六, note: 货物移走}  # HZ303
        ```

    Good:
        ```yaml
        # today: 2024-03-15
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: xx-paper, due: 2024-03-27}
        ```
    """
    today = case.setting.today
    for part in case.parts:
        if not isinstance(part.value, Phase):
            yield from _ahead(part, today)
    ahead = bool(case.days) and max(case.days) > today
    for line in case.lines:
        if ahead or "recorded" in line.said.names:
            yield from _ahead(line, today)


@functools.lru_cache(SHAPES)
def days(said: Said) -> tuple[str, ...]:
    """Name the fields said that hold a day on which something happened."""
    return tuple(name for name in PAST if name in said.names)


def _ahead(holder: Holder, today: dt.date) -> Iterator[Fault]:
    for name in days(holder.said):
        day = getattr(holder.value, name)
        if isinstance(day, dt.date) and day > today:
            label = next(field.fact.label for field in fields(type(holder.value)) if field.name == name)
            message = Text("{label} {day} 晚于今天 {today}", "{label}: {day} lies after today, {today}")
            yield Fault(message.of(label=label, day=day, today=today), (*holder.trail, name))
