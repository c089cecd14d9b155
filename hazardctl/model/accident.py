"""The accident (事故) and its class, which is computed for each accident alone (DOMAIN §2.8, §8.7)."""

from __future__ import annotations

from typing import ClassVar, Final

from hazardctl.model.fields import Amount, Clock, Count, Day, Flag, Moment, Names, Part, Words, fact
from hazardctl.model.record import Record

CLASSES: Final = (("extraordinary", 30, 100, 100_000_000), ("major", 10, 50, 50_000_000), ("larger", 3, 10, 10_000_000))
"""Class, and the deaths, serious injuries or yuan from which it holds (生产安全事故报告和调查处理条例 art. 3)."""


class LetOff(Part, frozen=True):
    """The days on which the four things were done that no accident is let off without (四不放过)."""

    cause_found: Day | None = fact("原因查清", "cause found", None)
    responsible_handled: Day | None = fact("责任人员处理", "those responsible dealt with", None)
    measures_done: Day | None = fact("整改措施落实", "measures carried out", None)
    staff_educated: Day | None = fact("有关人员受教育", "staff taught", None)


class Accident(Record, frozen=True):
    """One accident; the injured of unstated severity stand in `injuries` and do not count towards its class."""

    essential: ClassVar[frozenset[str]] = frozenset({"id", "schema", "date"})
    own_date: ClassVar[str] = "date"

    date: Day = fact("事故日期", "date", ..., need="always")
    time: Clock = fact("事故时间", "time of day")
    unit: Words = fact("单位", "unit", ref="unit")
    site: Words = fact("地点", "place")
    sector: Words = fact("行业", "sector", need="always", words="sectors")
    type: Words = fact("事故类型", "kind of harm", need="should", words="accident_types")
    deaths: Count | None = fact("死亡", "deaths", None, need="always")
    serious_injuries: Count | None = fact("重伤", "serious injuries", None)
    injuries: Count | None = fact("受伤", "other injuries", None)
    loss: Amount | None = fact("直接经济损失（元）", "direct loss, yuan", None)
    production: Flag = fact("生产安全事故", "counts as a production accident", default=True)
    reported_at: Moment | None = fact("报告时间", "reported at", None, need="should")
    hazards: Names = fact("关联隐患", "hazards behind it", (), ref="hazard")
    doc: Words = fact("调查报告", "investigation report", ref="document")
    closure: LetOff | None = fact("四不放过", "the four no-let-offs", None)

    @property
    def severity(self) -> str:
        """Give the class of the accident: the highest of the three criteria, each with its limit included."""
        for name, deaths, injured, loss in CLASSES:
            if (self.deaths or 0) >= deaths or (self.serious_injuries or 0) >= injured or (self.loss or 0) >= loss:
                return name
        return "general"
