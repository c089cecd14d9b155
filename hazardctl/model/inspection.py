"""The inspection (检查): one outing of one team to one or more units (DOMAIN §2.3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import ClassVar

from hazardctl.model.fields import Count, Day, Flag, Names, Part, TextMap, Words, fact
from hazardctl.model.raw import Raw
from hazardctl.model.record import Record


class Draw(Part, frozen=True):
    """How the target and the inspectors of a random inspection were drawn (双随机)."""

    pool: Words = fact("名录库", "drawn from")
    seed: Words = fact("随机种子", "seed")
    doc: Words = fact("文件", "document", ref="document")


class Leader(Part, frozen=True):
    """Who led the outing, by rank."""

    rank: Words = fact("级别", "rank", need="always", words="ranks")
    post: Words = fact("职务", "post")


class Inspection(Record, frozen=True):
    """An outing; the units in it are visits (家次), the distinct units of several outings are units (家)."""

    essential: ClassVar[frozenset[str]] = frozenset({"id", "schema", "date"})
    own_date: ClassVar[str] = "date"
    assumed: ClassVar[Mapping[str, Raw]] = {"kind": "routine"}
    ours: ClassVar[tuple[str, ...]] = ("org",)

    date: Day = fact("检查日期", "date", ..., need="always")
    end: Day | None = fact("结束日期", "last day", None, after="date")
    kind: Words = fact("检查方式", "kind", need="always", words="inspection_kinds")
    org: Words = fact("检查单位", "inspecting body", need="always", ref="unit")
    orgs: Names = fact("联合单位", "other bodies", (), ref="unit")
    team: Words = fact("检查组", "team", need="should")
    covert: Flag = fact("暗查暗访", "unannounced", default=False)
    selection: Words = fact("对象选取方式", "how targets were chosen", need="should", words="selections")
    random: Draw | None = fact("随机抽取记录", "record of the draw", None, need="always", when="selection: random")
    led_by: Leader | None = fact("带队领导", "led by", None)
    inspectors: Names = fact("检查人员", "inspectors", (), need="always", unless="people")
    people: Count | None = fact("检查人数", "number of inspectors", None)
    units: Names = fact("受检单位", "units inspected", (), need="always", ref="unit")
    parts: Names = fact("重点部位", "key parts", ())
    links: Names = fact("重点环节", "key process steps", ())
    campaign: Names = fact("专项行动", "campaigns", (), ref="campaign")
    sector: Words = fact("行业领域", "sector", words="sectors")
    no_findings: Names = fact("未发现隐患单位", "units without findings", (), ref="unit")
    signed: TextMap = fact("签字情况", "signatures", {}, words="signatures", ref="unit")
    docs: Names = fact("文书", "documents", (), ref="document")

    @property
    def last(self) -> dt.date:
        """Give the last day of the outing."""
        return self.end or self.date

    @property
    def joint(self) -> bool:
        """Say whether another authority took part (联合检查)."""
        return bool(self.orgs)

    @property
    def person_times(self) -> int:
        """Give how many people went (人次): the names, else the stated number."""
        return len(self.inspectors) or self.people or 0
