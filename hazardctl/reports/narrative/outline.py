"""What a work summary is made of, in its order: chapters, their parts, the sections of each, and what a section is repeated over."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hazardctl.language import Text


@dataclass(frozen=True, slots=True)
class Section:
    """A section of the template file: one paragraph, or one for each of several things.

    Attributes:
        key: as between `==` in the file.
        about: what it speaks of.
        each: what it is repeated over. The key of a scope narrows every measure in it, so that `{hazards.found}` in the section
            `campaign` is `hazards.found[campaign=…]`.
        words: slots that are no measures.
    """

    key: str
    about: Text
    each: str = ""
    words: tuple[str, ...] = ()

    @property
    def scoped(self) -> bool:
        """Say whether what it is repeated over narrows its measures."""
        return self.each in SCOPES


SCOPES: Final = frozenset({"campaign", "key", "sector", "unit_type", "theme", "team_kind", "item", "purpose", "body", "name"})
"""Keys of a scope that sections are repeated over."""

EVERYWHERE: Final[Mapping[str, Text]] = {
    "organisation": Text("台账所属单位", "whose ledger it is"),
    "period": Text("统计期", "the period"),
    "until": Text("数据截止日", "the last day that counts"),
    "as_of": Text("截至日", "the as-of day"),
}
"""Words of every section."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a chapter, under a heading of its own."""

    title: Text
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """A chapter: parts, or sections whose paragraphs are numbered through."""

    title: Text
    parts: tuple[Part, ...] = ()
    sections: tuple[Section, ...] = ()


OPENING: Final = Section("opening", Text("开头", "opening"))
CHAPTERS: Final[Sequence[Chapter]] = (
    Chapter(
        Text("工作开展情况", "Work done"),
        parts=(
            Part(
                Text("总体情况", "In all"),
                (
                    Section("overall", Text("检查、发现、整改", "inspected, found, put right")),
                    Section("led", Text("带队检查、检查方式", "who led, and how it was inspected")),
                    Section("timing", Text("按期、存量", "deadlines and stock")),
                ),
            ),
            Part(
                Text("专项行动", "Campaigns"),
                (Section("campaign", Text("逐个专项行动", "each campaign"), "campaign", ("campaign", "from", "to", "phases")),),
            ),
            Part(
                Text("重点时段", "Key periods"),
                (Section("key", Text("重点时段，合计或逐个", "key periods, together or each"), "key", ("key",)),),
            ),
            Part(
                Text("重点行业领域", "Key sectors"),
                (Section("sector", Text("逐个行业领域", "each sector"), "sector", ("sector",)),),
            ),
            Part(
                Text("重大事故隐患", "Major hazards"),
                (
                    Section("major", Text("重大隐患合计", "major hazards in all")),
                    Section(
                        "major_hazard",
                        Text("逐条重大隐患", "each major hazard"),
                        "major",
                        ("id", "unit", "hazard", "found_on", "state", "due", "late", "listing", "planned", "unplanned"),
                    ),
                ),
            ),
            Part(Text("执法处罚", "Enforcement"), (Section("enforcement", Text("执法处罚", "enforcement")),)),
            Part(
                Text("培训、演练和宣传", "Training, drills, publicity"),
                (
                    Section("training", Text("培训", "training")),
                    Section("drill", Text("演练", "drills")),
                    Section("publicity", Text("宣传", "publicity")),
                    Section("theme", Text("逐个宣传专题", "each theme of publicity"), "theme", ("theme",)),
                    Section("warning", Text("预警、值班、创建", "warnings, duty, programmes")),
                ),
            ),
            Part(
                Text("应急保障", "Emergency preparedness"),
                (
                    Section("team", Text("应急队伍", "emergency teams")),
                    Section("team_kind", Text("逐类队伍", "each kind of team"), "team_kind", ("team_kind",)),
                    Section("supply", Text("物资", "supplies")),
                    Section("item", Text("逐件上级配发的装备", "each piece of equipment from above"), "item", ("item",)),
                    Section("fund", Text("资金", "money")),
                    Section("purpose", Text("逐项资金用途", "each purpose of money"), "purpose", ("purpose",)),
                    Section("plan", Text("预案", "emergency plans")),
                ),
            ),
            Part(
                Text("责任落实", "Responsibility"),
                (
                    Section("letter", Text("责任书、清单、文件", "letters of responsibility, lists, documents")),
                    Section("meeting", Text("会议", "meetings")),
                    Section("body", Text("逐个会议主体", "each body that met"), "body", ("body",)),
                    Section("obligation", Text("逐项义务", "each obligation"), "name", ("name",)),
                ),
            ),
            Part(
                Text("底数和社会监督", "Registers and tips"),
                (
                    Section("risk", Text("风险点", "risk points")),
                    Section("registry", Text("在册单位和里程", "registers")),
                    Section("unit_type", Text("逐类单位", "each type of unit"), "unit_type", ("unit_type",)),
                    Section("tip", Text("举报", "tips")),
                ),
            ),
            Part(
                Text("事故情况", "Accidents"),
                (
                    Section("accident", Text("事故", "accidents")),
                    Section("accident_sector", Text("逐个行业领域的事故", "accidents of each sector"), "sector", ("sector",)),
                ),
            ),
        ),
    ),
    Chapter(
        Text("存在问题", "Problems"),
        sections=(
            Section("late", Text("逾期集中在哪里", "where the overdue ones are"), words=("units", "sectors", "regions")),
            Section("undated", Text("未定期限", "without a deadline")),
            Section("repeat", Text("反弹和重复", "what came back")),
            Section("verifying", Text("复查滞后", "checks behind")),
            Section("slow", Text("整改率低于总体的地域", "regions below the average"), words=("regions",)),
            Section("still", Text("没有记录的地域", "regions without records"), words=("regions",)),
            Section("depth", Text("排查深度", "how deep the looking went")),
            Section("owed", Text("没有全部履行的义务", "obligations not met in full"), "name", ("name",)),
            Section("unchecked", Text("到期未查、应报未报", "checks and filings due")),
        ),
    ),
    Chapter(
        Text("下一步安排", "Next"),
        sections=(
            Section("carried", Text("结转的隐患", "hazards carried over")),
            Section("planned", Text("逐项下期指标", "each target of the next period"), "target", ("name", "plan")),
            Section("duty", Text("逐项下期义务", "each obligation of the next period"), "duty", ("name", "every")),
            Section("next", Text("由人填写", "for a person to write")),
        ),
    ),
)


def _all() -> tuple[Section, ...]:
    found = [OPENING]
    for chapter in CHAPTERS:
        found += [*(section for part in chapter.parts for section in part.sections), *chapter.sections]
    return tuple(found)


SECTIONS: Final[Mapping[str, Section]] = {one.key: one for one in _all()}
