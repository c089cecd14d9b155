"""The statements of the families other than hazards: one statement a view, whole numbers out (MEASURES §6).

Of each sum six things are asked: the number, the rows it is made of, those of them that say the value, the rows that make the
figure known, and the least and the greatest of the marks of approximate values.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any, Final

from hazardctl.base import Bound
from hazardctl.filters import Clause
from hazardctl.ledger import Ledger
from hazardctl.measures.definition import Sum
from hazardctl.measures.engine import Engine
from hazardctl.measures.figure import Known, Mark
from hazardctl.measures.question import Question
from hazardctl.measures.recordscope import Asking, has
from hazardctl.measures.relations import FAR, MILLION
from hazardctl.measures.scope import Scope, scope
from hazardctl.measures.sources import SOURCES, text
from hazardctl.measures.statement import Frame, conditions
from hazardctl.measures.views import FOUND, Choice
from hazardctl.measures.views import text as view_text

DISTINCT: Final = "DISTINCT "
WIDTH: Final = 6
NOTHING: Final = (0, 0, 0, 0, None, None)
SCALE: Final = {"one": 1, "fen": 100, "micro": MILLION}


class RowScope(Scope):
    """Bound values under names of their own, beside those of the scope on hazards."""

    def bind(self, value: int | str) -> str:
        """Take a value in and give the name that stands for it in the text."""
        name = f"r{len(self.bound)}"
        self.bound[name] = value
        return "$" + name


@dataclass(frozen=True, slots=True)
class Contribution:
    """What a record adds to a figure: id, whole number (fen for money, millionths for quantities), day."""

    id: str
    value: int
    day: dt.date


class Sums:
    """The sums over records of one ledger."""

    def __init__(self, ledger: Ledger, engine: Engine) -> None:
        """Take the ledger and the engine its relations lie in."""
        self._ledger = ledger
        self._engine = engine

    def answered(self, question: Question, sums: Sequence[Sum]) -> dict[str, Known]:
        """Answer sums from records only.

        Raises:
            UsageError: the kind counted has no field that a clause asks.
        """
        found: dict[str, Known] = {}
        for view in dict.fromkeys(one.view for one in sums):
            wanted = [one for one in sums if one.view == view]
            body, where, bound = self._body(view, question)
            cells = ", ".join(cell for one in wanted for cell in _cells(one))
            row = self._engine.rows(f"SELECT {cells} FROM ({body}) b WHERE {where}", bound)[0]
            found |= {one.id: _known(one, row[n * WIDTH : n * WIDTH + WIDTH]) for n, one in enumerate(wanted)}
        return found

    def understood(self, question: Question, sums: Sequence[Sum]) -> None:
        """Make sure that a question can be asked of sums, without asking it.

        Raises:
            UsageError: the kind counted has no field that a clause asks, or the clause names nothing.
        """
        for view in dict.fromkeys(one.view for one in sums):
            self._body(view, question)

    def over(self, questions: Sequence[Question], sums: Sequence[Sum]) -> list[dict[str, Known]]:
        """Answer sums from records only, for each of the questions that the engine laid out: one statement a view.

        Raises:
            UsageError: the kind counted has no field that a clause asks.
        """
        whole = replace(questions[0], end=questions[-1].end, ranges=None)
        found: list[dict[str, Known]] = [{} for _ in questions]
        for view in dict.fromkeys(one.view for one in sums):
            wanted = [one for one in sums if one.view == view]
            body, where, bound = self._body(view, whole)
            cells = ", ".join(cell for one in wanted for cell in _cells(one))
            inner = f"SELECT b.*, d.c AS stretch FROM ({body}) b JOIN stretch_day d ON d.day = b.day AND d.inside = 1"
            rows = self._engine.rows(f"SELECT stretch, {cells} FROM ({inner}) b WHERE {where} GROUP BY stretch", bound)
            known = {row[0]: row[1:] for row in rows}
            for question, answers in zip(questions, found, strict=True):
                row = known.get(question.c.toordinal(), NOTHING * len(wanted))
                answers.update((one.id, _known(one, row[n * WIDTH : n * WIDTH + WIDTH])) for n, one in enumerate(wanted))
        return found

    def behind(self, question: Question, one: Sum) -> tuple[Contribution, ...]:
        """Name the records behind a sum; of distinct things the first record of each adds it."""
        body, where, bound = self._body(one.view, question)
        what = one.value.removeprefix(DISTINCT)
        cells = f"b.id, {what}, {one.also or '0'}, b.day"
        rows = self._engine.rows(f"SELECT {cells} FROM ({body}) b WHERE {where} AND {one.where} ORDER BY b.day, b.id, {what}", bound)
        added: dict[tuple[str, dt.date], int] = {}
        seen: set[object] = set()
        for who, value, also, day in rows:
            key = (who, question.c if day is None else dt.date.fromordinal(day))
            added[key] = added.get(key, 0) + (also or 0) + _adds(one, value, seen)
        return tuple(Contribution(who, value, day) for (who, day), value in sorted(added.items()))

    def asked(self, question: Question, view: str, where: str, cells: str = "b.id, b.day") -> list[Any]:
        """Give id and day, or other cells, of the rows of a view that a scope and a condition leave, by day."""
        body, asked, bound = self._body(view, question)
        return self._engine.rows(f"SELECT {cells} FROM ({body}) b WHERE {asked} AND {where} ORDER BY b.day, b.id", bound)

    def _body(self, view: str, question: Question) -> tuple[str, str, Bound]:
        made = RowScope()
        where, visits = Asking(self._ledger, question, made).conditions(SOURCES[view], question.clauses)
        found, more = self._found(question) if SOURCES[view].hazards else ("", Scope().bound)
        body = text(view, len(question.ranges or ()), visits=_all(visits), found=found)
        policy = self._ledger.config.policy
        limits = {"far": FAR, "look_back": policy.look_back_days, "due_soon_days": policy.due_soon_days, "review_days": policy.review_days}
        days = {name: day.toordinal() for name, day in question.days()}
        return body, _all(where), {**days, **limits, **more, **made.bound}

    def _found(self, question: Question) -> tuple[str, Bound]:
        """Give the hazards found in the scope as far as hazards can be asked by it; the keys of both kinds are one language."""
        clauses = [one for one in question.clauses if one.key not in HAZARDS_LACK]
        asked = scope(clauses, self._ledger, question.as_of)
        choice = Choice(question.preset, question.due, pieces=len(question.ranges or ()))
        body = view_text("cohort", choice)
        return f"SELECT b.unit FROM ({body}) b WHERE {conditions('cohort', Frame(choice, tuple(asked.conditions)), FOUND)}", asked.bound


HAZARDS_LACK: Final = frozenset(
    {"team", "covert", "org", "kind", "selection", "parts", "links", "led_by_rank", "led_by_post", "inspectors", "people", "period"}
)
"""What an outing can be asked by and a hazard cannot."""


def askable(one: Sum, clauses: Sequence[Clause]) -> bool:
    """Say whether the kind counted has every field that the clauses ask; units in the register also answer by their visits."""
    source = SOURCES[one.view]
    return all(
        clause.kind in {"word", "range"} and (has(source.kind, clause.key) or (source.visits and has("inspection", clause.key)))
        for clause in clauses
    )


def _all(conditions: Sequence[str]) -> str:
    return " AND ".join(f"({one})" for one in conditions) or "1 = 1"


def _cells(one: Sum) -> tuple[str, ...]:
    what = one.value.removeprefix(DISTINCT)
    distinct = what != one.value
    if distinct:
        number = f"COUNT(DISTINCT CASE WHEN {one.where} THEN NULLIF({what}, '') END)"
    elif what == "1":
        number = f"COUNT(CASE WHEN {one.where} THEN 1 END)"
    else:
        number = f"COALESCE(SUM(CASE WHEN {one.where} THEN {what} END), 0)"
    if one.also:
        number += f" + COALESCE(SUM(CASE WHEN {one.where} THEN {one.also} END), 0)"
    said = f"NULLIF({what}, '')" if distinct else what
    or_also = f" OR {one.also} IS NOT NULL" if one.also else ""  # texts and numbers do not mix in one expression
    says = f"COUNT(CASE WHEN ({one.where}) AND ({said} IS NOT NULL{or_also}) THEN 1 END)"
    mark = f"CASE WHEN {one.where} THEN NULLIF({one.mark}, '') END" if one.mark else "NULL"
    rows, there = (f"COUNT(CASE WHEN {where} THEN 1 END)" for where in (one.where, one.known))
    return number, rows, says, there, f"MIN({mark})", f"MAX({mark})"


def _known(one: Sum, cells: Sequence[Any]) -> Known:
    """Make a figure of the six things asked: nothing of the kind, or nothing that says the value, is missing, never 0."""
    number, rows, says, there, least, greatest = cells
    if not there or (rows and not says):
        mark = _mark(least, greatest)
        return Known(state="missing", mark=mark, unit=one.noun.zh, blank=bool(rows and (mark or one.unit == "fen")))
    return Known(scaled(one, number), mark=_mark(least, greatest), unit=one.noun.zh, unsaid=rows - says)


def _mark(least: str | None, greatest: str | None) -> Mark:
    """Join the marks of the parts of a sum: one mark stays, different ones leave it about right."""
    if least not in {"over", "nearly", "about"}:
        return ""
    return "over" if least == greatest == "over" else "nearly" if least == greatest == "nearly" else "about"


def scaled(one: Sum, number: int) -> int | Decimal:
    """Make the exact figure of a whole number: yuan of fen, a quantity of millionths."""
    if one.unit == "one":
        return number
    exact = Decimal(number) / SCALE[one.unit]
    return int(exact) if one.unit == "micro" and exact == int(exact) else exact


def _adds(one: Sum, value: object, seen: set[object]) -> int:
    if not one.value.startswith(DISTINCT):
        return value if isinstance(value, int) else 0
    if value in ("", None) or value in seen:
        return 0
    seen.add(value)
    return 1
