"""The records a day sees: dated by then and not withdrawn."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import TypeVar

from hazardctl.language import Text, plain
from hazardctl.ledger import Ledger
from hazardctl.model.hazard import Hazard
from hazardctl.model.record import Record
from hazardctl.ops.standing import headline

R = TypeVar("R", bound=Record)


def seen(ledger: Ledger, kind: str, model: type[R], day: dt.date) -> Iterator[R]:
    """Give the records of a kind as a day sees them, in the order of the ledger.

    Args:
        ledger: whose records.
        kind: key of the kind.
        model: its class.
        day: the day.
    """
    for entry in ledger.of(kind):
        record = entry.record
        if isinstance(record, model) and (record.day is None or record.day <= day) and not record.withdrawn_by(day):
            yield record


def short(hazard: Hazard) -> Text:
    """Give the short name of a hazard, as lists have it."""
    return plain(headline({"title": hazard.headline, "description": hazard.description}))
