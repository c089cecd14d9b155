"""Plans nobody has drilled, plans that run out, rosters in force (M-31, M-40, M-41)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Final

from hazardctl.language import Text, plain
from hazardctl.ledger import Ledger
from hazardctl.model.activity import Activity
from hazardctl.model.document import Document
from hazardctl.ops.queues.seen import seen
from hazardctl.reports.agenda import Item

AHEAD: Final = 90
"""A plan takes a quarter to be revised, reviewed and filed: it is named so many days before it runs out."""


def standing(ledger: Ledger, kind: str, day: dt.date) -> Iterator[Document]:
    """Give the papers of a kind that stand on a day: of one issuer and title the latest."""
    latest: dict[tuple[str, str], Document] = {}
    for one in seen(ledger, "document", Document, day):
        if one.kind == kind:
            key = (ledger.unit_key(one.issuer), one.title or one.id)
            known = latest.get(key)
            if known is None or (known.date, known.id) < (one.date, one.id):
                latest[key] = one
    yield from sorted(latest.values(), key=lambda one: (one.date, one.id))


def undrilled(ledger: Ledger, day: dt.date) -> Iterator[Item]:
    """Give the emergency plans in force that no drill names as the plan it tested."""
    drilled = {one.plan for one in seen(ledger, "activity", Activity, day) if one.kind == "drill"}
    for one in standing(ledger, "plan", day):
        if one.id not in drilled and (one.valid_until is None or one.valid_until >= day):
            yield Item(one.id, one.party or one.issuer, plain(one.title), one.date, (day - one.date).days, _level(ledger, one))


def expiring(ledger: Ledger, day: dt.date) -> Iterator[Item]:
    """Give the emergency plans that have run out, or will within 90 days, and that no later one of the same title replaces."""
    for one in standing(ledger, "plan", day):
        if one.valid_until is not None and (one.valid_until - day).days <= AHEAD:
            yield Item(
                one.id, one.party or one.issuer, plain(one.title), one.valid_until, (day - one.valid_until).days, _level(ledger, one)
            )


def rosters(ledger: Ledger, day: dt.date) -> Iterator[Item]:
    """Give the rosters in force: of one body and title the latest, not yet run out."""
    for one in standing(ledger, "roster", day):
        if one.valid_until is None or one.valid_until >= day:
            yield Item(one.id, one.issuer, plain(one.title), one.date, None, plain(one.number))


def _level(ledger: Ledger, one: Document) -> Text:
    return ledger.label("document_levels", one.level) if one.level else plain("")
