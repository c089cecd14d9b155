"""HZ414: the words say major, the grade says general."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from hazardctl.diagnostics import Severity
from hazardctl.history import OPEN
from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule

CITED: Final = re.compile(r"(?<![非无])重大(?:事故|火灾|生产安全事故|安全)?隐患")
DENIED: Final = re.compile(r"(?:不属于?|不构成|未构成|不是|未达到?|排除)[^，。；]{0,6}重大(?:事故|火灾|生产安全事故|安全)?隐患")


@rule(
    "HZ414",
    severity=Severity.WARNING,
    states=OPEN,
    grade="general",
    since="0.1",
    title=Text("疑似降格认定", "the words say major, the grade says general"),
    why=Text(
        "引用了重大隐患的判定标准，却按一般登记，重大的要求就都没了",
        "what is found against a criterion for major hazards loses every duty of one when it is graded general",
    ),
    repair=Text(
        "确属重大的调级  hazardctl regrade --grade major；不属的写明理由",
        "if it is major  hazardctl regrade --grade major; if not, say why",
    ),
)
def under_graded(case: Case) -> Iterator[Fault]:
    """A general hazard does not cite a criterion for major ones, in its description or its basis.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 液氨机房无泄漏报警
        found_on: 2024-03-12
        grade: general  # HZ414
        basis: [{doc: 工贸企业重大事故隐患判定标准, text: 涉氨制冷情形}]
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```

    Good:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 液氨机房无泄漏报警
        found_on: 2024-03-12
        grade: major
        basis: [{doc: 工贸企业重大事故隐患判定标准, text: 涉氨制冷情形}]
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```
    """
    hazard = case.hazard
    if case.now is None or case.now.grade != "general" or not case.now.open:
        return
    texts = [hazard.description, *(f"{one.doc} {one.text}" for one in hazard.basis)]
    cited = next((found[0] for text in texts if not DENIED.search(text) and (found := CITED.search(text))), "")
    if cited:
        yield Fault(Text("写到“{it}”，等级却是一般", "“{it}” is cited, and the grade is general").of(it=cited), ("grade",))
