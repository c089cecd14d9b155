"""The unit (单位): whom inspections visit and who answers for a hazard (DOMAIN §2.5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import ClassVar

from hazardctl.model.fields import Count, Day, Measured, Names, Part, Words, fact
from hazardctl.model.raw import Raw
from hazardctl.model.record import Record


class Regulators(Part, frozen=True):
    """Who supervises the unit: by industry, by place, overall (行业监管、属地监管、综合监管)."""

    industry: Words = fact("行业监管", "by industry", ref="unit")
    local: Words = fact("属地监管", "by place", ref="unit")
    general: Words = fact("综合监管", "overall", ref="unit")


class Unit(Record, frozen=True):
    """An enterprise, village, office or site, by slug or id."""

    essential: ClassVar[frozenset[str]] = frozenset({"id", "schema"})

    assumed: ClassVar[Mapping[str, Raw]] = {"kind": "enterprise"}

    name: Words = fact("单位名称", "name", need="always")
    aliases: Names = fact("曾用名", "aliases", ())
    kind: Words = fact("单位性质", "kind", need="always", words="unit_kinds")
    types: Names = fact("单位类型", "types", (), words="unit_types")
    credit_code: Words = fact("统一社会信用代码", "credit code")
    sector: Words = fact("行业", "sector", words="sectors")
    parent: Words = fact("上级单位", "unit above", ref="unit")
    address: Words = fact("地址", "address")
    regulators: Regulators | None = fact("监管单位", "regulators", None)
    risk_grade: Words = fact("风险等级", "risk grade", words="risk_grades")
    major_source: Count | None = fact("重大危险源级别", "level of a major hazard source", None)
    staff: Count | None = fact("从业人数", "headcount", None)
    length_km: Measured | None = fact("里程（公里）", "length, km", None)
    valid_from: Day | None = fact("起", "in the register from", None)
    closed_on: Day | None = fact("止", "in the register until", None, after="valid_from")

    def registered_on(self, day: dt.date) -> bool:
        """Say whether the unit is in the register on a day; both ends inclusive."""
        return not ((self.valid_from and day < self.valid_from) or (self.closed_on and day > self.closed_on))
