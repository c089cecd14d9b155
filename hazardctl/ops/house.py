"""Rules of the house: what a ledger forbids itself in the filter language, without a line of code (`house_rules:`)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable

from hazardctl import filters
from hazardctl.errors import UsageError
from hazardctl.language import Text
from hazardctl.ledger import Ledger
from hazardctl.measures import Book, Question
from hazardctl.model.house import HouseRule
from hazardctl.rules.case import Forbidden


def forbidden(ledger: Ledger, today: dt.date) -> Callable[[HouseRule], Forbidden]:
    """Give the function that finds what a rule of the house forbids, as of today; withdrawn records are forbidden nothing.

    Args:
        ledger: as loaded; it is laid out as relations when the first rule asks.
        today: the day it is judged on.
    """
    book = Book(ledger)

    def asked(house: HouseRule) -> Forbidden:
        try:
            found = _matching(book, house.forbid, today) if house.forbid else _counted(ledger, book, house.measure, today)
        except UsageError as failure:
            return Forbidden((), failure.what, next(iter(failure.hints), None))
        return Forbidden(tuple(sorted(set(found))))

    return asked


def _matching(book: Book, words: str, today: dt.date) -> Iterable[str]:
    rows = book.listing(today, filters.parse(words.split()))
    return (str(row["path"]) for row in rows if row["state"] != "withdrawn")


def _counted(ledger: Ledger, book: Book, measure: str, today: dt.date) -> Iterable[str]:
    """Give the records behind a figure over all days up to today."""
    days = [day for entry in ledger.entries if (day := entry.record.day) is not None and day <= today]
    parts = book.members(Question(min(days, default=today), today, today), measure)
    if "members" not in parts:
        raise UsageError(Text("“{it}”是比率，不能规定它为零", "“{it}” is a rate; a rule asks for a count").of(it=measure))
    return (ledger.by_id[one.id].path for one in parts["members"] if one.value and one.id in ledger.by_id)
