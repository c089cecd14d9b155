"""The activity (活动): meetings, trainings, drills, publicity, warnings, duty (DOMAIN §2.7)."""

from __future__ import annotations

from typing import ClassVar

from hazardctl.model.fields import Amount, Count, Day, Flag, Names, Words, fact
from hazardctl.model.record import Record


class Activity(Record, frozen=True):
    """One activity, or several alike under one record (`count`)."""

    essential: ClassVar[frozenset[str]] = frozenset({"id", "schema", "date"})
    own_date: ClassVar[str] = "date"
    ours: ClassVar[tuple[str, ...]] = ("org",)

    date: Day = fact("日期", "date", ..., need="always")
    end: Day | None = fact("结束日期", "last day", None, after="date")
    kind: Words = fact("活动类别", "kind", need="always", words="activity_kinds")
    subject: Words = fact("主题", "subject", need="always")
    theme: Words = fact("专题", "theme", words="themes")
    org: Words = fact("主办", "organiser", need="always", ref="unit")
    body: Words = fact("会议主体", "body that met", words="bodies")
    level: Words = fact("层级", "level", words="levels")
    venue: Words = fact("场所", "venue", words="venues")
    count: Count = fact("次数", "number of events", 1)
    attendees: Count | None = fact("人数", "people", None)
    teams: Count | None = fact("参加队伍", "teams taking part", None)
    teams_covered: Names = fact("覆盖队伍", "teams trained", (), ref="resource")
    materials: Count | None = fact("资料份数", "leaflets and booklets", None)
    contests: Count | None = fact("竞赛期数", "contests", None)
    units: Names = fact("入企", "enterprises visited", (), ref="unit")
    cost: Amount | None = fact("经费（元）", "cost, yuan", None)
    campaign: Names = fact("专项行动", "campaigns", (), ref="campaign")
    hosted: Flag = fact("承办", "staged for a higher level", default=False)
    outsourced: Flag = fact("购买服务", "bought from a third party", default=False)
    plan: Words = fact("对应预案", "emergency plan tested", need="should", when="kind: drill", ref="document")
    doc: Words = fact("纪要", "minutes", ref="document")
    obligation: Words = fact("对应义务", "duty it meets", ref="target")
