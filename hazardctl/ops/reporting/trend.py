"""The trend of a period: its months, quarters, halves or years, each beside the same days a year before and the stretch before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final, cast

from hazardctl.errors import UsageError
from hazardctl.language import Text
from hazardctl.measures import Answer, Book, Known, Question
from hazardctl.measures.change import change, earlier, growth
from hazardctl.ops.question import about_period
from hazardctl.ops.reporting.asking import told_each
from hazardctl.ops.reporting.call import Call, Report
from hazardctl.period import Part, Period, between, parts
from hazardctl.reports.stretches import HAZARDS, Earlier, Figure, Moved, Stretch, Trend, others
from hazardctl.reports.told import Told
from hazardctl.reports.trend import trend
from hazardctl.vocabulary import BUILT_IN, find

OTHERS: Final = (
    "inspections.count",
    "inspections.units",
    "enforcement.times",
    "accidents.count",
    "accidents.deaths",
    "meetings.count",
    "trainings.count",
    "drills.count",
    "publicity.events",
    "warnings.issued",
    "tips.received",
)
LAST_DAY: Final = "stock.overdue"
"""The one figure that belongs to the last day of a stretch, whatever the as-of day of the report is."""
MOST: Final = 480
MOST_HALVES: Final = 4
BY_MONTH: Final = 12
BY_HALF: Final = 60
TOO_MANY: Final = Text("这个统计期有 {n} 段，最多 {most} 段", "the period has {n} stretches; at most {most} can be laid out")
LONGER: Final = Text("缩短统计期，或用更长的 --every：{all}", "take a shorter period, or a longer --every: {all}")
NO_STEP: Final = Text("--every 没有“{it}”", '--every knows no "{it}"')
STEPS: Final = Text("可以用：{all}", "there are: {all}")


def make(call: Call) -> Report:
    """Make the trend of a period.

    Raises:
        UsageError: a word that means nothing, or more stretches than a page can hold.
        UnreadableError: there is no ledger, or its configuration is invalid.
        BugError: the figures do not add up; nothing is printed.
    """
    asked_step = _step(call.options.every)
    ledger = call.opened()
    asked = about_period(call.context, ledger, call.words)
    period = cast("Period", asked.frame.period)
    every = asked_step or _usual(period)
    book, question = Book(ledger), asked.question
    ids = [*HAZARDS.values(), *(name for name in OTHERS if book.askable(question, name))]
    stretches = _questions(question, _parted(period, every))
    halves = _questions(question, parts(period, "half"))
    whole = [question] if question.begun else []
    compared = [*(halves if 1 < len(halves) <= MOST_HALVES else []), *whole]
    found = told_each(book, _all([*stretches, *compared]), ids)
    laid_out = tuple(_stretch(one, found) for one in stretches)
    beside = tuple(_stretch(one, found, period if one == question else None) for one in compared)
    made = Trend(every, laid_out, beside, others(laid_out))
    flawed = asked.frame.flawed or any(figure.now.flawed for one in made.stretches for figure in made.shown(one))
    return Report(trend(asked.frame, made), bool(asked.frame.unread), flawed)


def _step(text: str) -> Part | None:
    if not text:
        return None
    words = BUILT_IN["frequencies"]
    found = find(words, text)
    if found is None:
        raise UsageError(NO_STEP.of(it=text), STEPS.of(all=list(words)))
    return cast("Part", found)


def _usual(period: Period) -> Part:
    """Give months for a year or less, halves for some years, years for more."""
    months = (period.end.year - period.start.year) * 12 + period.end.month - period.start.month + 1
    return "month" if months <= BY_MONTH else "half" if months <= BY_HALF else "year"


def _parted(period: Period, every: Part) -> Sequence[Period]:
    months = {"month": 1, "quarter": 3, "half": 6, "year": 12}[every]
    least = ((period.end - period.start).days + 1) // (31 * months)
    found = () if least > MOST else parts(period, every)
    if least > MOST or len(found) > MOST:
        raise UsageError(TOO_MANY.of(n=max(least, len(found)), most=MOST), LONGER.of(all=list(BUILT_IN["frequencies"])))
    return found


def _questions(question: Question, stretches: Iterable[Period]) -> list[Question]:
    """Ask the same about each stretch that has begun."""
    asked = (
        replace(question, start=one.start, end=one.end, ranges=one.ranges if len(one.ranges) > 1 else None) for one in stretches
    )  # fmt: skip
    return [one for one in asked if one.begun]


def _all(questions: Iterable[Question]) -> Iterable[Question]:
    for one in questions:
        yield one
        yield from (before for against in ("yoy", "pop") if (before := earlier(one, against)))


def _stretch(question: Question, found: Mapping[Question, Mapping[str, Told]], period: Period | None = None) -> Stretch:
    """Give what is told of a stretch; one that still runs goes by the days it has."""
    year, before = (earlier(question, against) for against in ("yoy", "pop"))
    named = period or between(question.start, question.end)
    return Stretch(
        named.name,
        named.label,
        question.start,
        question.c,
        question.as_of,
        {
            name: Figure(
                now,
                question.c if name == LAST_DAY else question.as_of,
                _earlier(now, year, found, name),
                _earlier(now, before, found, name),
            )
            for name, now in found[question].items()
        },
    )


def _earlier(now: Told, question: Question | None, found: Mapping[Question, Mapping[str, Told]], name: str) -> Earlier:
    if question is None:
        return Earlier(None, None, Moved("none"))
    told = found[question][name]
    named = between(question.start, question.end)
    moved = _moved(cast("Answer", now.answer), cast("Answer", told.answer))
    return Earlier(named.name, told, moved, question.end if name == LAST_DAY else question.as_of)


def _moved(now: Answer, before: Answer) -> Moved:
    if any(isinstance(one, Known) and one.missing for one in (now, before)):
        return Moved("missing")
    by = change(now, before)
    return Moved("none") if by is None else Moved("known", by.value, growth(now, before), by.points)
