"""HZ101: an id of another form."""

from __future__ import annotations

from hazardctl.language import Text
from hazardctl.rules.registry import rule


@rule(
    "HZ101",
    scope="reader",
    kind="",
    since="0.1",
    title=Text("记录标识不合格式", "an id of another form"),
    why=Text("标识决定文件的位置，别的记录靠它来引用", "the id decides where the file lies, and other records refer to it"),
    repair=Text("标识由 hazardctl add 或 new 生成，不必手写", "let hazardctl add or new mint it; nobody needs to write one"),
)
def bad_id() -> None:
    """An id is a prefix, a real day and five characters without I, L, O and U; a unit may have a slug instead.

    Bad:
        ```yaml
        # file: hazards/2024/03/YH-20240312-7K2OL.yaml
        id: YH-20240312-7K2OL  # HZ101
        schema: hazard/1
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
