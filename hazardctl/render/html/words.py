"""The words of a page that belong to no report."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from hazardctl.language import Text

WORDS: Final[Mapping[str, Text]] = MappingProxyType(
    {
        "skip": Text("跳到正文", "Skip to the content"),
        "contents": Text("目录", "Contents"),
        "key": Text("关键数字", "Key figures"),
        "units": Text("单位与隐患", "Units and hazards"),
        "units_lead": Text(
            "统计期内发现的和仍未整改的；点开单位看隐患，点开隐患看经过", "found in the period or still open; open a unit, then a hazard"
        ),
        "definitions": Text("指标口径", "What the figures count"),
        "figure": Text("指标", "Figure"),
        "id": Text("指标编号", "Measure"),
        "counts": Text("怎么算", "What it counts"),
        "filter": Text("筛选", "Filter"),
        "filter_hint": Text("编号、单位、内容", "id, unit, words"),
        "rows": Text("显示 {n} 行", "{n} shown"),
        "picture": Text("图", "Figure"),
        "history": Text("经过", "History"),
        "date": Text("日期", "Date"),
        "act": Text("事件", "Act"),
        "by": Text("经办", "By"),
        "what": Text("内容", "What"),
        "point": Text("项", "Item"),
        "dashboard": Text("看板", "Dashboard"),
        "hazards": Text("隐患", "Hazards"),
        "search": Text("查找", "Search"),
        "search_hint": Text("如 is:逾期 sector:消防 灭火器", "such as is:overdue sector:fire extinguisher"),
        "none": Text("统计期内没有隐患", "no hazards in the period"),
        "made_by": Text("由 hazardctl 生成；数字以台账文件为准", "made by hazardctl; the files of the ledger are the truth"),
    }
)
