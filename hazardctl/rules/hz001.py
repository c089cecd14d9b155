"""HZ001: the file is no readable record."""

from __future__ import annotations

from hazardctl.language import Text
from hazardctl.rules.registry import rule


@rule(
    "HZ001",
    scope="reader",
    kind="",
    since="0.1",
    title=Text("文件读不出来", "the file cannot be read"),
    why=Text("读不出来的记录如果被悄悄略过，数字就会变好看", "a record left out in silence would make the figures look better"),
    repair=Text("按提示改好这一行，或用 git restore 取回文件", "mend the line as said, or take the file back with git restore"),
)
def unreadable_file() -> None:
    """A record is one mapping of fields, in UTF-8, of at most 1 MiB, that every YAML reader takes alike.

    Whatever stands in the way is named with its line: a bracket or quote that is never closed, a tab as indentation, a colon
    inside a text without quotes, control characters, nesting without end, the markers of an unfinished merge, a file cut off or
    emptied by a crash. The record counts in no figure until it is mended, every report names it, and `report` ends with exit code 1.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防: 通道被货物占用  # HZ001
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```

    Good:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: "消防: 通道被货物占用"
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```
    """
