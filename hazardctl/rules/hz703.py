"""HZ703: a line of the past was removed."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.between import Between, Change
from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.rules.past import altered, line_of
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ703",
    scope="range",
    kind="",
    since="0.2",
    title=Text("删去了过去的一行", "a line of the past was removed"),
    why=Text("少一行，发生过的事就成了没发生", "with a line gone, what happened did not happen"),
    repair=Text(
        "恢复这一行；写错的用 hazardctl correct 更正", "bring the line back; what is wrong in it is put right with hazardctl correct"
    ),
)
def removed_event(change: Change, span: Between) -> Iterator[Fault]:
    """Every line a history had at the beginning of the range is still there.

    A line that the range itself brought and dropped again is told as information; one that `hazardctl undo` took back is not.

    Bad:
        ```yaml
        # before: 2024-03-18
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        site: 一号库
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: 某厂, due: 2024-03-27}
          - {date: 2024-03-15, do: rectify, by: 王五, note: 货物移走}
          - {date: 2024-03-16, do: verify, by: 李四, result: fail, reason: 又堆上了}
          - {date: 2024-03-17, do: rectify, by: 王五, note: 再次移走}
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
          - {date: 2024-03-15, do: rectify, by: 王五, note: 货物移走}
          - {date: 2024-03-17, do: rectify, by: 王五, note: 再次移走}  # HZ703
        ```

    Good:
        ```yaml
        # before: 2024-03-18
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        site: 一号库
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: 某厂, due: 2024-03-27}
          - {date: 2024-03-15, do: rectify, by: 王五, note: 货物移走}
          - {date: 2024-03-16, do: verify, by: 李四, result: fail, reason: 又堆上了}
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
          - {date: 2024-03-15, do: rectify, by: 王五, note: 货物移走}
          - {date: 2024-03-16, do: verify, by: 李四, result: fail, reason: 又堆上了}
          - {date: 2024-03-17, do: rectify, by: 王五, note: 再次移走}
        ```
    """
    for one in altered(change.before, change.after):
        if one.now is None:
            message = Text("“{line}”这一行不见了（{who}）", "the line “{line}” is gone ({who})")
            yield Fault(message.of(line=line_of(one.was), who=change.lost(one.mark)), ("history", one.place))
    yield from _passing(change, span)


def _passing(change: Change, span: Between) -> Iterator[Fault]:
    """Find the lines that were written within the range and are not at its end."""
    if change.after.record is None:
        return
    seen: set[str] = set()
    for touch in change.touches:
        for place in touch.added():
            line, record = touch.after.marks[place], touch.after.record
            if line in change.after.known or line in change.before.known or line in seen or record is None:
                continue
            seen.add(line)
            last = next((one for one in reversed(change.touches) if one.drops(line)), None)
            if not (last and last.commit and last.commit.oid in span.undone):
                message = Text(
                    "“{line}”在这段历史里写下，后来又被删改（{who}）",
                    "the line “{line}” was written within the range and altered or dropped again ({who})",
                )
                told = message.of(line=line_of(record.history[place]), who=change.lost(line))
                yield Fault(told, ("history",), severity=Severity.INFO)
