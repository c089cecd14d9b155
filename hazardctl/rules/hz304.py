"""HZ304: an act before the finding."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule
from hazardctl.vocabulary import ACTS


@rule(
    "HZ304",
    unordered=True,
    since="0.1",
    title=Text("早于发现日期", "before it was found"),
    why=Text("隐患还没发现，不会有人登记、交办或整改", "nobody registers, assigns or repairs what nobody has found"),
    repair=Text("核对日期，用 hazardctl correct 更正其中一个", "check the days and put one of them right with hazardctl correct"),
)
def before_found(case: Case) -> Iterator[Fault]:
    """No line of a history is dated before the day the hazard was found.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-05, do: assign, by: 李四, to: xx-paper, due: 2024-03-27}  # HZ304
        ```

    Good:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-15, do: assign, by: 李四, to: xx-paper, due: 2024-03-27}
        ```
    """
    found = case.hazard.found_on
    for position, act in case.acts:
        if act.date < found:
            message = Text(f"{ACTS[act.do].zh} {act.date} 早于发现 {found}", f"{ACTS[act.do].en} {act.date}, found {found}")
            yield Fault(message, ("history", position, "date"))
