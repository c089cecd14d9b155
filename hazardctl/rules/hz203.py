"""HZ203: an act after the end."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.misfits import misfits, said
from hazardctl.rules.registry import Fault, rule
from hazardctl.vocabulary import STATES


@rule(
    "HZ203",
    misfits=True,
    since="0.1",
    title=Text("作废或移送之后还有动作", "an act after the end"),
    why=Text("作废、移送的记录在本台账已经终结", "a withdrawn or transferred record is over for this ledger"),
    repair=Text(
        "情况说明用 hazardctl note；作废有误的，重新登记一条",
        "use hazardctl note for remarks; if it was withdrawn by mistake, register it anew",
    ),
)
def event_after_end(case: Case) -> Iterator[Fault]:
    """After `withdraw` only `note` and `correct` follow; after `transfer` these, `withdraw` and `release`.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-14, do: withdraw, by: [李四, 王五], reason: not_a_hazard}
          - {date: 2024-03-20, do: rectify, by: 赵六, on_spot: true, note: 货物移走}  # HZ203
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
          - {date: 2024-03-14, do: withdraw, by: [李四, 王五], reason: not_a_hazard}
          - {date: 2024-03-20, do: note, by: 赵六, note: 货物移走}
        ```
    """
    for misfit in misfits(case):
        if misfit.code == "HZ203":
            message = Text("{verb}写在“{state}”之后", "{verb}, though the record is {state}")
            filled = message.of(verb=said(misfit.act.event), state=STATES[misfit.act.before].label)
            yield Fault(filled, ("history", misfit.act.position, "do"))
