"""HZ223: a listing that does not fit."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ223",
    severity=Severity.WARNING,
    acts=("supervise",),
    since="0.1",
    title=Text("挂牌督办对不上", "a listing that does not fit"),
    why=Text(
        "挂牌只对重大隐患，销号后要摘牌，督办数才是真的",
        "only major hazards are listed, and what is closed is released; otherwise the count of listed ones is false",
    ),
    repair=Text("摘牌  hazardctl release 编号 --number 文号", "release it  hazardctl release ID --number NUMBER"),
)
def listing(case: Case) -> Iterator[Fault]:
    """A hazard that is listed is a major one, and a listing ends after the closing.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-13, do: supervise, by: 孙八, level: county, number: 县安委办督〔2024〕2号}  # HZ223
        ```

    Good:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 液氨机房无泄漏报警
        found_on: 2024-03-12
        grade: major
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-13, do: supervise, by: 孙八, level: county, number: 县安委办督〔2024〕2号}
        ```
    """
    lines = [step for step in case.steps if step.act.do == "supervise" and step.fits]
    if not lines:
        return
    for step in lines:
        if step.before.grade != "major":
            yield Fault(Text("一般隐患被挂牌督办", "a general hazard is listed"), ("history", step.position, "do"))
    now = case.now
    if now and now.listed and now.state in {"closed", "withdrawn"}:
        yield Fault(Text("已了结，还没有摘牌", "it is over and was never released"), ("history", lines[-1].position, "do"))
