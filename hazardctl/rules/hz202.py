"""HZ202: nobody is named who entered the hazard."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ202",
    since="0.1",
    title=Text("流转记录不是从登记开始", "the history does not begin with register"),
    why=Text("第一行说明谁在哪天把它写进台账", "the first line says who entered the hazard, and when"),
    repair=Text("第一行写 {{date: …, do: register, by: …}}", "let the first line be {{date: …, do: register, by: …}}").of(),
)
def no_register(case: Case) -> Iterator[Fault]:
    """The first line of a hazard's history is `register`.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: assign, by: 李四, to: xx-paper, due: 2024-03-27}  # HZ202
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
        ```
    """
    history = case.record.history
    if not history:
        yield Fault(Text("没有流转记录", "there is no history"), ("history",))
    elif history[0].do != "register":
        yield Fault(Text("第一行应为登记", "the first line should be register"), ("history", 0, "do"))
