"""HZ401: claimed without proof."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule
from hazardctl.rules.standing import Step


@rule(
    "HZ401",
    verbs=("rectify",),
    severity=Severity.WARNING,
    since="0.1",
    title=Text("没有整改后佐证", "claimed without proof"),
    why=Text("没有照片或文书，复查时只能凭一句话", "without a photograph or a paper the re-inspection has nothing but words"),
    repair=Text("补照片  hazardctl note 编号 -m 补充佐证 --photo 文件", "add one  hazardctl note ID -m evidence --photo FILE"),
)
def no_after_evidence(case: Case, step: Step) -> Iterator[Fault]:
    """A claim that the work is done has evidence: on its line, or of kind `after` in the record. An error for majors.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: rectify, by: 赵六, on_spot: true, note: 货物移走}  # HZ401
        ```

    Good:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        evidence:
          - {kind: after, url: "https://example.org/7k2qf-1.jpg"}
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: rectify, by: 赵六, on_spot: true, note: 货物移走}
        ```
    """
    if step.act.evidence or any(one.kind == "after" for one in case.hazard.evidence):
        return
    severity = Severity.ERROR if step.before.grade == "major" else None
    yield Fault(Text("整改完成没有佐证", "the claim has no evidence"), ("history", step.position, "do"), severity=severity)
