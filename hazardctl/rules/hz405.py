"""HZ405: major without a basis."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.language import Text
from hazardctl.model.events import Regraded
from hazardctl.rules.case import Case
from hazardctl.rules.majors import major_now
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ405",
    grade="major",
    since="0.1",
    title=Text("重大隐患没有判定依据", "major without a basis"),
    why=Text(
        "重大隐患按判定标准认定（安全生产法第一百一十八条）", "a major hazard is found against a list of criteria (安全生产法 art. 118)"
    ),
    repair=Text("写明 basis 的文件和条款", "name document and article in basis"),
)
def major_no_basis(case: Case) -> Iterator[Fault]:
    """A major hazard names the provision or criterion it was found against, in `basis` or in the regrading that made it major.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 液氨机房无泄漏报警
        found_on: 2024-03-12
        grade: major  # HZ405
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
    said = bool(case.hazard.basis) or any(isinstance(step.act, Regraded) and step.act.basis for step in case.steps)
    if major_now(case) and not said:
        yield Fault(Text("重大隐患缺少判定依据 basis", "a major hazard without basis"), ("grade",))
