"""The book: a ledger laid out as relations, and every question asked of it.

The measures are one text for any engine, and an engine returns whole numbers only: rates, means and medians are made on this
side, in exact decimals (MEASURES §6).
"""

from __future__ import annotations

import datetime as dt
import functools
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from hazardctl.filters import Clause
from hazardctl.ledger import Ledger
from hazardctl.measures import answer, listing
from hazardctl.measures.answer import MOVED, RECORDED, Figures
from hazardctl.measures.asker import Asker, Key, Tables
from hazardctl.measures.definition import Rate
from hazardctl.measures.engine import Engine
from hazardctl.measures.figure import Answer, Part
from hazardctl.measures.member import Lapsed, Member
from hazardctl.measures.question import Preset, Question
from hazardctl.measures.registry import REGISTRY
from hazardctl.measures.relations import column
from hazardctl.pool import shares_of

if TYPE_CHECKING:
    from hazardctl.measures import recordlist
    from hazardctl.measures.duties import Aim, Instalment
    from hazardctl.measures.known import Answers, Named

Row: TypeAlias = dict[str, listing.Value]
HANDLED: Final = (RECORDED, *MOVED, "due.total", "due.undecided")
"""Any of these above 0 says that hazards are kept one by one on a line."""


class Book:
    """A ledger as relations, open for questions.

    Attributes:
        engine: where the relations lie.
        shares: the books of the ledgers a pool is made of, by key.
    """

    def __init__(self, ledger: Ledger) -> None:
        """Take the ledger; it is laid out as relations when the first question needs them."""
        self._ledger = ledger
        self.shares = {one.key: Book(one) for one in shares_of(ledger)}
        self.engine: Engine = Engine(ledger, [one.engine for one in self.shares.values()])
        self._asker = Asker(ledger, self.engine)

    @functools.cached_property
    def answers(self) -> Answers:
        """Give what records, tallies and declarations tell together."""
        from hazardctl.measures.known import Answers  # a report of hazards alone has no need of it

        if not self.shares:
            return Answers(self._ledger, self.engine, self.total)
        from hazardctl.measures.pooling import Together

        return Together(self._ledger, self.engine, self.total, {key: one.answers for key, one in self.shares.items()})

    def figures(self, question: Question, measures: Iterable[str], by: Sequence[str] = ()) -> dict[Key, Figures]:
        """Answer measures, in all and for each line of a grouping.

        Args:
            question: days, basis and scope.
            measures: ids of the registry.
            by: names of dimensions; several at once make a cross table.

        Returns:
            The total under `()`, asked without the grouping, and a line for each key that has anything in it, sorted. Every
            line holds every measure: what is absent is 0, a rate of nothing over nothing, or a spread without values.

        Raises:
            UsageError: an unknown dimension, or a clause that names nothing.
            BugError: figures that do not add up (DOMAIN §4.3).
        """
        wanted, lines = tuple(dict.fromkeys(measures)), tuple(by)
        found = self.tables(question, {(): wanted, lines: wanted})
        return {**found[()], **found[lines]}

    def tables(self, question: Question, wanted: Mapping[tuple[str, ...], Iterable[str]]) -> Tables:
        """Answer several tables of one question at once, which costs little more than one of them: `begun`, and waited for."""
        return self.begun(question, wanted)()

    def begun(self, question: Question, wanted: Mapping[tuple[str, ...], Iterable[str]]) -> Callable[[], Tables]:
        """Begin to answer several tables of one question; what is given waits for them: other things are asked meanwhile.

        Args:
            question: days, basis and scope.
            wanted: names of the dimensions of a table → ids of the registry; `()` is the table of the totals.

        Returns:
            What gives each table by its dimensions: its lines as `figures` gives them; under `()` the one line `()`.

        Raises:
            UsageError: an unknown dimension, or a clause that names nothing; `BugError` when they are waited for and do not add up.
        """
        return self._asker.begun(question, wanted)

    def total(self, question: Question, measures: Iterable[str]) -> Figures:
        """Answer measures in all, without lines."""
        return self.figures(question, measures)[()]

    def known(self, question: Question, ids: Iterable[str]) -> dict[str, Answer]:
        """Answer any measures of the catalogue with what is known: records, tallies, declarations (DOMAIN §4.6).

        Args:
            question: days, basis and scope.
            ids: of measures, with or without a scope of their own: `inspections.units[campaign=year-end,period=M9]`.

        Returns:
            By id as asked. A count or sum is a `Known`, also when it is missing or counted twice. A rate is a `Rate`; None when a
            part is approximate, printed `/`; a missing `Known` when a part is missing, printed ∅, with the rate as a source
            states it. A plan with two ends is a `Range`, a spread a `Spread`.

        Raises:
            UsageError: an id or a scope that means nothing, or a scope that what is counted cannot be asked by (see `askable`).
        """
        return self.answers.known(question, ids)

    def series(self, questions: Sequence[Question], ids: Iterable[str]) -> list[dict[str, Answer]]:
        """Answer measures for each of several questions in one pass: the months of a year, or of twenty.

        Args:
            questions: begun, one after another without a day in common, the same but for their days.
            ids: of counts and rates over the cohort, the due set, the stock and dated records, without a scope of their own.

        Returns:
            For each question what `known` answers, with two differences. Hazards in a stretch that nothing happened in are nil
            once the ledger has begun, and missing before. Figures of the standing hazards (`stock.overdue`) are those of the last
            day of each stretch, not of the as-of day they share.

        Raises:
            UsageError: the scope names nothing, or what is counted cannot be asked by it (see `askable`).
            BugError: figures that do not add up (DOMAIN §4.3).
        """
        from hazardctl.measures.pooling import Together
        from hazardctl.measures.runs import Runs

        if isinstance(self.answers, Together):
            return self.answers.run(questions, ids, lambda key, asked, parts: self.shares[key].series(asked, parts))
        return Runs(self._ledger, self.engine, self.answers, self._asker.asked).answered(questions, ids)

    def kept(self, question: Question) -> bool:
        """Say whether hazards are kept one by one: the ledger, or each that is asked, knows of one found by the cut-off day."""
        return self.answers.kept(question)

    def rolled(self, question: Question, measures: Iterable[str], by: str, line: Callable[[str], str]) -> dict[str, Figures]:
        """Answer measures for lines that take several keys of a dimension together: their parts are pooled, never averaged.

        Args:
            question: days, basis and scope.
            measures: ids of counts and rates of the registry.
            by: name of a dimension.
            line: gives the line a key belongs to; the key is empty where it is not stated.

        Returns:
            Each line on which hazards were found, moved or fell due in the period.

        Raises:
            UsageError: an unknown dimension, or a clause that names nothing.
            BugError: figures that do not add up (DOMAIN §4.3).
        """
        wanted = tuple(dict.fromkeys(measures))
        parts = dict.fromkeys(part for name in wanted for part in answer.parts(REGISTRY[name]))
        found = self.figures(question, (*parts, *HANDLED), [by])
        pooled: dict[str, Counter[str]] = {}
        for key, figures in found.items():
            if key and any(figures[name] for name in HANDLED):
                counts = {name: figure for name, figure in figures.items() if isinstance(figure, int)}
                pooled.setdefault(line(key[0]), Counter()).update(counts)
        return {name: answer.answered(wanted, counts, self._ledger.config.measures.places) for name, counts in pooled.items()}

    def told_keys(self, name: str) -> frozenset[str]:
        """Give every value that tallies and declarations name under a key of their scope."""
        return self.answers.told.keys(name)

    def tellers(self, question: Question, name: str) -> frozenset[str]:
        """Give every value under a key of the scope of tallies and declarations about days of the period."""
        return self.answers.told.tellers(question, name)

    def told(self, question: Question) -> tuple[str, ...]:
        """Give the ids of the figures that tallies and declarations tell of exactly these days, with what their scope adds to this one."""
        from hazardctl.measures.placing import bracketed

        return tuple(map(bracketed, self.answers.told.within(question)))

    def askable(self, question: Question, measure: str) -> bool:
        """Say whether what a measure counts has every field that the question's scope and its own ask."""
        from hazardctl.measures.catalogue import scoped

        name, clauses = scoped(measure)
        return self.answers.askable((*question.clauses, *clauses), name)

    def aims(self, question: Question) -> tuple[Aim, ...]:
        """Give the targets whose period lies in the one asked, each with what came of it."""
        return self.answers.duties.aims(question)

    def aged(self, question: Question) -> dict[str, int]:
        """Give how many open hazards without a standing claim are how old on the as-of day, by the ids of `age.*`."""
        names = [name for name in REGISTRY if name.startswith(("age.to_", "age.over_"))]
        return {name: figure for name, figure in self.total(question, names).items() if isinstance(figure, int)}

    def members(self, question: Question, measure: str, line: Mapping[str, str] | None = None) -> dict[Part, tuple[Member, ...]]:
        """Name the records behind a figure, by the statement that counted them with another head.

        Args:
            question: days, basis and scope.
            measure: an id of the catalogue, with or without a scope in brackets.
            line: dimension → key, for the figure on one line of a table.

        Returns:
            Under `members` the records of a count or a spread; under `numerator` and `denominator` those of a rate. A hazard
            stands twice where it counts twice. Sorted by id and day; tallies and declarations that tell the figure come last.
            What a family without lines in a table adds stands under the day of its record.
        """
        asked, name = self.answers.narrowed(question, measure)
        told: dict[Part, tuple[Member, ...]] = {} if line else _members(self.answers.behind(asked, name))
        if name not in REGISTRY:
            return told
        one = REGISTRY[name]
        sides: dict[Part, str] = {"numerator": one.of, "denominator": one.over} if isinstance(one, Rate) else {"members": name}
        return {part: (*self._asker.behind(asked, side, line), *told.get(part, ())) for part, side in sides.items()}

    def instalments(self, question: Question) -> tuple[Instalment, ...]:
        """Give the parts of obligations in the period that fell due by the as-of day, with the record that met each, if one did.

        Raises:
            UsageError: a scope that obligations cannot be asked by.
        """
        return self.answers.duties.instalments(question)

    def lapsed(self, question: Question) -> tuple[Lapsed, ...]:
        """Name the check rows that `risk_points.checks_due` counts, by point.

        Raises:
            UsageError: a scope that risk points cannot be asked by.
        """
        if self.shares:
            return tuple(one for share in self.shares.values() for one in share.lapsed(question))
        rows = self.answers.sums.asked(question, "checks", "lapsed = 1", "b.id, b.check_row, b.checked")
        found = ((who, row, dt.date.fromordinal(since)) for who, row, since in rows)
        return tuple(
            sorted((Lapsed(who, row, since, (question.c - since).days) for who, row, since in found), key=lambda one: (one.point, one.row))
        )

    def overdue(self, question: Question, most: int | None = None) -> tuple[tuple[Row, ...], int]:
        """Give what is overdue on the as-of day as `pressing` does, or the first in that order, and how many more there are."""
        frame, bound = self._asker.asked(listing.overdue(question))
        return listing.first(self.engine.rows, frame, bound, most)

    def listing(
        self, as_of: dt.date, clauses: Sequence[Clause] = (), preset: Preset = "default", columns: Sequence[str] = listing.COLUMNS
    ) -> tuple[Row, ...]:
        """Give every hazard that exists on a day and fits the clauses, by columns of `hazardctl.measures.listing`: few cost far less."""
        frame, bound = self._asker.asked(Question(as_of, as_of, as_of, preset, clauses=tuple(clauses)))
        rows = self.engine.rows(listing.sql(frame, columns), bound)
        return tuple(listing.row(row, as_of, columns) for row in rows)

    def headlines(self) -> Mapping[str, str]:
        """Give the short name of every hazard by its id; of two files with one id that of the first."""
        return dict(self.engine.rows("SELECT id, headline FROM hazard ORDER BY path DESC", {}))

    def tally(self, as_of: dt.date, by: Sequence[str], clauses: Sequence[Clause] = (), preset: Preset = "default") -> list[Any]:
        """Count the hazards of a day that fit the clauses, by columns of the list (days and flags as 1 or 0); the number is last."""
        frame, bound = self._asker.asked(Question(as_of, as_of, as_of, preset, clauses=tuple(clauses)))
        return self.engine.rows(listing.counted(frame, by), bound)

    def records(self, kind: str, as_of: dt.date, clauses: Sequence[Clause] = ()) -> tuple[recordlist.Row, ...]:
        """Give the records of a kind that exist on a day and fit the clauses, as `hazardctl.measures.recordlist` says."""
        return self._lists.rows(kind, as_of, clauses)

    def naming(self, kind: str, record_id: str, as_of: dt.date) -> tuple[recordlist.Naming, ...]:
        """Give what names a record as of a day."""
        return self._lists.naming(kind, record_id, as_of)

    def used(self, kind: str, field: str) -> frozenset[str]:
        """Give the words that records of a kind have in a field of one word, withdrawn records included."""
        return frozenset(str(word) for (word,) in self.engine.rows(f"SELECT DISTINCT {column(field)} FROM {kind}", {})) - {""}

    def due_checks(self, as_of: dt.date, clauses: Sequence[Clause] = ()) -> tuple[recordlist.DueCheck, ...]:
        """Give the check rows of risk points whose cycle has passed without a record (`risk_points.checks_due`)."""
        if self.shares:
            return tuple(one for share in self.shares.values() for one in share.due_checks(as_of, clauses))
        return self._lists.due_checks(as_of, clauses)

    @functools.cached_property
    def _lists(self) -> recordlist.Lists:
        from hazardctl.measures.recordlist import Lists  # what records can be listed by is read off the models

        return Lists(self._ledger, self.engine)


def _members(found: Mapping[Part, Iterable[Named]]) -> dict[Part, tuple[Member, ...]]:
    return {part: tuple(Member(one.id, one.value, one.day, measure) for measure, one in named) for part, named in found.items()}
