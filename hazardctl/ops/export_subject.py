"""What is exported: the hazards that fit, as rows, and all that the formats ask of the ledger beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Container
from dataclasses import dataclass, replace

from hazardctl.language import Language
from hazardctl.ledger import Ledger
from hazardctl.measures import Book
from hazardctl.measures.walk import Walk
from hazardctl.ops.context import Context
from hazardctl.ops.export_lines import Lines, Made
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
    lines: Lines
    language: Language
    hiding: Hiding | None = None

    @property
    def as_of(self) -> dt.date:
        """Give the day it stands for."""
        return self.asked.question.as_of


def gathered(
    context: Context,
    words: Words,
    progress: Progress | None = None,
    *,
    incognito: bool = False,
    told: Progress | None = None,
    wanted: Container[str] | None = None,
) -> Subject:
    """Read the ledger and give the hazards that fit, as rows, each of which is made when it is asked for.

    Args:
        context: which ledger, which day.
        words: filters and as-of day.
        progress: told (files read, files in all) now and then.
        incognito: pseudonyms stand for names.
        told: told (rows made, rows in all) now and then, by each walk.
        wanted: ids of the hazards that are looked at; None for all that fit.

    Raises:
        UsageError: a word that means nothing.
        UnreadableError: there is no ledger, or its configuration is invalid.
    """
    ledger = opened(context, words, progress)
    asked = about_day(context, ledger, replace(words, period=""))
    hiding = Hiding(ledger) if incognito else None
    lines = Made(ledger, Walk(ledger, Book(ledger).engine, asked.question), context.language, hiding, told, wanted)
    return Subject(context, words, ledger, asked, lines, context.language, hiding)
