"""Places or units side by side (EXPERIENCE §2.3): pooled figures, a rank for those who found enough, and who was silent."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import accumulate
from typing import Final

from hazardctl.errors import UsageError
from hazardctl.language import Text
from hazardctl.ledger import Ledger
from hazardctl.measures import Book, Question
from hazardctl.ops.question import about_period
from hazardctl.ops.reporting.call import Call, Report
from hazardctl.ops.reporting.lines import Asking, lines
from hazardctl.ops.reporting.silence import Heard, heard, silent_regions, silent_units
from hazardctl.ops.reporting.split import Split, split
from hazardctl.pool import shares_of
from hazardctl.reports.league import COLUMNS, Place, Standings, league
from hazardctl.reports.lines import Line, gaps
from hazardctl.reports.told import tells
from hazardctl.sheet import Rate
from hazardctl.vocabulary import NOUNS

USUAL: Final = "region"
ONE_ONLY: Final = Text("league 只按一项分行", "league has lines by one grouping only")
NO_TIME: Final = Text("league 不按时间分行", "league has no lines by time")
SORT: Final = "rate"
LEAST_FIRST: Final = frozenset({"overdue", "major"})
"""Of these the fewest come first."""

NAME: Final = "name"
FOUND: Final = "hazards.found"
NO_SORT: Final = Text("不能按“{it}”排序", 'there is no sorting by "{it}"')
SORTS: Final = Text("可以用：{all}", "there are: {all}")
NEGATIVE: Final = Text("--min-found 不能小于 0", "--min-found is never below 0")
MEASURE: Final[Mapping[str, str]] = {one.key: one.measure for one in COLUMNS}


def make(call: Call) -> Report:
    """Make a league.

    Raises:
        UsageError: a word that means nothing.
        UnreadableError: there is no ledger, or its configuration is invalid.
        BugError: the figures do not add up; nothing is printed.
    """
    key, turned = _sorting(call.options.sort)
    ledger = call.opened()
    by_name = _dimension(call.options.groups, "ledger" if shares_of(ledger) else USUAL)
    least = _least(call.options.min_found, ledger)
    by = split(ledger, by_name)
    if by.dimension.kind == "time":
        raise UsageError(NO_TIME)
    asked = about_period(call.context, ledger, call.words)
    asking = Asking(ledger, Book(ledger), asked.question, [one.measure for one in COLUMNS])
    total = Line("", NOUNS["total"].heading, (), asking.total())
    found = lines(asking, by)
    traced = heard(ledger, asking.book, asked.question)
    standings = Standings(
        by=by.dimension.name,
        what=by.dimension.label,
        ranked_by=(key if key != NAME else SORT, _label(key)),
        min_found=least,
        places=_places(found, key, least, traced, by, turned=turned),
        total=total,
        gaps=() if by.dimension.many else tuple(gaps(found, total, COLUMNS)),
        several=by.dimension.many,
        dated=by.dimension.name in {"region", "unit"},
        regions=silent_regions(ledger, traced) if _whole(asked.question) else (),
        units=silent_units(ledger, asking.book, traced, asked.question) if _whole(asked.question) else (),
    )
    figures = [told for line in (*found, total) for told in line.figures.values()]
    frame = replace(asked.frame, told_by=tells(figures))
    return Report(league(frame, standings), bool(frame.unread), frame.flawed or any(told.flawed for told in figures))


def _whole(question: Question) -> bool:
    """Say whether everything was asked: of a part of the ledger nobody can be said to have been silent."""
    return not question.clauses


def _dimension(groups: Sequence[str], usual: str) -> str:
    named = [part.strip() for group in groups for part in group.replace("，", ",").split(",") if part.strip()]
    if len(named) > 1:
        raise UsageError(ONE_ONLY)
    return named[0] if named else usual


def _least(typed: int | None, ledger: Ledger) -> int:
    if typed is not None and typed < 0:
        raise UsageError(NEGATIVE)
    return ledger.config.measures.min_found if typed is None else typed


def _sorting(text: str) -> tuple[str, bool]:
    key = text.strip().lower().replace("-", "_").lstrip("_")
    known = (NAME, *MEASURE)
    if key and key not in known:
        raise UsageError(NO_SORT.of(it=text), SORTS.of(all=known))
    return key or SORT, text.strip().startswith("-")


def _label(key: str) -> Text:
    return Text("重大", "majors") if key == "major" else NOUNS[SORT if key == NAME else key].label


def _places(found: Sequence[Line], key: str, least: int, traced: Heard, by: Split, *, turned: bool) -> tuple[Place, ...]:
    """Rank the lines that found enough, equals on one rank; below them those not ranked, in the order of their vocabulary."""
    deciding = SORT if key == NAME else key
    scores = {line.key: score for line in found if (score := _score(line, deciding, least)) is not None}
    above = Counter(scores.values())
    first = dict(
        zip(sorted(above, reverse=True), accumulate((above[score] for score in sorted(above, reverse=True)), initial=1), strict=False)
    )
    ranks = {one: first[score] for one, score in scores.items()}
    ranked = sorted((line for line in found if line.key in ranks), key=lambda line: by.order(line.key))
    if key != NAME:
        ranked.sort(key=lambda line: ranks[line.key], reverse=turned)
    elif turned:
        ranked.reverse()
    rest = [line for line in found if line.key not in ranks]
    return tuple(Place(line, ranks.get(line.key), _last(line.key, found, traced, by)) for line in (*ranked, *rest))


def _score(line: Line, key: str, least: int) -> Fraction | None:
    """Give what a line is ranked by, more being better; None where it found too little or the figure is not exact."""
    found = line.figures[FOUND].certain
    told = line.figures[MEASURE[key]]
    if found is None or found < least or not found:
        return None
    if isinstance(told.answer, Rate):
        return Fraction(told.answer.numerator, told.answer.denominator) if told.answer.denominator else None
    number = told.certain
    return None if number is None else Fraction(number) * (-1 if key in LEAST_FIRST else 1)


def _last(key: str, found: Sequence[Line], traced: Heard, by: Split) -> dt.date | None:
    """Give the last day of a line: of a region with everything below it that is no line of its own."""
    if by.dimension.name == "unit":
        return traced.units.get(key)
    own = set(_own(key, found, by))
    return max((day for region, day in traced.own_regions.items() if region in own), default=None)


def _own(key: str, found: Sequence[Line], by: Split) -> Iterator[str]:
    lines_below = {line.key for line in found if line.key}
    for region in by.ledger.config.below(key):
        nearest = next((one for one in by.ledger.config.above(region) if one in lines_below), region)
        if nearest == key:
            yield region
