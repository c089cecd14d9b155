"""Hazards that wait for somebody: an answer to a request, a check, a closing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from hazardctl.history import Span
from hazardctl.language import Text, plain
from hazardctl.ledger import Entry, Ledger
from hazardctl.model.events import Extended
from hazardctl.model.hazard import Hazard
from hazardctl.ops.queues.majors import Entries
from hazardctl.ops.queues.seen import short
from hazardctl.reports.agenda import Item

UNWRITTEN: Final = Text("（未写）", "(not written)")
TO: Final = Text("申请延至 {due}：{reason}", "asks for {due}: {reason}")


def open_ones(ledger: Ledger, entries: Entries, day: dt.date) -> Iterator[tuple[Entry[Hazard], Span]]:
    """Give the hazards that are not closed, withdrawn or transferred on a day, with how they stand."""
    for entry in entries:
        span = ledger.replay(entry).on(day)
        if span is not None and span.counted and span.open and not entry.record.withdrawn_by(day):
            yield entry, span


def requests(ledger: Ledger, entries: Entries, day: dt.date) -> Iterator[Item]:
    """Give the extensions asked for that nobody has answered, of hazards still to be done."""
    for entry, span in open_ones(ledger, entries, day):
        acts = (act.event for act in ledger.replay(entry).acts if act.fits and span.cycle_start <= act.event.date <= day)
        asked = [act for act in acts if isinstance(act, Extended)]
        if asked and asked[-1].decision == "requested" and span.claimed is None:
            said = TO.of(due=asked[-1].due, reason=asked[-1].reason)
            yield Item(entry.record.id, span.owner or entry.record.unit, short(entry.record), asked[-1].date,
                       (day - asked[-1].date).days, said)  # fmt: skip


def to_verify(ledger: Ledger, entries: Entries, day: dt.date) -> Iterator[Item]:
    """Give the hazards claimed as done and not checked for longer than the review limit."""
    for entry, span in open_ones(ledger, entries, day):
        if span.claimed is not None and span.passed is None and (day - span.claimed).days > ledger.config.policy.review_days:
            yield _since(entry, span, span.claimed, day)


def to_close(ledger: Ledger, entries: Entries, day: dt.date) -> Iterator[Item]:
    """Give the hazards that passed their check and were not closed for longer than the limit for closing."""
    for entry, span in open_ones(ledger, entries, day):
        if span.state == "verified" and span.passed is not None and (day - span.passed).days > ledger.config.policy.close_days:
            yield _since(entry, span, span.passed, day)


def _since(entry: Entry[Hazard], span: Span, on: dt.date, day: dt.date) -> Item:
    hazard = entry.record
    return Item(hazard.id, span.owner or hazard.unit, short(hazard), on, (day - on).days, plain(span.person))


def problems(ledger: Ledger, entries: Entries, day: dt.date) -> Iterator[Item]:
    """Give the open hazards with the measure written for each: of the plan, else the requirement, else the control until then (M-60)."""
    for entry, span in open_ones(ledger, entries, day):
        hazard = entry.record
        plan = hazard.plan.measures.text if hazard.plan and hazard.plan.measures else ""
        measure = plan or hazard.requirement or hazard.interim
        yield Item(
            hazard.id, span.owner or hazard.unit, plain(hazard.description), span.due, None, plain(measure) if measure else UNWRITTEN
        )
