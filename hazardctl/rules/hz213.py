"""HZ213: a request nobody answers."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule
from hazardctl.rules.standing import after


@rule(
    "HZ213",
    severity=Severity.WARNING,
    states=("assigned", "rectifying"),
    since="0.1",
    title=Text("延期申请没有答复", "a request nobody answers"),
    why=Text(
        "申请本身不改变期限；没有答复，谁也不知道哪天算数", "a request moves nothing; without an answer nobody knows which day counts"
    ),
    repair=Text("批准或不批准  hazardctl extend [--refuse]", "grant or refuse it  hazardctl extend [--refuse]"),
)
def open_request(case: Case) -> Iterator[Fault]:
    """A request for an extension is granted or refused within `policy.review_days`, while the hazard is still open.

    Bad:
        ```yaml
        # today: 2024-04-20
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: xx-paper, due: 2024-03-27}
          - {date: 2024-03-26, do: extend, by: 赵六, decision: requested, due: 2024-04-10, reason: 货架晚到, interim: 专人值守}  # HZ213
        ```

    Good:
        ```yaml
        # today: 2024-04-20
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: xx-paper, due: 2024-03-27}
          - {date: 2024-03-26, do: extend, by: 赵六, decision: requested, due: 2024-04-10, reason: 货架晚到, interim: 专人值守}
          - {date: 2024-03-29, do: extend, by: 孙八, decision: refused, due: 2024-04-10, reason: 可以先清空}
        ```
    """
    if not case.steps or case.now is None or case.now.state not in {"assigned", "rectifying"}:
        return
    step = case.steps[-1]
    last = after(step.before, step.act, step.position, case.setting.people_of) if step.fits else step.before
    if last.request is None:
        return
    act = next(step.act for step in case.steps if step.position == last.request)
    waited = (case.setting.today - act.date).days
    if waited > case.setting.config.policy.review_days:
        yield Fault(Text("申请 {n} 天没有答复", "no answer for {n} days").of(n=waited), ("history", last.request, "decision"))
