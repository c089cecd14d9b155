"""Major hazards under a plan, and whether the looking went deep (DOMAIN §4.2 `plan.*`, `depth.*`)."""

from __future__ import annotations

from typing import Final

from hazardctl.language import Text
from hazardctl.measures.definition import Count, Measure, Rate
from hazardctl.measures.views import FOUND
from hazardctl.vocabulary import PLAN_ITEMS

PLANNED: Final = FOUND + " AND grade = 'major' AND bucket <> 'rectified'"
COLUMNS: Final = ("target", "funds", "staff", "schedule", "emergency")
"""The five items with a column in the table (五落实); the sixth of the plan, `measures`, has none."""

MEASURES: Final[tuple[Measure, ...]] = (
    Count(
        "plan.planned",
        "列入治理计划",
        "under a plan",
        Text("排查的重大隐患中截止日尚未整改的", "major hazards found and not rectified by the cut-off day"),
        "cohort",
        PLANNED,
    ),
    *(
        Count(
            f"plan.{item}",
            f"{PLAN_ITEMS[item].zh}落实",
            f"plan: {PLAN_ITEMS[item].en}",
            Text(
                "列入治理计划的重大隐患中截止日已落实此项的",
                "of the major hazards under a plan, those with this item done by the cut-off day",
            ),
            "cohort",
            f"{PLANNED} AND plan_{item} <= $k",
        )
        for item in COLUMNS
    ),
    Count(
        "plan.funds_planned",
        "落实治理资金",
        "funds planned",
        Text("排查的重大隐患计划投入之和", "money planned for the major hazards found"),
        "cohort",
        FOUND + " AND grade = 'major'",
        "funds_planned",
        "fen",
    ),
    Rate(
        "depth.major",
        "重大隐患占比",
        "share of majors",
        Text("重大隐患占排查隐患的比例", "share of the hazards found that are major"),
        "hazards.major.found",
        "hazards.found",
    ),
    Count(
        "depth.based",
        "有判定依据",
        "with a basis",
        Text("排查隐患中写明判定依据的", "hazards found whose record names the provision violated"),
        "cohort",
        FOUND + " AND bases > 0",
    ),
    Rate(
        "depth.with_basis",
        "有依据占比",
        "share with a basis",
        Text("写明判定依据的占排查隐患的比例", "share of the hazards found whose record names the provision violated"),
        "depth.based",
        "hazards.found",
    ),
    Rate(
        "depth.without_basis",
        "无依据占比",
        "share without a basis",
        Text("没有写明判定依据的占排查隐患的比例", "share of the hazards found whose record names no provision"),
        "hazards.found - depth.based",
        "hazards.found",
    ),
    Count(
        "depth.own",
        "自行发现",
        "found by the unit itself",
        Text("排查隐患中来源为单位自查或职工报告的", "hazards found by a check of the unit itself or reported by its workers"),
        "cohort",
        FOUND + " AND source IN ('self_check', 'worker')",
    ),
    Rate(
        "depth.self_found",
        "自查占比",
        "share self-found",
        Text("单位自行发现的占排查隐患的比例", "share of the hazards found that the unit found itself"),
        "depth.own",
        "hazards.found",
    ),
    Count(
        "depth.alike",
        "雷同描述",
        "worded alike",
        Text("描述与本期另一条隐患逐字相同的", "hazards found whose description is word for word that of another one of the period"),
        "wordings",
        "alike > 1",
    ),
    Rate(
        "depth.top_texts",
        "雷同描述占比",
        "share worded alike",
        Text("描述雷同的占排查隐患的比例", "share of the hazards found whose description is word for word that of another"),
        "depth.alike",
        "hazards.found",
    ),
)
