"""HZ417: long overdue, and nobody answered."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, Final, cast

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.hazard import Hazard
from hazardctl.model.record import Record
from hazardctl.rules.briefs import Brief
from hazardctl.rules.case import Setting
from hazardctl.rules.registry import Fault, rule

PATIENCE: Final = 30
ORDERS: Final = frozenset({"on_site_decision", "order", "coercive_order"})


def _overdue(entry: Entry[Record], setting: Setting) -> Iterable[tuple[str, list[Any]]]:
    """Give the deadline of an overdue hazard, the names by which it may be answered, and where the deadline stands."""
    if not isinstance(entry.record, Hazard):
        return
    replayed = setting.replay(cast("Entry[Hazard]", entry))
    now = replayed.on(setting.today)
    if now is not None and now.due is not None and now.overdue_on(setting.today):
        names = [entry.record.id, *(setting.ledger.unit_key(text) for text in (entry.record.unit, now.owner) if text)]
        lines = [act.position for act in replayed.acts if act.fits and getattr(act.event, "due", None) == now.due]
        yield "", [now.due.toordinal(), names, ["history", lines[-1], "due"] if lines else ["history"]]


@rule(
    "HZ417",
    scope="ledger",
    brief=_overdue,
    severity=Severity.WARNING,
    since="0.1",
    title=Text("久逾未处置", "long overdue, and nobody answered"),
    why=Text(
        "期限过了一个多月，既没有延期也没有执法，等于默许（安全生产法第一百零二条）",
        "a month past its deadline with neither an extension nor enforcement amounts to consent (安全生产法 art. 102)",
    ),
    repair=Text("下指令、立案处罚，或依程序延期", "order it, penalise it, or grant an extension by the book"),
)
def overdue_unanswered(setting: Setting) -> Iterator[tuple[Brief, Fault]]:
    """A hazard more than 30 days overdue has an order or another enforcement act dated after its deadline.

    The act names the hazard, or its unit and no hazard at all. A granted extension moves the deadline and starts the days anew.

    Bad:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        unit: xx-paper
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: xx-paper, due: 2024-03-27}  # HZ417
        ```

    Good:
        ```yaml
        id: YH-20240312-7K2QF
        schema: hazard/1
        description: 消防通道被货物占用
        found_on: 2024-03-12
        grade: general
        unit: xx-paper
        history:
          - {date: 2024-03-12, do: register, by: 李四}
          - {date: 2024-03-12, do: assign, by: 李四, to: xx-paper, due: 2024-03-27}
        ---
        id: ZF-20240412-8H4MR
        schema: enforcement/1
        date: 2024-04-12
        kind: fine
        org: shili-emergency
        unit: xx-paper
        hazards: [YH-20240312-7K2QF]
        amount: 20000
        ```
    """
    answers = _answers(setting)
    for _, group in setting.briefs.groups("HZ417"):
        for one in group:
            day, names, trail = one.said
            due = dt.date.fromordinal(day)
            days = (setting.today - due).days
            if days > PATIENCE and not any(answers.get(name, due) > due for name in names):
                message = Text("逾期 {n} 天，没有执法也没有延期", "{n} days overdue, neither enforced nor extended")
                yield one, Fault(message.of(n=days), tuple(trail))


def _answers(setting: Setting) -> dict[str, dt.date]:
    """Give the last day a hazard was answered by its id, and a unit by its key where the decision names no hazard."""
    found: dict[str, dt.date] = {}
    for decision in setting.decisions:
        for name in decision.hazards or map(setting.ledger.unit_key, decision.against):
            found[name] = max(found.get(name, decision.date), decision.date)
    for paper in setting.papers:
        for name in paper.hazards if paper.kind in ORDERS else ():
            found[name] = max(found.get(name, paper.date), paper.date)
    return found
