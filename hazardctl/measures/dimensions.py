"""What figures may be grouped by: a column, a field with many values, or the time of a row (MEASURES §6)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from hazardctl.errors import UsageError
from hazardctl.language import Text
from hazardctl.vocabulary import nearest

LEDGERS: Final = "ledgers"
"""The vocabulary of the ledgers of a pool; a hazard counts in one of them."""


@dataclass(frozen=True, slots=True)
class Dimension:
    """One way of dividing a table into lines.

    Attributes:
        name: as after `--group-by`.
        label: heading of the column.
        column: of the view, of a facet, or of the calendar.
        kind: `column`; `facet`, where a hazard may stand on several lines, so that lines add up to more than the total (E16,
            E28); `time`, the month, quarter or year of the row: found, due, or the day of the move.
        words: vocabulary that names its lines, `units` for units, or empty.
    """

    name: str
    label: Text
    column: str
    kind: Literal["column", "facet", "time"] = "column"
    words: str = ""

    @property
    def many(self) -> bool:
        """Say whether one hazard may stand on several lines."""
        return self.kind == "facet" and self.words != LEDGERS

    @property
    def few(self) -> bool:
        """Say whether it has no more lines than a list of words, or a calendar, and a hazard stands on one of them."""
        return self.kind == "time" or (self.kind == "column" and self.words not in {"", "units"})


DIMENSIONS: Final[Mapping[str, Dimension]] = {
    one.name: one
    for one in (
        Dimension("sector", Text("行业领域", "Sector"), "sector", words="sectors"),
        Dimension("unit", Text("受检单位", "Unit"), "unit", words="units"),
        Dimension("region", Text("属地", "Region"), "region", words="regions"),
        Dimension("grid", Text("网格", "Grid"), "grid"),
        Dimension("grade", Text("级别", "Grade"), "grade", words="grades"),
        Dimension("source", Text("隐患来源", "Source"), "source", words="sources"),
        Dimension("state", Text("状态", "State"), "state", words="states"),
        Dimension("responsible", Text("责任单位", "Responsible unit"), "owner", words="units"),
        Dimension("person", Text("责任人", "Responsible person"), "person"),
        Dimension("supervisor", Text("督导单位", "Supervising unit"), "supervisor"),
        Dimension("category", Text("隐患类别", "Category"), "category", words="categories"),
        Dimension("cause_code", Text("原因细类", "Cause"), "cause_code", words="cause_codes"),
        Dimension("local_grade", Text("本地分级", "Local grade"), "local_grade"),
        Dimension("site", Text("隐患部位", "Site"), "site"),
        Dimension("inspection", Text("检查", "Inspection"), "inspection"),
        Dimension("found_by_org", Text("检查单位", "Inspecting body"), "found_by_org", words="units"),
        Dimension("campaign", Text("专项行动", "Campaign"), "campaign", "facet", "campaigns"),
        Dimension("found_by", Text("发现人", "Found by"), "found_by", "facet"),
        Dimension("party", Text("相关方", "Party"), "party", "facet", "units"),
        Dimension("unit_type", Text("单位类型", "Type of unit"), "unit_type", "facet", "unit_types"),
        Dimension("regulator_industry", Text("行业监管", "Regulator by industry"), "regulator_industry", "facet", "units"),
        Dimension("regulator_local", Text("属地监管", "Regulator by place"), "regulator_local", "facet", "units"),
        Dimension("regulator_general", Text("综合监管", "Overall regulator"), "regulator_general", "facet", "units"),
        Dimension("risk_point", Text("风险点", "Risk point"), "risk_point", "facet"),
        Dimension("tag", Text("标签", "Tag"), "tag", "facet"),
        Dimension("basis", Text("判定依据", "Basis"), "basis", "facet"),
        Dimension("accident_type", Text("可能事故类型", "Accident type"), "accident_type", "facet", "accident_types"),
        Dimension("ledger", Text("台账", "Ledger"), "ledger", "facet", LEDGERS),
        Dimension("month", Text("月份", "Month"), "month", "time"),
        Dimension("quarter", Text("季度", "Quarter"), "quarter", "time"),
        Dimension("year", Text("年份", "Year"), "year", "time"),
    )
}
ALSO: Final[Mapping[str, str]] = {"to": "responsible", "owner": "responsible"}


def dimension(name: str) -> Dimension:
    """Give a dimension by its name or its Chinese heading.

    Raises:
        UsageError: there is none of that name; the hint lists those there are.
    """
    word = name.strip().casefold().replace("-", "_")
    found = DIMENSIONS.get(ALSO.get(word, word)) or next((one for one in DIMENSIONS.values() if one.label.zh == name.strip()), None)
    if found is not None:
        return found
    near = nearest(DIMENSIONS, word)
    meant = [Text("是不是想写 {near}？", "did you mean {near}?").of(near=near)] if near else []
    raise UsageError(
        Text("不能按“{it}”分组", 'there is no grouping by "{it}"').of(it=name),
        *meant,
        Text("可以用：{names}", "there are: {names}").of(names=list(DIMENSIONS)),
    )
