"""The configuration of a ledger, `hazardctl.yaml`, typed and with every default (DOMAIN §2.1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Any, Literal

from pydantic import ValidationError

from hazardctl.diagnostics import Finding, Trail
from hazardctl.language import Text
from hazardctl.model.evolution import brought, schema_of
from hazardctl.model.fields import Anything, Flag, Part, TextMap, Words, fact, zone_of
from hazardctl.model.house import HouseRule, contradictions
from hazardctl.model.migrations import CONFIG
from hazardctl.model.raw import Tree
from hazardctl.model.settings import (
    STAGES,
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
from hazardctl.model.typed import stripped


class Config(Part, frozen=True):
    """Everything a ledger may decide for itself; every value has a default."""

    schema_: Words = fact("模式版本", "schema version", schema_of(CONFIG))
    organisation: Organisation = fact("组织", "organisation", Organisation())
    language: Literal["zh-CN", "zh", "en"] = fact("语言", "language", "zh-CN")
    timezone: Words = fact("时区", "time zone", "Asia/Shanghai")
    fiscal_year_start: Words = fact("财年起始", "first day of the fiscal year", "01-01")
    regions: tuple[Region, ...] = fact("地域", "regions", ())
    calendar: CalendarSettings = fact("工作日历", "working calendar", CalendarSettings())
    id_prefixes: TextMap = fact("编号前缀", "prefixes of ids", {})
    deadlines: Deadlines = fact("整改期限", "deadlines", Deadlines())
    policy: Policy = fact("时限", "limits", Policy())
    extension: ExtensionPolicy = fact("延期", "extensions", ExtensionPolicy())
    verifiers: Verifiers = fact("复查人数", "verifiers", Verifiers())
    close: ClosePolicy = fact("销号", "closing", ClosePolicy())
    measures: Measuring = fact("统计", "measures", Measuring())
    vocabularies: Vocabularies = fact("词表", "vocabularies", Vocabularies.model_validate({}))
    key_periods: tuple[KeyPeriod, ...] = fact("重点时段", "key periods", ())
    people: tuple[Person, ...] = fact("人员", "people", ())
    risk_bands: Anything = fact("风险分级", "risk bands", {"LEC": ["320", "160", "70"], "LS": ["20", "15", "9"]})
    rules: TextMap = fact("规则等级", "severities of rules", {})
    house_rules: tuple[HouseRule, ...] = fact("本台账规定", "rules of the house", ())
    commit: Flag = fact("自动提交", "every act is committed", default=False)
    require_signatures: Flag = fact("要求签名", "commits must be signed", default=False)
    editor: Editor = fact("编辑器", "editor", Editor())

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


def configured(tree: Tree) -> tuple[Config | None, tuple[Finding, ...]]:
    """Make the configuration of what `hazardctl.yaml` says; None and the findings (HZ015) when it is invalid.

    Nothing in it is guessed or skipped: every figure depends on it.
    """
    said = brought(CONFIG, tree)
    if isinstance(said, Finding):
        return None, (replace(said, code="HZ015"),)
    body = stripped({("schema_" if key == "schema" else key): value for key, value in said.items() if not key.startswith("x-")})
    try:
        config = Config.model_validate(body)
    except ValidationError as failure:
        return None, tuple(_finding(error) for error in failure.errors(include_url=False))
    findings = tuple(_contradictions(config))
    return (None if findings else config), findings


def _finding(error: Any) -> Finding:  # noqa: ANN401 (pydantic's own shape)
    trail: Trail = tuple("schema" if part == "schema_" else part for part in error["loc"])
    match error["type"]:
        case "extra_forbidden":
            message = Text("没有“{it}”这项设置", "unknown setting “{it}”", {"it": ".".join(map(str, trail))})
        case "literal_error":
            message = Text("“{it}”不在可用词内", "“{it}” is not one of the words allowed", {"it": str(error["input"])})
        case _:
            text = error.get("ctx", {}).get("text")
            message = text if isinstance(text, Text) else Text("写法不符", "not of the type expected")
    return Finding("HZ015", message, trail)


def _contradictions(config: Config) -> Iterator[Finding]:
    """Find what each part alone does not show: unknown zone, circles and doubles in the region tree, bad days."""
    try:
        config.zone  # noqa: B018 (asked for its error)
    except (KeyError, ValueError, OSError):
        yield Finding("HZ015", Text("没有时区“{it}”", "unknown time zone “{it}”", {"it": config.timezone}), ("timezone",))
    keys = [region.key for region in config.regions]
    for position, region in enumerate(config.regions):
        if keys.index(region.key) != position:
            yield Finding(
                "HZ015", Text("地域键“{it}”重复", "region key “{it}” stands twice", {"it": region.key}), ("regions", position, "key")
            )
        if region.parent and region.parent not in keys:
            yield Finding(
                "HZ015",
                Text("上级“{it}”不在地域表内", "parent “{it}” is not in the tree", {"it": region.parent}),
                ("regions", position, "parent"),
            )
        if region.parent and region.key in config.above(region.parent):
            yield Finding(
                "HZ015", Text("地域“{it}”成环", "region “{it}” runs in a circle", {"it": region.key}), ("regions", position, "parent")
            )
    for day, word in config.calendar.overrides.items():
        if not _is_day(day) or word not in {"holiday", "workday"}:
            message = Text("写成 2024-03-08: holiday 或 workday", "written 2024-03-08: holiday or workday")
            yield Finding("HZ015", message, ("calendar", "overrides", day))
    yield from contradictions(config.house_rules)
    yield from _local_words(config.vocabularies)


def _local_words(words: Vocabularies) -> Iterator[Finding]:
    """Find local words that mean nothing."""
    for name, state in words.local_status.items():
        if state not in STAGES:
            message = Text("本地状态用语对应 {known}", "a local word for a status maps to {known}", {"known": STAGES})
            yield Finding("HZ015", message, ("vocabularies", "local_status", name))
    for name, grade in words.local_grades.items():
        if grade not in {"general", "major"}:
            yield Finding(
                "HZ015",
                Text("本地分级对应 general 或 major", "a local grade maps to general or major"),
                ("vocabularies", "local_grades", name),
            )


def _is_day(text: str) -> bool:
    try:
        return dt.date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
