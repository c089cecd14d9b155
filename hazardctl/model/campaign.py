"""The campaign (专项行动): a range of days with an order behind it (DOMAIN §2.4)."""

from __future__ import annotations

from typing import ClassVar

from hazardctl.model.fields import Day, Names, Part, Words, fact
from hazardctl.model.record import Record


class Phase(Part, frozen=True):
    """A phase of a campaign, both ends inclusive."""

    name: Words = fact("名称", "name", need="always")
    start: Day | None = fact("开始", "start", None, need="always")
    end: Day | None = fact("结束", "end", None, after="start")


class Campaign(Record, frozen=True):
    """A campaign; without an end it is still running."""

    essential: ClassVar[frozenset[str]] = frozenset({"id", "schema", "start"})
    own_date: ClassVar[str] = "start"
    planned: ClassVar[bool] = True
    ours: ClassVar[tuple[str, ...]] = ("issuer",)

    name: Words = fact("名称", "name", need="always")
    alias: Words = fact("简称", "short name for the command line")
    start: Day = fact("开始日期", "first day", ..., need="always")
    end: Day | None = fact("结束日期", "last day", None, after="start")
    issuer: Words = fact("发文单位", "issuer", need="always", ref="unit")
    doc: Words = fact("方案", "scheme", need="should", ref="document")
    phases: tuple[Phase, ...] = fact("阶段", "phases", ())
    sectors: Names = fact("行业范围", "sectors", (), words="sectors")
    regions: Names = fact("地域范围", "regions", (), words="regions")
    orgs: Names = fact("参与单位", "units taking part", (), ref="unit")
    goal: Words = fact("目标", "goal")
    leading_group: Words = fact("领导小组", "leading group", ref="document")
