"""HZ220: claimed, and nobody looks."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ220",
    severity=Severity.WARNING,
    states=("rectified",),
    since="0.1",
    title=Text("整改完成，没有复查", "rectified, and not re-inspected"),
    why=Text("迟迟不复查，按时改好的也显不出来", "while nobody looks, work that was done in time does not show"),
    repair=Text("复查  hazardctl verify 编号 --pass 或 --fail", "re-inspect it  hazardctl verify ID --pass or --fail"),
)
def not_reviewed(case: Case) -> Iterator[Fault]:
    """A claim is looked at within `policy.review_days`. A history with lines that do not fit is mended first.

    Bad:
        ```yaml
        # today: 2024-04-10
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: xx-paper, due: 2024-03-27}
          - {date: 2024-03-19, do: rectify, by: 赵六, note: 货物移走}  # HZ220
        ```

    Good:
        ```yaml
        # today: 2024-04-10
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: xx-paper, due: 2024-03-27}
          - {date: 2024-03-19, do: rectify, by: 赵六, note: 货物移走}
          - {date: 2024-03-21, do: verify, by: 李四, result: pass}
        ```
    """
    span = case.now
    if span is None or span.state != "rectified" or span.claimed is None or case.replay.misfits:
        return
    days = (case.setting.today - span.claimed).days
    if days > case.setting.config.policy.review_days:
        position = max(step.position for step in case.steps if step.act.do == "rectify" and step.act.date == span.claimed)
        yield Fault(
            Text("整改完成 {n} 天还没有复查", "rectified {n} days ago and not re-inspected").of(n=days), ("history", position, "do")
        )
