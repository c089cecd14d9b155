"""What is exported: the hazards that fit, as rows, and all that the formats ask of the ledger beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, replace

from hazardctl.language import Language
from hazardctl.ledger import Ledger
from hazardctl.measures import Book
from hazardctl.ops.context import Context
from hazardctl.ops.export_rows import Line, line
from hazardctl.ops.incognito import Hiding
from hazardctl.ops.question import Asked, Words, about_day, opened
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
    entries = {entry.path: entry for entry in ledger.hazards}
    lines = [line(ledger, row, entries[str(row["path"])], asked.question.as_of, context.language) for row in rows]
    hiding = Hiding(ledger) if incognito else None
    if hiding:
        lines = [replace(one, cells=hiding.page(one.cells)) for one in lines]
    return Subject(context, words, ledger, asked, lines, context.language, hiding)
