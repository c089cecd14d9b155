"""What tallies and declarations tell: figures joined to a question only when measure, scope and period are the very same."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from hazardctl import period
from hazardctl.diagnostics import Trail
from hazardctl.errors import UsageError
from hazardctl.filters import Clause
from hazardctl.language import Text
from hazardctl.ledger import Ledger
from hazardctl.measures.catalogue import CATALOGUE, OTHERS, scoped
from hazardctl.measures.definition import Computed, Sum
from hazardctl.measures.dimensions import ALSO, DIMENSIONS
from hazardctl.measures.figure import Mark
from hazardctl.measures.names import Names
from hazardctl.measures.placing import Ranges, Spelled, clauses_of, kind_of, placed, preset_of, spelled
from hazardctl.measures.question import Question
from hazardctl.measures.recordscope import has, meant
from hazardctl.measures.scope import PLAIN
from hazardctl.measures.sums import askable

if TYPE_CHECKING:
    from hazardctl.model.record import Record
    from hazardctl.model.tally import Figure

SOURCES_OF_FIGURES: Final = ("tally", "declaration")
KINDS: Final = (*SOURCES_OF_FIGURES, "document")
"""Records that state figures: what was filed says what others were told, and tells us nothing."""

MANY: Final[Mapping[str, int]] = {"万": 10_000, "亿": 100_000_000}
MARKS: Final[Mapping[str, Mark]] = {"over": "over", "nearly": "nearly", "about": "about"}
_NO_KEY: Final = Text("不能按“{it}”限定范围", 'no scope can be given by "{it}"')
ANY_BASIS: Final = frozenset({"", "unknown"})


@dataclass(frozen=True, slots=True)
class Saying:
    """One figure of a tally, the zero of a declaration, or one figure that a document filed.

    Attributes:
        record: id of the tally, declaration or document.
        day: the day the figure is as of; of a declaration the day it was signed.
        measure: id without its scope.
        scope: canonical.
        days: of the period.
        preset: the basis of the source, empty where it does not matter.
        value: exact, money in yuan; None where blank in the source.
        mark: of an approximate figure.
        stated: a rate as printed.
        declared: it is the zero of a declaration.
        filed: it stands in a document that was filed: what was said of the figures, never a source of them.
        until: the day the record was withdrawn, or None.
        trail: where in the record it stands.
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
    filed: bool = False
    until: int | None = None
    trail: Trail = ()

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
            for one in sayings(self._ledger, SOURCES_OF_FIGURES):
                found.setdefault(one.measure, []).append(one)
            self._read = found
        return self._read


def sayings(ledger: Ledger, kinds: Sequence[str] = KINDS) -> Iterator[Saying]:
    """Give every figure that a tally, a declaration or a filed document states, withdrawn ones too, record by record.

    A figure whose measure, scope or period names nothing here is left out: `unplaced` says which.
    """
    for kind in kinds:
        for entry in ledger.of(kind):
            yield from (saying for words in _stated(entry.record) if (saying := _saying(ledger, entry.record, words)) is not None)


def unplaced(ledger: Ledger) -> Iterator[tuple[str, Trail, Text]]:
    """Give the figures that are of no measure, scope or period of this ledger: id of the record, where it stands, why not."""
    for kind in KINDS:
        for entry in ledger.of(kind):
            for words in _stated(entry.record):
                if words.measure and words.period and (why := _strange(ledger, words)):
                    yield entry.record.id, words.trail, why


@dataclass(frozen=True, slots=True)
class _Words:
    """A figure as a record has it, before its words are understood."""

    measure: str
    period: str
    scope: Mapping[str, str]
    day: dt.date
    trail: Trail
    preset: str = ""
    figure: Figure | None = None
    value: Decimal | None = None
    declared: bool = False
    filed: bool = False


def _stated(record: Record) -> Iterator[_Words]:
    from hazardctl.model.declaration import Declaration
    from hazardctl.model.document import Document
    from hazardctl.model.tally import Tally

    match record:
        case Tally():
            for n, figure in enumerate(record.figures):
                trail: Trail = ("figures", n, "missing" if figure.missing else "value")
                value = None if figure.missing or figure.value is None else figure.value * _scale(figure.unit)
                yield _Words(figure.measure, record.period, record.scope or {}, record.date, trail, record.preset, figure, value)
        case Declaration():
            scope = record.scope or {}
            yield _Words(record.measure, record.period, scope, record.date, ("measure",), value=Decimal(0), declared=True)
        case Document(figures=figures) if figures:
            place = {"region": record.region} if record.region else {}
            for measure, value in figures.items():
                yield _Words(measure, record.period, place, record.date, ("figures", measure), value=value, filed=True)
        case _:
            pass


def _saying(ledger: Ledger, record: Record, it: _Words) -> Saying | None:
    from hazardctl.measures.records import withdrawn

    if (found := placed(ledger, it.measure, it.period, it.scope, it.day)) is None:
        return None
    measure, scope, days = found
    mark = MARKS.get(it.figure.approx if it.figure else record.approx.get(it.measure, "")) or ""
    stated = it.figure.stated if it.figure else False
    return Saying(
        record.id, it.day, measure, scope, days, it.preset, it.value, mark, stated, it.declared, it.filed, withdrawn(record), it.trail
    )  # fmt: skip


def _strange(ledger: Ledger, it: _Words) -> Text | None:
    """Say which word of a figure names nothing."""
    names = Names(ledger, it.day)
    try:
        measure, clauses = scoped(it.measure)
        period.read(it.period, names.reading())
        for clause in (*clauses_of(it.scope), *clauses):
            if clause.key == "basis":
                preset_of(clause.values[0])
                continue
            if not _askable(measure, clause):
                return _NO_KEY.of(it=clause.key)
            for value in clause.values:
                if clause.key not in {"key", "period"}:
                    meant(ledger, kind_of(measure), clause.key, value)
                elif clause.key == "period":
                    period.read(value, names.reading())
                elif not value[:4].isdigit():
                    names.within(value, it.day, it.day)
    except UsageError as failure:
        return failure.what
    return None


def _askable(measure: str, clause: Clause) -> bool:
    one = CATALOGUE[measure]
    if isinstance(one, Sum):
        return askable(one, [clause])
    return isinstance(one, Computed) or clause.key in {*DIMENSIONS, *ALSO, *PLAIN, "key"} or has(kind_of(measure), clause.key)


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
