"""HZ602: a description too short to work with."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.likeness import folded
from hazardctl.rules.registry import Fault, rule

FEWEST: Final = 4


@rule(
    "HZ602",
    severity=Severity.WARNING,
    fields=("description",),
    since="0.1",
    title=Text("描述太短", "a description too short to work with"),
    why=Text("两三个字说不清哪里、什么、多严重", "two or three characters do not say where, what and how bad"),
    repair=Text("写明部位和现象，如“电线绝缘皮破损裸露”", "name the part and what is wrong with it"),
)
def short_text(case: Case) -> Iterator[Fault]:
    """A description has at least four characters.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 漏电  # HZ602
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```

    Good:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 电线裸露
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```
    """
    text = case.hazard.description
    if text and len(text) <= 2 * FEWEST and 1 < len(folded(text)) < FEWEST and not folded(text).isdigit():
        yield Fault(Text("描述只有 {n} 个字", "the description has {n} characters").of(n=len(folded(text))), ("description",))
