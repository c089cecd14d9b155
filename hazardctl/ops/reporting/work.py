"""The blocks of the other work of a period: what is known of each family, and what a tally asks for and leaves blank."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from hazardctl.errors import UsageError
from hazardctl.filters import Clause
from hazardctl.language import Text, plain
from hazardctl.ledger import Ledger
from hazardctl.measures import Book, Known, Question, scoped
from hazardctl.measures.placing import kind_of
from hazardctl.measures.recordscope import fact_of
from hazardctl.ops.reporting.asking import told
from hazardctl.ops.reporting.families import BY_HEAD, HAZARDS, OTHERS, Family
from hazardctl.reports.told import Told
from hazardctl.reports.work import Block

PLACES: Final = frozenset({"region", "sector", "unit", "unit_type", "campaign", "key", "grid", "id"})
"""Scopes that say where and not what: their figures are for tables by sector and region."""

NARROWED: Final = Text("{name}（{words}）", "{name} ({words})")
SAID: Final = Text("{field} {value}", "{field} {value}")


def work(ledger: Ledger, book: Book, question: Question, *, kept: bool) -> tuple[Block, ...]:
    """Give a block for each family of which anything is known, or asked for by a tally of these very days.

    Args:
        ledger: whose records.
        book: of the ledger.
        question: days, basis, scope.
        kept: hazards are recorded one by one; then only what tallies tell beside them is given.
    """
    asked = _told(book, question)
    blocks = (_block(ledger, book, question, family, [one for one in asked if _family(one) is family]) for family in OTHERS)
    hazards = _block(ledger, book, question, HAZARDS, [one for one in asked if _family(one) is HAZARDS])
    own = tuple(one for one in hazards.rows if not kept or one.by_tally or one.id in asked)
    beside = bool(asked) or any(one.by_tally for one in own)
    return tuple(one for one in (Block(hazards.key, hazards.label, own if beside else ()), *blocks) if one.rows)


def _told(book: Book, question: Question) -> tuple[str, ...]:
    """Give the figures that tallies tell for these days and this scope, divided by what they are about and not by where."""
    return tuple(one for one in book.told(question) if not {clause.key for clause in scoped(one)[1]} & PLACES)


def _family(measure: str) -> Family | None:
    return BY_HEAD.get(measure.partition(".")[0])


def _block(ledger: Ledger, book: Book, question: Question, family: Family, asked: Sequence[str]) -> Block:
    """Answer a family: its figures, then its parts, then whatever else tallies tell of it."""
    parts = [one for one in _parts(ledger, book, family) if one not in asked]
    more = [*family.beside, *parts, *(one for one in asked if one not in family.figures and one not in family.beside)]
    rows: list[Told] = []
    for ids in (family.figures, more):
        wanted = [one for one in ids if book.askable(question, one)]
        answers = _answered(book, question, wanted)
        rows += [_named(ledger, one) for one in answers if _shown(one, asked=one.id in asked, whole=ids is family.figures)]
    return Block(family.key, family.label, tuple(rows))


def _answered(book: Book, question: Question, ids: Sequence[str]) -> tuple[Told, ...]:
    try:
        return tuple(told(book, question, ids).values())
    except UsageError:  # a word of a tally's scope that no record here uses
        return tuple(one for name in ids for one in _alone(book, question, name))


def _alone(book: Book, question: Question, name: str) -> Iterator[Told]:
    try:
        yield from told(book, question, [name]).values()
    except UsageError:
        return


def _shown(one: Told, *, asked: bool, whole: bool) -> bool:
    """Say whether a figure stands on the page: known, or asked for by a tally; a part also only where it is not nil."""
    if asked:
        return True
    if isinstance(one.answer, Known):
        return not one.missing and (whole or one.exact != 0)
    return one.answer is not None


def _parts(ledger: Ledger, book: Book, family: Family) -> Iterator[str]:
    """Give the figures of the words that records use in a field, in the order of the vocabulary."""
    for part in family.parts:
        used = book.used(part.kind, part.field)
        known = list(ledger.words.get(part.words, {}))
        for word in sorted(used, key=lambda one: (known.index(one) if one in known else len(known), one)):
            if not set("[],=+") & set(word):
                yield f"{part.measure}[{part.field}={word}]"


def _named(ledger: Ledger, one: Told) -> Told:
    """Name a figure with the scope of its own."""
    name, clauses = scoped(one.id)
    if not clauses:
        return one
    return replace(one, label=NARROWED.of(name=one.label, words=[_said(ledger, kind_of(name), clause) for clause in clauses]))


def _said(ledger: Ledger, kind: str, clause: Clause) -> Text:
    fact = fact_of(kind, clause.key)
    values = [ledger.label(fact.words, value) if fact and fact.words else plain(value) for value in clause.values]
    if fact is None or fact.words:
        return Text("{values}", "{values}").of(values=values)
    return SAID.of(field=fact.label, value=values)
