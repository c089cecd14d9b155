"""Dual prevention: the risk points with their grades, the checks that were not done, the hazards found on them (M-26, M-27)."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Final, cast

from hazardctl.ledger import Entry, Ledger
from hazardctl.measures import Book, Question
from hazardctl.model.hazard import Hazard
from hazardctl.model.risk_point import RiskPoint
from hazardctl.ops.question import about_period
from hazardctl.ops.reporting.asking import told, told_or_nil
from hazardctl.ops.reporting.call import Call, Report
from hazardctl.reports.risk import risk
from hazardctl.reports.risk_points import Bare, Check, Control, On, Place, Risk, Row
from hazardctl.reports.told import Told
from hazardctl.vocabulary import BUILT_IN

COLOURS: Final = tuple(BUILT_IN["risk_grades"])
PLAIN: Final = re.compile(r"[\w-]+")
"""A type that can stand in the brackets of a measure; others are in the total alone."""
HEAD: Final = ("risk_points.count", "risk_points.checks_due")
TELLING: Final = "SELECT h.id FROM facet f JOIN hazard h ON h.key = f.hazard WHERE f.field IN ('risk_point', 'failed_control')"


@dataclass(slots=True)
class _Found:
    """The hazards found on a point: how many, how many still open, which controls failed."""

    found: int = 0
    open: int = 0
    controls: Counter[str] = field(default_factory=Counter[str])


def make(call: Call) -> Report:
    """Make the report on risk points.

    Raises:
        UsageError: a word that means nothing, or a filter that risk points or hazards do not have.
        UnreadableError: there is no ledger, or its configuration is invalid.
        BugError: the figures do not add up; nothing is printed.
    """
    ledger = call.opened()
    asked = about_period(call.context, ledger, call.words)
    question, book = asked.question, Book(ledger)
    head = {**told(book, question, HEAD), **told_or_nil(book, question, ["hazards.found"])}
    points = _points(ledger, book, question)
    ids = {one.id for one in book.members(question, "hazards.found")["members"]}
    hazards = _hazards(ledger, book, ids)
    linked = [one for one in hazards if one.risk_point]
    on = _on(ledger, linked, question.as_of)
    lapsed = [_check(ledger, points[one.point], one.row, one.since, one.days) for one in book.lapsed(question) if one.point in points]
    made = Risk(
        figures=tuple(head.values()),
        rows=tuple(_rows(ledger, book, question)),
        checks=tuple(sorted(lapsed, key=lambda one: (_worst(one.colour), -one.days, one.id, one.row))),
        on=tuple(sorted((_of(ledger, key, one, points) for key, one in on.items()), key=lambda one: (-one.found, one.id))),
        controls=tuple(_controls(hazards)),
        linked=len(linked),
        found=len(ids),
        bare=tuple(_bare(ledger, points)),
        places=tuple(_places(ledger, points, lapsed, on)),
    )
    flawed = asked.frame.flawed or any(one.flawed for one in made.figures)
    return Report(risk(asked.frame, made), bool(asked.frame.unread), flawed)


def _points(ledger: Ledger, book: Book, question: Question) -> Mapping[str, RiskPoint]:
    ids = {one.id for one in book.members(question, "risk_points.count")["members"]}
    records = (entry.record for entry in ledger.of("risk_point"))
    return {one.id: one for one in records if isinstance(one, RiskPoint) and one.id in ids}


def _hazards(ledger: Ledger, book: Book, ids: AbstractSet[str]) -> Sequence[Hazard]:
    """Give the hazards of some ids that are on a risk point or name a control that failed: no other record is read."""
    telling = {str(one) for (one,) in book.engine.rows(TELLING, {})}
    records = (ledger.by_id[one].record for one in sorted(ids & telling))
    return [one for one in records if isinstance(one, Hazard)]


def _rows(ledger: Ledger, book: Book, question: Question) -> Iterator[Row]:
    """Give a line a type, and the total, which is asked apart; a type that nothing tells has none."""
    written = (one.type for one in _points(ledger, book, question).values() if PLAIN.fullmatch(one.type))
    types = [*dict.fromkeys([*ledger.words["risk_point_types"], *sorted(written)]), ""]
    for key in types:
        scopes = [f"[{','.join(part for part in (f'type={key}' if key else '', colour) if part)}]" for colour in _colours()]
        ids = [f"risk_points.count{scope}".removesuffix("[]") for scope in scopes]
        found: Mapping[str, Told] = told(book, question, ids)
        whole = found[ids[0]]
        if not whole.missing:
            yield Row(key, ledger.label("risk_point_types", key), whole, tuple(found[one] for one in ids[1:]))


def _colours() -> tuple[str, ...]:
    return ("", *(f"grade={colour}" for colour in COLOURS))


def _colour(ledger: Ledger, point: RiskPoint | None) -> str:
    return point.colour(ledger.config.risk_bands) if point else ""


def _worst(colour: str) -> int:
    return COLOURS.index(colour) if colour in COLOURS else len(COLOURS)


def _unit(ledger: Ledger, point: RiskPoint) -> str:
    """Give whose it is: its unit, else the unit that answers for it."""
    return ledger.unit_key(point.unit or (point.owner.unit if point.owner else ""))


def _check(ledger: Ledger, point: RiskPoint, row: int, since: dt.date, days: int) -> Check:
    it, owner = point.checks[row], point.owner
    return Check(
        id=point.id,
        row=row,
        name=point.name,
        colour=_colour(ledger, point),
        unit=ledger.unit_name(_unit(ledger, point)),
        what=it.what,
        method=it.method,
        cycle=ledger.label("cycles", it.cycle),
        post=it.post,
        owner=owner.post if owner else "",
        since=since,
        days=days,
    )


def _on(ledger: Ledger, hazards: Sequence[Hazard], day: dt.date) -> Mapping[str, _Found]:
    found: dict[str, _Found] = {}
    for one in hazards:
        span = ledger.replay(cast("Entry[Hazard]", ledger.by_id[one.id])).on(day)
        it = found.setdefault(one.risk_point, _Found())
        it.found += 1
        it.open += int(span is not None and span.open)
        if one.failed_control:
            it.controls[one.failed_control] += 1
    return found


def _of(ledger: Ledger, key: str, it: _Found, points: Mapping[str, RiskPoint]) -> On:
    record = ledger.by_id[key].record if key in ledger.by_id else None
    point = points.get(key) or (record if isinstance(record, RiskPoint) else None)
    unit = ledger.unit_name(_unit(ledger, point)) if point else ""
    controls = tuple(sorted(it.controls.items(), key=lambda one: (-one[1], one[0])))
    return On(key, point.name if point else "", _colour(ledger, point), unit, it.found, it.open, controls)


def _controls(hazards: Sequence[Hazard]) -> Iterator[Control]:
    """Give each control that failed, the most often first, with the points it failed on."""
    failed: dict[str, list[str]] = {}
    for one in hazards:
        if one.failed_control:
            failed.setdefault(one.failed_control, []).append(one.risk_point)
    for text, where in sorted(failed.items(), key=lambda one: (-len(one[1]), one[0])):
        yield Control(text, len(where), len({one for one in where if one}))


def _bare(ledger: Ledger, points: Mapping[str, RiskPoint]) -> Iterator[Bare]:
    for one in sorted(points.values(), key=lambda one: (_worst(_colour(ledger, one)), one.id)):
        if not (one.checks and one.controls):
            unit = ledger.unit_name(_unit(ledger, one))
            yield Bare(one.id, one.name, _colour(ledger, one), unit, no_checks=not one.checks, no_controls=not one.controls)


def _places(
    ledger: Ledger, points: Mapping[str, RiskPoint], lapsed: Sequence[Check], on: Mapping[str, _Found]
) -> Iterator[Place]:  # fmt: skip
    """Give a line a unit, those with the most of the worst points first."""
    by_unit: dict[str, list[RiskPoint]] = {}
    for one in points.values():
        by_unit.setdefault(_unit(ledger, one), []).append(one)
    due = Counter(one.id for one in lapsed)
    lines: list[Place] = []
    for key, own in by_unit.items():
        colours = Counter(_colour(ledger, one) for one in own)
        hazards = sum(on[one.id].found for one in own if one.id in on)
        counted = tuple(colours[colour] for colour in COLOURS)
        lines.append(Place(key, ledger.unit_name(key), len(own), counted, sum(due[one.id] for one in own), hazards))
    yield from sorted(lines, key=lambda one: (not one.key, *(-number for number in one.colours), -one.points, one.key))
