"""The sixteen acts a record's history is made of, each a frozen value (DOMAIN §1.3, §3.1, §3.2).

A class is a past participle: an event is a fact, not an order. Only `date` and `do` are needed to read an event; what the
transition table asks for beyond that is `NEEDED`, which the rules report and the verbs insist on.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Final, Literal, TypeAlias

from pydantic import ConfigDict, Field, TypeAdapter, ValidationError

from hazardctl.model.fields import Anything, Count, Day, Flag, Names, Part, Words, fact


class Event(Part, frozen=True):
    """What every event carries; `date` is the day it happened, `by` who did it."""

    date: Day = fact("日期", "day it happened", ..., need="always")
    do: str
    by: Names = fact("经办人", "who did it", (), need="always")
    note: Words = fact("备注", "note")
    number: Words = fact("文号", "document number")
    doc: Words = fact("文件", "document", ref="document")
    evidence: Names = fact("佐证", "evidence", ())
    recorded: Day | None = fact("补录日期", "day it was written down, if later", None)


class Registered(Event, frozen=True):
    """The hazard was written into the ledger (登记)."""

    do: Literal["register"]


class Assigned(Event, frozen=True):
    """A unit became responsible, with a deadline (交办); again means handed over, or the deadline shortened."""

    do: Literal["assign"]
    to: Words = fact("整改责任单位", "responsible unit", need="always", ref="unit")
    person: Words = fact("整改责任人", "responsible person")
    due: Day | None = fact("整改期限", "deadline", None, need="always")
    with_: Names = Field(default=(), alias="with", json_schema_extra={"zh": "配合单位", "en": "co-operating units"})
    supervisor: Words = fact("督导单位", "supervising unit")


class Started(Event, frozen=True):
    """The responsible unit began (开始整改)."""

    do: Literal["start"]


class Extended(Event, frozen=True):
    """An extension was asked for, granted or refused (延期); only a granted one moves the deadline."""

    do: Literal["extend"]
    decision: Words = fact("决定", "decision", need="always", words="decisions")
    due: Day | None = fact("延期至", "new deadline", None, need="always")
    reason: Words = fact("理由", "reason", need="always")
    interim: Words = fact("临时管控措施", "interim control")


class Progressed(Event, frozen=True):
    """Progress was reported (进展)."""

    do: Literal["progress"]


class Rectified(Event, frozen=True):
    """The responsible unit claims that the hazard is removed (整改完成)."""

    do: Literal["rectify"]
    on_spot: Flag = fact("当场整改", "on the spot", default=False)


class Verified(Event, frozen=True):
    """Somebody else looked (复查验收): passed or failed."""

    do: Literal["verify"]
    result: Words = fact("结论", "result", need="always", words="results")
    reason: Words = fact("不合格原因", "why it failed")
    due: Day | None = fact("重新整改期限", "new deadline", None)
    fingerprint: Words = fact("复查指纹", "fingerprint of the facts seen")


class Closed(Event, frozen=True):
    """The hazard was struck off (销号)."""

    do: Literal["close"]
    reason: Words = fact("销号原因", "reason", need="always", words="close_reasons")


class Reopened(Event, frozen=True):
    """The same defect came back within the look-back window (反弹)."""

    do: Literal["reopen"]
    to: Words = fact("整改责任单位", "responsible unit", need="always", ref="unit")
    person: Words = fact("整改责任人", "responsible person")
    due: Day | None = fact("整改期限", "deadline", None, need="always")
    reason: Words = fact("原因", "reason", need="always")


class Transferred(Event, frozen=True):
    """Another authority became competent (移送)."""

    do: Literal["transfer"]
    to: Words = fact("接收单位", "receiving authority", need="always")
    reason: Words = fact("原因", "reason", need="always")


class Regraded(Event, frozen=True):
    """The grade changed (调级)."""

    do: Literal["regrade"]
    was: Words = fact("原级别", "grade before", need="always", words="grades")
    now: Words = fact("现级别", "grade after", need="always", words="grades")
    reason: Words = fact("理由", "reason", need="always")
    basis: Anything = fact("判定依据", "basis", None)


class Withdrawn(Event, frozen=True):
    """The record is no record of its own (作废)."""

    do: Literal["withdraw"]
    reason: Words = fact("作废原因", "reason", need="always", words="withdraw_reasons")
    of: Words = fact("保留的记录", "record that stays", ref="hazard")
    into: Names = fact("拆分为", "split into", (), ref="hazard")


class Corrected(Event, frozen=True):
    """A fact, or a field of an earlier event, was put right (更正); the old value stays readable."""

    do: Literal["correct"]
    field: Words = fact("字段", "field", need="always")
    was: Anything = fact("原值", "value before", None)
    now: Anything = fact("新值", "value after", None)
    reason: Words = fact("理由", "reason", need="always")
    event: Count | None = fact("事件序号", "event number from 1", None)


class Noted(Event, frozen=True):
    """A remark was made (备注)."""

    do: Literal["note"]


class Supervised(Event, frozen=True):
    """A higher authority listed the hazard (挂牌督办)."""

    do: Literal["supervise"]
    level: Words = fact("督办层级", "level", need="always", words="supervise_levels")
    due: Day | None = fact("督办期限", "deadline named in the listing", None)


class Released(Event, frozen=True):
    """The listing ended (摘牌)."""

    do: Literal["release"]


AnyEvent: TypeAlias = Annotated[
    Registered | Assigned | Started | Extended | Progressed | Rectified | Verified | Closed | Reopened
    | Transferred | Regraded | Withdrawn | Corrected | Noted | Supervised | Released,
    Field(discriminator="do"),
]  # fmt: skip

EVENTS: Final[Mapping[str, type[Event]]] = {
    "register": Registered, "assign": Assigned, "start": Started, "extend": Extended, "progress": Progressed, "rectify": Rectified,
    "verify": Verified, "close": Closed, "reopen": Reopened, "transfer": Transferred, "regrade": Regraded, "withdraw": Withdrawn,
    "correct": Corrected, "note": Noted, "supervise": Supervised, "release": Released,
}  # fmt: skip

_ADAPTER: Final[TypeAdapter[Any]] = TypeAdapter(AnyEvent, config=ConfigDict(defer_build=True))  # built when the first act is written


def event(fields: Mapping[str, object], zone: dt.tzinfo | None = None) -> Event:
    """Make an event from its fields, written or typed.

    Raises:
        ValidationError: a field cannot be read, or the verb is unknown.
    """
    made: Event = _ADAPTER.validate_python(dict(fields), context={"zone": zone})
    return made


def written(act: Event) -> dict[str, object]:
    """Give an event's fields by the names used in files, in file order, those left at their default omitted."""
    return act.model_dump(by_alias=True, exclude_defaults=True)


def amended(history: Sequence[Event]) -> tuple[tuple[Event, ...], tuple[int, ...]]:
    """Lay the corrections of event fields over a history (DOMAIN §3.2 `correct`, MEASURES §2).

    Returns:
        The events as they stand, in file order, and the positions (from 0) of corrections that name no event or make none.
    """
    for act in history:  # a loop, for this runs several times a record
        if act.do == "correct" and isinstance(act, Corrected) and act.event is not None:
            break
    else:
        return tuple(history), ()
    events: list[Event] = list(history)
    bad: list[int] = []
    for position, act in enumerate(history):
        if not isinstance(act, Corrected) or act.event is None:
            continue
        try:
            events[act.event - 1 : act.event] = [_with(events, act)]
        except (IndexError, ValidationError):
            bad.append(position)
    return tuple(events), tuple(bad)


def _with(events: Sequence[Event], act: Corrected) -> Event:
    number = act.event or 0
    if not 1 <= number <= len(events) or act.field == "do":
        raise IndexError(number)
    fields = {**written(events[number - 1]), "do": events[number - 1].do, act.field: act.now}
    return event({name: value for name, value in fields.items() if value is not None})


def in_order(fields: Mapping[str, object]) -> dict[str, object]:
    """Sort an event's fields as they stand on its line: date, do, by, its own, then note, number, papers (STYLE: names)."""
    last = ("note", "number", "doc", "evidence", "recorded")
    first = [name for name in ("date", "do", "by") if name in fields]
    own = [name for name in fields if name not in first and name not in last]
    return {name: fields[name] for name in [*first, *own, *(name for name in last if name in fields)]}
