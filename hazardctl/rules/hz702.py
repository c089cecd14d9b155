"""HZ702: a line of the past was edited."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.between import Between, Change
from hazardctl.language import Text
from hazardctl.rules.past import Altered, altered, corrections, fields_changed, line_of
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ702",
    scope="range",
    kind="",
    since="0.2",
    title=Text("改写了过去的一行", "a line of the past was edited"),
    why=Text(
        "流转记录只增不改：改了旧行，当时的情况就无从查考", "a history only grows: with an old line edited nobody can tell what was so then"
    ),
    repair=Text("恢复原行，用 hazardctl correct --event 更正", "bring the line back, and put it right with hazardctl correct --event"),
)
def edited_past_event(change: Change, _: Between) -> Iterator[Fault]:
    """The lines a history had at the beginning of the range are as they were, in the order they had.

    Layout does not matter: lines are compared by what they say. A `correct` line of the same range that names the line and the field
    excuses the edit.

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
        # then: 2024-03-20 李四
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        site: 一号库
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: 某厂, due: 2024-04-30}  # HZ702
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
          - {date: 2024-03-20, do: correct, by: 李四, event: 2, field: due, was: 2024-03-27, now: 2024-03-25, reason: 笔误}
        ```
    """
    for one in altered(change.before, change.after):
        if one.now is not None and not _said(change, one):
            names = fields_changed(one.was, one.now)
            message = Text("“{line}”的 {fields} 被改过（{who}）", "{fields} of the line “{line}” was changed ({who})")
            told = message.of(line=line_of(one.was), fields=list(names), who=change.lost(one.mark))
            yield Fault(told, ("history", one.place, names[0] if len(names) == 1 and names[0] != "do" else "date"))
    yield from _turned(change)


def _said(change: Change, one: Altered) -> bool:
    said = {line.field for line in corrections(change) if line.event == one.place + 1}
    return one.now is not None and set(fields_changed(one.was, one.now)) <= said


def _turned(change: Change) -> Iterator[Fault]:
    """Find old lines that stand in another order: of one day, the order of lines is the order of acts."""
    old = [line for line in change.before.marks if line in change.after.known]
    new = [line for line in change.after.marks if line in change.before.known]
    if old != new and sorted(old) == sorted(new):
        moved = next(now for was, now in zip(old, new, strict=True) if was != now)
        yield Fault(Text("旧的行换了次序", "old lines changed places"), ("history", change.after.marks.index(moved)))
