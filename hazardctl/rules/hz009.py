"""HZ009: a schema this program does not know."""

from __future__ import annotations

from hazardctl.language import Text
from hazardctl.rules.registry import rule


@rule(
    "HZ009",
    scope="reader",
    kind="",
    since="0.1",
    title=Text("模式版本不识", "unknown schema version"),
    why=Text(
        "新版本的字段可能另有含义，猜着读会读错", "fields of another version may mean something else; reading them by guess would be wrong"
    ),
)
def schema_version() -> None:
    """The `schema` line names the kind of the folder and a version this program knows.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/9  # HZ009
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
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
