"""HZ204: closed, and nobody looked."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.misfits import misfits
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ204",
    misfits=True,
    since="0.1",
    title=Text("未经复查就销号", "closed without re-inspection"),
    why=Text("不复查就销号是最常见的假闭环", "striking off what nobody re-inspected is the classic false closing"),
    repair=Text("先复查  hazardctl verify，合格后再销号", "re-inspect first  hazardctl verify, then close"),
)
def closed_unverified(case: Case) -> Iterator[Fault]:
    """A hazard that was rectified is re-inspected and passed before it is closed.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: xx-paper, due: 2024-03-27}
          - {date: 2024-03-18, do: rectify, by: 赵六, note: 货物移走}
          - {date: 2024-03-20, do: close, by: 孙八, reason: rectified}  # HZ204
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
          - {date: 2024-03-12, do: assign, by: 李四, to: xx-paper, due: 2024-03-27}
          - {date: 2024-03-18, do: rectify, by: 赵六, note: 货物移走}
          - {date: 2024-03-19, do: verify, by: 李四, result: pass}
          - {date: 2024-03-20, do: close, by: 孙八, reason: rectified}
        ```
    """
    for misfit in misfits(case):
        if misfit.code == "HZ204":
            message = Text("整改之后没有复查合格就销号", "closed after the claim, without a passed re-inspection")
            yield Fault(message, ("history", misfit.act.position, "do"))
