"""What tallies and declarations tell: figures joined to a question only when measure, scope and period are the very same.

A scope has one canonical spelling, so that `{sector: 消防}` and `[sector=fire]` are one scope, and a campaign is its id however it
was named. Periods are equal when their days are (MEASURES §7).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Final, TypeAlias

from hazardctl import period
from hazardctl.errors import UsageError
from hazardctl.filters import Clause
from hazardctl.ledger import Ledger
from hazardctl.measures.catalogue import CATALOGUE, OTHERS, scoped
from hazardctl.measures.definition import Sum
from hazardctl.measures.figure import Mark
from hazardctl.measures.names import Names
from hazardctl.measures.question import Question
from hazardctl.measures.records import withdrawn
from hazardctl.measures.recordscope import meant
from hazardctl.measures.sources import SOURCES
from hazardctl.model.declaration import Declaration
from hazardctl.model.tally import Figure, Tally

Ranges: TypeAlias = tuple[tuple[dt.date, dt.date], ...]
Spelled: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""A scope in its one spelling: keys sorted, their values sorted."""

MANY: Final[Mapping[str, int]] = {"万": 10_000, "亿": 100_000_000}
MARKS: Final[Mapping[str, Mark]] = {"over": "over", "nearly": "nearly", "about": "about"}
ANY_BASIS: Final = frozenset({"", "unknown"})


@dataclass(frozen=True, slots=True)
class Saying:
    """One figure of a tally, or the zero of a declaration.

    Attributes:
        record: id of the tally or declaration.
        day: the day the figure is as of; of a declaration the day it was signed.
        measure: id without its scope.
        scope: canonical.
        days: of the period.
        preset: the basis of the source, empty where it does not matter.
        value: exact, money in yuan; None where blank in the source.
        mark: of an approximate figure.
        stated: a rate as printed.
        declared: it is the zero of a declaration.
        until: the day the record was withdrawn, or None.
    """

    record: str
    day: dt.date
    measure: str
    scope: Spelled
    days: Ranges
    preset: str
    value: Decimal | None
    mark: Mark = ""
    stated: bool = False
    declared: bool = False
    until: int | None = None

    def seen(self, day: dt.date) -> bool:
        """Say whether the record was not withdrawn by a day."""
        return self.until is None or self.until > day.toordinal()


class Told:
    """Everything that tallies and declarations of a ledger tell."""

    def __init__(self, ledger: Ledger) -> None:
        """Take the ledger; its tallies are read when the first question needs them."""
        self._ledger = ledger
        self._read: Mapping[str, list[Saying]] | None = None

    def of(self, question: Question, measure: str, *, declared: bool = False) -> tuple[Saying, ...]:
        """Give what is told of a measure for a question: the sayings of the last day up to the as-of day, exact scope and period only.

        A figure of what happened on days of a finished period stands even when it was drawn up later; one that depends on
        the as-of day does not. A declaration holds for every part of its scope and period.
        """
        asked = spelled(self._ledger, measure, question.clauses)
        if asked is None:
            return ()
        days = question.ranges or ((question.start, question.end),)
        sayings = [one for one in self._sayings().get(measure, ()) if one.seen(question.as_of)]
        if declared:
            return tuple(one for one in sayings if one.declared and set(one.scope) <= set(asked) and _inside(days, one.days))
        same = [one for one in sayings if not one.declared and one.scope == asked and one.days == days and _basis(one, question)]
        settled = measure in OTHERS and days[-1][1] <= question.as_of
        seen = [one for one in same if one.day <= question.as_of] or (same if settled else [])
        last = max((one.day for one in seen), default=None)
        return tuple(one for one in seen if one.day == last)

    def keys(self, name: str) -> frozenset[str]:
        """Give every value that the scope of some tally or declaration names under a key, whatever its measure and period."""
        found = (values for sayings in self._sayings().values() for one in sayings for key, values in one.scope if key == name)
        return frozenset(value for values in found for value in values)

    def within(self, question: Question) -> tuple[tuple[str, Spelled], ...]:
        """Give each figure told of exactly the days of a question: its measure, and what its scope has beside that of the question."""
        days = question.ranges or ((question.start, question.end),)
        found: set[tuple[str, Spelled]] = set()
        for measure, sayings in self._sayings().items():
            asked = spelled(self._ledger, measure, question.clauses)
            told = (one.scope for one in sayings if one.days == days and one.seen(question.as_of))
            found |= {
                (measure, tuple(part for part in scope if part not in asked))
                for scope in told
                if asked is not None and set(asked) <= set(scope)
            }
        return tuple(sorted(found))

    def tellers(self, question: Question, name: str) -> frozenset[str]:
        """Give every value under a key of the scope of what is told of days that touch those of a question."""
        days = question.ranges or ((question.start, question.end),)
        sayings = (one for found in self._sayings().values() for one in found if one.seen(question.as_of) and _touch(days, one.days))
        return frozenset(value for one in sayings for key, values in one.scope if key == name for value in values)

    def _sayings(self) -> Mapping[str, list[Saying]]:
        if self._read is None:
            found: dict[str, list[Saying]] = {}
            for one in _sayings(self._ledger):
                found.setdefault(one.measure, []).append(one)
            self._read = found
        return self._read


def spelled(ledger: Ledger, measure: str, clauses: Iterable[Clause]) -> Spelled | None:
    """Give the one spelling of a scope; None for a scope no tally can have: a condition, a negation, a text, a range of days."""
    found: list[tuple[str, tuple[str, ...]]] = []
    for clause in clauses:
        if clause.negated or clause.kind != "word":
            return None
        found.append((clause.key, tuple(sorted({one for value in clause.values for one in _keys(ledger, measure, clause.key, value)}))))
    return tuple(sorted(set(found)))


def bracketed(figure: tuple[str, Spelled]) -> str:
    """Write a measure with its scope in brackets.

    Examples:
        >>> bracketed(("hazards.found", (("sector", ("chem", "fireworks")),)))
        'hazards.found[sector=chem+fireworks]'
    """
    measure, scope = figure
    said = ",".join(f"{key}={'+'.join(values)}" for key, values in scope)
    return f"{measure}[{said}]" if said else measure


def kind_of(measure: str) -> str:
    """Give the kind of record a measure counts."""
    one = CATALOGUE.get(measure)
    return SOURCES[one.view].kind if isinstance(one, Sum) else "hazard"


def _keys(ledger: Ledger, measure: str, key: str, value: str) -> tuple[str, ...]:
    """Give the first key a value names; a scope that names nothing here stays as it was written."""
    try:
        return meant(ledger, kind_of(measure), key, value)[:1]
    except UsageError:
        return (value,)


def _sayings(ledger: Ledger) -> Iterator[Saying]:
    for kind in ("tally", "declaration"):
        for entry in ledger.of(kind):
            record = entry.record
            if isinstance(record, Tally):
                yield from (one for figure in record.figures for one in _told(ledger, record, figure))
            elif isinstance(record, Declaration):
                yield from _declared(ledger, record)


def _told(ledger: Ledger, tally: Tally, figure: Figure) -> Iterator[Saying]:
    if (found := placed(ledger, figure.measure, tally.period, tally.scope or {}, tally.date)) is None:
        return
    measure, scope, days = found
    value = None if figure.missing or figure.value is None else figure.value * _scale(figure.unit)
    mark: Mark = MARKS.get(figure.approx) or ""
    yield Saying(tally.id, tally.date, measure, scope, days, tally.preset, value, mark, stated=figure.stated, until=withdrawn(tally))


def _declared(ledger: Ledger, it: Declaration) -> Iterator[Saying]:
    if (found := placed(ledger, it.measure, it.period, it.scope or {}, it.date)) is not None:
        measure, scope, days = found
        yield Saying(it.id, it.date, measure, scope, days, "", Decimal(0), declared=True, until=withdrawn(it))


def placed(ledger: Ledger, text: str, word: str, scope: Mapping[str, str], day: dt.date) -> tuple[str, Spelled, Ranges] | None:
    """Give measure, scope and days of a figure; None where they name nothing, which is a finding of the record."""
    names = Names(ledger, day)
    try:
        measure, clauses = scoped(text)
        found = period.read(word, names.reading())
    except UsageError:
        return None
    said = [Clause(key, tuple(part.strip() for part in value.split("+"))) for key, value in scope.items()]
    question = narrowed(ledger, Question(found.start, found.end, found.end, ranges=_pieces(found)), (*said, *clauses))
    bound = [*question.clauses, *([Clause(found.filter[0], (found.filter[1],))] if found.filter else [])]
    canonical = spelled(ledger, measure, bound)
    return None if canonical is None else (measure, canonical, question.ranges or ((question.start, question.end),))


def narrowed(ledger: Ledger, question: Question, clauses: Sequence[Clause]) -> Question:
    """Narrow a question by the clauses of a bracket; `period=` changes its days, read in the year the question ends in.

    Raises:
        UsageError: `period=` names no period.
    """
    asked = question
    for clause in clauses:
        if clause.key == "period" and not clause.negated:
            found = period.read(clause.values[0], replace(Names(ledger, question.end).reading(), as_of=question.as_of))
            more = (Clause(found.filter[0], (found.filter[1],)),) if found.filter else ()
            asked = replace(asked, start=found.start, end=found.end, ranges=_pieces(found), clauses=(*asked.clauses, *more))
        else:
            asked = replace(asked, clauses=(*asked.clauses, clause))
    return asked


def _pieces(found: period.Period) -> Ranges | None:
    return found.ranges if len(found.ranges) > 1 else None


def _inside(days: Ranges, whole: Ranges) -> bool:
    return all(any(first <= start and end <= last for first, last in whole) for start, end in days)


def _touch(days: Ranges, others: Ranges) -> bool:
    return any(start <= last and first <= end for start, end in days for first, last in others)


def _basis(saying: Saying, question: Question) -> bool:
    """Say whether the source counted as the question does; `default` is `verified` under another name, found needs no basis."""
    plain = {"default": "verified"}
    return (
        saying.preset in ANY_BASIS
        or saying.measure in OTHERS
        or saying.measure.endswith(".found")
        or plain.get(saying.preset, saying.preset) == plain.get(question.preset, question.preset)
    )


def _scale(unit: str) -> int:
    """Give how many of the measure's own unit one of the unit written is: 万元, 万人次, 亿元."""
    return next((many for head, many in MANY.items() if unit.strip().startswith(head)), 1)
