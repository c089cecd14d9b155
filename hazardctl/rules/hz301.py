"""HZ301: an act dated before the act it needs."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.misfits import PAST, Misfit, misfits
from hazardctl.rules.registry import Fault, rule
from hazardctl.vocabulary import ACTS, VERBS


@rule(
    "HZ301",
    misfits=True,
    since="0.1",
    title=Text("环节日期颠倒", "acts in the wrong order of days"),
    why=Text("闭环顺序 登记 <= 交办 <= 整改 <= 复查 <= 销号", "registered <= assigned <= rectified <= verified <= closed"),
)
def event_order(case: Case) -> Iterator[Fault]:
    """No act is dated before the act it needs.

    Lines are folded by their days. Where a line fits in the order of the file and only its date puts it before the line it
    needs, the date is the fault, and this rule says so instead of HZ201.

    Bad:
        ```yaml
        id: YH-20240308-3XQ9D
        schema: hazard/1
        description: 储罐区静电接地断开
        found_on: 2024-03-08
        grade: general
        history:
          - {date: 2024-03-08, do: register, by: 李四}
          - {date: 2024-03-08, do: assign, by: 李四, to: shunfa, due: 2024-03-22}
          - {date: 2024-03-18, do: rectify, by: 赵六, note: 已接地并测试}
          - {date: 2024-03-12, do: verify, by: [李四, 王五], result: pass}  # HZ301
        ```

    Good:
        ```yaml
        id: YH-20240308-3XQ9D
        schema: hazard/1
        description: 储罐区静电接地断开
        found_on: 2024-03-08
        grade: general
        history:
          - {date: 2024-03-08, do: register, by: 李四}
          - {date: 2024-03-08, do: assign, by: 李四, to: shunfa, due: 2024-03-22}
          - {date: 2024-03-18, do: rectify, by: 赵六, note: 已接地并测试}
          - {date: 2024-03-20, do: verify, by: [李四, 王五], result: pass}
        ```
    """
    for misfit in misfits(case):
        if misfit.needs and misfit.act.event.date >= case.hazard.found_on:  # what comes before the finding is HZ304
            yield _fault(case, misfit)


def _fault(case: Case, misfit: Misfit) -> Fault:
    act, needs = misfit.act.event, misfit.needs.event if misfit.needs else misfit.act.event
    title = Text(f"{ACTS[act.do].zh}日期早于{VERBS[needs.do].zh}日期", f"{PAST[act.do]} before it was {PAST[needs.do]}")
    message = Text(
        f"{ACTS[act.do].zh} {act.date} 早于{ACTS[needs.do].zh} {needs.date}", f"{PAST[act.do]} {act.date}, {PAST[needs.do]} {needs.date}"
    )
    repair = Text(
        "核对{paper}记录后  hazardctl correct {id} --event {n} --set date=日期 --reason 录入错误",
        'hazardctl correct {id} --event {n} --set date=DATE --reason "typing error"',
    )
    filled = repair.of(paper=ACTS[act.do].zh, id=case.record.id.rpartition("-")[2], n=misfit.act.position + 1)
    return Fault(message, ("history", misfit.act.position, "date"), filled, title)
