"""The lines of a table: which there are, and their figures, told by records or by tallies of the very line."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from hazardctl.errors import UsageError
from hazardctl.filters import Clause
from hazardctl.ledger import Ledger
from hazardctl.measures import CATALOGUE, REGISTRY, Answer, Book, Known, Question, scoped
from hazardctl.measures.definition import Count, Sum
from hazardctl.measures.figure import Figure
from hazardctl.measures.known import of_items
from hazardctl.measures.sources import SOURCES
from hazardctl.measures.traces import traces
from hazardctl.ops.reporting.asking import of, told
from hazardctl.ops.reporting.split import Split, bracketed, words
from hazardctl.reports.lines import Line
from hazardctl.reports.told import Told

FACETS: Final = ("region", "sector", "unit")
"""Dimensions that records of every kind have."""


@dataclass(frozen=True, slots=True)
class Asking:
    """What all lines of a table share: the ledger, its book, the question, and the measures of the columns."""

    ledger: Ledger
    book: Book
    question: Question
    ids: Sequence[str]

    def total(self) -> dict[str, Told]:
        """Answer the measures over everything, never by adding up lines."""
        return told(self.book, self.question, self.ids)


def lines(asking: Asking, by: Split, also: Collection[str] = ()) -> tuple[Line, ...]:
    """Give the lines that have anything: hazards, other records of the kinds counted, tallies or declarations; in their order.

    Args:
        asking: ledger, question and measures.
        by: what the lines are.
        also: further lines that may have something.

    Raises:
        UsageError: a clause of the question names nothing.
        BugError: figures that do not add up (DOMAIN §4.3).
    """
    name = by.dimension.name
    own = [one for one in asking.ids if one in REGISTRY]
    rolled = asking.book.rolled(asking.question, own, name, by.line) if own else {}
    said = {by.line(key) for key in asking.book.told_keys(name)}
    keys = sorted({*rolled, *said, *_recorded(asking, by), *also}, key=by.order)
    made = (_line(asking, by, key, keys, {} if key in said else rolled.get(key, {})) for key in keys)
    return tuple(line for line in made if line.anything)


def _recorded(asking: Asking, by: Split) -> set[str]:
    """Give the lines on which records other than hazards lie, as far as the measures count any."""
    kinds = {SOURCES[one.view].kind for name in asking.ids if isinstance(one := CATALOGUE[scoped(name)[0]], Sum)}
    facet = by.dimension.name
    if not kinds or facet not in FACETS:
        return set()
    return {by.line(one.key) for one in traces(asking.ledger, asking.book, asking.question, facet, kinds) if one.within}


def _line(asking: Asking, by: Split, key: str, keys: Sequence[str], items: Mapping[str, Figure]) -> Line:
    clauses = by.clauses(key, keys)
    figures = {name: of(bracketed(name, clauses), _answer(name, figure)) for name, figure in items.items()}
    figures |= _asked(asking, clauses, [name for name in asking.ids if name not in figures])
    return Line(key, by.label(key, keys), words(clauses), {name: figures[name] for name in asking.ids})


def _asked(asking: Asking, clauses: Sequence[Clause], ids: Sequence[str]) -> dict[str, Told]:
    """Answer the measures of a line; one whose records no scope can tell apart is missing, under its own id."""
    question = replace(asking.question, clauses=(*asking.question.clauses, *clauses))
    found: dict[str, Told] = {}
    for group in filter(None, ([one for one in ids if one in REGISTRY], *([one] for one in ids if one not in REGISTRY))):
        try:
            found |= {name: replace(one, id=bracketed(name, clauses)) for name, one in told(asking.book, question, group).items()}
        except UsageError:  # a word that only records of another kind use names nothing among these
            found |= {name: of(name, Known(state="missing")) for name in group}
    return found


def _answer(name: str, figure: Figure) -> Answer:
    one = REGISTRY[name]
    return of_items(one, figure) if isinstance(one, Count) else figure if not isinstance(figure, int) else None
