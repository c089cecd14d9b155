"""The kinds of paper that `notice` prints, and what a template may name (DOMAIN §10, EXPERIENCE §8.2-8.5)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from hazardctl.errors import UsageError
from hazardctl.language import Text


@dataclass(frozen=True, slots=True)
class Paper:
    """A kind of paper.

    Attributes:
        key: as typed after `--kind`, and the name of its template.
        document: kind of the document it is recorded as (DOMAIN §8.5).
        title: printed on it.
        signers: how many officers sign it.
    """

    key: str
    document: str
    title: Text
    signers: int = 1


PAPERS: Final[Mapping[str, Paper]] = {
    one.key: one
    for one in (
        Paper("notice", "rectify_notice", Text("事故隐患限期整改通知书", "Notice to rectify hazards")),
        Paper("order", "order", Text("责令限期整改指令书", "Order to rectify by a day"), signers=2),
        Paper("reinspect", "review_opinion", Text("整改复查意见书", "Review opinion"), signers=2),
        Paper("extension", "extension_reply", Text("延期整改审批意见书", "Decision on an extension")),
        Paper("listing", "supervision_notice", Text("重大事故隐患挂牌督办通知书", "Notice of supervision of a major hazard")),
        Paper("acceptance", "acceptance", Text("事故隐患整改验收意见书", "Acceptance opinion")),
    )
}

FIELDS: Final[Mapping[str, Text]] = {
    "issuer": Text("制发单位", "who issues it"),
    "title": Text("标题", "title"),
    "number": Text("文号", "number"),
    "date": Text("日期", "day of the paper"),
    "unit": Text("责任单位", "responsible unit"),
    "address": Text("单位地址", "address of the unit"),
    "found_on": Text("检查日期", "days of the inspection"),
    "inspectors": Text("检查人", "who inspected"),
    "count": Text("隐患项数", "how many hazards"),
    "majors": Text("重大隐患的序号，没有则空", "places of the major ones, or nothing"),
    "items": Text("逐项（见下）", "the hazards, one by one"),
    "passed": Text("复查合格的各项", "those that passed"),
    "failed": Text("复查不合格的各项", "those that failed"),
    "verifiers": Text("复查人", "who reviewed"),
    "verified_on": Text("复查日期", "days of the review"),
    "previous": Text("前序文书：title、number、date", "the paper before it: title, number, date"),
    "signers": Text("签发人员：name、cert", "who signs: name, cert"),
}
"""What a template may name."""

ITEM: Final[Mapping[str, Text]] = {
    "no": Text("序号", "place"),
    "id": Text("编号", "id"),
    "hazard": Text("隐患描述", "description"),
    "site": Text("部位", "site"),
    "grade": Text("级别", "grade"),
    "basis": Text("判定依据", "basis"),
    "requirement": Text("整改要求", "requirement"),
    "person": Text("整改责任人", "responsible person"),
    "due": Text("期限", "due"),
    "first_due": Text("最初期限", "first deadline"),
    "done": Text("整改情况", "what was done"),
    "rectified_on": Text("整改完成日期", "day of the claim"),
    "reason": Text("不合格原因", "why it failed"),
    "planned": Text("计划投入（元）", "funds planned, yuan"),
    "spent": Text("实际投入（元）", "funds spent, yuan"),
    "old_due": Text("延期前期限", "deadline before the extension"),
    "asked_on": Text("申请日期", "day it was asked for"),
    "asked_due": Text("申请延至", "day asked for"),
    "why": Text("延期理由", "why it was asked for"),
    "interim": Text("临时管控措施", "interim control"),
    "decision": Text("审批意见", "decision"),
    "approver": Text("审批人", "who decided"),
    "decided_on": Text("审批日期", "day of the decision"),
    "extensions": Text("已延期次数", "extensions granted so far"),
    "level": Text("督办层级", "level of supervision"),
    "listing_number": Text("督办文号", "number of the listing"),
    "listed_on": Text("挂牌日期", "day of the listing"),
    "listing_due": Text("督办期限", "deadline named in the listing"),
    "plan_by": Text("报送方案期限", "day the plan is due"),
    "apply_by": Text("最迟申请延期日", "last day to ask for an extension"),
}
"""What each of `items`, `passed` and `failed` has."""

NO_KIND: Final = Text("没有“{it}”这种文书", 'there is no paper "{it}"')
KINDS: Final = Text("可以用：{all}", "there are: {all}")


def paper(text: str) -> Paper:
    """Find a kind of paper by its key or its Chinese title.

    Raises:
        UsageError: there is none.
    """
    word = text.strip().casefold()
    found = PAPERS.get(word) or next((one for one in PAPERS.values() if one.title.zh == word), None)
    if found:
        return found
    raise UsageError(NO_KIND.of(it=text), KINDS.of(all=[f"{one.key}（{one.title.zh}）" for one in PAPERS.values()]))
