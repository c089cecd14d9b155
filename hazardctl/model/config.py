"""The configuration of a ledger, `hazardctl.yaml`, with every default (DOMAIN §2.1): plain values, read by `hazardctl.model.configured`."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Literal

from hazardctl.model.days import zone_of
from hazardctl.model.evolution import schema_of
from hazardctl.model.house import HouseRule
from hazardctl.model.migrations import CONFIG
from hazardctl.model.section import Section, setting
from hazardctl.model.settings import (
    CalendarSettings,
    ClosePolicy,
    Deadlines,
    Editor,
    ExtensionPolicy,
    KeyPeriod,
    Measuring,
    Organisation,
    Person,
    Policy,
    Region,
    Verifiers,
    Vocabularies,
)

if TYPE_CHECKING:  # pydantic's own: how each value is read
    from hazardctl.model.fields import Anything, Flag, TextMap, Words


class Config(Section):
    """Everything a ledger may decide for itself; every value has a default."""

    schema_: Words = setting("模式版本", "schema version", schema_of(CONFIG))
    organisation: Organisation = setting("组织", "organisation", Organisation())
    language: Literal["zh-CN", "zh", "en"] = setting("语言", "language", "zh-CN")
    timezone: Words = setting("时区", "time zone", "Asia/Shanghai")
    fiscal_year_start: Words = setting("财年起始", "first day of the fiscal year", "01-01")
    regions: tuple[Region, ...] = setting("地域", "regions", (), of=Region)
    calendar: CalendarSettings = setting("工作日历", "working calendar", CalendarSettings())
    id_prefixes: TextMap = setting("编号前缀", "prefixes of ids", {})
    deadlines: Deadlines = setting("整改期限", "deadlines", Deadlines())
    policy: Policy = setting("时限", "limits", Policy())
    extension: ExtensionPolicy = setting("延期", "extensions", ExtensionPolicy())
    verifiers: Verifiers = setting("复查人数", "verifiers", Verifiers())
    close: ClosePolicy = setting("销号", "closing", ClosePolicy())
    measures: Measuring = setting("统计", "measures", Measuring())
    vocabularies: Vocabularies = setting("词表", "vocabularies", Vocabularies())
    key_periods: tuple[KeyPeriod, ...] = setting("重点时段", "key periods", (), of=KeyPeriod)
    people: tuple[Person, ...] = setting("人员", "people", (), of=Person)
    risk_bands: Anything = setting("风险分级", "risk bands", {"LEC": ["320", "160", "70"], "LS": ["20", "15", "9"]})
    rules: TextMap = setting("规则等级", "severities of rules", {})
    house_rules: tuple[HouseRule, ...] = setting("本台账规定", "rules of the house", (), of=HouseRule)
    commit: Flag = setting("自动提交", "every act is committed", default=False)
    require_signatures: Flag = setting("要求签名", "commits must be signed", default=False)
    editor: Editor = setting("编辑器", "editor", Editor())

    @property
    def zone(self) -> dt.tzinfo:
        """Give the ledger's time zone."""
        return zone_of(self.timezone)

    def person(self, text: str) -> Person | None:
        """Find a person by name, other spelling or e-mail."""
        return next((one for one in self.people if text in {one.name, *one.aliases, *one.emails}), None)

    def named(self, text: str) -> str:
        """Give the one name a spelling stands for: people are compared after aliases (RELIABILITY H4)."""
        one = self.person(text.strip())
        return one.name if one else text.strip()

    def below(self, region: str) -> frozenset[str]:
        """Give a region with everything below it."""
        found = {region}
        while more := {one.key for one in self.regions if one.parent in found} - found:
            found |= more
        return frozenset(found)

    def above(self, region: str) -> tuple[str, ...]:
        """Give a region and everything above it, nearest first; circles end."""
        parents = {one.key: one.parent for one in self.regions}
        found: list[str] = []
        while region and region not in found:
            found.append(region)
            region = parents.get(region, "")
        return tuple(found)
