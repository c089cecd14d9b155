"""The configuration of a ledger, `hazardctl.yaml`, typed and with every default (DOMAIN §2.1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Annotated, Any, Literal, cast

from pydantic import BeforeValidator, ValidationError

from hazardctl.diagnostics import Finding, Trail
from hazardctl.language import Text
from hazardctl.model.evolution import brought, schema_of
from hazardctl.model.fields import Anything, Count, Flag, Names, Part, TextMap, Words, fact, zone_of
from hazardctl.model.house import HouseRule, contradictions
from hazardctl.model.migrations import CONFIG
from hazardctl.model.raw import Tree
from hazardctl.model.typed import stripped


class Organisation(Part, frozen=True):
    """Whose ledger it is."""

    name: Words = fact("名称", "name")
    level: Words = fact("层级", "level", words="levels")
    region: Words = fact("属地", "region", words="regions")
    enforcement: Flag = fact("可作执法文书", "may print statutory orders", default=False)


class Region(Part, frozen=True):
    """A node of the region tree."""

    key: Words = fact("键", "key", need="always")
    name: Words = fact("名称", "name", need="always")
    level: Words = fact("层级", "level", words="levels")
    parent: Words = fact("上级", "parent", words="regions")


class CalendarSettings(Part, frozen=True):
    """Which working days count: `cn` (adjusted by the yearly notices) or `plain` (Monday to Friday), single days overridden."""

    name: Literal["cn", "plain"] = fact("日历", "calendar", "cn")
    overrides: TextMap = fact("个别日期", "single days: holiday or workday", {})


class DeadlineRule(Part, frozen=True):
    """A row of the deadline policy; an empty condition matches anything."""

    grade: Words = fact("等级", "grade", words="grades")
    sector: Words = fact("行业", "sector", words="sectors")
    source: Words = fact("来源", "source", words="sources")
    days: Count = fact("天数", "days", 15, need="always")
    count: Literal["calendar", "working"] = fact("计日", "calendar or working days", "calendar")


class Deadlines(Part, frozen=True):
    """The deadline policy: the first rule that matches grade, sector and source."""

    roll: Literal["none", "next_working_day"] = fact("逢假顺延", "a holiday moves to the next working day", "none")
    rules: tuple[DeadlineRule, ...] = fact("规则", "rules", (DeadlineRule(grade="major", days=30), DeadlineRule(grade="general", days=15)))

    def rule(self, grade: str, sector: str, source: str) -> DeadlineRule | None:
        """Give the first rule that matches, or None."""
        asked = {"grade": grade, "sector": sector, "source": source}
        return next((rule for rule in self.rules if all(getattr(rule, key) in {"", value} for key, value in asked.items())), None)


class Policy(Part, frozen=True):
    """Limits in calendar days."""

    due_soon_days: Count = fact("临期天数", "due soon, days", 7)
    assign_days: Count = fact("交办时限", "to assign within, days", 3)
    review_days: Count = fact("复查时限", "to review within, days", 10)
    close_days: Count = fact("销号时限", "to close within, days", 5)
    look_back_days: Count = fact("反弹观察期", "look-back window, days", 180)
    late_entry_days: Count = fact("补录时限", "late entry after, days", 7)
    plan_days: Count = fact("方案时限", "plan within, days", 10)
    repeat_days: Count = fact("重复隐患期", "repeat window, days", 180)


class ExtensionPolicy(Part, frozen=True):
    """When an extension may be asked for, and how often."""

    max_per_cycle: Count = fact("每轮最多次数", "at most in a cycle", 2)
    ask_before_general: Count = fact("一般隐患提前", "general: ask before expiry, days", 0)
    ask_before_listed: Count = fact("挂牌隐患提前", "listed: ask before expiry, days", 15)
    count: Literal["calendar", "working"] = fact("计日", "calendar or working days", "working")


class Verifiers(Part, frozen=True):
    """How many people a verification needs."""

    general: Count = fact("一般", "general", 1)
    major: Count = fact("重大", "major", 2)


class ClosePolicy(Part, frozen=True):
    """How a hazard is struck off."""

    general_fast: Flag = fact("一般隐患可由复查人销号", "general: the verifier may close", default=False)
    other_reasons_count_as_rectified: Flag = fact(
        "其他原因销号计入已整改", "closings with another reason count as rectified", default=False
    )


class Measuring(Part, frozen=True):
    """How figures are counted unless the command says otherwise."""

    preset: Literal["default", "official", "rectified", "verified", "closed"] = fact("口径", "basis", "default")
    cutoff: Literal["period", "asof"] = fact("截止", "cut-off", "period")
    counting: Literal["records", "places"] = fact("计数", "counting", "records")
    places: Count = fact("小数位", "decimal places", 2)
    min_found: Count = fact("排名最少发现数", "fewest found to be ranked", 5)


class Word(Part, frozen=True):
    """A word a ledger adds to a vocabulary."""

    zh: Words = fact("中文", "Chinese", need="always")
    en: Words = fact("英文", "English")
    parent: Words = fact("上级", "parent")


class KeyPeriod(Part, frozen=True):
    """A key period (重点时段): ranges of days by year, or the same days every year."""

    id: Words = fact("键", "key", need="always")
    zh: Words = fact("名称", "Chinese name")
    en: Words = fact("英文名", "English name")
    ranges: Names = fact("起止", "ranges", ())
    every: Words = fact("每年", "every year")


class Person(Part, frozen=True):
    """A person known to the ledger."""

    name: Words = fact("姓名", "name", need="always")
    aliases: Names = fact("别名", "other spellings", ())
    roles: Names = fact("角色", "roles", ())
    emails: Names = fact("邮箱", "e-mail addresses", ())
    unit: Words = fact("单位", "unit", ref="unit")
    cert: Words = fact("执法证号", "certificate")


class Editor(Part, frozen=True):
    """What `add` writes for editors."""

    modeline: Flag = fact("写入模式行", "write the schema line", default=False)


def _words(value: object) -> object:
    """Take the short form `{key: 名称}` of a word as well as the long one."""
    if isinstance(value, Mapping):
        words = cast("Mapping[str, object]", value)
        return {key: {"zh": word} if isinstance(word, str) else word for key, word in words.items()}
    return value


class Vocabularies(Part, frozen=True, extra="allow"):
    """Words a ledger adds, by vocabulary, and how its local grades map to the two legal ones."""

    local_grades: TextMap = fact("本地分级", "local grades", {})
    __pydantic_extra__: dict[str, Annotated[dict[str, Word], BeforeValidator(_words, json_schema_input_type=dict[str, str | Word])]]  # pyright: ignore[reportIncompatibleVariableOverride] (how pydantic types extras)

    def added(self) -> Mapping[str, Mapping[str, Word]]:
        """Give the added words by the name of the vocabulary."""
        return self.__pydantic_extra__ or {}


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
    for name, grade in config.vocabularies.local_grades.items():
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
