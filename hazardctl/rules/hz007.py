"""HZ007: a value of another type."""

from __future__ import annotations

from hazardctl.language import Text
from hazardctl.rules.registry import rule


@rule(
    "HZ007",
    scope="reader",
    kind="",
    since="0.1",
    title=Text("写法不符", "not of the type expected"),
    why=Text("日期、数字和列表必须就是它们自己，程序从不猜", "days, numbers and lists must be what they say; nothing is guessed"),
    repair=Text(
        "日期写 2024-03-12，金额以元计写 120000，数量写整数", "write days 2024-03-12, money in yuan 120000, counts as whole numbers"
    ),
)
def wrong_type() -> None:
    """A value is of the type its field has: a real day of 1990 to 2100, a whole number, an amount in yuan, a list.

    Where the value decides figures (the day found, the grade, a line of the history) the record cannot be counted until it is
    mended; elsewhere the value alone is left out.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        quantity: 三处  # HZ007
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
        quantity: 3
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```
    """
