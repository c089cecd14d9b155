"""HZ308: working days of a year that has no calendar yet."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.deadlines import ask_by, latest, sets_deadline
from hazardctl.rules.registry import Fault, rule
from hazardctl.rules.standing import Step


@rule(
    "HZ308",
    verbs=("assign", "extend", "reopen", "verify"),
    severity=Severity.WARNING,
    since="0.1",
    title=Text("工作日安排尚未公布", "the calendar of the year is not published"),
    why=Text(
        "没有公布的年份只能按周一至周五计，结果可能不准", "in a year without a calendar Monday to Friday is counted, which may be wrong"
    ),
    repair=Text(
        "公布后升级日历，或在 hazardctl.yaml 的 calendar.overrides 写明",
        "upgrade the calendar once it is out, or state the days in calendar.overrides of hazardctl.yaml",
    ),
)
def calendar_unpublished(case: Case, step: Step) -> Iterator[Fault]:
    """What is counted in working days lies in years whose calendar is published.

    It is said only where the policy counts working days: plain days need no calendar.

    Bad:
        ```yaml
        # file: hazardctl.yaml
        # today: 2029-03-01
        schema: config/1
        deadlines: {rules: [{days: 10, count: working}]}
        ---
        id: YH-20290212-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2029-02-12
        grade: general
        history:
          - {date: 2029-02-12, do: register, by: 李四}
          - {date: 2029-02-12, do: assign, by: 李四, to: xx-paper, due: 2029-02-20}  # HZ308
        ```

    Good:
        ```yaml
        # file: hazardctl.yaml
        # today: 2029-03-01
        schema: config/1
        deadlines: {rules: [{days: 10}]}
        ---
        id: YH-20290212-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2029-02-12
        grade: general
        history:
          - {date: 2029-02-12, do: register, by: 李四}
          - {date: 2029-02-12, do: assign, by: 李四, to: xx-paper, due: 2029-02-20}
        ```
    """
    if step.act.do == "extend":
        counted = ask_by(case, step.before, step.before.due) if step.before.due else None
    else:
        counted = latest(case, step) if sets_deadline(step) is not None else None
    if counted and counted.guessed_years:
        years = sorted(counted.guessed_years)
        message = Text("{years} 年的工作日按周一至周五计", "working days of {years} are counted Monday to Friday").of(years=years)
        yield Fault(message, ("history", step.position, "due"))
