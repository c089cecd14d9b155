"""Units inspected of units registered, those never seen, campaigns, and the depth of what was found (DOMAIN §4.2, §4.6)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from hazardctl.language import plain
from hazardctl.ledger import Ledger, folded
from hazardctl.measures import Book, Question
from hazardctl.measures.recordscope import has
from hazardctl.model.hazard import Hazard
from hazardctl.model.unit import Unit
from hazardctl.ops.question import about_period
from hazardctl.ops.reporting.asking import told
from hazardctl.ops.reporting.call import Call, Report
from hazardctl.ops.reporting.lines import Asking, lines
from hazardctl.ops.reporting.split import split
from hazardctl.reports.coverage import CAMPAIGN, COLUMNS, DEPTH, Group, Seen, Unseen, coverage
from hazardctl.reports.lines import Line
from hazardctl.reports.told import tells
from hazardctl.vocabulary import NOUNS

GROUPS: Final = ("region", "sector", "unit_type")
MOST_TEXTS: Final = 5


def make(call: Call) -> Report:
    """Make the coverage of a period.

    Raises:
        UsageError: a word that means nothing.
        UnreadableError: there is no ledger, or its configuration is invalid.
        BugError: the figures do not add up; nothing is printed.
    """
    ledger = call.opened()
    asked = about_period(call.context, ledger, call.words)
    asking = Asking(ledger, Book(ledger), asked.question, [one.measure for one in COLUMNS])
    total = asking.total()
    registered = _members(asking, "registry.units")
    seen = Seen(
        total=Line("", NOUNS["total"].heading, (), total),
        groups=tuple(_groups(asking, registered)),
        campaigns=tuple(_campaigns(asking)),
        depth=told(asking.book, asked.question, [one.measure for one in DEPTH]),
        never=None if total["coverage.inspected"].missing else _never(asking, registered),
        texts=tuple(_texts(ledger, asking.book, asked.question)),
    )
    frame = replace(asked.frame, told_by=tells(seen.figures))
    return Report(coverage(frame, seen), bool(frame.unread), frame.flawed or any(one.flawed for one in seen.figures))


def _members(asking: Asking, measure: str) -> tuple[Unit, ...]:
    """Give the registered units behind a count of them."""
    ids = (one.id for one in asking.book.members(asking.question, measure)["members"])
    return tuple(asking.ledger.units[one] for one in ids if one in asking.ledger.units)


def _groups(asking: Asking, registered: Sequence[Unit]) -> Iterator[Group]:
    for name in GROUPS:
        by = split(asking.ledger, name)
        keys = {by.line(key) for unit in registered for key in _keys(unit, name)}
        yield Group(name, by.dimension.label, lines(asking, by, keys))


def _keys(unit: Unit, name: str) -> tuple[str, ...]:
    match name:
        case "region":
            return (unit.region,)
        case "sector":
            return (unit.sector,)
        case _:
            return unit.types or ("",)


def _campaigns(asking: Asking) -> Iterator[Line]:
    ids = [one.measure for one in CAMPAIGN]
    clauses = tuple(one for one in asking.question.clauses if one.kind == "word" and has("campaign", one.key))
    for member in asking.book.members(replace(asking.question, clauses=clauses), "campaigns.count")["members"]:
        run = asking.ledger.campaigns.get(member.id)
        if run is None:  # a tally of campaigns names none
            continue
        found = told(asking.book, asking.question, [f"{name}[campaign={run.id}]" for name in ids])
        yield Line(run.id, plain(run.name or run.id), (f"campaign:{run.id}",), dict(zip(ids, found.values(), strict=True)))


def _never(asking: Asking, registered: Sequence[Unit]) -> tuple[Unseen, ...]:
    inspected = {unit.id for unit in _members(asking, "coverage.inspected")}
    ledger = asking.ledger
    return tuple(
        Unseen(unit.id, ledger.unit_name(unit.id), ledger.label("sectors", unit.sector), ledger.label("regions", unit.region))
        for unit in registered
        if unit.id not in inspected
    )


def _texts(ledger: Ledger, book: Book, question: Question) -> Iterator[tuple[str, int]]:
    """Give the descriptions that more than one hazard found has word for word, the most frequent first."""
    alike = (ledger.by_id[one.id].record for one in book.members(question, "depth.alike")["members"] if one.id in ledger.by_id)
    said: dict[str, str] = {}
    times: Counter[str] = Counter()
    for record in alike:
        if isinstance(record, Hazard):
            key = folded(record.description)
            said.setdefault(key, record.description)
            times[key] += 1
    yield from ((said[key], n) for key, n in sorted(times.items(), key=lambda one: (-one[1], one[0]))[:MOST_TEXTS])
