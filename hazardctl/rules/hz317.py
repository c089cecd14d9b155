"""HZ317: lines out of order."""

from __future__ import annotations

import itertools
from collections.abc import Iterator

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.misfits import misfits
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ317",
    kind="",
    severity=Severity.INFO,
    unordered=True,
    since="0.1",
    title=Text("流转记录没有按日期排", "lines out of order"),
    why=Text(
        "合并之后常见；计算按日期，读起来却容易看错", "common after a merge; figures go by the days all the same, readers go by the lines"
    ),
    repair=Text("核对后按日期调整行序", "check them and put the lines in the order of their days"),
)
def unsorted_lines(case: Case) -> Iterator[Fault]:
    """The lines of a history stand in the order of their days. Where the order makes a line unfit, HZ301 speaks instead.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-20, do: note, by: 李四, note: 已电话催办}
          - {date: 2024-03-18, do: note, by: 李四, note: 责任人出差}  # HZ317
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
          - {date: 2024-03-18, do: note, by: 李四, note: 责任人出差}
          - {date: 2024-03-20, do: note, by: 李四, note: 已电话催办}
        ```
    """
    late = [(position, act, above) for (_, above), (position, act) in itertools.pairwise(case.acts) if act.date < above.date]
    hazard = case.entry.kind.name == "hazard"
    named = {misfit.act.position for misfit in misfits(case) if misfit.needs} if hazard else set[int]()
    for position, act, above in late:
        if position not in named and not (hazard and act.date < case.hazard.found_on):
            message = Text("{day} 排在 {above} 之后", "{day} stands below {above}").of(day=act.date, above=above.date)
            yield Fault(message, ("history", position, "date"))
