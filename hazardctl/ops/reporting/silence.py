"""Who was heard of, and when last: regions and units, by records, tallies and declarations."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from hazardctl.ledger import Ledger
from hazardctl.measures import Book, Question
from hazardctl.measures.traces import registered, traces
from hazardctl.ops.reporting.split import reporting
from hazardctl.reports.league import Silent


@dataclass(frozen=True, slots=True)
class Heard:
    """What was heard up to the as-of day.

    Attributes:
        regions: region → the last day something happened in it or below it.
        own_regions: region → the last day something happened in it, as records name it.
        units: unit → the last day a record concerned it, or it did something.
        reported: regions and units with a record, a tally or a declaration of the period.
    """

    regions: dict[str, dt.date] = field(default_factory=dict[str, dt.date])
    own_regions: dict[str, dt.date] = field(default_factory=dict[str, dt.date])
    units: dict[str, dt.date] = field(default_factory=dict[str, dt.date])
    reported: set[str] = field(default_factory=set[str])


def heard(ledger: Ledger, book: Book, question: Question) -> Heard:
    """Listen to every record, tally and declaration."""
    found = Heard()
    for name, known in (("region", found.regions), ("own_region", found.own_regions), ("unit", found.units), ("org", found.units)):
        for one in (one for one in traces(ledger, book, question, name) if one.key):
            known[one.key] = max(known.get(one.key, one.last), one.last)
            if one.within and name != "own_region":
                found.reported.add(one.key)
    for key in book.tellers(question, "region"):
        found.reported.update(ledger.config.above(key))
    found.reported.update(book.tellers(question, "unit"))
    return found


def silent_regions(ledger: Ledger, found: Heard) -> tuple[Silent, ...]:
    """Give the regions that report and did not, in the order of the tree."""
    return tuple(
        Silent(key, ledger.label("regions", key), found.regions.get(key)) for key in reporting(ledger) if key not in found.reported
    )


def silent_units(ledger: Ledger, book: Book, found: Heard, question: Question) -> tuple[Silent, ...]:
    """Give the units in the register on the cut-off day that no record, tally or declaration of the period concerns, by key."""
    silent = (key for key in registered(book, question) if key not in found.reported)
    return tuple(Silent(key, ledger.label("", ledger.unit_name(key)), found.units.get(key)) for key in silent)
