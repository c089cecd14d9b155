"""The roll-up (台账汇总), `rollup.yaml`: which ledgers an office pools, and by which rules it counts them together (DOMAIN §12.2 M-02)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from pydantic import Field, ValidationError

from hazardctl.diagnostics import Finding
from hazardctl.language import Text
from hazardctl.model.config import CalendarSettings, ClosePolicy, KeyPeriod, Measuring, Organisation, Policy
from hazardctl.model.fields import Count, Part, Words, fact
from hazardctl.model.raw import Tree
from hazardctl.model.typed import found_wrong, stripped

SCHEMA: Final = "rollup/1"
SILENT_DAYS: Final = 31
_KEY: Final = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*", re.ASCII)
_OTHER_SCHEMA: Final = Text("本程序只识得 {known}，此文件写的是“{it}”", "this program knows {known}, the file says “{it}”")
_BAD_KEY: Final = Text("键“{it}”应为小写字母、数字和连字符", "the key “{it}” must be lower-case letters, digits and hyphens")
_TWICE: Final = Text("键“{it}”重复", "the key “{it}” stands twice")
_SAME: Final = Text("“{it}”列了两次，会被计两遍", "“{it}” is listed twice and would be counted twice")
_NONE: Final = Text("没有列出任何台账", "no ledger is listed")


class Reporter(Part, frozen=True):
    """A ledger that is pooled, and whose it is (填报单位)."""

    key: Words = fact("键", "key", ..., need="always")
    name: Words = fact("名称", "name")
    en: Words = fact("英文名", "English name")
    source: Words = fact("位置", "folder, or REPO@REF", ..., need="always")
    level: Words = fact("层级", "level", words="levels")
    region: Words = fact("属地", "region", words="regions")


class Rollup(Part, frozen=True):
    """The ledgers, and what holds for all of them; a setting that is not said is the one they agree on."""

    schema_: Words = Field(
        default=SCHEMA,
        alias="schema",
        description="模式版本 / schema version",
        json_schema_extra={"zh": "模式版本", "en": "schema version", "need": "always"},
    )
    organisation: Organisation = fact("组织", "organisation", Organisation())
    silent_days: Count = fact("未报天数", "silent after, days", SILENT_DAYS)
    ledgers: tuple[Reporter, ...] = fact("台账", "ledgers", (), need="always")
    timezone: Words = fact("时区", "time zone")
    fiscal_year_start: Words = fact("财年起始", "first day of the fiscal year")
    calendar: CalendarSettings | None = fact("工作日历", "working calendar", None)
    policy: Policy | None = fact("时限", "limits", None)
    close: ClosePolicy | None = fact("销号", "closing", None)
    measures: Measuring | None = fact("统计", "measures", None)
    key_periods: tuple[KeyPeriod, ...] = fact("重点时段", "key periods", ())


def rolled(tree: Tree) -> tuple[Rollup | None, tuple[Finding, ...]]:
    """Make a roll-up of what its file says; None and everything that is wrong with it (HZ801)."""
    body = {key: stripped(value) for key, value in tree.items() if value is not None and not key.startswith("x-")}
    if (stated := body.get("schema")) not in {None, SCHEMA}:
        return None, (Finding("HZ801", _OTHER_SCHEMA.of(known=SCHEMA, it=str(stated)), ("schema",)),)
    try:
        made = Rollup.model_validate(body)
    except ValidationError as failure:
        return None, tuple(_coded(found_wrong(error, "schema")) for error in failure.errors(include_url=False))
    findings = tuple(_contradictions(made))
    return (None if findings else made), findings


def _coded(finding: Finding) -> Finding:
    return Finding("HZ801", finding.message, finding.trail, repair=finding.repair)


def _contradictions(made: Rollup) -> Iterator[Finding]:
    keys = [one.key for one in made.ledgers]
    sources = [one.source for one in made.ledgers]
    if not keys:
        yield Finding("HZ801", _NONE, ("ledgers",))
    for position, one in enumerate(made.ledgers):
        if not _KEY.fullmatch(one.key):
            yield Finding("HZ801", _BAD_KEY.of(it=one.key), ("ledgers", position, "key"))
        if keys.index(one.key) != position:
            yield Finding("HZ801", _TWICE.of(it=one.key), ("ledgers", position, "key"))
        if sources.index(one.source) != position:
            yield Finding("HZ801", _SAME.of(it=one.source), ("ledgers", position, "source"))
