"""HZ104: the day in the id is not the record's own."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.model import ids
from hazardctl.model.events import Corrected
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ104",
    kind="",
    severity=Severity.WARNING,
    since="0.1",
    title=Text("标识里的日期与记录不符", "the day in the id is another one"),
    why=Text("日期若改过却没有更正行，就看不出改了什么", "a date that was changed without a correct line cannot be told from a slip"),
    repair=Text("标识不改；用 hazardctl correct 更正日期", "the id stays; put the date right with hazardctl correct"),
)
def id_date(case: Case) -> Iterator[Fault]:
    """The day in an id is the record's own date (for a hazard the day found), unless a `correct` line changed that date later.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-21  # HZ104
        grade: general
        history:
          - {date: 2024-03-21, do: register, by: 李四}
        ```

    Good:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-11
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-13, do: correct, by: 李四, field: found_on, was: 2024-03-12, now: 2024-03-11, reason: 笔误}
        ```
    """
    own = case.record.day
    if own is None or f"-{own.isoformat().replace('-', '')}-" in case.record.id or (said := ids.dated(case.record.id)) is None:
        return
    name = type(case.record).own_date
    if any(isinstance(act, Corrected) and act.field == name and act.event is None for act in case.record.history):
        return
    yield Fault(Text("标识里是 {said}，这里是 {own}", "the id says {said}, this says {own}").of(said=said, own=own), (name,))
