"""HZ516: figures filed late or not at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final, cast

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.days import days_of
from hazardctl.model.document import Document
from hazardctl.model.record import Record
from hazardctl.model.target import Target
from hazardctl.rules.case import Setting
from hazardctl.rules.registry import Fault, rule

LATE: Final = Text("{period} 应于 {due} 前报送，{id} 报于 {day}", "{period} was due on {due}; {id} is of {day}")
MISSING: Final = Text("{period} 应于 {due} 前报送，没有报送", "{period} was due on {due} and was not filed")


@rule(
    "HZ516",
    scope="ledger",
    severity=Severity.WARNING,
    since="0.1",
    title=Text("未按时报送", "figures filed late"),
    why=Text(
        "季度统计在季后十五日内报，年度统计在次年一月底前报",
        "quarterly figures are due on the 15th after the quarter, yearly ones on 31 January",
    ),
    repair=Text("补报，并登记为 submission 文书", "file them, and record the document as a submission"),
)
def filing_late(setting: Setting) -> Iterator[tuple[Entry[Record], Fault]]:
    """Figures of a quarter are filed by the 15th of the next month, those of a year by 31 January (DOMAIN §5.3; 安监总局令第16号).

    A ledger that keeps the duty as an obligation has its own last day, and is told of what was never filed too.

    Bad:
        ```yaml
        # today: 2024-04-16
        id: MB-20240101-3YV1P
        schema: target/1
        kind: obligation
        name: 季度统计报送
        period: 2024
        scope: {}
        every: quarter  # HZ516
        due_days: 15
        met_by: {record: document, kind: submission}
        ```

    Good:
        ```yaml
        # today: 2024-04-16
        id: MB-20240101-3YV1P
        schema: target/1
        kind: obligation
        name: 季度统计报送
        period: 2024
        scope: {}
        every: quarter
        due_days: 15
        met_by: {record: document, kind: submission}
        ---
        id: WJ-20240412-6NGYK
        schema: document/1
        date: 2024-04-12
        kind: submission
        title: 一季度统计表
        issuer: qingshan-safety-office
        period: 2024Q1
        figures: {hazards.found: 31}
        ```
    """
    own = False
    for one in setting.figures.owed():
        if one.filing and not one.met:
            message = LATE if one.late else MISSING
            id_, day = one.late or ("", one.due)
            yield one.target, Fault(message.of(period=one.period, due=one.due, id=id_, day=day), ("every",))
    own = any(_files(entry, setting) for entry in setting.ledger.of("target"))
    if not own:
        yield from _by_law(setting)


def _files(entry: Entry[Record], setting: Setting) -> bool:
    target = cast("Target", entry.record)
    met_by = target.met_by
    filing = met_by is not None and met_by.record == "document" and met_by.filters.get("kind") == "submission"
    return filing and target.id not in setting.ended


def _by_law(setting: Setting) -> Iterator[tuple[Entry[Record], Fault]]:
    """Judge what was filed by the days of the regulation, where the ledger has no duty of its own."""
    for entry in setting.ledger.of("document"):
        paper = cast("Document", entry.record)
        days = days_of(paper.period) if paper.kind == "submission" and paper.period and paper.id not in setting.ended else None
        due = last_day(*days) if days else None
        if due is not None and paper.date > due:
            yield entry, Fault(LATE.of(period=paper.period, due=due, id=paper.id, day=paper.date), ("date",))


def last_day(first: dt.date, last: dt.date) -> dt.date | None:
    """Give the day by which the figures of a quarter or a year are due; None for any other period."""
    next_day = last + dt.timedelta(days=1)
    months = (next_day.year - first.year) * 12 + next_day.month - first.month
    if first.day != 1 or next_day.day != 1 or months not in {3, 12} or (first.month - 1) % months:
        return None
    return next_day.replace(day=15) if months == 3 else next_day.replace(day=31)
