"""What major hazards wait for: the look-back after closing, the quarterly word of progress, the seal that was not lifted."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from hazardctl.history import Span
from hazardctl.ledger import Entry, Ledger
from hazardctl.model.enforcement import STOPS, Enforcement
from hazardctl.model.events import Supervised
from hazardctl.model.hazard import Hazard, Report
from hazardctl.model.inspection import Inspection
from hazardctl.ops.queues.seen import seen
from hazardctl.ops.standing import Row, headline
from hazardctl.rules.hz406 import QUARTER, TELLING

Entries: TypeAlias = Iterable[Entry[Hazard]]
"""The hazards to look at; those that are not major are passed over."""
STOP_KINDS = frozenset(STOPS.removeprefix("kind: ").split())
CONGRESS = ("职工", "职代会", "工会", "worker", "staff", "union")
"""Words that name the workers' congress; a report to anybody else is one to the regulator."""


@dataclass(frozen=True, slots=True)
class LookBack:
    """A closed major that nobody has gone back to; `until` is the last day of its look-back window."""

    id: str
    hazard: str
    unit: str
    closed: dt.date
    until: dt.date


@dataclass(frozen=True, slots=True)
class Progress:
    """A listed major: who listed it, what was last said of it, and by when the next word is due; None where none is owed."""

    hazard: Hazard
    span: Span
    level: str
    number: str
    last: dt.date
    next: dt.date | None


@dataclass(frozen=True, slots=True)
class Sealed:
    """A major closed as rectified while a stop order that names it was in force."""

    hazard: Hazard
    closed: dt.date
    order: Enforcement


def _majors(ledger: Ledger, entries: Entries, day: dt.date) -> Iterator[tuple[Entry[Hazard], Span]]:
    for entry in entries:
        span = ledger.replay(entry).on(day)
        if span is not None and span.counted and span.grade == "major" and not entry.record.withdrawn_by(day):
            yield entry, span


def revisits(ledger: Ledger, day: dt.date) -> Mapping[str, dt.date]:
    """Give the last day each unit was gone back to: an outing of kind `revisit` that visited it."""
    found: dict[str, dt.date] = {}
    for one in seen(ledger, "inspection", Inspection, day):
        if one.kind == "revisit" and one.last <= day:
            for unit in map(ledger.unit_key, one.units):
                found[unit] = max(found.get(unit, one.last), one.last)
    return found


def look_backs(ledger: Ledger, rows: Iterable[Row], day: dt.date) -> Iterator[LookBack]:
    """Give the majors closed as rectified whose unit was not gone back to since: a revisit after the closing meets it (M-06).

    Args:
        ledger: with the outings.
        rows: of the list of the day; of those that are no closed majors nothing is made.
        day: the day that sees them.
    """
    visited = revisits(ledger, day)
    window = dt.timedelta(days=ledger.config.policy.look_back_days)
    for row in rows:
        closed: dt.date | None = row["closed"]
        there = row["grade"] == "major" and row["state"] == "closed" and (row["withdrawn"] or dt.date.max) > day
        if there and closed is not None and visited.get(row["unit"], dt.date.min) <= closed:
            yield LookBack(row["id"], headline(row), row["unit"], closed, closed + window)


def progress(ledger: Ledger, entries: Entries, day: dt.date) -> Iterator[Progress]:
    """Give the listed majors not released; those not claimed as done owe a word of progress within 92 days of the last (HZ406)."""
    for entry, span in _majors(ledger, entries, day):
        if not span.listed:
            continue
        acts = [act.event for act in ledger.replay(entry).acts if act.fits and act.event.date <= day]
        listing = [act for act in acts if isinstance(act, Supervised)][-1]
        last = max(act.date for act in acts if act.do in TELLING)
        owed = span.open and span.claimed is None
        yield Progress(entry.record, span, listing.level, listing.number, last, last + dt.timedelta(days=QUARTER) if owed else None)


def stopped(ledger: Ledger, day: dt.date) -> Mapping[str, Sequence[Enforcement]]:
    """Give the stop orders that name each hazard, by its id."""
    orders: dict[str, list[Enforcement]] = {}
    for order in seen(ledger, "enforcement", Enforcement, day):
        if order.kind in STOP_KINDS:
            for name in order.hazards:
                orders.setdefault(name, []).append(order)
    return orders


def sealed(ledger: Ledger, entries: Entries, day: dt.date) -> Iterator[Sealed]:
    """Give the majors closed as rectified while a stop order naming them was in force on the day of the closing (law art. 65)."""
    orders = stopped(ledger, day)
    for entry, span in _majors(ledger, entries, day):
        if span.closed is not None:
            yield from (Sealed(entry.record, span.closed, one) for one in orders.get(entry.record.id, []) if one.in_force(span.closed))


def congress(report: Report) -> bool:
    """Say whether a report went to the workers' congress, by the words of its addressee."""
    return any(word in report.to.casefold() for word in CONGRESS)


def reported(hazard: Hazard, day: dt.date, *, to_congress: bool) -> dt.date | None:
    """Give the first day a report went to the workers' congress, or else to the regulator; None where none did by a day."""
    return min((one.date for one in hazard.reports if one.date and one.date <= day and congress(one) == to_congress), default=None)
