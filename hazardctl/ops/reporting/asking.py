"""Figures of any family for a report: asked of the book in one go, each with its measure id, name and unit."""

from __future__ import annotations

from collections.abc import Iterable

from hazardctl.measures import CATALOGUE, Answer, Book, Question, noun, scoped
from hazardctl.reports.told import Told


def told(book: Book, question: Question, ids: Iterable[str]) -> dict[str, Told]:
    """Answer measures with what is known (DOMAIN §4.6), by their ids as asked.

    Args:
        book: of the ledger.
        question: days, basis, scope.
        ids: of the catalogue, with or without a scope of their own.

    Raises:
        UsageError: an id or a scope that means nothing.
    """
    return {text: _told(text, answer) for text, answer in book.known(question, ids).items()}


def _told(text: str, answer: Answer) -> Told:
    one = CATALOGUE[scoped(text)[0]]
    return Told(text, one.label, answer, noun(one))
