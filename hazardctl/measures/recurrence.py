"""What came back: reopened in its look-back window, or found anew (DOMAIN §3.7, §4.2 `reopen.rate`, `repeat.rate`)."""

from __future__ import annotations

from typing import Final

from hazardctl.language import Text
from hazardctl.measures.definition import Count, Measure, Rate
from hazardctl.measures.views import FOUND

MEASURES: Final[tuple[Measure, ...]] = (
    Count(
        "reopen.lines",
        "反弹",
        "reopenings",
        Text("区间内的反弹重开次数", "reopenings dated in the period"),
        "acts",
        "act = 'reopen' AND on_day BETWEEN $s AND $c",
        "1",
        "line",
    ),
    Count(
        "reopen.closings",
        "观察期内销号",
        "closings looked back on",
        Text(
            "区间开始前一个观察期起至截止日以整改合格销号的次数",
            "closings as rectified from one look-back window before the period to the cut-off day",
        ),
        "acts",
        "act = 'close' AND outcome = 'rectified' AND on_day BETWEEN $s - $look_back AND $c",
        "1",
        "line",
    ),
    Rate(
        "reopen.rate",
        "反弹率",
        "reopening rate",
        Text("反弹次数与观察期内销号次数之比", "reopenings over the closings looked back on"),
        "reopen.lines",
        "reopen.closings",
    ),
    Count(
        "repeat.found",
        "重复隐患",
        "repeated",
        Text(
            "排查隐患中注明重复的，或同一单位同类同部位此前的隐患在重复期内销号的",
            "hazards found that name an earlier one, or follow the closing of one of the same unit, kind and site within the repeat window",
        ),
        "recurrence",
        FOUND + " AND (recurrence_of <> '' OR found - prior_closed <= $repeat_days)",
    ),
    Rate(
        "repeat.rate",
        "重复隐患率",
        "repeat rate",
        Text("重复隐患占排查隐患的比例", "share of the hazards found that are repeats"),
        "repeat.found",
        "hazards.found",
    ),
)
