"""The key figures of a dashboard, each with its measure and its place in the JSON of the summary."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, cast

from hazardctl.board import Card, Look
from hazardctl.language import Text
from hazardctl.reports.told import MISSING
from hazardctl.sheet import Cell, Rate, Sheet
from hazardctl.vocabulary import NOUNS

PARTS: Final[Mapping[str, Text]] = {
    "rectified": Text("已整改", "rectified"),
    "awaiting": Text("待复查", "to verify"),
    "within_due": Text("限期整改", "within due"),
    "overdue": Text("逾期", "overdue"),
    "no_due": Text("未定期限", "no due date"),
    "closed_other": Text("非整改销号", "closed otherwise"),
}
SUM: Final = Text("发现 {found} = {parts}", "found {found} = {parts}")
PART: Final = Text("{name} {n}", "{name} {n}")
OF: Final = Text("{n}/{all}", "{n} of {all}")
LONGEST: Final = Text("最长 {n} 天", "longest {n} days")
MAJORS: Final = Text("其中重大 {n} 项", "of these major: {n}")


def cards(summary: Sheet) -> Iterator[Card]:
    """Give the cards, in reading order."""
    data = summary.data
    yield Card(NOUNS["found"].heading, _value(data, "found"), "hazards.found", "report/found")
    yield _rate(data, "rate", Text("整改率", "Rectified, share"), "hazards.rate")
    yield _rate(data, "on_time", Text("按期整改率", "On time, share"), "due.on_time")
    yield _overdue(data)
    awaiting = _value(data, "awaiting")
    look: Look = "warn" if awaiting not in {0, MISSING} else ""
    yield Card(Text("待复查", "To verify"), awaiting, "hazards.awaiting", "report/awaiting", tone=look)
    if isinstance(stock := data.get("stock"), Mapping):
        kept = cast("Mapping[str, Cell]", stock)
        opened = Text("期初 {n}", "at the start {n}").of(n=kept["opening"])
        yield Card(Text("期末存量", "Closing stock"), kept["closing"], "stock.closing", "report/stock/closing", opened)
    if isinstance(official := data.get("official"), Mapping):
        told = cast("Mapping[str, Cell]", official)
        if isinstance(rate := told.get("major.rate"), Rate):
            note = OF.of(n=rate.numerator, all=rate.denominator)
            yield Card(Text("重大整改率", "Majors rectified"), rate, "hazards.major.rate", "report/official/major.rate", note, _tone(rate))


def _rate(data: Mapping[str, object], key: str, label: Text, measure: str) -> Card:
    rate = data.get(key)
    if not isinstance(rate, Rate):
        return Card(label, MISSING, measure, f"report/{key}")
    return Card(label, rate, measure, f"report/{key}", OF.of(n=rate.numerator, all=rate.denominator), _tone(rate))


def _tone(rate: Rate) -> Look:
    return "good" if rate.denominator and rate.numerator == rate.denominator else ""


def _overdue(data: Mapping[str, object]) -> Card:
    listed = cast("list[Mapping[str, object]]", data["overdue_list"])
    days = [cast("int", one["days"]) for one in listed if one["days"] is not None]
    majors = sum(one["grade"] == "major" for one in listed)
    note = MAJORS.of(n=majors) if majors else LONGEST.of(n=max(days)) if days else None
    value = _value(data, "overdue")
    return Card(
        Text("逾期未整改", "Overdue"), value, "hazards.overdue", "report/overdue", note, "alarm" if value not in {0, MISSING} else ""
    )


def _value(data: Mapping[str, object], key: str) -> Cell:
    value = data[key]
    return MISSING if value is None else cast("Cell", value)


def adding(summary: Sheet) -> Text | None:
    """Say how the found divide; None where a part is not known exactly."""
    data = summary.data
    if any(data[part] is None for part in ("found", *PARTS)):
        return None
    parts = [PART.of(name=label, n=data[part]) for part, label in PARTS.items() if data[part] or part in {"rectified", "overdue"}]
    slots = " + ".join(f"{{p{number}}}" for number in range(len(parts)))
    return SUM.of(found=data["found"], parts=Text(slots, slots).of(**{f"p{number}": part for number, part in enumerate(parts)}))
