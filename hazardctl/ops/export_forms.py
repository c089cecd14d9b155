"""The bulletin of each place and the age of what is open, filled in for the workbook (EXPERIENCE §8.1)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from hazardctl.measures import Book
from hazardctl.ops.export_subject import Subject
from hazardctl.ops.question import about_period
from hazardctl.ops.reporting.lines import Asking
from hazardctl.ops.reporting.official import divided
from hazardctl.reports.book_forms import AGEING, BULLETIN, laid
from hazardctl.reports.official import Form
from hazardctl.reports.told import tells
from hazardctl.sheet import Sheet

FORMS: Final[Mapping[str, tuple[Form, str, str]]] = {
    "bulletin": (BULLETIN, "region", "official"),
    "ageing": (AGEING, "sector", ""),
}
"""Name → the form, what its lines are by, and the basis it is kept under; empty for the one that was asked for."""


def form(subject: Subject, name: str) -> Sheet:
    """Fill one of them in; the total is asked over everything, never added up from lines.

    Raises:
        UsageError: a word that means nothing.
        BugError: the figures do not add up; nothing is written.
    """
    shape, by, basis = FORMS[name]
    words = replace(subject.words, basis=basis) if basis else subject.words
    asked = about_period(subject.context, subject.ledger, words)
    filled = divided(Asking(subject.ledger, Book(subject.ledger), asked.question, shape.ids), shape, by)
    figures = [told for line in filled.all for told in line.figures.values()]
    return laid(replace(asked.frame, told_by=tells(figures)), filled)
