"""How long it took, and how often it took twice (DOMAIN §4.2 `ttr`, `verify.lag`, `first_pass`, `extension.*`)."""

from __future__ import annotations

from typing import Final

from hazardctl.language import Text
from hazardctl.measures.definition import Count, Measure, Rate, Spread
from hazardctl.measures.views import FOUND

MEASURES: Final[tuple[Measure, ...]] = (
    Spread(
        "ttr",
        "整改用时",
        "time to rectify",
        Text(
            "已整改的每条从发现（反弹的从重开）到现行整改申报的自然日数",
            "calendar days from finding (after a reopening: from that day) to the standing claim, for each hazard rectified",
        ),
        "cohort",
        "bucket = 'rectified'",
        "claimed - cycle_start",
    ),
    Count(
        "ttr.censored",
        "未办结未计入",
        "not done, not counted",
        Text("排查隐患中截止日尚未整改、因而没有用时的条数", "hazards found and not rectified by the cut-off day, which have no time yet"),
        "cohort",
        FOUND + " AND bucket <> 'rectified'",
        "1",
        "line",
    ),
    Spread(
        "verify.lag",
        "复查滞后",
        "verification lag",
        Text(
            "排查隐患中已复查合格的，从申报到合格的自然日数",
            "calendar days from claim to pass, for each hazard found that has a standing pass",
        ),
        "cohort",
        FOUND + " AND passed IS NOT NULL",
        "passed - claimed",
    ),
    Count(
        "first_pass.checked",
        "已复查",
        "checked",
        Text("排查隐患中截止日至少复查过一次的", "hazards found that were checked at least once by the cut-off day"),
        "cohort",
        FOUND + " AND first_verdict <> ''",
    ),
    Count(
        "first_pass.passed",
        "一次合格",
        "passed at first",
        Text("其中第一次复查就合格的；其后反弹不改变", "of these, passed at the very first check, whatever happened later"),
        "cohort",
        FOUND + " AND first_verdict = 'pass'",
    ),
    Rate(
        "first_pass",
        "一次复查合格率",
        "first-pass rate",
        Text("第一次复查合格占复查过的比例", "share of the hazards checked that passed at the first check"),
        "first_pass.passed",
        "first_pass.checked",
    ),
    Count(
        "extension.extended",
        "获延期",
        "extended",
        Text("排查隐患中截止日前至少获批一次延期的", "hazards found with at least one extension granted by the cut-off day"),
        "cohort",
        FOUND + " AND extensions > 0",
    ),
    Count(
        "extension.granted",
        "延期次数",
        "extensions granted",
        Text("排查隐患截止日前获批的延期次数，各轮合计", "extensions granted by the cut-off day to the hazards found, all cycles together"),
        "cohort",
        FOUND,
        "extensions",
        "line",
    ),
    Count(
        "extension.added",
        "延期天数合计",
        "days added",
        Text("这些延期推后的自然日数之和", "calendar days these extensions added"),
        "cohort",
        FOUND,
        "extension_days",
        "day",
    ),
    Rate(
        "extension.rate",
        "延期率",
        "extension rate",
        Text("获延期占排查隐患的比例", "share of the hazards found that were granted an extension"),
        "extension.extended",
        "hazards.found",
    ),
    Spread(
        "extension.days",
        "延期天数",
        "days per extension",
        Text("每次获批延期推后的自然日数", "calendar days each granted extension added"),
        "extensions",
        FOUND,
        "days",
    ),
)
