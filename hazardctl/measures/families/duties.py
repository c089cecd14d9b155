"""Targets, obligations and filings, made of target records and of what meets them (`hazardctl.measures.duties`)."""

from __future__ import annotations

from typing import Final

from hazardctl.language import Text
from hazardctl.measures.definition import Computed

TIMES: Final = Text("次", "times")
RATE: Final = Text("%", "%")

MEASURES: Final[tuple[Computed, ...]] = (
    Computed(
        "targets.attainment",
        "完成率",
        "attainment",
        Text("实际占目标的比例；目标为区间的按下限", "actual as a share of the target; of a range, its lower end"),
        RATE,
    ),
    Computed(
        "obligations.due",
        "应履行",
        "duties due",
        Text("截至日以前到期的分期数", "parts of the period whose duty fell due by the as-of day"),
        TIMES,
    ),
    Computed(
        "obligations.kept",
        "已履行",
        "duties met",
        Text("其中有记录履行的", "of these, those with a record that meets the duty"),
        TIMES,
    ),
    Computed(
        "obligations.met",
        "履行",
        "duties met of those due",
        Text("有记录履行的分期占到期分期的比例", "parts with a record that meets the duty, of the parts due"),
        RATE,
    ),
    Computed(
        "filings.due",
        "应报",
        "filings due",
        Text("截至日以前到期的报送", "filings that fell due by the as-of day"),
        TIMES,
    ),
    Computed(
        "filings.missing",
        "未报",
        "filings missing",
        Text("其中没有报送的", "of these, those not filed"),
        TIMES,
    ),
    Computed(
        "filings.rate",
        "报送率",
        "filing rate",
        Text("已报送占应报的比例", "filings made as a share of those due"),
        RATE,
    ),
)
