"""HZ704: a line was put into the past."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hazardctl.between import Between, Change
from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.model.events import Event
from hazardctl.rules.past import line_of, new_lines
from hazardctl.rules.registry import Fault, rule

EARLIER: Final = Text("这一行记于已有的“{last}”之前（{who}）", "this line is dated before “{last}”, which was known already ({who})")
ABOVE: Final = Text("这一行插在已有的行之上（{who}）", "this line was put above lines that were there ({who})")


@rule(
    "HZ704",
    scope="range",
    kind="",
    severity=Severity.WARNING,
    since="0.2",
    title=Text("补插在过去", "a line was put into the past"),
    why=Text("插在过去的一行会改变已经报过的数", "a line put into the past changes figures that were reported already"),
    repair=Text("确是补录的，写上 recorded: 补录的日期", "where it was written down late, say so with recorded: the day it was written"),
)
def inserted_in_past(change: Change, span: Between) -> Iterator[Fault]:
    """A new line is dated on or after the last one its author knew, and stands below it.

    What another branch added meanwhile is no matter: a line is compared with what its own commit found. A line that says when it was
    written down (`recorded`) hides nothing.

    Bad:
        ```yaml
        # before: 2024-03-21
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        site: 一号库
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: 某厂, due: 2024-03-27}
          - {date: 2024-03-20, do: start, by: 王五}
        ---
        # then: 2024-03-20 李四
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        site: 一号库
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: 某厂, due: 2024-03-27}
          - {date: 2024-03-20, do: start, by: 王五}
          - {date: 2024-03-14, do: progress, by: 王五, note: 已清一半}  # HZ704
        ```

    Good:
        ```yaml
        # before: 2024-03-21
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        site: 一号库
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: 某厂, due: 2024-03-27}
          - {date: 2024-03-20, do: start, by: 王五}
        ---
        # then: 2024-03-20 李四
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        site: 一号库
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: 某厂, due: 2024-03-27}
          - {date: 2024-03-20, do: start, by: 王五}
          - {date: 2024-03-14, do: progress, by: 王五, note: 已清一半, recorded: 2024-03-22}
        ```
    """
    for place, event, touch in new_lines(change, span):
        known = touch.befores[0]
        if len(touch.befores) > 1 or known.record is None or not known.record.history:
            continue
        last: Event = max(known.record.history, key=lambda one: one.date)
        if event.date < last.date and not event.recorded:
            yield Fault(EARLIER.of(last=line_of(last), who=touch.who), ("history", place, "date"))
        elif event.date >= last.date and any(line in known.known for line in change.after.marks[place + 1 :]):
            yield Fault(ABOVE.of(who=touch.who), ("history", place))
