"""HZ215: withdrawn without what a withdrawal needs."""

from __future__ import annotations

from collections.abc import Iterator

from hazardctl.language import Text
from hazardctl.model.events import Withdrawn
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule


@rule(
    "HZ215",
    kind="",
    acts=("withdraw",),
    since="0.1",
    title=Text("作废手续不全", "a withdrawal that lacks something"),
    why=Text(
        "作废会让记录退出所有数字，要有理由，要两个人",
        "a withdrawal takes the record out of every figure: it needs a reason and two people",
    ),
    repair=Text(
        "重做  hazardctl withdraw 编号 --reason … --by 甲,乙 [--of 编号]",
        "do it again  hazardctl withdraw ID --reason … --by A,B [--of ID]",
    ),
)
def bad_withdrawal(case: Case) -> Iterator[Fault]:
    """A withdrawal names its reason and two people; a duplicate or merged one what stays (`of`), a split its children (`into`).

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-14, do: withdraw, by: 李四, reason: not_a_hazard}  # HZ215
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
        ```
    """
    for position, act in case.acts:
        if isinstance(act, Withdrawn) and (lacks := list(_lacks(act, case))):
            message = Text("作废缺少：{it}", "the withdrawal lacks {it}").of(it=[text for _, text in lacks])
            yield Fault(message, ("history", position, lacks[0][0]))


def _lacks(act: Withdrawn, case: Case) -> Iterator[tuple[str, Text]]:
    if not act.reason:
        yield "reason", Text("作废原因 reason", "its reason")
    if len({case.setting.person(name) for name in act.by if name.strip()}) < 2:
        yield "by", Text("第二个人", "a second person in by")
    if act.reason in {"duplicate", "merged"} and not act.of:
        yield "of", Text("保留的记录 of", "the record that stays, of")
    if act.reason == "split" and not act.into:
        yield "into", Text("拆分成的记录 into", "the records it was split into, into")
