"""The major hazards of a period: those found in it and those still open, with what is asked of a major one (DOMAIN §3.6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Final, cast

from hazardctl.filters import Clause
from hazardctl.history import Replay, Span
from hazardctl.language import plain
from hazardctl.ledger import Entry, Ledger
from hazardctl.measures import Book, Question
from hazardctl.measures.listing import PRESSING
from hazardctl.model.events import Event, Extended
from hazardctl.model.hazard import PLAN_ITEMS, Hazard
from hazardctl.ops.question import about_period
from hazardctl.ops.queues import majors as queues
from hazardctl.ops.queues.seen import short
from hazardctl.ops.reporting.asking import told_or_nil
from hazardctl.ops.reporting.call import Call, Report
from hazardctl.ops.standing import Row, headline, pressing
from hazardctl.reports.major import COHORT, PLAN, STOCK, major
from hazardctl.reports.majors import Major, Majors, Progress, Sealed, Visit

MAJOR: Final = Clause("grade", ("major",))
ROW: Final = (*PRESSING, "path", "closed", "withdrawn")
"""What is looked at of every hazard; the records of those that are told are read."""


def make(call: Call) -> Report:
    """Make the report on major hazards.

    Raises:
        UsageError: a word that means nothing.
        UnreadableError: there is no ledger, or its configuration is invalid.
        BugError: the figures do not add up; nothing is printed.
    """
    ledger = call.opened()
    asked = about_period(call.context, ledger, call.words)
    question, book = asked.question, Book(ledger)
    day = question.as_of
    found = told_or_nil(book, question, [*COHORT, *STOCK, *PLAN])
    rows = cast("Sequence[Row]", book.listing(day, question.clauses, question.preset, ROW))
    cohort, stock = _ids(book, question, "hazards.major.found"), _ids(book, _majors(question), "stock.open")
    wanted = sorted((row for row in rows if row["id"] in cohort | stock), key=pressing)
    told = cohort | stock | {row["id"] for row in rows if _closed(row)} & queues.stopped(ledger, day).keys()
    entries = {row["path"]: entry for row in rows if row["id"] in told if (entry := _entry(ledger, row["path"]))}
    listed = {one.hazard.id: one for one in queues.progress(ledger, entries.values(), day)}
    made = Majors(
        figures=tuple(found.values()),
        majors=tuple(
            replace(
                _major(ledger, entries[row["path"]], row, day),
                in_cohort=row["id"] in cohort,
                progress=_progress(ledger, listed.get(row["id"]), day),
            )
            for row in wanted
        ),
        visits=tuple(_visits(ledger, [row for row in rows if row["id"] in cohort | stock or _closed(row)], day)),
        sealed=tuple(_sealed(ledger, entries.values(), day)),
    )
    flawed = asked.frame.flawed or any(one.flawed for one in found.values())
    return Report(major(asked.frame, made), bool(asked.frame.unread), flawed)


def _closed(row: Row) -> bool:
    return row["grade"] == "major" and row["state"] in {"closed", "verified"}


def _entry(ledger: Ledger, path: str) -> Entry[Hazard] | None:
    return cast("Entry[Hazard] | None", ledger.by_path(path))


def _majors(question: Question) -> Question:
    return replace(question, clauses=(*question.clauses, MAJOR))


def _ids(book: Book, question: Question, measure: str) -> set[str]:
    return {one.id for one in book.members(question, measure)["members"]}


def _major(ledger: Ledger, entry: Entry[Hazard], row: Row, day: dt.date) -> Major:
    hazard, replay = entry.record, ledger.replay(entry)
    span = replay.on(day) or replay.last
    acts = [act.event for act in replay.acts if act.fits and act.event.date <= day]
    plan = hazard.plan
    return Major(
        id=hazard.id,
        unit=ledger.unit_name(row["owner"] or row["unit"]),
        hazard=headline(row),
        state=ledger.label("states", row["state"]),
        state_key=row["state"],
        found=hazard.found_on,
        due=row["due"],
        days=row["overdue_days"],
        plan={item: _by(plan.done_on(item) if plan else None, day) for item in PLAN_ITEMS},
        interim=_interim(hazard, acts),
        regulator=queues.reported(hazard, day, to_congress=False),
        congress=queues.reported(hazard, day, to_congress=True),
        told=min((one.date for one in hazard.notices if one.date and one.date <= day), default=None),
        chain=tuple(_chain(replay, span, day)),
        asked=tuple(_asked(acts, span)),
    )


def _by(on: dt.date | None, day: dt.date) -> dt.date | None:
    return on if on is not None and on <= day else None


def _interim(hazard: Hazard, acts: Iterable[Event]) -> str:
    """Give the control in place: what the last extension asked with, else what the record says."""
    said = [act.interim for act in acts if isinstance(act, Extended) and act.interim]
    return said[-1] if said else hazard.interim


def _progress(ledger: Ledger, one: queues.Progress | None, day: dt.date) -> Progress | None:
    if one is None:
        return None
    level = ledger.label("supervise_levels", one.level)
    return Progress(level, one.level, one.number, one.last, one.next, (day - one.next).days if one.next and one.next < day else None)


def _chain(replay: Replay, span: Span, day: dt.date) -> Iterator[dt.date]:
    """Give the deadlines of the cycle one after another, the first one first (DOMAIN §3.4)."""
    last = None
    for one in replay.spans:
        if one.cycle == span.cycle and one.start <= day and one.due is not None and one.due != last:
            last = one.due
            yield one.due


def _asked(acts: Iterable[Event], span: Span) -> Iterator[tuple[dt.date, str, dt.date | None]]:
    """Give the extensions asked for, granted and refused in the cycle: day, decision, new deadline."""
    for act in acts:
        if isinstance(act, Extended) and act.date >= span.cycle_start:
            yield act.date, act.decision, act.due


def _visits(ledger: Ledger, rows: Iterable[Row], day: dt.date) -> Iterator[Visit]:
    for one in sorted(queues.look_backs(ledger, rows, day), key=lambda one: (one.until, one.id)):
        yield Visit(one.id, ledger.unit_name(one.unit), plain(one.hazard), one.closed, one.until, (one.until - day).days)


def _sealed(ledger: Ledger, entries: Iterable[Entry[Hazard]], day: dt.date) -> Iterator[Sealed]:
    for one in sorted(queues.sealed(ledger, entries, day), key=lambda one: (one.closed, one.hazard.id, one.order.id)):
        unit = ledger.unit_name(one.hazard.unit)
        kind = ledger.label("enforcement_kinds", one.order.kind)
        yield Sealed(one.hazard.id, unit, short(one.hazard), one.closed, one.order.id, kind, one.order.effective_on)
