"""The risk point (风险点) with its grade, controls and check rows (DOMAIN §2.11)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from math import prod
from typing import ClassVar, Final

from hazardctl.model.fields import Day, Names, NumberMap, Part, Words, fact
from hazardctl.model.record import Record

COLOURS: Final = ("red", "orange", "yellow")
"""The grades that have a limit of their own, worst first; below them lies blue."""


class Check(Part, frozen=True):
    """One row of what is to be checked, how and how often (排查项)."""

    what: Words = fact("排查内容", "what", need="always")
    method: Words = fact("排查方法", "how")
    cycle: Words = fact("周期", "cycle", need="always", words="cycles")
    post: Words = fact("岗位", "post")


class Owner(Part, frozen=True):
    """Who answers for it."""

    unit: Words = fact("单位", "unit", ref="unit")
    post: Words = fact("岗位", "post")
    level: Words = fact("管控层级", "level", words="owner_levels")


class RiskPoint(Record, frozen=True):
    """A place or operation with a risk; where a method gives the grade, the inputs are stored and the grade is computed."""

    essential: ClassVar[frozenset[str]] = frozenset({"id", "schema", "date"})
    own_date: ClassVar[str] = "date"

    date: Day = fact("辨识日期", "identified on", ..., need="always")
    name: Words = fact("名称", "name", need="always")
    type: Words = fact("类型", "type", need="always", words="risk_point_types")
    unit: Words = fact("单位", "unit", need="always", when="type: production", ref="unit")
    site: Words = fact("点位", "place")
    description: Words = fact("风险描述", "risk", need="should")
    method: Words = fact("评价方法", "method", words="risk_methods")
    inputs: NumberMap = fact("评价取值", "inputs", {})
    grade: Words = fact("风险等级", "grade", need="always", unless="method", words="risk_grades")
    controls: Names = fact("管控措施", "controls", (), need="should")
    checks: tuple[Check, ...] = fact("排查项", "checks", ())
    owner: Owner | None = fact("责任单位岗位", "owner", None, need="should")
    removed_on: Day | None = fact("核减日期", "removed on", None, after="date")

    def in_being(self, day: dt.date) -> bool:
        """Say whether it is a risk point on a day; the day of its removal is the first without it."""
        return self.date <= day and (self.removed_on is None or day < self.removed_on)

    def colour(self, bands: Mapping[str, Sequence[str]]) -> str:
        """Give the grade: the stored one, else from the product of the inputs; empty where neither is known.

        Args:
            bands: by method, the limits from which red, orange and yellow hold (`risk_bands` of the configuration).
        """
        limits = bands.get(self.method)
        if self.grade or not limits or not self.inputs:
            return self.grade
        score = prod(self.inputs.values(), start=Decimal(1))
        return next((colour for colour, limit in zip(COLOURS, limits, strict=False) if score >= Decimal(limit)), "blue")
