"""A list of records of another kind than hazards: which, in which order, in which columns (EXPERIENCE §2.3 `list`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from operator import itemgetter
from typing import Final

from hazardctl import filters
from hazardctl.errors import UsageError
from hazardctl.language import Text, plain, spoken
from hazardctl.ledger import Ledger
from hazardctl.measures import Book
from hazardctl.measures.recordlist import grammar
from hazardctl.model.kinds import Kind
from hazardctl.ops.context import Context
from hazardctl.ops.listing import Listed, Wanted, refuse_limit
from hazardctl.ops.question import Words, about_day, opened
from hazardctl.reports.records import Check, Item, cell, chosen, columns, listing, only, usual
from hazardctl.store.load import Progress

CHECK_DUE: Final = "check_due"
NO_SORT: Final = Text("不能按“{it}”排序", 'there is no sorting by "{it}"')
ALL: Final = Text("可以用：{all}", "there are: {all}")


def listed(context: Context, kind: Kind, words: Words, wanted: Wanted, progress: Progress | None = None) -> Listed:
    """List records of a kind.

    Args:
        context: which ledger, which day.
        kind: any but hazard.
        words: filters, as-of day.
        wanted: how the list is to look.
        progress: told (files read, files in all) now and then.

    Raises:
        UsageError: a word that means nothing.
    """
    names = chosen(kind, wanted.columns) if wanted.columns else usual(kind)
    fields = only(kind, wanted.fields) if wanted.fields is not None else ()
    refuse_limit(wanted.limit)
    _sorted(kind, wanted.sort)
    ledger = opened(context, words, progress)
    clauses = filters.parse(words.filters, grammar(kind.name))
    day = about_day(context, ledger, replace(words, filters=()))
    frame = replace(day.frame, scope=tuple(word.strip() for word in words.filters if word.strip()))
    items = order(ledger, kind, _items(ledger, kind, frame.as_of, clauses), wanted.sort)
    sheet = listing(kind, ledger, frame, items, names, fields, wanted.limit)
    return Listed(sheet, tuple(item.entry.record.id for item in items)[: wanted.limit], bool(frame.unread))


def _items(ledger: Ledger, kind: Kind, day: dt.date, clauses: Sequence[filters.Clause]) -> list[Item]:
    book = Book(ledger)
    checks: dict[str, list[Check]] = {}
    if any(CHECK_DUE in clause.values and clause.kind == "is" and not clause.negated for clause in clauses):
        for one in book.due_checks(day, clauses):
            checks.setdefault(one.id, []).append(Check(one.row, one.checked, one.due))
    return [Item(ledger.by_id[row.id], row.computed, tuple(checks.get(row.id, ()))) for row in book.records(kind.name, day, clauses)]


def order(ledger: Ledger, kind: Kind, items: Sequence[Item], sort: str) -> list[Item]:
    """Sort a list: by a column, `-` before it turns it round; the latest first without one, units by their keys."""
    by_id = sorted(items, key=lambda item: item.entry.record.id)
    name, turned = _sorted(kind, sort)
    if not name:
        return sorted(by_id, key=lambda item: item.entry.record.day or dt.date.min, reverse=True)
    fact = columns(kind)[name]
    placed = [(_placed(cell(item.value(name), fact, ledger)), item) for item in by_id]
    said = sorted(((place, item) for place, item in placed if place), key=itemgetter(0), reverse=turned)
    return [item for _, item in said] + [item for place, item in placed if not place]


def _placed(value: object) -> tuple[int, Decimal | int, str] | None:
    """Give the place of a cell: numbers and days by their size, texts by their letters; None for nothing, which stands last."""
    match value:
        case None:
            return None
        case dt.date():
            return (0, value.toordinal(), "")
        case int() | Decimal():
            return (0, value, "")
        case _:
            return (1, 0, spoken(value, "zh"))


def _sorted(kind: Kind, sort: str) -> tuple[str, bool]:
    text = sort.strip()
    if not text:
        return "", False
    key = text.lstrip("-")
    try:
        (name,) = chosen(kind, key)
    except (UsageError, ValueError):
        raise UsageError(NO_SORT.of(it=plain(sort)), ALL.of(all=list(columns(kind)))) from None
    return name, text.startswith("-")
