"""Teams in being, money given, supplies bought and received, and other resources."""

from __future__ import annotations

from typing import Final

from hazardctl.language import Text
from hazardctl.measures.definition import Sum

FUND: Final = "kind = 'fund'"
SUPPLY: Final = "kind = 'supply'"
GOODS: Final = "kind IN ('supply', 'equipment')"
OTHER: Final = "kind NOT IN ('fund', 'supply', 'team')"
YUAN: Final = Text("元", "yuan")

MEASURES: Final[tuple[Sum, ...]] = (
    Sum(
        "teams.count",
        "应急队伍",
        "teams",
        Text("截止日在位的队伍支数，每支取最近的记录", "teams in being on the cut-off day, by the latest record of each"),
        Text("支", "teams"),
        "teams",
        "1 = 1",
        "COALESCE(count, 1)",
        mark="count_mark",
    ),
    Sum(
        "teams.members",
        "队伍人数",
        "people in teams",
        Text("截止日在位的队伍人数，每支取最近的记录", "people in the teams in being on the cut-off day, by the latest record of each"),
        Text("人", "people"),
        "teams",
        "1 = 1",
        "members",
        mark="members_mark",
    ),
    Sum(
        "funds.amount",
        "投入资金",
        "money given",
        Text("区间内资金记录的金额之和", "money of the funds of the period"),
        YUAN,
        "resources",
        FUND,
        "amount",
        unit="fen",
        known=FUND,
        mark="amount_mark",
    ),
    Sum(
        "funds.beneficiaries",
        "受益单位",
        "units that gain",
        Text("资金惠及的不同单位；只有户数的加上户数", "different units that gain from the funds; a bare number is added"),
        Text("户", "units"),
        "gains",
        FUND,
        "DISTINCT gainer",
        "gainers",
        known=FUND,
        mark="beneficiaries_mark",
    ),
    Sum(
        "supplies.amount",
        "采购物资金额",
        "money spent on supplies",
        Text("采购物资的金额之和", "money of the supplies bought"),
        YUAN,
        "resources",
        f"{SUPPLY} AND origin IN ('purchased', '')",
        "amount",
        unit="fen",
        known=SUPPLY,
        mark="amount_mark",
    ),
    Sum(
        "supplies.kinds",
        "物资种数",
        "kinds of supplies",
        Text("物资明细中不同的品名；没有明细的加上种数", "different names in the lists of supplies; without a list, the number given"),
        Text("种", "kinds"),
        "stock_items",
        SUPPLY,
        "DISTINCT item",
        "kinds_stated",
        known=SUPPLY,
        mark="kinds_mark",
    ),
    Sum(
        "supplies.sets",
        "物资套数",
        "pieces of supplies",
        Text("物资数量之和", "quantities of the supplies added up"),
        Text("套", "pieces"),
        "stock_items",
        SUPPLY,
        "qty",
        unit="micro",
        known=SUPPLY,
        mark="sets_mark",
    ),
    Sum(
        "supplies.received",
        "上级配发",
        "pieces received",
        Text("上级配发的物资装备数量之和", "quantities of supplies and equipment allocated from above"),
        Text("件", "pieces"),
        "stock_items",
        f"{GOODS} AND origin = 'allocated'",
        "qty",
        unit="micro",
        known=GOODS,
        mark="sets_mark",
    ),
    Sum(
        "resources.count",
        "其他资源",
        "other resources",
        Text("资金、物资、队伍以外的资源记录数", "records of resources other than funds, supplies and teams"),
        Text("项", "records"),
        "resources",
        OTHER,
        known=OTHER,
    ),
)
