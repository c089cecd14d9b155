"""What is registered on a day: units, regions, lengths, risk points and their checks; and the campaigns of a period."""

from __future__ import annotations

from typing import Final

from hazardctl.language import Text
from hazardctl.measures.definition import Sum

MEASURES: Final[tuple[Sum, ...]] = (
    Sum(
        "registry.units",
        "在册单位",
        "units registered",
        Text("截止日在册的单位", "units in the register on the cut-off day"),
        Text("家", "units"),
        "register",
        "1 = 1",
    ),
    Sum(
        "registry.length_km",
        "里程",
        "length",
        Text("在册单位（路网、管网）里程之和", "length of the registered roads and networks"),
        Text("公里", "km"),
        "register",
        "1 = 1",
        "length_km",
        unit="micro",
        mark="length_km_mark",
    ),
    Sum(
        "registry.regions",
        "地域",
        "regions",
        Text("地域表中的地域", "regions of the tree"),
        Text("个", "regions"),
        "regions",
        "1 = 1",
    ),
    Sum(
        "risk_points.count",
        "风险点",
        "risk points",
        Text("截止日在册的风险点", "risk points in being on the cut-off day"),
        Text("处", "places"),
        "risk_points",
        "1 = 1",
    ),
    Sum(
        "risk_points.checks_due",
        "到期未查",
        "checks due",
        Text(
            "周期已过而没有检查记录的排查项；每班、每日一天，每月三十一天，每季九十二天，每年三百六十六天",
            "check rows whose cycle has passed without an inspection that names the point or visits its unit",
        ),
        Text("项", "checks"),
        "checks",
        "lapsed = 1",
    ),
    Sum(
        "campaigns.count",
        "专项行动",
        "campaigns",
        Text("区间内进行的专项行动", "campaigns that ran in the period"),
        Text("个", "campaigns"),
        "campaigns",
        "1 = 1",
    ),
    Sum(
        "campaign.phases",
        "阶段",
        "phases",
        Text("专项行动的阶段数", "phases of the campaign"),
        Text("个", "phases"),
        "phases",
        "seq IS NOT NULL",
    ),
    Sum(
        "campaign.days",
        "天数",
        "days",
        Text("专项行动从首日到末日的天数，未结束的到截至日", "days of the campaign, both ends included; to the as-of day while it runs"),
        Text("天", "days"),
        "campaigns",
        "1 = 1",
        "days",
    ),
)
