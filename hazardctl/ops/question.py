"""From the words of a call to a question: period, filters, as-of day, basis, cut-off (EXPERIENCE 2.1 `reading`, DOMAIN §4.1)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final, Literal, TypeVar, cast

from hazardctl import filters
from hazardctl.day import day
from hazardctl.errors import UsageError
from hazardctl.filters import Clause
from hazardctl.language import Text
from hazardctl.ledger import Ledger
from hazardctl.measures import Question
from hazardctl.measures.question import Preset
from hazardctl.ops.context import Context
from hazardctl.ops.glance import name
from hazardctl.ops.keeping import keeper
from hazardctl.period import KeyPeriod, Period, Reading, cumulative, key_period, read
from hazardctl.pool import ABSENT, shares_of
from hazardctl.reports.frame import Frame
from hazardctl.store.load import Progress, load, load_config
from hazardctl.store.load import foretold as ahead_of_git
from hazardctl.vocabulary import find, nearest
from hazardctl.vocabulary.life import PRESETS

T = TypeVar("T")
W = TypeVar("W", bound=str)
CUTOFFS: Final[Sequence[Literal["period", "asof"]]] = ("period", "asof")
COUNTINGS: Final[Sequence[Literal["records", "places"]]] = ("records", "places")


@dataclass(frozen=True, slots=True)
class Words:
    """What was typed; nothing means the configured or the usual.

    Attributes:
        period: word of DOMAIN §5.1; the half-year of the as-of day without one.
        filters: as typed.
        as_of: a day.
        basis: a preset by its key or name.
        cutoff: `period` or `asof`.
        counting: `records` or `places`.
        no_on_spot: leave out hazards rectified on the spot.
        so_far: from 1 January of the period's last year (`--cumulative`).
        original_due: judge by first deadlines.
        known_at: a revision or a day: the ledger as git knew it then.
        ledgers: folders, `REPO@REF` or a roll-up: all of them together instead of the ledger of the context.
    """

    period: str = ""
    filters: tuple[str, ...] = ()
    as_of: str = ""
    basis: str = ""
    cutoff: str = ""
    counting: str = ""
    no_on_spot: bool = False
    so_far: bool = False
    original_due: bool = False
    known_at: str = ""
    ledgers: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in form: for the book, and as the page states it."""

    question: Question
    frame: Frame

    def under(self, preset: Preset) -> Question:
        """Give the same question under another basis."""
        return replace(self.question, preset=preset)


def opened(context: Context, words: Words, progress: Progress | None = None) -> Ledger:
    """Read the ledger a question is about: the work tree, what git knew at a revision or on a day; several as one; a data set.

    Args:
        context: which ledger.
        words: of the question.
        progress: told (files read, files in all) now and then.

    Raises:
        UnreadableError: there is no ledger, or its configuration is invalid.
        UsageError: there is no such revision, or none so early.
        SystemFailedError: no git, or no repository.
    """
    if context.data is not None:
        from hazardctl.ops import dataset  # not on the road of a ledger of files

        return dataset.opened(context.data, words.known_at)
    if words.ledgers:
        from hazardctl.ops import pooling  # a question about one ledger knows of no other

        return pooling.opened(context, words.ledgers, words.known_at, progress)
    if not words.known_at:
        return load(context.root, keeper=keeper(context), progress=progress)
    from hazardctl.store.source import known_at  # not on the road of the work tree

    source = known_at(context.root, words.known_at, load_config(context.root).zone, context.today)
    return load(context.root, source=source, keeper=keeper(context), progress=progress)


def foretold(context: Context, words: Words, ask: Callable[[Ledger], T]) -> T | None:
    """Put a question to the work tree ahead of git (`hazardctl.store.load.foretold`); None where it is to be put as usual.

    Args:
        context: which ledger.
        words: of the question.
        ask: gives the answer that a ledger has; it may be asked twice, so it prints and writes nothing.
    """
    kept = None if context.data or words.ledgers or words.known_at else keeper(context)
    return None if kept is None else ahead_of_git(context.root, kept, ask)


def about_period(context: Context, ledger: Ledger, words: Words) -> Asked:
    """Read the words of a question about a period.

    Raises:
        UsageError: a word that means nothing; the hint says which there are.
    """
    as_of = as_of_day(context, words.as_of)
    period = _period(context, ledger, words, as_of)
    day_asked = as_of or period.default_as_of(context.today)
    clauses = (*_clauses(words), *([Clause(period.filter[0], (period.filter[1],))] if period.filter else []))
    measuring = ledger.config.measures
    question = Question(
        start=period.start,
        end=period.end,
        as_of=day_asked,
        preset=basis(words.basis) or measuring.preset,
        cutoff=_one_of(words.cutoff, CUTOFFS, "--cutoff") or measuring.cutoff,
        counting=_one_of(words.counting, COUNTINGS, "--counting") or measuring.counting,
        clauses=clauses,
        exclude_on_spot=words.no_on_spot,
        due="original" if words.original_due else "current",
        ranges=period.ranges if len(period.ranges) > 1 else None,
    )
    return Asked(question, _frame(context, ledger, words, question, period))


def about_day(context: Context, ledger: Ledger, words: Words) -> Asked:
    """Read the words of a question about one day: today, or the as-of day.

    Raises:
        UsageError: a word that means nothing.
    """
    on = as_of_day(context, words.as_of) or context.today
    preset = basis(words.basis) or ledger.config.measures.preset
    question = Question(on, on, on, preset, clauses=_clauses(words))
    return Asked(question, _frame(context, ledger, words, question, None))


def _clauses(words: Words) -> tuple[Clause, ...]:
    for word in words.filters:
        if not word.isprintable() and any("\ud800" <= character <= "\udfff" for character in word):
            raise UsageError(Text("“{it}”不是可读的文字（编码不对？）", '"{it}" is not readable text (a wrong encoding?)').of(it=word))
    return filters.parse(words.filters)


def as_of_day(context: Context, text: str) -> dt.date | None:
    """Read the as-of day; None where none was typed.

    Raises:
        UsageError: it is no day.
    """
    return day(text, today=context.today) if text else None


def basis(text: str) -> Preset | None:
    """Read a basis by its key or name; None where none was typed.

    Raises:
        UsageError: there is none of that name.
    """
    if not text:
        return None
    found = find(PRESETS, text)
    if found is None:
        raise _unknown("--basis", text, tuple(PRESETS))
    return cast("Preset", found)


def _one_of(text: str, known: Sequence[W], option: str) -> W | None:
    if not text:
        return None
    for word in known:
        if text.strip().lower().replace("-", "") == word:
            return word
    raise _unknown(option, text, known)


def _unknown(option: str, text: str, known: Sequence[str]) -> UsageError:
    near = nearest(known, text)
    meant = [Text("是不是想写 {near}？", "did you mean {near}?").of(near=near)] if near else []
    return UsageError(
        Text("{option} 没有“{text}”", '{option} knows no "{text}"').of(option=option, text=text),
        *meant,
        Text("可以用：{known}", "there are: {known}").of(known=list(known)),
    )


def _period(context: Context, ledger: Ledger, words: Words, as_of: dt.date | None) -> Period:
    reference = as_of or context.today
    word = words.period or f"{reference.year}H{1 if reference.month <= 6 else 2}"
    period = read(word, reading(ledger, reference, as_of))
    return cumulative(period) if words.so_far else period


def reading(ledger: Ledger, reference: dt.date, as_of: dt.date | None = None) -> Reading:
    """Give what a period word is read against in a ledger."""
    return Reading(
        reference,
        ledger.config.fiscal_year_start,
        ledger.campaigns.values(),
        key_periods(ledger),
        ledger.first_found,
        as_of,
    )


def key_periods(ledger: Ledger) -> tuple[KeyPeriod, ...]:
    """Give the key periods of the configuration."""
    return tuple(
        key_period(one.id, Text(one.zh or one.id, one.en or one.zh or one.id), one.ranges, one.every) for one in ledger.config.key_periods
    )


def _frame(context: Context, ledger: Ledger, words: Words, question: Question, period: Period | None) -> Frame:
    return Frame(
        organisation=name(context, ledger),
        commit=ledger.commit,
        as_of=question.as_of,
        period=period,
        preset=question.preset,
        cutoff=question.cutoff,
        counting=question.counting,
        scope=(*(word.strip() for word in words.filters if word.strip()), *([":".join(period.filter)] if period and period.filter else [])),
        no_on_spot=question.exclude_on_spot,
        original_due=question.due == "original",
        known_at=words.known_at,
        removed_counts=ledger.config.close.other_reasons_count_as_rectified,
        unread=tuple(
            (one.path, Text("{code} {what}", "{code} {what}").of(code=one.findings[0].code, what=one.findings[0].message))
            for one in ledger.unread
        ),
        ledgers=tuple((one.key, ledger.label("ledgers", one.key), one.commit) for one in shares_of(ledger)),
        named=words.ledgers,
        absent=tuple(one.path for one in ledger.unread if one.kind == ABSENT),
        undefined=period.undefined if period else (),
    )


def working_days(ledger: Ledger, first: dt.date, last: dt.date) -> tuple[int, frozenset[int]]:
    """Count the working days after one day up to and with another, and name the years whose calendar was guessed.

    Raises:
        MissingExtraError: the calendar of China is configured and not installed.
    """
    from hazardctl.ops.deadline import calendar_of  # most deadlines are asked for in days of the calendar

    counted = calendar_of(ledger.config).between(first + dt.timedelta(days=1), last)
    return counted.days, counted.guessed_years
