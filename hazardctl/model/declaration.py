"""The declaration (零报告声明): an explicit zero, signed (DOMAIN §2.14)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import ClassVar

from hazardctl.model.days import days_of
from hazardctl.model.fields import Day, Filters, Nil, PeriodWord, Words, fact
from hazardctl.model.raw import Raw
from hazardctl.model.record import Record


class Declaration(Record, frozen=True):
    """One measure that was nil in a period and a scope."""

    essential: ClassVar[frozenset[str]] = frozenset({"id", "schema", "date"})
    own_date: ClassVar[str] = "date"
    assumed: ClassVar[Mapping[str, Raw]] = {"scope": {}, "value": "0"}

    date: Day = fact("签字日期", "signed on", ..., need="always")
    by: Words = fact("签字人", "signed by", need="always")
    post: Words = fact("职务", "post")
    period: PeriodWord = fact("统计期", "period", need="always", code="HZ512")
    scope: Filters | None = fact("范围", "scope", None, need="always", code="HZ512")
    measure: Words = fact("指标", "measure", need="always")
    value: Nil | None = fact("数值", "value", None, need="always")
    doc: Words = fact("依据", "document", ref="document")

    @property
    def days(self) -> tuple[dt.date, dt.date] | None:
        """Give the first and last day of the period; None where only the ledger knows them."""
        return days_of(self.period)
