"""The tip (举报); who gave it stands in no repository (DOMAIN §2.12, law art. 73)."""

from __future__ import annotations

from typing import ClassVar

from hazardctl.model.fields import Amount, Day, Flag, Names, Words, fact
from hazardctl.model.record import Record


class Tip(Record, frozen=True):
    """What was reported, about whom, and what came of it; the token points to a register kept elsewhere."""

    essential: ClassVar[frozenset[str]] = frozenset({"id", "schema", "date"})
    own_date: ClassVar[str] = "date"

    date: Day = fact("受理日期", "received on", ..., need="always")
    channel: Words = fact("渠道", "channel", need="always", words="channels")
    anonymous: Flag = fact("匿名", "anonymous", default=False)
    token: Words = fact("凭证", "token")
    unit: Words = fact("被举报单位", "unit concerned", ref="unit")
    content: Words = fact("内容", "content", need="always")
    assigned_to: Words = fact("转办单位", "checked by", ref="unit")
    verified_on: Day | None = fact("核查日期", "checked on", None, after="date")
    result: Words = fact("核查结果", "result", words="tip_results")
    hazards: Names = fact("关联隐患", "hazards", (), need="always", when="result: confirmed", ref="hazard")
    reward: Amount | None = fact("奖励（元）", "reward, yuan", None)
    replied_on: Day | None = fact("答复日期", "answered on", None, after="date")
