"""Putting the statements of a question to the engine, and making figures of the whole numbers it gives back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, TypeAlias

from hazardctl.base import Bound
from hazardctl.ledger import Ledger
from hazardctl.measures import answer, statement
from hazardctl.measures.answer import Figures
from hazardctl.measures.definition import Count, Spread, terms
from hazardctl.measures.dimensions import dimension
from hazardctl.measures.engine import Engine
from hazardctl.measures.figure import Spread as SpreadFigure
from hazardctl.measures.member import Member
from hazardctl.measures.question import Question
from hazardctl.measures.registry import REGISTRY
from hazardctl.measures.relations import FAR
from hazardctl.measures.scope import scope
from hazardctl.measures.statement import Frame
from hazardctl.measures.views import VIEWS, Choice

Key: TypeAlias = tuple[str, ...]


class Asker:
    """Asks the engine about hazards on behalf of a book."""

    def __init__(self, ledger: Ledger, engine: Engine) -> None:
        """Take the ledger, for its configuration and names, and where its relations lie."""
        self._ledger, self._engine = ledger, engine
        self._totals: dict[tuple[object, ...], dict[str, int]] = {}

    def behind(self, question: Question, expression: str, line: Mapping[str, str] | None) -> tuple[Member, ...]:
        """Name what an expression of counts counts, on one line of a table where one is given; sorted by id and day."""
        frame, bound = self.asked(question)
        dimensions = tuple(dimension(name) for name in line or {})
        keys = {f"line{number}": key for number, key in enumerate((line or {}).values())}
        found: list[Member] = []
        for sign, name in terms(expression):
            one = REGISTRY[name]
            measure = one if isinstance(one, Spread) else answer.count(name)
            rows = self._engine.rows(statement.listed(measure, frame, dimensions), {**bound, **keys})
            spread = isinstance(measure, Spread)  # a value of no days belongs to a spread, and adds nothing to a sum
            found += (Member(who, sign * value, dt.date.fromordinal(day), name) for who, value, day in rows if value or spread)
        return tuple(sorted(found, key=lambda member: (member.id, member.day, member.measure)))

    def answer(self, wanted: Sequence[str], frame: Frame, bound: Bound) -> dict[Key, Figures]:
        """Answer measures with one statement a view: the total under `()`, or every line of the frame."""
        known: dict[Key, dict[str, int | SpreadFigure]] = {} if frame.lines else {(): {}}
        for view, counts in answer.counts(wanted).items():
            if not frame.lines:
                known[()].update(self._total(view, counts, frame, bound))
                continue
            for key, numbers in self._keyed(view, statement.counted(view, counts, frame), bound, frame):
                known.setdefault(key, {}).update(zip((one.id for one in counts), numbers, strict=True))
        for measure in (REGISTRY[name] for name in wanted):
            if isinstance(measure, Spread):
                for key, numbers in self._keyed(measure.view, statement.spread(measure, frame), bound, frame):
                    known.setdefault(key, {})[measure.id] = answer.spread(numbers)
        places, by_time = self._ledger.config.measures.places, any(line.kind == "time" for line in frame.lines)
        return {key: answer.answered(wanted, numbers, places, by_time=by_time) for key, numbers in known.items()}

    def _total(self, view: str, counts: Sequence[Count], frame: Frame, bound: Bound) -> Mapping[str, int]:
        """Count in all. Tables that each have a total share it: what was counted once is known from then on."""
        known = self._totals.setdefault((view, frame, *sorted(bound.items())), {})
        fresh = [one for one in counts if one.id not in known]
        for _, numbers in self._keyed(view, statement.counted(view, fresh, frame), bound, frame) if fresh else ():
            known |= zip((one.id for one in fresh), numbers, strict=True)
        return {one.id: known[one.id] for one in counts}

    def _keyed(self, view: str, sql: str, bound: Bound, frame: Frame) -> Iterator[tuple[Key, Sequence[int]]]:
        width = len(frame.lines)
        for row in self._rows(view, sql, bound, frame):
            yield tuple(str(part) for part in row[:width]), row[width:]

    def _rows(self, view: str, sql: str, bound: Bound, frame: Frame) -> list[Any]:
        """Run a statement over a view; lines of histories are many and seldom asked of, so their view stays in the statement."""
        return self._engine.rows(sql, bound, "" if VIEWS[view].lines else statement.source(view, frame))

    def asked(self, question: Question) -> tuple[Frame, Bound]:
        """Give what all statements of a question share, and the values bound in them."""
        config = self._ledger.config
        ranges = question.ranges or ()
        asked = scope(question.clauses, self._ledger, question.as_of)
        conditions = (*asked.conditions, *(["on_spot = 0"] if question.exclude_on_spot else []))
        choice = Choice(question.preset, question.due, config.close.other_reasons_count_as_rectified, len(ranges))
        limits = {
            "far": FAR,
            "look_back": config.policy.look_back_days,
            "review_days": config.policy.review_days,
            "repeat_days": config.policy.repeat_days,
            "due_soon_days": config.policy.due_soon_days,
        }
        bound = {**{name: day.toordinal() for name, day in question.days()}, **limits, **asked.bound}
        return Frame(choice, conditions, (), question.counting == "places"), bound
