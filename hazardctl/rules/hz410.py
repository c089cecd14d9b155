"""HZ410: a treatment plan with gaps."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from hazardctl.language import Text
from hazardctl.model.hazard import Plan
from hazardctl.rules.case import Case
from hazardctl.rules.majors import major_now, major_since
from hazardctl.rules.registry import AT_KEY, Fault, rule
from hazardctl.vocabulary import PLAN_ITEMS


@rule(
    "HZ410",
    grade="major",
    since="0.1",
    title=Text("重大隐患治理方案不完整", "the plan of a major hazard has gaps"),
    why=Text("六项都落实了才算有方案，销号时一项也不能少", "a plan is six items done; at the closing none may be missing"),
    repair=Text("落实后在 plan 补上内容和 done_on", "carry them out and write text and done_on into plan"),
)
def major_no_plan(case: Case) -> Iterator[Fault]:
    """The six items of a major hazard's plan are done within `policy.plan_days`, and complete at its closing.

    Bad:
        ```yaml
        # today: 2024-04-01
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 液氨机房无泄漏报警
        found_on: 2024-03-12
        grade: major
        plan:  # HZ410
          target: {text: 六十日内消除, done_on: 2024-03-15}
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```

    Good:
        ```yaml
        # today: 2024-04-01
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 液氨机房无泄漏报警
        found_on: 2024-03-12
        grade: major
        plan:
          target: {text: 六十日内消除, done_on: 2024-03-15}
          measures: {text: 安装八个探头并联锁, done_on: 2024-03-15}
          funds: {text: 自筹十二万元, done_on: 2024-03-17}
          staff: {text: 设备部牵头, done_on: 2024-03-15}
          schedule: {text: 四月底前完成, done_on: 2024-03-15}
          emergency: {text: 修订泄漏处置预案, done_on: 2024-03-19}
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ```
    """
    if not major_now(case) or (day := _judged_on(case)) is None:
        return
    plan = case.hazard.plan or Plan()
    if gaps := list(plan.undone(day)):
        items = [PLAN_ITEMS[item].label for item in gaps]
        message = Text("重大隐患治理方案不完整：缺“{it}”", "major hazard: the plan lacks “{it}”").of(it=items)
        yield Fault(message, ("plan", AT_KEY) if case.hazard.plan else ("grade",))


def _judged_on(case: Case) -> dt.date | None:
    """Give the day by which the items must be done: of the closing, else today once the days of the policy are over."""
    if case.now and case.now.closed:
        return case.now.closed
    limit = major_since(case) + dt.timedelta(days=case.setting.config.policy.plan_days)
    return case.setting.today if case.setting.today > limit else None
