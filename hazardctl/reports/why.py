"""Why a hazard is in a figure: the days that put it there, in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from hazardctl.history import Span
from hazardctl.language import Text
from hazardctl.model.hazard import Hazard

STEP: Final[Mapping[str, Text]] = {
    "claimed": Text("{day} 报整改完成", "claimed {day}"),
    "passed": Text("{day} 复查合格", "verified {day}"),
    "closed": Text("{day} 销号", "closed {day}"),
}
NOTHING: Final = Text("没有整改申报", "no standing claim")


@dataclass(frozen=True, slots=True)
class Seen:
    """What a figure saw of a hazard.

    Attributes:
        hazard: its facts.
        span: how it stood on the day that decided.
        day: that day.
        preset: the basis.
        withdrawn: when it was withdrawn, or None.
        days: the days for which it counts.
    """

    hazard: Hazard
    span: Span
    day: dt.date
    preset: str
    withdrawn: dt.date | None
    days: Sequence[dt.date] = ()


def reason(measure: str, seen: Seen) -> Text:
    """Say why a hazard is in a figure, by the id of the measure."""
    if made := _REASONS.get(measure):
        return made(seen)
    return Text("{days}", "{days}").of(days=list(seen.days))


def step(preset: str, grade: str) -> str:
    """Name the field of a span that the basis takes for done, for a grade (DOMAIN §4.1)."""
    uniform = {"default": "passed", "verified": "passed", "rectified": "claimed", "closed": "closed"}
    return uniform.get(preset) or ("closed" if grade == "major" else "claimed")


def _done(seen: Seen) -> Text:
    name = step(seen.preset, seen.span.grade)
    day: dt.date | None = getattr(seen.span, name)
    return STEP[name].of(day=day) if day else Text("{day} 因其他原因销号", "closed {day} for another reason").of(day=seen.span.removed)


def _awaiting(seen: Seen) -> Text:
    wanted = {"passed": Text("尚未复查合格", "not yet verified"), "closed": Text("尚未销号", "not yet closed")}
    missing = wanted.get(step(seen.preset, seen.span.grade), NOTHING)
    return Text("{claim}，{missing}", "{claim}, {missing}").of(claim=_claim(seen), missing=missing)


def _claim(seen: Seen) -> Text:
    return STEP["claimed"].of(day=seen.span.claimed) if seen.span.claimed else NOTHING


def _due(seen: Seen) -> Text:
    return Text("期限 {due}，{claim}", "due {due}, {claim}").of(due=seen.span.due, claim=_claim(seen))


def _late(seen: Seen) -> Text:
    said = Text("期限 {due} 早于 {day}，{claim}", "due {due}, before {day}; {claim}")
    return said.of(due=seen.span.due, day=seen.day, claim=_claim(seen))


def _found(seen: Seen) -> Text:
    return Text("{day} 发现", "found {day}").of(day=seen.hazard.found_on)


def _removed(seen: Seen) -> Text:
    return Text("{day} 因其他原因销号", "closed {day} for another reason").of(day=seen.span.removed)


def _withdrawn(seen: Seen) -> Text:
    return Text("{day} 作废", "withdrawn {day}").of(day=seen.withdrawn)


def _no_due(_: Seen) -> Text:
    return Text("没有期限，也没有整改申报", "no deadline and no claim")


_REASONS: Final[Mapping[str, Callable[[Seen], Text]]] = {
    "hazards.found": _found,
    "hazards.rectified": _done,
    "hazards.awaiting": _awaiting,
    "hazards.within_due": _due,
    "hazards.overdue": _late,
    "hazards.no_due": _no_due,
    "hazards.closed_other": _removed,
    "hazards.withdrawn": _withdrawn,
    "due.met": _due,
    "due.late": _due,
    "due.unconfirmed": _due,
    "due.undecided": _due,
    "stock.overdue": _late,
}
