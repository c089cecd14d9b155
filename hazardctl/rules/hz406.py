"""HZ406: a listed major, and a quarter of silence."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.majors import major_now
from hazardctl.rules.registry import Fault, rule

QUARTER: Final = 92
TELLING: Final = frozenset({"supervise", "progress", "extend", "rectify", "verify", "reopen"})


@rule(
    "HZ406",
    severity=Severity.WARNING,
    grade="major",
    since="0.1",
    title=Text("挂牌隐患一个季度没有进展", "a listed hazard, and a quarter of silence"),
    why=Text("挂牌督办的重大隐患每季度至少报一次进展", "a listed major hazard is reported on at least once a quarter"),
    repair=Text("报进展  hazardctl progress 编号 -m 情况", "report on it  hazardctl progress ID -m TEXT"),
)
def no_progress(case: Case) -> Iterator[Fault]:
    """A listed major hazard that waits for its rectification has a line every quarter (92 days).

    Bad:
        ```yaml
        # today: 2024-06-30
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 液氨机房无泄漏报警
        found_on: 2024-03-12
        grade: major
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-13, do: supervise, by: 孙八, level: county, number: 督〔2024〕2号}  # HZ406
        ```

    Good:
        ```yaml
        # today: 2024-06-30
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 液氨机房无泄漏报警
        found_on: 2024-03-12
        grade: major
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-13, do: supervise, by: 孙八, level: county, number: 督〔2024〕2号}
          - {date: 2024-05-20, do: progress, by: 赵六, note: 设备已到货}
        ```
    """
    now, today = case.now, case.setting.today
    if now is None or not (now.listed and now.open and now.claimed is None and major_now(case)):
        return
    lines = [step for step in case.steps if step.fits and step.act.do in TELLING and step.act.date <= today]
    silent = (today - lines[-1].act.date).days if lines else 0
    if silent > QUARTER:
        yield Fault(Text("{n} 天没有进展", "{n} days without a line").of(n=silent), ("history", lines[-1].position, "do"))
