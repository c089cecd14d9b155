"""The book: a ledger laid out as relations, and every question asked of it.

SQLite holds the relations in memory; `sqlite3` is imported when the first book is opened. The measures are one text for any
engine (docs/adr), and the engine returns whole numbers only: rates, means and medians are made here in exact decimals.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from hazardctl.errors import BugError
from hazardctl.filters import Clause
from hazardctl.language import Text
from hazardctl.ledger import Ledger
from hazardctl.measures import identities, listing, statement
from hazardctl.measures.definition import Count, Measure, Rate, Spread, terms
from hazardctl.measures.dimensions import dimension
from hazardctl.measures.figure import Figure, empty
from hazardctl.measures.figure import Spread as SpreadFigure
from hazardctl.measures.listing import Value
from hazardctl.measures.question import Preset, Question
from hazardctl.measures.registry import REGISTRY
from hazardctl.measures.relations import FAR, ROWS, SCHEMA, Row, calendar_rows
from hazardctl.measures.scope import scope
from hazardctl.measures.statement import Frame
from hazardctl.measures.views import Choice
from hazardctl.sheet import Rate as RateFigure

if TYPE_CHECKING:
    import sqlite3

Key: TypeAlias = tuple[str, ...]
Figures: TypeAlias = dict[str, Figure]
Bound: TypeAlias = Mapping[str, int | str]
Part = Literal["members", "numerator", "denominator"]
ALWAYS: Final = ("hazard", "span")


@dataclass(frozen=True, slots=True)
class Member:
    """A record behind a figure.

    Attributes:
        id: of the record.
        value: what it adds: 1, places, days, fen; below 0 where the figure takes it away.
        day: the day that puts it there: found, due, or the day of the act.
        measure: id of the count it is part of.
    """

    id: str
    value: int
    day: dt.date
    measure: str


class Book:
    """A ledger as relations, open for questions."""

    def __init__(self, ledger: Ledger) -> None:
        """Lay the hazards and their spans out; the other relations follow when a question needs them."""
        import sqlite3  # not on the road of commands that ask for no figure

        self._ledger = ledger
        self._engine: sqlite3.Connection = sqlite3.connect(":memory:", isolation_level=None)
        self._made: set[str] = set()
        self._days: tuple[int, int] | None = None
        for name in ALWAYS:
            self._make(name)

    def figures(self, question: Question, measures: Iterable[str], by: Sequence[str] = ()) -> dict[Key, Figures]:
        """Answer measures, in all and for each line of a grouping.

        Args:
            question: days, basis and scope.
            measures: ids of the registry.
            by: names of dimensions; several at once make a cross table.

        Returns:
            The total under `()`, asked without the grouping, and a line for each key that has anything in it, sorted. Every
            line holds every measure: what is absent is 0, a rate of nothing over nothing, or a spread without values.

        Raises:
            UsageError: an unknown dimension, or a clause that names nothing.
            BugError: figures that do not add up (DOMAIN §4.3).
        """
        wanted, (frame, bound) = tuple(dict.fromkeys(measures)), self._asked(question)
        answer = {(): self._answer(wanted, frame, bound).get((), _figures(wanted, {}, {}, self._places))}
        if by:
            lines = self._answer(wanted, _grouped(frame, by), bound)
            answer |= {key: lines[key] for key in sorted(lines) if not all(map(empty, lines[key].values()))}
        return answer

    def total(self, question: Question, measures: Iterable[str]) -> Figures:
        """Answer measures in all, without lines."""
        return self.figures(question, measures)[()]

    def aged(self, question: Question) -> dict[str, int]:
        """Give how many open hazards without a standing claim are how old on the as-of day, by the ids of `age.*`."""
        names = [name for name, one in REGISTRY.items() if name.startswith("age.") and isinstance(one, Count)]
        return {name: _whole(figure) for name, figure in self.total(question, names).items()}

    def members(self, question: Question, measure: str, line: Mapping[str, str] | None = None) -> dict[Part, tuple[Member, ...]]:
        """Name the records behind a figure, by the statement that counted them with another head.

        Args:
            question: days, basis and scope.
            measure: an id of the registry.
            line: dimension → key, for the figure on one line of a table.

        Returns:
            Under `members` the records of a count or a spread; under `numerator` and `denominator` those of a rate. A hazard
            stands twice where it counts twice. Sorted by id and day.
        """
        match REGISTRY[measure]:
            case Rate(of=of, over=over):
                return {"numerator": self._behind(question, of, line), "denominator": self._behind(question, over, line)}
            case _:
                return {"members": self._behind(question, measure, line)}

    def listing(self, as_of: dt.date, clauses: Sequence[Clause] = (), preset: Preset = "default") -> tuple[dict[str, Value], ...]:
        """Give every hazard that exists on a day and fits the clauses, a mapping of the columns of `hazardctl.measures.listing`."""
        question = Question(as_of, as_of, as_of, preset, clauses=tuple(clauses))
        frame, bound = self._asked(question)
        rows = self._rows(listing.sql(frame), bound)
        return tuple(listing.row(self._ledger, row, as_of) for row in rows)

    def _behind(self, question: Question, expression: str, line: Mapping[str, str] | None) -> tuple[Member, ...]:
        frame, bound = self._asked(question)
        dimensions = tuple(dimension(name) for name in line or {})
        keys = {f"line{number}": key for number, key in enumerate((line or {}).values())}
        found: list[Member] = []
        for sign, name in terms(expression):
            measure = _plain(REGISTRY[name])
            rows = self._rows(statement.listed(measure, frame, dimensions), {**bound, **keys})
            always = isinstance(measure, Spread)
            found += (Member(one, sign * value, dt.date.fromordinal(day), name) for one, value, day in rows if value or always)
        return tuple(sorted(found, key=lambda member: (member.id, member.day, member.measure)))

    def _answer(self, wanted: Sequence[str], frame: Frame, bound: Bound) -> dict[Key, Figures]:
        cells: dict[Key, dict[str, int]] = {}
        for view, counts in _counts(wanted).items():
            for key, numbers in self._keyed(statement.counted(view, counts, frame), bound, frame):
                cells.setdefault(key, {}).update(zip((one.id for one in counts), numbers, strict=True))
        spreads: dict[Key, dict[str, SpreadFigure]] = {}
        for measure in map(REGISTRY.__getitem__, wanted):
            if isinstance(measure, Spread):
                for key, numbers in self._keyed(statement.spread(measure, frame), bound, frame):
                    spreads.setdefault(key, {})[measure.id] = _spread(*numbers)
        keys = {**cells, **spreads}
        return {key: _figures(wanted, cells.get(key, {}), spreads.get(key, {}), self._places) for key in keys}

    def _keyed(self, sql: str, bound: Bound, frame: Frame) -> Iterator[tuple[Key, Row]]:
        width = len(frame.lines)
        for row in self._rows(sql, bound):
            yield tuple(str(part) for part in row[:width]), row[width:]

    def _asked(self, question: Question) -> tuple[Frame, Bound]:
        config = self._ledger.config
        ranges = question.ranges or ()
        choice = Choice(question.preset, question.due, config.close.other_reasons_count_as_rectified, len(ranges))
        asked = scope(question.clauses, self._ledger, question.as_of)
        conditions = (*asked.conditions, *(["on_spot = 0"] if question.exclude_on_spot else []))
        days = {
            "s": question.start, "c": question.c, "t": question.as_of, "k": question.kappa,
            "o": min(question.start - dt.timedelta(days=1), question.as_of),
            **{f"from{number}": first for number, (first, _) in enumerate(ranges)},
            **{f"to{number}": last for number, (_, last) in enumerate(ranges)},
        }  # fmt: skip
        policy = config.policy
        limits = {
            "far": FAR, "look_back": policy.look_back_days, "review_days": policy.review_days, "repeat_days": policy.repeat_days,
            "due_soon_days": policy.due_soon_days,
        }  # fmt: skip
        bound = {**{name: day.toordinal() for name, day in days.items()}, **limits, **asked.bound}
        return Frame(choice, conditions, (), question.counting == "places"), bound

    @property
    def _places(self) -> int:
        return self._ledger.config.measures.places

    def _rows(self, sql: str, bound: Bound) -> list[tuple[Any, ...]]:
        for name in statement.relations(sql):
            if name == "day":
                self._calendar(int(bound["s"]) - int(bound["look_back"]) - 1, int(bound["t"]))
            elif name in SCHEMA:
                self._make(name)
        return self._engine.execute(sql, {name: bound[name] for name in statement.names(sql)}).fetchall()

    def _make(self, name: str) -> None:
        """Make a relation once; rows go in as one transaction, in the order of their key."""
        if name in self._made:
            return
        self._made.add(name)
        self._fill(name, SCHEMA[name], ROWS[name](self._ledger))

    def _fill(self, name: str, columns: str, rows: Iterator[Row]) -> None:
        first = next(rows, None)
        rowid = " WITHOUT ROWID" if "PRIMARY KEY (" in columns else ""
        self._engine.execute(f"CREATE TABLE IF NOT EXISTS {name} ({columns}){rowid}")
        if first is None:
            return
        marks = ", ".join("?" * len(first))
        self._engine.execute("BEGIN")
        self._engine.executemany(f"INSERT OR IGNORE INTO {name} VALUES ({marks})", itertools.chain([first], rows))
        self._engine.execute("COMMIT")

    def _calendar(self, first: int, last: int) -> None:
        """Make sure that the calendar covers the days a question may put on a line."""
        earliest = self._engine.execute("SELECT MIN(found) FROM hazard").fetchone()[0]
        first = min(first, last if earliest is None else earliest)
        if self._days is None or first < self._days[0] or last > self._days[1]:
            self._days = (first, last) if self._days is None else (min(first, self._days[0]), max(last, self._days[1]))
            self._fill("day", "day INTEGER PRIMARY KEY, month, quarter, year", calendar_rows(*self._days))


def _grouped(frame: Frame, by: Sequence[str]) -> Frame:
    return Frame(frame.choice, frame.scope, tuple(dimension(name) for name in by), frame.weighed)


def _plain(measure: Measure) -> Count | Spread:
    if isinstance(measure, Rate):
        raise BugError(Text("指标的分项不能又是比率：{id}", "a part of a rate is a rate itself: {id}").of(id=measure.id))
    return measure


def _counts(wanted: Iterable[str]) -> dict[str, list[Count]]:
    """Give the counts that the measures need, by view, with those that guard the view."""
    names: dict[str, None] = {}
    for name in wanted:
        match REGISTRY[name]:
            case Count():
                names[name] = None
            case Rate(of=of, over=over):
                names.update((part, None) for _, part in (*terms(of), *terms(over)))
            case _:
                pass
    found: dict[str, list[Count]] = {}
    guards = [guard for view in {_view(name) for name in names} for guard in identities.GUARDS.get(view, ())]
    for name in dict.fromkeys((*names, *sorted(guards))):
        one = REGISTRY[name]
        if isinstance(one, Count):
            found.setdefault(one.view, []).append(one)
    return found


def _view(name: str) -> str:
    one = REGISTRY[name]
    return "" if isinstance(one, Rate) else one.view


def _figures(wanted: Iterable[str], cells: Mapping[str, int], spreads: Mapping[str, SpreadFigure], places: int) -> Figures:
    known: Figures = {**cells, **spreads}
    if broken := identities.check(known):
        raise BugError(identities.sentence(broken))
    return {name: _figure(REGISTRY[name], cells, spreads, places) for name in wanted}


def _figure(measure: Measure, cells: Mapping[str, int], spreads: Mapping[str, SpreadFigure], places: int) -> Figure:
    match measure:
        case Count():
            return cells.get(measure.id, 0)
        case Rate():
            return RateFigure(_sum(measure.of, cells), _sum(measure.over, cells), places)
        case Spread():
            return spreads.get(measure.id, SpreadFigure())


def _sum(expression: str, cells: Mapping[str, int]) -> int:
    return sum(sign * cells.get(name, 0) for sign, name in terms(expression))


def _spread(n: int, total: int | None, greatest: int | None, middle: int | None, middles: int, p90: int | None) -> SpreadFigure:
    if not n:
        return SpreadFigure()
    return SpreadFigure(n, total or 0, Decimal(middle or 0) / Decimal(middles), p90, greatest)


def _whole(figure: Figure) -> int:
    return figure if isinstance(figure, int) else 0
