"""HZ609: full-width figures and stray blanks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule

ODD: Final = re.compile(r"[０-９Ａ-Ｚａ-ｚ\u3000\t]")
EDGE: Final = re.compile(r"\A | \n|\n | \Z")


@rule(
    "HZ609",
    kind="",
    severity=Severity.INFO,
    texts=(ODD, EDGE),
    since="0.1",
    title=Text("全角字母数字或多余空格", "full-width figures or stray blanks"),
    why=Text("看着一样的两个词，搜索和统计时并不相等", "two words that look alike are not equal when they are searched or counted"),
    repair=Text("改成半角，去掉多余空格", "write them half-width, without stray blanks"),
)
def width(case: Case) -> Iterator[Fault]:
    """Letters and digits are half-width; no text begins or ends with a blank or holds an ideographic space.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: ３号车间消防通道被占用  # HZ609
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```

    Good:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 3号车间消防通道被占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```
    """
    for trail, text in case.texts:
        if ODD.search(text):
            yield Fault(Text("有全角字母数字或多余空格", "full-width figures or stray blanks"), trail)
        elif text != text.strip():
            yield Fault(Text("首尾有空格", "a blank at the beginning or the end"), trail)
