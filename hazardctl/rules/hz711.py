"""HZ711: a line was committed long after its day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hazardctl.between import Between, Change
from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.rules.past import new_lines
from hazardctl.rules.registry import Fault, rule

LATE: Final = Text("事在 {day}，{n} 天后才提交（{who}）", "it happened on {day} and was committed {n} days later ({who})")


@rule(
    "HZ711",
    scope="range",
    kind="",
    severity=Severity.INFO,
    since="0.2",
    title=Text("事后多日才提交", "a line was committed long after its day"),
    why=Text("拖得越久，越难核对", "the longer it takes, the harder it is to check"),
    repair=Text("当周的事当周提交", "commit within the week what happened in it"),
)
def backdated(change: Change, span: Between) -> Iterator[Fault]:
    """A new line is committed within `policy.late_entry_days` of the day it is about.

    Bad:
        ```yaml
        # before: 2024-03-12
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        site: 一号库
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: 某厂, due: 2024-03-27}
        ---
        # then: 2024-04-15 李四
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        site: 一号库
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: 某厂, due: 2024-03-27}
          - {date: 2024-03-14, do: rectify, by: 王五, note: 货物移走}  # HZ711
        ```

    Good:
        ```yaml
        # before: 2024-03-12
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        site: 一号库
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: 某厂, due: 2024-03-27}
        ---
        # then: 2024-03-18 李四
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        site: 一号库
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: 某厂, due: 2024-03-27}
          - {date: 2024-03-14, do: rectify, by: 王五, note: 货物移走}
        ```
    """
    for place, event, touch in new_lines(change, span):
        written = touch.commit.day if touch.commit else span.today
        late = (written - event.date).days
        if late > span.config.policy.late_entry_days:
            yield Fault(LATE.of(day=event.date, n=late, who=touch.who), ("history", place, "date"))
