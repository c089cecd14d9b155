"""The resource (资源投入): money, supplies, teams, equipment, systems, stores (DOMAIN §2.9)."""

from __future__ import annotations

from typing import ClassVar

from hazardctl.model.fields import Amount, Count, Day, Gainers, Number, Part, Words, fact
from hazardctl.model.record import Record


class Item(Part, frozen=True):
    """One line of a list of supplies."""

    name: Words = fact("品名", "name", need="always")
    qty: Number | None = fact("数量", "quantity", None, need="always")
    unit: Words = fact("单位", "unit of count")


class Resource(Record, frozen=True):
    """Something bought, received or counted on a day; of a team the latest record holds."""

    essential: ClassVar[frozenset[str]] = frozenset({"id", "schema", "date"})
    own_date: ClassVar[str] = "date"
    ours: ClassVar[tuple[str, ...]] = ("org",)

    date: Day = fact("日期", "date", ..., need="always")
    kind: Words = fact("类别", "kind", need="always", words="resource_kinds")
    name: Words = fact("名称", "name", need="always")
    purpose: Words = fact("用途", "purpose", need="always", when="kind: fund", words="purposes")
    org: Words = fact("归属", "whose", need="always", ref="unit")
    level: Words = fact("层级", "level", words="levels")
    team_kind: Words = fact("队伍类别", "kind of team", words="team_kinds")
    amount: Amount | None = fact("金额（元）", "amount, yuan", None, need="always", when="kind: fund")
    count: Count | None = fact("支数", "teams", None, need="always", when="kind: team")
    members: Count | None = fact("人数", "people", None, need="always", when="kind: team")
    items: tuple[Item, ...] = fact("物资明细", "items", (), need="always", when="kind: supply", unless="kinds sets")
    kinds: Count | None = fact("种数", "kinds of item", None)
    sets: Count | None = fact("套数", "pieces", None)
    origin: Words = fact("来源", "origin", need="always", when="kind: supply", words="origins")
    beneficiaries: Gainers = fact("受益单位", "who gains", (), ref="unit")
    valid_to: Day | None = fact("有效期", "until", None, after="date")
    doc: Words = fact("依据", "document", ref="document")

    @property
    def gainers(self) -> int:
        """Give how many enterprises gain (户)."""
        return self.beneficiaries if isinstance(self.beneficiaries, int) else len(self.beneficiaries)
