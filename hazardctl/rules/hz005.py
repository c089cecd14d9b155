"""HZ005: a field nobody knows."""

from __future__ import annotations

from hazardctl.language import Text
from hazardctl.rules.registry import rule


@rule(
    "HZ005",
    scope="reader",
    kind="",
    since="0.1",
    title=Text("没有这个字段", "unknown field"),
    why=Text("打错的字段名会把一项事实藏起来", "a slip in a field's name hides the fact in it"),
    repair=Text("改正拼写；自己的字段以 x- 开头", "correct the spelling; begin a field of your own with x-"),
)
def unknown_field() -> None:
    """Every field is one that the kind of record knows, or begins with `x-` and is kept as it is.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        requirment: 当日清空  # HZ005
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```

    Good:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        requirement: 当日清空
        x-photo-album: A3
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```
    """
