"""HZ517: a recurring duty that was not met."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from hazardctl.diagnostics import Severity
from hazardctl.language import Text
from hazardctl.ledger import Entry
from hazardctl.model.record import Record
from hazardctl.rules.case import Setting
from hazardctl.rules.registry import Fault, rule

MOST: Final = 6


@rule(
    "HZ517",
    scope="ledger",
    severity=Severity.WARNING,
    since="0.1",
    title=Text("义务未履行", "a duty was not met"),
    why=Text("每季一次的会议少开一次，事后补不回来", "a quarter without its meeting cannot be made up for later"),
    repair=Text("登记履行它的记录，或说明原因后作废该义务", "record what met it, or withdraw the duty with the reason"),
)
def obligation_missed(setting: Setting) -> Iterator[tuple[Entry[Record], Fault]]:
    """Every part of an obligation's period that has ended has a record that met it in time; filings are those of HZ516.

    Bad:
        ```yaml
        # today: 2024-04-10
        id: MB-20240101-3YV1P
        schema: target/1
        kind: obligation
        name: 安委会全体会议
        period: 2024
        scope: {}
        every: quarter  # HZ517
        met_by: {record: activity, kind: meeting}
        ```

    Good:
        ```yaml
        # today: 2024-04-10
        id: MB-20240101-3YV1P
        schema: target/1
        kind: obligation
        name: 安委会全体会议
        period: 2024
        scope: {}
        every: quarter
        met_by: {record: activity, kind: meeting}
        ---
        id: HD-20240328-0B8SE
        schema: activity/1
        date: 2024-03-28
        kind: meeting
        subject: 安委会一季度会议
        org: qingshan-safety-office
        ```
    """
    missed: dict[str, tuple[Entry[Record], list[str]]] = {}
    for one in setting.figures.owed():
        if not one.filing and not one.met:
            missed.setdefault(one.target.record.id, (one.target, []))[1].append(one.period)
    for entry, periods in missed.values():
        message = Text("{periods} 没有履行", "not met in {periods}").of(periods=periods[:MOST])
        more = Text("{first} 等 {n} 期", "{first} and others, {n} in all").of(first=message, n=len(periods))
        yield entry, Fault(more if len(periods) > MOST else message, ("every",))
