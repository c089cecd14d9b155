"""What the rules about figures ask, answered from the book of measures (docs/adr/0012)."""

from __future__ import annotations

import bisect
import datetime as dt
import functools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Final, TypeGuard, cast

from hazardctl.diagnostics import Trail
from hazardctl.errors import HazardctlError
from hazardctl.filters import Clause
from hazardctl.language import Text
from hazardctl.ledger import Entry, Ledger
from hazardctl.measures import CATALOGUE, Answer, Book, Known, Question, scoped
from hazardctl.measures.definition import Count, Rate, Sum
from hazardctl.measures.duties import Instalment
from hazardctl.measures.placing import kind_of
from hazardctl.measures.question import Preset
from hazardctl.measures.told import ANY_BASIS, Saying, sayings, unplaced
from hazardctl.model.days import days_of
from hazardctl.model.document import Document
from hazardctl.model.record import Record
from hazardctl.model.seal import Sealed
from hazardctl.model.target import Target
from hazardctl.ops import sealed
from hazardctl.period import between
from hazardctl.rules.figures import Aimed, Moved, Owed
from hazardctl.rules.stated import Group, Stated
from hazardctl.sheet import Rate as RateFigure
from hazardctl.store.load import load
from hazardctl.store.source import Revision, at

EVER: Final = (dt.date(1990, 1, 1), dt.date(2100, 12, 31))
DATED: Final = frozenset({"hazards", "inspections", "enforcement", "accidents", "meetings", "trainings", "drills", "publicity", "tips"})
"""Families whose figures are of records dated in the period: without one there is nothing to ask."""


class BookFigures:
    """The figures of one ledger, as of today."""

    def __init__(self, ledger: Ledger, today: dt.date, root: Path | None = None) -> None:
        """Take the ledger, the day, and where it lies: only git there knows what a figure was made of before."""
        self._ledger = ledger
        self._today = today
        self._root = root
        self._book = Book(ledger)
        self._asked: dict[tuple[Group, str], Decimal | None] = {}

    @property
    def stated(self) -> Sequence[Stated]:
        """Give every figure that a record states and that counts today, record by record."""
        return self._stated

    @functools.cached_property
    def _stated(self) -> Sequence[Stated]:
        entries = self._ledger.by_id
        return [_stated(entries[one.record], one) for one in sayings(self._ledger) if one.seen(self._today)]

    def unplaced(self) -> Iterator[tuple[Entry[Record], Trail, Text]]:
        """Give the figures that are of no measure, scope or period of this ledger, and why."""
        for record, trail, why in unplaced(self._ledger):
            if not (entry := self._ledger.by_id[record]).record.withdrawn_by(self._today):
                yield entry, trail, why

    def items(self, group: Group, measures: Iterable[str]) -> Mapping[str, Decimal]:
        """Give what records, one by one, add up to in a scope and period: exact figures only, and only those that are known."""
        wanted = [one for one in measures if one in CATALOGUE and self._recorded(one, group)]
        asked = [one for one in wanted if (group, one) not in self._asked]
        if asked:
            self._asked |= {(group, one): None for one in asked}
            question = self._question(group)
            answers = self._book.known(question, [one for one in asked if self._book.askable(question, one)])
            self._asked |= {(group, name): Decimal(one.items) for name, one in answers.items() if _itemised(one) and one.items is not None}
        return {name: known for name in wanted if (known := self._asked[group, name]) is not None}

    def _question(self, group: Group) -> Question:
        preset = self._ledger.config.measures.preset if group.basis in ANY_BASIS else group.basis
        clauses = tuple(Clause(key, values) for key, values in group.scope)
        start, end = group.days[0][0], group.days[-1][1]
        ranges = group.days if len(group.days) > 1 else None
        return Question(start, end, group.day, cast("Preset", preset), clauses=clauses, ranges=ranges)

    def _recorded(self, measure: str, group: Group) -> bool:
        """Say quickly whether there may be anything to count: most tallies are of years without records."""
        if measure.partition(".")[0] not in DATED:
            return True
        days = self._days.get(kind_of(measure), [])
        first = bisect.bisect_left(days, group.days[0][0])
        return first < len(days) and days[first] <= group.days[-1][1]

    @functools.cached_property
    def _days(self) -> Mapping[str, list[dt.date]]:
        found: dict[str, list[dt.date]] = {}
        for entry in self._ledger.entries:
            if (day := entry.record.day) is not None:
                found.setdefault(entry.kind.name, []).append(day)
        return {kind: sorted(days) for kind, days in found.items()}

    def counts(self, measure: str) -> bool:
        """Say whether it counts or adds up records."""
        return isinstance(CATALOGUE.get(measure), Count | Sum)

    def sides(self, measure: str) -> tuple[str, str] | None:
        """Give the sums of counts a rate is made of."""
        one = CATALOGUE.get(measure)
        return (one.of, one.over) if isinstance(one, Rate) else None

    def label(self, measure: str) -> Text:
        """Give the name of a measure, with its scope in brackets."""
        return sealed.label(measure)

    def owed(self) -> Sequence[Owed]:
        """Give the parts of all obligations that fell due by today."""
        if not any(True for _ in self._ledger.of("target")):
            return ()
        return [self._owed(one) for one in self._book.instalments(self._ever())]

    def _owed(self, one: Instalment) -> Owed:
        entry = self._ledger.by_id[one.target]
        target = cast("Target", entry.record)
        due = one.last + dt.timedelta(days=target.due_days)
        filing = target.met_by is not None and target.met_by.record == "document" and target.met_by.filters.get("kind") == "submission"
        late = self._filed.get((one.first, one.last)) if filing and not one.met else None
        return Owed(entry, between(one.first, one.last).name, due, one.met, late, filing)

    @functools.cached_property
    def _filed(self) -> Mapping[tuple[dt.date, dt.date], tuple[str, dt.date]]:
        """Give what was filed for each period, the first where several were."""
        found: dict[tuple[dt.date, dt.date], tuple[str, dt.date]] = {}
        papers = (cast("Document", entry.record) for entry in self._ledger.of("document"))
        for paper in sorted((one for one in papers if one.kind == "submission"), key=lambda one: (one.date, one.id)):
            if not paper.withdrawn_by(self._today) and (days := days_of(paper.period)) is not None:
                found.setdefault(days, (paper.id, paper.date))
        return found

    def aims(self) -> Sequence[Aimed]:
        """Give every planned figure."""
        if not any(True for _ in self._ledger.of("target")):
            return ()
        found = self._book.aims(self._ever())
        return [
            Aimed(self._ledger.by_id[one.target.id], one.question.end, one.planned.least, one.planned.most, _actual(one.actual))
            for one in found
        ]  # fmt: skip

    def _ever(self) -> Question:
        return Question(*EVER, self._today, self._ledger.config.measures.preset)

    def moved(self) -> Sequence[Moved]:
        """Give the sealed figures that moved without a restatement, with the records behind each where git can tell."""
        found: list[Moved] = []
        for one in self._ledger.seals:
            gone = list(sealed.moved_in(self._ledger, self._book, one))
            whom: Mapping[str, tuple[str, ...]] = self._behind(one, [each.measure for each in gone]) if gone else {}
            found += [
                Moved(one.path, ("figures", each.measure), each.measure, each.was, each.now, whom.get(each.measure, ()), each.redefined)
                for each in gone
            ]
        return found

    def _behind(self, one: Sealed, measures: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
        before = self._before(one.seal.commit.rstrip("+"))
        try:
            return sealed.behind(before, self._ledger, one, measures) if before else {}
        except HazardctlError:
            return {}

    def _before(self, commit: str) -> Ledger | None:
        """Give the ledger as a commit has it; None without git, or where the commit is not there."""
        if self._root is None or not commit:
            return None
        try:
            source: Revision = at(self._root, commit)
            return load(self._root, source=source)
        except HazardctlError:
            return None


def _stated(entry: Entry[Record], one: Saying) -> Stated:
    basis = "" if one.preset in ANY_BASIS else one.preset
    rate = one.stated or isinstance(CATALOGUE[scoped(one.measure)[0]], Rate)
    return Stated(
        entry, one.trail, one.measure, one.scope, one.days, one.day, basis, one.value, one.mark, rate, one.declared, one.filed
    )  # fmt: skip


def _itemised(answer: Answer) -> TypeGuard[Known]:
    """Say whether records tell a figure exactly."""
    return isinstance(answer, Known) and answer.exact


def _actual(answer: Answer) -> Decimal | None:
    """Give what came of a target where it is known exactly; a rate as its percentage."""
    match answer:
        case RateFigure():
            return answer.value
        case Known() if answer.exact and not answer.twice and answer.value is not None:
            return Decimal(answer.value)
        case _:
            return None
