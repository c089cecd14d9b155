"""What is exported: the hazards that fit, as rows, and all that the formats ask of the ledger beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import cast

from hazardctl.language import Language
from hazardctl.ledger import Entry, Ledger
from hazardctl.measures import Book
from hazardctl.model.hazard import Hazard
from hazardctl.ops.context import Context
from hazardctl.ops.export_rows import Line, line
from hazardctl.ops.incognito import Hiding
from hazardctl.ops.question import Asked, Words, about_day, opened
from hazardctl.ops.standing import Row
from hazardctl.store.load import Progress


@dataclass(frozen=True, slots=True)
class Subject:
    """What is exported.

    Attributes:
        context, words: the call.
        ledger: as read.
        asked: the question of the as-of day.
        lines: the hazards that fit, in order of their ids.
        language: of names and headings.
        hiding: gives pseudonyms for names; None where they stay.
    """

    context: Context
    words: Words
    ledger: Ledger
    asked: Asked
    lines: Sequence[Line]
    language: Language
    hiding: Hiding | None = None

    @property
    def as_of(self) -> dt.date:
        """Give the day it stands for."""
        return self.asked.question.as_of


def gathered(context: Context, words: Words, progress: Progress | None = None, *, incognito: bool = False) -> Subject:
    """Read the ledger and give the hazards that fit, as rows.

    Raises:
        UsageError: a word that means nothing.
        UnreadableError: there is no ledger, or its configuration is invalid.
    """
    ledger = opened(context, words, progress)
    asked = about_day(context, ledger, replace(words, period=""))
    rows = Book(ledger).listing(asked.question.as_of, asked.question.clauses, asked.question.preset)
    lines = list(_lines(ledger, rows, asked.question.as_of, context.language, progress))
    hiding = Hiding(ledger) if incognito else None
    if hiding:
        lines = [replace(one, cells=hiding.page(one.cells)) for one in lines]
    return Subject(context, words, ledger, asked, lines, context.language, hiding)


def _lines(ledger: Ledger, rows: Sequence[Row], day: dt.date, language: Language, progress: Progress | None) -> Iterator[Line]:
    """Give the hazards as rows; none of them is held when its row is made, for there may be a hundred thousand."""
    for done, row in enumerate(rows):
        yield line(ledger, row, cast("Entry[Hazard]", ledger.by_path(str(row["path"]))), day, language)
        if progress and done % 256 == 0:
            progress(done, len(rows))
