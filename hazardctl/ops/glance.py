"""How the ledger stands today, in one line, and what to do next (EXPERIENCE §3.10)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import PurePosixPath

from hazardctl.ledger import Ledger
from hazardctl.ops.context import Context
from hazardctl.store.load import load


@dataclass(frozen=True, slots=True)
class Glance:
    """The hazards of a ledger on one day.

    Attributes:
        name: whose ledger it is.
        day: the as-of day.
        open: not yet rectified, that is open without a standing claim.
        overdue: of these, past the deadline; `majors` of these again.
        waiting: claimed as rectified, to be verified; `verified` passed, to be struck off.
        soon: open and due within the configured days, the day itself included.
        unread: files that could not be read.
    """

    name: str
    day: dt.date
    open: int
    overdue: int
    majors: int
    waiting: int
    verified: int
    soon: int
    soon_days: int
    unread: int


def glance(context: Context) -> Glance:
    """Read the ledger and count.

    Raises:
        UnreadableError: there is no ledger, or its configuration is invalid.
    """
    ledger, day = load(context.root), context.today
    spans = [span for replayed in ledger.replays.values() if (span := replayed.on(day)) and span.open and span.counted]
    unclaimed = [span for span in spans if span.claimed is None]
    overdue = [span for span in unclaimed if span.overdue_on(day)]
    limit = day + dt.timedelta(days=ledger.config.policy.due_soon_days)
    return Glance(
        name=name(context, ledger),
        day=day,
        open=len(unclaimed),
        overdue=len(overdue),
        majors=sum(span.grade == "major" for span in overdue),
        waiting=sum(span.state == "rectified" for span in spans),
        verified=sum(span.state == "verified" for span in spans),
        soon=sum(span.due is not None and day <= span.due <= limit for span in unclaimed),
        soon_days=ledger.config.policy.due_soon_days,
        unread=len(ledger.unread),
    )


def name(context: Context, ledger: Ledger) -> str:
    """Give the name of the organisation, else of the folder."""
    root = PurePosixPath(context.root.as_posix())
    return ledger.config.organisation.name or (root.parent.name if root.name == "ledger" else root.name)
