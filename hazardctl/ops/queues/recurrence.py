"""What came back: a hazard reopened, and one found anew where a like one had been closed (DOMAIN §3.7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal, cast

from hazardctl.ledger import Entry, Ledger
from hazardctl.model.events import Closed, Verified
from hazardctl.model.hazard import Hazard
from hazardctl.model.record import Record
from hazardctl.ops.standing import Row


@dataclass(frozen=True, slots=True)
class Pair:
    """Earlier and later.

    Attributes:
        how: `reopened`; `stated` where the later record names the earlier one; `alike` by unit, kind and site.
        later: the hazard that came back.
        on: the day it did: of the reopening, or found.
        earlier: id of the hazard it was before; the same one when reopened.
        settled: the day that one was closed or passed its check; None where the ledger does not know.
    """

    how: Literal["reopened", "stated", "alike"]
    later: Hazard
    on: dt.date
    earlier: str
    settled: dt.date | None


def reopened(ledger: Ledger, lines: Iterable[tuple[str, dt.date]]) -> Iterator[Pair]:
    """Give each reopening with the day that had settled the hazard before: its closing, or the check it had passed."""
    for name, day in lines:
        entry = cast("Entry[Hazard]", ledger.by_id[name])
        settled = None
        for act in ledger.replay(entry).acts:
            event = act.event
            if act.fits and event.date <= day and (isinstance(event, Closed) or (isinstance(event, Verified) and event.result == "pass")):
                settled = event.date
        yield Pair("reopened", entry.record, day, name, settled)


def repeated(ledger: Ledger, rows: Sequence[Row], ids: Iterable[str]) -> Iterator[Pair]:
    """Give each repeat with the hazard it repeats: the one it names, else the one of its unit, kind and site closed last before it.

    Args:
        ledger: whose hazards.
        rows: every hazard of the day.
        ids: of the repeats, as `repeat.found` counts them.
    """
    there: dict[tuple[str, str], list[str]] = {}
    for row in rows:
        if row["state"] != "withdrawn":
            there.setdefault((row["unit"], row["site"]), []).append(row["path"])
    for name in ids:
        hazard = cast("Entry[Hazard]", ledger.by_id[name]).record
        if hazard.recurrence_of:
            settled = _closed(ledger, ledger.by_id.get(hazard.recurrence_of), hazard.found_on)
            yield Pair("stated", hazard, hazard.found_on, hazard.recurrence_of, settled)
        else:
            paths = there.get((ledger.unit_key(hazard.unit), hazard.site), [])
            closed = max(_closings(ledger, paths, hazard))
            yield Pair("alike", hazard, hazard.found_on, closed[1], closed[0])


def _closings(ledger: Ledger, paths: Iterable[str], hazard: Hazard) -> Iterator[tuple[dt.date, str]]:
    """Give the like hazards found before one, each with the last day it was closed before that."""
    for path in paths:
        entry = ledger.by_path(path)
        other = entry.record if entry else None
        if isinstance(other, Hazard) and other.found_on < hazard.found_on and _key(ledger, other) == _key(ledger, hazard):
            day = _closed(ledger, entry, hazard.found_on)
            if day is not None:
                yield day, other.id


def _key(ledger: Ledger, hazard: Hazard) -> tuple[str, ...]:
    key = hazard.repeat_key
    return () if key is None else (ledger.unit_key(key[0]), *key[1:])


def _closed(ledger: Ledger, entry: Entry[Record] | None, day: dt.date) -> dt.date | None:
    """Give the last day a hazard was closed by a day; None where it was not, or is not in the ledger."""
    acts = ledger.replay(cast("Entry[Hazard]", entry)).acts if entry and isinstance(entry.record, Hazard) else ()
    return max((act.event.date for act in acts if act.fits and isinstance(act.event, Closed) and act.event.date <= day), default=None)
