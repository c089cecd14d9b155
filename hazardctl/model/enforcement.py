"""The enforcement decision (执法处罚): what an authority ordered, sealed, fined or stopped (DOMAIN §2.6)."""

from __future__ import annotations

import datetime as dt
from typing import ClassVar, Final

from hazardctl.model.fields import Amount, Count, Day, Moment, Names, Part, Words, fact
from hazardctl.model.record import Record

MONEY: Final = "kind: fine daily_fine confiscation"
PERSONS: Final = "kind: detention criminal_referral summons"
STOP_KINDS: Final = ("stop_production", "three_stops", "temp_sealed", "sealed", "stop_supply")
"""Decisions that are in force from a day until they are lifted."""
STOPS: Final = f"kind: {' '.join(STOP_KINDS)}"


class Ground(Part, frozen=True):
    """A provision a decision rests on."""

    doc: Words = fact("文件", "document", need="always")
    article: Words = fact("条款", "article")


class Enforcement(Record, frozen=True):
    """A decision against one unit or several."""

    essential: ClassVar[frozenset[str]] = frozenset({"id", "schema", "date"})
    own_date: ClassVar[str] = "date"

    date: Day = fact("决定日期", "decided on", ..., need="always")
    kind: Words = fact("种类", "kind", need="always", words="enforcement_kinds")
    sub: Words = fact("细类", "second level", words="enforcement_subs")
    org: Words = fact("执法单位", "deciding authority", need="always", ref="unit")
    unit: Words = fact("相对人", "unit concerned", need="always", unless="units", ref="unit")
    units: Names = fact("相对人（多个）", "units concerned", (), ref="unit")
    hazards: Names = fact("关联隐患", "hazards", (), need="should", ref="hazard")
    inspection: Words = fact("检查", "inspection", need="should", ref="inspection")
    campaign: Names = fact("专项行动", "campaigns", (), need="should", ref="campaign")
    sector: Words = fact("行业", "sector", words="sectors")
    basis: tuple[Ground, ...] = fact("处罚依据", "basis", (), need="should")
    amount: Amount | None = fact("金额（元）", "amount decided, yuan", None, need="always", when=MONEY)
    persons: Count | None = fact("人数", "persons", None, need="always", when=PERSONS)
    effective_on: Day | None = fact("生效日期", "in force from", None, need="always", when=STOPS)
    until: Day | None = fact("期限", "until", None, after="effective_on")
    lifted_on: Day | None = fact("解除日期", "lifted on", None, after="effective_on")
    lift_doc: Words = fact("解除文书", "document that lifted it", ref="document")
    notified_at: Moment | None = fact("通知时间", "notified at", None, need="should", when="kind: stop_supply")

    @property
    def against(self) -> tuple[str, ...]:
        """Give the units it is directed against, as written."""
        return tuple(dict.fromkeys(([self.unit] if self.unit else []) + list(self.units)))

    def in_force(self, day: dt.date) -> bool:
        """Say whether it is in force on a day: from its first day to the day before it was lifted."""
        return self.effective_on is not None and self.effective_on <= day and (self.lifted_on is None or day < self.lifted_on)
