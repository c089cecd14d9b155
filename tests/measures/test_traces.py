"""What records leave behind, asked of relations, is what each of them says, read one by one."""

from __future__ import annotations

import datetime as dt
import functools
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hazardctl.ledger import Entry, Ledger
from hazardctl.measures import Book, Question
from hazardctl.measures.heard import STANDING
from hazardctl.measures.recordfacets import facets
from hazardctl.measures.records import withdrawn
from hazardctl.measures.relations import above
from hazardctl.measures.traces import registered, traces
from hazardctl.model.hazard import Hazard
from hazardctl.model.record import Record
from hazardctl.store.load import load

SAMPLE: Final = Path(__file__).resolve().parents[2] / "ledger"
FIRST, LAST = dt.date(2022, 12, 1), dt.date(2024, 2, 1)
FIELDS: Final = {"region": "regions", "sector": "sectors", "unit": "units", "org": "bodies"}


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


def slowly(ledger: Ledger, question: Question, kinds: Iterable[str] = ()) -> Iterator[Trace]:
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


@functools.cache
def sample() -> tuple[Ledger, Book]:
    ledger = load(SAMPLE)
    return ledger, Book(ledger)


Said = dict[str, tuple[dt.date, bool]]


def gathered(found: Iterable[tuple[str, dt.date, bool]]) -> Said:
    said: Said = {}
    for key, last, within in found:
        was = said.get(key, (last, False))
        said[key] = (max(was[0], last), was[1] or within)
    return said


@pytest.mark.parametrize("field", [*FIELDS, "own_region"])
@given(
    days=st.lists(st.dates(FIRST, LAST), min_size=3, max_size=3),
    pieces=st.sampled_from([(), ((dt.date(2023, 2, 1), dt.date(2023, 2, 9)), (dt.date(2023, 5, 1), dt.date(2023, 6, 30)))]),
    kinds=st.sets(st.sampled_from(["hazard", "inspection", "activity", "enforcement", "unit"]), max_size=3),
)
@settings(max_examples=15, deadline=None)
def test_relations_tell_what_records_say(
    field: str, days: list[dt.date], pieces: tuple[tuple[dt.date, dt.date], ...], kinds: set[str]
) -> None:
    ledger, book = sample()
    start, end, as_of = *sorted(days[:2]), days[2]
    question = Question(start, end, as_of, ranges=pieces)
    said = gathered((one.key, one.last, one.within) for one in traces(ledger, book, question, field, kinds))
    alone = list(slowly(ledger, question, kinds))
    values = ((one.regions[:1] if field == "own_region" else getattr(one, FIELDS[field]), one) for one in alone)
    slow = gathered((key, max(one.days), one.within(question)) for keys, one in values for key in keys or ("",))
    assert said == slow


REGISTER: Final = {
    "always": "",
    "later": "valid_from: 2023-03-01\n",
    "closed": "closed_on: 2023-06-30\n",
    "while": "valid_from: 2023-02-01\nclosed_on: 2023-08-31\n",
    "withdrawn": "history:\n  - {date: 2023-05-10, do: withdraw, by: 李四, reason: duplicate}\n",
}


@functools.cache
def register() -> tuple[Ledger, Book]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        (root / "units").mkdir()
        (root / "hazardctl.yaml").write_text("schema: config/1\norganisation: {name: 青山镇}\n", encoding="utf-8")
        for key, more in REGISTER.items():
            body = f"id: {key}\nschema: unit/1\nname: {key}店\nkind: enterprise\n{more}"
            (root / "units" / f"{key}.yaml").write_text(body, encoding="utf-8")
        ledger = load(root)
    assert set(ledger.units) == set(REGISTER)
    return ledger, Book(ledger)


DAYS: Final = st.dates(FIRST, LAST) | st.sampled_from(
    [dt.date(2023, 3, 1), dt.date(2023, 6, 30), dt.date(2023, 7, 1), dt.date(2023, 5, 10)]
)


@given(as_of=DAYS, end=DAYS)
@settings(deadline=None)
def test_the_register_is_that_of_the_units(as_of: dt.date, end: dt.date) -> None:
    ledger, book = register()
    question = Question(FIRST, end, as_of)
    there = (key for key, one in ledger.units.items() if not one.withdrawn_by(as_of) and one.registered_on(question.c))
    assert registered(book, question) == sorted(there)
