"""HZ604: something else in the cell of a name."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from typing import Final

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule

NAMES: Final = 1 << 16
NO_NAME: Final = re.compile(r"\d{2,}|\d[./-]\d|[年月日号]\d|\d[年月日]")


@rule(
    "HZ604",
    severity=Severity.WARNING,
    since="0.1",
    title=Text("姓名栏里不是姓名", "something else in the cell of a name"),
    why=Text("日期、电话填进姓名栏，就不知道是谁", "a date or number in the place of a name leaves nobody to ask"),
    repair=Text("移到它该在的字段", "move it to the field it belongs to"),
)
def wrong_cell(case: Case) -> Iterator[Fault]:
    """Fields for people hold names, not dates or numbers.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        found_by: 2024.3.12  # HZ604
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
        found_by: 李四
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```
    """
    for position, name in enumerate(case.hazard.found_by):
        if no_name(name):
            yield _fault(name, ("found_by", position))
    for position, act in case.acts:
        for number, name in enumerate(act.by):
            if no_name(name):
                yield _fault(name, ("history", position, "by", number))


@functools.lru_cache(NAMES)
def no_name(text: str) -> bool:
    """Say whether a text is none that people are called by; the same few come again and again."""
    return NO_NAME.search(text) is not None


def _fault(name: str, trail: tuple[str | int, ...]) -> Fault:
    return Fault(Text("“{it}”不是姓名", "“{it}” is no name").of(it=name), trail)
