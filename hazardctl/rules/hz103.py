"""HZ103: the prefix of another kind."""

from __future__ import annotations

from hazardctl.language import Text
from hazardctl.rules.registry import rule


@rule(
    "HZ103",
    scope="reader",
    kind="",
    since="0.1",
    title=Text("标识前缀与目录不符", "the prefix of another kind"),
    why=Text(
        "前缀说它是一类，目录说它是另一类，统计时不知算哪类",
        "the prefix names one kind and the folder another, so nobody knows where it counts",
    ),
    repair=Text("把文件移到它那一类的目录，或改正前缀", "move the file to the folder of its kind, or put the prefix right"),
)
def wrong_prefix() -> None:
    """The prefix of an id is the one of the kind whose folder holds the file.

    Bad:
        ```yaml
        # file: hazards/2024/03/JC-20240312-7K2QF.yaml
        id: JC-20240312-7K2QF  # HZ103
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
