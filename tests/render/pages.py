"""A made-up page like the one of the handbook, and pages that hold a payload everywhere."""

from __future__ import annotations

import datetime as dt

from hazardctl.language import Text, plain
from hazardctl.sheet import Column, Figures, Line, Mark, Rate, Sheet, Table

GROUPS = (
    Column("sector", Text("行业领域", "Sector")),
    Column("found", Text("发现", "Found"), "right", "hazards.found"),
    Column("rectified", Text("已整改", "Rectified"), "right"),
    Column("awaiting", Text("待复查", "To verify"), "right"),
    Column("within_due", Text("限期", "Due"), "right"),
    Column("overdue", Text("逾期", "Overdue"), "right"),
    Column("rate", Text("整改率", "Rate"), "right"),
    Column("bar", Text("", ""), bar=True),
    Column("on_time", Text("按期整改率", "On time"), "right", data=True),
)
LATE = (
    Column("id", Text("编号", "Id"), fixed=True),
    Column("unit", Text("责任单位", "Unit")),
    Column("hazard", Text("隐患", "Hazard")),
    Column("grade", Text("级别", "Grade")),
    Column("due", Text("期限", "Due"), fixed=True),
    Column("days", Text("天数", "Days"), "right"),
    Column("person", Text("责任人", "Owner"), drop=1),
)
SECTORS = (
    (Text("危险化学品", "Hazardous chemicals"), 12, 10, 0, 1, 1),
    (Text("城镇燃气", "City gas"), 9, 9, 0, 0, 0),
    (Text("工贸", "Industry and trade"), 21, 19, 1, 1, 0),
    (Text("合计", "Total"), 42, 38, 1, 2, 1),
)
HEAD = Text(
    "区间 2026-01-01..2026-06-30   截至 2026-06-30   台账 a1b2c3d   口径 verified",
    "period 2026-01-01..2026-06-30   as of 2026-06-30   ledger a1b2c3d   basis verified",
)
MAJOR = Mark(Text("重大", "major"), "alarm")
MONTHS = Text("1月 14▆  2月 9▁  3月 16█  4月 12▄  5月 15▇  6月 13▅", "1 14▆  2 9▁  3 16█  4 12▄  5 15▇  6 13▅")


def page() -> Sheet:
    """Give a page with every kind of block."""
    groups = tuple((*row, Rate(row[2], row[1]), Rate(row[2], row[1]), Rate(1, 2)) for row in SECTORS)
    late = (
        ("YH-20260516-7K2QF", "XX加油站", "卸油区静电接地报警器失效", MAJOR, dt.date(2026, 6, 12), Mark(18, "alarm"), "王五"),
        ("YH-20260605-Q4M9D", "XX超市", "疏散通道堆放杂物", Text("一般", "general"), dt.date(2026, 6, 20), 10, "李四"),
    )
    cohort = Figures(
        "cohort",
        (*GROUPS[1:7], Column("major_closed", Text("重大（销号）", "Major closed"))),
        (42, 38, 1, 2, Mark(1, "alarm"), Rate(38, 42), "1/2"),
    )
    return Sheet(
        "report",
        Text("青山镇 2026年上半年事故隐患排查治理情况", "Qingshan: hazard rectification, H1 2026"),
        (HEAD,),
        (
            cohort,
            Line(Text("42 = 38 + 1 + 2 + 1   整改率 38/42", "42 = 38 + 1 + 2 + 1   rate 38/42"), indent=2),
            Table("groups", GROUPS, groups, total=True, dots=True),
            Line(MONTHS, label=Text("月度发现", "Found by month")),
            Line(Text("整改中位 9 天，p90 21 天", "median 9 days, p90 21"), label=Text("用时", "Time to fix")),
            Table("late", LATE, late, Text("逾期未整改 2 项", "Overdue: 2"), note=Text("另有 1 项", "and 1 more")),
        ),
        (Text("截止方式 period   计数 records", "cut-off period   counting records"),),
        {"found": 42, "rate": Rate(38, 42), "as_of": dt.date(2026, 6, 30), "name": Text("一", "one"), "unread": []},
        "groups",
        stamp=((Column("period", Text("区间", "Period")), "2026H1"),),
    )


def poisoned(payload: str) -> Sheet:
    """Give a page that holds a payload in every place where data can stand."""
    it = Text("{it}", "{it}").of(it=payload)
    columns = (Column("id", plain("id"), fixed=True), Column("text", it), Column("more", plain("more"), drop=1))
    table = Table("rows", columns, (("YH-20260516-7K2QF", payload, Mark(payload, "alarm")), (payload, it, 1)), it, note=it)
    figures = Figures("figures", (Column("figure", it),), (payload,))
    lines = (Line(it), Line(it, label=it, indent=2))
    stamp = ((Column("s", it), payload),)
    return Sheet("poison", it, (it,), (figures, *lines, table), (it,), {"text": payload, payload: [it]}, "rows", stamp=stamp)
