"""How the ledger stands today, in one line, and what to do next (EXPERIENCE §3.10)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from pathlib import PurePosixPath

from hazardctl.filters import Clause
from hazardctl.ledger import Ledger
from hazardctl.ops.context import Context
from hazardctl.ops.keeping import keeper
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
    from hazardctl.measures import Book

    ledger, day = load(context.root, keeper=keeper(context)), context.today
    parts = Book(ledger).tally(day, ("state", "grade", "claimed", "overdue", "due_soon"), (Clause("is", ("open",), kind="is"),), "closed")
    return Glance(
        name=name(context, ledger),
        day=day,
        open=sum(n for _, _, claimed, _, _, n in parts if not claimed),
        overdue=sum(n for *_, overdue, _, n in parts if overdue),
        majors=sum(n for _, grade, _, overdue, _, n in parts if overdue and grade == "major"),
        waiting=sum(n for state, *_, n in parts if state == "rectified"),
        verified=sum(n for state, *_, n in parts if state == "verified"),
        soon=sum(n for *_, soon, n in parts if soon),
        soon_days=ledger.config.policy.due_soon_days,
        unread=len(ledger.unread),
    )


def name(context: Context, ledger: Ledger) -> str:
    """Give the name of the organisation, else of the folder."""
    root = PurePosixPath(context.root.as_posix())
    return ledger.config.organisation.name or (root.parent.name if root.name == "ledger" else root.name)
