"""Which reports there are, by name: `hazardctl report NAME` (EXPERIENCE §2.3). Nothing heavy is imported here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hazardctl.language import Text


@dataclass(frozen=True, slots=True)
class Name:
    """A report by its name.

    Attributes:
        key: as typed, and its module in this package.
        label: its name; the Chinese one is accepted as well.
        about: what it lays out.
        takes: options of its own, by their name in `Options`; any other one is refused.
        by_files: it reads more than records, such as commits or templates, and cannot be made of a data set.
    """

    key: str
    label: Text
    about: Text
    takes: frozenset[str] = frozenset()
    by_files: bool = False


REPORTS: Final[Mapping[str, Name]] = {
    one.key: one
    for one in (
        Name(
            "summary",
            Text("汇总", "summary"),
            Text("发现、整改、存量、逾期，及其他各项工作", "found, rectified, stock, overdue, and the other work of the period"),
            frozenset({"groups", "sort", "working", "table", "brief", "as_published"}),
        ),
        Name(
            "official",
            Text("统计表", "official"),
            Text("上报用的三张统计表：隐患治理、检查处罚、工作量", "the tables to file: hazards by sector, penalties, work of each place"),
            frozenset({"table", "as_published"}),
        ),
        Name(
            "league",
            Text("排名", "league"),
            Text("各地、各单位并列比较，谁没有报", "places or units side by side, and who reported nothing"),
            frozenset({"groups", "sort", "min_found"}),
        ),
        Name(
            "ledgers",
            Text("台账", "ledgers"),
            Text("几个台账并列：各自的数、最近记录和提交，谁没有报", "several ledgers side by side, and when each was last heard of"),
            by_files=True,
        ),
        Name(
            "coverage",
            Text("覆盖", "coverage"),
            Text("检查覆盖率、没有检查过的单位、排查深度", "units inspected and never inspected, campaigns, depth of the findings"),
        ),
        Name(
            "restate",
            Text("变动", "restate"),
            Text(
                "两次所知之间哪些数变了，因为哪些记录和提交",
                "which figures moved between two states of knowledge, by which records and commits",
            ),
            frozenset({"between"}),
            by_files=True,
        ),
        Name(
            "narrative",
            Text("总结", "narrative"),
            Text("工作总结的正文：逐句有数", "the text of a work summary, every sentence with its figures"),
            by_files=True,
        ),
        Name(
            "trend",
            Text("趋势", "trend"),
            Text("逐月、逐季、逐半年或逐年的数字，同比和环比", "the figures of each month, quarter, half or year, and how they changed"),
            frozenset({"every"}),
        ),
        Name(
            "major",
            Text("重大", "major"),
            Text(
                "重大隐患逐条：方案、管控、报告、挂牌进展、延期、回头看",
                "major hazards one by one: plan, control, reports, progress, look-back",
            ),
        ),
        Name(
            "rebound",
            Text("反弹", "rebound"),
            Text("反弹、重复隐患、复查不合格，按单位、部位和原因", "what came back or failed its first check, by unit, place and cause"),
            frozenset({"groups", "sort"}),
        ),
        Name(
            "risk",
            Text("双重预防", "risk"),
            Text(
                "风险点分级分类，到期未查，风险点上的隐患和失效措施",
                "risk points by grade and type, checks due, hazards and failed controls",
            ),
        ),
        Name(
            "agenda",
            Text("议程", "agenda"),
            Text(
                "例会要议的事：逾期、待复查、回头看、义务、预案、举报",
                "what a meeting has to settle: overdue, checks, duties, plans, tips",
            ),
            frozenset({"table", "working"}),
        ),
    )
}
USUAL: Final = "summary"


def named(word: str) -> Name | None:
    """Find a report by its name in either language; None for any other word.

    Examples:
        >>> named("汇总").key
        'summary'
    """
    key = word.strip().casefold()
    return REPORTS.get(key) or next((one for one in REPORTS.values() if key == one.label.zh), None)


def parted(words: Sequence[str]) -> tuple[Name, tuple[str, ...]]:
    """Part the name of a report from the filters behind it: only the first word may be one."""
    found = named(words[0]) if words else None
    return (found, tuple(words[1:])) if found else (REPORTS[USUAL], tuple(words))
