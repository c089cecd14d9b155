"""What a ledger may decide for itself, part by part: whose it is, its regions, deadlines, limits, words, people (DOMAIN §2.1)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Final, Literal, cast

from pydantic import BeforeValidator

from hazardctl.model.fields import Count, Flag, Names, Part, TextMap, Words, fact

STAGES: Final = ("registered", "assigned", "rectifying", "rectified", "verified", "closed", "on_spot")
"""What a word for how far the work is may mean: a state that is reached by doing something, or that all was done on the spot."""


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
    """Words a ledger adds, by vocabulary, how its local grades map to the two legal ones, its words for a status to states."""

    local_grades: TextMap = fact("本地分级", "local grades", {})
    local_status: TextMap = fact("本地状态用语", "local words for a status", {})
    __pydantic_extra__: dict[str, Annotated[dict[str, Word], BeforeValidator(_words, json_schema_input_type=dict[str, str | Word])]]  # pyright: ignore[reportIncompatibleVariableOverride] (how pydantic types extras)

    def added(self) -> Mapping[str, Mapping[str, Word]]:
        """Give the added words by the name of the vocabulary."""
        return self.__pydantic_extra__ or {}
