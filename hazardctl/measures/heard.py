"""When something was last heard of a ledger: the last day on which any of its records says that something happened."""

from __future__ import annotations

import datetime as dt
from typing import Final

from hazardctl.measures.book import Book
from hazardctl.measures.relations import FAR
from hazardctl.model.kinds import BY_NAME

STANDING: Final = frozenset({"unit", "tally", "declaration", "target"})
"""Kinds that say nothing of a day's work."""
SEEN: Final = "COALESCE(r.withdrawn, $far) > $t"
HAPPENED: Final = (
    f"SELECT r.found AS day FROM hazard r WHERE {SEEN} AND r.found <= $t",
    f"SELECT e.on_day AS day FROM event e JOIN hazard r ON r.key = e.hazard WHERE {SEEN} AND e.on_day <= $t",
    *(f"SELECT r.day AS day FROM {kind} r WHERE {SEEN} AND r.day <= $t" for kind in BY_NAME if kind != "hazard" and kind not in STANDING),
)


def last_heard(book: Book, as_of: dt.date) -> dt.date | None:
    """Give the last day up to a day on which a ledger records that something happened; None where it never does.

    Args:
        book: of the ledger.
        as_of: the day; records withdrawn by it say nothing.
    """
    days = (f"SELECT MAX(x.day) FROM ({one}) x" for one in HAPPENED)
    found = [row[0] for sql in days for row in book.engine.rows(sql, {"t": as_of.toordinal(), "far": FAR})]
    last = max((day for day in found if day is not None), default=None)
    return None if last is None else dt.date.fromordinal(last)
