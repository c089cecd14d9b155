"""The cohort: what was found in the period and what became of it (DOMAIN §4.2 `hazards.*`, `closure.*`, `on_spot.*`)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from hazardctl.language import Text
from hazardctl.measures.definition import Count, Measure, Rate
from hazardctl.measures.views import FOUND
from hazardctl.vocabulary import GRADES

LINE: Final = (
    Count(
        "hazards.found",
        "排查隐患",
        "found",
        Text("区间内发现的隐患；作废、移送的不计", "hazards found in the period, those withdrawn or transferred left out"),
        "cohort",
        FOUND,
    ),
    Count(
        "hazards.rectified",
        "已整改",
        "rectified",
        Text(
            "其中截止日已完成口径所定步骤的：整改、复查合格或销号",
            "of these, the ones that by the cut-off day reached the step the basis names: claimed, verified or closed",
        ),
        "cohort",
        "bucket = 'rectified'",
    ),
    Count(
        "hazards.awaiting",
        "待复查",
        "to verify",
        Text(
            "其中整改单位已报完成、口径所定步骤尚未做的",
            "of these, the ones claimed as done whose step named by the basis is still to come",
        ),
        "cohort",
        "bucket = 'awaiting'",
    ),
    Count(
        "hazards.within_due",
        "限期整改",
        "within due",
        Text(
            "其中未报完成、期限在截止日或以后的；期限当日不算逾期",
            "of these, not claimed and due on the cut-off day or later: the due day itself is not overdue",
        ),
        "cohort",
        "bucket = 'within_due'",
    ),
    Count(
        "hazards.overdue",
        "逾期未整改",
        "overdue",
        Text("其中未报完成、期限早于截止日的", "of these, not claimed and due before the cut-off day"),
        "cohort",
        "bucket = 'overdue'",
    ),
    Count(
        "hazards.no_due",
        "未定期限",
        "without a deadline",
        Text("其中未报完成、没有整改期限的", "of these, not claimed and without a deadline"),
        "cohort",
        "bucket = 'no_due'",
    ),
    Count(
        "hazards.closed_other",
        "非整改销号",
        "closed for another reason",
        Text(
            "其中因单位关停、对象拆除等销号而未完成整改的",
            "of these, struck off because the unit closed or the object is gone, without being rectified",
        ),
        "cohort",
        "bucket = 'closed_other'",
    ),
    Count(
        "hazards.withdrawn",
        "其中作废",
        "withdrawn",
        Text("区间内发现、截至日前已作废的；不在排查数内", "found in the period and withdrawn by the as-of day; not part of found"),
        "cohort",
        "bucket = 'withdrawn'",
    ),
    Count(
        "hazards.transferred",
        "其中移送",
        "transferred",
        Text("区间内发现、截止日前已移送的；不在排查数内", "found in the period and transferred by the cut-off day; not part of found"),
        "cohort",
        "bucket = 'transferred'",
    ),
)

RATE: Final = Rate(
    "hazards.rate",
    "整改率",
    "rectification rate",
    Text("已整改占排查隐患的比例", "share of the hazards found that are rectified"),
    "hazards.rectified",
    "hazards.found",
)

BESIDE: Final = (
    Count(
        "hazards.recorded",
        "登记隐患",
        "recorded",
        Text("区间内发现的全部记录，连作废、移送的在内", "every record found in the period, withdrawn and transferred ones included"),
        "cohort",
        "1 = 1",
    ),
    Count(
        "hazards.places",
        "处数",
        "places",
        Text("排查隐患的处数之和", "sum of the places of the hazards found"),
        "cohort",
        FOUND,
        "quantity",
        "place",
    ),
    Count(
        "hazards.funds_spent",
        "整改资金",
        "money spent",
        Text("排查隐患的实际投入之和", "money spent on the hazards found"),
        "cohort",
        FOUND,
        "funds_spent",
        "fen",
    ),
    Count(
        "hazards.withdrawn_later",
        "截至日后作废",
        "withdrawn after the as-of day",
        Text(
            "排查隐患中截至日以后才作废的：当日仍计",
            "of the hazards found, those withdrawn after the as-of day: still counted as of that day",
        ),
        "cohort",
        FOUND + " AND withdrawn IS NOT NULL",
    ),
    Count(
        "steps.claimed",
        "已报整改",
        "claimed",
        Text("排查隐患中截止日有有效整改申报的，不论口径", "hazards found with a standing claim on the cut-off day, whatever the basis"),
        "cohort",
        FOUND + " AND claimed IS NOT NULL",
    ),
    Count(
        "steps.verified",
        "已复查合格",
        "verified",
        Text("排查隐患中截止日复查合格的，不论口径", "hazards found with a standing pass on the cut-off day, whatever the basis"),
        "cohort",
        FOUND + " AND passed IS NOT NULL",
    ),
    Count(
        "steps.closed",
        "已整改销号",
        "rectified and closed",
        Text("排查隐患中截止日以整改合格销号的，不论口径", "hazards found and closed as rectified by the cut-off day, whatever the basis"),
        "cohort",
        FOUND + " AND closed IS NOT NULL",
    ),
    Count(
        "closure.closed",
        "销号",
        "closed",
        Text("排查隐患中截止日已销号的，不论原因", "of the hazards found, those struck off by the cut-off day for any reason"),
        "cohort",
        FOUND + " AND (closed IS NOT NULL OR removed IS NOT NULL)",
    ),
    Rate(
        "closure.rate",
        "销号率",
        "closure rate",
        Text("已销号占排查隐患的比例", "share of the hazards found that are struck off"),
        "closure.closed",
        "hazards.found",
    ),
    Count(
        "on_spot.found",
        "当场整改",
        "rectified on the spot",
        Text("排查隐患中现行整改申报为当场整改的", "of the hazards found, those whose standing claim was made on the spot"),
        "cohort",
        FOUND + " AND on_spot = 1",
    ),
    Rate(
        "on_spot.rate",
        "当场整改率",
        "on-the-spot rate",
        Text("当场整改占排查隐患的比例", "share of the hazards found that were rectified on the spot"),
        "on_spot.found",
        "hazards.found",
    ),
)


def of_grade(grade: str) -> Iterator[Measure]:
    """Give the line and the rate over the hazards of one grade, the grade being the one in force on the cut-off day."""
    term, head = GRADES[grade], f"hazards.{grade}."
    scope = Text(f"只计截止日为{term.zh}等级的：", f"only those of grade {term.en} on the cut-off day: ")
    for part in (*LINE, BESIDE[0], BESIDE[1]):
        words = Text(scope.zh + part.definition.zh, scope.en + part.definition.en)
        where = f"grade = '{grade}' AND {part.where}"
        own = head + part.id.removeprefix("hazards.")
        yield replace(part, id=own, zh=f"{term.zh}{part.zh}", en=f"{term.en}: {part.en}", definition=words, where=where)
    words = Text(scope.zh + RATE.definition.zh, scope.en + RATE.definition.en)
    yield Rate(head + "rate", f"{term.zh}{RATE.zh}", f"{term.en}: {RATE.en}", words, head + "rectified", head + "found")


MEASURES: Final[tuple[Measure, ...]] = (*LINE, RATE, *BESIDE, *of_grade("general"), *of_grade("major"))
