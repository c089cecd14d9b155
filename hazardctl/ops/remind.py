"""Whom to chase, and for what (EXPERIENCE §2.3 `remind`): what is overdue and what falls due soon, by person. Nothing is sent."""

from __future__ import annotations

from pathlib import Path

from hazardctl.filters import Clause
from hazardctl.measures import Book
from hazardctl.ops.contacts import Phones, called, phones
from hazardctl.ops.context import Context
from hazardctl.ops.overdue import days_ahead, falls_due
from hazardctl.ops.question import Words, about_day, opened
from hazardctl.ops.reporting.call import Report
from hazardctl.ops.standing import late
from hazardctl.reports.remind import Chased, remind
from hazardctl.store.load import Progress


def reminded(context: Context, words: Words, within: str, progress: Progress | None = None, contacts: Path | None = None) -> Report:
    """Collect what to chase on a day.

    Args:
        context: which ledger, which day.
        words: filters and the as-of day.
        within: `14d`: what falls due in so many days; as configured (`due_soon_days`) without it.
        progress: told (files read, files in all) now and then.
        contacts: a file of telephone numbers, outside the ledger.

    Raises:
        UsageError: a word that means nothing, or the file has no names and numbers.
    """
    asked_days = days_ahead(within)
    ledger = opened(context, words, progress)
    asked = about_day(context, ledger, words)
    day = asked.question.as_of
    ahead = ledger.config.policy.due_soon_days if asked_days is None else asked_days
    rows = Book(ledger).listing(day, (*asked.question.clauses, Clause("is", ("open",), kind="is")), "closed")
    pending = [row for row in rows if row["claimed"] is None and row["due"] is not None]
    found, _ = late(ledger, [row for row in pending if row["overdue"]], day)
    soon, _ = late(ledger, [row for row in pending if falls_due(row, day, ahead)], day)
    known: Phones = phones(contacts, context.root, ledger) if contacts else {}
    soonest = sorted(called(soon, known), key=lambda one: (one.due or day, one.grade != "major", one.id))
    return Report(remind(asked.frame, Chased(called(found, known), soonest, ahead)), bool(asked.frame.unread), asked.frame.flawed)
