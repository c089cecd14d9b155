"""What every record has, whatever its kind (DOMAIN §2.1)."""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Mapping
from typing import ClassVar, Final

from pydantic import Field

from hazardctl.model.events import AnyEvent, Withdrawn, amended
from hazardctl.model.fields import Day, Names, Part, TextMap, Words, fact
from hazardctl.model.raw import Raw

HEAD: Final = ("id", "schema", "number", "external_ids", "region", "grid")
TAIL: Final = ("approx", "tags", "remark", "waivers", "history")


class Waiver(Part, frozen=True):
    """An excused finding, with an end date."""

    code: Words = fact("规则", "rule", need="always")
    reason: Words = fact("理由", "reason", need="always")
    by: Words = fact("批准人", "who excused it", need="always")
    until: Day | None = fact("有效期至", "last day", None, need="always")


class Record(Part, frozen=True, defer_build=True):
    """A record: identity, place, the fields of its kind, an append-only history.

    A kind says of itself which fields nothing can be made of it without (`essential`), which date is in its id (`own_date`),
    whether that date may lie ahead (`planned`), and, for a new record, what holds unless it is said (`assumed`) and which fields
    name the body whose ledger it is (`ours`).
    """

    essential: ClassVar[frozenset[str]] = frozenset({"id", "schema"})
    own_date: ClassVar[str] = ""
    planned: ClassVar[bool] = False
    assumed: ClassVar[Mapping[str, Raw]] = {}
    ours: ClassVar[tuple[str, ...]] = ()

    id: Words = fact("记录标识", "record id", ..., need="always")
    schema_: Words = Field(
        alias="schema",
        description="模式版本 / schema version",
        json_schema_extra={"zh": "模式版本", "en": "schema version", "need": "always"},
    )
    number: Words = fact("编号", "official number")
    external_ids: TextMap = fact("外部编号", "ids in other systems", {})
    region: Words = fact("属地", "region", words="regions")
    grid: Words = fact("网格", "grid")
    approx: TextMap = fact("约数", "approximate figures", {}, words="approximations")
    tags: Names = fact("标签", "tags", ())
    remark: Words = fact("备注", "remark")
    waivers: tuple[Waiver, ...] = fact("豁免", "waivers", ())
    history: tuple[AnyEvent, ...] = fact("流转记录", "history", ())

    @property
    def day(self) -> dt.date | None:
        """Give the record's own date, the one in its id."""
        value: dt.date | None = getattr(self, self.own_date, None) if self.own_date else None
        return value

    @property
    def withdrawn(self) -> bool:
        """Say whether an act withdraws the record, on whatever day: no correction makes one act of another."""
        return "withdraw" in [act.do for act in self.history]

    def withdrawn_by(self, day: dt.date) -> bool:
        """Say whether the record was withdrawn on that day or before."""
        return self.withdrawn and any(isinstance(act, Withdrawn) and act.date <= day for act in amended(self.history)[0])

    @classmethod
    @functools.cache
    def order(cls) -> tuple[str, ...]:
        """Give the canonical order of keys: common head, the kind's own in table order, common tail."""
        names = [info.alias or name for name, info in cls.model_fields.items()]
        own = [name for name in names if name not in HEAD and name not in TAIL]
        return (*HEAD, *own, *TAIL)
