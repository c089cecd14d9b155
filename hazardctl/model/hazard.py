"""The hazard (隐患): what is wrong, where, since when, and its history (DOMAIN §2.2)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import ClassVar, Final, Literal

from hazardctl.model.events import amended
from hazardctl.model.fields import Amount, Day, Names, Part, Places, Words, fact
from hazardctl.model.record import Record

PLAN_ITEMS: Final = ("target", "measures", "funds", "staff", "schedule", "emergency")


class Provision(Part, frozen=True):
    """A provision or criterion that is violated (判定依据)."""

    doc: Words = fact("文件", "document", need="always")
    article: Words = fact("条款", "article")
    text: Words = fact("内容", "text")


class Party(Part, frozen=True):
    """A unit that has part in it, and as what (相关方)."""

    unit: Words = fact("单位", "unit", need="always", ref="unit")
    role: Words = fact("角色", "role", need="always", words="roles")


class PlanItem(Part, frozen=True):
    """One item of the treatment plan of a major hazard; done when it has a day."""

    text: Words = fact("内容", "text")
    done_on: Day | None = fact("落实日期", "done on", None)
    doc: Words = fact("文件", "document", ref="document")


class Plan(Part, frozen=True):
    """The six-item treatment plan (治理方案; 16号令, 浙江省安全生产条例 art. 15)."""

    target: PlanItem | None = fact("目标任务", "target", None)
    measures: PlanItem | None = fact("方法措施", "measures", None)
    funds: PlanItem | None = fact("经费物资", "funds", None)
    staff: PlanItem | None = fact("机构人员", "staff", None)
    schedule: PlanItem | None = fact("时限要求", "time limit", None)
    emergency: PlanItem | None = fact("安全措施和应急预案", "safety measures and contingency plan", None)

    def done_on(self, item: str) -> dt.date | None:
        """Give the day an item was done, or None."""
        part: PlanItem | None = getattr(self, item)
        return part.done_on if part else None

    def undone(self, day: dt.date) -> Iterator[str]:
        """Name the items not done by a day, in the order of the plan."""
        for item in PLAN_ITEMS:
            done = self.done_on(item)
            if done is None or done > day:
                yield item


class Report(Part, frozen=True):
    """A report to the regulator or the workers' congress (law art. 41)."""

    date: Day | None = fact("日期", "date", None, need="always")
    to: Words = fact("报告对象", "reported to", need="always")
    by: Words = fact("报告人", "reported by")
    doc: Words = fact("文件", "document", ref="document")


class Notice(Part, frozen=True):
    """How and when the staff was told (law art. 41)."""

    date: Day | None = fact("日期", "date", None, need="always")
    way: Words = fact("方式", "way", need="always")


class Evidence(Part, frozen=True):
    """A photograph or paper: a path under the ledger root with its SHA-256, or a URL."""

    kind: Words = fact("类别", "kind", need="always", words="evidence_kinds")
    path: Words = fact("文件路径", "path")
    url: Words = fact("网址", "URL")
    sha256: Words = fact("校验值", "SHA-256")
    date: Day | None = fact("日期", "date", None)
    by: Words = fact("提供人", "by")


class Hazard(Record, frozen=True):
    """One hazard: facts as they stand, and an append-only history from which every state is computed."""

    essential: ClassVar[frozenset[str]] = frozenset({"id", "schema", "found_on", "grade", "history"})
    own_date: ClassVar[str] = "found_on"

    title: Words = fact("标题", "title")
    description: Words = fact("隐患描述", "description", need="always")
    found_on: Day = fact("发现日期", "found on", ..., need="always")
    source: Words = fact("隐患来源", "source", need="always", words="sources")
    inspection: Words = fact("检查", "inspection", ref="inspection")
    campaign: Names = fact("专项行动", "campaigns", (), ref="campaign")
    found_by: Names = fact("发现人", "found by", ())
    found_by_org: Words = fact("检查单位", "inspecting body", need="always", ref="unit")
    unit: Words = fact("受检单位", "inspected unit", need="always", ref="unit")
    site: Words = fact("隐患部位", "site", need="should")
    sector: Words = fact("行业领域", "sector", need="always", words="sectors")
    grade: Literal["general", "major"] = fact("隐患等级", "grade", ..., need="always", words="grades")
    local_grade: Words = fact("本地分级", "local grade")
    category: Words = fact("隐患类别", "category", need="should", words="categories")
    cause_code: Words = fact("原因细类", "cause code", words="cause_codes")
    accident_types: Names = fact("可能事故类型", "accidents it may lead to", (), words="accident_types")
    basis: tuple[Provision, ...] = fact("判定依据", "basis", (), need="should")
    cause: Words = fact("现状及原因", "state and cause", need="major")
    consequence: Words = fact("危害程度", "harm and scope", need="major")
    requirement: Words = fact("整改要求", "requirement", need="should")
    interim: Words = fact("临时管控措施", "interim control", need="major")
    quantity: Places = fact("数量（处）", "number of places", 1)
    parties: tuple[Party, ...] = fact("相关方", "parties", ())
    risk_point: Words = fact("风险点", "risk point", ref="risk_point")
    failed_control: Words = fact("失效措施", "failed control")
    stop: Words = fact("停产停用", "production stopped", "none", words="stops")
    plan: Plan | None = fact("治理方案", "treatment plan", None, need="major")
    funds_planned: Amount | None = fact("计划投入（元）", "funds planned, yuan", None, need="major")
    funds_spent: Amount | None = fact("实际投入（元）", "funds spent, yuan", None)
    reports: tuple[Report, ...] = fact("报告", "reports", (), need="major")
    notices: tuple[Notice, ...] = fact("通报", "notices to staff", (), need="should")
    evidence: tuple[Evidence, ...] = fact("佐证", "evidence", ())
    recurrence_of: Words = fact("重复隐患", "recurrence of", ref="hazard")
    split_from: Words = fact("拆分自", "split from", ref="hazard")
    same_as: Names = fact("同一隐患", "same as", ())

    @property
    def headline(self) -> str:
        """Give the short name: the title, else the first 20 characters of the description."""
        return self.title or self.description[:20]

    @property
    def entry(self) -> dt.date:
        """Give the first day the record exists: the day found, for a split child the day of the split (DOMAIN §4.1)."""
        if not self.split_from:
            return self.found_on
        days = [act.recorded for act in amended(self.history)[0] if act.do == "register" and act.recorded]
        return max([self.found_on, *days])

    @property
    def repeat_key(self) -> tuple[str, str, str] | None:
        """Give unit, category or first basis, and site; None when a part is missing (DOMAIN §4.2 `repeat.rate`)."""
        what = self.category or (self.basis[0].doc if self.basis else "")
        return (self.unit, what, self.site) if self.unit and what and self.site else None

    def spent(self) -> Decimal:
        """Give the money spent, 0 where none is written, in yuan."""
        return self.funds_spent or Decimal(0)
