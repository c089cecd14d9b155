"""What came back: a hazard reopened, and one found anew where a like one had been closed (DOMAIN §3.7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias

from hazardctl.ledger import Entry, Ledger
from hazardctl.model.events import Closed, Verified
from hazardctl.model.hazard import Hazard

Key: TypeAlias = tuple[str, str, str]


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
    entries = {entry.record.id: entry for entry in ledger.hazards}
    for name, day in lines:
        entry = entries[name]
        settled = None
        for act in ledger.replays[entry.path].acts:
            event = act.event
            if act.fits and event.date <= day and (isinstance(event, Closed) or (isinstance(event, Verified) and event.result == "pass")):
                settled = event.date
        yield Pair("reopened", entry.record, day, name, settled)


def repeated(ledger: Ledger, ids: Iterable[str], day: dt.date) -> Iterator[Pair]:
    """Give each repeat with the hazard it repeats: the one it names, else the one of its unit, kind and site closed last before it.

    Args:
        ledger: whose hazards.
        ids: of the repeats, as `repeat.found` counts them.
        day: the day that sees them.
    """
    entries = {entry.record.id: entry for entry in ledger.hazards}
    alike = _by_key(ledger, day)
    for name in ids:
        hazard = entries[name].record
        stated = entries.get(hazard.recurrence_of)
        if hazard.recurrence_of:
            yield Pair("stated", hazard, hazard.found_on, hazard.recurrence_of, _closed(ledger, stated, hazard.found_on))
            continue
        before = [one for one in alike.get(_key(ledger, hazard), []) if one.record.found_on < hazard.found_on]
        closed = [(day_, one.record.id) for one in before if (day_ := _closed(ledger, one, hazard.found_on))]
        settled, earlier = max(closed)
        yield Pair("alike", hazard, hazard.found_on, earlier, settled)


def _by_key(ledger: Ledger, day: dt.date) -> Mapping[Key | None, list[Entry[Hazard]]]:
    found: dict[Key | None, list[Entry[Hazard]]] = {}
    for entry in ledger.hazards:
        withdrawn = ledger.replays[entry.path].withdrawn
        if entry.record.entry <= day and (withdrawn is None or withdrawn > day):
            found.setdefault(_key(ledger, entry.record), []).append(entry)
    return found


def _key(ledger: Ledger, hazard: Hazard) -> Key | None:
    key = hazard.repeat_key
    return None if key is None else (ledger.unit_key(key[0]), *key[1:])


def _closed(ledger: Ledger, entry: Entry[Hazard] | None, day: dt.date) -> dt.date | None:
    """Give the last day a hazard was closed by a day; None where it was not, or is not in the ledger."""
    acts = ledger.replays[entry.path].acts if entry else ()
    return max((act.event.date for act in acts if act.fits and isinstance(act.event, Closed) and act.event.date <= day), default=None)
