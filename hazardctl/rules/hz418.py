"""HZ418: penalised often enough to be closed."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Final, cast

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.enforcement import Enforcement
from hazardctl.model.hazard import Hazard
from hazardctl.model.record import Record
from hazardctl.rules.case import Setting
from hazardctl.rules.registry import Fault, rule

PENALTIES: Final = frozenset({"warning", "fine", "daily_fine", "confiscation", "stop_production", "three_stops", "licence", "detention"})
ANSWERS: Final = frozenset({"closure_requested", "closed"})
THRESHOLDS: Final = ((3, dt.timedelta(days=180)), (4, dt.timedelta(days=365)))
"""So many penalties within so many days."""


def _major(entry: Entry[Record], setting: Setting) -> Iterable[tuple[str, str]]:
    """Give the units of an open major hazard, and the day it was found."""
    if isinstance(entry.record, Hazard):
        now = setting.replay(cast("Entry[Hazard]", entry)).on(setting.today)
        if now and now.open and now.grade == "major":
            units = sorted({setting.ledger.unit_key(text) for text in (entry.record.unit, now.owner) if text})
            yield from ((unit, entry.record.found_on.isoformat()) for unit in units)


@rule(
    "HZ418",
    scope="ledger",
    brief=_major,
    severity=Severity.WARNING,
    since="0.1",
    title=Text("已达提请关闭条件", "penalised often enough to be closed"),
    why=Text(
        "存在重大事故隐患，180 日内三次或一年内四次受处罚的，应提请关闭（安全生产法第一百一十三条）",
        "a major hazard and three penalties in 180 days, or four in a year: closure must be asked for (安全生产法 art. 113)",
    ),
    repair=Text("提请关闭，登记 kind: closure_requested；不提请的写明理由", "ask for closure (kind: closure_requested), or say why not"),
)
def closure_threshold(setting: Setting) -> Iterator[tuple[Entry[Record], Fault]]:
    """Where a unit with an open major hazard is penalised for the third time in 180 days or the fourth in a year, closure is asked for.

    The finding stands at the penalty that fills the measure.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 液氨机房无泄漏报警
        found_on: 2024-03-12
        unit: xx-food
        grade: major
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ---
        id: ZF-20240320-8H4MR
        schema: enforcement/1
        date: 2024-03-20
        kind: warning
        org: shili-emergency
        unit: xx-food
        ---
        id: ZF-20240420-9J5NS
        schema: enforcement/1
        date: 2024-04-20
        kind: fine
        org: shili-emergency
        unit: xx-food
        amount: 20000
        ---
        id: ZF-20240520-AK6PT
        schema: enforcement/1
        date: 2024-05-20
        kind: fine  # HZ418
        org: shili-emergency
        unit: xx-food
        amount: 50000
        ```

    Good:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 液氨机房无泄漏报警
        found_on: 2024-03-12
        unit: xx-food
        grade: major
        history:
          - {date: 2024-03-12, do: register, by: 李四}
        ---
        id: ZF-20240320-8H4MR
        schema: enforcement/1
        date: 2024-03-20
        kind: warning
        org: shili-emergency
        unit: xx-food
        ---
        id: ZF-20240420-9J5NS
        schema: enforcement/1
        date: 2024-04-20
        kind: fine
        org: shili-emergency
        unit: xx-food
        amount: 20000
        ---
        id: ZF-20240520-AK6PT
        schema: enforcement/1
        date: 2024-05-20
        kind: fine
        org: shili-emergency
        unit: xx-food
        amount: 50000
        ---
        id: ZF-20240527-BM7QV
        schema: enforcement/1
        date: 2024-05-27
        kind: closure_requested
        org: shili-emergency
        unit: xx-food
        ```
    """
    major = _majors(setting)
    for unit, decisions in _by_unit(setting).items():
        penalties = [one for one in decisions if one.kind in PENALTIES]
        reached = [(last, n, span) for last, n, span in _reached(penalties) if unit in major and major[unit] <= last.date]
        if reached:
            last, n, span = reached[-1]
            if not any(one.kind in ANSWERS and one.date >= last.date for one in decisions):
                message = Text("{days} 天内第 {n} 次处罚，重大隐患仍在", "penalty {n} within {days} days, and a major hazard is open")
                yield setting.ledger.by_id[last.id], Fault(message.of(days=span.days, n=n), ("kind",))


def _majors(setting: Setting) -> dict[str, dt.date]:
    """Give the units with an open major hazard today, and the day the first of them was found."""
    return {unit: dt.date.fromisoformat(min(one.said for one in group)) for unit, group in setting.briefs.groups("HZ418")}


def _by_unit(setting: Setting) -> dict[str, list[Enforcement]]:
    found: dict[str, list[Enforcement]] = defaultdict(list)
    for decision in setting.decisions:
        for unit in {setting.ledger.unit_key(text) for text in decision.against}:
            found[unit].append(decision)
    return {unit: sorted(found[unit], key=lambda one: (one.date, one.id)) for unit in sorted(found)}


def _reached(penalties: Sequence[Enforcement]) -> Iterator[tuple[Enforcement, int, dt.timedelta]]:
    """Give every penalty that fills a measure, with the number and the days of that measure."""
    for position, last in enumerate(penalties):
        for n, span in THRESHOLDS:
            if position + 1 >= n and last.date - penalties[position + 1 - n].date < span:
                yield last, n, span
                break
