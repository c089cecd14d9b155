"""Where and when each record says that something was done: which regions, sectors and units it concerns, and on which days."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from hazardctl.ledger import Entry, Ledger
from hazardctl.measures import Question
from hazardctl.measures.heard import STANDING
from hazardctl.measures.recordfacets import facets
from hazardctl.measures.records import withdrawn
from hazardctl.measures.relations import above
from hazardctl.model.hazard import Hazard
from hazardctl.model.record import Record


@dataclass(frozen=True, slots=True)
class Trace:
    """What a record leaves behind.

    Attributes:
        kind: of the record.
        regions: with everything above them.
        sectors: with everything above them.
        units: it concerns.
        bodies: that found, inspected, organised or issued something by it.
        days: something happened on, up to the as-of day, ascending; never empty.
    """

    kind: str
    regions: tuple[str, ...]
    sectors: tuple[str, ...]
    units: tuple[str, ...]
    bodies: tuple[str, ...]
    days: tuple[dt.date, ...]

    def within(self, question: Question) -> bool:
        """Say whether something happened in the period."""
        ranges = question.ranges or ((question.start, question.end),)
        return any(first <= day <= last for day in self.days for first, last in ranges)


def traces(ledger: Ledger, question: Question, kinds: Iterable[str] = ()) -> Iterator[Trace]:
    """Give the traces of records that were not withdrawn by the as-of day.

    Args:
        ledger: whose records.
        question: its as-of day, after which nothing is seen.
        kinds: of records; every kind of work without any.
    """
    wanted = frozenset(kinds)
    for entry in ledger.entries:
        kind = entry.kind.name
        if kind in STANDING or (wanted and kind not in wanted):
            continue
        days = tuple(day for day in _days(ledger, entry) if day <= question.as_of)
        gone = withdrawn(entry.record)
        if days and (gone is None or gone > question.as_of.toordinal()):
            yield _trace(ledger, entry, days)


def _trace(ledger: Ledger, entry: Entry[Record], days: tuple[dt.date, ...]) -> Trace:
    hazard = entry.record
    if isinstance(hazard, Hazard):  # of which there are many
        regions, sectors = ledger.config.above(ledger.region_of(hazard)), above(ledger.words["sectors"], hazard.sector)
        return Trace("hazard", regions, sectors, (ledger.unit_key(hazard.unit),), (ledger.unit_key(hazard.found_by_org),), days)
    said = {field: tuple(values) for field, values in facets(ledger, entry.kind, entry.record)}
    return Trace(entry.kind.name, said["region"], said["sector"], said["unit"], said["org"], days)


def _days(ledger: Ledger, entry: Entry[Record]) -> Iterator[dt.date]:
    if entry.record.day is not None:
        yield entry.record.day
    if entry.kind.name == "hazard":
        yield from (act.event.date for act in ledger.replays[entry.path].acts)
