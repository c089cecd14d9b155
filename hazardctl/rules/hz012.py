"""HZ012: a history that is not one event a line, at the end."""

from __future__ import annotations

from hazardctl.language import Text
from hazardctl.rules.registry import rule


@rule(
    "HZ012",
    scope="reader",
    kind="",
    layout=True,
    since="0.1",
    title=Text("流转记录的写法不对", "the form of the history"),
    why=Text(
        "一行一条、放在最后，合并才不会把两条并成一条",
        "one event a line, at the end of the file, is what keeps a merge from fusing two events",
    ),
    repair=Text(
        "写成 `  - {date: …, do: …, by: …}`，或运行 hazardctl fmt", "write it as `  - {date: …, do: …, by: …}`, or run hazardctl fmt"
    ),
)
def history_form() -> None:
    """`history` is the last field, a list, and each event is a mapping on one line.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - date: 2024-03-12  # HZ012
            do: register
            by: 李四
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
