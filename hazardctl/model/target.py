"""The target (目标义务): a planned value, or a duty that recurs (DOMAIN §2.15)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import ClassVar

from hazardctl.model.days import days_of
from hazardctl.model.fields import Count, Filter, Filters, Number, Part, PeriodWord, Words, fact
from hazardctl.model.raw import Raw
from hazardctl.model.record import Record


class Met(Part, frozen=True, extra="allow"):
    """Which record meets a duty: its kind, and filters on its fields as further keys."""

    record: Words = fact("记录种类", "kind of record", need="always", words="kinds")
    __pydantic_extra__: dict[str, Filter]  # pyright: ignore[reportIncompatibleVariableOverride] (how pydantic types extras)

    @property
    def filters(self) -> Mapping[str, str]:
        """Give what its fields must say."""
        return self.__pydantic_extra__


class Target(Record, frozen=True):
    """A figure to reach or not to exceed, or an obligation of every month, quarter, half-year or year."""

    essential: ClassVar[frozenset[str]] = frozenset({"id", "schema", "period"})
    own_date: ClassVar[str] = "period"
    planned: ClassVar[bool] = True
    assumed: ClassVar[Mapping[str, Raw]] = {"scope": {}}

    kind: Words = fact("类别", "kind", need="always", words="target_kinds")
    name: Words = fact("名称", "name", need="always")
    period: PeriodWord = fact("时期", "period", ..., need="always")
    scope: Filters | None = fact("范围", "scope", None, need="always")
    measure: Words = fact("指标", "measure", need="always", when="kind: figure")
    value: Number | None = fact("目标值", "value", None, need="always", when="kind: figure", unless="min max")
    min: Number | None = fact("下限", "at least", None)
    max: Number | None = fact("上限", "at most", None)
    every: Words = fact("频次", "every", need="always", when="kind: obligation", words="frequencies")
    due_days: Count = fact("时限（天）", "due so many days after", 0)
    met_by: Met | None = fact("履行方式", "met by", None, need="always", when="kind: obligation")
    responsible: Words = fact("责任单位", "responsible unit", need="should", ref="unit")
    doc: Words = fact("依据", "document", ref="document")

    @property
    def days(self) -> tuple[dt.date, dt.date] | None:
        """Give the first and last day of the period; None where only the ledger knows them."""
        return days_of(self.period)

    @property
    def day(self) -> dt.date | None:
        """Give the first day of the period, the one in the id."""
        return self.days[0] if self.days else None
