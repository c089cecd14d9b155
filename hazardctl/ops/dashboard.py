"""The dashboard: four reports of one moment, and the records below them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any, Final, cast

from hazardctl.board import Board, Definition, Item, Unit
from hazardctl.language import Text, plain
from hazardctl.ledger import Entry, Ledger
from hazardctl.measures import Book, Question
from hazardctl.measures.catalogue import CATALOGUE
from hazardctl.measures.listing import PRESSING
from hazardctl.model.hazard import Hazard
from hazardctl.ops.incognito import Hiding
from hazardctl.ops.question import about_period
from hazardctl.ops.reporting.call import Call, Options, report
from hazardctl.ops.reporting.names import REPORTS
from hazardctl.ops.standing import Row, headline, pressing
from hazardctl.reports.acts import in_words
from hazardctl.reports.dashboard.page import Made, dashboard, measures
from hazardctl.sheet import Cell, Mark
from hazardctl.vocabulary import ACTS, NOUNS, OPEN_STATES

REPORTED: Final = ("summary", "league", "trend", "coverage")
ROW: Final = (*PRESSING, "path")
MOST: Final = 1000
"""Hazards laid out with their history: a page of some megabytes, which a telephone still opens."""

ALSO: Final = ("hazards.found", "hazards.rectified", "hazards.rate", "due.on_time", "stock.closing", "stock.overdue")
COUNTS: Final = Text("{n} 条，未整改 {open}，逾期 {late}", "{n} hazards, {open} open, {late} overdue")
NO_UNIT: Final = Text("（未填单位）", "(no unit)")


@dataclass(frozen=True, slots=True)
class Dashed:
    """The page, and whether a file was left out of its figures."""

    board: Board
    incomplete: bool


def dashed(call: Call, *, incognito: bool = False) -> Dashed:
    """Make the dashboard of a period.

    Args:
        call: context and words of the question; the ledger is read once.
        incognito: pseudonyms stand for people and units.

    Raises:
        UsageError: a word that means nothing.
        UnreadableError: there is no ledger, or its configuration is invalid.
        BugError: the figures do not add up; nothing is made.
    """
    ledger = call.opened()
    asked = about_period(call.context, ledger, call.words)
    reports = {name: report(REPORTS[name], replace(call, options=Options(), read=ledger)) for name in REPORTED}
    sheets = {name: one.sheet for name, one in reports.items()}
    units, left_out = _units(ledger, asked.question)
    made = Made(**sheets, units=units, left_out=left_out)
    shown = dashboard(made, ())
    cards = [card.measure for card in shown.cards]
    defined = [_definition(name) for name in measures(tuple(sheets.values()), [*cards, *ALSO]) if name in CATALOGUE]
    board = Hiding(ledger).page(shown) if incognito else shown
    return Dashed(replace(board, definitions=defined), bool(asked.frame.unread))


def _definition(name: str) -> Definition:
    one = CATALOGUE[name]
    return Definition(name, one.label, one.definition)


def _units(ledger: Ledger, question: Question) -> tuple[tuple[Unit, ...], int]:
    """Give the units with hazards found in the period or still open, the most pressing first, and how many hazards are left out."""
    book = Book(ledger)
    found = {one.id for one in book.members(question, "hazards.found")["members"]}
    listed = book.listing(question.as_of, question.clauses, question.preset, ROW)
    rows = [row for row in listed if row["id"] in found or row["state"] in OPEN_STATES]
    rows.sort(key=pressing)
    kept, left_out = rows[:MOST], max(len(rows) - MOST, 0)
    entries = {entry.path: entry for entry in _entries(ledger, kept)}
    first: dict[str, int] = {}
    for place, row in enumerate(kept):
        first.setdefault(_owner(row), place)
    kept.sort(key=lambda row: (first[_owner(row)], pressing(row)))
    units = (_unit(ledger, key, list(lines), entries, question.as_of) for key, lines in groupby(kept, _owner))
    return tuple(units), left_out


def _entries(ledger: Ledger, rows: Sequence[Row]) -> Iterator[Entry[Hazard]]:
    for row in rows:
        entry = ledger.by_path(str(row["path"]))
        if entry is not None:
            yield cast("Entry[Hazard]", entry)


def _owner(row: Row) -> str:
    return str(row["unit"] or row["owner"] or "")


def _unit(ledger: Ledger, key: str, rows: Sequence[Row], entries: Mapping[str, Entry[Hazard]], day: dt.date) -> Unit:
    late = sum(bool(row["overdue"]) for row in rows)
    open_ = sum(row["state"] in OPEN_STATES for row in rows)
    items = tuple(_item(ledger, row, entries[str(row["path"])], day) for row in rows)
    name = plain(ledger.unit_name(key)) if key else NO_UNIT
    return Unit(key, name, COUNTS.of(n=len(rows), open=open_, late=late), bool(late), items)


def _item(ledger: Ledger, row: Row, entry: Entry[Hazard], day: dt.date) -> Item:
    grade = ledger.label("grades", row["grade"])
    state: Cell = ledger.label("states", row["state"])
    if row["overdue"]:
        state = Mark(Text("逾期 {n} 天", "overdue {n} days").of(n=row["overdue_days"]), "alarm")
    line: tuple[Cell, ...] = (row["id"], headline(row), Mark(grade, "alarm") if row["grade"] == "major" else grade, state)
    return Item(str(row["id"]), line, tuple(_facts(ledger, row, entry.record)), tuple(_history(ledger, entry, day)))


def _facts(ledger: Ledger, row: Row, hazard: Hazard) -> Iterator[tuple[Text, Text]]:
    facts: dict[str, Any] = {
        "description": hazard.description,
        "state": ledger.label("states", row["state"]),
        "found_on": hazard.found_on,
        "due": row["due"],
        "responsible": ledger.unit_name(row["owner"] or row["unit"]),
        "person": row["person"],
        "site": hazard.site,
        "sector": ledger.label("sectors", hazard.sector) if hazard.sector else "",
        "requirement": hazard.requirement,
    }
    for key, value in facts.items():
        if value:
            yield NOUNS[key].heading, Text("{it}", "{it}").of(it=value)


def _history(ledger: Ledger, entry: Entry[Hazard], day: dt.date) -> Iterator[tuple[Cell, ...]]:
    for act in ledger.replay(entry).acts:
        if act.event.date <= day:
            by = Text("{by}", "{by}").of(by=list(act.event.by))
            yield (act.event.date, ACTS[act.event.do].label, by, in_words(act, entry.record, ledger))
