"""HZ416: changed after it was passed."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.model.fingerprint import fingerprint
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ416",
    severity=Severity.WARNING,
    since="0.1",
    title=Text("复查后事实被改动", "changed after it was passed"),
    why=Text("复查人看过的不是现在写的，合格就存疑", "what the verifier saw is not what the record says now, so the pass is in doubt"),
    repair=Text("核对改动后重新复查", "look at the change and verify again"),
)
def suspect(case: Case) -> Iterator[Fault]:
    """The fingerprint a passed verification carries is still the one of the record's facts.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: rectify, by: 赵六, on_spot: true, note: 货物移走}
          - {date: 2024-03-13, do: verify, by: 李四, result: pass, fingerprint: 0123456789ab}  # HZ416
        ```

    Good:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: rectify, by: 赵六, on_spot: true, note: 货物移走}
          - {date: 2024-03-13, do: verify, by: 李四, result: pass}
        ```
    """
    span = case.now
    if span is None or not span.fingerprint or span.passed is None or span.fingerprint == fingerprint(case.hazard):
        return
    lines = [step.position for step in case.steps if getattr(step.act, "fingerprint", "") == span.fingerprint]
    yield Fault(
        Text("复查合格之后，事实或佐证被改动过", "facts or evidence were changed after the pass"), ("history", lines[-1], "fingerprint")
    )
