"""The tally (汇总数): totals without items (DOMAIN §2.13)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import ClassVar

from hazardctl.model.days import days_of
from hazardctl.model.fields import Day, Filters, Flag, Number, Part, PeriodWord, Words, fact
from hazardctl.model.raw import Raw
from hazardctl.model.record import Record


class Figure(Part, frozen=True):
    """One figure as a source has it: exact, approximate, printed as a rate, or blanked."""

    measure: Words = fact("指标", "measure", need="always")
    value: Number | None = fact("数值", "value", None, need="always", unless="missing")
    unit: Words = fact("计量单位", "unit of count")
    approx: Words = fact("约数", "approximate", words="approximations")
    missing: Flag = fact("原文空缺", "blank in the source", default=False)
    stated: Flag = fact("原文所列比率", "a rate as printed there", default=False)


class Source(Part, frozen=True):
    """Where the figures stand."""

    doc: Words = fact("文件", "document", ref="document")
    title: Words = fact("标题", "title", need="always", unless="doc")
    place: Words = fact("位置", "where in it")


class Tally(Record, frozen=True):
    """Figures of one period and one scope, as they stood on one day."""

    essential: ClassVar[frozenset[str]] = frozenset({"id", "schema", "date"})
    own_date: ClassVar[str] = "date"
    assumed: ClassVar[Mapping[str, Raw]] = {"scope": {}}

    date: Day = fact("截至日期", "as of", ..., need="always")
    period: PeriodWord = fact("统计期", "period", need="always", code="HZ512")
    scope: Filters | None = fact("统计范围", "scope", None, need="always", code="HZ512")
    preset: Words = fact("口径", "basis", words="tally_presets")
    figures: tuple[Figure, ...] = fact("数据", "figures", (), need="always")
    source: Source | None = fact("来源", "source", None, need="always")
    by: Words = fact("录入人", "entered by", need="always")

    @property
    def days(self) -> tuple[dt.date, dt.date] | None:
        """Give the first and last day of the period; None where only the ledger knows them."""
        return days_of(self.period)
