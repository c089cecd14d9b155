"""HZ412: an opinion that follows no order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hazardctl.language import Text
from hazardctl.ledger import Ledger
from hazardctl.model.document import Document
from hazardctl.rules.case import Case
from hazardctl.rules.registry import Fault, rule
from hazardctl.vocabulary import BUILT_IN

ORDERS: Final = ("on_site_decision", "order", "coercive_order")
NAMED: Final = [BUILT_IN["document_kinds"][kind].label for kind in ORDERS]


def may_follow(ledger: Ledger, issuer: str, before: Document) -> bool:
    """Say whether a review opinion of an issuer may answer a paper: an order, else its own notice where it may not enforce."""
    if before.kind in ORDERS:
        return True
    organisation = ledger.config.organisation
    own = organisation.name != "" and ledger.unit_name(issuer) == ledger.unit_name(before.issuer) == organisation.name
    return before.kind == "rectify_notice" and own and not organisation.enforcement


@rule(
    "HZ412",
    kind="document",
    fields=("kind",),
    since="0.1",
    title=Text("复查意见书没有前序文书", "an opinion that follows no order"),
    why=Text(
        "复查意见书答复的是一份决定书或指令书；查不到那一份，复查了什么就说不清",
        "a review opinion answers a decision or an order; without that paper nobody can say what was reviewed",
    ),
    repair=Text("在 previous 写上那份文书的编号；没有登记的先登记", "name that paper in previous; register it first where it is missing"),
)
def opinion_without_order(case: Case) -> Iterator[Fault]:
    """A review opinion names the on-site decision, order or coercive order it follows.

    An organisation that may not enforce issues no such paper: its own opinion may follow its own notice to rectify.

    Bad:
        ```yaml
        id: WJ-20240428-6NGYK
        schema: document/1
        date: 2024-04-28
        kind: review_opinion  # HZ412
        title: 整改复查意见书
        issuer: shili-emergency
        hazards: [YH-20240312-7K2QF]
        ```

    Good:
        ```yaml
        id: WJ-20240428-6NGYK
        schema: document/1
        date: 2024-04-28
        kind: review_opinion
        title: 整改复查意见书
        issuer: shili-emergency
        hazards: [YH-20240312-7K2QF]
        previous: WJ-20240312-1FJ7A
        ---
        id: WJ-20240312-1FJ7A
        schema: document/1
        date: 2024-03-12
        kind: order
        title: 责令限期整改指令书
        issuer: shili-emergency
        hazards: [YH-20240312-7K2QF]
        ```
    """
    paper = case.record
    if not isinstance(paper, Document) or paper.kind != "review_opinion":
        return
    if not paper.previous:
        yield Fault(Text("复查意见书没有写前序文书", "the review opinion names no paper before it"), ("kind",))
        return
    before = case.setting.ledger.by_id.get(paper.previous)
    if before and isinstance(before.record, Document) and not may_follow(case.setting.ledger, paper.issuer, before.record):
        message = Text("前序文书 {id} 是“{kind}”，应为{kinds}", "{id} is a “{kind}”; it must be one of: {kinds}")
        label = case.setting.ledger.label("document_kinds", before.record.kind)
        yield Fault(message.of(id=paper.previous, kind=label, kinds=NAMED), ("previous",))
