"""HZ201: an act that the life cycle does not allow there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hazardctl.language import Text
from hazardctl.rules.case import Case
from hazardctl.rules.misfits import fitting, misfits, said
from hazardctl.rules.registry import Fault, rule
from hazardctl.vocabulary import STATES, VERBS

ELSEWHERE: Final = frozenset({"register", "note", "correct", "withdraw"})


@rule(
    "HZ201",
    kind="",
    since="0.1",
    title=Text("此状态下不能有这一步", "an act that is not allowed there"),
    why=Text(
        "不合流程的一步不算数：状态和数字里都没有它", "an act that does not fit counts for nothing: neither state nor figures know of it"
    ),
)
def event_not_allowed(case: Case) -> Iterator[Fault]:
    """Every line of a history fits the state that the lines before it lead to (the transition table).

    Where a closer name exists it is used instead: HZ202 without `register`, HZ203 after the end, HZ204 closed without
    re-inspection, HZ301 where only the dates are in disorder. Records of other kinds know `register`, `note`, `correct` and
    `withdraw` alone.

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
          - {date: 2024-03-20, do: close, by: 孙八, reason: rectified}  # HZ201
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
    if case.entry.kind.name != "hazard":
        yield from _of_another_kind(case)
        return
    for misfit in () if case.fits else misfits(case):
        if misfit.code == "HZ201":
            act, state = misfit.act.event, misfit.act.before
            message = Text("“{state}”状态下不能{verb}", "{verb} does not fit: the hazard is {state}")
            filled = message.of(state=STATES[state].label if state in STATES else state, verb=said(act))
            repair = Text("此状态下可以：{it}", "what fits now: {it}").of(it=fitting(state))
            yield Fault(filled, ("history", misfit.act.position, "do"), repair)


def _of_another_kind(case: Case) -> Iterator[Fault]:
    for position, act in case.acts:
        if act.do not in ELSEWHERE:
            message = Text("只有隐患才有“{verb}”这一步", "only a hazard has a {verb} line").of(verb=said(act))
            repair = Text("这里可以：{it}", "what fits here: {it}").of(it=[VERBS[verb].label for verb in VERBS if verb in ELSEWHERE])
            yield Fault(message, ("history", position, "do"), repair)
