"""HZ013: an event or a field of an event that the life cycle does not have."""

from __future__ import annotations

from hazardctl.language import Text
from hazardctl.rules.registry import rule


@rule(
    "HZ013",
    scope="reader",
    kind="",
    since="0.1",
    title=Text("没有这种事件", "unknown event"),
    why=Text(
        "不认识的一步算不进状态，后面的状态就不可信", "a step nobody knows cannot be folded, and every state after it would be a guess"
    ),
    repair=Text(
        "用十六个事件之一；拼写见 hazardctl explain registered", "use one of the sixteen acts; hazardctl explain registered shows them"
    ),
)
def unknown_event() -> None:
    """Each line of a history is one of the sixteen acts, with the fields that act has (or `x-` ones).

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-13, do: accept, by: 赵六}  # HZ013
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
          - {date: 2024-03-12, do: assign, by: 李四, to: xx-paper, due: 2024-03-27}
          - {date: 2024-03-13, do: start, by: 赵六}
        ```
    """
