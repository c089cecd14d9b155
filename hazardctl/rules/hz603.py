"""HZ603: several problems in one record."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule

NUMBERED: Final = re.compile(
    r"[（(](?P<a>[1-9一二三四五六七八九])[）)]|(?P<b>[①-⑨])"
    r"|(?:^|[\s，,。；;：:])(?:(?P<c>[1-9])[）)、．]|(?P<d>[1-9])\.(?!\d)|(?P<e>[一二三四五六七八九])是)"
)
NUMERAL: Final = re.compile(r"[1-9一二三四五六七八九①-⑨]")
JOINED: Final = re.compile(r"[、；;\n]|。(?=.)")
FAULT: Final = re.compile(
    r"未|无|没有|缺|失效|失灵|过期|到期|损坏|破损|破裂|老化|裸露|脱落|松动|下沉|塌|裂|漏|堵|占用|堆放|锈|断|不符|不足|不全|不规范|违规|超期|超载|短路"
)  # without letters that have a case: so a search looks for first characters alone
IN_ENGLISH: Final = re.compile(r"missing|broken|expired|blocked|leak|damaged|worn|exposed|without", re.IGNORECASE)
_LATIN: Final = re.compile(r"[A-Za-z]")
SHORTEST: Final = 4
"""Characters of a problem that could stand alone: in “电线老化、裸露” one thing has two words."""


@rule(
    "HZ603",
    severity=Severity.INFO,
    fields=("description",),
    since="0.1",
    title=Text("一条记录写了几个问题", "several problems in one record"),
    why=Text(
        "几个问题只能一起算整改，改了一个也显示不出来，数也少了",
        "they can only be closed together: half the work cannot be shown, and they count as one",
    ),
    repair=Text(
        "一个问题一条  hazardctl withdraw 编号 --reason split --into 编号",
        "one record each  hazardctl withdraw ID --reason split --into IDS",
    ),
)
def several_in_one(case: Case) -> Iterator[Fault]:
    """A description holds no numbered list, and no two problems joined by 、 or ；.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 东侧护坡下沉、燃气供应合同到期  # HZ603
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```

    Good:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 灭火器、消火栓均已过期
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```
    """
    n = problems(case.hazard.description)
    if n > 1:
        yield Fault(Text("像是 {n} 个问题写在一起", "this looks like {n} problems in one").of(n=n), ("description",))


def _names_fault(part: str) -> bool:
    return bool(FAULT.search(part) or (_LATIN.search(part) and IN_ENGLISH.search(part)))


def problems(text: str) -> int:
    """Count the problems a description names; 1 unless it numbers or joins them."""
    many, pieces = len(NUMERAL.findall(text)) > 1, JOINED.split(text)
    numbers = {found[found.lastgroup or 0] for found in NUMBERED.finditer(text)} if many else ()
    parts = [part for part in pieces if len(part.strip()) >= SHORTEST and _names_fault(part)] if len(pieces) > 1 else ()
    return max(len(numbers), len(parts), 1)
