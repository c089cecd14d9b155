"""Figures of any family for a report: asked of the book in one go, each with its measure id, name and unit."""

from __future__ import annotations

from collections.abc import Iterable

from hazardctl.measures import CATALOGUE, Answer, Book, Known, Question, TwiceError, noun, scoped
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
    asked = tuple(dict.fromkeys(ids))
    try:
        answers = book.known(question, asked)
    except TwiceError:  # one of them has a part that is counted twice: the others are answered all the same
        answers = {text: _alone(book, question, text) for text in asked}
    return {text: of(text, answer) for text, answer in answers.items()}


def _alone(book: Book, question: Question, text: str) -> Answer:
    try:
        return book.known(question, [text])[text]
    except TwiceError:
        return Known(state="missing", unit="%")


def of(text: str, answer: Answer) -> Told:
    """Give an answer with the name and the unit of its measure."""
    one = CATALOGUE[scoped(text)[0]]
    return Told(text, one.label, answer, noun(one))
