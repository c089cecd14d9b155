"""Targets, obligations and filings: what was planned or owed, and which records met it (DOMAIN §2.15, §4.6, §5.3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Final

from hazardctl import period
from hazardctl.filters import Clause
from hazardctl.ledger import Ledger
from hazardctl.measures.catalogue import CATALOGUE
from hazardctl.measures.definition import Computed, Sum
from hazardctl.measures.figure import Answer, Known, Part, Range
from hazardctl.measures.placing import narrowed, placed, spelled
from hazardctl.measures.question import Question
from hazardctl.measures.recordscope import has
from hazardctl.measures.sources import SOURCES
from hazardctl.measures.sums import Contribution, Sums
from hazardctl.sheet import Rate

if TYPE_CHECKING:
    from hazardctl.model.target import Target

VIEW: Final[Mapping[str, str]] = {
    "inspection": "inspections",
    "activity": "activities",
    "document": "documents",
    "resource": "resources",
    "accident": "accidents",
    "enforcement": "decisions",
    "tip": "tips",
}
"""Kind of record that may meet a duty → its view."""

EVERY: Final[Mapping[str, period.Part]] = {"month": "month", "quarter": "quarter", "half": "half", "year": "year"}
FIGURE: Final = "kind = 'figure'"
OBLIGATION: Final = "kind = 'obligation'"
MILLION: Final = 1_000_000
Ask = Callable[[Question, str], Answer]


@dataclass(frozen=True, slots=True)
class Instalment:
    """One part of an obligation's period that fell due, and the record that met it, if one did."""

    target: str
    first: dt.date
    last: dt.date
    met: str = ""
    on: dt.date | None = None


@dataclass(frozen=True, slots=True)
class Aim:
    """A target with what came of it."""

    target: Target
    question: Question
    actual: Answer
    planned: Range


class Duties:
    """The targets and obligations of one ledger."""

    def __init__(self, ledger: Ledger, sums: Sums, ask: Ask) -> None:
        """Take the ledger, its sums over records, and how the figure of a target is asked."""
        self._ledger = ledger
        self._sums = sums
        self._ask = ask

    def answer(self, question: Question, name: str) -> Answer:
        """Answer one of the measures of `hazardctl.measures.families.duties`, or those of planned trainings."""
        match name:
            case "trainings.planned":
                return self.planned(question, "trainings.count")
            case "trainings.delivery":
                return self._delivery(question)
            case "targets.attainment":
                return self._attainment(question)
            case _:
                head, _, part = name.partition(".")
                return self._owed(question, name, filings=head == "filings", part=part)

    # -------------------------------------------------------------------------------------------------------------- targets

    def planned(self, question: Question, measure: str) -> Range | Known:
        """Give what targets plan for a measure in the very same scope and period, several added up."""
        noun = self._noun("trainings.planned" if measure == "trainings.count" else measure)
        wanted = spelled(self._ledger, measure, question.clauses)
        found = [one for one in self._targets(replace(question, clauses=()), FIGURE) if self._plans(one, question, measure, wanted)]
        if not found:
            return Known(state="missing", unit=noun)
        least, most = (_sum([side(one) for one in found]) for side in (_least, _most))
        if least == most and least is not None:
            return Known(_whole(least), unit=noun)
        return Range(least, most, noun)

    def _plans(self, target: Target, question: Question, measure: str, wanted: object) -> bool:
        found = placed(self._ledger, target.measure, target.period, target.scope or {}, question.as_of)
        return found == (measure, wanted, question.ranges or ((question.start, question.end),))

    def _delivery(self, question: Question) -> Answer:
        return _share(self._ask(question, "trainings.count"), self.planned(question, "trainings.count"))

    def aims(self, question: Question) -> tuple[Aim, ...]:
        """Give the targets that a scope leaves and whose period lies in the one asked, each with what came of it."""
        return tuple(aim for one in self._targets(question, FIGURE) if (aim := self._aim(one, question)) is not None)

    def _aim(self, target: Target, question: Question) -> Aim | None:
        found = placed(self._ledger, target.measure, target.period, target.scope or {}, question.as_of)
        if found is None or not question.start <= found[2][0][0] <= found[2][-1][1] <= question.end:
            return None
        measure, scope, days = found
        clauses = tuple(Clause(key, values) for key, values in scope)
        asked = replace(
            question, start=days[0][0], end=days[-1][1], ranges=days if len(days) > 1 else None, clauses=clauses
        )  # fmt: skip
        return Aim(target, asked, self._ask(asked, measure), Range(_least(target), _most(target), self._noun(measure)))

    def _attainment(self, question: Question) -> Answer:
        aims = self.aims(question)
        if not aims:
            return Known(state="missing", unit="%")
        if len({one.target.measure for one in aims}) > 1:
            return None  # different things have no joint rate
        shares = [_share(one.actual, one.planned) for one in aims]
        rates = [one for one in shares if isinstance(one, Rate)]
        if len(rates) < len(shares):
            return next(one for one in shares if not isinstance(one, Rate))
        return Rate(sum(one.numerator for one in rates), sum(one.denominator for one in rates))

    def laid_down(self, question: Question, name: str) -> tuple[Contribution, ...]:
        """Name the targets behind a plan or an attainment; each stands for one."""
        if name == "targets.attainment":
            found = [one.target for one in self.aims(question)]
        else:
            wanted = spelled(self._ledger, "trainings.count", question.clauses)
            plans = self._targets(replace(question, clauses=()), FIGURE)
            found = [one for one in plans if self._plans(one, question, "trainings.count", wanted)]
        return tuple(Contribution(one.id, 1, one.day or question.start) for one in found)

    def _noun(self, measure: str) -> str:
        one = CATALOGUE.get(measure)
        return one.noun.zh if isinstance(one, Sum | Computed) else "处"

    # ---------------------------------------------------------------------------------------------------------- obligations

    def instalments(self, question: Question, *, filings: bool = False) -> tuple[Instalment, ...]:
        """Give the parts of obligations that lie in the period and fell due by the as-of day.

        Args:
            question: days and scope, asked of the target records.
            filings: only duties to submit documents.
        """
        targets = [one for one in self._targets(question, OBLIGATION) if not filings or _files(one)]
        return tuple(part for one in targets for part in self._parts(one, question))

    def owed(self, question: Question, *, filings: bool = False) -> bool:
        """Say whether there is any obligation in the scope."""
        return any(not filings or _files(one) for one in self._targets(question, OBLIGATION))

    def _owed(self, question: Question, name: str, *, filings: bool, part: str) -> Answer:
        parts = self.instalments(question, filings=filings)
        noun = self._noun(name)
        if not parts and not self.owed(question, filings=filings):
            return Known(state="missing", unit=noun)
        met = sum(1 for one in parts if one.met)
        match part:
            case "due":
                return Known(len(parts), unit=noun)
            case "kept":
                return Known(met, unit=noun)
            case "missing":
                return Known(len(parts) - met, unit=noun)
            case _:
                return Rate(met, len(parts), self._ledger.config.measures.places)

    def behind(self, question: Question, name: str) -> dict[Part, tuple[Contribution, ...]]:
        """Name the records behind a rate or a number of duties: those that met them, and the targets that laid them down."""
        parts = self.instalments(question, filings=name.startswith("filings."))
        met = tuple(Contribution(one.met, 1, one.on or one.last) for one in parts if one.met)
        due = tuple(Contribution(one.target, 1, one.last) for one in parts)
        match name.partition(".")[2]:
            case "due":
                return {"members": due}
            case "kept":
                return {"members": met}
            case "missing":
                return {"members": tuple(Contribution(one.target, 1, one.last) for one in parts if not one.met)}
            case _:
                return {"numerator": met, "denominator": due}

    def _parts(self, target: Target, question: Question) -> Iterator[Instalment]:
        """Give the parts due, the earliest record that fits going to the earliest part."""
        days = placed(self._ledger, "obligations.due", target.period, {}, question.as_of)
        if days is None or target.every not in EVERY:
            return
        first, last = days[2][0][0], days[2][-1][1]
        records = self._meeting(target, replace(question, start=first, end=last + dt.timedelta(days=target.due_days), ranges=None))
        for part in period.parts(period.between(first, last), EVERY[target.every]):
            end = part.end + dt.timedelta(days=target.due_days)
            fitting = [one for one in records if self._fits(one, part, end)]
            records = [one for one in records if one not in fitting[:1]]
            if question.start <= part.start and part.end <= question.end and end <= question.as_of:
                who, on = fitting[0] if fitting else ("", None)
                yield Instalment(target.id, part.start, part.end, who, on)

    def _fits(self, found: tuple[str, dt.date], part: period.Period, end: dt.date) -> bool:
        """Say whether a record meets one part: by the period it reports where it says one, else by its day."""
        from hazardctl.model.document import Document

        record = self._ledger.by_id[found[0]].record
        reported = record.period if isinstance(record, Document) else ""
        if reported:
            days = placed(self._ledger, "obligations.due", reported, {}, found[1])
            return days is not None and days[2] == ((part.start, part.end),) and found[1] <= end
        return part.start <= found[1] <= end

    def _meeting(self, target: Target, question: Question) -> list[tuple[str, dt.date]]:
        """Give the records that may meet a duty, by day: those the target describes, and those that name it."""
        from hazardctl.model.activity import Activity

        named = [
            (entry.record.id, entry.record.date)
            for entry in self._ledger.of("activity")
            if isinstance(entry.record, Activity) and entry.record.obligation == target.id and entry.record.date <= question.as_of
        ]
        view = VIEW.get(target.met_by.record if target.met_by else "")
        described: list[tuple[str, dt.date]] = []
        if target.met_by is not None and view is not None:
            said = {**(target.scope or {}), **target.met_by.filters}
            clauses = [Clause(key, tuple(value.split("+"))) for key, value in said.items() if has(SOURCES[view].kind, key)]
            asked = narrowed(self._ledger, replace(question, clauses=()), clauses)
            described = [(who, dt.date.fromordinal(day)) for who, day in self._sums.asked(asked, view, "1 = 1")]
        return sorted({*named, *described}, key=lambda one: (one[1], one[0]))

    def _targets(self, question: Question, where: str) -> list[Target]:
        found = self._sums.asked(question, "targets", where)
        if not found:
            return []
        from hazardctl.model.target import Target

        return [record for who, _ in found if isinstance(record := self._ledger.by_id[who].record, Target)]


def _files(target: Target) -> bool:
    return target.met_by is not None and target.met_by.record == "document" and target.met_by.filters.get("kind") == "submission"


def _least(target: Target) -> Decimal | None:
    return target.value if target.value is not None else target.min


def _most(target: Target) -> Decimal | None:
    return target.value if target.value is not None else target.max


def _sum(values: Sequence[Decimal | None]) -> Decimal | None:
    known = [value for value in values if value is not None]
    return sum(known, Decimal(0)) if len(known) == len(values) else None


def _whole(value: Decimal) -> int | Decimal:
    return int(value) if value == int(value) else value


def _share(actual: Answer, planned: Range | Known) -> Answer:
    """Give actual over planned; of a range its lower end, of a ban none."""
    least = planned.least if isinstance(planned, Range) else planned.value
    if not isinstance(actual, Known):
        return None
    if actual.missing or (isinstance(planned, Known) and planned.missing):
        return Known(state="missing", unit="%")
    if not actual.exact or least is None or actual.value is None:
        return None
    numbers = [Decimal(actual.value), Decimal(least)]
    scale = 1 if all(one == int(one) for one in numbers) else MILLION
    return Rate(int(numbers[0] * scale), int(numbers[1] * scale))
