"""HZ010: a file in the wrong place."""

from __future__ import annotations

from hazardctl.language import Text
from hazardctl.rules.registry import rule


@rule(
    "HZ010",
    scope="reader",
    kind="",
    since="0.1",
    title=Text("文件放错了位置", "a file in the wrong place"),
    why=Text(
        "路径只由记录标识决定，放错位置就可能有两份",
        "the path follows from the id alone; a file elsewhere may be a second copy that nobody notices",
    ),
    repair=Text("移到它的标识所指的位置", "move it where its id says"),
)
def misplaced_file() -> None:
    """A dated id lies at `<folder>/<YYYY>/<MM>/<id>.yaml`, a slug at `<folder>/<slug>.yaml`, and nothing else lies in between.

    Bad:
        ```yaml
        # file: hazards/2024/04/YH-20240312-7K2QF.yaml
        id: YH-20240312-7K2QF  # HZ010
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```

    Good:
        ```yaml
        # file: hazards/2024/03/YH-20240312-7K2QF.yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```
    """
