"""HZ413: an order with gaps."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.model.document import Document
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule

SIGNED: Final = frozenset({"order", "review_opinion"})
OFFICERS: Final = 2


@rule(
    "HZ413",
    kind="document",
    severity=Severity.WARNING,
    fields=("kind",),
    since="0.1",
    title=Text("文书缺项", "an order with gaps"),
    why=Text(
        "没有逐项、没有期限、不足两名执法人员签字，文书经不起复议",
        "without items, their days and the names of two officers an order does not stand up to an appeal",
    ),
    repair=Text(
        "补 items（每项写 due）和 signers（两人，写证号）", "add items, each with its due day, and two signers with their certificates"
    ),
)
def weak_order(case: Case) -> Iterator[Fault]:
    """An order lists its items, each with a day; orders and review opinions are signed by two officers.

    Bad:
        ```yaml
        id: WJ-20240312-1FJ7A
        schema: document/1
        date: 2024-03-12
        kind: order
        title: 责令限期整改指令书
        issuer: shili-emergency
        hazards: [YH-20240312-7K2QF]
        items: [{hazard: YH-20240312-7K2QF}]  # HZ413
        signers: [{name: 李四, cert: A0001}]  # HZ413
        ```

    Good:
        ```yaml
        id: WJ-20240312-1FJ7A
        schema: document/1
        date: 2024-03-12
        kind: order
        title: 责令限期整改指令书
        issuer: shili-emergency
        hazards: [YH-20240312-7K2QF]
        items: [{hazard: YH-20240312-7K2QF, due: 2024-03-27}]
        signers: [{name: 李四, cert: A0001}, {name: 王五, cert: A0002}]
        ```
    """
    paper = case.record
    if not isinstance(paper, Document) or paper.kind not in SIGNED:
        return
    if paper.kind == "order" and not paper.items:
        yield Fault(Text("指令书没有逐项写明", "the order lists no items"), ("kind",))
    for position, item in enumerate(paper.items if paper.kind == "order" else ()):
        if item.due is None:
            yield Fault(Text("{it} 没有期限", "{it} has no due day").of(it=item.hazard), ("items", position, "due"))
    names = {case.setting.person(signer.name) for signer in paper.signers if signer.name.strip()}
    if len(names) < OFFICERS:
        message = Text("执法人员 {n} 名，应为 {of} 名", "{n} of {of} officers signed").of(n=len(names), of=OFFICERS)
        yield Fault(message, ("signers",) if paper.signers else ("kind",))
