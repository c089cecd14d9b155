"""Figures of any family for a report: asked of the book in one go, each with its measure id, name and unit."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import cast

from hazardctl.measures import CATALOGUE, REGISTRY, Answer, Book, Known, Question, TwiceError, noun, scoped
from hazardctl.measures.definition import Count
from hazardctl.measures.known import of_items
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


def told_each(book: Book, questions: Iterable[Question], ids: Iterable[str]) -> dict[Question, dict[str, Told]]:
    """Answer measures for each of several questions that differ in their days only, in as few passes as their days allow.

    Args:
        book: of the ledger.
        questions: begun; in any order, and their days may overlap.
        ids: as `Book.series` takes them; figures of the standing stock are those of the last day of each question.

    Raises:
        UsageError: a scope that means nothing.
    """
    wanted = tuple(ids)
    found: dict[Question, dict[str, Told]] = {}
    for batch in _apart(questions):
        for question, answers in zip(batch, book.series(batch, wanted), strict=True):
            found[question] = {text: of(text, answer) for text, answer in answers.items()}
    return found


def _apart(questions: Iterable[Question]) -> list[list[Question]]:
    """Deal questions out so that those of one batch have one as-of day and no other day in common."""
    batches: list[list[Question]] = []
    for one in sorted(set(questions), key=lambda one: (one.as_of, one.start, one.end)):
        fitting = (batch for batch in batches if batch[-1].as_of == one.as_of and batch[-1].end < one.start)
        batch = next(fitting, None)
        if batch is None:
            batches.append([one])
        else:
            batch.append(one)
    return batches


def of(text: str, answer: Answer) -> Told:
    """Give an answer with the name and the unit of its measure."""
    one = CATALOGUE[scoped(text)[0]]
    return Told(text, one.label, answer, noun(one))


def told_or_nil(book: Book, question: Question, ids: Iterable[str]) -> dict[str, Told]:
    """Answer measures with what is known; of hazards that are kept one by one, none is nil, as in the summary.

    Raises:
        UsageError: an id or a scope that means nothing.
    """
    answers = book.known(question, ids)
    return {text: of(text, or_nil(book, question, text, answer)) for text, answer in answers.items()}


def or_nil(book: Book, question: Question, text: str, answer: Answer) -> Answer:
    """Give an answer about hazards as they are counted, where the ledger has begun and nothing else tells it; else the answer."""
    name, clauses = scoped(text)
    silent = isinstance(answer, Known) and answer.missing and not answer.blank and answer.items is answer.told is answer.stated is None
    if name not in REGISTRY or not silent or not book.kept(question):
        return answer
    figure = book.total(replace(question, clauses=(*question.clauses, *clauses)), [name])[name]
    measure = REGISTRY[name]
    return of_items(measure, figure) if isinstance(measure, Count) else cast("Answer", figure)
