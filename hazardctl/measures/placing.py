"""Where a figure stands: its measure, its scope in one canonical spelling, the days of its period (MEASURES §7).

`{sector: 消防}` and `[sector=fire]` are one scope, and a campaign is its id however it was named. Periods are equal when their
days are.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias, cast

from hazardctl import period
from hazardctl.errors import UsageError
from hazardctl.filters import Clause
from hazardctl.language import Text
from hazardctl.ledger import Ledger
from hazardctl.measures.catalogue import CATALOGUE, scoped
from hazardctl.measures.definition import Sum
from hazardctl.measures.names import Names
from hazardctl.measures.question import Preset, Question
from hazardctl.measures.recordscope import meant
from hazardctl.measures.sources import SOURCES
from hazardctl.vocabulary import find
from hazardctl.vocabulary.life import PRESETS

Ranges: TypeAlias = tuple[tuple[dt.date, dt.date], ...]
Spelled: TypeAlias = tuple[tuple[str, tuple[str, ...]], ...]
"""A scope in its one spelling: keys sorted, their values sorted."""


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


def placed(ledger: Ledger, text: str, word: str, scope: Mapping[str, str], day: dt.date) -> tuple[str, Spelled, Ranges] | None:
    """Give measure, scope and days of a figure; None where they name nothing, which is a finding of the record."""
    names = Names(ledger, day)
    try:
        measure, clauses = scoped(text)
        found = period.read(word, names.reading())
        plain = Question(found.start, found.end, found.end, ranges=_pieces(found))
        question = narrowed(ledger, plain, (*clauses_of(scope), *clauses))
    except UsageError:
        return None
    bound = [*question.clauses, *([Clause(found.filter[0], (found.filter[1],))] if found.filter else [])]
    canonical = spelled(ledger, measure, bound)
    return None if canonical is None else (measure, canonical, question.ranges or ((question.start, question.end),))


def narrowed(ledger: Ledger, question: Question, clauses: Sequence[Clause]) -> Question:
    """Narrow a question by the clauses of a bracket.

    `period=` changes its days, read in the year the question ends in; `basis=` the step that counts as done.

    Raises:
        UsageError: `period=` names no period, `basis=` no basis.
    """
    asked = question
    for clause in clauses:
        if clause.key == "period" and not clause.negated:
            found = period.read(clause.values[0], replace(Names(ledger, question.end).reading(), as_of=question.as_of))
            more = (Clause(found.filter[0], (found.filter[1],)),) if found.filter else ()
            asked = replace(asked, start=found.start, end=found.end, ranges=_pieces(found), clauses=(*asked.clauses, *more))
        elif clause.key == "basis" and not clause.negated:
            asked = replace(asked, preset=preset_of(clause.values[0]))
        else:
            asked = replace(asked, clauses=(*asked.clauses, clause))
    return asked


def preset_of(word: str) -> Preset:
    """Give a basis by its key or name.

    Raises:
        UsageError: there is none of that name.
    """
    found = find(PRESETS, word)
    if found is None:
        raise UsageError(
            Text("没有口径“{it}”", 'there is no basis "{it}"').of(it=word), Text("可以用：{all}", "there are: {all}").of(all=list(PRESETS))
        )
    return cast("Preset", found)


def _pieces(found: period.Period) -> Ranges | None:
    return found.ranges if len(found.ranges) > 1 else None


def clauses_of(scope: Mapping[str, str]) -> tuple[Clause, ...]:
    """Give the conditions of a scope as a file says it."""
    return tuple(Clause(key, tuple(part.strip() for part in value.split("+"))) for key, value in scope.items())
