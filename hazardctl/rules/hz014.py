"""HZ014: a state or total that was written down."""

from __future__ import annotations

from hazardctl.language import Text
from hazardctl.rules.registry import rule


@rule(
    "HZ014",
    scope="reader",
    kind="",
    since="0.1",
    title=Text("写了推算出来的内容", "something derived was stored"),
    why=Text(
        "写下的状态会过期，合并时还会合错；它总能从流转记录算出来",
        "a stored state goes stale and merges wrongly; the history always gives it",
    ),
    repair=Text("删去这一行", "remove the line"),
)
def stored_state() -> None:
    """No record stores what its history already says: a state, a total, a rate, whether it is overdue.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        status: closed  # HZ014
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
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```
    """
