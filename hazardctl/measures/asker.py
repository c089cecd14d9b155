"""Putting the statements of a question to the engine, and making figures of the whole numbers it gives back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from hazardctl.base import Bound
from hazardctl.ledger import Ledger
from hazardctl.measures import answer, statement
from hazardctl.measures.answer import Figures
from hazardctl.measures.definition import Count, Spread, terms
from hazardctl.measures.dimensions import Dimension, dimension
from hazardctl.measures.engine import Engine
from hazardctl.measures.figure import Spread as SpreadFigure
from hazardctl.measures.figure import empty
from hazardctl.measures.member import Member
from hazardctl.measures.question import Question
from hazardctl.measures.registry import REGISTRY
from hazardctl.measures.relations import FAR
from hazardctl.measures.scope import scope
from hazardctl.measures.statement import Frame
from hazardctl.measures.views import VIEWS, Choice

Key: TypeAlias = tuple[str, ...]
Tables: TypeAlias = dict[tuple[str, ...], dict[Key, Figures]]
"""Dimensions of a table → its lines by their keys."""
Lines: TypeAlias = tuple[Dimension, ...]
Wanted: TypeAlias = dict[Lines, list[Count | Spread]]
"""Lines of a table → what it wants of a view."""
Numbers: TypeAlias = dict[str, int | SpreadFigure]


class Asker:
    """Asks the engine about hazards on behalf of a book."""

    def __init__(self, ledger: Ledger, engine: Engine) -> None:
        """Take the ledger, for its configuration and names, and where its relations lie."""
        self._ledger, self._engine = ledger, engine
        self._totals: dict[tuple[object, ...], Numbers] = {}
        self._laid: set[str] = set()

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

    def begun(self, question: Question, wanted: Mapping[tuple[str, ...], Iterable[str]]) -> Callable[[], Tables]:
        """Begin to answer the measures of several tables by the names of their dimensions; what is given waits for the answers.

        Of lines those in which there is anything, sorted. Views that stand alone are asked meanwhile, where the engine can; the
        cohort is not among them, since other questions read its rows again.
        """
        frame, bound = self.asked(question)
        lines = {names: tuple(map(dimension, names)) for names in wanted}
        tables: dict[Lines, tuple[str, ...]] = {lines[names]: tuple(dict.fromkeys(ids)) for names, ids in wanted.items()}
        views = _by_view(tables)
        alone = {view: each for view, each in views.items() if not VIEWS[view].judged}

        def asked(engine: Engine, some: Mapping[str, Wanted]) -> list[tuple[Lines, Key, Numbers]]:
            return [part for view, each in some.items() for part in self._of_view(engine, view, each, frame, bound)]

        meanwhile = self._engine.meanwhile(lambda engine: asked(engine, alone)) if alone else None

        def found() -> Tables:
            known: dict[Lines, dict[Key, Numbers]] = {each: {} if each else {(): {}} for each in tables}
            here = {view: each for view, each in views.items() if meanwhile is None or view not in alone}
            for each, key, numbers in (*asked(self._engine, here), *(meanwhile() if meanwhile else ())):
                known[each].setdefault(key, {}).update(numbers)
            answers = {each: dict(self._figures(tables[each], each, lines)) for each, lines in known.items()}
            return {
                names: {key: each[key] for key in sorted(each) if not names or not all(map(empty, each[key].values()))}
                for names, each in ((names, answers[lines[names]]) for names in wanted)
            }

        return found

    def _figures(self, wanted: Sequence[str], lines: Lines, known: Mapping[Key, Numbers]) -> Iterator[tuple[Key, Figures]]:
        """Make the figures of each line; lines with the same numbers have the same figures, and of a thousand sites most are alike."""
        places, by_time = self._ledger.config.measures.places, any(one.kind == "time" for one in lines)
        alike: dict[tuple[object, ...], Figures] = {}
        for key, numbers in known.items():
            same = tuple(numbers.items())
            if same not in alike:
                alike[same] = answer.answered(wanted, numbers, places, by_time=by_time)
            yield key, alike[same]

    def _of_view(self, engine: Engine, view: str, wanted: Wanted, frame: Frame, bound: Bound) -> Iterator[tuple[Lines, Key, Numbers]]:
        """Ask what the tables want of one view, which is evaluated once for all of them."""
        counts = {lines: [one for one in each if isinstance(one, Count)] for lines, each in wanted.items()}
        spreads = [(lines, one) for lines, each in wanted.items() for one in each if isinstance(one, Spread)]
        same = statement.judged(statement.source(view, frame), view, frame)
        totals = self._totals.setdefault((same, frame.weighed, *sorted(bound.items())), {})
        if () in counts:
            yield (), (), {one.id: totals[one.id] for one in counts[()] if one.id in totals}
            counts[()] = [one for one in counts[()] if one.id not in totals]
        groups = _together(view, [lines for lines, each in counts.items() if each])
        fresh = [one for each in counts.values() for one in each]
        source = statement.source(view, frame, [*fresh, *(one for _, one in spreads)], [one for lines in wanted for one in lines])
        if (len(groups) + len(spreads) > 1 or source in self._laid) and not VIEWS[view].lines:
            self._laid.add(source)  # lines of histories are many and seldom asked of, so their view stays in the statement
        shared, judged = [source] if source in self._laid else [], statement.judged(source, view, frame)
        for group in groups:
            needed = list(dict.fromkeys(one for lines in group for one in counts[lines]))
            every = tuple(dict.fromkeys(one for lines in group for one in lines))
            rows = statement.alike(judged, view, needed, replace(frame, lines=every))
            for lines in group:
                sql = statement.counted(rows, counts[lines], replace(frame, lines=lines))
                for key, numbers in _keyed(engine, sql, bound, lines, [*shared, rows] if len(group) > 1 else shared):
                    found: Numbers = dict(zip((one.id for one in counts[lines]), numbers, strict=True))
                    if not lines:
                        totals |= found
                    yield lines, key, found
        for lines, one in spreads:
            for key, numbers in _keyed(engine, statement.spread(judged, one, replace(frame, lines=lines)), bound, lines, shared):
                yield lines, key, {one.id: answer.spread(numbers)}

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


def _keyed(engine: Engine, sql: str, bound: Bound, lines: Lines, shared: Sequence[str]) -> Iterator[tuple[Key, Sequence[int]]]:
    for row in engine.rows(sql, bound, shared):
        yield tuple(str(part) for part in row[: len(lines)]), row[len(lines) :]


def _by_view(tables: Mapping[Lines, Sequence[str]]) -> dict[str, Wanted]:
    """Give what the tables want, view by view: counts, with those that guard the view, and spreads."""
    found: dict[str, Wanted] = {}
    for lines, wanted in tables.items():
        for view, counts in answer.counts(wanted).items():
            found.setdefault(view, {}).setdefault(lines, []).extend(counts)
        for one in map(REGISTRY.__getitem__, wanted):
            if isinstance(one, Spread):
                found.setdefault(one.view, {}).setdefault(lines, []).append(one)
    return found


def _together(view: str, tables: Sequence[Lines]) -> list[list[Lines]]:
    """Put tables together whose counts may be added up from the same rows: those of few lines, over a view with rows that are alike."""
    few = [lines for lines in tables if VIEWS[view].alike and all(one.few for one in lines)]
    return [*([few] if few else []), *([lines] for lines in tables if lines not in few)]
