"""The roll-up (台账汇总), `rollup.yaml`: which ledgers an office pools, and by which rules it counts them together (DOMAIN §12.2 M-02).

Plain values, as those of a configuration; `hazardctl.model.rolled` reads them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from hazardctl.model.section import Section, setting
from hazardctl.model.settings import CalendarSettings, ClosePolicy, KeyPeriod, Measuring, Organisation, Policy

if TYPE_CHECKING:  # pydantic's own: how each value is read
    from hazardctl.model.fields import Count, Words

SCHEMA: Final = "rollup/1"
SILENT_DAYS: Final = 31


class Reporter(Section):
    """A ledger that is pooled, and whose it is (填报单位)."""

    key: Words = setting("键", "key", ..., need="always")
    name: Words = setting("名称", "name")
    en: Words = setting("英文名", "English name")
    source: Words = setting("位置", "folder, or REPO@REF", ..., need="always")
    level: Words = setting("层级", "level", words="levels")
    region: Words = setting("属地", "region", words="regions")


class Rollup(Section):
    """The ledgers, and what holds for all of them; a setting that is not said is the one they agree on."""

    schema_: Words = setting("模式版本", "schema version", SCHEMA, need="always")
    organisation: Organisation = setting("组织", "organisation", Organisation())
    silent_days: Count = setting("未报天数", "silent after, days", SILENT_DAYS)
    ledgers: tuple[Reporter, ...] = setting("台账", "ledgers", (), of=Reporter, need="always")
    timezone: Words = setting("时区", "time zone")
    fiscal_year_start: Words = setting("财年起始", "first day of the fiscal year")
    calendar: CalendarSettings | None = setting("工作日历", "working calendar", None, of=CalendarSettings)
    policy: Policy | None = setting("时限", "limits", None, of=Policy)
    close: ClosePolicy | None = setting("销号", "closing", None, of=ClosePolicy)
    measures: Measuring | None = setting("统计", "measures", None, of=Measuring)
    key_periods: tuple[KeyPeriod, ...] = setting("重点时段", "key periods", (), of=KeyPeriod)
