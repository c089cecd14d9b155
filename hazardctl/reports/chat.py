"""The summary of a period as a message for a chat: one line of figures that adds up, the overdue by name, one request (EXPERIENCE §8.8)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from hazardctl.language import Text, plain
from hazardctl.reports import frame as frames
from hazardctl.reports.answers import COHORT, Late
from hazardctl.reports.frame import Frame, word
from hazardctl.reports.told import Told, number
from hazardctl.sheet import Line, Sheet

MOST_LATE: Final = 5
FIGURES: Final = (*(f"hazards.{part}" for part in ("found", *COHORT)), "hazards.rate")
"""What the message is made of."""

HEAD: Final = Text("【{name}{period}隐患通报】截至 {day}", "[{name}: hazards, {period}] as of {day}")
FOUND: Final = Text("本期发现{n}项", "found in the period {n}")
NONE: Final = Text("本期未发现隐患", "no hazard was found in the period")
NOT_BEGUN: Final = Text("统计期尚未开始。", "The period has not begun.")
UNTOLD: Final = Text("本期发现数未记入台账", "the ledger does not tell what was found in the period")
SO_FAR: Final = Text("{year}年累计{n}项", "found in {year} so far {n}")
OF_THESE: Final[Mapping[str, Text]] = {
    "hazards.rectified": Text("已整改{n}项", "rectified {n}"),
    "hazards.awaiting": Text("待复查{n}项", "to verify {n}"),
    "hazards.within_due": Text("限期整改{n}项", "within due {n}"),
    "hazards.overdue": Text("逾期{n}项", "overdue {n}"),
    "hazards.no_due": Text("未定期限{n}项", "no due day {n}"),
    "hazards.closed_other": Text("因其他原因销号{n}项", "closed otherwise {n}"),
    "hazards.rate": Text("整改率{n}", "rate {n}"),
}
OVERDUE: Final = Text("逾期未整改{n}项：", "Overdue, {n} in all:")
ONE: Final = Text("{place}. {unit}：{hazard}（{more}）", "{place}. {unit}: {hazard} ({more})")
DAYS: Final = Text("逾期{n}天", "{n} days late")
MORE: Final = Text("另有{n}项。", "and {n} more.")
ASK: Final = Text("请责任单位抓紧整改，改完报照片待复查。", "Please rectify these and send photographs when it is done.")
UNREAD: Final = Text("有{n}个文件读不出，以上未计入。", "{n} files could not be read and are left out.")


def brief(frame: Frame, lines: tuple[Text, ...]) -> Sheet:
    """Give a sheet that is nothing but a message."""
    return Sheet("summary", lines[0], blocks=tuple(Line(line) for line in lines[1:]), data=frames.stated(frame), brief=lines)


def chat(
    frame: Frame, period: Mapping[str, Told], so_far: Mapping[str, Told] | None, overdue: Sequence[Late], more: int = 0
) -> tuple[Text, ...]:
    """Give the lines of the message.

    Args:
        frame: what the figures depend on.
        period: the figures of the period.
        so_far: those from 1 January on, where the period begins later.
        overdue: on the as-of day, majors first.
        more: how many more of them there are.
    """
    return tuple(_lines(frame, period, so_far, overdue, more))


def _lines(
    frame: Frame, period: Mapping[str, Told], so_far: Mapping[str, Told] | None, overdue: Sequence[Late], more: int
) -> Iterator[Text]:
    label = frame.period.label if frame.period else Text("", "")
    yield HEAD.of(name=frame.organisation, period=label, day=frame.as_of)
    if not frame.begun:
        yield NOT_BEGUN
        return
    found = _found(period["hazards.found"])
    if so_far is None:
        yield _sentence([found, *_parts(period)])
    else:
        year = SO_FAR.of(year=frame.period.end.year if frame.period else "", n=number(so_far["hazards.found"]))
        first = Text("{a}；{b}", "{a}; {b}").of(a=found, b=year)
        yield _sentence([first, *_parts(so_far)])
    if overdue:
        whole = len(overdue) + more
        yield OVERDUE.of(n=whole)
        yield from (_late(place, one) for place, one in enumerate(overdue[:MOST_LATE], 1))
        if whole > MOST_LATE:
            yield MORE.of(n=whole - MOST_LATE)
        yield ASK
    if frame.unread:
        yield UNREAD.of(n=len(frame.unread))


def _found(told: Told) -> Text:
    if told.missing:
        return UNTOLD
    return FOUND.of(n=number(told)) if told.exact != 0 else NONE


def _parts(figures: Mapping[str, Told]) -> Iterator[Text]:
    """Give what became of those found: nothing where none was, and no part of 0 but the overdue, which are never left out."""
    found = figures["hazards.found"]
    if found.missing or found.exact == 0:
        return
    for name, form in OF_THESE.items():
        told = figures[name]
        if not told.missing and (told.exact != 0 or name == "hazards.overdue"):
            yield form.of(n=number(told))


def _sentence(parts: Iterable[Text]) -> Text:
    return Text("{it}。", "{it}.").of(it=_listed(parts))


def _late(place: int, one: Late) -> Text:
    more = [word("grades", one.grade)] if one.grade == "major" else []
    more += [DAYS.of(n=one.days), *([plain(one.person)] if one.person else [])]
    return ONE.of(place=place, unit=one.unit, hazard=one.hazard, more=_listed(more))


def _listed(parts: Iterable[Text]) -> Text:
    """Join clauses with the comma of each language."""
    values = {f"p{place}": part for place, part in enumerate(parts)}
    names = [f"{{{name}}}" for name in values]
    return Text("，".join(names), ", ".join(names), values)
