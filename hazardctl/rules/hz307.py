"""HZ307: due on a day off."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.day import weekday
from hazardctl.diagnostics import Severity
from hazardctl.history import OPEN
from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ307",
    severity=Severity.INFO,
    states=OPEN,
    since="0.1",
    title=Text("期限落在休息日", "due on a day off"),
    why=Text("休息日没有人收尾，也没有人复查", "on a day off nobody is there to finish, or to look"),
    repair=Text("下次把期限定在工作日", "set the next deadline on a working day"),
)
def due_on_holiday(case: Case) -> Iterator[Fault]:
    """The deadline of an open hazard is a working day of the ledger's calendar.

    Where the calendar of the year is not published nothing is said, and nothing of deadlines that were met or are past.

    Bad:
        ```yaml
        # today: 2024-09-20
        id: YH-20240912-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-09-12
        grade: general
        history:
          - {date: 2024-09-12, do: register, by: 李四}
          - {date: 2024-09-12, do: assign, by: 李四, to: xx-paper, due: 2024-10-03}  # HZ307
        ```

    Good:
        ```yaml
        # today: 2024-09-20
        id: YH-20240912-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-09-12
        grade: general
        history:
          - {date: 2024-09-12, do: register, by: 李四}
          - {date: 2024-09-12, do: assign, by: 李四, to: xx-paper, due: 2024-10-08}
        ```
    """
    span, calendar = case.now, case.setting.calendar
    due = span.due if span and span.open and span.claimed is None else None
    if due is None or calendar is None or due < case.setting.today:
        return
    if not calendar.is_working(due) and not calendar.guessed(due):
        message = Text("期限 {due}（{weekday}）是休息日", "due {due} ({weekday}), a day off").of(due=due, weekday=weekday(due))
        yield Fault(message, case.due_trail(due))
