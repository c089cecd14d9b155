"""HZ002: a field stands twice."""

from __future__ import annotations

from hazardctl.language import Text
from hazardctl.rules.registry import rule


@rule(
    "HZ002",
    scope="reader",
    kind="",
    since="0.1",
    title=Text("同一个字段写了两次", "a field stands twice"),
    why=Text(
        "合并时两行可能被并成一条，多数程序只留后一个",
        "a merge can fuse two lines into one, and most programs keep the last of them in silence",
    ),
    repair=Text("留下对的一个", "keep the right one"),
)
def duplicate_key() -> None:
    """Each field stands once in its mapping; names are compared after Unicode normalisation.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四, by: 王五}  # HZ002
        ```

    Good:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: [李四, 王五]}
        ```
    """
