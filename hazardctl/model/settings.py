"""What a ledger may decide for itself, part by part: whose it is, its regions, deadlines, limits, words, people (DOMAIN §2.1)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Final, Literal

from hazardctl.model.section import Section, setting

if TYPE_CHECKING:  # pydantic's own: how each value is read
    from hazardctl.model.fields import Count, Flag, Names, TextMap, Words

STAGES: Final = ("registered", "assigned", "rectifying", "rectified", "verified", "closed", "on_spot")
"""What a word for how far the work is may mean: a state that is reached by doing something, or that all was done on the spot."""


class Organisation(Section):
    """Whose ledger it is."""

    name: Words = setting("名称", "name")
    level: Words = setting("层级", "level", words="levels")
    region: Words = setting("属地", "region", words="regions")
    enforcement: Flag = setting("可作执法文书", "may print statutory orders", default=False)


class Region(Section):
    """A node of the region tree."""

    key: Words = setting("键", "key", need="always")
    name: Words = setting("名称", "name", need="always")
    level: Words = setting("层级", "level", words="levels")
    parent: Words = setting("上级", "parent", words="regions")


class CalendarSettings(Section):
    """Which working days count: `cn` (adjusted by the yearly notices) or `plain` (Monday to Friday), single days overridden."""

    name: Literal["cn", "plain"] = setting("日历", "calendar", "cn")
    overrides: TextMap = setting("个别日期", "single days: holiday or workday", {})


class DeadlineRule(Section):
    """A row of the deadline policy; an empty condition matches anything."""

    grade: Words = setting("等级", "grade", words="grades")
    sector: Words = setting("行业", "sector", words="sectors")
    source: Words = setting("来源", "source", words="sources")
    days: Count = setting("天数", "days", 15, need="always")
    count: Literal["calendar", "working"] = setting("计日", "calendar or working days", "calendar")


class Deadlines(Section):
    """The deadline policy: the first rule that matches grade, sector and source."""

    roll: Literal["none", "next_working_day"] = setting("逢假顺延", "a holiday moves to the next working day", "none")
    rules: tuple[DeadlineRule, ...] = setting(
        "规则", "rules", (DeadlineRule(grade="major", days=30), DeadlineRule(grade="general", days=15)), of=DeadlineRule
    )

    def rule(self, grade: str, sector: str, source: str) -> DeadlineRule | None:
        """Give the first rule that matches, or None."""
        asked = {"grade": grade, "sector": sector, "source": source}
        return next((rule for rule in self.rules if all(getattr(rule, key) in {"", value} for key, value in asked.items())), None)


class Policy(Section):
    """Limits in calendar days."""

    due_soon_days: Count = setting("临期天数", "due soon, days", 7)
    assign_days: Count = setting("交办时限", "to assign within, days", 3)
    review_days: Count = setting("复查时限", "to review within, days", 10)
    close_days: Count = setting("销号时限", "to close within, days", 5)
    look_back_days: Count = setting("反弹观察期", "look-back window, days", 180)
    late_entry_days: Count = setting("补录时限", "late entry after, days", 7)
    plan_days: Count = setting("方案时限", "plan within, days", 10)
    repeat_days: Count = setting("重复隐患期", "repeat window, days", 180)


class ExtensionPolicy(Section):
    """When an extension may be asked for, and how often."""

    max_per_cycle: Count = setting("每轮最多次数", "at most in a cycle", 2)
    ask_before_general: Count = setting("一般隐患提前", "general: ask before expiry, days", 0)
    ask_before_listed: Count = setting("挂牌隐患提前", "listed: ask before expiry, days", 15)
    count: Literal["calendar", "working"] = setting("计日", "calendar or working days", "working")


class Verifiers(Section):
    """How many people a verification needs."""

    general: Count = setting("一般", "general", 1)
    major: Count = setting("重大", "major", 2)


class ClosePolicy(Section):
    """How a hazard is struck off."""

    general_fast: Flag = setting("一般隐患可由复查人销号", "general: the verifier may close", default=False)
    other_reasons_count_as_rectified: Flag = setting(
        "其他原因销号计入已整改", "closings with another reason count as rectified", default=False
    )


class Measuring(Section):
    """How figures are counted unless the command says otherwise."""

    preset: Literal["default", "official", "rectified", "verified", "closed"] = setting("口径", "basis", "default")
    cutoff: Literal["period", "asof"] = setting("截止", "cut-off", "period")
    counting: Literal["records", "places"] = setting("计数", "counting", "records")
    places: Count = setting("小数位", "decimal places", 2)
    min_found: Count = setting("排名最少发现数", "fewest found to be ranked", 5)


class Word(Section):
    """A word a ledger adds to a vocabulary."""

    zh: Words = setting("中文", "Chinese", need="always")
    en: Words = setting("英文", "English")
    parent: Words = setting("上级", "parent")


class KeyPeriod(Section):
    """A key period (重点时段): ranges of days by year, or the same days every year."""

    id: Words = setting("键", "key", need="always")
    zh: Words = setting("名称", "Chinese name")
    en: Words = setting("英文名", "English name")
    ranges: Names = setting("起止", "ranges", ())
    every: Words = setting("每年", "every year")


class Person(Section):
    """A person known to the ledger."""

    name: Words = setting("姓名", "name", need="always")
    aliases: Names = setting("别名", "other spellings", ())
    roles: Names = setting("角色", "roles", ())
    emails: Names = setting("邮箱", "e-mail addresses", ())
    unit: Words = setting("单位", "unit", ref="unit")
    cert: Words = setting("执法证号", "certificate")


class Editor(Section):
    """What `add` writes for editors."""

    modeline: Flag = setting("写入模式行", "write the schema line", default=False)


class Vocabularies(Section):
    """Words a ledger adds, by vocabulary, how its local grades map to the two legal ones, its words for a status to states."""

    local_grades: TextMap = setting("本地分级", "local grades", {})
    local_status: TextMap = setting("本地状态用语", "local words for a status", {})
    own: Mapping[str, Mapping[str, Word]] = setting("词", "words", {}, of=Word)

    def added(self) -> Mapping[str, Mapping[str, Word]]:
        """Give the added words by the name of the vocabulary."""
        return self.own

    def items(self) -> Iterator[tuple[str, object]]:
        """Give the local words, and each vocabulary under its own name."""
        yield "local_grades", self.local_grades
        yield "local_status", self.local_status
        yield from self.own.items()
