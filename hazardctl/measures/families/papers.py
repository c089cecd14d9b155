"""Documents and tips."""

from __future__ import annotations

from typing import Final

from hazardctl.language import Text
from hazardctl.measures.definition import Sum

TIPS: Final = Text("件", "tips")

MEASURES: Final[tuple[Sum, ...]] = (
    Sum(
        "documents.count",
        "文件份数",
        "documents",
        Text("区间内文件记录的份数之和", "copies of the documents of the period"),
        Text("份", "copies"),
        "documents",
        "1 = 1",
        "count",
        mark="count_mark",
    ),
    Sum(
        "documents.regions",
        "制发地域",
        "regions that issued",
        Text("制发这些文件的不同地域", "different regions whose bodies issued these documents"),
        Text("个", "regions"),
        "documents",
        "1 = 1",
        "DISTINCT place",
    ),
    Sum("tips.received", "受理举报", "tips received", Text("区间内受理的举报", "tips received in the period"), TIPS, "tips", "1 = 1"),
    Sum(
        "tips.verified",
        "查实举报",
        "tips confirmed",
        Text("其中核查属实或部分属实的", "of these, those confirmed wholly or partly"),
        TIPS,
        "tips",
        "result IN ('confirmed', 'partly') AND COALESCE(verified_on, $c) <= $t",
    ),
    Sum(
        "tips.rewards",
        "举报奖励",
        "rewards",
        Text("这些举报的奖励金额之和", "rewards paid for these tips"),
        Text("元", "yuan"),
        "tips",
        "1 = 1",
        "reward",
        unit="fen",
        mark="reward_mark",
    ),
)
