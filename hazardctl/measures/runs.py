"""Many questions that differ in their days only, answered in one pass: the months of a year, or of twenty."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from hazardctl.base import Bound
from hazardctl.ledger import Ledger
from hazardctl.measures import answer, series
from hazardctl.measures.answer import Figures
from hazardctl.measures.catalogue import CATALOGUE
from hazardctl.measures.definition import Count, Sum, parts_of
from hazardctl.measures.engine import Engine
from hazardctl.measures.figure import Answer, Known, Spread
from hazardctl.measures.known import Answers, noun, of_items
from hazardctl.measures.question import Question
from hazardctl.measures.statement import Frame


@dataclass(frozen=True, slots=True)
class Runs:
    """How runs of questions are answered.

    Attributes:
        ledger: whose rates have so many places.
        engine: its relations.
        answers: how one question is answered.
        asked: gives what all statements of a question share, and the values bound in them.
    """

    ledger: Ledger
    engine: Engine
    answers: Answers
    asked: Callable[[Question], tuple[Frame, Bound]]

    def answered(self, questions: Sequence[Question], ids: Iterable[str]) -> list[dict[str, Answer]]:
        """Answer measures for each question; see `Book.series`."""
        wanted = tuple(dict.fromkeys(ids))
        if not questions:
            return []
        self.engine.stretches(questions)
        parts = [CATALOGUE[part] for part in dict.fromkeys(part for name in wanted for part in parts_of(CATALOGUE[name]))]
        counts = [one for one in parts if isinstance(one, Count)]
        summed = self.answers.sums.over(questions, [one for one in parts if isinstance(one, Sum)])
        found: list[dict[str, Answer]] = []
        for question, items, figures in zip(questions, summed, self._over(questions, counts), strict=True):
            begun = self.answers.kept(question)
            kept = {one.id: of_items(one, figures[one.id]) if begun else Known(state="missing", unit=noun(one).zh) for one in counts}
            parts_of_it = self.answers.joined(question, {**items, **kept})
            found.append(self.answers.of_parts(question, wanted, parts_of_it))
        return found

    def _over(self, questions: Sequence[Question], counts: Sequence[Count]) -> list[Figures]:
        frame, bound = self.asked(questions[0])
        wanted = [one.id for one in counts]
        known: dict[int, dict[str, int | Spread]] = {question.c.toordinal(): {} for question in questions}
        for view, all_of_view in answer.counts(wanted).items():
            for stretch, *numbers in self.engine.rows(series.counted(view, all_of_view, frame), bound):
                known[stretch].update(zip((one.id for one in all_of_view), numbers, strict=True))
        places = self.ledger.config.measures.places
        return [answer.answered(wanted, numbers, places) for numbers in known.values()]
